"""What a panel is: questions to Prometheus, how they are drawn, what good looks like, and where to read on.

Owns the look of every panel. Refuses to know our metrics: the boards ask.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, Self

from grafana_foundation_sdk.builders import bargauge, common, dashboard, heatmap, prometheus, stat, timeseries
from grafana_foundation_sdk.cog.builder import Builder
from grafana_foundation_sdk.cog.variants import Dataquery
from grafana_foundation_sdk.models import common as shapes
from grafana_foundation_sdk.models import dashboard as model
from grafana_foundation_sdk.models.heatmap import HeatmapColorMode, HeatmapColorScale
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

Draw = Literal["stat", "lines", "stacked", "bars", "heatmap", "ranking"]

#: From which value on which colour holds; the first holds from minus infinity.
Steps = tuple[tuple[float | None, str], ...]

SOURCE = model.DataSourceRef(type_val="prometheus", uid="${datasource}")
CALM: Steps = ((None, "blue"),)
"""For figures that are neither good nor bad."""


def low_is_good(warn: float, bad: float) -> Steps:
    return ((None, "green"), (warn, "orange"), (bad, "red"))


def high_is_good(bad: float, warn: float) -> Steps:
    """Red below ``bad``, orange below ``warn``."""
    return ((None, "red"), (bad, "orange"), (warn, "green"))


@dataclass(frozen=True, slots=True)
class Ask:
    """One query, and the name of its series: ``{{label}}`` stands for a label's value."""

    expr: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One panel. ``width`` counts 24 columns; ``see`` is a heading's anchor in docs/operations.md."""

    title: str
    #: One sentence: what it shows, and what good looks like.
    good: str
    asks: tuple[Ask, ...]
    unit: str
    see: str
    width: int = 8
    draw: Draw = "lines"
    steps: Steps = CALM
    #: Bounds of the axis, where they are known.
    least: float | None = 0
    most: float | None = None
    decimals: int | None = None
    #: Words for single values: (value, word, colour).
    words: tuple[tuple[str, str, str], ...] = ()


class _Drawn(Protocol):
    """What the builders of all kinds of panels can do."""

    def build(self) -> model.Panel: ...
    def id(self, id_val: int) -> Self: ...
    def title(self, title: str) -> Self: ...
    def description(self, description: str) -> Self: ...
    def datasource(self, datasource: model.DataSourceRef) -> Self: ...
    def grid_pos(self, grid_pos: model.GridPos) -> Self: ...
    def links(self, links: list[Builder[model.DashboardLink]]) -> Self: ...
    def targets(self, targets: list[Builder[Dataquery]]) -> Self: ...
    def unit(self, unit: str) -> Self: ...
    def decimals(self, decimals: float) -> Self: ...
    def min(self, min_val: float) -> Self: ...
    def max(self, max_val: float) -> Self: ...
    def mappings(self, mappings: list[model.ValueMapping]) -> Self: ...
    def thresholds(self, thresholds: Builder[model.ThresholdsConfig]) -> Self: ...
    def color_scheme(self, color: Builder[model.FieldColor]) -> Self: ...
    def no_value(self, no_value: str) -> Self: ...


def drawn(panel: Panel, number: int, place: model.GridPos) -> model.Panel:
    """Return the SDK's model of a panel with its id and its place."""
    start: _Drawn = _PENS[panel.draw](panel)
    pen = (
        start.id(number)
        .title(panel.title)
        .description(panel.good)
        .datasource(SOURCE)
        .grid_pos(place)
        .links([_runbook(panel)])
        .targets([_target(panel, ask, at) for at, ask in enumerate(panel.asks)])
        .unit(panel.unit)
        .thresholds(_thresholds(panel.steps))
        .color_scheme(dashboard.FieldColor().mode(_colours(panel)))
        .mappings(_mappings(panel.words))
        .no_value("–")
    )
    if panel.least is not None:
        pen = pen.min(panel.least)
    if panel.most is not None:
        pen = pen.max(panel.most)
    if panel.decimals is not None:
        pen = pen.decimals(panel.decimals)
    return pen.build()


def _runbook(panel: Panel) -> dashboard.DashboardLink:
    link = dashboard.DashboardLink("What to do").type(model.DashboardLinkType.LINK)
    return link.url(f"${{runbooks:raw}}#{panel.see}").target_blank(target_blank=True)


def _target(panel: Panel, ask: Ask, at: int) -> prometheus.Dataquery:
    query = prometheus.Dataquery().expr(ask.expr).ref_id(chr(ord("A") + at)).datasource(SOURCE)
    query = query.legend_format(ask.name or panel.title)
    if panel.draw == "heatmap":
        query = query.format(PromQueryFormat.HEATMAP)
    # A ranking is over the whole range that is looked at: one value per series, not a line.
    return query.instant() if panel.draw == "ranking" else query.range()


