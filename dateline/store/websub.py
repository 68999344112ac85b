"""WebSub subscriptions in Redis: records, who asks for which next, and the bodies that hubs pushed.

Owns the records, their due list and the lists of pushed bodies. Refuses to decide what becomes of
a subscription: a record is changed as its caller says, unless somebody else changed it meanwhile.
All instants are aware UTC. Every method raises StoreUnavailable when Redis is away, full or
read-only; nothing is then half done.
"""

from datetime import datetime
from enum import StrEnum

import msgspec
import zstandard
from msgspec import Struct

from dateline.errors import BadRecord
from dateline.store.client import Client, Script, translated
from dateline.store.keys import Keys

_put, _claim, _push = (Script(name) for name in ("websub_put", "websub_claim", "push"))

MOST_PUSHED = 20
"""Bodies of one feed that wait at most; a feed is polled within seconds of the first."""

MOST_PUSHED_BYTES = 32_000_000
"""What the waiting bodies of one feed may take in Redis, compressed; the first is kept whatever its size."""

_LEVEL = 3
_MAX_BODY_BYTES = 128_000_000


class State(StrEnum):
    """Where a subscription stands; the values are the label ``state`` of the gauge."""

    PENDING = "pending"
    ACTIVE = "active"
    DENIED = "denied"
    FAILED = "failed"
    LEAVING = "leaving"


class Subscription(Struct, frozen=True, kw_only=True):
    """What we asked a hub for, and how it stands."""

    feed_id: str
    hub: str
    topic: str
    #: The unguessable part of the callback's path.
    token: str
    #: The key of the signatures; less than 200 bytes.
    secret: str
    state: State
    created_at: datetime
    #: When it is to be looked at next: asked for, renewed, given up.
    due_at: datetime
    #: When the hub was last asked.
    requested_at: datetime | None = None
    #: When the hub forgets it unless it is renewed; set while active.
    expires_at: datetime | None = None
    #: Requests since the hub last verified.
    attempts: int = 0
    #: False when the feed's last poll named no hub any more: it is not renewed.
    wanted: bool = True
    #: What went wrong last.
    error: str | None = None
    #: Counts what was written under this token, from 1.
    revision: int = 1


class Kept(StrEnum):
    """What became of a pushed body; only what is kept may be answered as received."""

    KEPT = "kept"
    #: The subscription is no longer there, or its feed is polled no more.
    GONE = "gone"
    #: As many bodies wait as may: the hub has to repeat it. What was kept once is never given up.
    FULL = "full"


class Due(Struct, frozen=True):
    """A subscription that is ours to look at until the lease ends."""

    subscription: Subscription
    #: The feed is still polled: in the catalog, and not merged into the one at its new address.
    listed: bool


class Pushed(Struct, frozen=True, array_like=True):
    """A body that a hub pushed, its signature checked."""

    content_type: str
    body: bytes


_encode_record = msgspec.json.Encoder().encode
_record = msgspec.json.Decoder(Subscription)
_encode_pushed = msgspec.msgpack.Encoder().encode
_pushed = msgspec.msgpack.Decoder(Pushed)


