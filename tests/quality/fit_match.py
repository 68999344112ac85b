"""The weights of matching, fitted: a logistic regression over pairs of mentions that the wire compares.

    python tests/quality/fit_match.py [DATA_DIR]

Prints, for each aspect, the weight in ``dateline.incidents.odds`` and the one that the pairs ask for, and how many
pairs are told right by both, those of the fit cross-validated in eight parts. Changes nothing: sets have few pairs of
some kinds, so the fit is held to the weights that stand, and a person rounds what it says.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import log
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent))

import streams_own
import streams_sets
from streams_world import Wire, article

from dateline.incidents import book, odds
from dateline.incidents.assemble import Coder
from dateline.incidents.likeness import least_largest, shared_figure
from dateline.incidents.record import Incident
from dateline.incidents.wording import common

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
SHARES = {"own": 100.0, "satp": 150.0, "ecb": 60.0}
"""How many pairs each set counts for: SATP alone compares twenty thousand."""

HELD = 2.0
"""How strongly the fit is held to the weights that stand, as the precision of a normal prior."""

FOLDS = 8
_SIZED = {"same toll": odds.TOLL_EQUAL, "toll revised": odds.TOLL_REVISED, "toll grown": odds.TOLL_GROWN}


@dataclass(frozen=True, slots=True)
class Pair:
    """A mention and an incident that it was compared with; whether they are one event by the gold."""

    source: str
    #: Pairs of one group are fitted together or not at all.
    group: str
    right: bool
    mention: Incident
    known: Incident


class Overheard:
    """The comparisons that the book makes while a stream is played."""

    def __init__(self) -> None:
        self._match = book.match
        self.heard: list[tuple[Incident, tuple[Incident, ...]]] = []
        book.match = self  # the book asks by this name

    def __call__(self, mention: Incident, known: Any, now: datetime) -> Incident | None:
        self.heard.append((mention, tuple(known)))
        return self._match(mention, known, now)

    def taken(self) -> list[tuple[Incident, tuple[Incident, ...]]]:
        heard, self.heard = self.heard, []
        return heard


def own(coder: Coder, ear: Overheard) -> Iterator[Pair]:
    """Yield the pairs of our own streams: mentions found again by the sentence that proves them."""
    for stream in streams_own.streams():
        wire, played = streams_own.play(stream, coder)
        gold: dict[str, set[str]] = {}
        for one in played.mentions:
            if one.told and not one.invented:
                gold.setdefault(one.told, set()).add(one.gold)
        holder = {
            (piece.start, piece.end, piece.text): known.record.id
            for known in wire.incidents.values()
            for piece in known.record.evidence
        }
        for mention, known in ear.taken():
            proof = mention.evidence[0]
            events = gold.get(holder.get((proof.start, proof.end, proof.text), ""), set())
            for other in known:
                if events and other.id in gold:
                    yield Pair("own", stream["name"], bool(events & gold[other.id]), mention, other)


def satp(coder: Coder, ear: Overheard, data: Path) -> Iterator[Pair]:
    rows, gold = streams_sets.satp_rows(data)
    event = {row["id"]: name for row, name in zip(rows, gold, strict=True)}
    wire = Wire(coder)
    for row in rows:
        at = datetime.fromisoformat(row["date"]).replace(hour=18, tzinfo=UTC)
        wire.settle(article(row["id"], "satp.example", "", row["text"], at), at)
        for mention, known in ear.taken():
            for other in known:
                right = event[row["id"]] in {event[ref.id] for ref in other.articles}
                yield Pair("satp", row["id"][:3], right, mention, other)


def ecb(coder: Coder, ear: Overheard, data: Path) -> Iterator[Pair]:
    rows = [
        row
        for row in streams_sets.read(data, streams_sets.ECB_FILE)
        if row["labels"]["topic"] in streams_sets.ECB_EVENTS
    ]
    random.Random(1).shuffle(rows)
    event = {row["id"]: row["labels"]["subtopic"] for row in rows}
    wire, began = Wire(coder), datetime(2014, 1, 6, 8, tzinfo=UTC)
    for number, row in enumerate(rows):
        wire.settle(
            article(row["id"], f"paper{number}.example", "", row["text"], None),
            began + timedelta(minutes=number),
        )
        for mention, known in ear.taken():
            for other in known:
                right = event[row["id"]] in {event[ref.id] for ref in other.articles}
                yield Pair("ecb", str(row["labels"]["topic"]), right, mention, other)


def aspects(pair: Pair) -> dict[str, float] | None:
    """Return what each weight is multiplied by; None for a pair that cannot be one event."""
    told = odds.odds(pair.mention, pair.known, -99.0)
    if told is None:
        return None
    found: dict[str, float] = {}
    for name, points in told.parts:
        if name == "words in common":
            shared = common(pair.mention, pair.known)
            found |= {"words, share": shared.share, "words, weight": min(shared.weight, odds.MOST_WEIGHT)}
        elif name in ("sides agree", "sides differ"):
            found[name] = points / (odds.SIDES_AGREE if name == "sides agree" else odds.SIDES_DIFFER)
        elif name in _SIZED:
            size = shared_figure(pair.mention, pair.known) or least_largest(pair.mention, pair.known)
            found |= {name: 1.0, f"{name}, size": min(log(max(size, 1)), odds.LARGEST)}
        elif name != "toll untold":
            found[name] = 1.0
    return found


def standing() -> dict[str, float]:
    """Return the weights as they stand, by aspect."""
    weights = {name: points for steps in (odds.PLACES, odds.DAYS, odds.KINDS) for _, name, points in steps}
    weights |= {"words, share": odds.WORDS_SHARE, "words, weight": odds.WORDS_WEIGHT, "start": odds.START}
    weights |= {"sides agree": odds.SIDES_AGREE, "sides differ": odds.SIDES_DIFFER, "routine": odds.ROUTINE}
    weights |= {"tolls far apart": odds.TOLL_FAR, "toll falls": odds.TOLL_FAR, "told as another": odds.ANEW}
    weights |= {"one against several": odds.SEVERAL, "other spots named": odds.OTHER_SPOTS}
    for name, (start, each) in _SIZED.items():
        weights |= {name: start, f"{name}, size": each}
    return weights


Matrix = NDArray[np.float64]


def fitted(told: Matrix, right: Matrix, counts: Matrix, prior: Matrix) -> Matrix:
    """Return the weights of a logistic regression that is held to ``prior``, by Newton's method."""
    weights = prior.copy()
    for _ in range(40):
        sure = 1 / (1 + np.exp(-np.clip(told @ weights, -30, 30)))
        slope = told.T @ (counts * (sure - right)) + HELD * (weights - prior)
        bend = (told.T * (counts * sure * (1 - sure))) @ told + HELD * np.eye(len(prior))
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def right_and_wrong(pairs: list[Pair], sums: Matrix, least: float) -> dict[str, str]:
    """Return for each set how many pairs are taken for one event: rightly of how many, and wrongly."""
    counts: Counter[tuple[str, bool, bool]] = Counter(
        (pair.source, pair.right, bool(total >= least)) for pair, total in zip(pairs, sums, strict=True)
    )
    return {
        name: f"{counts[name, True, True]} of {counts[name, True, True] + counts[name, True, False]}, "
        f"{counts[name, False, True]} wrong"
        for name in SHARES
    }


