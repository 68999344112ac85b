"""Alerts, their runbooks and the code's metrics name each other, and nothing else."""

import re
from pathlib import Path
from typing import Any

import composed
import yaml
from prometheus_client.metrics import MetricWrapperBase

from dateline import metrics
from dateline.cli.wire import roles_of
from dateline.settings import Settings

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "deploy/prometheus"
OPERATIONS = (ROOT / "docs/operations.md").read_text("utf-8")
RUNBOOKS = "https://github.com/dateline-wire/dateline/blob/main/docs/operations.md"

_SECTION = re.compile(r"^### Alert: (?P<name>\w+)\n\n(?P<body>.*?)(?=^#{1,3} )", re.MULTILINE | re.DOTALL)
_NAMED = re.compile(r"\bdateline_\w+")
_RECORDED = re.compile(r"\bdateline:[\w:]+")


def rules() -> list[dict[str, Any]]:
    document = yaml.safe_load((FOLDER / "alerts.yml").read_text("utf-8"))
    return [rule for group in document["groups"] for rule in group["rules"]]


def alerts() -> list[dict[str, Any]]:
    return [rule for rule in rules() if "alert" in rule]


def cases() -> list[dict[str, Any]]:
    files = (FOLDER / "alerts_test.yml", FOLDER / "alerts_days_test.yml")
    documents = [document for file in files for document in yaml.safe_load_all(file.read_text("utf-8"))]
    return [case for document in documents for one in document["tests"] for case in one["alert_rule_test"]]


def test_every_alert_has_a_runbook_and_every_runbook_an_alert() -> None:
    """Whoever is woken finds what it means, what to look at and what to do; in the order of the rules."""
    named = list(dict.fromkeys(rule["alert"] for rule in alerts()))
    assert [found["name"] for found in _SECTION.finditer(OPERATIONS)] == named
    for found in _SECTION.finditer(OPERATIONS):
        for part in ("**Means**", "**Look**", "**Do**"):
            assert part in found["body"], (found["name"], part)


def test_every_alert_says_how_grave_it_is_and_what_is_the_matter() -> None:
    """Severity, summary, description and the address of its runbook stand with each."""
    for rule in alerts():
        name, told = rule["alert"], rule["annotations"]
        assert rule["labels"]["severity"] in {"critical", "warning"}, name
        assert told["summary"], name
        assert "$" in told["description"] or name in {"DatelinePollingPaused", "DatelineModelMissing",
                                                        "DatelineWorkersGone"}, name  # fmt: skip
        assert told["runbook_url"] == f"{RUNBOOKS}#alert-{name.lower()}"


def test_every_alert_is_shown_firing_and_not_firing() -> None:
    """The cases for promtool hold both for each alert, and each of its severities fires."""
    quiet = {case["alertname"] for case in cases() if not case.get("exp_alerts")}
    firing = {
        (case["alertname"], told["exp_labels"]["severity"])
        for case in cases()
        for told in case.get("exp_alerts", [])
    }
    assert quiet == {rule["alert"] for rule in alerts()}
    assert firing == {(rule["alert"], rule["labels"]["severity"]) for rule in alerts()}


def families() -> dict[str, MetricWrapperBase]:
    """Every name under which a sample of ours is scraped."""
    endings = {
        "counter": ("_total",), "gauge": ("",), "info": ("_info",), "histogram": ("_bucket", "_count", "_sum"),
    }  # fmt: skip
    return {
        one._name + ending: one
        for one in vars(metrics).values()
        if isinstance(one, MetricWrapperBase)
        for ending in endings[one._type]
    }


def test_rules_ask_for_metrics_and_labels_that_there_are() -> None:
    """A rule over a name that nobody serves would never fire, and never say so."""
    known, recorded = families(), {rule["record"] for rule in rules() if "record" in rule}
    for rule in rules():
        expression = str(rule["expr"])
        assert set(_NAMED.findall(expression)) <= set(known), expression
        assert set(_RECORDED.findall(expression)) <= recorded, expression
        for name, where in re.findall(r"\b(dateline_\w+)\{([^}]*)\}", expression):
            labels = {*re.findall(r"(\w+)(?:=~|!=|!~|=)\"", where)} - {"le"}
            assert labels <= set(known[name]._labelnames), expression


def test_the_promise_of_a_minute_is_a_bucket() -> None:
    """The rules read the share of articles settled within 60 s from the bucket of that bound."""
    buckets = metrics.ACCEPTED_TO_SETTLED_SECONDS._upper_bounds
    assert 60.0 in buckets
    for rule in rules():
        for bound in re.findall(r'\ble="([^"]*)"', str(rule["expr"])):
            assert bound == "60.0"


def test_what_is_recorded_is_asked_for() -> None:
    """No series is recorded that no rule and no dashboard reads."""
    read = "\n".join(str(rule["expr"]) for rule in rules())
    read += "".join(file.read_text("utf-8") for file in (ROOT / "deploy/grafana/dashboards").glob("*.json"))
    assert {rule["record"] for rule in rules() if "record" in rule} - set(_RECORDED.findall(read)) == set()


def job(config: str) -> dict[str, Any]:
    """The one job of a configuration, under the name that the rules ask for."""
    document = yaml.safe_load((FOLDER / config).read_text("utf-8"))
    [found] = document["scrape_configs"]
    assert found["job_name"] == "dateline"
    assert document["rule_files"] == ["alerts.yml"]
    return dict(found)


def test_up_is_scraped_at_the_ports_that_it_gives() -> None:
    """Every role of `dateline up` as it comes is a target, with its role."""
    settings = Settings()
    ports = {
        f"{settings.metrics_host}:{settings.metrics_port + at}": name.partition("-")[0]
        for at, (name, _) in enumerate(roles_of(settings.workers))
    }
    scraped = {
        target: group["labels"]["role"]
        for group in job("up.yml")["static_configs"]
        for target in group["targets"]
    }
    assert scraped == ports


def test_compose_is_scraped_by_the_names_of_its_services() -> None:
    """Every service of ours is looked up in DNS, each of its containers a target at the port that it is given."""
    found = job("prometheus.yml")
    [asked] = found["dns_sd_configs"]
    ours = {name: one for name, one in composed.services().items() if one.ours}
    assert set(asked["names"]) == set(ours)
    assert {one.environment["DATELINE_METRICS_PORT"] for one in ours.values()} == {str(asked["port"])}
    assert found["relabel_configs"] == [{"source_labels": ["__meta_dns_name"], "target_label": "role"}]
