"""WebSub against a real hub over real sockets: what is agreed to, what is kept, what is asked when."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from websub_hub import FEED_BODY, Hub, Subscribing, eventually, subscribing

from dateline import metrics
from dateline.errors import Reason, StoreUnavailable
from dateline.feeds import websub
from dateline.settings import Settings
from dateline.store import websub as stored
from dateline.store.door import Store
from dateline.store.websub import Due, State
from services.poller.hosts import HostRestsError

pytestmark = pytest.mark.integration


def pushes(outcome: str) -> float:
    return metrics.WEBSUB_PUSHES.labels(outcome=outcome)._value.get()


def run(scenario: Any, store: Store, settings: Settings, hub: Hub | None = None, **changed: Any) -> None:
    async def play() -> None:
        async with subscribing(store, settings, hub, **changed) as wire:
            await scenario(wire)

    asyncio.run(play())


@pytest.mark.parametrize("at_once", [False, True])
def test_a_feed_is_subscribed_and_pushed(store: Store, settings: Settings, at_once: bool) -> None:
    """From the hub that a poll found to the body in the store, with a hub that verifies after or during the request."""

    async def scenario(wire: Subscribing) -> None:
        one = await wire.subscribe()
        (form,) = wire.hub.asked
        assert form["hub.topic"] == wire.topic
        assert form["hub.callback"].endswith(f"/v1/websub/{one.token}")
        assert one.secret != one.token
        assert one.expires_at == wire.now + timedelta(seconds=wire.hub.lease_s)
        assert wire.relied is None
        accepted = pushes("accepted")
        assert await wire.hub.push(FEED_BODY) == 202
        assert pushes("accepted") == accepted + 1
        (blob,) = store.client.lrange(store.keys.pushed("feed1"), 0, -1)
        assert stored.decode(blob) == stored.Pushed("application/rss+xml", FEED_BODY)
        assert wire.relied == one.expires_at.timestamp()
        assert wire.due == wire.now.timestamp()

    run(scenario, store, settings, Hub(at_once=at_once))


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_every_method_of_signing_is_taken(store: Store, settings: Settings, method: str) -> None:
    """A push signed with any registered method is kept."""

    async def scenario(wire: Subscribing) -> None:
        await wire.subscribe()
        assert await wire.hub.push(FEED_BODY) == 202
        assert wire.waiting == 1

    run(scenario, store, settings, Hub(method=method))


def test_what_is_not_signed_by_the_hub_is_dropped(store: Store, settings: Settings) -> None:
    """Unsigned, wrongly signed and malformed pushes are answered like good ones, dropped and counted."""

    async def scenario(wire: Subscribing) -> None:
        await wire.subscribe()
        before = {name: pushes(name) for name in ("unsigned", "bad_signature")}
        reasons = metrics.REJECTED.labels(reason="bad_signature")._value
        rejected = reasons.get()
        assert await wire.hub.push(FEED_BODY, headers={"X-Hub-Signature": ""}) == 202
        assert await wire.hub.push(FEED_BODY, secret="another") == 202
        assert await wire.hub.push(FEED_BODY, headers={"X-Hub-Signature": "md5=00"}) == 202
        assert wire.waiting == 0
        assert wire.relied is None
        assert pushes("unsigned") == before["unsigned"] + 1
        assert pushes("bad_signature") == before["bad_signature"] + 2
        assert reasons.get() == rejected + 3

    run(scenario, store, settings)


def test_only_what_was_asked_is_agreed_to(store: Store, settings: Settings) -> None:
    """A challenge for another topic, an unknown token, an unsubscription that we did not want: 404 for all."""

    async def scenario(wire: Subscribing) -> None:
        one = await wire.subscribe()
        (callback,) = wire.hub.subscribed
        says = wire.hub.says
        assert await says(callback, "subscribe", wire.topic, challenge="x" * 90) == (200, "x" * 90)
        other = "https://news.example/other"
        assert (await says(callback, "subscribe", other, challenge="x"))[0] == 404
        assert (await says(callback, "unsubscribe", wire.topic, challenge="x"))[0] == 404
        assert (await says(callback, "denied", other))[0] == 404
        assert (await says(callback, "publish", wire.topic, challenge="x"))[0] == 404
        assert (await says(callback, "subscribe", wire.topic))[0] == 404
        assert (await says(callback + "x", "subscribe", wire.topic, challenge="x"))[0] == 404
        assert wire.one.state is State.ACTIVE
        assert wire.one.token == one.token

    run(scenario, store, settings)


def test_a_subscription_that_was_never_asked_for_is_not_verified(store: Store, settings: Settings) -> None:
    """Before our request has left, nobody's verification is agreed to."""

    async def scenario(wire: Subscribing) -> None:
        await wire.websub.seen(wire.feed(), wire.hub.url, wire.topic)
        callback = websub.callback(wire.base, wire.one.token)
        assert (await wire.hub.says(callback, "subscribe", wire.topic, challenge="x"))[0] == 404

    run(scenario, store, settings)


