"""The hand-labelled sample documents, scored by the scripts that stand beside the sets.

Owns starting them (``to_pred.py``, ``score_incidents.py``), since they are the reference and not ours to
tell anew, and a judge of our own for the browser of errors, which scores nothing.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dateline.errors import BadRecord
from dateline.evaluation import corpora
from dateline.evaluation.cases import Case, Fault, Verdict
from dateline.evaluation.figures import Figure, counted, figure
from dateline.incidents import record
from dateline.incidents.assemble import Coder

FOLDER = "incidents/samples"
SCRIPTS = ("to_pred.py", "score_incidents.py")
SCORER_TIMEOUT_S = 60


def present(data: Path) -> bool:
    """Whether the documents stand there."""
    return (data / FOLDER / "gold.json").is_file()


def scorable(data: Path) -> bool:
    """Whether the scripts stand there, too."""
    return all((data.parent / "eval" / name).is_file() for name in SCRIPTS)


def cases(data: Path, coder: Coder) -> list[Case]:
    """Return the coded samples.

    Raises:
        BadRecord: the gold file or a text does not read.
    """
    folder, found = data / FOLDER, []
    try:
        gold = json.loads((folder / "gold.json").read_text("utf-8"))
        for one in gold["seeds"]:
            text = next(folder.glob(f"{one['id']}*.txt")).read_text("utf-8")
            row = {"id": one["id"], "title": one["title"], "text": text}
            told = corpora.article(row, one["pub_date"]["value_for_test"])
            coding = coder.code(told)
            found.append(
                Case(set="samples", article=told, coding=coding, verdict=_verdict(one, text, coding))
            )
    except (OSError, ValueError, KeyError, StopIteration) as error:
        raise BadRecord(f"{FOLDER}: {type(error).__name__}: {error}") from error
    return found


def score(data: Path, known: Sequence[Case]) -> dict[str, Any]:
    """Return what the reference scorer makes of coded samples.

    Raises:
        BadRecord: a script failed; the message ends with what it said.
    """
    folder, scripts = data / FOLDER, data.parent / "eval"
    gold = str(folder / "gold.json")
    lines = [json.dumps({"id": one.article.id, **json.loads(record.encode(one.coding))}) for one in known]
    with tempfile.TemporaryDirectory() as scratch:
        coded, given = Path(scratch) / "coded.jsonl", Path(scratch) / "pred.jsonl"
        coded.write_text("\n".join(lines), encoding="utf-8")
        given.write_text(_run(scripts / SCRIPTS[0], gold, str(folder), str(coded)), encoding="utf-8")
        result: dict[str, Any] = json.loads(_run(scripts / SCRIPTS[1], gold, str(given)))
    return result


def _run(script: Path, *arguments: str) -> str:
    try:
        return subprocess.run(
            [sys.executable, str(script), *arguments],
            check=True,
            capture_output=True,
            text=True,
            timeout=SCORER_TIMEOUT_S,
        ).stdout
    except subprocess.SubprocessError as error:
        said = (getattr(error, "stderr", None) or str(error)).strip()[-200:]
        raise BadRecord(f"samples: {script.name} failed: {said}") from error


def figures(scored: dict[str, Any]) -> dict[str, Figure]:
    """Return F1, leaks, hard fails and found statistics, of what the scorer gives."""
    told, errors = scored["incident"], scored["errors"]
    right, false, missed = told["tp"], told["fp"], told["fn"]
    every = right + missed
    marks = [*[(1, 1, 1)] * right, *[(0, 1, 0)] * false, *[(0, 0, 1)] * missed]
    leaks = sum(count for name, count in errors.items() if name.startswith("leak"))
    return {
        "incident_f1": figure(marks, by_f1=True),
        "leaks": counted(leaks, every),
        "hard_fails": counted(errors.get("hard_fail", 0), every),
        "aggregates_found": counted(scored["aggregate_recall"], 1),
    }


def _verdict(gold: dict[str, Any], text: str, coding: record.Coding) -> Verdict:
    """Judge by lines alone: which mention's lines hold evidence of a record of its class."""
    lines = text.splitlines()
    told = [(one, _lines(one, lines)) for one in coding.incidents]
    faults = []
    for mention in gold["incidents"]:
        alike = [one for one, at in told if at & set(mention["mentions"]) and one.class_ == mention["class"]]
        label = f"{mention['class']}: {mention['sub_type']} {mention['date']['start']}"
        if mention["required"] and not alike and mention["class"] != "background":
            faults.append(Fault(kind="missed", gold=label, given="no record of this class on its lines"))
        elif alike and not any(
            one.sub_event_type in (mention["sub_type"], *mention["type_accept"]) for one in alike
        ):
            faults.append(Fault(kind="type", gold=mention["sub_type"], given=alike[0].sub_event_type))
    wanted = {line for one in gold["incidents"] for line in one["mentions"]}
    faults += [
        Fault(kind="false", gold="nothing fresh on these lines", given=one.sub_event_type)
        for one, at in told
        if one.class_ == "fresh" and not at & wanted
    ]
    spoken = tuple(
        (one["class"], f"{one['sub_type']} {one['date']['start']}, lines {one['mentions']}")
        for one in gold["incidents"]
    )
    return Verdict(marks={}, faults=tuple(faults), gold=spoken)


def _lines(one: record.Incident, lines: list[str]) -> set[int]:
    spoken = [_squeezed(each.text) for each in one.evidence]
    return {
        number
        for number, line in enumerate(map(_squeezed, lines), 1)
        if line and any(each in line or line in each for each in spoken if each)
    }


def _squeezed(text: str) -> str:
    return " ".join(text.split()).lower()
