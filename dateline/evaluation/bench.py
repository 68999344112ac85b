"""One run over the sets: each set is read and coded once, whoever asks for it.

Owns what is remembered between the parts of a report. Refuses to tell anything of it (``report``).
"""

from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

from dateline.evaluation import corpora, samples
from dateline.evaluation.cases import Case, judged
from dateline.evaluation.figures import Figure, Mark, figure
from dateline.evaluation.registry import BY_NAME
from dateline.incidents.assemble import Coder

SCORED_BY_F1 = ("documents_", "type", "action_type")
"""How the names of figures begin whose marks are labels given against labels wanted; all others are trials."""


class Bench:
    """The sets under one folder, coded by one coder.

    ``first`` reads only so many rows of each set, for a quick look. ``instead`` names, by set, a file that
    is read in the place of the set's own: other documents of the same kind.
    """

    def __init__(
        self, data: Path, coder: Coder, first: int | None = None, instead: Mapping[str, Path] | None = None
    ) -> None:
        self.data, self.coder, self.first, self.instead = data, coder, first, dict(instead or {})
        self._cases: dict[str, tuple[Case, ...]] = {}

    def present(self, name: str) -> bool:
        """Whether a set stands in the folder."""
        if name == "samples":
            return samples.present(self.data)
        return all(file.is_file() for file in self.files(name).values())

    def files(self, name: str) -> dict[str, Path]:
        """Return the files of a set, by what they are called in a report."""
        if name in self.instead:
            return {str(self.instead[name]): self.instead[name]}
        return {file: corpora.path(self.data, file) for file in BY_NAME[name].files}

    def cases(self, name: str) -> tuple[Case, ...]:
        """Return the cases of a set that is present; coded at the first call.

        Raises:
            BadRecord: the set is broken.
        """
        if name not in self._cases:
            if name == "samples":
                self._cases[name] = tuple(samples.cases(self.data, self.coder))
            else:
                known = BY_NAME[name]
                rows = (
                    row for label, file in self.files(name).items() for row in corpora.rows_of(file, label)
                )
                self._cases[name] = tuple(islice(judged(known, rows, self.coder), self.first))
        return self._cases[name]

    def coded(self) -> dict[str, tuple[Case, ...]]:
        """Return what was read so far, by set."""
        return self._cases


def figures(cases: Sequence[Case], per: int = 1) -> dict[str, Figure]:
    """Return the figures of cases: every name under which a judge left a mark, in their order."""
    marks: dict[str, list[Mark]] = {}
    for case in cases:
        for name, mark in case.verdict.marks.items():
            marks.setdefault(name, []).append(mark)
    # Labels of one figure ("type/arson") stand right after it, in the order of the alphabet.
    first = {
        name: number for number, name in reversed(list(enumerate(one.partition("/")[0] for one in marks)))
    }
    ordered = sorted(marks, key=lambda name: (first[name.partition("/")[0]], name))
    return {
        name: figure(
            marks[name], per if name.endswith("per_1000") else 1, by_f1=name.startswith(SCORED_BY_F1)
        )
        for name in ordered
    }


def outcomes(cases: Sequence[Case]) -> dict[str, dict[str, Mark]]:
    """Return the marks themselves, by figure and document, so that two runs can be compared pair by pair."""
    found: dict[str, dict[str, Mark]] = {}
    for case in cases:
        for name, mark in case.verdict.marks.items():
            found.setdefault(name, {})[case.article.id] = mark
    return found