def test_a_lease_is_renewed_before_it_ends(store: Store, settings: Settings) -> None:
    """At four fifths of the lease the same callback is asked for again; a push before and after is good."""

    async def scenario(wire: Subscribing) -> None:
        first = await wire.subscribe()
        await wire.hub.push(FEED_BODY)
        await wire.rounds(timedelta(seconds=0.74 * wire.hub.lease_s))
        assert len(wire.hub.asked) == 1
        await wire.rounds(timedelta(seconds=0.07 * wire.hub.lease_s))
        await eventually(lambda: wire.one.expires_at != first.expires_at)
        assert wire.hub.asked[0] == wire.hub.asked[1]
        assert wire.one.expires_at == wire.now + timedelta(seconds=wire.hub.lease_s)
        assert wire.one.expires_at is not None
        assert wire.relied == wire.one.expires_at.timestamp()
        assert await wire.hub.push(FEED_BODY) == 202
        assert wire.waiting == 2

    run(scenario, store, settings)


def test_a_denial_falls_back_to_polling(store: Store, settings: Settings) -> None:
    """A denied feed is due at once and polled at its own rhythm; the hub is left alone for days, then asked again."""

    async def scenario(wire: Subscribing) -> None:
        await wire.subscribe()
        await wire.hub.push(FEED_BODY)
        store.client.zadd(store.keys.feeds_due, {"feed1": wire.now.timestamp() + 9999})
        (callback,) = wire.hub.subscribed
        assert (await wire.hub.says(callback, "denied", wire.topic))[0] == 200
        assert wire.one.state is State.DENIED
        assert wire.one.error == "denied: not you"
        assert wire.relied is None
        assert wire.due == wire.now.timestamp()
        await wire.rounds(timedelta(days=6))
        assert len(wire.hub.asked) == 1
        await wire.rounds(timedelta(days=2))
        await eventually(lambda: wire.one.state is State.ACTIVE)
        assert len(wire.hub.asked) == 2

    run(scenario, store, settings)


def test_an_expired_lease_falls_back_to_polling(store: Store, settings: Settings) -> None:
    """A hub that is down at renewal is asked again and again; when the lease ends the feed is polled as before."""

    async def scenario(wire: Subscribing) -> None:
        one = await wire.subscribe()
        await wire.hub.push(FEED_BODY)
        wire.hub.status = 503
        await wire.rounds(timedelta(seconds=0.86 * wire.hub.lease_s))
        assert wire.one.state is State.ACTIVE
        assert wire.relied == one.expires_at.timestamp() if one.expires_at else None
        store.client.zadd(store.keys.feeds_due, {"feed1": wire.now.timestamp() + 9e6})
        await wire.rounds(timedelta(seconds=0.15 * wire.hub.lease_s))
        assert wire.one.state is State.PENDING
        assert wire.relied is None
        assert wire.due == wire.now.timestamp()

    run(scenario, store, settings)


