"""The best setting of each other way of telling reprints, found by a grid over the measured set.

Owns the grids and the choice: the best F1, and the best recall where precision is .99 or more.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from clusterings import f1
from reprint_baselines import (
    SHAPES,
    Banded,
    Datasketch,
    Method,
    Shape,
    SimHash,
    Winnowing,
    datasketch_signer,
    installed,
    rensa_signer,
)
from reprint_set import ReprintSet

THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(1, 19))
CHECKS = (0.0, *(round(0.05 * step, 2) for step in range(2, 17)))
TUNING_COPIES = 600
TUNING_ALIKE = 4000
PRECISE = 0.99


@dataclass(frozen=True, slots=True)
class Tried:
    """A setting and what it reached on the tuning pairs."""

    build: Callable[[], Method]
    recall: float
    precision: float

    @property
    def f1(self) -> float:
        return f1(self.precision, self.recall)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Texts, and which pairs of them are copies; look-alikes are weighed so that ten stand for a copy."""

    texts: list[str]
    copies: Any
    alike: Any

    def tried(self, hits: Any, false: Any, build: Callable[[], Method]) -> Tried:
        right = float(np.sum(hits))
        wrong = float(np.sum(false)) * 10 * len(self.copies) / max(1, len(self.alike))
        return Tried(build, right / len(self.copies), right / max(1.0, right + wrong))


def tuning_pairs(of: ReprintSet, seed: int, *, full: bool) -> Pairs:
    """Return a drawn part of the measured set (``full``: all of it)."""
    draw = random.Random(seed)
    copies, alike = of.within(), of.alike
    if not full:
        copies = draw.sample(copies, min(TUNING_COPIES, len(copies)))
        alike = draw.sample(alike, min(TUNING_ALIKE, len(alike)))
    places: dict[str, int] = {}
    texts: list[str] = []
    for pair in [*copies, *alike]:
        for doc in pair:
            if doc.id not in places:
                places[doc.id] = len(texts)
                texts.append(doc.text)
    both = [np.array([(places[a.id], places[b.id]) for a, b in pairs]) for pairs in (copies, alike)]
    return Pairs(texts, *both)


def best(tried: list[Tried]) -> dict[str, Tried]:
    """Return the choices; of equal ones the first."""
    chosen = {"best F1": max(tried, key=lambda one: one.f1)}
    precise = [one for one in tried if one.precision >= PRECISE]
    if precise:
        chosen["precision .99"] = max(precise, key=lambda one: one.recall)
    return chosen


def bandings(permutations: int) -> Iterator[tuple[str, int, int]]:
    """Yield each threshold's name, bands and rows, as datasketch derives them."""
    from datasketch import MinHashLSH

    seen = set()
    for threshold in THRESHOLDS:
        index = MinHashLSH(threshold=threshold, num_perm=permutations)
        if (index.b, index.r) not in seen:
            seen.add((index.b, index.r))
            yield f"threshold {threshold}", index.b, index.r


def even_bandings(permutations: int) -> Iterator[tuple[str, int, int]]:
    """Yield bands and rows that use all permutations: what rensa's index takes."""
    for rows in (1, 2, 3, 4, 6, 8):
        yield f"{permutations // rows} bands", permutations // rows, rows


def banded(
    name: str,
    signer: Callable[[Shape, int], Callable[[str], Any]],
    shape: Shape,
    permutations: int,
    pairs: Pairs,
) -> list[Tried]:
    """Return all bandings and checks of one kind of signature."""
    sign = signer(shape, permutations)
    kind, bands = (Datasketch, bandings) if name == Datasketch.name else (Banded, even_bandings)
    made = np.array([sign(text) for text in pairs.texts])
    equal = [made[part[:, 0]] == made[part[:, 1]] for part in (pairs.copies, pairs.alike)]
    likeness = [part.mean(axis=1) for part in equal]
    tried = []
    for label, count, rows in bands(permutations):
        hit = [
            part[:, : count * rows].reshape(len(part), count, rows).all(axis=2).any(axis=1) for part in equal
        ]
        for least in CHECKS:
            setting = f"{shape}, {permutations} permutations, {label} ({count} x {rows})"
            setting += f", checked at {least}" if least else ""

            def build(
                setting: str = setting, count: int = count, rows: int = rows, least: float = least
            ) -> Method:
                return kind(name, sign, setting, (count, rows), least)

            both = [one & (like >= least) for one, like in zip(hit, likeness, strict=True)]
            tried.append(pairs.tried(*both, build))
    return tried


def minhash(
    name: str, signer: Callable[[Shape, int], Callable[[str], Any]], pairs: Pairs, sizes: tuple[int, ...]
) -> list[Tried]:
    """Try all shapes at the first number of permutations, and the best two shapes at the others."""
    tried = {shape: banded(name, signer, shape, sizes[0], pairs) for shape in SHAPES}
    ranked = sorted(tried, key=lambda shape: -max(one.f1 for one in tried[shape]))
    every = [one for some in tried.values() for one in some]
    for permutations in sizes[1:]:
        for shape in ranked[:2]:
            every += banded(name, signer, shape, permutations, pairs)
    return every


def simhash(pairs: Pairs) -> list[Tried]:
    tried = []
    for shape in SHAPES:
        sign = SimHash(shape, 0).sign
        made = [sign(text) for text in pairs.texts]
        apart = [
            np.array([int(made[a] ^ made[b]).bit_count() for a, b in part])
            for part in (pairs.copies, pairs.alike)
        ]
        tried += [
            pairs.tried(
                apart[0] <= most, apart[1] <= most, lambda shape=shape, most=most: SimHash(shape, most)
            )
            for most in range(1, 33)
        ]
    return tried


def winnowing(pairs: Pairs) -> list[Tried]:
    tried = []
    for size, window in ((8, 4), (8, 16), (15, 4), (15, 8), (15, 16), (25, 8), (25, 16)):
        sign = Winnowing(size, window, 0).sign
        made = [sign(text) for text in pairs.texts]
        share = [
            np.array([len(made[a] & made[b]) / min(len(made[a]), len(made[b])) for a, b in part])
            for part in (pairs.copies, pairs.alike)
        ]
        for least in (round(0.04 * step, 2) for step in range(1, 23)):

            def build(size: int = size, window: int = window, least: float = least) -> Method:
                return Winnowing(size, window, least)

            tried.append(pairs.tried(share[0] >= least, share[1] >= least, build))
    return tried


def every(pairs: Pairs) -> dict[str, list[Tried] | None]:
    """Return all that was tried, by method; None for a library that is not installed."""
    told: dict[str, list[Tried] | None] = {}
    for library, name, signer, sizes in (
        ("datasketch", Datasketch.name, datasketch_signer, (128, 256)),
        ("rensa", "rensa RMinHash", rensa_signer, (128,)),
    ):
        told[name] = minhash(name, signer, pairs, sizes) if installed(library) else None
    return {**told, SimHash.name: simhash(pairs), Winnowing.name: winnowing(pairs)}
