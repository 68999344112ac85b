"""A loopback server that says exactly the bytes it is told to, however wrong they are."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import TracebackType
from typing import Self


class Exchange:
    """One request: its path and headers, and the wire to answer on."""

    def __init__(self, head: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = head.split("\r\n")
        self.path = lines[0].split(" ")[1]
        self.headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        self._reader, self._writer = reader, writer

    async def say(self, raw: bytes) -> None:
        self._writer.write(raw)
        await self._writer.drain()

    async def answer(self, body: bytes, *headers: str, status: str = "200 OK", length: bool = True) -> None:
        lines = [f"HTTP/1.1 {status}", *headers, *([f"Content-Length: {len(body)}"] if length else [])]
        await self.say("\r\n".join([*lines, "", ""]).encode() + body)

    async def gone(self) -> None:
        """Wait until the client has closed its side."""
        await self._reader.read()

    def hang_up(self) -> None:
        self._writer.close()


class RawServer:
    """Answers by path from ``answers``; counts requests and the most that ran at once."""

    def __init__(self, answers: dict[str, Callable[[Exchange], Awaitable[None]]]) -> None:
        self.answers = answers
        self.seen: list[Exchange] = []
        self.running = 0
        self.most_running = 0
        self.connections = 0
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        self._tasks: set[asyncio.Task[None]] = set()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [exchange.path for exchange in self.seen]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self.connections += 1
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while not writer.is_closing():
                head = await reader.readuntil(b"\r\n\r\n")
                exchange = Exchange(head.decode("latin-1").removesuffix("\r\n\r\n"), reader, writer)
                self.seen.append(exchange)
                self.running += 1
                self.most_running = max(self.most_running, self.running)
                try:
                    await self.answers[exchange.path.partition("?")[0]](exchange)
                finally:
                    self.running -= 1
        writer.close()