def test_a_hub_that_is_down_is_asked_ever_more_rarely(store: Store, settings: Settings) -> None:
    """Waits double, Retry-After is kept, and after eight tries the hub is left alone for a week."""

    async def scenario(wire: Subscribing) -> None:
        wire.hub.status = 503
        await wire.websub.seen(wire.feed(), wire.hub.url, wire.topic)
        waits = []
        for _ in range(websub.MAX_ATTEMPTS):
            await wire.websub.subscriber.round()
            waits.append((wire.one.due_at - wire.now).total_seconds())
            wire.now = wire.one.due_at
        assert waits == [60.0 * 2**attempt for attempt in range(websub.MAX_ATTEMPTS)]
        await wire.rounds()
        assert wire.one.state is State.FAILED
        assert wire.one.due_at == wire.now + timedelta(days=7)
        assert len(wire.hub.asked) == websub.MAX_ATTEMPTS
        wire.hub.status, wire.hub.headers = 429, {"Retry-After": "7000"}
        await wire.rounds(timedelta(days=7))
        assert wire.one.state is State.PENDING
        assert wire.one.due_at == wire.now + timedelta(seconds=7000)
        wire.hub.status = 202
        await wire.rounds(timedelta(seconds=7000))
        await eventually(lambda: wire.one.state is State.ACTIVE)

    run(scenario, store, settings)


def test_a_hub_that_refuses_for_good_is_left_alone(store: Store, settings: Settings) -> None:
    """A 4xx is an answer: no second request within days."""

    async def scenario(wire: Subscribing) -> None:
        wire.hub.status = 422
        await wire.websub.seen(wire.feed(), wire.hub.url, wire.topic)
        await wire.rounds()
        assert wire.one.state is State.FAILED
        await wire.rounds(timedelta(days=6))
        assert len(wire.hub.asked) == 1

    run(scenario, store, settings)


def test_a_hub_that_never_verifies_is_given_up(store: Store, settings: Settings) -> None:
    """202 is no subscription: it is asked for again, rarely, and then no more."""

    async def scenario(wire: Subscribing) -> None:
        wire.hub.verifies = False
        await wire.websub.seen(wire.feed(), wire.hub.url, wire.topic)
        for _ in range(60):
            await wire.rounds(timedelta(minutes=10))
        assert wire.one.state is State.FAILED
        assert wire.one.error == "the hub never verified"
        assert len(wire.hub.asked) == websub.MAX_ATTEMPTS

    run(scenario, store, settings)


def test_a_hub_that_is_down_is_asked_for_one_feed(store: Store, settings: Settings) -> None:
    """The other feeds of a hub that just failed wait without a request, and without having failed themselves."""

    async def scenario(wire: Subscribing) -> None:
        wire.hub.status = 503
        for number in range(1, 6):
            await wire.websub.seen(wire.feed(number), wire.hub.url, wire.topic)
            await wire.rounds()
        assert len(wire.hub.asked) == 1
        others = [store.websub.of_feed(f"feed{number}") for number in range(2, 6)]
        assert all(one and one.attempts == 0 and one.due_at > wire.now for one in others)
        wire.hub.status = 202
        await wire.rounds(timedelta(minutes=3))
        await eventually(lambda: len(wire.hub.subscribed) == 5)

    run(scenario, store, settings)


