"""Every question that the dashboards ask Prometheus, as Prometheus would get it, and what a question names.

Owns reading the dashboards' JSON and reading PromQL far enough to name metrics, labels and values.
Needs no Grafana and no SDK. Another test may run each of ``queries()`` on a real server.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DASHBOARDS = Path(__file__).parents[1] / "deploy/grafana/dashboards"
NAMES = ("wire", "feeds", "incidents", "workers")

#: What Grafana puts in place of its variables, as the dashboards open.
VARIABLES = {"$interval": "5m", "$__range": "6h"}

_STRING = r'"(?:[^"\\]|\\.)*"'
_METRIC = re.compile(r"\b(?P<name>(?:dateline|process)_\w+|(?:up|ALERTS)(?=\{))(?:\{(?P<where>[^}]*)\})?")
_MATCHER = re.compile(rf"(?P<label>\w+)\s*(?P<sign>=~|!~|!=|=)\s*(?P<value>{_STRING})")
_GROUPED = re.compile(r"\b(?:by|on|without|ignoring)\s*\((?P<labels>[^)]*)\)")
_LEGEND = re.compile(r"\{\{(?P<label>\w+)\}\}")


@dataclass(frozen=True)
class Query:
    """One question: where it stands, what it asks, and how its series are named."""

    dashboard: str
    panel: str
    expr: str
    legend: str = ""
    #: Asked for one instant rather than over the range.
    instant: bool = False

    def __str__(self) -> str:
        return f"{self.dashboard}: {self.panel}: {self.expr}"


@dataclass(frozen=True)
class Chosen:
    """A metric as a question names it, with the values that its matchers spell, by label."""

    name: str
    values: Mapping[str, tuple[str, ...]]


def board(name: str, folder: Path = DASHBOARDS) -> dict[str, Any]:
    return json.loads((folder / f"{name}.json").read_text("utf-8"))


def panels(name: str) -> list[dict[str, Any]]:
    """The panels of a dashboard, its headings left out."""
    return [one for one in board(name)["panels"] if one["type"] != "row"]


def queries(variables: Mapping[str, str] = VARIABLES) -> list[Query]:
    """Every question of every panel, with the variables' values in it."""
    return [query for name in NAMES for query in _asked(name, variables)]


def marks() -> list[Query]:
    """The questions for the marks in the graphs; they have an answer only where there is something to mark."""
    return [
        Query(name, one["name"], one["expr"], f"{one['titleFormat']} {one['textFormat']}")
        for name in NAMES
        for one in board(name)["annotations"]["list"]
    ]


def _asked(name: str, variables: Mapping[str, str]) -> Iterator[Query]:
    for panel in panels(name):
        for target in panel["targets"]:
            expr = _substituted(target["expr"], variables)
            yield Query(name, panel["title"], expr, target["legendFormat"], bool(target["instant"]))


def _substituted(expr: str, variables: Mapping[str, str]) -> str:
    for variable, value in variables.items():
        expr = expr.replace(variable, value)
    assert "$" not in expr, f"a variable without a value: {expr}"
    return expr


def chosen(expr: str) -> list[Chosen]:
    """The metrics that a question names. A matcher's alternatives count each: ``a|b`` is a and b."""
    return [
        Chosen(
            found["name"],
            {
                one["label"]: tuple(one["value"][1:-1].split("|"))
                for one in _MATCHER.finditer(found["where"] or "")
            },
        )
        for found in _METRIC.finditer(expr)
    ]


def labels(query: Query) -> set[str]:
    """The labels that a question groups by and that its legend shows."""
    grouped = {
        label.strip() for found in _GROUPED.finditer(query.expr) for label in found["labels"].split(",")
    }
    return {one for one in grouped if one} | {found["label"] for found in _LEGEND.finditer(query.legend)}