def _thresholds(steps: Steps) -> dashboard.ThresholdsConfig:
    rows = [model.Threshold(value=value, color=colour) for value, colour in steps]
    return dashboard.ThresholdsConfig().mode(model.ThresholdsMode.ABSOLUTE).steps(rows)


def _colours(panel: Panel) -> model.FieldColorModeId:
    # By name: a fate has the same colour whichever others are drawn beside it.
    plain = panel.draw in ("lines", "stacked", "bars")
    return model.FieldColorModeId.PALETTE_CLASSIC_BY_NAME if plain else model.FieldColorModeId.THRESHOLDS


def _mappings(words: Sequence[tuple[str, str, str]]) -> list[model.ValueMapping]:
    options = {
        value: model.ValueMappingResult(text=word, color=colour, index=index)
        for index, (value, word, colour) in enumerate(words)
    }
    return [model.ValueMap(options=options)] if options else []


def _stat(panel: Panel) -> stat.Panel:
    return (
        stat.Panel()
        .graph_mode(shapes.BigValueGraphMode.NONE if panel.words else shapes.BigValueGraphMode.AREA)
        .color_mode(shapes.BigValueColorMode.VALUE)
        .text_mode(shapes.BigValueTextMode.VALUE)
        .reduce_options(common.ReduceDataOptions().calcs(["lastNotNull"]))
    )


def _lines(panel: Panel) -> timeseries.Panel:
    limits = (
        shapes.GraphTresholdsStyleMode.DASHED if len(panel.steps) > 1 else shapes.GraphTresholdsStyleMode.OFF
    )
    return (
        timeseries.Panel()
        .draw_style(shapes.GraphDrawStyle.LINE)
        .line_width(1)
        .fill_opacity(8)
        .show_points(shapes.VisibilityMode.NEVER)
        .thresholds_style(common.GraphThresholdsStyleConfig().mode(limits))
        .legend(
            common.VizLegendOptions()
            .display_mode(shapes.LegendDisplayMode.LIST)
            .placement(shapes.LegendPlacement.BOTTOM)
            .show_legend(show_legend=True)
        )
        .tooltip(
            common.VizTooltipOptions().mode(shapes.TooltipDisplayMode.MULTI).sort(shapes.SortOrder.DESCENDING)
        )
    )


def _stacked(panel: Panel) -> timeseries.Panel:
    stack = common.StackingConfig().mode(shapes.StackingMode.NORMAL)
    return _lines(panel).stacking(stack).fill_opacity(45).line_width(0)


def _bars(panel: Panel) -> timeseries.Panel:
    return _stacked(panel).draw_style(shapes.GraphDrawStyle.BARS).fill_opacity(70)


def _heatmap(panel: Panel) -> heatmap.Panel:
    return (
        heatmap.Panel()
        .calculate(calculate=False)
        .color(
            heatmap.HeatmapColorOptions()
            .mode(HeatmapColorMode.SCHEME)
            .scheme("Oranges")
            .scale(HeatmapColorScale.EXPONENTIAL)
            .exponent(0.5)
            .steps(64)
        )
        .filter_values(heatmap.FilterValueRange().le(1e-9))
        .rows_frame(heatmap.RowsHeatmapOptions().layout(shapes.HeatmapCellLayout.AUTO))
        .y_axis(heatmap.YAxisConfig().unit(panel.unit).axis_placement(shapes.AxisPlacement.LEFT))
        .cell_values(heatmap.CellValues().unit("short"))
        .cell_gap(1)
        .scale_distribution(common.ScaleDistributionConfig().type(shapes.ScaleDistribution.LINEAR))
        .show_value(shapes.VisibilityMode.NEVER)
        .show_tooltip()
        .show_legend()
    )


def _ranking(_: Panel) -> bargauge.Panel:
    return (
        bargauge.Panel()
        .display_mode(shapes.BarGaugeDisplayMode.BASIC)
        .orientation(shapes.VizOrientation.HORIZONTAL)
        .show_unfilled(show_unfilled=True)
        .reduce_options(common.ReduceDataOptions().calcs(["lastNotNull"]))
    )


_PENS: dict[Draw, Callable[[Panel], _Drawn]] = {
    "stat": _stat,
    "lines": _lines,
    "stacked": _stacked,
    "bars": _bars,
    "heatmap": _heatmap,
    "ranking": _ranking,
}
