"""Whether a host lets us have a page: its robots.txt, and its reservation of text mining.

Owns the rules of hosts for a day. Refuses to speak for feeds: whoever lists a feed was given its
address to be polled. Hosts on the allow list are our own and are not asked.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from dateline.errors import AddressRefused, FetchFailed, Reason
from services.poller.fetch import Fetcher
from services.poller.guard import Allowed, vet_url
from services.poller.hosts import Hosts
from services.poller.robots_rules import ALLOW_ALL, ALLOW_NONE, MAX_BYTES, Rules, read

KEPT_S = 24 * 3600
"""How long rules are believed (RFC 9309, section 2.4)."""

UNREACHABLE_S = 600
"""How long a host whose rules cannot be had (5xx, no answer) is left alone before it is asked again."""

_DEADLINE_S = 10.0
_REMEMBERED_HOSTS = 10_000


@dataclass(frozen=True, slots=True)
class _Kept:
    rules: Rules
    until: float
    #: The host gave no rules: that passes, unlike a rule.
    unreachable: bool = False


class Robots:
    """The rules of hosts for ``user_agent``, fetched when first needed."""

    def __init__(self, fetcher: Fetcher, hosts: Hosts, user_agent: str, allowed: Allowed) -> None:
        self._fetcher, self._hosts = fetcher, hosts
        self._user_agent, self._allowed = user_agent, allowed
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._asking: dict[str, asyncio.Lock] = {}

    async def vet(self, url: str) -> None:
        """Return if the host lets us fetch ``url``.

        Raises:
            AddressRefused: its robots.txt says no, or the guard does.
            FetchFailed: its robots.txt cannot be had now, which means no for now.
            StoreUnavailable: the shared pace cannot be asked.
        """
        target = vet_url(url, self._allowed)
        if (target.host, target.port) in self._allowed:
            return
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}".lower()
        kept = await self._rules(origin)
        if kept.unreachable:
            raise FetchFailed(f"robots.txt of {target.host} cannot be had")
        if not kept.rules.allows(url):
            disallowed = f"robots.txt of {target.host} disallows {parts.path[:200] or '/'}"
            raise AddressRefused(disallowed, Reason.ROBOTS)

    async def _rules(self, origin: str) -> _Kept:
        lock = self._asking.setdefault(origin, asyncio.Lock())
        async with lock:
            clock = asyncio.get_running_loop().time
            kept = self._kept.get(origin)
            if kept is None or kept.until < clock():
                kept = await self._fetch(origin)
                self._kept[origin] = kept
            self._kept.move_to_end(origin)
        while len(self._kept) > _REMEMBERED_HOSTS:
            oldest, _ = self._kept.popitem(last=False)
            self._asking.pop(oldest, None)
        return kept

    async def _fetch(self, origin: str) -> _Kept:
        clock = asyncio.get_running_loop().time
        url = f"{origin}/robots.txt"
        try:
            async with self._hosts.turn(url):
                answer = await self._fetcher.fetch(
                    url, max_bytes=MAX_BYTES * 2, deadline_s=_DEADLINE_S, accept="text/plain, */*;q=0.5"
                )
        except AddressRefused:
            # Moved to where we do not go: as good as none.
            return _Kept(ALLOW_ALL, clock() + KEPT_S)
        except FetchFailed as error:
            if error.status is not None and 300 <= error.status < 500 and error.status != 429:
                return _Kept(ALLOW_ALL, clock() + KEPT_S)
            return _Kept(ALLOW_NONE, clock() + UNREACHABLE_S, unreachable=True)
        return _Kept(read(answer.body, self._user_agent), clock() + KEPT_S)


def vet_reservation(headers: Mapping[str, str]) -> None:
    """Return unless the page's headers reserve text and data mining (TDM Reservation Protocol).

    Raises:
        AddressRefused: ``tdm-reservation: 1``.
    """
    if headers.get("tdm-reservation", "").strip() == "1":
        raise AddressRefused("the page reserves text and data mining", Reason.OPTED_OUT)
