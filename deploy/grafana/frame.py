"""A board: rows of panels on 24 columns, what may be chosen at its top, and the way to the others.

Owns the frame that all boards share. Refuses to know panels beyond their width.
"""

from dataclasses import dataclass
from typing import Any

from grafana_foundation_sdk.builders import dashboard
from grafana_foundation_sdk.models import dashboard as model

from deploy.grafana.panels import SOURCE, Panel, drawn

COLUMNS = 24
TAG = "dateline"
RUNBOOKS = "https://github.com/dateline-wire/dateline/blob/main/docs/operations.md"
"""Where the links of panels lead, unless the boards are built for another place."""

INTERVALS = ("1m", "5m", "15m", "1h", "6h", "1d")

STARTED = "(time() - process_start_time_seconds < 60) and on (job, instance) dateline_build_info"
"""Grafana asks annotations once a minute of the range: a start is marked once."""


@dataclass(frozen=True, slots=True)
class Row:
    """Panels under one heading, all as high as the row says; they wrap at 24 columns."""

    title: str
    height: int
    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One dashboard. Its uid is ``dateline-`` and the name."""

    name: str
    title: str
    description: str
    rows: tuple[Row, ...]


class _Started(model.AnnotationQuery):
    """The marks of started processes; the SDK's model lacks the words beside a mark."""

    def to_json(self) -> dict[str, object]:
        words = {"titleFormat": "{{role}} started", "textFormat": "{{instance}}", "tagKeys": "role"}
        return {**super().to_json(), **words, "step": "60s"}


def framed(board: Board, runbooks: str = RUNBOOKS) -> model.Dashboard:
    """Return the board as the SDK's model. The same board gives the same model, always."""
    made = (
        dashboard.Dashboard(f"Dateline · {board.title}")
        .uid(f"dateline-{board.name}")
        .description(board.description)
        .tags([TAG])
        .timezone("utc")
        .readonly()
        .tooltip(model.DashboardCursorSync.CROSSHAIR)
        .time("now-6h", "now")
        .refresh("30s")
        .variables([_source(), _interval(), _runbooks(runbooks)])
        .link(_others())
    )
    built = made.build()
    built.panels = _placed(board.rows)
    mark = _Started(name="Starts", datasource=SOURCE, enable=True, icon_color="purple", expr=STARTED)
    built.annotations = model.AnnotationContainer(list_val=[mark])
    return built


def _placed(rows: tuple[Row, ...]) -> list[model.Panel | model.RowPanel]:
    """Lay rows below each other, their panels from left to right; ids count from the top."""
    placed: list[model.Panel | model.RowPanel] = []
    top = 0
    for row in rows:
        place = model.GridPos(h=1, w=COLUMNS, x=0, y=top)
        placed.append(dashboard.Row(row.title).id(len(placed) + 1).grid_pos(place).build())
        top, left = top + 1, 0
        for panel in row.panels:
            if left + panel.width > COLUMNS:
                top, left = top + row.height, 0
            place = model.GridPos(h=row.height, w=panel.width, x=left, y=top)
            placed.append(drawn(panel, len(placed) + 1, place))
            left += panel.width
        top += row.height
    return placed


def _source() -> dashboard.DatasourceVariable:
    return dashboard.DatasourceVariable("datasource").id("datasource").label("Data source").type("prometheus")


def _interval() -> dashboard.IntervalVariable:
    options: list[Any] = [
        model.VariableOption(text=one, value=one, selected=one == "5m") for one in INTERVALS
    ]
    return (
        dashboard.IntervalVariable("interval")
        .id("interval")
        .label("Rates over")
        .description("The window of every rate: shorter shows more, longer is calmer.")
        .values(",".join(INTERVALS))
        .options(options)
        .current(options[1])
    )


def _runbooks(address: str) -> dashboard.TextBoxVariable:
    given = model.VariableOption(text=address, value=address, selected=True)
    hidden = dashboard.TextBoxVariable("runbooks").id("runbooks").hide(model.VariableHide.HIDE_VARIABLE)
    return hidden.default_value(address).current(given).options([given])


def _others() -> dashboard.DashboardLink:
    link = dashboard.DashboardLink("Dateline").type(model.DashboardLinkType.DASHBOARDS).tags([TAG])
    return link.keep_time(keep_time=True).include_vars(include_vars=True).as_dropdown(as_dropdown=False)
