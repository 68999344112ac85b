"""All figures as one object: each with its noise and its goal, beside what it was measured on.

Owns the order of the parts and the shape of the object. A set that is not there is named and no failure;
a broken one is named too, and the rest is told all the same.

    Report(data, coder, …).told(parts) -> Told
"""

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct

from dateline.errors import BadRecord
from dateline.evaluation import (
    calibration,
    corpora,
    evidence,
    goals,
    phrases,
    places,
    samples,
    speed,
    streams,
)
from dateline.evaluation.bench import Bench, figures, outcomes
from dateline.evaluation.cases import Case
from dateline.evaluation.figures import Figure, Mark, figure
from dateline.evaluation.others import tenth
from dateline.evaluation.registry import BY_NAME, LABELLED, ORDINARY, PARTS, PROVEN

Figures = dict[str, Figure]

COMMONEST = 8
"""Mistaken types that are told of each set."""


class Told(Struct, frozen=True, kw_only=True):
    """What ``dateline eval`` prints."""

    #: Version of the package, interpreter, machine, and the hashes of models and tables.
    facts: dict[str, Any]
    #: sha256 of every file of the sets that was read.
    corpora: dict[str, str]
    #: By part, then by figure.
    figures: dict[str, Figures]
    #: Goals that are met, of how many that were measured; the names of those that are not.
    goals: dict[str, Any]
    #: What was asked for and is not there.
    absent: tuple[str, ...] = ()
    #: Sets that do not read, with the reason.
    broken: dict[str, str] = {}
    #: What one should know of this run: how noisy the machine was, fields without proof.
    notes: dict[str, Any] = {}
    #: Where asked for: the marks of every document, by set and figure; two runs that have them are compared by pairs.
    outcomes: dict[str, dict[str, dict[str, Mark]]] = {}


class Absent(Exception):  # noqa: N818 - it reads as a state
    """Raised inside a report when what a part needs is not there."""


