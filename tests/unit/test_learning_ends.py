"""The promises of services.poller.learning: moves, retirement, and the counts behind troubles."""

from datetime import timedelta

import make
import pytest
from learnt import answer, claim, found
from msgspec.structs import replace

from dateline.errors import BadFeed, FetchFailed, Reason
from dateline.feeds.cadence import RETIRED_INTERVAL_S
from dateline.model import Feed, FeedState, Page
from dateline.store.feeds import Claim
from services.poller.learning import MOVES, Findings, after_failure, after_success, moved


def sighted(times: int, to: str = "http://new.test/feed", **feed: object) -> tuple[Claim, FeedState]:
    held = claim(**feed)
    for _ in range(times):
        held = replace(held, state=after_success(held, found(fetched=answer(moved_to=to)), make.NOW, 0.5))
    assert held.state is not None
    return held, held.state


def test_a_feed_moves_after_three_sightings() -> None:
    """Twice is an accident; the old address is kept, the identity stays."""
    assert moved(*sighted(MOVES - 1)) is None
    held, state = sighted(MOVES)
    at = moved(held, state)
    assert at == replace(held.feed, url="http://new.test/feed", moved_from=(held.feed.url,))


def test_sightings_are_counted_in_a_row() -> None:
    """Another target, no redirect and a failure begin the count anew."""
    held, _ = sighted(MOVES - 1)
    for state in (
        after_success(held, found(fetched=answer(moved_to="http://third.test/")), make.NOW, 0.5),
        after_success(held, found(), make.NOW, 0.5),
        after_failure(held, BadFeed("no feed"), make.NOW, 0.5),
    ):
        assert state.moved_seen <= 1
        assert moved(held, state) is None


def test_a_feed_with_secrets_does_not_take_them_elsewhere() -> None:
    """Its headers were given to one origin; on that origin it may move."""
    secrets = (("Authorization", "token"),)
    assert moved(*sighted(MOVES, secrets=secrets)) is None
    assert moved(*sighted(MOVES, to="http://feeds.test/new.xml", secrets=secrets)) is not None


def test_a_feed_does_not_give_up_tls() -> None:
    """From https to http it is followed, and not moved."""
    assert moved(*sighted(MOVES, url="https://feeds.test/1.xml")) is None


def test_a_feed_that_moves_back_does_not_list_itself() -> None:
    """The address that it has is none of those that it had."""
    held, state = sighted(MOVES, moved_from=("http://new.test/feed",))
    at = moved(held, state)
    assert isinstance(at, Feed)
    assert at.moved_from == (held.feed.url,)


GONE = FetchFailed("HTTP 410", Reason.GONE, status=410)


def test_410_retires_and_is_asked_again_in_a_week() -> None:
    """Retired it stays whatever else comes, since the first 410."""
    state = after_failure(claim(), GONE, make.NOW, 0.5)
    assert state.retired_at == make.NOW
    later = make.NOW + timedelta(days=7)
    assert state.rhythm.next_poll_at == later
    still = after_failure(claim(state), FetchFailed("no answer", Reason.CONNECT), later, 0.5)
    assert still.retired_at == make.NOW
    assert still.rhythm.next_poll_at == later + timedelta(seconds=RETIRED_INTERVAL_S)


@pytest.mark.parametrize("status", [200, 304])
def test_any_answer_that_is_a_feed_revives(status: int) -> None:
    """A body, or a 304 to the validators that we still have."""
    state = after_failure(claim(), GONE, make.NOW, 0.5)
    answered = found() if status == 200 else Findings(fetched=answer(status=304, body=b""))
    revived = after_success(claim(state), answered, make.NOW, 0.5)
    assert (revived.retired_at, revived.troubles, revived.rhythm.error_streak) == (None, (), 0)
    assert revived.rhythm.next_poll_at <= make.NOW + timedelta(hours=1)


# troubles


def undated(number: int) -> Page:
    return make.page(number, entry=make.entry(number, published_at=None))


def test_polls_that_bring_only_refused_or_undated_entries_are_counted() -> None:
    """Three in a row are a trouble; a poll without news changes nothing, a good one ends it."""
    held = claim(None)
    for number in range(3):
        bad = found(pages=(undated(number),), novel=1, refused=1, undated=1)
        held = replace(held, state=after_success(held, bad, make.NOW, 0.5))
        held = replace(held, state=after_success(held, found(novel=0), make.NOW, 0.5))
    assert held.state is not None
    assert held.state.troubles == ("dropping", "undated")
    mended = after_success(held, found(novel=2, refused=1, undated=1), make.NOW, 0.5)
    assert (mended.dropped_polls, mended.undated_polls, mended.troubles) == (0, 0, ())


def test_the_third_failure_is_a_trouble() -> None:
    """OLD has failed twice."""
    assert after_failure(claim(), BadFeed("no feed"), make.NOW, 0.5).troubles == ("failing",)


def test_a_feed_knows_since_when_it_is_polled() -> None:
    """The first poll counts, whatever it brought, and no later one."""
    state = after_failure(claim(None), BadFeed("no feed"), make.NOW, 0.5)
    assert state.first_at == make.NOW
    later = after_success(claim(state), found(), make.NOW + timedelta(days=1), 0.5)
    assert later.first_at == make.NOW
