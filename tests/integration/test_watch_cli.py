"""Watches from the outside: the worker's desk with a list, `alerts`, `backtest`, `doctor`, `code`, `work`."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from coded import mention
from command import dateline, json_lines, lines
from make import NOW, incident
from prometheus_client import REGISTRY
from watch_wire import Teller
from worker_bench import accept, obey

from dateline.incidents.record import Count, Envelope, Toll, decode_envelope, encode
from dateline.incidents.watches import read_watches
from dateline.sandbox import Sandbox
from dateline.settings import Settings
from dateline.store.door import Store
from services.keeper.loop import Keeper
from workers.desk import Desk

pytestmark = pytest.mark.integration

OLD = '[[watch]]\nname = "Deaths"\ntoll = { killed = 5 }\ncool_down = "30m"\n'
NEW = '[[watch]]\nname = "Deaths"\ntoll = { killed = 2 }\ncool_down = "30m"\nconfidence = 0.6\n'


def count(outcome: str, severity: str = "high") -> float:
    labels = {"severity": severity, "outcome": outcome}
    return REGISTRY.get_sample_value("dateline_alerts_total", labels) or 0.0


def test_a_worker_fills_severity_and_watches_and_alerts(store: Store, settings: Settings) -> None:
    """What the desk settles leaves the wire marked; its alert goes out, the second is held back, both are counted."""
    rules = read_watches(b'[[watch]]\nname = "Syria"\ncountries = ["SY"]\ncool_down = "30m"\n')
    sandbox = Sandbox(obey)
    before = count("sent"), count("held")
    try:
        desk = Desk(settings, store, sandbox, lambda: NOW, lambda: rules)
        accept(store, {1: ""})
        assert desk.ingest([f"{1:016x}"]) == 1
    finally:
        sandbox.close()
    ((_, data),) = store.incidents.events("0")
    assert (decode_envelope(data).incident.severity, decode_envelope(data).incident.watches) == (
        "high",
        ("Syria",),
    )
    assert len(store.alerts.events("0")) == 1
    assert (count("sent"), count("held")) == (before[0] + 1, before[1])


def test_the_keeper_tells_what_was_held_back(store: Store, settings: Settings) -> None:
    """When the watch has cooled down the keeper sends the alert and counts it."""
    teller, before = Teller(store), count("sent")
    teller.tell(1, {"W": ("high", 600)}, 0)
    teller.tell(2, {"W": ("high", 600)}, 1)
    late = Keeper(settings, store, lambda: NOW + timedelta(seconds=601))
    late.tell_held()
    late.tell_held()
    assert [one.incident.id for one in teller.alerts()] == [incident(1).id, incident(2).id]
    assert count("sent") == before + 1


def test_alerts_are_shown(store: Store) -> None:
    """One line an alert for people, its JSON for programs; withdrawals say so."""
    teller = Teller(store)
    teller.tell(1, {"Night desk": ("high", 600)}, 0)
    teller.tell(2, {"Night desk": ("high", 600)}, 1)
    teller.tell(3, {"Night desk": ("critical", 600)}, 2)
    teller.tell(1, {}, 3, "merged", merged_into="SY-2")
    shown = dateline("alerts", DATELINE_REDIS_URL=store.url)
    first, second, third = shown.stdout.splitlines()
    assert shown.returncode == 0
    assert (
        "HIGH      [Night desk] ● Armed clash · Tadmur, Syria · 2026-03-12 · 7 killed · Islamic State"
        in first
    )
    assert "CRITICAL" in second
    assert second.endswith("· and 1 more held back")
    assert "✗ WITHDRAWN (merged into SY-2): Armed clash" in third
    told = lines(dateline("alerts", "--json", DATELINE_REDIS_URL=store.url).stdout)
    assert [one["seq"] for one in told] == [seq for seq, _ in store.alerts.events("0")]
    assert dateline("alerts", "--since", "0s", DATELINE_REDIS_URL=store.url).stdout == ""


def envelopes(*killed: int) -> list[Envelope]:
    """One incident each ten minutes, with so many killed."""
    made = []
    for number, least in enumerate(killed):
        at = NOW + timedelta(minutes=10 * number)
        one = incident(number, toll=Toll(killed=Count(min=least, max=least)), confidence=0.9 - number / 10)
        made.append(Envelope(seq=f"{number}-0", event="opened", at=at, incident=one))
    return made


@pytest.fixture
def lists(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "old.toml").write_text(OLD, "utf-8")
    (tmp_path / "new.toml").write_text(NEW, "utf-8")
    return str(tmp_path / "new.toml"), str(tmp_path / "old.toml")


def test_a_backtest_shows_what_is_gained_and_lost(lists: tuple[str, str]) -> None:
    """From lines, without Redis: by watch, with counts, cool-downs and the criterion that fails."""
    new, old = lists
    past = b"".join(encode(one) + b"\n" for one in envelopes(3, 7, 1, 6, 9))
    words = ("backtest", "--rules", new, "--against", old, "--from", "-")
    told = dateline(*words, "--json", given=past)
    assert told.returncode == 0, told.stderr
    report = json.loads(told.stdout)
    (watch,) = report["watches"]
    assert (report["rules"], report["against"]) == (new, old)
    assert (report["envelopes"], report["gained"], report["lost"]) == (5, [incident(0).id], [incident(4).id])
    # Under the old list: 7 dead at once; 6 held back, told at the 40th minute; that holds back 9, told at the 70th.
    assert watch["before"] == {"incidents": 3, "alerts": 3, "held_back": 2, "withdrawn": 0}
    assert watch["after"]["incidents"] == 3
    assert [row["reason"] for row in watch["gained"]] == ["toll.killed: 3, less than 5"]
    assert [row["reason"] for row in watch["lost"]] == ["confidence: 0.50, below 0.6"]
    shown = dateline(*words, given=past)
    assert "1 gained, 1 lost" in shown.stdout
    assert "+ 2026-03-12 09:00 Armed clash · Tadmur, Syria · 2026-03-12 · 3 killed · medium" in shown.stdout
    assert "gained; before: toll.killed: 3, less than 5" in shown.stdout
    assert "lost; now: confidence: 0.50, below 0.6" in shown.stdout


def test_a_backtest_reads_the_stream(store: Store, lists: tuple[str, str]) -> None:
    """Without --from it is the wire's own past, as far as --since goes."""
    teller = Teller(store)
    teller.tell(1, {}, 0, toll=Toll(killed=Count(min=3, max=3)))
    teller.tell(2, {}, 60, toll=Toll(killed=Count(min=8, max=8)))
    new, old = lists
    words = ("backtest", "--rules", new, "--against", old, "--json")
    report = json.loads(dateline(*words, DATELINE_REDIS_URL=store.url).stdout)
    assert (report["envelopes"], report["gained"], report["lost"]) == (2, [incident(1).id], [])
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    assert (
        json.loads(dateline(*words, "--since", later, DATELINE_REDIS_URL=store.url).stdout)["envelopes"] == 0
    )


