"""What a poll teaches about its feed: the state that the last commit stores.

Pure. Owns when validators may move on: never past an entry that was left behind, and never from
a body that was cut off, or the next answer could be 304 for ever and the rest never be seen. Owns when
they are not sent at all, when a redirect becomes the feed's address, and the counts that
``feeds.health`` judges. Refuses to choose intervals (``feeds.cadence``) and to smooth (``feeds.pace``).
"""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from dateline.errors import DatelineError, FetchFailed, Reason
from dateline.feeds import health, pace, websub
from dateline.feeds.cadence import PollOutcome, after_push, first_rhythm, next_poll, permitted
from dateline.feeds.formats import is_whole
from dateline.model import Feed, FeedRhythm, FeedState, Page, ParsedFeed
from dateline.store.feeds import Claim
from services.poller.fetch import Fetched

RETRY_S = 300
"""A feed with entries left behind is polled again after this long at the latest."""

MOVES = 3
"""Polls in a row that a permanent redirect leads to the same address before it becomes the feed's."""

MOVED_FROM = 10
"""Earlier addresses of a feed that are remembered."""

DISTRUST_S = 7 * 86_400
"""Validators that stayed the same over a changed body are not sent for a week, then tried again."""


class Findings(Struct, frozen=True, kw_only=True):
    """What one poll brought."""

    #: The feed's answer. None when only what a hub had pushed was read.
    fetched: Fetched | None = None
    #: Of the answer's body; empty without one.
    body_hash: str = ""
    #: None when the host, or the hash, said that nothing had changed.
    parsed: ParsedFeed | None = None
    #: Every entry that was looked at, pushed ones included; of known items none is needed.
    pages: tuple[Page, ...] = ()
    #: Entries acknowledged for the first time, refused ones included.
    novel: int = 0
    #: Of the novel ones, those that a hub had pushed.
    pushed: int = 0
    #: Known entries whose article was taken up again because its words had changed.
    revised: int = 0
    #: Of the novel ones, those that were refused: no page and no text, a refused address.
    refused: int = 0
    #: Of the novel ones, those without a date that can be believed.
    undated: int = 0
    #: Unknown entries left for the next poll.
    deferred: int = 0
    #: Entries were left because this process ends: any other poller may go on at once.
    interrupted: bool = False

    @property
    def cut(self) -> bool:
        """The body looks cut off: its root is open, and nothing else vouches for its end."""
        if self.parsed is None or self.fetched is None or is_whole(self.fetched.body):
            return False
        return not self.fetched.framed or bool(self.parsed.flaws)


def validators(claim: Claim, now: datetime, full_fetch_s: int) -> tuple[str | None, str | None]:
    """Return (ETag, Last-Modified) to ask with; neither when the whole feed is to be fetched.

    That is so for a feed whose validators are not believed, and once in ``full_fetch_s`` seconds for
    every feed: some servers repeat validators after changes, and would say 304 for ever.
    """
    state = claim.state
    if state is None or state.full_at is None or now - state.full_at >= timedelta(seconds=full_fetch_s):
        return None, None
    if state.distrusted_at is not None and now - state.distrusted_at < timedelta(seconds=DISTRUST_S):
        return None, None
    return state.etag, state.last_modified


def after_success(claim: Claim, found: Findings, now: datetime, jitter: float) -> FeedState:
    """Return the state after a poll that ended well at ``now``; ``jitter`` lies between 0 and 1.

    Any answer that is a feed revives a retired one. A poll that only read what a hub had pushed
    teaches of entries, not of the feed's host: validators, errors and the next poll stay.
    """
    state = _counted(claim, now)
    if found.fetched is None:
        rhythm = after_push(state.rhythm, found.novel, now, state.wishes, fixed_s=claim.feed.interval_s)
        state = msgspec.structs.replace(state, rhythm=rhythm)
    else:
        state = _answered(claim, state, found, found.fetched, now=now, jitter=jitter)
    state = _tallied(state, found, now)
    if found.deferred:
        soon = _sooner(state, found, now, jitter, fixed=claim.feed.interval_s is not None)
        state = msgspec.structs.replace(state, rhythm=soon, etag=None, last_modified=None, body_hash=None)
    return _judged(claim, state, now)


def after_failure(
    claim: Claim, error: DatelineError, now: datetime, jitter: float, found: Findings | None = None
) -> FeedState:
    """Return the state after a poll whose request failed; what was known of the feed stays.

    ``found`` is what a hub had pushed before, if anything. 410 retires a feed; retired it stays until it answers as a feed, whatever else it answers.
    """
    state = _counted(claim, now)
    retired_at = state.retired_at or (now if error.reason is Reason.GONE else None)
    outcome = PollOutcome(
        failed=True,
        gone=retired_at is not None,
        retry_after_s=error.retry_after_s if isinstance(error, FetchFailed) else None,
        wishes=state.wishes,
    )
    state = msgspec.structs.replace(
        state,
        rhythm=next_poll(state.rhythm, outcome, now, jitter, fixed_s=claim.feed.interval_s),
        retired_at=retired_at,
        last_error=str(error)[:300],
        last_error_reason=error.reason.value,
        moved_to=None,
        moved_seen=0,
    )
    return _judged(claim, _tallied(state, found, now) if found else state, now)


