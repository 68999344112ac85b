"""How well told clusters agree with the right ones: adjusted Rand index, B-cubed, pairs.

Owns the formulas. All take two lists of labels, item by item; which labels they are does not matter.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

Labels = Sequence[Hashable]


def _pairs(counts: Iterable[int]) -> float:
    return sum(count * (count - 1) / 2 for count in counts)


def adjusted_rand(gold: Labels, told: Labels) -> float:
    """Return Hubert and Arabie's adjusted Rand index: 1 for the same clusters, 0 for clusters by chance."""
    both = _pairs(Counter(zip(gold, told, strict=True)).values())
    by_gold, by_told = _pairs(Counter(gold).values()), _pairs(Counter(told).values())
    chance = by_gold * by_told / max(1.0, _pairs([len(gold)]))
    most = (by_gold + by_told) / 2
    return 1.0 if most == chance else (both - chance) / (most - chance)


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def pairwise(gold: Labels, told: Labels) -> dict[str, float]:
    """Return precision, recall and F1 over pairs of items in one cluster."""
    both = _pairs(Counter(zip(gold, told, strict=True)).values())
    precision = both / max(1.0, _pairs(Counter(told).values()))
    recall = both / max(1.0, _pairs(Counter(gold).values()))
    return {
        "pair_precision": round(precision, 4),
        "pair_recall": round(recall, 4),
        "pair_f1": round(f1(precision, recall), 4),
    }


def b_cubed(gold: Labels, told: Labels) -> dict[str, float]:
    """Return B-cubed precision, recall and F1 (Bagga and Baldwin, 1998)."""
    by_gold, by_told = Counter(gold), Counter(told)
    both = Counter(zip(gold, told, strict=True))
    items = list(zip(gold, told, strict=True))
    precision = sum(both[one] / by_told[one[1]] for one in items) / len(items)
    recall = sum(both[one] / by_gold[one[0]] for one in items) / len(items)
    return {
        "b3_precision": round(precision, 4),
        "b3_recall": round(recall, 4),
        "b3_f1": round(f1(precision, recall), 4),
    }


def components(count: int, links: Iterable[tuple[int, int]]) -> list[int]:
    """Return for each of ``count`` items the least number that it is linked to, over any number of links."""
    parent = list(range(count))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for one, two in links:
        a, b = sorted((root(one), root(two)))
        parent[b] = a
    return [root(item) for item in range(count)]
