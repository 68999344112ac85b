"""Sets on disk, the report over them, and the command: what is there, what is absent, what is broken."""

import gzip
import json
from collections.abc import Iterator
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dateline.cli import app
from dateline.errors import BadRecord, Misconfigured
from dateline.evaluation import corpora, phrases, places, samples, speed, streams
from dateline.evaluation.bench import Bench, figures
from dateline.evaluation.facts import facts
from dateline.evaluation.registry import BROWSABLE, BY_NAME, LABELLED, ORDINARY, PARTS, PROVEN, SETS
from dateline.evaluation.report import Report
from dateline.incidents import gazetteer
from dateline.incidents.assemble import Coder

ATTACK = "Suspected rebels shot dead three villagers in Kondagaon district of Chhattisgarh on Tuesday, police said."
MATCH = "The home side won the match by two goals to one in front of a large crowd on Saturday."


def write(data: Path, name: str, *rows: dict[str, Any]) -> Path:
    file = corpora.path(data, name)
    file.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(file, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)
    return file


def satp_row(identifier: str = "1", text: str = ATTACK) -> dict[str, Any]:
    where = {"state": "Chhattisgarh", "district": "Kondagaon", "longitude": "19.6", "latitude": "81.66"}
    return {
        "id": identifier,
        "text": text,
        "date": "2014-05-08",
        "labels": ["armed_assault"],
        "deaths": {"total_fatalities": "3"},
        "location_info": where,
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Three tiny sets: two summaries (one of which is no incident at all), one gun report, one article of sport."""
    folder = tmp_path / "data"
    write(folder, "incidents/satp_2014", satp_row(), satp_row("2", MATCH))
    shooting = {"n_killed": 1, "n_injured": 0}
    text = "A man was shot dead on Monday night outside a bar in Dallas, Texas, police said."
    write(
        folder,
        "incidents/gunviolence_dev",
        {"id": "g", "text": text, "publish_date": "2018-03-20", "labels": shooting},
    )
    write(folder, "news/bbc_dev", {"id": "b", "text": MATCH, "labels": 0})
    return folder


def ticking() -> speed.Clocks:
    """Clocks on which every look costs a hundredth of a second, of the processor and of the wall."""
    steps: Iterator[int] = count()
    return speed.Clocks(lambda: next(steps) / 100, lambda: next(steps) / 100)


def report(data: Path, **fields: Any) -> Report:
    return Report(Bench(data, Coder.load()), ticking(), fields.pop("checkout", None), **fields)


def test_a_set_is_read_and_hashed(data: Path):
    """Rows come in order; the hash is that of the file's bytes."""
    file = corpora.path(data, "incidents/satp_2014")
    assert [row["id"] for row in corpora.rows(data, "incidents/satp_2014")] == ["1", "2"]
    assert corpora.fingerprint(file) == sha256(file.read_bytes()).hexdigest()


@pytest.mark.parametrize("damage", ["cut", "no json", "a list", "no gzip"])
def test_a_broken_set_is_named(tmp_path: Path, damage: str):
    """Cut off, not JSON, not an object, not gzip: the error names the set."""
    file = write(tmp_path, "incidents/x", *({"id": str(n), "text": f"{n * 7919} words"} for n in range(500)))
    whole = file.read_bytes()
    body = {
        "cut": whole[: len(whole) // 2],
        "no json": gzip.compress(b'{"id": 1}\n{"id":\n'),
        "a list": gzip.compress(b"[1]\n"),
        "no gzip": b"plain",
    }[damage]
    file.write_bytes(body)
    with pytest.raises(BadRecord, match="incidents/x"):
        list(corpora.rows(tmp_path, "incidents/x"))


@pytest.mark.parametrize(
    ("row", "day"),
    [
        ({"date": "2016-12-05"}, "2016-12-05"),
        ({"date": "20230612"}, "2023-06-12"),
        ({"publish_date": "2018-03-20T10:00"}, "2018-03-20"),
        ({"date": ""}, None),
        ({}, None),
    ],
)
def test_the_day_of_a_row(row: dict[str, Any], day: str | None):
    """Days in two spellings; a row without one has none."""
    assert corpora.published(row) == day


def test_every_part_is_known():
    """Parts, sets and groups of sets name one another rightly."""
    assert len(BY_NAME) == len(SETS)
    assert {*LABELLED, *PROVEN, *ORDINARY} <= BY_NAME.keys()
    special = {
        "ordinary",
        "samples",
        "evidence",
        "calibration",
        "phrases",
        "speed",
        "places",
        "cross_article",
    }
    assert set(PARTS) == special | (BY_NAME.keys() - set(ORDINARY))
    assert set(BROWSABLE) == BY_NAME.keys() | {"samples"}


def test_figures_of_a_tiny_set(data: Path):
    """One of two summaries is coded, rightly in everything: the figures say so."""
    found = figures(Bench(data, Coder.load()).cases("satp"))
    assert (found["coded"].value, found["coded"].n) == (0.5, 2)
    assert (found["action_type"].precision, found["action_type"].recall) == (1.0, 0.5)
    assert found["district_right"].value == 1.0
    assert found["killed_exact"].value == 0.5


def test_a_set_is_coded_once(data: Path):
    """Who asks twice gets the same cases."""
    bench = Bench(data, Coder.load())
    assert bench.cases("satp") is bench.cases("satp")
    assert len(Bench(data, Coder.load(), first=1).cases("satp")) == 1


def test_the_report_names_what_is_absent_and_what_is_broken(data: Path):
    """A set that is not there and one that does not read are told apart, and the rest is measured."""
    write(data, "incidents/gunviolence_dev", {"id": "g", "text": "x"})
    told = report(data).told({}, ("satp", "gunviolence", "ceha", "ordinary", "phrases", "cross_article"))
    assert set(told.figures) == {"satp", "ordinary"}
    assert told.absent == ("ceha", "phrases", "cross_article")
    assert "row 1 (g): KeyError" in told.broken["gunviolence"]
    assert told.figures["ordinary"]["false_per_1000"].value == 0
    assert set(told.corpora) == {"incidents/satp_2014", "news/bbc_dev", "incidents/gunviolence_dev"} - {
        "incidents/gunviolence_dev"
    }


def test_goals_are_counted(data: Path):
    """Met, of how many measured, and the names of those that are not."""
    told = report(data).told({}, ("satp",))
    assert told.goals["of"] == 4
    assert "satp/killed_exact" in told.goals["not_met"]
    assert told.figures["satp"]["killed_exact"].goal == 0.9


def test_evidence_and_calibration_come_from_what_was_coded(data: Path):
    """Both are counted over those of their sets that are there, and every span stands."""
    told = report(data).told({}, ("evidence", "calibration"))
    assert told.figures["evidence"]["spans_equal"].value == 1.0
    assert told.figures["evidence"]["fields_supported"].value == 1.0
    assert set(told.figures["calibration"]) == {"all", "satp", "gunviolence"}


def test_speed_by_a_ticking_clock():
    """Each run costs two looks at the processor's clock and two at the wall's: medians of equal runs."""
    articles = [corpora.article(satp_row())]
    found = speed.speed(Coder.load(), articles, ticking(), repeats=3)
    words = len(ATTACK.split())
    assert found["cpu_ms_per_article"].value == pytest.approx(20.0)
    assert found["cpu_ms_per_300_words"].value == pytest.approx(20.0 * 300 / words, abs=1e-3)
    assert found["wall_ms_per_article"].n == 3
    assert speed.spread(found["cpu_ms_per_article"]) == 0.0
    assert speed.noise(found)["noisy"] is False


def test_phrases_are_counted_by_kind(tmp_path: Path):
    """Rows without comments and blanks; what is known to be missed does not pass; several files add up."""
    (tmp_path / "tolls_phrases.txt").write_text("# head\nOne died. | killed 1\n\nTwo died. | killed 2\n")
    (tmp_path / "tolls_phrases_more.txt").write_text("Three died. | killed 3\n")
    (tmp_path / "actor_clauses.tsv").write_text("a\tb\nc\td\n")
    (tmp_path / "actor_clauses_missed.tsv").write_text("a\tnot yet\n")
    (tmp_path / "tongues").mkdir()
    (tmp_path / "tongues/es_tolls.tsv").write_text("uno\t1\n")
    found = phrases.phrases(tmp_path)
    assert found["other_languages"].value == 1
    assert (found["toll_phrases"].value, found["toll_phrases"].n) == (3, 3)
    assert (found["actor_clauses"].value, found["actor_clauses"].n) == (1, 2)
    assert phrases.phrases(tmp_path / "nowhere") == {}


def test_places_alone():
    """A text that names the district is in the country, the state and the district of its row."""
    world = gazetteer.load()
    summary = satp_row(text="Three villagers died in Raipur district of Chhattisgarh.")
    found = places.marks(places.satp([summary], world))
    assert found["satp_country"] == found["satp_state"] == [(1, 1, 1)]
    assert found["satp_district_named"] == [(0, 1, 1)]
    row = {"text": "A bomb went off in Lima, Peru.", "country": "Peru", "city": "Lima"}
    assert places.marks(places.rand([row], world)) == {"rand_country": [(1, 1, 1)], "rand_city": [(1, 1, 1)]}
    template = {"location": "PERU: LIMA (CITY)"}
    newswire = {"text": row["text"], "templates": [template]}
    assert places.marks(places.muc([newswire], world)) == {"muc34_country": [(1, 1, 1)]}


def test_facts_need_no_repository():
    """Version and hashes of models and tables; twice the same."""
    told = facts()
    assert told == facts()
    assert "relevance.npz" in told["models"]
    assert len(told["tables"]) == 64


def scripts(folder: Path, scorer: str) -> None:
    (folder / "eval").mkdir()
    (folder / "eval/to_pred.py").write_text("print('{}')")
    (folder / "eval/score_incidents.py").write_text(scorer)


def gold(data: Path) -> None:
    folder = data / samples.FOLDER
    folder.mkdir(parents=True)
    (folder / "000.txt").write_text(f"{ATTACK}\nThe weather was fine.")
    mention = {
        "class": "fresh", "sub_type": "Attack", "type_accept": [], "required": True, "mentions": [1], "date": {"start": "2014-05-06"},
    }  # fmt: skip
    seed = {"id": "000", "title": "", "pub_date": {"value_for_test": "2014-05-08"}, "incidents": [mention]}
    (folder / "gold.json").write_text(json.dumps({"seeds": [seed]}))


def test_samples_go_through_the_scripts_beside_the_sets(data: Path):
    """What the scorer prints is told: F1 of its counts, leaks of every kind together."""
    gold(data)
    scorer = 'print(\'{"incident": {"tp": 3, "fp": 1, "fn": 1}, "aggregate_recall": 1.0, "errors": {"leak_background": 2}, "fields": {}}\')'
    scripts(data.parent, scorer)
    told = report(data).told({}, ("samples",))
    assert set(told.corpora) == {f"{samples.FOLDER}/000.txt", f"{samples.FOLDER}/gold.json"}
    found = told.figures["samples"]
    assert found["incident_f1"].value == 0.75
    assert (found["leaks"].value, found["hard_fails"].value, found["leaks"].met) == (2, 0, False)


def test_a_scorer_that_fails_is_named(data: Path):
    """Its last words stand in the error; the browser of errors needs no scorer."""
    gold(data)
    assert report(data).told({}, ("samples",)).absent == ("samples",)
    scripts(data.parent, "import sys; sys.exit('no gold today')")
    assert "no gold today" in report(data).told({}, ("samples",)).broken["samples"]
    (case,) = samples.cases(data, Coder.load())
    assert case.verdict.faults == ()


def test_streams_are_played_by_their_own_script(tmp_path: Path):
    """Shares are named by their path, n is the mentions beside them, an interval stays; a broken script is an error."""
    file = tmp_path / streams.SCRIPT
    assert not streams.present(tmp_path)
    file.parent.mkdir(parents=True)
    said = {
        "satp": {"mentions": 44, "b3_f1": 0.9, "extra": 7},
        "own": {"b3_f1": {"value": 0.8, "n": 60, "low": 0.7, "high": 0.9}},
    }
    file.write_text(f"print({json.dumps(said)!r})")
    found = streams.figures(tmp_path, tmp_path)
    assert set(found) == {"satp/b3_f1", "own/b3_f1"}
    assert (found["satp/b3_f1"].value, found["satp/b3_f1"].n, found["satp/b3_f1"].low) == (0.9, 44, None)
    assert (found["own/b3_f1"].n, found["own/b3_f1"].low) == (60, 0.7)
    file.write_text("print('nothing')")
    with pytest.raises(BadRecord, match="no JSON"):
        streams.figures(tmp_path, tmp_path)


def run(*words: str) -> Any:
    return CliRunner().invoke(app, ["eval", *words])


def test_the_command_prints_one_object(data: Path):
    """Every figure with n, bounds and goal; hashes of the sets; facts of the build; exit code 0 with sets absent."""
    shown = run(str(data), "--only", "satp,ceha", "--json")
    assert shown.exit_code == 0
    told = json.loads(shown.stdout)
    assert told["absent"] == ["ceha"]
    assert told["figures"]["satp"]["killed_exact"].keys() >= {"value", "n", "low", "high", "goal", "met"}
    assert len(told["corpora"]["incidents/satp_2014"]) == 64
    assert told["facts"]["models"]


def test_the_command_compares(data: Path, tmp_path: Path):
    """Against a report of before: nothing changed; against no report: exit code 1."""
    old = tmp_path / "old.json"
    old.write_text(run(str(data), "--only", "satp", "--outcomes").stdout)
    told = json.loads(run(str(data), "--only", "satp", "--against", str(old)).stdout)
    assert told["against"]["changes"] == {}
    assert told["against"]["unchanged"] > 5
    old.write_text("{}")
    wrong = run(str(data), "--only", "satp", "--against", str(old))
    assert isinstance(wrong.exception, BadRecord)


def test_the_command_fails_on_a_broken_set(data: Path):
    """Exit code 1 and the name on standard error; what could be measured is printed all the same."""
    corpora.path(data, "incidents/satp_2014").write_bytes(b"no gzip")
    shown = run(str(data), "--only", "satp,gunviolence")
    assert shown.exit_code == 1
    assert "satp: incidents/satp_2014: broken" in shown.stderr
    assert "gunviolence" in json.loads(shown.stdout)["figures"]


def test_the_command_without_sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """No folder named and none beside: in words, what to do."""
    monkeypatch.chdir(tmp_path)
    assert isinstance(run().exception, Misconfigured)
    assert "dateline eval DATA" in str(run().exception)
    assert run(str(tmp_path), "--only", "nonsense").exit_code == 2
    assert run(str(tmp_path), "--errors", "nonsense").exit_code == 2
    assert run(str(tmp_path), "--errors", "satp", "--kind", "nonsense").exit_code == 2


def test_other_documents_of_a_kind(data: Path, tmp_path: Path):
    """A file in the place of a set's own is judged as that set, gzipped or plain, and named by its own hash."""
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps(satp_row("9")) + "\n")
    told = json.loads(run(str(data), "--only", "satp", "--set", f"satp={other}").stdout)
    assert told["figures"]["satp"]["coded"]["value"] == 1.0
    assert set(told["corpora"]) == {str(other)}
    assert run(str(data), "--set", "satp").exit_code == 2
    assert run(str(data), "--set", f"satp={tmp_path}/nowhere").exit_code == 2


def test_the_commonest_faults_are_noted(data: Path):
    """Of each set that was coded: how many faults of each kind."""
    assert report(data).told({}, ("satp",)).notes["faults"]["satp"]["kinds"] == {"missed": 1}


def test_the_command_prints_tables(data: Path):
    """Markdown, a row for each goal."""
    shown = run(str(data), "--only", "satp", "--table")
    assert "| SATP 2014: killed, exact | ≥ .900 | .500 |" in shown.stdout
