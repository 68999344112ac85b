"""The dashboards are what the code builds, they ask only for what exists, and every panel explains itself."""

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

import promql
import pytest
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.plugins import register_default_plugins
from grafana_foundation_sdk.models.dashboard import Dashboard
from prometheus import promtool
from prometheus_client.metrics import MetricWrapperBase
from prometheus_client.utils import floatToGoString
from promql import NAMES, Query, board, chosen, labels, marks, panels, queries

from dateline import metrics
from dateline.errors import Reason
from dateline.incidents.record import Event, Severity
from dateline.incidents.taxonomy import EVENT_TYPES
from dateline.model import Fate
from dateline.store.alerts import Told
from dateline.store.queue import Workers
from dateline.store.rows import UNHEALTHY
from dateline.store.websub import State
from services.keeper import canary
from services.poller.tally import Polled, Seen, Stage
from services.poller.websub.callback import Pushing

ROOT = Path(__file__).parents[2]
ALERTS = ROOT / "deploy/prometheus/alerts.yml"
OPERATIONS = ROOT / "docs/operations.md"

#: Of the Python client and of Prometheus; every process has them.
OTHERS = {
    "up",
    "ALERTS",
    "process_start_time_seconds",
    "process_resident_memory_bytes",
    "process_cpu_seconds_total",
    "process_open_fds",
    "process_max_fds",
}
#: Given by the scrape and by the rules, beside the metric's own labels.
SCRAPED = {"job", "instance", "role", "alertname"}

#: What each label may say, where the code enumerates it.
VALUES: dict[tuple[str, str], Iterable[str]] = {
    ("dateline_feed_polls", "outcome"): Polled,
    ("dateline_entries", "outcome"): Seen,
    ("dateline_page_fetches", "outcome"): ("ok", *Reason),
    ("dateline_rejected", "reason"): Reason,
    ("dateline_articles", "fate"): Fate,
    ("dateline_incidents", "event"): get_args(Event),
    ("dateline_incidents", "event_type"): EVENT_TYPES,
    ("dateline_alerts", "severity"): get_args(Severity),
    ("dateline_alerts", "outcome"): get_args(Told),
    ("dateline_stage_seconds", "stage"): (*Stage, "read", "code", "settle"),
    ("dateline_feeds", "state"): ("new", "healthy", *UNHEALTHY),
    ("dateline_websub_subscriptions", "state"): State,
    ("dateline_websub_pushes", "outcome"): Pushing,
    ("dateline_canaries", "outcome"): canary.OUTCOMES,
    ("dateline_redis_memory_bytes", "kind"): ("used", "max"),
    ("dateline_workers", "state"): Workers.__struct_fields__,
    ("dateline_stream_entries", "stream"): ("incidents", "statistics", "alerts"),
}
_SUFFIXES = {
    "counter": ("_total",),
    "gauge": ("",),
    "histogram": ("_bucket", "_sum", "_count"),
    "info": ("_info",),
}


def families() -> dict[str, MetricWrapperBase]:
    """The metrics of the code, by every name under which their series are scraped."""
    ours = [one for one in vars(metrics).values() if isinstance(one, MetricWrapperBase)]
    return {f"{one._name}{suffix}": one for one in ours for suffix in _SUFFIXES[one._type]}


FAMILIES = families()
QUERIES = [*queries(), *marks()]
PANELS = [(name, panel) for name in NAMES for panel in panels(name)]


def by_panel(given: tuple[str, dict[str, Any]]) -> str:
    return f"{given[0]}-{given[1]['id']}"


def test_the_files_are_what_the_code_builds(tmp_path: Path) -> None:
    """Building again gives the same bytes: nobody edits the JSON by hand; `make dashboards` writes it."""
    subprocess.run([sys.executable, "-m", "deploy.grafana.build", str(tmp_path)], cwd=ROOT, check=True)
    assert sorted(path.stem for path in tmp_path.iterdir()) == sorted(NAMES)
    for name in NAMES:
        built = (tmp_path / f"{name}.json").read_bytes()
        assert built == (promql.DASHBOARDS / f"{name}.json").read_bytes(), f"{name}: run `make dashboards`"


