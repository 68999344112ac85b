"""Quality of the coding on public sets, as one short JSON object.

    python tests/quality/eval_coding.py [--show] [DATA_DIR]

DATA_DIR is the folder of the public sets (default: ../shared/data next to the repository). The figures are
those of ``dateline eval`` without intervals and goals; --show lists the false incidents. Nothing is tuned here.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from dateline.evaluation import phrases as tables
from dateline.evaluation import samples as reference
from dateline.evaluation import speed as timing
from dateline.evaluation.figures import Figure
from dateline.evaluation.registry import ORDINARY
from dateline.incidents.assemble import Coder
from dateline.model import Article

REPO = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(Path(__file__).parent))

from eval_record import (  # noqa: E402 - the folder is put on the path right above
    calibration,
    cases,
    evidence,
    measured,
    muc_days,
    satp_places,
    short,
)


def _labels(one: Figure) -> dict[str, float | None]:
    precision = one.value if one.precision is None else one.precision
    recall = one.value if one.recall is None else one.recall
    return {"f1": short(one), "precision": round(precision, 3), "recall": round(recall, 3)}


def muc(coder: Coder, data: Path) -> dict[str, Any]:
    found = measured(coder, data, "muc34")
    return {
        "incident_coded": _labels(found["documents_coded"]),
        "relevant": _labels(found["documents_relevant"]),
        "type": _labels(found["type"]),
    }


def satp(coder: Coder, data: Path) -> dict[str, Any]:
    found = measured(coder, data, "satp")
    names = ("killed_exact", "killed_exact_where_some", "coded")
    return {"action_type": _labels(found["action_type"]), **{one: short(found[one]) for one in names}}


def gun_violence(coder: Coder, data: Path) -> dict[str, float]:
    found = measured(coder, data, "gunviolence")
    return {one: short(found[one]) for one in ("killed_exact", "injured_exact", "coded")}


def ceha(coder: Coder, data: Path) -> dict[str, Any]:
    found = measured(coder, data, "ceha")
    return {
        "incident_coded": _labels(found["documents_coded"]),
        "relevant": _labels(found["documents_relevant"]),
    }


def ordinary(coder: Coder, data: Path, show: list[str]) -> dict[str, Any]:
    """False incidents: what is coded fresh in articles of business, sport, science and commodities."""
    figures: dict[str, Any] = {}
    wrong = size = 0
    began = time.perf_counter()
    for name in ORDINARY:
        known = cases(coder, data, name)
        false = [case for case in known if case.verdict.faults]
        show.extend(
            f"{case.article.id}: {one.sub_event_type}: {one.evidence[0].text}"
            for case in false
            for one in case.coding.incidents
            if one.class_ == "fresh" and one.evidence
        )
        figures[name] = round(1000 * len(false) / len(known), 2)
        wrong, size = wrong + len(false), size + len(known)
    spent = time.perf_counter() - began
    return {
        **figures,
        "all_per_1000": round(1000 * wrong / size, 2),
        "articles": size,
        "ms_per_article": round(1000 * spent / size, 3),
    }


def samples(coder: Coder, data: Path) -> dict[str, Any]:
    return reference.score(data, cases(coder, data, "samples"))


def speed(coder: Coder, data: Path) -> dict[str, float]:
    """Milliseconds of the processor, median of three runs over articles full of incidents."""
    chosen = [one.article for one in cases(coder, data, "muc34") if one.verdict.marks["documents_coded"][2]]
    clocks = timing.Clocks(time.process_time, time.perf_counter)
    found = timing.speed(coder, chosen[: timing.HEAVY], clocks, repeats=3)
    return {
        "ms_per_article": round(found["cpu_ms_per_article"].value, 2),
        "ms_per_300_words": round(found["cpu_ms_per_300_words"].value, 2),
        "wall_ms_per_300_words": round(found["wall_ms_per_300_words"].value, 2),
    }


def phrases() -> dict[str, int]:
    """Phrases of our own in the golden tables; the tests hold every one of them to be read rightly."""
    return {name: one.n for name, one in tables.phrases(REPO / "tests/golden").items()}


def main() -> None:
    given = [one for one in sys.argv[1:] if not one.startswith("--")]
    data = Path(given[0]) if given else REPO.parent / "shared/data"
    if not data.is_dir():
        sys.stderr.write(f"skipped: no data sets at {data}; name their folder as the argument\n")
        return
    coder = Coder.load()
    coder.code(Article(id="warm", text="Two soldiers were killed in an attack on Monday in Kabul."))
    false: list[str] = []
    figures: dict[str, Any] = {
        "samples": samples(coder, data),
        "muc4_dev": muc(coder, data),
        "muc4_days": muc_days(coder, data),
        "satp_2014": satp(coder, data),
        "satp_places": satp_places(coder, data),
        "gunviolence_dev": gun_violence(coder, data),
        "ceha_dev": ceha(coder, data),
        "false_incidents": ordinary(coder, data, false),
        "calibration_error": calibration(coder, data),
        "evidence": evidence(coder, data),
        "phrases": phrases(),
        "speed": speed(coder, data),
    }
    if "--show" in sys.argv:
        figures["false_list"] = false
    print(json.dumps(figures, indent=1))  # noqa: T201 - the script's answer


if __name__ == "__main__":
    main()