def main() -> None:
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    coder, ear = Coder.load(), Overheard()
    every = [*own(coder, ear), *satp(coder, ear, data), *ecb(coder, ear, data)]
    both = [(pair, found) for pair in every if (found := aspects(pair)) is not None]
    pairs = [pair for pair, _ in both]
    now = standing()
    names = sorted({name for _, found in both for name in found} & now.keys())
    told = np.array([[found.get(name, 0.0) for name in names] for _, found in both])
    right = np.array([float(pair.right) for pair in pairs])
    sizes = Counter(pair.source for pair in pairs)
    counts = np.array([SHARES[pair.source] / sizes[pair.source] for pair in pairs])
    prior = np.array([now[name] for name in names])
    groups = sorted({(pair.source, pair.group) for pair in pairs})
    fold = np.array([groups.index((pair.source, pair.group)) % FOLDS for pair in pairs])
    unseen = np.zeros(len(pairs))
    for part in range(FOLDS):
        rest = fold != part
        unseen[~rest] = told[~rest] @ fitted(told[rest], right[rest], counts[rest], prior)
    asked = fitted(told, right, counts, prior)
    figures = {
        "weights": {
            name: [round(float(old), 2), round(float(new), 2)]
            for name, old, new in zip(names, prior, asked, strict=True)
        },
        "as_it_stands": right_and_wrong(pairs, told @ prior, 0.5),
        "fitted_cross_validated": right_and_wrong(pairs, unseen, 0.5),
    }
    print(json.dumps(figures, indent=1))  # noqa: T201 - the script's answer


if __name__ == "__main__":
    main()
