"""A desk for one who has no store: `dateline feeds check` asks hosts as politely as a poller does.

Owns the turns of this one process. Refuses everything of feeds and articles; the rules of hosts are
kept by ``robots`` itself when it has no shelf.
"""

import asyncio

from dateline.store.feeds import Pacing
from services.poller.desk import Desk


class Alone(Desk):
    """Turns at hosts in this process only, one request at a time; nothing else may be asked of it."""

    def __init__(self, delay_s: float) -> None:
        self._delay_s = delay_s
        #: When each host is free, as far as we know: a turn that is taken counts until its hold ends.
        self._free: dict[str, float] = {}
        self._rests: dict[str, float] = {}

    def close(self) -> None:
        """Nothing is open."""

    async def take(self, host: str, token: str, rule: Pacing) -> float:
        """Return 0.0 when the turn is ours, else the seconds to wait before asking again."""
        del token
        now = asyncio.get_running_loop().time()
        wait_s = max(self._free.get(host, 0.0), self._rests.get(host, 0.0)) - now
        if wait_s <= 0:
            self._free[host] = now + rule.hold_s
        return max(0.0, wait_s)

    def give(self, host: str, token: str) -> None:
        """Let the host be asked again one delay from now."""
        del token
        self._free[host] = asyncio.get_running_loop().time() + self._delay_s

    def rest(self, host: str, wait_s: float) -> None:
        """Ask nothing of the host for ``wait_s`` seconds."""
        self._rests[host] = asyncio.get_running_loop().time() + wait_s
