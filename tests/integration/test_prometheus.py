"""Rules and dashboards, run: by promtool, and by a real Prometheus that scrapes a living wire."""

import math
import os
import re
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import promql
import pytest
from live import all_settled, sample_site, until
from prometheus import RULES, Server, programs, promtool, scraping, serving

from dateline.cli.wire import Wire, roles_of, running
from dateline.feeds.catalog import parse_catalog
from dateline.settings import Settings

pytestmark = pytest.mark.integration

#: What stands in place of every `for`, and how often rules are looked at.
SHORT = "2s"

#: Series that only a history of days can give.
LATER = ("dateline:envelopes_past:increase", "dateline:envelopes_usual:quantile")


@pytest.mark.parametrize("config", ["prometheus.yml", "up.yml"])
def test_a_prometheus_would_start_with_the_configuration(config: str) -> None:
    """promtool finds nothing wrong with the configuration, nor with the rules that it names."""
    assert "rule files found" in promtool("check", "config", config)


def test_the_rules_pass_the_lint() -> None:
    """promtool's own lint, duplicates among it, has nothing to say."""
    told = promtool("check", "rules", "--lint=all", "--lint-fatal", RULES)
    assert "SUCCESS" in told


@pytest.mark.parametrize("cases", ["alerts_test.yml", "alerts_days_test.yml"])
def test_each_alert_fires_when_it_should_and_not_when_it_should_not(cases: str) -> None:
    """The cases name each alert with the words that it would say, and where it must be silent."""
    assert "SUCCESS" in promtool("test", "rules", cases)


@contextmanager
def wire_of_one_worker(folder: Path, origin: str) -> Iterator[Wire]:
    """Yield a wire without feeds that nobody restarts, with a canary every three seconds."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = Settings(
        data_dir=str(folder),
        metrics_port=min(port, 60_000),
        allow_addresses=origin.removeprefix("http://"),
        canary_every_s=3,
    )
    with running(settings, roles=roles_of(1)) as wire:
        yield wire


def add_feeds(wire: Wire, origin: str) -> None:
    opml = httpx.get(f"{origin}/feeds.opml", trust_env=False).content
    wire.store.catalog.put(parse_catalog(opml), datetime.now(UTC))


def hurried(folder: Path) -> Path:
    """Write the rules with every `for` shortened; returns where they stand."""
    text, shortened = re.subn(
        r"^( +)for: \w+$", rf"\1for: {SHORT}", RULES.read_text("utf-8"), flags=re.MULTILINE
    )
    assert shortened
    copy = folder / "alerts.yml"
    copy.write_text(text, "utf-8")
    return copy


def has_data(rows: list[dict[str, Any]]) -> bool:
    return any(not math.isnan(float(row["value"][1])) for row in rows)


def state(server: Server, name: str, severity: str = "critical") -> str:
    """Return the state of the alert of this severity."""
    return str(
        next(
            rule["state"]
            for rule in server.rules()
            if rule["name"] == name and rule["labels"].get("severity") == severity
        )
    )


def check_rules(server: Server) -> None:
    """Every rule was evaluated without an error, every expression answers, and no part of the wire is in trouble."""
    rules = server.rules()
    assert [(rule["name"], rule.get("lastError")) for rule in rules if rule["health"] != "ok"] == []
    for rule in rules:
        server.query(rule["query"])
    recorded = {rule["name"] for rule in rules if rule["type"] == "recording"}
    assert {name for name in recorded if not server.query(name)} == set(LATER)
    loud = {rule["name"]: rule["alerts"] for rule in rules if rule.get("state", "inactive") != "inactive"}
    # The newest entries of the sample feeds are of their base day, months ago: that is rightly told.
    assert loud.keys() <= {"DatelineFeedsSilent"}, loud


def check_dashboards(server: Server) -> None:
    """Every question of every dashboard returns data."""
    queries = promql.queries()
    assert queries
    assert [str(query) for query in queries if not has_data(server.query(query.expr))] == []


def check_worker_lost(server: Server, wire: Wire) -> None:
    """A worker that is killed raises its alerts, which end when it is back."""
    worker = next(child for child in wire.children if child.name == "worker-1")
    os.kill(worker.pid, signal.SIGKILL)
    until(lambda: state(server, "DatelineRoleGone") == "pending", 15, "no worker answers")
    until(lambda: state(server, "DatelineRoleGone") == "firing", 15, "and none comes back")
    until(lambda: state(server, "DatelineTargetDown", "warning") == "firing", 15, "one is down")
    # RQ's registry takes an idle worker for gone after 30 s.
    until(lambda: state(server, "DatelineWorkersGone") == "firing", 50, "the queue has no worker")

    def is_over() -> bool:
        wire.watch()
        return all(
            state(server, *alert) == "inactive"
            for alert in (("DatelineRoleGone",), ("DatelineTargetDown", "warning"), ("DatelineWorkersGone",))
        )

    until(is_over, 30, "the worker is back, and the alerts are over")


@pytest.mark.timeout(240)  # a minute where nothing else runs; half of it is RQ's patience with a worker
def test_a_wire_is_watched(tmp_path: Path) -> None:
    """On a living wire every rule is evaluated, every panel has data, and a lost worker is told of until it is back."""
    programs()
    with sample_site() as origin, wire_of_one_worker(tmp_path / "var", origin) as wire:
        targets = {
            name: url.removeprefix("http://").removesuffix("/metrics") for name, url in wire.metrics.items()
        }
        with serving(tmp_path, scraping(targets, hurried(tmp_path))) as server:
            # Before there is anything to count: what was counted at the first scrape is no change.
            until(lambda: server.value("sum(up)") == len(targets), 30, "every role is scraped")
            add_feeds(wire, origin)
            until(lambda: all_settled(wire.store), 60, "the sample wire is settled")
            arrived = 'sum(dateline_canaries_total{outcome="arrived"})'
            until(lambda: (server.value(arrived) or 0) > 1, 20, "canaries arrive")
            check_rules(server)
            check_dashboards(server)
            check_worker_lost(server, wire)
