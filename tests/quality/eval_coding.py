"""Quality of the coding on public sets, as one JSON object.

    python tests/quality/eval_coding.py [--quick] [DATA_DIR]

DATA_DIR is the folder of the public sets (default: ../shared/data next to the repository). Every
figure is taken on rows that the weights have not seen; nothing is tuned here.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from dateline.incidents import record, train
from dateline.incidents.assemble import Coder
from dateline.model import Article

REPO = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(Path(__file__).parent))

from eval_record import (  # noqa: E402 - the folder is put on the path right above
    MUC,
    SATP,
    article,
    calibration,
    evidence,
    fresh,
    muc_days,
    published,
    rows,
    satp_places,
)


def f1(hits: int, given: int, wanted: int) -> dict[str, float]:
    precision, recall = hits / max(given, 1), hits / max(wanted, 1)
    return {
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 3),
        "precision": round(precision, 3),
        "recall": round(recall, 3),
    }


def documents(pairs: list[tuple[bool, bool]]) -> dict[str, float]:
    return f1(sum(a and b for a, b in pairs), sum(a for a, _ in pairs), sum(b for _, b in pairs))


def muc(coder: Coder, data: Path) -> dict[str, Any]:
    by_incident, by_flag, types = [], [], [0, 0, 0]
    for row in rows(data, "incidents/muc34_dev"):
        coding = coder.code(article(row))
        gold = bool(row["labels"]["incident"])
        by_incident.append((bool(coding.incidents), gold))
        by_flag.append((coding.relevant, gold))
        found = set().union(*(MUC.get(one.sub_event_type, set()) for one in coding.incidents))
        wanted = set(row["labels"]["types"]) - {"FORCED WORK STOPPAGE"}
        types[0] += len(found & wanted)
        types[1] += len(found)
        types[2] += len(wanted)
    return {"incident_coded": documents(by_incident), "relevant": documents(by_flag), "type": f1(*types)}


def satp(coder: Coder, data: Path) -> dict[str, Any]:
    types, exact, exact_if_any, total, coded = [0, 0, 0], 0, [0, 0], 0, 0
    for row in rows(data, "incidents/satp_2014"):
        coding = coder.code(article(row, row["date"]))
        found = {SATP[one.sub_event_type] for one in coding.incidents if one.sub_event_type in SATP}
        wanted = set(row["labels"])
        types[0] += len(found & wanted)
        types[1] += len(found)
        types[2] += len(wanted)
        gold = int(float(row["deaths"]["total_fatalities"]))
        killed = sum(one.toll.killed.min for one in fresh(coding) if one.toll.killed)
        exact += killed == gold
        coded += bool(coding.incidents)
        if gold:
            exact_if_any[0] += killed == gold
            exact_if_any[1] += 1
        total += 1
    return {
        "action_type": f1(*types),
        "killed_exact": round(exact / total, 3),
        "killed_exact_where_some": round(exact_if_any[0] / max(exact_if_any[1], 1), 3),
        "coded": round(coded / total, 3),
    }


def gun_violence(coder: Coder, data: Path) -> dict[str, float]:
    good = {"n_killed": 0, "n_injured": 0}
    total = coded = 0
    for row in rows(data, "incidents/gunviolence_dev"):
        coding = coder.code(article(row, row["publish_date"]))
        for label, kind in (("n_killed", "killed"), ("n_injured", "wounded")):
            counts = [getattr(one.toll, kind) for one in fresh(coding)]
            good[label] += max((one.min for one in counts if one), default=0) == row["labels"][label]
        total += 1
        coded += bool(coding.incidents)
    return {
        "killed_exact": round(good["n_killed"] / total, 3),
        "injured_exact": round(good["n_injured"] / total, 3),
        "coded": round(coded / total, 3),
    }


def ceha(coder: Coder, data: Path) -> dict[str, Any]:
    pairs, flags = [], []
    for row in rows(data, "incidents/ceha_dev"):
        coding = coder.code(article(row, published(row)))
        pairs.append((bool(fresh(coding)), bool(row["labels"]["relevant"])))
        flags.append((coding.relevant, bool(row["labels"]["relevant"])))
    return {"incident_coded": documents(pairs), "relevant": documents(flags)}


def ordinary(coder: Coder, data: Path, show: list[str]) -> dict[str, Any]:
    """False incidents: what is coded fresh in articles of business, sport, science and commodities."""
    figures: dict[str, Any] = {}
    sets = {
        "bbc_dev": [row for row in rows(data, "news/bbc_dev") if row["labels"] == 0],
        "agnews": [
            r for r in rows(data, "news/agnews_no_world") if train.unseen("news/agnews_no_world", r["id"])
        ],
        "reuters": [r for r in rows(data, "news/reuters21578") if train.unseen("news/reuters21578", r["id"])],
    }
    count = size = 0
    began = time.perf_counter()
    for name, known in sets.items():
        articles = known[: {"agnews": 1000, "reuters": 1500}.get(name, 1000)]
        wrong = 0
        for row in articles:
            found = fresh(coder.code(article(row, "2005-01-15")))
            wrong += bool(found)
            show.extend(
                f"{row['id']}: {one.sub_event_type}: {one.evidence[0].text}" for one in found if one.evidence
            )
        figures[name] = round(1000 * wrong / len(articles), 2)
        count, size = count + wrong, size + len(articles)
    figures["all_per_1000"] = round(1000 * count / size, 2)
    figures["articles"] = size
    figures["ms_per_article"] = round(1000 * (time.perf_counter() - began) / size, 3)
    return figures


def samples(coder: Coder, data: Path) -> dict[str, Any]:
    folder = data / "incidents/samples"
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    lines = []
    for one in gold["seeds"]:
        text = next(folder.glob(f"{one['id']}*.txt")).read_text(encoding="utf-8")
        row = {"id": one["id"], "title": one["title"], "text": text}
        coding = json.loads(record.encode(coder.code(article(row, one["pub_date"]["value_for_test"]))))
        lines.append(json.dumps({"id": one["id"], **coding}))
    with tempfile.TemporaryDirectory() as scratch:
        coded, pred = Path(scratch) / "coded.jsonl", Path(scratch) / "pred.jsonl"
        coded.write_text("\n".join(lines), encoding="utf-8")
        scripts = data.parent / "eval"
        command = [
            sys.executable,
            str(scripts / "to_pred.py"),
            str(folder / "gold.json"),
            str(folder),
            str(coded),
        ]
        pred.write_text(
            subprocess.run(command, check=True, capture_output=True, text=True).stdout, encoding="utf-8"
        )
        command = [sys.executable, str(scripts / "score_incidents.py"), str(folder / "gold.json"), str(pred)]
        result: dict[str, Any] = json.loads(
            subprocess.run(command, check=True, capture_output=True, text=True).stdout
        )
    return result


def speed(coder: Coder, data: Path) -> dict[str, float]:
    chosen = [row for row in rows(data, "incidents/muc34_dev") if row["labels"]["incident"]][:60]
    words = sum(len(row["text"].split()) for row in chosen)
    began = time.perf_counter()
    for row in chosen:
        coder.code(article(row))
    spent = time.perf_counter() - began
    return {
        "ms_per_article": round(1000 * spent / len(chosen), 2),
        "ms_per_300_words": round(300_000 * spent / words, 2),
    }


def phrases() -> dict[str, int]:
    """Phrases of our own in the golden tables; the tests hold every one of them to be read rightly."""
    found = {}
    for path in sorted((REPO / "tests/golden").glob("*_phrases.txt")):
        lines = path.read_text("utf-8").splitlines()
        found[path.stem] = sum(bool(line.strip()) and not line.startswith("#") for line in lines)
    return found


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
