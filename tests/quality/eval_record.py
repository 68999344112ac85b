"""What a coded record promises: days of MUC-4, places of SATP, calibration, evidence.

Short answers for scripts and floors; ``dateline.evaluation`` measures, and keeps what it coded for the
next question about the same coder and folder.
"""

from pathlib import Path
from typing import Any

from dateline.evaluation import bench
from dateline.evaluation import calibration as confidence
from dateline.evaluation import evidence as proof
from dateline.evaluation.cases import Case, fresh
from dateline.evaluation.corpora import article, published, rows
from dateline.evaluation.evidence import filled
from dateline.evaluation.figures import Figure
from dateline.evaluation.labels import GUN, MUC, SATP
from dateline.evaluation.registry import BY_NAME, LABELLED, PROVEN
from dateline.incidents.assemble import Coder

__all__ = [
    "GUN", "MUC", "SATP", "article", "calibration", "cases", "evidence", "filled", "fresh", "measured", "muc_days",
    "published", "rows", "satp_places", "short",
]  # fmt: skip

_BENCHES: dict[tuple[int, Path], bench.Bench] = {}
NAME_OF = {file: one.name for one in BY_NAME.values() for file in one.files}


def cases(coder: Coder, data: Path, name: str) -> tuple[Case, ...]:
    """The cases of a set (``satp``, or a file such as ``incidents/satp_2014``), coded once per coder and folder."""
    known = _BENCHES.setdefault((id(coder), data), bench.Bench(data, coder))
    return known.cases(NAME_OF.get(name, name))


def measured(coder: Coder, data: Path, name: str) -> dict[str, Figure]:
    return bench.figures(cases(coder, data, name))


def short(one: Figure) -> float:
    return round(one.value, 3)


def muc_days(coder: Coder, data: Path, name: str = "incidents/muc34_dev") -> dict[str, float]:
    """Days of the templates that are coded: of their type, and with one of their victims or targets as evidence."""
    found = measured(coder, data, name)
    exact, near = found["days_exact"], found["days_within_one"]
    return {"given": exact.n, "exact": short(exact), "within_a_day": short(near)}


def satp_places(coder: Coder, data: Path, name: str = "incidents/satp_2014") -> dict[str, float]:
    """Places of the coded summaries: near the point, in the district by point or by name, in the state."""
    found = measured(coder, data, name)
    names = ("within_50_km", "district_right", "district_right_of_all", "state")
    return {"coded": found["within_50_km"].n, **{one: short(found[one]) for one in names}}


def calibration(coder: Coder, data: Path) -> dict[str, float]:
    """Expected calibration error over ten bins: a fresh incident is right when document and type are labelled so."""
    sure = {
        name: [one for case in cases(coder, data, name) for one in case.verdict.sure] for name in LABELLED
    }
    every = [one for own in sure.values() for one in own]
    own = {name: round(confidence.error(one), 3) for name, one in sure.items()}
    return {"all": round(confidence.error(every), 3), "incidents": len(every), **own}


def evidence(coder: Coder, data: Path) -> dict[str, Any]:
    """Spans that equal their slices, and filled fields that are supported, over all labelled sets."""
    found, missing = proof.evidence(case for name in PROVEN for case in cases(coder, data, name))
    spans, fields = found["spans_equal"], found["fields_supported"]
    return {
        "spans": spans.n,
        "spans_equal": spans.value,
        "fields": fields.n,
        "fields_supported": fields.value,
        "missing": missing,
    }