@pytest.mark.parametrize("name", NAMES)
def test_a_dashboard_is_one_to_grafana(name: str) -> None:
    """The SDK's model, made from Grafana's own schemas, reads each file and writes it as it was."""
    register_default_plugins()
    read, beyond = board(name), ("titleFormat", "textFormat", "tagKeys", "step")
    again = json.loads(JSONEncoder().encode(Dashboard.from_json(read)))
    for mark in read["annotations"]["list"]:
        assert all(mark.pop(word) for word in beyond)
    assert again == read
    assert read["uid"] == f"dateline-{name}"


@pytest.mark.parametrize("name", NAMES)
def test_panels_lie_side_by_side(name: str) -> None:
    """Ids are unique, nothing overlaps or leaves the 24 columns, and each line of panels fills them."""
    placed = board(name)["panels"]
    assert len({one["id"] for one in placed}) == len(placed)
    cells: set[tuple[int, int]] = set()
    for one in placed:
        at = one["gridPos"]
        here = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not here & cells, one["title"]
        cells |= here
    rows = max(y for _, y in cells) + 1
    assert cells == {(x, y) for x in range(24) for y in range(rows)}


@pytest.mark.parametrize("given", PANELS, ids=by_panel)
def test_a_panel_explains_itself(given: tuple[str, dict[str, Any]]) -> None:
    """Unit, a sentence that says what good looks like, thresholds, and a link to a section of the runbook."""
    _, panel = given
    headings = re.findall(r"^#{1,6} (.+)$", OPERATIONS.read_text("utf-8"), re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}
    defaults = panel["fieldConfig"]["defaults"]
    assert defaults["unit"]
    assert defaults["thresholds"]["steps"][0]["value"] is None
    assert panel["title"]
    assert re.fullmatch(r"[A-Z0-9].{25,170}\.", panel["description"]), panel["description"]
    assert [link["url"].partition("#")[2] in anchors for link in panel["links"]] == [True]
    assert len({target["refId"] for target in panel["targets"]}) == len(panel["targets"]) > 0


@pytest.mark.parametrize("name", NAMES)
def test_a_dashboard_leads_to_the_others(name: str) -> None:
    """The reader chooses source and window once, and takes them along."""
    one = board(name)
    assert [variable["name"] for variable in one["templating"]["list"]] == [
        "datasource",
        "interval",
        "runbooks",
    ]
    assert [(link["tags"], link["keepTime"], link["includeVars"]) for link in one["links"]] == [
        (one["tags"], True, True)
    ]


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_a_query_asks_for_what_exists(query: Query) -> None:
    """Metrics, their suffixes, labels and the values of labels are those of the code."""
    asked = chosen(query.expr)
    assert asked
    known = set(SCRAPED)
    for one in asked:
        if one.name in OTHERS:
            continue
        metric = FAMILIES[one.name]
        own = {*metric._labelnames, *({"le"} if one.name.endswith("_bucket") else ()), *metric_info(metric)}
        known |= own
        for label, values in one.values.items():
            assert label in own, f"{one.name} has no label {label}"
            assert set(values) <= allowed(metric, label), f"{one.name} has no such {label}: {values}"
    assert labels(query) <= known


def test_prometheus_understands_every_query(tmp_path: Path) -> None:
    """Prometheus's own checker parses each question, whatever the variables say."""
    asked = [*QUERIES, *queries({"$interval": "1d", "$__range": "604800s"})]
    rules = [{"record": f"asked:{at}", "expr": query.expr} for at, query in enumerate(asked)]
    file = tmp_path / "queries.yml"
    file.write_text(json.dumps({"groups": [{"name": "queries", "rules": rules}]}), "utf-8")
    assert f"{len(rules)} rules found" in promtool("check", "rules", file, cwd=tmp_path)


def metric_info(metric: MetricWrapperBase) -> set[str]:
    return {"version"} if metric._type == "info" else set()


def allowed(metric: MetricWrapperBase, label: str) -> set[str]:
    if label == "le":
        return {floatToGoString(bound) for bound in metric._kwargs["buckets"]}
    return set(VALUES[metric._name, label])


def test_every_metric_is_looked_at() -> None:
    """No metric is counted for nothing: a panel or an alert asks for each."""
    asked = {one.name for query in QUERIES for one in chosen(query.expr)}
    if ALERTS.exists():
        asked |= {one.name for one in chosen(ALERTS.read_text("utf-8"))}
    used = {FAMILIES[name]._name for name in asked if name in FAMILIES}
    assert {one._name for one in FAMILIES.values()} - used == set()
    assert asked - FAMILIES.keys() <= OTHERS
