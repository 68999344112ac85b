"""`eval`: the coding measured on labelled sets, and its errors side by side.

Owns the options, the clocks and where the sets lie. What is measured and how it is judged is
``dateline.evaluation``'s.
"""

import os
import pydoc
import shutil
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import msgspec
import typer

from dateline.errors import Misconfigured

if TYPE_CHECKING:
    from dateline.evaluation.bench import Bench
    from dateline.evaluation.report import Told
    from dateline.evaluation.shown import Shown

_BESIDE = Path("../shared/data")
"""Where the sets lie when nobody says: beside the working folder."""

Data = Annotated[
    Path | None,
    typer.Argument(help="Folder with incidents/ and news/ [default: ../shared/data, where there is one]."),
]


def evaluate(
    data: Data = None,
    *,
    only: Annotated[
        str, typer.Option(help="Parts to measure, with commas: muc34,satp,speed [default: all].")
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="One JSON object; this is the default.")] = True,  # noqa: ARG001 - taken, since other commands take it
    table: Annotated[
        bool, typer.Option("--table", help="Tables in Markdown instead; with --against, of what changed.")
    ] = False,
    against: Annotated[
        Path | None, typer.Option(help="An older report: tell what changed, and what is beyond noise.")
    ] = None,
    outcomes: Annotated[
        bool,
        typer.Option(
            "--outcomes", help="Keep every document's marks, so that a later run compares by pairs."
        ),
    ] = False,
    instead: Annotated[
        list[str] | None,
        typer.Option("--set", help="NAME=FILE: read this file for a set: other documents of its kind."),
    ] = None,
    errors: Annotated[
        str, typer.Option(help="Show what is wrong in a set instead: gold, coding and text side by side.")
    ] = "",
    kind: Annotated[
        str, typer.Option(help="With --errors: missed, false, type, day, toll or place only.")
    ] = "",
    id_: Annotated[str, typer.Option("--id", help="With --errors: this document, wrong or right.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="With --errors: at most so many documents.")] = 50,
    html: Annotated[
        Path | None, typer.Option(help="With --errors: write one HTML page instead; sets with commas.")
    ] = None,
    first: Annotated[
        int | None, typer.Option(min=1, help="Only so many rows of each set: a quick look.")
    ] = None,
) -> None:
    """Measure the coding on labelled sets: every figure with n, 95 % interval and goal, as one JSON object.

    With --errors SET: the documents that are wrong, why, and what became of each sentence.

    Example: dateline eval ../shared/data --only muc34,satp --against before.json
    """
    from dateline.evaluation import against as comparing
    from dateline.evaluation import table as tables

    folder = _folder(data)
    if errors:
        _browse(_bench(folder, first, instead or []), _sets(errors), _Wanted(kind, id_, limit), html)
        return
    old = comparing.load(against) if against is not None else None
    told = _measured(_bench(folder, first, instead or []), _parts(only), outcomes=outcomes)
    changes = None if old is None else comparing.compare(old, told)
    if table:
        typer.echo(tables.table(told) if changes is None else tables.changes(changes))
    else:
        typer.echo(_json(told if changes is None else _both(told, changes)))
    for name, reason in told.broken.items():
        typer.echo(f"dateline: {name}: {reason}", err=True)
    if told.broken:
        raise typer.Exit(1)


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=1).decode()


def _both(told: "Told", comparison: msgspec.Struct) -> dict[str, object]:
    return {"against": comparison, **msgspec.structs.asdict(told)}


def _folder(data: Path | None) -> Path:
    folder = data or _BESIDE
    if not folder.is_dir():
        where = f"{folder} is no folder" if data else f"there is none at {_BESIDE}"
        raise Misconfigured(
            f"eval needs the folder of the labelled sets: {where}; name it: dateline eval DATA"
        )
    return folder


def _parts(only: str) -> tuple[str, ...]:
    from dateline.evaluation.registry import PARTS

    asked = [one.strip() for one in only.split(",") if one.strip()]
    unknown = [one for one in asked if one not in PARTS]
    if unknown:
        raise typer.BadParameter(f"unknown part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    return tuple(asked) or PARTS


def _sets(errors: str) -> tuple[str, ...]:
    from dateline.evaluation.registry import BROWSABLE, ORDINARY

    several = {"ordinary": ORDINARY, "all": BROWSABLE}
    named = [one.strip() for one in errors.split(",") if one.strip()]
    asked = tuple(name for one in named for name in several.get(one, (one,)))
    unknown = [one for one in asked if one not in BROWSABLE]
    if unknown:
        raise typer.BadParameter(f"no errors of {', '.join(unknown)}; there are {', '.join(BROWSABLE)}")
    return asked


class _Wanted(NamedTuple):
    """Which documents are looked at: of a kind of fault ("" any), by id ("" any), so many of each set."""

    kind: str
    id: str
    limit: int


def _browse(bench: "Bench", sets: tuple[str, ...], wanted: _Wanted, html: Path | None) -> None:
    """Show the errors of sets that are there; one that is not is named, and no failure."""
    from dateline.evaluation.cases import KINDS
    from dateline.evaluation.page import page
    from dateline.evaluation.shown import faulty, show

    kind = next((one for one in KINDS if one == wanted.kind), None)
    if wanted.kind and kind is None:
        raise typer.BadParameter(f"unknown kind {wanted.kind}; there are {', '.join(KINDS)}")
    absent = [one for one in sets if not bench.present(one)]
    if absent:
        typer.echo(f"dateline: not in {bench.data}: {', '.join(absent)}", err=True)
    wrong = (
        show(bench.coder, case)
        for name in sets
        if name not in absent
        for case in islice(faulty(bench.cases(name), kind, wanted.id or None), wanted.limit)
    )
    if html is not None:
        _write(html, page(list(wrong), f"Errors of {', '.join(sets)}"))
        return
    _tell(wrong)


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Misconfigured(f"cannot write {file}: {error}") from error


def _tell(documents: Iterator["Shown"]) -> None:
    """Print documents: coloured and paged in a terminal, plain when piped."""
    from dateline.cli.errors_view import rendered

    tty = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns
    texts = (rendered(one, width, colours=tty) for one in documents)
    if tty:
        os.environ.setdefault("LESS", "-R")  # less shows colours as codes without it
        pydoc.pager("".join(texts))
        return
    for text in texts:
        typer.echo(text, nl=False)


def _bench(folder: Path, first: int | None, instead: list[str]) -> "Bench":
    from dateline.evaluation.bench import Bench
    from dateline.evaluation.registry import BY_NAME
    from dateline.incidents.assemble import Coder

    named = [one.partition("=") for one in instead]
    for name, _, file in named:
        if name not in BY_NAME or not file:
            raise typer.BadParameter(f"--set takes NAME=FILE with a name of {', '.join(BY_NAME)}")
        if not Path(file).is_file():
            raise typer.BadParameter(f"--set {name}: no file at {file}")
    return Bench(folder, Coder.load(), first, {name: Path(file) for name, _, file in named})


def _measured(bench: "Bench", parts: tuple[str, ...], *, outcomes: bool) -> "Told":
    from dateline.evaluation import speed
    from dateline.evaluation.facts import facts
    from dateline.evaluation.report import Report

    clocks = speed.Clocks(time.process_time, time.perf_counter)
    return Report(bench, clocks, _checkout()).told(facts(), parts, keep_outcomes=outcomes)


def _checkout() -> Path | None:
    """Return the folder with tests/, where the package runs from a checkout."""
    import dateline

    folder = Path(dateline.__file__).resolve().parents[1]
    return folder if (folder / "tests/golden").is_dir() else None
