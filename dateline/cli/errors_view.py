"""Errors of the coding in a terminal: gold, coded and text side by side.

Owns the look of one document there. Wide terminals get three columns, narrow ones the text below; text
from outside is shown as printable characters only. What is shown is ``evaluation.shown``'s.
"""

import io

from rich.console import Console, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dateline.cli.show import plain
from dateline.evaluation.shown import Shown, pieces

WIDE = 110
"""Columns of a terminal from which on the text stands beside gold and coding."""

_STYLES = {"evidence": "yellow", "gold": "underline", "trigger": "bold green", "taken_back": "strike red"}
_MARKS = {"opens": ("● ", "green"), "joins": ("○ ", "green"), "refused": ("✗ ", "red"), "silent": ("  ", "")}


def rendered(shown: Shown, width: int, *, colours: bool) -> str:
    """Return one document as lines of at most ``width`` columns, with ANSI colours or none."""
    file = io.StringIO()
    console = Console(
        file=file,
        width=width,
        force_terminal=colours,
        color_system="standard" if colours else None,
        highlight=False,
        legacy_windows=False,
    )
    kinds = ", ".join(dict.fromkeys(one.kind for one in shown.faults)) or "right"
    console.print(Rule(Text(plain(f"{shown.set} {shown.id} {kinds}")), align="left"))
    console.print(_head(shown))
    gold, given, text = _pairs("GOLD", shown.gold), _pairs("CODED", shown.given), _text(shown)
    grid = Table.grid(padding=(0, 2), expand=True)
    if width >= WIDE:
        for share in (2, 3, 5):
            grid.add_column(ratio=share, overflow="fold")
        grid.add_row(gold, given, text)
        console.print(grid)
    else:
        for share in (2, 3):
            grid.add_column(ratio=share, overflow="fold")
        grid.add_row(gold, given)
        console.print(grid)
        console.print(text)
    console.print()
    return file.getvalue()


def _head(shown: Shown) -> Group:
    told = shown.trace
    second = "" if told.second is None else f", then {told.second:.2f} (counts from {told.threshold:.2f})"
    lines = [Text(plain(one), style="bold") for one in (f"{shown.title} {shown.published}".strip(),) if one]
    lines.append(Text(plain(f"relevance {told.first:.2f} (gate {told.gate:.2f}){second}. {told.whole}")))
    lines += [
        Text.assemble((f"{one.kind}: ", "red"), plain(f"gold {one.gold or '-'} | given {one.given or '-'}"))
        for one in shown.faults
    ]
    return Group(*lines)


def _pairs(title: str, rows: tuple[tuple[str, str], ...]) -> Group:
    told = [Text.assemble((plain(name), "cyan"), " ", plain(value)) for name, value in rows]
    return Group(Text(title, style="bold"), *(told or [Text("nothing")]))


def _text(shown: Shown) -> Group:
    """Return the sentences that were read, each with its mark and, where it opened or was refused, the reason."""
    lines: list[Padding | Text] = [Text("TEXT", style="bold")]
    for line in shown.trace.lines:
        mark, style = _MARKS[line.part]
        told = Text()
        for piece, spans in pieces(shown.text, line.start, line.end, shown.spans):
            styles = " ".join(dict.fromkeys(_STYLES[one.style] for one in spans))
            # Blanks at a piece's ends part it from its neighbours.
            left = " " if piece[:1].isspace() else ""
            right = " " if piece[-1:].isspace() and piece.strip() else ""
            told.append(f"{left}{plain(piece)}{right}", style=styles)
        lines.append(Text.assemble((mark, style), told))
        if line.part != "silent":
            score = "" if line.score is None else f" ({line.score:+.1f})"
            lines.append(Padding(Text(f"{plain(line.why)}{score}", style="dim"), (0, 0, 0, 4)))
    if not shown.trace.lines:
        lines.append(Text(plain(shown.text)))
    return Group(*lines)
