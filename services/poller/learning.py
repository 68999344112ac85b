"""What a poll teaches about its feed: the state that the last commit stores.

Pure. Owns when validators may move on: never past an entry that was left behind, and never from
a body that was cut off, or the next answer could be 304 for ever and the rest never be seen.
"""

from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from dateline.errors import DatelineError, FetchFailed, Reason
from dateline.feeds.cadence import PollOutcome, first_rhythm, next_poll
from dateline.feeds.formats import is_whole
from dateline.model import FeedRhythm, FeedState, Page, ParsedFeed
from dateline.store.feeds import Claim
from services.poller.fetch import Fetched

RETRY_S = 300
"""A feed with entries left behind is polled again after this long at the latest."""


class Findings(Struct, frozen=True, kw_only=True):
    """What one poll brought."""

    fetched: Fetched
    body_hash: str
    #: None when the host, or the hash, said that nothing had changed.
    parsed: ParsedFeed | None = None
    pages: tuple[Page, ...] = ()
    #: Entries acknowledged for the first time.
    novel: int = 0
    #: Unknown entries left for the next poll.
    deferred: int = 0
    #: Entries were left because this process ends: any other poller may go on at once.
    interrupted: bool = False

    @property
    def cut(self) -> bool:
        """The body looks cut off: its root is open, and nothing else vouches for its end."""
        if self.parsed is None or is_whole(self.fetched.body):
            return False
        return not self.fetched.framed or bool(self.parsed.flaws)


def after_success(claim: Claim, found: Findings, now: datetime, jitter: float) -> FeedState:
    """Return the state after a poll that ended well at ``now``; ``jitter`` lies between 0 and 1."""
    outcome = PollOutcome(
        entries=len(found.pages),
        novel=found.novel,
        retry_after_s=found.fetched.retry_after_s,
        ttl_s=found.parsed.wishes.ttl_s if found.parsed else None,
    )
    state = msgspec.structs.replace(
        _counted(claim, outcome, now, jitter), last_success_at=now, last_error=None, last_error_reason=None
    )
    if found.parsed is not None:
        return _learnt(state, found, found.parsed, now)
    if found.fetched.status == 304:
        return state
    return _validated(state, found, settled=True)


def after_failure(claim: Claim, error: DatelineError, now: datetime, jitter: float) -> FeedState:
    """Return the state after a poll that brought nothing; what was known of the feed stays."""
    wait_s = error.retry_after_s if isinstance(error, FetchFailed) else None
    state = _counted(claim, PollOutcome(failed=True, retry_after_s=wait_s), now, jitter)
    return msgspec.structs.replace(state, last_error=str(error)[:300], last_error_reason=error.reason.value)


def _counted(claim: Claim, outcome: PollOutcome, now: datetime, jitter: float) -> FeedState:
    state = claim.state or FeedState(rhythm=first_rhythm(now))
    rhythm = next_poll(state.rhythm, outcome, now, jitter, fixed_s=claim.feed.interval_s)
    return msgspec.structs.replace(state, rhythm=rhythm, polls=state.polls + 1)


def _learnt(state: FeedState, found: Findings, parsed: ParsedFeed, now: datetime) -> FeedState:
    dates = [page.entry.published_at for page in found.pages]
    newest = [moment for moment in (*dates, state.last_entry_at) if moment and moment <= now]
    state = msgspec.structs.replace(
        state,
        rhythm=_sooner(state.rhythm, found, now),
        last_entry_at=max(newest) if newest else (now if found.novel else None),
        last_error="the body was cut off" if found.cut else None,
        last_error_reason=Reason.TRUNCATED.value if found.cut else None,
        format=parsed.format,
        title=parsed.title or state.title,
    )
    return _validated(state, found, settled=not found.cut and not found.deferred)


def _validated(state: FeedState, found: Findings, *, settled: bool) -> FeedState:
    return msgspec.structs.replace(
        state,
        etag=found.fetched.etag if settled else None,
        last_modified=found.fetched.last_modified if settled else None,
        body_hash=found.body_hash if settled else None,
    )


def _sooner(rhythm: FeedRhythm, found: Findings, now: datetime) -> FeedRhythm:
    if not found.deferred:
        return rhythm
    # A host that asked for a longer wait gets it: its Retry-After outlasts our impatience.
    wait_s = max(0 if found.interrupted else RETRY_S, found.fetched.retry_after_s or 0)
    soon = min(rhythm.next_poll_at, now + timedelta(seconds=wait_s))
    return msgspec.structs.replace(rhythm, next_poll_at=soon)