class Subscriptions:
    """The subscriptions of all feeds; any number of processes may work on them."""

    def __init__(self, client: Client, keys: Keys) -> None:
        self._client, self._keys = client, keys

    def find(self, token: str) -> Subscription | None:
        """Return the subscription whose callback has this token."""
        with translated():
            blob = self._client.hget(self._keys.websub, token)
        return _record.decode(blob) if blob else None

    def of_feed(self, feed_id: str) -> Subscription | None:
        """Return the feed's subscription; one that is being left is no longer the feed's."""
        with translated():
            token = self._client.hget(self._keys.websub_feeds, feed_id)
        return self.find(token.decode()) if token else None

    def create(self, wish: Subscription) -> bool:
        """Store a new subscription as its feed's; False when the feed has one."""
        return self._write(wish, 0, wish, poll_at=None)

    def change(
        self, old: Subscription, new: Subscription | None, now: datetime, *, poll: bool = False
    ) -> Subscription | None:
        """Replace ``old`` by ``new`` (None: forget it) and return what stands then.

        None also when somebody else changed it first; then nothing was written. Unless the new
        state is active the feed is polled at its own rhythm again; ``poll`` makes it due at once.
        """
        kept = msgspec.structs.replace(new, revision=old.revision + 1) if new else None
        if not self._write(old, old.revision, kept, poll_at=now if poll else None):
            return None
        return kept

    def forget(self, old: Subscription, now: datetime, *, poll: bool = False) -> bool:
        """Drop the record; False when somebody else changed it first."""
        return self._write(old, old.revision, None, poll_at=now if poll else None)

    def claim(self, now: datetime, limit: int, lease_s: int) -> list[Due]:
        """Return up to ``limit`` subscriptions that are due; no one else gets them for ``lease_s`` seconds."""
        rows = _claim(
            self._client,
            self._keys.prefix,
            now=now.timestamp(),
            until=now.timestamp() + lease_s,
            limit=limit,
        )
        return [
            Due(_record.decode(blob), bool(listed))
            for blob, listed in zip(rows[::2], rows[1::2], strict=True)
        ]

    def push(self, to: Subscription, content_type: str, body: bytes, now: datetime) -> Kept:
        """Keep a body that the hub of ``to`` pushed and make its feed due, in one commit.

        An empty body only makes the feed due. A verified subscription is relied upon from its first
        push on: until it ends the feed is rarely polled.
        """
        kept = _push(
            self._client,
            self._keys.prefix,
            encode(Pushed(content_type, body)) if body else b"",
            token=to.token,
            feed=to.feed_id,
            now=now.timestamp(),
            most=MOST_PUSHED,
            most_bytes=MOST_PUSHED_BYTES,
            relied=to.expires_at.timestamp() if to.state is State.ACTIVE and to.expires_at else None,
        )
        return Kept(kept.decode())

    def distrust(self, feed_id: str) -> None:
        """Let the feed be polled at its own rhythm until its hub pushes again."""
        with translated():
            self._client.hdel(self._keys.websub_until, feed_id)

    def distrust_all(self) -> None:
        """The same for every feed: nobody listens for hubs."""
        with translated():
            self._client.delete(self._keys.websub_until)

    def counts(self) -> dict[str, int]:
        """Return how many subscriptions stand in each state."""
        pipe = self._client.pipeline(transaction=False)
        for state in State:
            pipe.scard(self._keys.websub_state(state.value))
        with translated():
            return dict(zip((state.value for state in State), pipe.execute(), strict=True))

    def _write(
        self, old: Subscription, revision: int, new: Subscription | None, *, poll_at: datetime | None
    ) -> bool:
        active = new is not None and new.state is State.ACTIVE and new.expires_at is not None
        return bool(
            _put(
                self._client,
                self._keys.prefix,
                _encode_record(new) if new else b"",
                token=old.token,
                feed=old.feed_id,
                revision=revision,
                state=new.state.value if new else None,
                due=new.due_at.timestamp() if new else None,
                relied=new.expires_at.timestamp() if active and new and new.expires_at else None,
                poll=poll_at.timestamp() if poll_at else None,
            )
        )


def encode(pushed: Pushed) -> bytes:
    """Return the stored form. ``decode(encode(pushed)) == pushed``."""
    return zstandard.ZstdCompressor(level=_LEVEL).compress(_encode_pushed(pushed))


def decode(blob: bytes) -> Pushed:
    """Return the body.

    Raises:
        BadRecord: the bytes are not a stored body.
    """
    try:
        return _pushed.decode(zstandard.ZstdDecompressor().decompress(blob, max_output_size=_MAX_BODY_BYTES))
    except (zstandard.ZstdError, msgspec.DecodeError, msgspec.ValidationError, ValueError) as error:
        raise BadRecord(f"not a pushed body: {error}") from error