def moved(claim: Claim, state: FeedState) -> Feed | None:
    """Return the feed at its new address once ``MOVES`` polls in a row saw it move there, else None.

    It stays where it is, and is followed at every poll, when the new address gives up TLS, or when it
    is another origin and the feed has secrets: those were given to the old one.
    """
    feed, address = claim.feed, state.moved_to
    if address is None or address == feed.url or state.moved_seen < MOVES:
        return None
    old, new = urlsplit(feed.url), urlsplit(address)
    if old.scheme == "https" and new.scheme != "https":
        return None
    if feed.secrets and (old.scheme, old.netloc.lower()) != (new.scheme, new.netloc.lower()):
        return None
    earlier = [one for one in (*feed.moved_from, feed.url) if one != address]
    return msgspec.structs.replace(feed, url=address, moved_from=tuple(dict.fromkeys(earlier))[-MOVED_FROM:])


def _counted(claim: Claim, now: datetime) -> FeedState:
    state = claim.state or FeedState(rhythm=first_rhythm(now))
    return msgspec.structs.replace(state, polls=state.polls + 1, first_at=state.first_at or now)


def _answered(
    claim: Claim, state: FeedState, found: Findings, fetched: Fetched, *, now: datetime, jitter: float
) -> FeedState:
    parsed = found.parsed
    if parsed is not None:
        state = _described(state, parsed, fetched)
    outcome = PollOutcome(
        entries=max(len(parsed.items), len(found.pages)) if parsed else 0,
        novel=found.novel,
        retry_after_s=fetched.retry_after_s,
        wishes=state.wishes,
        fresh_for_s=fetched.fresh_for_s,
        # A hub that left out what the feed lists is not believed: this poll, and each that finds more.
        pushed=claim.pushed_until is not None and claim.pushed_until > now and found.novel <= found.pushed,
    )
    state = msgspec.structs.replace(
        state,
        rhythm=next_poll(state.rhythm, outcome, now, jitter, fixed_s=claim.feed.interval_s),
        last_success_at=now,
        last_error="the body was cut off" if found.cut else None,
        last_error_reason=Reason.TRUNCATED.value if found.cut else None,
        retired_at=None,
        moved_to=fetched.moved_to,
        moved_seen=state.moved_seen + 1 if fetched.moved_to and fetched.moved_to == state.moved_to
        else int(fetched.moved_to is not None),
    )  # fmt: skip
    return state if fetched.status == 304 else _validated(state, found, fetched, now)


def _described(state: FeedState, parsed: ParsedFeed, fetched: Fetched) -> FeedState:
    """Take over what the feed says of itself."""
    named = websub.named(fetched.links, parsed.hubs, parsed.topic, fetched.url_final)
    return msgspec.structs.replace(
        state,
        format=parsed.format,
        title=parsed.title or state.title,
        wishes=parsed.wishes,
        hub=named.hub if named else None,
        topic=named.topic if named else None,
    )


def _validated(state: FeedState, found: Findings, fetched: Fetched, now: datetime) -> FeedState:
    if found.cut:
        return msgspec.structs.replace(state, etag=None, last_modified=None, body_hash=None)
    return msgspec.structs.replace(
        state,
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        body_hash=found.body_hash,
        full_at=now,
        distrusted_at=_distrusted_at(state, found, fetched, now),
    )


def _distrusted_at(state: FeedState, found: Findings, fetched: Fetched, now: datetime) -> datetime | None:
    """Distrust a validator that came twice while something new or changed stood in the body.

    A body that differs in nothing that we read (a time of making, the order of attributes) is let pass:
    the 304 would have hidden nothing.
    """
    repeated = (fetched.etag and fetched.etag == state.etag) or (
        fetched.last_modified and fetched.last_modified == state.last_modified
    )
    changed = state.body_hash is not None and state.body_hash != found.body_hash
    if repeated and changed and (found.novel > found.pushed or found.revised):
        return now
    since = state.distrusted_at
    return since if since and now - since < timedelta(seconds=DISTRUST_S) else None


def _tallied(state: FeedState, found: Findings, now: datetime) -> FeedState:
    """Learn the pace, and count polls in a row whose new entries were all refused, or all undated."""
    dates = [page.entry.published_at or page.entry.updated_at for page in found.pages]
    state = pace.learn(state, [date for date in dates if date], found.novel, found.undated, now)
    if not found.novel:
        return state
    return msgspec.structs.replace(
        state,
        dropped_polls=state.dropped_polls + 1 if found.refused >= found.novel else 0,
        undated_polls=state.undated_polls + 1 if found.undated >= found.novel else 0,
    )


def _sooner(state: FeedState, found: Findings, now: datetime, jitter: float, *, fixed: bool) -> FeedRhythm:
    # A host that asked for a longer wait gets it: its Retry-After outlasts our impatience.
    asked_s = found.fetched.retry_after_s or 0 if found.fetched else 0
    wait_s = max(0 if found.interrupted else RETRY_S, asked_s)
    soon = now + timedelta(seconds=wait_s)
    if not fixed and not found.interrupted:
        soon = permitted(soon, state.wishes, jitter)
    return msgspec.structs.replace(state.rhythm, next_poll_at=min(state.rhythm.next_poll_at, soon))


def _judged(claim: Claim, state: FeedState, now: datetime) -> FeedState:
    found = health.troubles(claim.feed, state, now)
    return msgspec.structs.replace(state, troubles=tuple(trouble.value for trouble in found))
