"""The books per hour and per feed, while parts of a running wire are killed as articles flow."""

import os
import random
import signal
import time
from collections import Counter
from pathlib import Path

import pytest
from live import all_settled, check_books, family, sample_site, sample_wire, until

from dateline.cli.wire import Wire
from dateline.errors import StoreUnavailable
from dateline.store.books import ENTRIES, Account, hour_name
from dateline.store.door import Store

pytestmark = [pytest.mark.integration, pytest.mark.faults, pytest.mark.timeout(300)]

KILLS = 16


def balanced(store: Store) -> bool:
    """Every line balances; False, too, while Redis is away."""
    try:
        books = store.books.by_hour(), store.books.by_feed()
    except StoreUnavailable:
        return False
    for one in books:
        assert one.balanced, one
    return True


def told(lines: dict[str, Account]) -> dict[str, dict[str, int]]:
    return {name: {ENTRIES: one.seen, **one.fates} for name, one in lines.items()}


def walked(store: Store) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    """The same by hour and by feed, counted anew from every article that is stored."""
    hours: dict[str, Counter[str]] = {}
    feeds: dict[str, Counter[str]] = {}
    for name in store.client.scan_iter(store.keys.article("*")):
        fields = store.client.hgetall(name)
        hour = hour_name(int(fields[b"book"].split()[0]))
        pages = (
            hours.setdefault(hour, Counter()),
            feeds.setdefault(fields[b"feeds"].split()[0].decode(), Counter()),
        )
        for page in pages:
            page.update([ENTRIES, fields[b"fate"].decode()])
    return hours, feeds


def kill_one(wire: Wire, rng: random.Random) -> str:
    """SIGKILL for Redis, a role or one of its children."""
    found = {"redis": wire.redis.pid if wire.redis else 0}
    for child in wire.children:
        found |= {f"{child.name} {number}": pid for number, pid in enumerate(family(child.pid))}
    name, pid = rng.choice(sorted((name, pid) for name, pid in found.items() if pid))
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return ""
    return name.split()[0].rstrip("-0123456789")


def test_the_books_balance_while_parts_are_killed(tmp_path: Path) -> None:
    """At every look between 16 SIGKILLs each hour and each feed balances; at the end they say what a count of all
    articles says."""
    rng = random.Random(7)
    looks = 0
    killed = set()
    with sample_site() as origin, sample_wire(tmp_path, origin, overdue_s=3, lease_s=4) as wire:
        for _ in range(KILLS):
            killed.add(kill_one(wire, rng))
            expires_s = time.monotonic() + rng.uniform(0.05, 0.8)
            while time.monotonic() < expires_s:
                wire.watch()
                looks += balanced(wire.store)

        def settled() -> bool:
            wire.watch()
            return balanced(wire.store) and all_settled(wire.store)

        until(settled, 120, "all entries settled")
        assert looks >= KILLS
        assert len(killed - {""}) >= 3, killed
        check_books(wire.store, origin)
        hours, feeds = walked(wire.store)
        assert told(wire.store.books.by_hour().lines) == hours
        assert told(wire.store.books.by_feed().lines) == feeds
        assert len(feeds) > 1
