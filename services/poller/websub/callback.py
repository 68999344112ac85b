"""The callback that hubs call: a GET asks whether we meant it, a POST brings what is new.

Owns the answers of ``/v1/websub/{token}``. Knows no loop and no port: the poller serves it
(``listen``), and so may any other service that has the store. A push is stored before it is
answered, and answered 2xx only then: a hub repeats what was not answered so.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from enum import StrEnum
from functools import partial

from aiohttp import web

from dateline import metrics
from dateline.errors import Reason, StoreUnavailable
from dateline.feeds import websub
from dateline.feeds.websub import Mode, Signature
from dateline.store.websub import Kept, State, Subscription
from services.poller.tally import Tally
from services.poller.websub import course
from services.poller.websub.desk import WebSubDesk

log = logging.getLogger(__name__)

BODY_DEADLINE_S = 20.0
"""From the head of a push to its last byte; a hub sends a feed, which takes seconds at worst."""

BODIES_AT_ONCE = 16
"""Pushes that are read at once: what they hold in memory is at most so many times the largest feed."""

PAUSE_S = 5.0
"""For how long an answer to "may anything be taken in" is believed."""

REPEAT_S = 60
"""When a hub that could not be served is to come back."""

TRIES = 5
"""Changes of one record that may overtake a verification before the hub is asked to repeat it."""


class Pushing(StrEnum):
    """How a hub's request ended: the values of the label ``outcome``."""

    ACCEPTED = "accepted"
    UNKNOWN = "unknown"
    UNSIGNED = "unsigned"
    BAD_SIGNATURE = "bad_signature"
    ENCODED = "encoded"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    #: The hub hung up, or its chunks were none.
    CUT = "cut"
    BUSY = "busy"
    #: As many bodies of the feed wait as may.
    FULL = "full"
    STORE_AWAY = "store_away"
    VERIFIED = "verified"
    DENIED = "denied"
    #: A GET that asked for what we never wanted.
    REFUSED = "refused"


class Callback:
    """Answers hubs. ``now`` is the clock (aware UTC), ``chance`` draws between 0 and 1.

    ``paused`` returns why nothing may be taken in now, or None; hubs then repeat.
    """

    def __init__(
        self,
        desk: WebSubDesk,
        *,
        max_bytes: int,
        now: Callable[[], datetime],
        chance: Callable[[], float],
        paused: Callable[[], Awaitable[str | None]] | None = None,
    ) -> None:
        self._desk, self._max_bytes, self._now, self._chance = desk, max_bytes, now, chance
        self._paused = paused
        self._asked_at = float("-inf")
        self._pause: str | None = None
        self._reading = 0

    def routes(self) -> list[web.RouteDef]:
        """Return the two routes, for the application that serves them."""
        path = websub.PATH + "{token}"
        return [web.get(path, self.verify, allow_head=False), web.post(path, self.receive)]

    async def verify(self, request: web.Request) -> web.Response:
        """Answer a verification or a denial: the challenge when we agree, else 404; 503 when Redis is away."""
        message = websub.message(request.query)
        if message is None:
            return _answer(404, Pushing.REFUSED)
        try:
            agreed = await self._agree(request.match_info["token"], message)
        except StoreUnavailable as error:
            return _later(error)
        if not agreed:
            return _answer(404, Pushing.REFUSED)
        outcome = Pushing.DENIED if message.mode is Mode.DENIED else Pushing.VERIFIED
        return _answer(200, outcome, message.challenge)

    async def _agree(self, token: str, message: websub.Message) -> bool:
        for _ in range(TRIES):
            one = await self._desk.find(token)
            change = course.heard(one, message, self._now(), self._chance()) if one else None
            if one is None or change is None:
                return False
            if await self._desk.change(one, change):
                log.info(
                    "the hub spoke",
                    extra={"feed": one.feed_id, "mode": message.mode.value, "lease_s": message.lease_s},
                )
                return True
        raise StoreUnavailable("the subscription kept changing")

    async def receive(self, request: web.Request) -> web.Response:
        """Take in a push, whole and signed, or say with which status the hub may take it that we did not."""
        if self._reading >= BODIES_AT_ONCE:
            return _answer(503, Pushing.BUSY, retry=True)
        self._reading += 1
        try:
            return await self._receive(request)
        except StoreUnavailable as error:
            return _later(error)
        finally:
            self._reading -= 1

    async def _receive(self, request: web.Request) -> web.Response:
        one = await self._desk.find(request.match_info["token"])
        if one is None or one.state is State.LEAVING:
            return _answer(410, Pushing.UNKNOWN)
        if await self._is_paused():
            return _answer(503, Pushing.STORE_AWAY, retry=True)
        if request.headers.get("Content-Encoding", "identity").lower() != "identity":
            return _answer(415, Pushing.ENCODED)
        if not request.headers.get("X-Hub-Signature"):
            return self._dropped(one, Signature.MISSING)
        try:
            body = await asyncio.wait_for(self._body(request), BODY_DEADLINE_S)
        except TimeoutError:
            return _answer(408, Pushing.TOO_SLOW)
        except (ConnectionError, web.RequestPayloadError):
            return _answer(400, Pushing.CUT)
        if body is None:
            return _answer(413, Pushing.TOO_LARGE)
        header = request.headers.get("X-Hub-Signature")
        # In a thread: ten megabytes take as long to sign as twenty polls.
        signed = await self._desk.ask(partial(websub.signature, header, one.secret, body))
        if signed is not Signature.GOOD:
            return self._dropped(one, signed)
        kept = await self._desk.push(one, request.headers.get("Content-Type", "")[:200], body)
        if kept is Kept.GONE:
            return _answer(410, Pushing.UNKNOWN)
        if kept is Kept.FULL:
            return _answer(503, Pushing.FULL, retry=True)
        return _answer(202, Pushing.ACCEPTED)

    def _dropped(self, one: Subscription, signed: Signature) -> web.Response:
        # Section 7.1.2: ignored, but answered as if not, so that nobody can try signatures out.
        Tally().rejected(Reason.BAD_SIGNATURE)
        log.warning("push dropped", extra={"feed": one.feed_id, "signature": signed.value})
        return _answer(202, Pushing.UNSIGNED if signed is Signature.MISSING else Pushing.BAD_SIGNATURE)

    async def _body(self, request: web.Request) -> bytes | None:
        """Return the whole body, or None when it is larger than a feed may be."""
        if (request.content_length or 0) > self._max_bytes:
            return None
        body = bytearray()
        async for chunk in request.content.iter_any():
            body += chunk
            if len(body) > self._max_bytes:
                return None
        return bytes(body)

    async def _is_paused(self) -> bool:
        if self._paused is None:
            return False
        clock = asyncio.get_running_loop().time()
        if clock - self._asked_at >= PAUSE_S:
            self._pause, self._asked_at = await self._paused(), clock
        return self._pause is not None


def _later(error: StoreUnavailable) -> web.Response:
    log.warning("a hub has to repeat", extra={"error": str(error)})
    return _answer(503, Pushing.STORE_AWAY, retry=True)


def _answer(status: int, outcome: Pushing, text: str = "", *, retry: bool = False) -> web.Response:
    metrics.WEBSUB_PUSHES.labels(outcome=outcome.value).inc()
    # Plain text that no browser takes for anything else: the challenge is a stranger's.
    headers = {"X-Content-Type-Options": "nosniff"} | ({"Retry-After": str(REPEAT_S)} if retry else {})
    return web.Response(status=status, text=text, content_type="text/plain", headers=headers)
