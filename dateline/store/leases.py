"""Leases of feeds: who polls which feed now, and the commit that ends a poll.

Owns the three calls that every poll makes whatever it finds: a batch of feeds is claimed, kept and
finished in one script each. All instants are aware UTC. Every method raises StoreUnavailable when
Redis is away, full or read-only; nothing is then half done.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec
from msgspec import Struct

from dateline.model import Feed, FeedState
from dateline.store.client import Client, Script, chunks, translated
from dateline.store.keys import SEEN_DAYS, Keys
from dateline.store.rows import bare, decode_feed, decode_state, encode, host_row, standing

_claim, _renew, _finish = Script("claim", "turn"), Script("renew"), Script("finish", "turn", "health")

#: A claim looks at so many times the feeds that it may lease, and at so many in any case: those of busy hosts are
#: put off, and must not hide the others.
_LOOKS_EACH, _LOOKS = 4, 256

#: Values of one feed in the answer to a claim.
_CLAIM_FIELDS = 5

#: A commit that met a change of the catalog is made again so often with fresh eyes.
_TRIES = 3

#: A feed for which a hub pushed something during its poll is due again after this long, in seconds.
_SOON_S = 1.0


class Pacing(Struct, frozen=True, kw_only=True):
    """How hosts are asked that have no rule of their own."""

    #: From the end of one request to the begin of the next, in seconds.
    delay_s: float
    #: Requests at once, over all pollers; from a thousand on a host is not paced at all.
    at_once: int
    #: A turn that nobody gives back or renews is free again after this long, in seconds.
    hold_s: float
    #: Hosts that are not paced; "*" stands for all of them.
    free: frozenset[str] = frozenset()


#: For what asks no strangers: a replay, a seed, a test.
UNPACED = Pacing(delay_s=0.0, at_once=1, hold_s=0.0, free=frozenset({"*"}))

_UNLIMITED = 1000


class Claim(Struct, frozen=True, kw_only=True):
    """A feed that is ours to poll until the lease ends."""

    feed: Feed
    state: FeedState | None
    token: str
    #: Host of the feed's address as it is asked for; "" when it is not paced.
    host: str = ""
    #: Token of the turn at that host which the claim has taken; "" when there is none to give back.
    turn: str = ""
    #: Bodies of a hub wait for this poll.
    pushed: bool = False
    #: Until when a hub's subscription is active.
    pushed_until: datetime | None = None


class Finish(Struct, frozen=True, kw_only=True):
    """How a poll ended."""

    claim: Claim
    state: FeedState
    #: Guid keys of the entries that the feed lists.
    listed: tuple[str, ...] = ()
    #: What to remember of the feed's items; None leaves what is remembered.
    items: bytes | None = None
    #: The feed moved: the catalog's new row.
    feed: Feed | None = None
    #: Give the claim's turn at the host back too.
    turn: bool = False


class Leases:
    def __init__(self, client: Client, keys: Keys) -> None:
        self._client, self._keys = client, keys

    def claim(self, owner: str, now: datetime, limit: int, lease_s: int, pacing: Pacing) -> list[Claim]:
        """Lease up to ``limit`` due feeds for ``lease_s`` seconds, each with a turn at its host.

        No one else gets them until then. A due feed whose host has no free turn is due again when
        the host will be free, behind the feeds of that host which were put off before it. At most
        four times ``limit`` feeds are looked at, or 256.
        """
        token = f"{owner}:{now.timestamp():.6f}"
        rows = _claim(
            self._client,
            self._keys.prefix,
            now=now.timestamp(),
            now_ms=now.timestamp() * 1000,
            until=now.timestamp() + lease_s,
            limit=limit,
            looks=max(_LOOKS_EACH * limit, _LOOKS),
            token=token,
            free=["*"] if pacing.at_once >= _UNLIMITED else list(pacing.free),
            pacing={
                "delay_ms": pacing.delay_s * 1000,
                "at_once": pacing.at_once,
                "hold_ms": pacing.hold_s * 1000,
            },
        )
        return [
            _claimed(token, rows[first : first + _CLAIM_FIELDS])
            for first in range(0, len(rows), _CLAIM_FIELDS)
        ]

    def hold(self, feed: Feed, owner: str) -> Claim:
        """Lease a feed that is in no catalog, such as a replay; no poller ever sees it."""
        with translated():
            self._client.hset(self._keys.feed_leases, feed.id, owner)
        return Claim(feed=feed, state=None, token=owner)

    def drop(self, claim: Claim) -> None:
        """Give a held lease back."""
        with translated():
            self._client.hdel(self._keys.feed_leases, claim.feed.id)

    def renew(
        self, claims: Sequence[Claim], turns: Sequence[tuple[str, str]], now: datetime, lease_s: int
    ) -> set[str]:
        """Keep leases, and turns at hosts as (host, token), for ``lease_s`` more seconds.

        Returns the ids of the feeds that are another poller's by now.
        """
        lost = _renew(
            self._client,
            self._keys.prefix,
            feeds=[claim.feed.id for claim in claims],
            tokens=[claim.token for claim in claims],
            turns=[list(turn) for turn in turns],
            until=now.timestamp() + lease_s,
            until_ms=(now.timestamp() + lease_s) * 1000,
            life_ms=(lease_s + 1) * 1000,
        )
        return {claims[position].feed.id for position in lost}

    def finish(self, batch: Sequence[Finish], now: datetime) -> set[str]:
        """End polls: validators, rhythm and health are stored, leases and turns are given back.

        Returns the ids of the feeds that are another poller's by now; of these nothing was written.
        A feed that moved to an address which is polled already is retired, and its groups go there.
        """
        lost: set[str] = set()
        for some in chunks(batch):
            lost |= self._finish(some, now)
        return lost

    def _finish(self, batch: Sequence[Finish], now: datetime) -> set[str]:
        lost: set[str] = set()
        for tries_left in reversed(range(_TRIES)):
            moves = self._moves(batch, now) if tries_left else {}
            gone, stale = self._end(batch, moves, now)
            lost.update(batch[position].claim.feed.id for position in gone)
            batch = [batch[position] for position in stale]
            if not batch:
                break
        return lost

    def _end(
        self, batch: Sequence[Finish], moves: "dict[int, _Move]", now: datetime
    ) -> tuple[list[int], list[int]]:
        states = [moves[i].state if i in moves else one.state for i, one in enumerate(batch)]
        remembered = [(i, one.items) for i, one in enumerate(batch) if one.items is not None]
        lost, stale = _finish(
            self._client,
            self._keys.prefix,
            *(items for _, items in remembered),
            now=now.timestamp(),
            now_ms=now.timestamp() * 1000,
            soon=now.timestamp() + _SOON_S,
            forget=(now - timedelta(days=SEEN_DAYS)).timestamp(),
            feeds=[one.claim.feed.id for one in batch],
            tokens=[one.claim.token for one in batch],
            next=[state.rhythm.next_poll_at.timestamp() for state in states],
            states=[encode(state).decode() for state in states],
            names=[standing(state) for state in states],
            entries_at=[state.last_entry_at.timestamp() if state.last_entry_at else 0 for state in states],
            listed=[[i, one.listed] for i, one in enumerate(batch) if one.listed],
            items=[[i, number] for number, (i, _) in enumerate(remembered, start=1)],
            moves=[{"position": i, **move.row} for i, move in moves.items()],
            turns=[[one.claim.host, one.claim.turn] for one in batch if one.turn and one.claim.turn],
        )
        return lost, stale

    def _moves(self, batch: Sequence[Finish], now: datetime) -> "dict[int, _Move]":
        """Return what the moves of these polls come to, as the catalog stands at this moment."""
        moved = [(i, one, one.feed) for i, one in enumerate(batch) if one.feed is not None]
        if not moved:
            return {}
        with translated():
            owners = self._client.hmget(self._keys.feed_addresses, [bare(to.url) for _, _, to in moved])
            ids = [owner or b"" for owner in owners]
            stand = self._client.hmget(self._keys.feed_health, ids)
            own = [one.claim.feed.id for _, one, _ in moved]
            rows = self._client.hmget(self._keys.feeds, [*own, *ids])
        found = {}
        others = zip(rows[: len(moved)], owners, rows[len(moved) :], stand, strict=True)
        for (i, one, to), (row, owner, other, name) in zip(moved, others, strict=True):
            # Somebody may have changed the row while it was polled: it keeps what was said, but for the address.
            here = decode_feed(row) if row else one.claim.feed
            if here.url != one.claim.feed.url:
                continue
            feed = msgspec.structs.replace(here, url=to.url, moved_from=to.moved_from)
            if other is None or owner == here.id.encode():
                found[i] = _to_new_address(one, feed, (owner or b"").decode())
            elif name != b"retired":  # two that lead to each other must not both be retired
                found[i] = _into(one, feed, owner.decode(), other, now)
        return found


class _Move(Struct, frozen=True):
    """What a move comes to: the state to store, and what the script is told."""

    state: FeedState
    row: dict[str, str]


def _to_new_address(one: Finish, feed: Feed, owner: str) -> _Move:
    row = {"row": encode(feed).decode(), "host": host_row(feed.url) or ""}
    return _Move(one.state, {"address": bare(feed.url), "owner": owner, **row})


def _into(one: Finish, feed: Feed, other: str, before: bytes, now: datetime) -> _Move:
    """The new address is another feed's: that one gets the groups, this one is polled no more."""
    target = decode_feed(before)
    merged = msgspec.structs.replace(target, groups=tuple(dict.fromkeys((*target.groups, *feed.groups))))
    state = msgspec.structs.replace(
        one.state,
        retired_at=one.state.retired_at or now,
        last_error=f"moved to {feed.url}, which is polled as {other}",
    )
    row = {"other": other, "before": before.decode(), "after": encode(merged).decode()}
    return _Move(state, {"address": bare(feed.url), "owner": other, **row})


def _claimed(token: str, values: list[bytes | None]) -> Claim:
    feed, state, host, pushed, until = values
    row = decode_feed(feed or b"")
    return Claim(
        feed=row,
        state=decode_state(state) if state else None,
        token=token,
        host=host.decode() if host else "",
        turn=f"{token} {row.id}" if host else "",
        pushed=bool(pushed),
        pushed_until=datetime.fromtimestamp(float(until), UTC) if until else None,
    )
