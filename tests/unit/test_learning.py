"""The promises of services.poller.learning: what a poll teaches about its feed."""

from datetime import timedelta

import make
import pytest
from msgspec.structs import replace

from dateline.errors import BadFeed, FetchFailed, Reason
from dateline.model import FeedRhythm, FeedState, ParsedFeed
from dateline.store.feeds import Claim
from services.poller.fetch import Fetched
from services.poller.learning import RETRY_S, Findings, after_failure, after_success

OLD = FeedState(
    rhythm=FeedRhythm(interval_s=900, next_poll_at=make.NOW, error_streak=2),
    etag='"old"',
    last_modified="yesterday",
    body_hash="oldhash",
    polls=7,
    last_error="HTTP 500",
    last_error_reason="http_status",
    title="The Post",
)
PARSED = ParsedFeed(format="rss20", title="")
BODY = b"<rss><channel></channel></rss>"


def claim(state: FeedState | None = OLD, **feed: object) -> Claim:
    return Claim(feed=make.feed(**feed), state=state, token="t")


def found(**fields: object) -> Findings:
    fetched = Fetched(
        status=200, url_final="http://x.test/", headers={}, body=BODY, etag='"new"', last_modified="today"
    )
    return replace(
        Findings(fetched=fetched, body_hash="newhash", parsed=PARSED, pages=(make.page(),), novel=1), **fields
    )


def cut(framed: bool) -> Fetched:
    return Fetched(
        status=200, url_final="", headers={}, body=b"<rss><channel><item>", etag='"new"', framed=framed
    )


def test_a_whole_poll_moves_the_validators() -> None:
    """Everything taken up: validators, hash, count and times move on, and errors are forgotten."""
    state = after_success(claim(), found(), make.NOW, 0.5)
    assert (state.etag, state.last_modified, state.body_hash) == ('"new"', "today", "newhash")
    assert (state.polls, state.last_success_at, state.last_entry_at) == (8, make.NOW, make.NOW)
    assert (state.last_error, state.last_error_reason, state.rhythm.error_streak) == (None, None, 0)
    assert (state.format, state.title) == ("rss20", "The Post")
    assert state.rhythm.next_poll_at > make.NOW


@pytest.mark.parametrize(
    "fields",
    [
        {"deferred": 1},
        {"fetched": cut(framed=False)},
        {"fetched": cut(framed=True), "parsed": replace(PARSED, flaws=("not well-formed",))},
    ],
)
def test_validators_never_pass_what_was_left_behind(fields: dict[str, object]) -> None:
    """With an entry left, or a body cut off, the next poll asks without validators."""
    state = after_success(claim(), found(**fields), make.NOW, 0.5)
    assert (state.etag, state.last_modified, state.body_hash) == (None, None, None)


def test_a_cut_body_is_said() -> None:
    """A body that was cut off is a named error of a feed that still brought entries."""
    state = after_success(claim(), found(fetched=cut(framed=False)), make.NOW, 0.5)
    assert state.last_error_reason == Reason.TRUNCATED.value


def test_a_body_without_a_length_that_closed_is_whole() -> None:
    """The closed root vouches for the end."""
    fetched = Fetched(status=200, url_final="", headers={}, body=BODY, etag='"new"', framed=False)
    assert after_success(claim(), found(fetched=fetched), make.NOW, 0.5).etag == '"new"'


def test_entries_left_behind_bring_the_feed_back_soon() -> None:
    """Within five minutes, at once when this process ends, and later when the host asks for it."""
    slow = replace(OLD, rhythm=FeedRhythm(interval_s=43_200, next_poll_at=make.NOW))
    soon = after_success(claim(slow), found(deferred=1), make.NOW, 0.5)
    assert soon.rhythm.next_poll_at == make.NOW + timedelta(seconds=RETRY_S)
    now = after_success(claim(slow), found(deferred=1, interrupted=True), make.NOW, 0.5)
    assert now.rhythm.next_poll_at == make.NOW
    asked = Fetched(status=200, url_final="", headers={}, body=BODY, retry_after_s=7200)
    later = after_success(claim(slow), found(deferred=1, fetched=asked), make.NOW, 0.5)
    assert later.rhythm.next_poll_at >= make.NOW + timedelta(seconds=7200)


def test_304_keeps_what_is_known() -> None:
    """Nothing changed: the validators stand, the poll counts as a success."""
    fetched = Fetched(status=304, url_final="", headers={})
    state = after_success(claim(), Findings(fetched=fetched, body_hash="empty"), make.NOW, 0.5)
    assert (state.etag, state.body_hash, state.polls, state.last_error) == ('"old"', "oldhash", 8, None)


def test_an_unchanged_body_takes_the_newer_validators() -> None:
    """The same bytes under a new ETag: the ETag is kept for the next request."""
    state = after_success(claim(), found(parsed=None, pages=(), novel=0, body_hash="oldhash"), make.NOW, 0.5)
    assert (state.etag, state.body_hash) == ('"new"', "oldhash")


def test_a_failure_keeps_what_is_known_and_backs_off() -> None:
    """After an error validators stand, the streak grows, and the reason is told."""
    state = after_failure(claim(), BadFeed("no feed"), make.NOW, 0.5)
    assert (state.etag, state.body_hash, state.polls) == ('"old"', "oldhash", 8)
    assert (state.last_error, state.last_error_reason, state.rhythm.error_streak) == (
        "no feed",
        "not_a_feed",
        3,
    )
    assert state.last_success_at is None


def test_a_host_that_asks_for_a_wait_gets_it() -> None:
    """Retry-After of a failed poll is honoured."""
    error = FetchFailed("HTTP 429", Reason.HTTP_STATUS, status=429, retry_after_s=40_000)
    state = after_failure(claim(None), error, make.NOW, 0.5)
    assert state.rhythm.next_poll_at == make.NOW + timedelta(seconds=40_000)


def test_dates_ahead_are_not_the_newest_entry() -> None:
    """Silence is counted from what was published, not from what is announced."""
    ahead = make.page(1, entry=make.entry(1, published_at=make.NOW + timedelta(hours=3)))
    state = after_success(claim(), found(pages=(ahead,)), make.NOW, 0.5)
    assert state.last_entry_at == make.NOW
