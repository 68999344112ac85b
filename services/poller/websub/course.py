"""What becomes of a subscription, event by event.

Pure. Owns the states and the times: what a hub's word changes, what is asked next, when a hub is
given up. Refuses to ask and to store. Each function takes a record and gives the next one; None
stands for no record. ``jitter`` lies between 0 and 1, instants are aware UTC.
"""

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from dateline.errors import AddressRefused, DatelineError, FetchFailed
from dateline.feeds import websub
from dateline.feeds.websub import Message, Mode, Named
from dateline.store.websub import Due, State, Subscription

VERIFICATION_S = 300
"""How long a hub may take from a request to its verification; most take seconds."""

LEAVE_ATTEMPTS = 3
"""Requests to be let go; after them the record is dropped, and pushes are answered with 410."""

SETTLED_S = 3600
"""A feed that changes its hub or topic sooner than this after the last change waits."""

_MAY_PASS = {408, 425, 429}
"""Client errors that say "later", not "never"."""


class Change(Struct, frozen=True):
    """What stands next; ``poll`` says that the feed has to be polled at once, for nothing is pushed any more."""

    next: Subscription | None
    poll: bool = False


class Ask(Struct, frozen=True):
    """What the hub is to be asked, and the record that must stand before it is."""

    mode: Mode
    asked: Subscription


def wish(feed_id: str, named: Named, token: str, secret: str, now: datetime) -> Subscription:
    """Return a subscription that is to be asked for at once."""
    return Subscription(
        feed_id=feed_id,
        hub=named.hub,
        topic=named.topic,
        token=token,
        secret=secret,
        state=State.PENDING,
        created_at=now,
        due_at=now,
    )


def is_settled(one: Subscription, now: datetime) -> bool:
    """Tell whether the subscription is old enough to be exchanged for another."""
    return now - one.created_at >= timedelta(seconds=SETTLED_S)


def heard(one: Subscription, message: Message, now: datetime, jitter: float) -> Change | None:
    """Return what a hub's GET on the callback changes, or None when we do not agree with it (section 5.3).

    Agreed is: the topic that we named; a subscription that we asked for, however late or often the
    hub verifies it; an unsubscription that we asked for; a denial at any time.
    """
    if message.topic != one.topic:
        return None
    if message.mode is Mode.DENIED:
        if one.state is State.LEAVING:
            return Change(None)
        gone = replace(
            one,
            state=State.DENIED,
            expires_at=None,
            due_at=now + timedelta(seconds=websub.rest_s(jitter)),
            error=f"denied: {message.reason or 'no reason given'}",
        )
        return Change(gone, poll=one.state is State.ACTIVE)
    if message.mode is Mode.UNSUBSCRIBE:
        return Change(None) if one.state is State.LEAVING else None
    if one.state is State.LEAVING or one.requested_at is None:
        return None
    verified = replace(
        one,
        state=State.ACTIVE,
        expires_at=now + timedelta(seconds=message.lease_s),
        due_at=now + timedelta(seconds=websub.renew_after_s(message.lease_s, jitter)),
        attempts=0,
        error=None,
    )
    return Change(verified)


def step(due: Due, now: datetime, jitter: float) -> Ask | Change:
    """Return what is next for a subscription that is due."""
    one = due.subscription
    if one.state is State.LEAVING:
        if one.attempts >= LEAVE_ATTEMPTS:
            return Change(None)
        return Ask(Mode.UNSUBSCRIBE, _asked(one, now, jitter))
    if not due.listed or not one.wanted:
        return Change(left(one, now), poll=due.listed)
    if one.expires_at and one.expires_at <= now:
        expired = replace(one, state=State.PENDING, expires_at=None, due_at=now, error="the lease ran out")
        return Change(expired, poll=True)
    if one.state is State.PENDING and one.attempts >= websub.MAX_ATTEMPTS:
        return Change(_failed(one, one.error or "the hub never verified", now, jitter))
    if one.state in {State.DENIED, State.FAILED}:
        one = replace(one, state=State.PENDING, attempts=0)
    return Ask(Mode.SUBSCRIBE, _asked(one, now, jitter))


def refused(asked: Subscription, error: DatelineError, now: datetime, jitter: float) -> Change:
    """Return what stands after a request that failed; an active one stays so until its lease ends."""
    for_good = is_final(error)
    if asked.state is State.LEAVING and for_good:
        return Change(None)
    if asked.state is State.PENDING and for_good:
        return Change(_failed(asked, str(error), now, jitter))
    asked_s = error.retry_after_s if isinstance(error, FetchFailed) else None
    wait_s = websub.retry_after_s(asked.attempts, jitter, asked_s)
    again_at = asked.expires_at if for_good and asked.expires_at else now + timedelta(seconds=wait_s)
    return Change(replace(asked, due_at=_by_expiry(asked, again_at), error=str(error)[:300]))


def put_off(one: Subscription, due_at: datetime) -> Subscription:
    """Return a subscription that could not be asked for yet."""
    return replace(one, due_at=_by_expiry(one, due_at))


def left(one: Subscription, now: datetime) -> Subscription | None:
    """Return a subscription that is to be ended: politely when the hub may know it, else at once."""
    if one.requested_at is None or one.state not in {State.ACTIVE, State.PENDING}:
        return None
    return replace(one, state=State.LEAVING, expires_at=None, due_at=now, attempts=0)


def is_final(error: DatelineError) -> bool:
    """Tell whether asking the same again soon would be pointless."""
    if isinstance(error, AddressRefused):
        return True
    status = error.status if isinstance(error, FetchFailed) else None
    return status is not None and 400 <= status < 500 and status not in _MAY_PASS


def _asked(one: Subscription, now: datetime, jitter: float) -> Subscription:
    attempts = one.attempts + 1
    wait_s = max(VERIFICATION_S, websub.retry_after_s(attempts, jitter))
    return replace(
        one, requested_at=now, attempts=attempts, due_at=_by_expiry(one, now + timedelta(seconds=wait_s))
    )


def _failed(one: Subscription, error: str, now: datetime, jitter: float) -> Subscription:
    due_at = now + timedelta(seconds=websub.rest_s(jitter))
    return replace(one, state=State.FAILED, expires_at=None, due_at=due_at, error=error[:300])


def _by_expiry(one: Subscription, due_at: datetime) -> datetime:
    return min(due_at, one.expires_at) if one.expires_at else due_at