class Report:
    """One run. ``checkout`` is the folder that holds ``tests/``, where there is one."""

    def __init__(
        self, bench: Bench, clocks: speed.Clocks, checkout: Path | None, repeats: int = speed.REPEATS
    ) -> None:
        self.bench, self.clocks, self.checkout, self.repeats = bench, clocks, checkout, repeats
        self.notes: dict[str, Any] = {}
        #: Read beside those that the bench coded.
        self.files: set[str] = set()

    def told(
        self, facts: dict[str, Any], parts: Iterable[str] = PARTS, *, keep_outcomes: bool = False
    ) -> Told:
        """Return the report over the parts asked for, in the order of ``PARTS``."""
        asked = set(parts)
        found: dict[str, Figures] = {}
        absent: list[str] = []
        broken: dict[str, str] = {}
        for part in (one for one in PARTS if one in asked):
            try:
                own = self._part(part)
            except Absent:
                absent.append(part)
            except BadRecord as error:
                broken[part] = str(error)
            else:
                found[part] = {name: goals.beside(f"{part}/{name}", one) for name, one in own.items()}
        self.notes["faults"] = {name: _faults(cases) for name, cases in self.bench.coded().items()}
        return Told(
            facts=facts,
            corpora=self._hashes(),
            figures=found,
            goals=_met(found),
            absent=tuple(absent),
            broken=broken,
            notes=self.notes,
            outcomes=self._outcomes() if keep_outcomes else {},
        )

    def _part(self, part: str) -> Figures:
        special: dict[str, Callable[[], Figures]] = {
            "ordinary": self._ordinary,
            "samples": self._samples,
            "evidence": self._evidence,
            "calibration": self._calibration,
            "phrases": self._phrases,
            "speed": self._speed,
            "places": self._places,
            "cross_article": self._cross_article,
        }
        if part in special:
            return special[part]()
        self._need(part)
        return figures(self.bench.cases(part), BY_NAME[part].per)

    def _need(self, *names: str) -> None:
        if not all(self.bench.present(name) for name in names):
            raise Absent

    def _there(self, names: Iterable[str]) -> list[str]:
        """Return those of the sets that are present; at least one must be."""
        found = [name for name in names if self.bench.present(name)]
        if not found:
            raise Absent
        return found

    def _ordinary(self) -> Figures:
        sets = self._there(ORDINARY)
        every = [case for name in sets for case in self.bench.cases(name)]
        own = {
            f"{name}/false_per_1000": figures(self.bench.cases(name), 1000).get("false_per_1000")
            for name in sets
        }
        return figures(every, 1000) | {name: one for name, one in own.items() if one is not None}

    def _samples(self) -> Figures:
        self._need("samples")
        if not samples.scorable(self.bench.data):
            raise Absent
        scored = samples.score(self.bench.data, self.bench.cases("samples"))
        self.notes["samples_fields"] = scored["fields"]
        return samples.figures(scored)

    def _evidence(self) -> Figures:
        found, missing = evidence.evidence(
            case for name in self._there(PROVEN) for case in self.bench.cases(name)
        )
        self.notes["fields_without_proof"] = missing
        return found

    def _calibration(self) -> Figures:
        sure = {
            name: [one for case in self.bench.cases(name) for one in case.verdict.sure]
            for name in self._there(LABELLED)
        }
        every = [one for own in sure.values() for one in own]
        self.notes["calibration_curve"] = calibration.curve(every)
        return {"all": calibration.calibration(every)} | {
            name: calibration.calibration(own) for name, own in sure.items()
        }

    def _phrases(self) -> Figures:
        found = phrases.phrases(self.checkout / "tests/golden") if self.checkout else {}
        if not found:
            raise Absent
        return found

    def _speed(self) -> Figures:
        self._need("muc34", *ORDINARY)
        heavy = [case.article for case in self.bench.cases("muc34") if _holds(case)][: speed.HEAVY]
        light = [case.article for name in ORDINARY for case in self.bench.cases(name)[: speed.LIGHT]]
        found: Figures = {}
        for name, articles in (("heavy", heavy), ("ordinary", light)):
            own = speed.speed(self.bench.coder, articles, self.clocks, self.repeats)
            found |= {f"{name}/{figure_}": one for figure_, one in own.items()}
            self.notes.setdefault("machine_noise", {})[name] = speed.noise(own)
        return found

    def _places(self) -> Figures:
        world, data = self.bench.coder.gazetteer, self.bench.data
        found: Figures = {}
        for name, (file, asked) in places.ASKED.items():
            if corpora.present(data, file):
                self.files.add(file)
                rows = list(corpora.rows(data, file))[: self.bench.first]
                marks = places.marks(asked(tenth(rows) if name == "rand" else rows, world))
                found |= {label: figure(own) for label, own in marks.items()}
        if not found:
            raise Absent
        return found

    def _cross_article(self) -> Figures:
        if self.checkout is None or not streams.present(self.checkout):
            raise Absent
        return streams.figures(self.checkout, self.bench.data)

    def _outcomes(self) -> dict[str, dict[str, dict[str, Mark]]]:
        return {name: outcomes(cases) for name, cases in self.bench.coded().items() if name in BY_NAME}

    def _hashes(self) -> dict[str, str]:
        known = {file: corpora.path(self.bench.data, file) for file in self.files}
        for name in self.bench.coded():
            if name in BY_NAME:
                known |= self.bench.files(name)
            else:
                folder = self.bench.data / samples.FOLDER
                known |= {f"{samples.FOLDER}/{one.name}": one for one in folder.iterdir() if one.is_file()}
        return {label: corpora.fingerprint(known[label]) for label in sorted(known)}


def _holds(case: Case) -> bool:
    """Whether the set says that a document holds an incident: no coding decides what is timed."""
    return case.verdict.marks["documents_coded"][2] == 1


def _faults(cases: Iterable[Case]) -> dict[str, Any]:
    """Return how many faults of each kind a set has, and the commonest mistaken labels."""
    every = [one for case in cases for one in case.verdict.faults]
    mistaken = Counter(f"{one.gold} -> {one.given}" for one in every if one.kind == "type")
    return {
        "kinds": dict(Counter(one.kind for one in every).most_common()),
        "mistaken_types": dict(mistaken.most_common(COMMONEST)),
    }


def _met(found: dict[str, Figures]) -> dict[str, Any]:
    told = [
        (f"{part}/{name}", one)
        for part, own in found.items()
        for name, one in own.items()
        if one.met is not None
    ]
    missed = [name for name, one in told if not one.met]
    return {"met": len(told) - len(missed), "of": len(told), "not_met": missed}
