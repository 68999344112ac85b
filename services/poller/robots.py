"""Whether a host lets us have a page: its robots.txt, and what it reserves for all its pages.

Owns the rules of origins for a day, in memory and, shared by all pollers, in the store. Refuses
to speak for feeds: whoever lists a feed was given its address to be polled. Hosts on the allow
list are our own and are not asked.
"""

import asyncio
from typing import Protocol
from urllib.parse import urlsplit

from dateline.errors import AddressRefused, FetchFailed, Reason
from services.poller.fetch import Fetcher
from services.poller.guard import Allowed, vet_url
from services.poller.hosts import HostRestsError, Hosts
from services.poller.journey import Errand, Journeys
from services.poller.optouts import Honoured, OptOut, read_tdmrep, usage_optout
from services.poller.origin_rules import Memory, OriginRules, decode, encode, read_robots
from services.poller.robots_rules import MAX_BYTES, Rules

KEPT_S = 24 * 3600
"""How long rules are believed (RFC 9309, section 2.4)."""

UNREACHABLE_S = 600
"""How long a host whose rules cannot be had (5xx, no answer) is left alone before it is asked again."""

MEMORY_S = 3600
"""How much of that time this process believes what it read from the store, without asking it again."""

MAX_TDMREP_BYTES = 200_000

_DEADLINE_S = 10.0
_ROBOTS = Errand(accept="text/plain, */*;q=0.5", max_bytes=MAX_BYTES * 2, deadline_s=_DEADLINE_S)
_TDMREP = Errand(accept="application/json, */*;q=0.5", max_bytes=MAX_TDMREP_BYTES, deadline_s=_DEADLINE_S)


class Shelf(Protocol):
    """Where rules are kept for all pollers (``desk.Desk``); both raise StoreUnavailable."""

    async def policy_get(self, origin: str) -> bytes | None:
        """Return what was put under the address of a rules file, or None."""

    async def policy_put(self, origin: str, blob: bytes, ttl_s: int) -> None:
        """Keep ``blob`` under the address of a rules file for ``ttl_s`` seconds."""


class Robots:
    """The rules of origins for ``user_agent``, fetched when first needed.

    ``honoured`` says which opt-outs count beside robots.txt itself; ``shelf`` is None for rules
    of this process only.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        hosts: Hosts,
        user_agent: str,
        allowed: Allowed,
        *,
        honoured: Honoured = "tdm",
        shelf: Shelf | None = None,
    ) -> None:
        self._journeys, self._user_agent, self._allowed = Journeys(fetcher, hosts), user_agent, allowed
        self._shelf, self.honoured = shelf, honoured
        self._memory = Memory()

    async def vet(self, url: str) -> None:
        """Return if the host lets us fetch ``url``.

        Raises:
            AddressRefused: its robots.txt (reason robots) or an opt-out (opted_out) says no, or the guard does.
            HostRestsError: the host asked to wait.
            FetchFailed: its robots.txt cannot be had now, which means no for now.
            StoreUnavailable: the shared turns or rules cannot be asked.
        """
        target = vet_url(url, self._allowed)
        if (target.host, target.port) in self._allowed:
            return
        origin = _origin(url)
        rules = await self._rules(f"{origin}/robots.txt")
        if rules.unreachable:
            raise FetchFailed(f"robots.txt of {target.host} cannot be had")
        if not rules.allows(url):
            disallowed = f"robots.txt of {target.host} disallows {urlsplit(url).path[:200] or '/'}"
            raise AddressRefused(disallowed, Reason.ROBOTS)
        optout = self._ai_optout(rules, url)
        if optout is None and self.honoured != "none":
            reserved = await self._rules(f"{origin}/.well-known/tdmrep.json")
            optout = None if reserved.allows(url) else OptOut.TDM_FILE
        if optout is not None:
            raise AddressRefused(f"{target.host} reserves its pages: {optout}", Reason.OPTED_OUT)

    def knows(self, url: str) -> bool:
        """Return whether what is in memory allows ``url``; False too when nothing is."""
        target = vet_url(url, self._allowed)
        if (target.host, target.port) in self._allowed:
            return True
        origin, now = _origin(url), asyncio.get_running_loop().time()
        rules = self._memory.get(f"{origin}/robots.txt", now)
        if rules is None or rules.unreachable or not rules.allows(url) or self._ai_optout(rules, url):
            return False
        if self.honoured == "none":
            return True
        reserved = self._memory.get(f"{origin}/.well-known/tdmrep.json", now)
        return reserved is not None and reserved.allows(url)

    def _ai_optout(self, rules: OriginRules, url: str) -> OptOut | None:
        if self.honoured != "ai":
            return None
        if not all(Rules(rows=rows).allows(url) for rows in rules.ai_rows):
            return OptOut.AI_CRAWLERS
        return usage_optout(rules.usage, url)

    async def _rules(self, address: str) -> OriginRules:
        async with self._memory.asking(address):
            now = asyncio.get_running_loop().time()
            rules = self._memory.get(address, now)
            if rules is None:
                rules, kept_s = await self._recall(address)
                self._memory.put(address, rules, now + kept_s)
        return rules

    async def _recall(self, address: str) -> tuple[OriginRules, float]:
        """Return the rules, and for how long this process may believe them without asking again."""
        if self._shelf is None:
            rules = await self._fetch(address)
            return rules, UNREACHABLE_S if rules.unreachable else KEPT_S
        rules_found = await self._shelved(self._shelf, address)
        if rules_found is None:
            rules_found = await self._fetch(address)
            # Both times together are what rules are believed at most.
            ttl_s = UNREACHABLE_S if rules_found.unreachable else KEPT_S - MEMORY_S
            await self._shelf.policy_put(address, encode(rules_found), ttl_s)
        return rules_found, UNREACHABLE_S / 10 if rules_found.unreachable else MEMORY_S

    async def _shelved(self, shelf: Shelf, address: str) -> OriginRules | None:
        blob = await shelf.policy_get(address)
        return decode(blob, self._user_agent) if blob else None

    async def _fetch(self, address: str) -> OriginRules:
        is_robots = address.endswith("/robots.txt")
        try:
            answer = await self._journeys.go(address, _ROBOTS if is_robots else _TDMREP)
        except HostRestsError:
            raise
        except AddressRefused:
            # Moved to where we do not go: as good as none.
            return OriginRules()
        except FetchFailed as error:
            absent = error.status is not None and 300 <= error.status < 500 and error.status != 429
            if error.status == 429 and error.retry_after_s:
                raise
            # Without robots.txt we must not ask; without the other file nothing is reserved.
            return OriginRules() if absent else OriginRules(unreachable=True)
        if is_robots:
            return read_robots(answer.body, self._user_agent)
        return OriginRules(rows=read_tdmrep(answer.body).rows)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()
