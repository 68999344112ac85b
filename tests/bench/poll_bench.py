"""How much polling costs: 50,000 feeds on one core, and how near the poller comes to a bare client.

usage: poll_bench.py [--feeds 50000] [--hosts 20000] [--interval-s 900] [--seconds 120] [--runs 3] [--json]

A server process (``feed_server.py``) plays the feeds: nine requests of ten are answered with 304, else the feed
has one more item and is sent whole, 50 items, gzip. Server and Redis run on the last core, what is measured
alone on the first. Two parts:

- steady: every feed is due once an interval, spread evenly, as after a day of polling; new items' pages are
  fetched. Told: the share of the core, resident memory (the poller and its parsing children), and how late
  each feed was polled. The first ten seconds are left out of the share.
- saturation, ``runs`` times in turn: the poller with more due feeds than it can poll, and a loop of
  ``httpx.AsyncClient`` on the same transport that asks for the same feeds with their validators on as many
  connections and reads the bodies. New items carry their text, so that both ask for the same documents.
  Told: polls a second, requests a second, and the ratio.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
sys.path[:0] = [str(ROOT), str(HERE)]

import httpx  # noqa: E402
import poll_parts  # noqa: E402

from dateline.settings import Settings  # noqa: E402
from dateline.store.door import Store, open_store  # noqa: E402
from dateline.store.embedded import EmbeddedRedis  # noqa: E402

CORES = sorted(os.sched_getaffinity(0))
MEASURED, OTHERS = {CORES[0]}, {CORES[-1]}
WARM_S = 10.0
#: Pacing is on: several feeds share a host. With a single host it is off, or it would be all that is measured.
HOST_DELAY_S = 0.5
SATURATED_S = 15.0
SATURATING_FEEDS = 20_000


@contextmanager
def server() -> Iterator[int]:
    """Yield the port of a server that plays feeds on the last core."""
    command = [sys.executable, str(HERE / "feed_server.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        os.sched_setaffinity(process.pid, OTHERS)
        assert process.stdout
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


@contextmanager
def store() -> Iterator[Store]:
    """Yield an empty store on a Redis of its own on the last core."""
    with tempfile.TemporaryDirectory() as folder, EmbeddedRedis(Path(folder)) as redis:
        os.sched_setaffinity(redis.pid, OTHERS)
        opened = open_store(Settings(redis_url=redis.url))
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def part(name: str, *arguments: object) -> Iterator["subprocess.Popen[str]"]:
    """Yield a process of ``poll_parts`` on the first core, once it says that it runs."""
    command = [sys.executable, str(HERE / "poll_parts.py"), name, *map(str, arguments)]
    environ = {one: value for one, value in os.environ.items() if not one.startswith("DATELINE_")}
    with subprocess.Popen(
        command, cwd=ROOT, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        os.sched_setaffinity(process.pid, MEASURED)
        assert process.stdout
        assert process.stdout.readline().strip() == "ready"
        try:
            yield process
        finally:
            process.kill()


def stats(port: int, ask: str = "") -> dict[int, list[float]]:
    told = httpx.get(f"http://127.0.0.1:{port}/stats{ask}", trust_env=False, timeout=60).text
    return {int(number): row for number, row in json.loads(told).items()}


def tree(pid: int) -> list[int]:
    """The process and its children, whichever of its threads forked them."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        children = task / "children"
        found += [int(child) for child in children.read_text().split()]
    return found


def cpu_s(pids: list[int]) -> float:
    spent = 0.0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        spent += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return spent


def resident_mb(pids: list[int]) -> float:
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def steady(given: argparse.Namespace) -> dict[str, Any]:
    """One interval's worth of polling, or ``seconds`` of it."""
    with server() as port, store() as wire:
        started = datetime.now(UTC) + timedelta(seconds=poll_parts.seed_s(given.feeds))
        due = {
            number: started + timedelta(seconds=given.interval_s * number / given.feeds)
            for number in range(given.feeds)
        }
        poll_parts.seed(wire, port, given.hosts, due, given.interval_s, text="page")
        with part("poller", wire.url, port, HOST_DELAY_S) as poller:
            time.sleep(max(0.0, (started - datetime.now(UTC)).total_seconds()) + WARM_S)
            family = tree(poller.pid)
            clock_s, spent_s, resident = time.monotonic(), cpu_s(family), []
            while time.monotonic() < clock_s + given.seconds:
                time.sleep(min(5.0, given.seconds))
                resident.append(resident_mb(family))
            share = (cpu_s(family) - spent_s) / (time.monotonic() - clock_s)
            ended = datetime.now(UTC).timestamp()
            asked = stats(port)
        late = lateness(due, asked, ended)
        return {
            "feeds": given.feeds,
            "interval_s": given.interval_s,
            "measured_s": given.seconds,
            "polls_per_s": round(len(late) / (ended - started.timestamp()), 1),
            "core_share": round(share, 3),
            "resident_mb": round(max(resident)),
            "due": sum(moment.timestamp() < ended - 5 for moment in due.values()),
            "missed": sum(
                moment.timestamp() < ended - 5 and number not in asked for number, moment in due.items()
            ),
            "late_s": {
                "p50": round(statistics.median(late), 2),
                "p99": round(late[int(len(late) * 0.99)], 2),
                "max": round(late[-1], 2),
            },
            "entries": wire.incidents.fates().get("entries", 0),
        }


