"""What becomes of a subscription, whatever hubs do."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.errors import AddressRefused, FetchFailed, Reason
from dateline.feeds.websub import MAX_ATTEMPTS, Message, Mode, Named
from dateline.store.websub import Due, State, Subscription
from services.poller.websub import course
from services.poller.websub.course import Ask

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
TOPIC = "https://news.example/feed"
DOWN = FetchFailed("HTTP 503", Reason.HTTP_STATUS, status=503)


def wish() -> Subscription:
    return course.wish("feed1", Named("https://hub.example/", TOPIC), "token", "secret", NOW)


def asked(one: Subscription, now: datetime = NOW) -> Subscription:
    step = course.step(Due(one, listed=True), now, 0.5)
    assert isinstance(step, Ask)
    return step.asked


def verified(one: Subscription, now: datetime = NOW, lease_s: int = 86_400) -> Subscription:
    message = Message(mode=Mode.SUBSCRIBE, topic=one.topic, challenge="c", lease_s=lease_s)
    change = course.heard(one, message, now, 0.5)
    assert change is not None
    assert change.next is not None
    return change.next


def test_a_record_says_that_a_hub_is_asked_before_it_is() -> None:
    """The verification may come before the answer to the request: the record has to know by then."""
    one = asked(wish())
    assert one.requested_at == NOW
    assert one.attempts == 1
    assert one.due_at == NOW + timedelta(seconds=course.VERIFICATION_S)
    assert verified(one).state is State.ACTIVE
    assert verified(one).attempts == 0


def test_a_hub_may_verify_again() -> None:
    """A hub whose first verification got lost, or that reconfirms at times, is answered again."""
    one = verified(asked(wish()))
    later = verified(one, NOW + timedelta(hours=3))
    assert later.expires_at == NOW + timedelta(hours=27)


def test_a_late_verification_is_welcome() -> None:
    """A hub that was given up, or that had denied, may come round: we still want it."""
    for state in (State.FAILED, State.DENIED):
        assert verified(replace(asked(wish()), state=state)).state is State.ACTIVE


def test_an_active_one_outlives_a_failed_renewal() -> None:
    """Until the lease ends a subscription stands, whatever the hub answers to its renewal."""
    one = verified(asked(wish()))
    renewal = asked(one, one.due_at)
    for error in (DOWN, FetchFailed("HTTP 404", Reason.HTTP_STATUS, status=404), AddressRefused("internal")):
        after = course.refused(renewal, error, one.due_at, 0.5).next
        assert after is not None
        assert after.state is State.ACTIVE
        assert after.expires_at == one.expires_at
        assert after.expires_at is not None
        assert after.due_at <= after.expires_at


def test_the_end_of_a_lease_makes_the_feed_due() -> None:
    """From the moment that nothing is pushed any more the feed has to be polled."""
    one = verified(asked(wish()))
    assert one.expires_at is not None
    step = course.step(Due(replace(one, due_at=one.expires_at), listed=True), one.expires_at, 0.5)
    assert not isinstance(step, Ask)
    assert step.poll
    assert step.next is not None
    assert step.next.state is State.PENDING


def test_what_was_never_asked_is_dropped_at_once() -> None:
    """A hub that never heard of us is not bothered with our leaving."""
    assert course.left(wish(), NOW) is None
    left = course.left(asked(wish()), NOW)
    assert left is not None
    assert left.state is State.LEAVING


def test_a_hub_that_is_down_for_ever_hears_of_us_rarely() -> None:
    """Over sixty days: at most nine requests a week."""
    one: Subscription = wish()
    now, requests = NOW, 0
    while one.due_at < NOW + timedelta(days=60):
        now = max(now, one.due_at)
        step = course.step(Due(one, listed=True), now, 0.5)
        if isinstance(step, Ask):
            requests += 1
            after = course.refused(step.asked, DOWN, now, 0.5).next
        else:
            after = step.next
        assert after is not None
        one = after
    assert MAX_ATTEMPTS < requests <= MAX_ATTEMPTS * 9


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["pass", "look", "down", "never", "verify", "deny", "unsubscribe", "other"]),
        st.integers(0, 900_000),
        st.floats(0, 1),
        st.integers(1, 3_000_000),
        st.booleans(),
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(EVENTS)
def test_no_course_of_events_breaks_a_record(events: list[tuple[str, int, float, int, bool]]) -> None:
    """Whatever happens in whatever order: active means until when, nothing is asked twice at one moment, nobody
    else's word counts, and what is left stays left."""
    one: Subscription | None = wish()
    now = NOW
    for event, wait_s, jitter, lease_s, listed in events:
        if one is None:
            return
        before = one
        if event == "pass":
            now += timedelta(seconds=wait_s)
        elif event in {"look", "down", "never"} and one.due_at <= now:
            step = course.step(Due(one, listed), now, jitter)
            if isinstance(step, Ask):
                one = step.asked
                assert one.due_at > now or one.expires_at == one.due_at
                error = DOWN if event == "down" else AddressRefused("internal")
                if event != "look":
                    one = course.refused(one, error, now, jitter).next
            else:
                one = step.next
        elif event in {"verify", "deny", "unsubscribe", "other"}:
            modes = {"verify": Mode.SUBSCRIBE, "deny": Mode.DENIED, "unsubscribe": Mode.UNSUBSCRIBE}
            topic = TOPIC if event != "other" else "https://news.example/other"
            message = Message(
                mode=modes.get(event, Mode.SUBSCRIBE), topic=topic, challenge="c", lease_s=lease_s
            )
            change = course.heard(one, message, now, jitter)
            assert change is None or event != "other"
            if change:
                one = change.next
        if one is not None:
            assert (one.state is State.ACTIVE) == (one.expires_at is not None)
            assert (one.token, one.secret, one.hub, one.topic) == (
                before.token, before.secret, before.hub, before.topic,
            )  # fmt: skip
            assert before.state is not State.LEAVING or one.state is State.LEAVING
