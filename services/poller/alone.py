"""A desk for one who has no store: `dateline feeds check` asks hosts as politely as a poller does.

Owns the turns of this one process, and its rules of hosts. Refuses everything of feeds and articles.
"""

import asyncio

from dateline.store.feeds import Pacing
from services.poller.desk import Desk


class Alone(Desk):
    """Turns at hosts and rules of hosts, in this process only; nothing else may be asked of it."""

    def __init__(self, delay_s: float) -> None:
        self._delay_s = delay_s
        self._starts: dict[str, float] = {}
        self._rules: dict[str, bytes] = {}

    def close(self) -> None:
        """Nothing is open."""

    async def take(self, host: str, token: str, rule: Pacing) -> float:
        """Return 0.0 when the host may be asked, else the seconds to wait."""
        del token, rule
        return max(0.0, self._starts.get(host, 0.0) - asyncio.get_running_loop().time())

    def give(self, host: str, token: str) -> None:
        """Let the host be asked again one delay from now."""
        del token
        self.rest(host, self._delay_s)

    def rest(self, host: str, wait_s: float) -> None:
        """Ask nothing of the host for ``wait_s`` seconds."""
        start = asyncio.get_running_loop().time() + wait_s
        self._starts[host] = max(self._starts.get(host, 0.0), start)

    async def policy_get(self, origin: str) -> bytes | None:
        """Return the rules that ``policy_put`` was given."""
        return self._rules.get(origin)

    async def policy_put(self, origin: str, blob: bytes, ttl_s: int) -> None:
        """Keep a host's rules until the end of the process."""
        del ttl_s
        self._rules[origin] = blob