def test_a_host_that_rests_is_not_counted_against_the_hub(store: Store, settings: Settings) -> None:
    """A hub whose host asked for a pause is put off until then: nothing was asked, nothing failed."""

    async def scenario(wire: Subscribing) -> None:
        class Resting:
            @asynccontextmanager
            async def turn(self, url: str) -> AsyncIterator[None]:
                raise HostRestsError("rests", Reason.HTTP_STATUS, status=429, retry_after_s=100)
                yield

        free, wire.websub.subscriber.asker._turns = wire.websub.subscriber.asker._turns, Resting()
        await wire.websub.seen(wire.feed(), wire.hub.url, wire.topic)
        await wire.rounds()
        assert wire.one.attempts == 0
        assert wire.one.due_at == wire.now + timedelta(seconds=150)
        wire.websub.subscriber.asker._turns = free
        await wire.rounds(timedelta(seconds=150))
        await eventually(lambda: wire.one.state is State.ACTIVE)

    run(scenario, store, settings)


@pytest.mark.parametrize(
    "hub",
    [
        "http://127.0.0.1:9/hub",
        "http://169.254.169.254/hub",
        "http://hub.internal/",
        "http://localhost:6379/",
    ],
)
def test_an_internal_hub_is_never_asked(store: Store, settings: Settings, hub: str) -> None:
    """The guard of all fetches holds for hubs: a feed cannot send us to our own network."""

    async def scenario(wire: Subscribing) -> None:
        reasons = metrics.REJECTED.labels(reason="address_refused")._value
        before = reasons.get()
        await wire.websub.seen(wire.feed(), hub, wire.topic)
        await wire.rounds()
        assert wire.one.state is State.FAILED
        assert reasons.get() == before + 1
        assert wire.hub.asked == []

    run(scenario, store, settings)


def test_a_hub_may_send_us_to_another(store: Store, settings: Settings) -> None:
    """A 308 to another host is followed with the same form (section 5.1.2), under the same guard."""

    async def scenario(wire: Subscribing) -> None:
        moved = wire.hub.url.replace("/hub", "/moved")
        await wire.websub.seen(wire.feed(), moved, wire.topic)
        await wire.rounds()
        await eventually(lambda: wire.one.state is State.ACTIVE)
        assert wire.one.hub == moved

    run(scenario, store, settings)


def test_a_feed_that_names_another_hub_moves(store: Store, settings: Settings) -> None:
    """The old subscription is ended politely, under its own token, and the new one is asked for."""

    async def scenario(wire: Subscribing) -> None:
        first = await wire.subscribe()
        await wire.websub.seen(wire.feed(), wire.hub.url, "https://news.example/new")
        assert wire.one == first
        wire.now += timedelta(hours=2)
        await wire.websub.seen(wire.feed(), wire.hub.url, "https://news.example/new")
        await wire.rounds()
        await eventually(lambda: store.websub.find(first.token) is None and wire.one.state is State.ACTIVE)
        await eventually(
            lambda: (
                [form["hub.topic"] for form in wire.hub.subscribed.values()] == ["https://news.example/new"]
            )
        )
        assert store.websub.counts()["active"] == 1

    run(scenario, store, settings)


def test_a_hub_that_is_no_longer_named_is_left_at_renewal(store: Store, settings: Settings) -> None:
    """One poll without a hub ends nothing; when it stays away the subscription is not renewed."""

    async def scenario(wire: Subscribing) -> None:
        await wire.subscribe()
        await wire.websub.seen(wire.feed(), None, None)
        assert wire.one.state is State.ACTIVE
        await wire.rounds(timedelta(seconds=0.86 * wire.hub.lease_s))
        await eventually(lambda: not wire.hub.subscribed)
        assert store.websub.of_feed("feed1") is None
        assert sum(store.websub.counts().values()) == 0

    run(scenario, store, settings)


@pytest.mark.parametrize("pushed", [True, False])
def test_a_removed_feed_is_unsubscribed(store: Store, settings: Settings, pushed: bool) -> None:
    """The hub of a feed that left the catalog is told at once; what it pushes meanwhile is answered 410."""

    async def scenario(wire: Subscribing) -> None:
        await wire.subscribe()
        store.catalog.remove("feed1")
        if pushed:
            unknown = pushes("unknown")
            assert await wire.hub.push(FEED_BODY) == 410
            assert pushes("unknown") == unknown + 1
        await wire.rounds()
        await eventually(lambda: not wire.hub.subscribed)
        assert sum(store.websub.counts().values()) == 0
        assert wire.waiting == 0

    run(scenario, store, settings)


