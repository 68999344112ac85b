"""The poller's process: ``python -m services.poller``.

Owns the clock, chance, the environment and the signals; everything else gets them as arguments.
SIGTERM and Ctrl-C drain within ten seconds; a second one ends at once.
"""

import asyncio
import gc
import logging
import os
import random
import secrets
import signal
import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from dateline import logs, metrics
from dateline.errors import Misconfigured, StoreUnavailable
from dateline.settings import Settings, from_environment
from dateline.store.door import Store, open_store
from dateline.store.feeds import Pacing
from services.poller.desk import Desk
from services.poller.fetch import Fetcher
from services.poller.guard import Allowed, allow_list
from services.poller.hosts import Hosts
from services.poller.loop import MAX_BACKOFF_S, Poller
from services.poller.parsing import Parser
from services.poller.poll import PAGES_AT_ONCE, FeedPoll, Tools
from services.poller.robots import Robots
from services.poller.tally import Tally
from services.poller.tally import start as start_tally
from services.poller.websub.callback import Pushing
from services.poller.websub.service import WebSub

log = logging.getLogger("services.poller")

LEAVE_S = 9.5
"""From the signal to the end, whatever hangs: a name look-up cannot be cancelled. All is committed by then."""

COLLECT = (20_000, 20, 20)
"""When cycles of objects are looked for: some 2 MB may wait for it."""


def utc_now() -> datetime:
    return datetime.now(UTC)


def pacing_of(settings: Settings, unpaced: frozenset[str]) -> Pacing:
    """Return how hosts are asked that have no rule of their own; those of ``unpaced`` are our own."""
    return Pacing(
        delay_s=settings.host_delay_s,
        at_once=settings.host_at_once,
        hold_s=settings.lease_s,
        free=unpaced,
    )


async def poll_until(
    stop: asyncio.Event,
    store: Store,
    settings: Settings,
    *,
    allowed: Allowed | None = None,
    unpaced: frozenset[str] | None = None,
) -> None:
    """Poll what the store says is due until ``stop`` is set, then drain.

    ``allowed`` and ``unpaced`` stand for the allow list of the settings and for its hosts.

    Raises:
        Misconfigured: the allow list of addresses cannot be read, or hubs cannot be listened for.
    """
    allowed = allow_list(settings.allow_addresses) if allowed is None else allowed
    pacing = pacing_of(settings, frozenset(host for host, _ in allowed) if unpaced is None else unpaced)
    connections = settings.poll_concurrency * PAGES_AT_ONCE
    async with Fetcher(settings.user_agent, allowed=allowed, connections=connections) as fetcher:
        desk = Desk(store, utc_now)
        hosts = Hosts(desk, pacing, allowed)
        parser = Parser(
            deadline_s=settings.parse_deadline_s,
            memory_bytes=settings.child_memory_bytes,
            max_bytes=settings.feed_max_bytes,
        )
        websub = listener(store, fetcher, hosts, desk, settings)
        tools = Tools(
            desk=desk,
            fetcher=fetcher,
            hosts=hosts,
            robots=Robots(
                fetcher, hosts, settings.user_agent, allowed, honoured=settings.opt_outs, shelf=desk
            ),
            parser=parser,
            tally=Tally(),
            settings=settings,
            now=utc_now,
            chance=random.random,
            stopping=stop.is_set,
            websub=websub,
        )
        try:
            await run(tools, websub, pacing, stop)
        finally:
            await parser.aclose()
            websub.close()
            desk.close()


def listener(store: Store, fetcher: Fetcher, hosts: Hosts, desk: Desk, settings: Settings) -> WebSub:
    return WebSub(
        store.websub,
        fetcher,
        hosts,
        settings,
        now=utc_now,
        chance=random.random,
        unguessable=secrets.token_urlsafe,
        paused=desk.paused,
    )


async def run(tools: Tools, websub: WebSub, pacing: Pacing, stop: asyncio.Event) -> None:
    """Poll, and listen for hubs, until ``stop`` is set; then drain."""
    settings = tools.settings
    poller = Poller(
        tools.desk,
        tools.hosts,
        FeedPoll(tools).run,
        tools.tally,
        owner=f"{socket.gethostname()}:{os.getpid()}",
        slots=settings.poll_concurrency,
        lease_s=settings.lease_s,
        pacing=pacing,
    )
    hubs = asyncio.create_task(websub.run(stop))
    # It ends before the stop only when it cannot listen: then nothing may look as if it worked.
    hubs.add_done_callback(lambda task: stop.set() if failed(task) else None)
    # What stands by now stands until the end, and polls leave few cycles: looking for them at
    # Python's own pace costs a sixth of a poll.
    gc.freeze()
    gc.set_threshold(*COLLECT)
    try:
        await poller.run(stop)
        await hubs
    finally:
        hubs.cancel()


def failed(task: asyncio.Task[None]) -> bool:
    return not task.cancelled() and task.exception() is not None


async def serve(store: Store, settings: Settings) -> None:
    """Poll until a signal says stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    # Names are looked up in these threads: a few that hang must not hold up all the others.
    loop.set_default_executor(ThreadPoolExecutor(settings.poll_concurrency, thread_name_prefix="names"))

    def on_signal() -> None:
        if stop.is_set():
            os._exit(1)
        log.info("stopping")
        leave = threading.Timer(LEAVE_S, os._exit, (0,))
        leave.daemon = True
        leave.start()
        stop.set()

    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, on_signal)
    log.info("polling", extra={"slots": settings.poll_concurrency})
    await poll_until(stop, store, settings)
    log.info("stopped")


def reach_store(settings: Settings) -> Store:
    """Return the store, waiting for Redis as long as it takes."""
    wait_s = 0.5
    while True:
        try:
            return open_store(settings)
        except StoreUnavailable as error:
            log.warning("the store is away", extra={"error": str(error), "retry_in_s": wait_s})
            time.sleep(wait_s)
            wait_s = min(wait_s * 2, MAX_BACKOFF_S)


def main() -> int:
    """Run the poller; 0 after a stop, 2 when it cannot run as it is set up."""
    try:
        settings = from_environment(os.environ)
        logs.set_up("poller", settings.log_level)
        allow_list(settings.allow_addresses)
        start_tally()
        metrics.start_at_zero(metrics.WEBSUB_PUSHES, Pushing)
        metrics.serve(settings.metrics_host, settings.metrics_port)
        store = reach_store(settings)
    except Misconfigured as error:
        sys.stderr.write(f"dateline poller: {error}\n")
        return 2
    try:
        asyncio.run(serve(store, settings))
    except Misconfigured as error:
        sys.stderr.write(f"dateline poller: {error}\n")
        return 2
    finally:
        store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
