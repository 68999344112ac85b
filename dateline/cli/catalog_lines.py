"""How a feed of the catalog is shown: one line, and a plain sentence for each trouble.

Owns words only. Refuses to judge: polling has, by the rules of ``feeds.health``.
"""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from dateline.feeds.health import Trouble, explain, spell
from dateline.model import Feed, FeedState
from dateline.store.rows import Catalogued, standing

RETIRED = "retired"


class Shown(Struct, frozen=True, kw_only=True):
    """A feed as ``--json`` prints it."""

    feed: Feed
    #: new, healthy, failing, dropping, undated, silent or retired.
    standing: str
    #: One sentence for each trouble, the worst first.
    explained: tuple[str, ...]
    state: FeedState | None
    next_poll_at: datetime | None


def shown(row: Catalogued, now: datetime) -> Shown:
    """Return the feed with what it stands as, and why."""
    return Shown(
        feed=row.feed,
        standing=standing(row.state) if row.state else "new",
        explained=tuple(_explained(row.feed, row.state, now)) if row.state else (),
        state=row.state,
        next_poll_at=row.next_poll_at,
    )


def line(one: Shown) -> str:
    """Return the feed in one line: what it stands as, its rhythm, its last good poll, its address."""
    state = one.state
    if state is None:
        return f"{'new':9} {one.feed.url}"
    last = f"{state.last_success_at:%Y-%m-%d %H:%M}" if state.last_success_at else "never           "
    rhythm = f"every {spell(state.rhythm.interval_s)}"
    return f"{one.standing:9} {rhythm:17} last ok {last}  {one.feed.url}"


def lines(one: Shown) -> Iterator[str]:
    """Return the feed's line, and below it each trouble in a sentence, and what the last error was."""
    yield line(one)
    for sentence in one.explained:
        yield f"    {sentence}"
    state = one.state
    if state and state.last_error and state.last_error_reason:
        yield f"    last error: {state.last_error_reason}: {state.last_error}"


def _explained(feed: Feed, state: FeedState, now: datetime) -> Iterator[str]:
    if state.retired_at:
        ago = spell(max(0.0, (now - state.retired_at).total_seconds()))
        if state.last_error and not state.last_error_reason:
            # No error of a host: it moved to where another feed of the catalog lives.
            yield f"retired {ago} ago: {state.last_error}; `dateline feeds remove {feed.id}` lets it go"
            return
        yield (
            f"its host has said for {ago} that it is gone (410); it is asked once a week: "
            f"`dateline feeds revive {feed.id}` asks at once, `dateline feeds remove {feed.id}` lets it go"
        )
    known = {trouble.value for trouble in Trouble}
    for name in state.troubles:
        # A state may be of another version of ours.
        yield f"{name}: {explain(Trouble(name), feed, state, now)}" if name in known else name
