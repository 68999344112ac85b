"""Answers of a host, good and hostile, and one fetch of them."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from raw_server import Exchange, RawServer

from services.poller.fetch import Fetched, Fetcher

AGENT = "Dateline/test"


PAGE = b"<html><body><p>News of the day.</p></body></html>"


CAP = 200_000


Answer = Callable[[Exchange], Awaitable[None]]


HEAD = b"HTTP/1.1 200 OK\r\n"


def fetch(answer: Answer, *, deadline_s: float = 5.0, **asked: Any) -> Fetched:
    """Fetch "/" of a server that gives ``answer``."""

    async def run() -> Fetched:
        async with RawServer({"/": answer}) as server:
            allowed = frozenset({("127.0.0.1", server.port)})
            async with Fetcher(AGENT, allowed=allowed) as fetcher:
                return await fetcher.fetch(server.url("/"), max_bytes=CAP, deadline_s=deadline_s, **asked)

    return asyncio.run(run())


def body(content: bytes, *headers: str, status: str = "200 OK") -> Answer:
    async def answer(exchange: Exchange) -> None:
        await exchange.answer(content, *headers, status=status)

    return answer


def raw(*parts: bytes, hang_up: bool = True) -> Answer:
    async def answer(exchange: Exchange) -> None:
        for part in parts:
            await exchange.say(part)
        if hang_up:
            exchange.hang_up()

    return answer


def fetcher_for(server: RawServer, **kwargs: Any) -> Fetcher:
    return Fetcher(AGENT, allowed=frozenset({("127.0.0.1", server.port)}), **kwargs)


async def endless(exchange: Exchange) -> None:
    await exchange.say(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        await exchange.say(b"<p>more</p>" * 1000)


async def slow_headers(exchange: Exchange) -> None:
    await exchange.say(b"HTTP/1.1 200 OK\r\n")
    for number in range(1000):
        await exchange.say(b"X-%d: y\r\n" % number)
        await asyncio.sleep(0.05)


async def dripped_body(exchange: Exchange) -> None:
    await exchange.say(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(1000):
        await exchange.say(b"x")
        await asyncio.sleep(0.05)


async def interim_answers(exchange: Exchange) -> None:
    for _ in range(1000):
        await exchange.say(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        await asyncio.sleep(0.02)


async def silence(exchange: Exchange) -> None:
    await exchange.gone()
