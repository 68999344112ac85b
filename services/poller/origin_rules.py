"""The rules of one origin as they are remembered: small, and the same for every poller.

Owns their form in memory and in the store, and how many this process remembers. Refuses to fetch
and to judge: ``robots`` does.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
from msgspec import Struct

from services.poller.optouts import AI_CRAWLERS, USAGE_FIELDS, Usage, read_usage
from services.poller.robots_rules import Rules, product_token, read_groups

MAX_MEMORY_BYTES = 16_000_000
"""How much is remembered here; the usual robots.txt takes a few hundred bytes."""

SLOT_BYTES = 300
"""What remembering takes beside the rules and their address (measured on CPython 3.11)."""

_FORM = 1


class OriginRules(Struct, frozen=True, array_like=True):
    """What robots.txt, or tdmrep.json, of one origin says to us. Without rows all is allowed."""

    rows: tuple[tuple[str, bool], ...] = ()
    #: The rules for each of ``optouts.AI_CRAWLERS`` that is named there, each only once.
    ai_rows: tuple[tuple[tuple[str, bool], ...], ...] = ()
    #: The lines on the use of pages that speak to us.
    usage: tuple[Usage, ...] = ()
    #: The host gave no rules: that passes, unlike a rule.
    unreachable: bool = False
    #: For whom they were read; another crawler must read for itself. Empty: for everybody.
    token: str = ""
    form: int = _FORM

    def allows(self, url: str) -> bool:
        return Rules(rows=self.rows).allows(url)


encode = msgspec.msgpack.Encoder().encode
_decoder = msgspec.msgpack.Decoder(OriginRules)


def decode(blob: bytes, user_agent: str) -> OriginRules | None:
    """Return the rules, or None when they are not such, or were read for another crawler."""
    try:
        rules = _decoder.decode(blob)
    except msgspec.DecodeError:
        return None
    return rules if rules.form == _FORM and rules.token in {"", product_token(user_agent)} else None


def read_robots(body: bytes, user_agent: str) -> OriginRules:
    """Return what a robots.txt says to the crawler whose product token begins ``user_agent``. Total."""
    token = product_token(user_agent)
    groups = read_groups(body, AI_CRAWLERS | {token}, USAGE_FIELDS)
    ai_rows = {rules.rows: None for one, rules in groups.rules.items() if one in AI_CRAWLERS}
    spoken_to = token if token in groups.rules else "*"
    return OriginRules(
        rows=groups.of(token).rows,
        ai_rows=tuple(ai_rows),
        usage=read_usage((*groups.notes[""], *groups.notes.get(spoken_to, ()))),
        token=token,
    )


class Memory:
    """Rules by the address that they were read from, the latest used; one at a time may ask for each."""

    def __init__(self, max_bytes: int = MAX_MEMORY_BYTES) -> None:
        self._max_bytes, self._bytes = max_bytes, 0
        self._kept: OrderedDict[str, tuple[bytes, float]] = OrderedDict()
        self._asking: dict[str, tuple[asyncio.Lock, list[None]]] = {}

    def get(self, address: str, now: float) -> OriginRules | None:
        """Return what was put, until its time is over."""
        kept = self._kept.get(address)
        if kept is None or kept[1] < now:
            return None
        self._kept.move_to_end(address)
        # Packed they take a fifth of the room, and unpacking takes a few microseconds.
        return _decoder.decode(kept[0])

    def put(self, address: str, rules: OriginRules, until: float) -> None:
        """Remember until then, and forget what was used the longest ago when it becomes too much."""
        before = self._kept.pop(address, None)
        blob = encode(rules)
        self._bytes += _room(address, blob) - (_room(address, before[0]) if before else 0)
        self._kept[address] = (blob, until)
        while self._bytes > self._max_bytes:
            oldest, (forgotten, _) = self._kept.popitem(last=False)
            self._bytes -= _room(oldest, forgotten)

    @asynccontextmanager
    async def asking(self, address: str) -> AsyncIterator[None]:
        """Let nobody else inside such a block for the same address."""
        lock, people = self._asking.setdefault(address, (asyncio.Lock(), []))
        people.append(None)
        try:
            async with lock:
                yield
        finally:
            people.pop()
            if not people:
                del self._asking[address]


def _room(address: str, blob: bytes) -> int:
    return SLOT_BYTES + len(address) + len(blob)
