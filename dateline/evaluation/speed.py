"""What coding costs: milliseconds of one core, and of the wall, per article and per 300 words.

Owns the repeated run. The clocks are handed in. The processor's own time is the figure with a goal; the
wall's stands beside it, and the spread of both says how noisy the machine was.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct

from dateline.evaluation.figures import Figure, repeated
from dateline.incidents.assemble import Coder
from dateline.model import Article

Clock = Callable[[], float]

REPEATS = 5
HEAVY = 60
"""Articles full of incidents that are timed."""
LIGHT = 100
"""Ordinary ones, of each of their sets."""

NOISY = 0.25
"""A spread between equal runs, and a share of the wall's time that was not ours, above which no speed is told apart."""

_PER_WORDS = 300


class Clocks(Struct, frozen=True):
    """Seconds of the processor spent by this process, and of the wall."""

    cpu: Clock
    wall: Clock


def speed(
    coder: Coder, articles: Sequence[Article], clocks: Clocks, repeats: int = REPEATS
) -> dict[str, Figure]:
    """Return ms per article and per 300 words, of processor and wall: the median of the repeats.

    One run before them warms what is remembered between articles; it is not counted.
    """
    words = max(sum(len(one.text.split()) for one in articles), 1)
    count = max(len(articles), 1)
    for one in articles:
        coder.code(one)
    runs = [_run(coder, articles, clocks) for _ in range(repeats)]
    cpu, wall = [one[0] for one in runs], [one[1] for one in runs]
    return {
        "cpu_ms_per_300_words": repeated([1000 * _PER_WORDS * one / words for one in cpu]),
        "cpu_ms_per_article": repeated([1000 * one / count for one in cpu]),
        "wall_ms_per_300_words": repeated([1000 * _PER_WORDS * one / words for one in wall]),
        "wall_ms_per_article": repeated([1000 * one / count for one in wall]),
    }


def spread(one: Figure) -> float:
    """Return how far the slowest run lay above the fastest, as a share of the median."""
    if not one.value or one.low is None or one.high is None:
        return 0.0
    return round((one.high - one.low) / one.value, 3)


def noise(found: dict[str, Figure]) -> dict[str, float | bool]:
    """Return how noisy the machine was: spreads of processor and wall, the wall's time over the processor's."""
    cpu, wall = found["cpu_ms_per_article"], found["wall_ms_per_article"]
    over = round(wall.value / cpu.value - 1, 3) if cpu.value else 0.0
    spreads = {"cpu_spread": spread(cpu), "wall_spread": spread(wall), "wall_over_cpu": over}
    return {**spreads, "noisy": max(spreads.values()) > NOISY}


def _run(coder: Coder, articles: Sequence[Article], clocks: Clocks) -> tuple[float, float]:
    cpu, wall = clocks.cpu(), clocks.wall()
    for one in articles:
        coder.code(one)
    return clocks.cpu() - cpu, clocks.wall() - wall