def test_a_backtest_reads_records_and_codings(lists: tuple[str, str], tmp_path: Path) -> None:
    """Bare records, and what `dateline code` prints; a line that is neither is told, and the rest goes on."""
    new, old = lists
    record = msgspec.structs.replace(envelopes(3)[0].incident, updated_at=NOW)
    coding = {
        "id": "a",
        "relevance": 0.9,
        "relevant": True,
        "incidents": [msgspec.to_builtins(mention(1, 4))],
    }
    coding["incidents"][0]["id"] = "coded"
    file = tmp_path / "past.jsonl"
    file.write_text(f"{encode(record).decode()}\n\nnonsense\n{json_lines([coding])}", "utf-8")
    told = dateline("backtest", "--rules", new, "--against", old, "--from", str(file), "--json")
    report = json.loads(told.stdout)
    assert told.returncode == 1
    assert "line 3: not a JSON object" in told.stderr
    assert sorted(report["gained"]) == sorted([record.id, "coded"])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--rules", "absent.toml"), "cannot read absent.toml: No such file or directory"),
        (("--rules", "{new}", "--from", "absent.jsonl"), "cannot read absent.jsonl"),
        (
            ("--rules", "{new}", "--from", "-", "--since", "soon"),
            "neither a span like 1h or 7d nor an ISO date",
        ),
    ],
)
def test_a_backtest_that_cannot_run_says_why(
    lists: tuple[str, str], words: tuple[str, ...], expected: str
) -> None:
    """Usage and settings end with 2, in a sentence."""
    done = dateline("backtest", *(one.format(new=lists[0]) for one in words))
    assert done.returncode == 2
    assert expected in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr


def test_doctor_reads_the_watch_list(store: Store, lists: tuple[str, str], tmp_path: Path) -> None:
    """A good list is counted; a broken one is wrong, with what to mend; a name that we do not know is told."""
    (tmp_path / "own.toml").write_text(f'{OLD}actors = ["Army of Lamps"]\n', "utf-8")
    (tmp_path / "bad.toml").write_text(OLD.replace("toll", "tol"), "utf-8")

    def found(name: str) -> list[tuple[bool, str]]:
        file = os.fspath(tmp_path / name)
        done = dateline("doctor", "--json", DATELINE_REDIS_URL=store.url, DATELINE_WATCH=file)
        return [(one["ok"], one["detail"]) for one in lines(done.stdout) if one["check"] == "watches"]

    (counted, unknown) = found("own.toml")
    assert counted == (True, f"1 in {tmp_path / 'own.toml'}")
    assert unknown[1].startswith("Deaths: 'Army of Lamps' is not in our list of actors")
    ((good, said),) = found("bad.toml")
    assert not good
    assert said.endswith("watch 'Deaths': unknown key 'tol'; did you mean 'toll'?")


@pytest.mark.parametrize("role", [("work",), ("up", "--workers", "1")])
def test_a_broken_list_stops_the_start(role: tuple[str, ...], tmp_path: Path) -> None:
    """A worker that would watch for nothing does not run: exit code 2, and the sentence."""
    (tmp_path / "bad.toml").write_text(OLD.replace("killed", "kiled"), "utf-8")
    done = dateline(
        *role, DATELINE_WATCH=os.fspath(tmp_path / "bad.toml"), DATELINE_DATA_DIR=os.fspath(tmp_path)
    )
    assert done.returncode == 2
    assert "watch 'Deaths': toll: unknown key 'kiled'; did you mean 'killed'?" in done.stderr


def test_code_fills_severity() -> None:
    """What the filter prints carries the severity of each record."""
    text = (
        "A car bomb exploded in a crowded market in Baidoa on Tuesday, killing 31 people and wounding 40, police said. "
        "Al-Shabaab claimed responsibility for the attack in the southwestern Somali city."
    )
    row = {
        "id": "1",
        "title": "Car bomb kills 31 in Baidoa",
        "text": text,
        "published_at": "2026-03-11T12:00:00Z",
    }
    (coded,) = lines(dateline("code", given=json_lines([row])).stdout)
    assert [one["severity"] for one in coded["incidents"] if one["class"] == "fresh"] == ["critical"]
