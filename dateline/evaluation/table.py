"""A report as a table in Markdown: the goals, where we stand, and how sure that is.

Owns the look of it; ``docs/quality.md`` holds one.
"""

from dateline.evaluation.against import Comparison
from dateline.evaluation.figures import Figure
from dateline.evaluation.goals import GOALS, goal_of
from dateline.evaluation.report import Told


def table(told: Told) -> str:
    """Return the figures that have a goal, in the order of the goals, then those that have none."""
    every = {f"{part}/{name}": one for part, own in told.figures.items() for name, one in own.items()}
    named = [name for name in GOALS if name in every]
    named += [name for name in every if name not in GOALS and goal_of(name) is not None]
    lines = ["| measure | goal | value | 95 % | n | met |", "|---|---|---|---|---|---|"]
    for name in named:
        goal, one = goal_of(name), every[name]
        if goal is not None:
            sign = "≥" if goal.direction == "at_least" else "≤"
            lines.append(
                f"| {goal.about} | {sign} {number(goal.value)} | {number(one.value)} | {interval(one)} | {one.n} | "
                f"{'yes' if one.met else 'no'} |"
            )
    if any(one.get("noisy") for one in told.notes.get("machine_noise", {}).values()):
        lines += ["", "The machine was busy with other work in this run: its speeds mean little."]
    rest = [name for name in every if goal_of(name) is None]
    if rest:
        lines += ["", "| measure without a goal | value | 95 % | n |", "|---|---|---|---|"]
        lines += [
            f"| {name} | {number(every[name].value)} | {interval(every[name])} | {every[name].n} |"
            for name in rest
        ]
    return "\n".join(lines)


def changes(found: Comparison) -> str:
    """Return what differs between two reports, what is beyond noise first."""
    rows = sorted(found.changes.items(), key=lambda one: one[1].beyond_noise is not True)
    said = {True: "yes", False: "no", None: "not known"}
    lines = [
        "| measure | old | new | difference | better | worse | beyond noise |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| {name} | {number(one.old)} | {number(one.new)} | {'+' if one.difference > 0 else '−'}"
            f"{number(abs(one.difference))} | {_blank(one.better)} | {_blank(one.worse)} | {said[one.beyond_noise]} |"
            for name, one in rows
        ),
        "",
        f"{found.unchanged} figures are what they were.",
    ]
    if found.other_corpora:
        lines.append(f"Not the same documents: {', '.join(found.other_corpora)}.")
    return "\n".join(lines)


def _blank(count: int | None) -> str:
    return "" if count is None else str(count)


def number(value: float) -> str:
    """Return three decimals below ten, none of a count: ".784", "2.18", "303"."""
    if value == int(value):
        return str(int(value))
    return f"{value:.3f}".lstrip("0") if abs(value) < 1 else f"{value:.2f}"


def interval(one: Figure) -> str:
    """Return "low to high", or nothing where chance has no part."""
    if one.low is None or one.high is None or one.low == one.high == one.value:
        return ""
    return f"{number(one.low)} to {number(one.high)}"
