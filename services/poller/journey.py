"""From an address to its answer, across the hosts that lie on the way.

Owns the order at each host: its rules first, then its turn, then the request. A redirect to
another host is a new request there. Refuses to know which rules there are (``robots``) and what
is done with the answer.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

from dateline.errors import FetchFailed, Reason
from services.poller.fetch import MAX_REDIRECTS, Fetched, Fetcher
from services.poller.guard import vet_url
from services.poller.hosts import Hosts

_RESTS = {429, 503}


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What is asked for, the same at every host. ``deadline_s`` counts the requests, not the waiting for turns."""

    accept: str
    max_bytes: int
    deadline_s: float
    etag: str | None = None
    last_modified: str | None = None
    #: Entered around each request.
    measured: Callable[[], AbstractContextManager[object]] = nullcontext


@dataclass(frozen=True, slots=True)
class Rules:
    """Who has a say at each host beside the guard: ``vet`` asks, ``knows`` tells what is known without asking."""

    vet: Callable[[str], Awaitable[None]]
    knows: Callable[[str], bool]


class Journeys:
    """Asks hosts in their turn."""

    def __init__(self, fetcher: Fetcher, hosts: Hosts) -> None:
        self._fetcher, self._hosts = fetcher, hosts

    async def go(
        self,
        url: str,
        errand: Errand,
        *,
        rules: Rules | None = None,
        headers: Mapping[str, str] | None = None,
        first: AbstractAsyncContextManager[None] | None = None,
        passed: list[str] | None = None,
    ) -> Fetched:
        """Return what stands at ``url``, at most ``MAX_REDIRECTS`` further on.

        ``first`` is a turn at the first host that is held already; ``headers`` go to the first
        origin only. ``passed`` gets the address at which each host is come to: where a journey ended
        that failed.

        Raises:
            AddressRefused: the guard or the rules of a host on the way say no.
            HostRestsError: a host on the way asked to wait.
            FetchFailed: anything else; a host that asks to wait by its answer (429, 503) rests.
            StoreUnavailable: the shared turns cannot be asked.
        """
        permanent, hops, left_s = True, 0, errand.deadline_s
        clock = asyncio.get_running_loop().time
        while hops <= MAX_REDIRECTS and left_s > 0:
            if passed is not None:
                passed.append(url)
            if rules is not None:
                await rules.vet(url)
            async with first or self._hosts.turn(url):
                began = clock()
                got = await self._ask(url, errand, left_s, MAX_REDIRECTS - hops, rules=rules, headers=headers)
                left_s -= clock() - began
            first = headers = None
            hops += got.hops
            if got.redirect_to is None:
                if not hops:
                    return got
                moved = permanent and hops > 0 and (not got.hops or got.moved_to is not None)
                return replace(got, moved_to=got.url_final if moved else None, hops=hops)
            url, permanent, hops = got.redirect_to, permanent and got.moved_to is not None, hops + 1
        if left_s <= 0:
            raise FetchFailed(f"no whole answer in {errand.deadline_s:g} s", Reason.DEADLINE)
        raise FetchFailed(f"more than {MAX_REDIRECTS} redirects", Reason.REDIRECTS)

    async def _ask(
        self,
        url: str,
        errand: Errand,
        deadline_s: float,
        max_redirects: int,
        *,
        rules: Rules | None,
        headers: Mapping[str, str] | None,
    ) -> Fetched:
        try:
            with errand.measured():
                return await self._fetcher.fetch(
                    url,
                    max_bytes=errand.max_bytes,
                    deadline_s=deadline_s,
                    accept=errand.accept,
                    etag=errand.etag,
                    last_modified=errand.last_modified,
                    headers=headers,
                    follow=self._follows(url, rules) if rules else False,
                    max_redirects=max_redirects,
                )
        except FetchFailed as error:
            if error.status in _RESTS and error.retry_after_s:
                self._hosts.rest(url, error.retry_after_s)
            raise

    def _follows(self, url: str, rules: Rules) -> Callable[[str], bool]:
        """Within a host a redirect is followed in the same turn, if it is known that its rules allow that."""
        host = vet_url(url, self._fetcher.allowed).host

        def follows(onward: str) -> bool:
            return vet_url(onward, self._fetcher.allowed).host == host and rules.knows(onward)

        return follows
