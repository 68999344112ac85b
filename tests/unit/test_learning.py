"""The promises of services.poller.learning: validators, wishes, hubs, and when it comes back."""

from datetime import timedelta

import make
import pytest
from learnt import BODY, OLD, PARSED, answer, claim, cut, found, make_rhythm
from msgspec.structs import replace

from dateline.errors import BadFeed, FetchFailed, Reason
from dateline.feeds.cadence import PUSHED_INTERVAL_S
from dateline.model import FeedItem, FeedRhythm, FeedWishes
from services.poller.fetch import Fetched
from services.poller.learning import DISTRUST_S, RETRY_S, Findings, after_failure, after_success, validators


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


def test_validators_are_sent_until_a_full_fetch_is_due() -> None:
    """A day after the last whole body the feed is fetched without them; a new feed has none to send."""
    fresh = replace(OLD, full_at=make.NOW - timedelta(hours=23))
    assert validators(claim(fresh), make.NOW, 86_400) == ('"old"', "yesterday")
    assert validators(claim(fresh), make.NOW + timedelta(hours=1), 86_400) == (None, None)
    assert validators(claim(None), make.NOW, 86_400) == (None, None)


def test_a_whole_body_is_a_full_fetch_and_304_is_not() -> None:
    """Only bytes show what a validator may hide."""
    assert after_success(claim(), found(), make.NOW, 0.5).full_at == make.NOW
    unchanged = Findings(fetched=Fetched(status=304, url_final="", headers={}))
    assert after_success(claim(), unchanged, make.NOW, 0.5).full_at is None


@pytest.mark.parametrize("header", [{"etag": '"old"'}, {"last_modified": "yesterday"}])
def test_validators_that_repeat_over_news_are_not_sent_for_a_week(header: dict[str, str]) -> None:
    """The same ETag or Last-Modified over another body with a new entry: a 304 would have hidden it."""
    state = after_success(claim(), found(fetched=answer(**header)), make.NOW, 0.5)
    assert state.distrusted_at == make.NOW
    week = timedelta(seconds=DISTRUST_S)
    assert validators(claim(state), make.NOW + week - timedelta(hours=1), 10**9) == (None, None)
    assert validators(claim(state), make.NOW + week, 10**9) != (None, None)


def test_distrust_ends_after_its_week() -> None:
    """A server that was mended gets its validators sent again."""
    doubted = replace(OLD, distrusted_at=make.NOW - timedelta(seconds=DISTRUST_S))
    assert after_success(claim(doubted), found(), make.NOW, 0.5).distrusted_at is None


def test_a_body_that_differs_in_nothing_read_is_no_reason_for_distrust() -> None:
    """A time of making that changes under one ETag hides no entry."""
    state = after_success(claim(), found(fetched=answer(etag='"old"'), novel=0), make.NOW, 0.5)
    assert state.distrusted_at is None


def test_pushed_entries_that_were_deferred_reset_the_validators() -> None:
    """The next poll must not be told 304 while an entry of the hub waits."""
    state = after_success(claim(), Findings(deferred=1, pushed=1, novel=1), make.NOW, 0.5)
    assert (state.etag, state.last_modified, state.body_hash) == (None, None, None)


def test_wishes_hold_after_a_304() -> None:
    """What a feed asked for in its last body is remembered, and a body that asks for nothing ends it."""
    wishes = FeedWishes(ttl_s=1800, skip_hours=(10,))
    state = after_success(claim(), found(parsed=replace(PARSED, wishes=wishes)), make.NOW, 0.0)
    assert state.wishes == wishes
    nine = replace(state, rhythm=replace(state.rhythm, interval_s=3000))  # NOW is nine o'clock
    unchanged = Findings(fetched=Fetched(status=304, url_final="", headers={}))
    again = after_success(claim(nine), unchanged, make.NOW, 0.0)
    assert again.rhythm.next_poll_at == make.NOW + timedelta(hours=2)
    assert after_success(claim(state), found(), make.NOW, 0.5).wishes == FeedWishes()


def test_items_that_were_known_count_as_entries() -> None:
    """One new item among thirty lengthens the interval, though only it was parsed."""
    parsed = replace(PARSED, items=tuple(FeedItem(hash=bytes([number] * 8)) for number in range(30)))
    state = after_success(claim(), found(parsed=parsed), make.NOW, 0.5)
    assert state.rhythm.interval_s == 1350


def test_a_retry_of_what_was_left_waits_out_skipped_hours() -> None:
    """The feed's wish holds for the rest of its entries too."""
    parsed = replace(PARSED, wishes=FeedWishes(skip_hours=(9,)))
    state = after_success(claim(), found(parsed=parsed, deferred=1), make.NOW, 0.0)
    assert state.rhythm.next_poll_at == make.NOW + timedelta(hours=1)


def test_a_hub_is_remembered_and_headers_win() -> None:
    """The feed's hub and topic, or those of its Link headers; a feed that names none has none."""
    named = replace(PARSED, hubs=("http://hub.test/",), topic="http://x.test/feed")
    state = after_success(claim(), found(parsed=named), make.NOW, 0.5)
    assert (state.hub, state.topic) == ("http://hub.test/", "http://x.test/feed")
    links = (("self", "http://x.test/other"), ("hub", "http://hub2.test/"))
    state = after_success(claim(), found(parsed=named, fetched=answer(links=links)), make.NOW, 0.5)
    assert (state.hub, state.topic) == ("http://hub2.test/", "http://x.test/other")
    state = after_success(claim(state), found(), make.NOW, 0.5)
    assert (state.hub, state.topic) == (None, None)


def test_a_hub_is_believed_while_polls_find_nothing_that_it_left_out() -> None:
    """With a subscription an hour passes between polls; news that was not pushed brings the old pace back."""
    pushed = replace(claim(replace(OLD, rhythm=make_rhythm(300))), pushed_until=make.NOW + timedelta(days=1))
    calm = after_success(pushed, found(novel=1, pushed=1), make.NOW, 0.5)
    assert calm.rhythm.interval_s == PUSHED_INTERVAL_S
    missed = after_success(pushed, found(novel=1), make.NOW, 0.5)
    assert missed.rhythm.interval_s == 150
    over = replace(pushed, pushed_until=make.NOW)
    assert after_success(over, found(novel=0), make.NOW, 0.5).rhythm.interval_s == 450


def test_a_push_teaches_of_entries_and_not_of_the_host() -> None:
    """Without a request validators, errors and a near poll stay, and what came is counted."""
    state = after_success(claim(), Findings(pages=(make.page(),), novel=1, pushed=1), make.NOW, 0.5)
    assert (state.etag, state.last_error, state.rhythm.error_streak) == ('"old"', "HTTP 500", 2)
    assert (state.last_new_at, state.polls) == (make.NOW, 8)


def test_what_a_hub_pushed_counts_though_the_request_failed() -> None:
    """A feed whose host is away and whose hub speaks is failing, and not silent."""
    pushed = Findings(pages=(make.page(),), novel=1, pushed=1, refused=1)
    state = after_failure(claim(), BadFeed("no feed"), make.NOW, 0.5, pushed)
    assert (state.last_new_at, state.dropped_polls) == (make.NOW, 1)
    assert state.troubles == ("failing",)
