"""Memory of each role while the sample wire runs: the figures behind the limits in deploy/.

    python tests/bench/roles_bench.py [SECONDS]

Prints, for each role, the peak of its process tree: PSS (pages that parent and child share counted once, which is
what a container is charged with) and RSS (summed, so shared pages count twice: an upper bound), in megabytes.
"""

import sys
import tempfile
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from live import all_settled, family, sample_site, sample_wire

_SMAPS = {"Pss:": "pss", "Rss:": "rss"}


def memory_mb(pid: int) -> dict[str, float]:
    """PSS and RSS of a process and all that descends from it, with the count of processes."""
    total: dict[str, float] = defaultdict(float)
    for one in family(pid):
        with suppress(OSError):  # it ended in between
            for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
                name, *rest = line.split()
                if name in _SMAPS:
                    total[_SMAPS[name]] += int(rest[0]) / 1000
            total["processes"] += 1
    return total


def main(seconds: float) -> None:
    """Run the wire, look at it five times a second, print the peaks."""
    peaks: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    with (
        tempfile.TemporaryDirectory() as folder,
        sample_site() as origin,
        sample_wire(Path(folder), origin) as wire,
    ):
        ends_s = time.monotonic() + seconds
        settled_s = 0.0
        while time.monotonic() < ends_s:
            rows = [(child.name, child.pid) for child in wire.children]
            rows += [("redis", wire.redis.pid)] if wire.redis else []
            for name, pid in rows:
                for what, value in memory_mb(pid).items():
                    peaks[name][what] = max(peaks[name][what], value)
            if not settled_s and all_settled(wire.store):
                settled_s = seconds - (ends_s - time.monotonic())
            time.sleep(0.2)
    print(f"{'role':10} {'PSS MB':>7} {'RSS MB':>7} processes")
    for name, peak in peaks.items():
        print(f"{name:10} {peak['pss']:7.0f} {peak['rss']:7.0f} {peak['processes']:9.0f}")
    print(
        f"every sample article settled after {settled_s:.0f} s" if settled_s else "not settled in that time"
    )


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0)
