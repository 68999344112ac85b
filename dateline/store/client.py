"""The connection to Redis: how it is made, and how its errors become ours."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import resources
from itertools import islice
from typing import Any, TypeAlias, TypeVar

import msgspec
import redis
from redis.backoff import ExponentialWithJitterBackoff
from redis.exceptions import (
    BusyLoadingError,
    NoScriptError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
)
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.retry import Retry

from dateline.errors import Misconfigured, StoreUnavailable

#: redis-py types a reply as all it could be with any option; ours are bytes, as the options below make them.
Client: TypeAlias = Any

#: A command that takes longer than this is taken for lost.
SOCKET_TIMEOUT_S = 5.0

#: Rows that one command reads or writes: more would hold up everybody else, and Lua unpacks a few thousand values.
_CHUNK = 500

T = TypeVar("T")

_UNAVAILABLE = (BusyLoadingError, RedisConnectionError, OutOfMemoryError, ReadOnlyError, RedisTimeoutError)

#: Answers of a server that is there but must not be written to: full, a replica, or its disk fails.
_REFUSALS = ("OOM", "READONLY", "MISCONF")

_encode = msgspec.msgpack.Encoder().encode


def connect(url: str, *, timeout_s: float = SOCKET_TIMEOUT_S) -> Client:
    """Return a client for ``url``; it connects at its first command.

    Commands are retried three times within about a second. That is safe because every write of
    ours is idempotent: what must happen once is a script that checks its marker.

    Raises:
        Misconfigured: not an address of a Redis.
    """
    try:
        return redis.Redis.from_url(
            url,
            socket_timeout=timeout_s,
            socket_connect_timeout=timeout_s,
            health_check_interval=15,
            retry=Retry(ExponentialWithJitterBackoff(base=0.05, cap=0.5), 3),
            client_name="dateline",
        )
    except ValueError as error:
        raise Misconfigured(f"DATELINE_REDIS_URL: {error}") from error


def blocking_connection(url: str) -> Client:
    """Return a client whose reads may wait: a worker's pop, a subscriber's next message."""
    return redis.Redis.from_url(
        url,
        socket_connect_timeout=SOCKET_TIMEOUT_S,
        health_check_interval=15,
        client_name="dateline-waits",
    )


def chunks(rows: Iterable[T]) -> Iterator[list[T]]:
    """Yield the rows in lists as long as one command should read or write."""
    rest = iter(rows)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


@contextmanager
def translated() -> Iterator[None]:
    """Turn what Redis raises into StoreUnavailable where waiting helps; let the rest pass as it is."""
    try:
        yield
    except _UNAVAILABLE as error:
        raise StoreUnavailable(f"Redis: {error}") from error
    except RedisError as error:
        # Inside a script a refusal arrives as a script error that quotes it.
        if any(refusal in str(error) for refusal in _REFUSALS):
            raise StoreUnavailable(f"Redis: {error}") from error
        raise


class Script:
    """A Lua script of this package, sent once and then called by its hash; ``behind``: what it shares with few others.

    Every script takes a key prefix and one msgpack map, so that its arguments have names; the
    msgpack of Redis knows no binary strings, so those come behind, and the map names their numbers.
    """

    def __init__(self, name: str, *behind: str) -> None:
        lua = resources.files("dateline.store") / "lua"
        parts = ("shared", *behind, name)
        self._text = "\n".join((lua / f"{part}.lua").read_text("utf-8") for part in parts)
        self._sha = ""

    def __call__(self, client: Client, prefix: str, *blobs: bytes, **arguments: object) -> Any:
        """Run the script.

        Raises:
            StoreUnavailable: Redis is away, full or read-only; nothing was written, or all of it.
        """
        payload = _payload(arguments)
        with translated():
            if not self._sha:
                self._sha = client.script_load(self._text)
            try:
                return client.evalsha(self._sha, 0, prefix, payload, *blobs)
            except NoScriptError:
                return client.eval(self._text, 0, prefix, payload, *blobs)

    def queue(self, pipe: Client, prefix: str, **arguments: object) -> None:
        """Make the script a part of what ``pipe`` will do; its text travels along."""
        pipe.eval(self._text, 0, prefix, _payload(arguments))


def _payload(arguments: dict[str, object]) -> bytes:
    return _encode({name: value for name, value in arguments.items() if value is not None})
