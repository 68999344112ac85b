"""The measured set of reprints: pairs of original and copy, pairs of look-alikes, and one stream of all.

Owns what is in the set and how much of it; all methods are measured on the same.
"""

import itertools
import random
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from news_sets import Likeness, Source, like_by_topic, like_by_words, look_alikes, sample, sources
from reprints import BANDS, Cluster, Copy, clusters

GOAL = 0.4
"""The goals hold for copies with at most so large a share of changed words."""

LOOK_ALIKES_A_COPY = 10
OTHERS = 1500

Doc = Source | Copy


@dataclass(frozen=True, slots=True)
class ReprintSet:
    """``copies``: (original, copy), ``alike``: (earlier, later) of different reports."""

    clusters: list[Cluster]
    copies: list[tuple[Source, Copy]]
    alike: list[tuple[Source, Source]]

    def within(self) -> list[tuple[Source, Copy]]:
        """Return the copies that the goals hold for."""
        return [pair for pair in self.copies if pair[1].changed <= GOAL]


@dataclass(frozen=True, slots=True)
class Stream:
    """Articles in stream order, and which are of one cluster."""

    docs: list[Doc]
    gold: list[Hashable]


def build(seed: int, *, full: bool = False, small: bool = False) -> ReprintSet:
    """Return the set of a seed: about 450 clusters, and ten look-alikes a copy.

    ``full``: 1,300 clusters and all look-alikes. ``small``: 150, and no look-alikes of Reuters, for floors.
    """
    draw = random.Random(seed)
    counts = (900, 315, 181) if full else (80, 40, 30) if small else (240, 120, 90)
    made = clusters(without_copies(sample(draw, *counts), 0), sources("strangers"), draw)
    copies = [(cluster.source, copy) for cluster in made for copy in cluster.copies]
    few = look_alikes("bbc", draw) + look_alikes("scrapinghub", draw)
    many = [] if small else look_alikes("reuters", draw)
    wanted = len(many) if full else LOOK_ALIKES_A_COPY * len(copies) - len(few)
    return ReprintSet(made, copies, few + draw.sample(many, max(0, min(wanted, len(many)))))


def stream(of: ReprintSet, seed: int, others: int = OTHERS) -> Stream:
    """Return originals, copies within the goal and other articles, shuffled: each a cluster, or one of its own.

    The others are half look-alikes of the originals, half drawn; those that are real copies of another
    article of the stream (``news_sets.Likeness.real_copy``) are left out.
    """
    draw = random.Random(seed)
    originals = {cluster.source.id: cluster.source for cluster in of.clusters}
    alike = {}
    for one, two in of.alike:
        for first, second in ((one, two), (two, one)):
            if first.id in originals and second.id not in originals:
                alike[second.id] = second
    picked = draw.sample(list(alike.values()), min(others // 2, len(alike)))
    known = {*originals, *(one.id for one in picked)}
    rest = [one for one in sources("reuters") if one.id not in known]
    picked += draw.sample(rest, others - len(picked))
    real = without_copies([*originals.values(), *picked], len(originals))
    docs: list[Doc] = [*real, *(copy for _, copy in of.within())]
    draw.shuffle(docs)
    return Stream(docs, [one.id.split("+")[0] for one in docs])


def without_copies(articles: list[Source], kept: int) -> list[Source]:
    """Return the articles without real copies of earlier ones; the first ``kept`` all stay."""
    likeness = Likeness(articles)
    pairs = like_by_words(likeness, 6) | like_by_topic(articles, 20, random.Random(0))
    gone = {two for one, two in pairs if two >= kept and likeness.real_copy(one, two)}
    return [article for number, article in enumerate(articles) if number not in gone]


def by_band(copies: Iterable[tuple[Copy, bool]]) -> dict[str, dict[str, float]]:
    """Return recall by how much was changed: the bands of ``BANDS``, and all within the goal."""
    rows = list(copies)
    edges = [*itertools.pairwise(BANDS), (BANDS[-1], 1.0)]
    told = {}
    for low, high in edges:
        found = [hit for copy, hit in rows if low <= copy.changed < high or copy.changed == high == 1.0]
        name = f"{low * 100:.0f}-{high * 100:.0f} %"
        told[name] = {"copies": len(found), "recall": round(sum(found) / max(1, len(found)), 4)}
    within = [hit for copy, hit in rows if copy.changed <= GOAL]
    told["up to 40 %"] = {"copies": len(within), "recall": round(sum(within) / max(1, len(within)), 4)}
    return told