def lateness(due: dict[int, datetime], asked: dict[int, list[float]], ended: float) -> list[float]:
    """Seconds between due and polled, by feed, sorted; only feeds asked for once count."""
    return sorted(
        asked[number][1] - moment.timestamp()
        for number, moment in due.items()
        if number in asked and asked[number][0] == 1 and moment.timestamp() < ended
    )


def saturated(hosts: int) -> dict[str, float]:
    """The poller and the bare client in turn, on the same server."""
    with server() as port, store() as wire:
        started = datetime.now(UTC) + timedelta(seconds=poll_parts.seed_s(SATURATING_FEEDS))
        due = dict.fromkeys(range(SATURATING_FEEDS), started)
        poll_parts.seed(wire, port, hosts, due, 1, text="feed")
        time.sleep(max(0.0, (started - datetime.now(UTC)).total_seconds()))
        with part("poller", wire.url, port, HOST_DELAY_S if hosts > 1 else 0):
            polls = rate(port)
        with part("bare", port, hosts, SATURATING_FEEDS):
            requests = rate(port)
    return {"polls_per_s": polls, "requests_per_s": requests, "ratio": polls / requests}


def rate(port: int) -> float:
    """Requests a second that the server sees, after two seconds of warming up."""
    time.sleep(2)
    stats(port, "?reset")
    started_s = time.monotonic()
    time.sleep(SATURATED_S)
    passed_s = time.monotonic() - started_s
    return sum(row[0] for row in stats(port).values()) / passed_s


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--feeds", type=int, default=50_000)
    parser.add_argument("--hosts", type=int, default=20_000, help="hosts that the feeds live on")
    parser.add_argument("--interval-s", type=int, default=900)
    parser.add_argument("--seconds", type=float, default=120.0, help="how long the steady part is measured")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", choices=("steady", "saturation"))
    given = parser.parse_args()
    result: dict[str, Any] = {}
    if given.only != "saturation":
        result["steady"] = steady(given)
    if given.only != "steady":
        for hosts in (given.hosts, 1):
            rows = [saturated(hosts) for _ in range(given.runs)]
            ratios = sorted(row["ratio"] for row in rows)
            result[f"saturation_{hosts}_hosts"] = {
                "runs": rows,
                "ratio_median": round(statistics.median(ratios), 3),
                "ratio_spread": [round(ratios[0], 3), round(ratios[-1], 3)],
            }
    if given.json:
        print(json.dumps(result))
    else:
        tell(result)


def tell(result: dict[str, Any]) -> None:
    if told := result.pop("steady", None):
        late = told["late_s"]
        print(
            f"{told['feeds']} feeds, each every {told['interval_s']} s, measured for {told['measured_s']:g} s"
        )
        print(
            f"  {told['polls_per_s']} polls/s, {told['core_share']:.1%} of one core, {told['resident_mb']} MB"
        )
        print(
            f"  {told['due']} due, {told['missed']} missed; late by {late['p50']} s (median), "
            f"{late['p99']} s (p99), {late['max']} s (most); {told['entries']} new entries taken"
        )
    for name, told in result.items():
        print(f"{name.replace('_', ' ')}:  polls/s   bare requests/s   ratio")
        for row in told["runs"]:
            print(f"{row['polls_per_s']:>30.0f} {row['requests_per_s']:>17.0f} {row['ratio']:>7.3f}")
        print(
            f"  median ratio {told['ratio_median']}, from {told['ratio_spread'][0]} to {told['ratio_spread'][1]}"
        )


if __name__ == "__main__":
    main()
