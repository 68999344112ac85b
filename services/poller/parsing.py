"""Feeds are parsed in children that can be killed, never in the event loop.

Owns the crossing: the request and the answer in msgpack, the deadline, and the lanes. A lane is
a thread with its own child, since the child dies with the thread that forked it. One poison feed
costs its own poll; the feeds behind it wait for the other lane.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import msgspec
from msgspec import Struct

from dateline.errors import BadFeed, ChildLost, Reason
from dateline.feeds import formats
from dateline.feeds.unpack import MAX_BYTES
from dateline.metrics import CHILD_RESTARTS
from dateline.model import ParsedFeed
from dateline.sandbox import Sandbox

LANES = 2
"""Feeds parsed at once: one may sit out its deadline without holding up the others."""


class _Body(Struct, frozen=True, array_like=True):
    body: bytes
    content_type: str
    base_url: str
    known: frozenset[bytes] = frozenset()
    max_bytes: int = MAX_BYTES


class _Bad(Struct, frozen=True, tag=True):
    message: str
    reason: Reason


class _Good(Struct, frozen=True, tag=True):
    feed: ParsedFeed


_encode = msgspec.msgpack.Encoder().encode
_body = msgspec.msgpack.Decoder(_Body)
_answer: msgspec.msgpack.Decoder[_Good | _Bad] = msgspec.msgpack.Decoder(_Good | _Bad)


def parse_in_child(request: bytes) -> bytes:
    """Return the encoded feed, or the encoded reason why there is none. Runs in the child."""
    asked = _body.decode(request)
    try:
        return _encode(_Good(formats.parse(*msgspec.structs.astuple(asked))))
    except BadFeed as error:
        return _encode(_Bad(str(error), error.reason))


class Parser:
    """Parses feeds in ``lanes`` killable children; each feed has ``deadline_s``. Close it at the end.

    A body that is itself a gzip file is unpacked there, to ``max_bytes`` at most.
    """

    def __init__(
        self, *, deadline_s: float, memory_bytes: int, lanes: int = LANES, max_bytes: int = MAX_BYTES
    ) -> None:
        self._deadline_s, self._max_bytes = deadline_s, max_bytes
        self._free: asyncio.Queue[_Lane] = asyncio.Queue()
        self._lanes = [_Lane(memory_bytes) for _ in range(lanes)]
        for lane in self._lanes:
            self._free.put_nowait(lane)

    async def parse(
        self, body: bytes, content_type: str, base_url: str, known: frozenset[bytes] = frozenset()
    ) -> ParsedFeed:
        """Return what the feed says; items whose hash is ``known`` are not parsed.

        Raises:
            BadFeed: as ``formats.parse`` does, and parse_budget when the deadline passed.
            ChildLost: the child died on it, out of memory for instance.
        """
        lane = await self._free.get()
        # Shielded, so that a cancelled poll does not hand on a lane that is still at work.
        request = _encode(_Body(body, content_type, base_url, known, self._max_bytes))
        work = asyncio.ensure_future(self._in_lane(lane, request))
        work.add_done_callback(_retrieve)
        answer = _answer.decode(await asyncio.shield(work))
        if isinstance(answer, _Bad):
            raise BadFeed(answer.message, answer.reason)
        return answer.feed

    async def aclose(self) -> None:
        """End the children; what is still parsed is waited for, a deadline at most."""
        await asyncio.gather(*(lane.aclose() for lane in self._lanes))

    async def _in_lane(self, lane: "_Lane", request: bytes) -> bytes:
        try:
            try:
                return await self._counted(lane, request)
            except ChildLost:
                # Whoever killed it may have meant another: a feed is to blame when it happens twice.
                return await self._counted(lane, request)
        finally:
            self._free.put_nowait(lane)

    async def _counted(self, lane: "_Lane", request: bytes) -> bytes:
        try:
            return await lane.call(request, self._deadline_s)
        except ChildLost as error:
            CHILD_RESTARTS.labels(room="poller").inc()
            if error.reason is Reason.EXTRACT_BUDGET:
                raise BadFeed(f"not parsed in {self._deadline_s:g} s", Reason.PARSE_BUDGET) from error
            raise


def _retrieve(work: "asyncio.Future[bytes]") -> None:
    # What a cancelled poll no longer waits for must not be reported as forgotten.
    if not work.cancelled():
        work.exception()


class _Lane:
    def __init__(self, memory_bytes: int) -> None:
        self._sandbox = Sandbox(parse_in_child, memory_bytes=memory_bytes)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="parser")

    async def call(self, request: bytes, deadline_s: float) -> bytes:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, partial(self._sandbox.call, request, deadline_s))

    async def aclose(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, self._sandbox.close)
        self._thread.shutdown(wait=True)