def test_a_hub_that_will_not_let_go_is_answered_gone(store: Store, settings: Settings) -> None:
    """After three requests the record is dropped; whatever is pushed then is 410."""

    async def scenario(wire: Subscribing) -> None:
        await wire.subscribe()
        ((callback, form),) = wire.hub.subscribed.items()
        wire.hub.verifies = False
        store.catalog.remove("feed1")
        for _ in range(12):
            await wire.rounds(timedelta(days=1))
        assert [asked["hub.mode"] for asked in wire.hub.asked].count("unsubscribe") == 3
        assert await wire.hub.push(FEED_BODY, callback=callback, secret=form["hub.secret"]) == 410

    run(scenario, store, settings)


def test_entries_that_the_hub_kept_back_end_the_reliance(store: Store, settings: Settings) -> None:
    """A hub that verifies and then forgets to push costs nothing but the polls that find it out."""

    async def scenario(wire: Subscribing) -> None:
        await wire.subscribe()
        await wire.hub.push(FEED_BODY)
        assert wire.relied is not None
        await wire.websub.missed(wire.feed())
        assert wire.relied is None
        await wire.hub.push(FEED_BODY)
        assert wire.relied is not None

    run(scenario, store, settings)


def test_two_pollers_hold_one_subscription(store: Store, settings: Settings) -> None:
    """Both learn of the hub and both look at what is due: the hub is asked once, and either is its callback."""

    async def scenario(wire: Subscribing) -> None:
        async with subscribing(store, settings, wire.hub) as other:
            feed = wire.feed()
            other.websub.subscriber.asker._base_url = wire.base
            await asyncio.gather(
                wire.websub.seen(feed, wire.hub.url, wire.topic),
                other.websub.seen(feed, wire.hub.url, wire.topic),
            )
            await asyncio.gather(wire.websub.subscriber.round(), other.websub.subscriber.round())
            await eventually(lambda: wire.one.state is State.ACTIVE and bool(wire.hub.subscribed))
            assert len(wire.hub.asked) == 1
            assert sum(store.websub.counts().values()) == 1
            ((callback, form),) = wire.hub.subscribed.items()
            elsewhere = callback.replace(wire.base, other.base)
            assert await wire.hub.push(FEED_BODY, callback=elsewhere, secret=form["hub.secret"]) == 202
            assert wire.waiting == 1

    run(scenario, store, settings)


def test_asking_survives_redis_and_a_hub_that_hangs(store: Store, settings: Settings) -> None:
    """The task goes on when the store was away, and one hub that never answers holds up no other."""

    async def scenario(wire: Subscribing) -> None:
        subscriber, stop = wire.websub.subscriber, asyncio.Event()
        claim, away = wire.websub._desk.claim, 2

        async def tired(limit: int, lease_s: int) -> list[Due]:
            nonlocal away
            away -= 1
            if away >= 0:
                raise StoreUnavailable("away")
            return await claim(limit, lease_s)

        wire.websub._desk.claim = tired  # type: ignore[method-assign]
        await wire.websub.seen(wire.feed(1), wire.hub.url.replace("/hub", "/silent"), wire.topic)
        await wire.websub.seen(wire.feed(2), wire.hub.url, wire.topic)
        task = asyncio.create_task(subscriber.run(stop))
        await eventually(lambda: len(wire.hub.subscribed) == 1, 8)
        await eventually(lambda: wire.hub.silent == 1)
        stop.set()
        await asyncio.wait_for(task, 2)

    run(scenario, store, settings, fetch_deadline_s=60.0)
