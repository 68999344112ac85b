"""The documents say what the code says: settings, commands, metrics, reasons, records, links."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import typer.main
from prometheus_client.metrics import MetricWrapperBase

from dateline import metrics
from dateline.cli import app
from dateline.errors import Reason
from dateline.incidents import record
from dateline.model import Article, Fate, Role
from dateline.settings import Settings, from_environment
from dateline.text import clean
from dateline.text.walls import Wall
from services.poller.tally import Polled, Seen, Stage

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
DOCS = ROOT / "docs"
PAGES = (README, ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md")))

_ROW = re.compile(r"^\| `(?P<name>[^`]+)` \| (?P<rest>.*) \|$", re.MULTILINE)
_SETTING = re.compile(r"(?P<lines>(?:^ {4}#: .*\n)+) {4}(?P<name>\w+): ", re.MULTILINE)
_LINK = re.compile(r"\[[^\]\n]*\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (?P<text>.+)$", re.MULTILINE)
_PATH = re.compile(r"`(?P<path>(?:dateline|services|workers|tests|deploy|docs)/[\w./*-]+)`")
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_JSON = re.compile(r"^```json\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def settings() -> list[tuple[str, str]]:
    """Name and default of each setting, as the documents spell them."""
    fields = msgspec.structs.fields(Settings)
    return [
        (f"DATELINE_{one.name.upper()}", f"`{one.default}`" if one.default != "" else "(empty)")
        for one in fields
    ]


def meanings() -> dict[str, str]:
    source = (ROOT / "dateline/settings.py").read_text("utf-8")
    return {
        f"DATELINE_{found['name'].upper()}": " ".join(
            line.strip().removeprefix("#: ") for line in found["lines"].splitlines()
        )
        for found in _SETTING.finditer(source)
    }


def rows(page: Path, start: str = "DATELINE_") -> dict[str, list[str]]:
    found = {row["name"]: row["rest"].split(" | ") for row in _ROW.finditer(page.read_text("utf-8"))}
    return {name: cells for name, cells in found.items() if name.startswith(start)}


@pytest.mark.parametrize("page", [README, DOCS / "configuration.md"], ids=["readme", "configuration"])
def test_a_page_lists_every_setting_with_its_default(page: Path) -> None:
    """Names, defaults and order are those of the code, and nothing else is listed."""
    assert [(name, cells[0]) for name, cells in rows(page).items()] == settings()


def test_the_configuration_page_gives_the_meaning_that_stands_in_the_code() -> None:
    """The text of each row is the comment above the field."""
    assert {name: cells[1] for name, cells in rows(DOCS / "configuration.md").items()} == meanings()


def test_the_example_environment_is_the_defaults() -> None:
    """Every variable stands there once, commented out; without the comment marks the file gives the defaults."""
    text = (ROOT / "deploy/env.example").read_text("utf-8")
    given = dict(line[1:].split("=", 1) for line in text.splitlines() if line.startswith("#DATELINE_"))
    assert list(given) == [name for name, _ in settings()]
    assert from_environment(given) == Settings()
    said = " ".join(line.removeprefix("#").strip() for line in text.splitlines())
    assert [name for name, meaning in meanings().items() if meaning not in said] == []
    assert [line for line in text.splitlines() if line and not line.startswith("#")] == []


def commands(command: Any, path: str = "dateline") -> Iterator[tuple[str, Any]]:
    if groups := getattr(command, "commands", None):
        for name, one in groups.items():
            yield from commands(one, f"{path} {name}")
    else:
        yield path, command


def test_the_readme_lists_every_command_and_option() -> None:
    """The table of the command line has each command, and each of its options in the command's own row."""
    lines = [line for line in README.read_text("utf-8").splitlines() if line.startswith("| `dateline ")]
    missing = []
    for path, command in commands(typer.main.get_command(app)):
        here = [
            part
            for line in lines
            for part in re.findall(r"`([^`]+)`", line.split(" | ")[0])
            if f"{part} ".startswith(f"{path} ")
        ]
        missing += [path] if not here else []
        for option in (
            one for one in command.params if one.param_type_name == "option" and one.name != "help"
        ):
            names = {*option.opts, *option.secondary_opts}
            missing += [f"{path} {names}"] if here and not any(name in here[0] for name in names) else []
    assert missing == []


def test_the_readme_lists_no_command_that_is_not_there() -> None:
    """What the table promises can be run."""
    known = {path for path, _ in commands(typer.main.get_command(app))}
    lines = [line for line in README.read_text("utf-8").splitlines() if line.startswith("| `dateline ")]
    listed = {
        part for line in lines for part in re.findall(r"`(dateline [a-z ]*[a-z])", line.split(" | ")[0])
    }
    assert listed == known


def family(one: MetricWrapperBase) -> str:
    """The name under which dashboards know it."""
    return one._name + {"counter": "_total", "info": "_info"}.get(one._type, "")


def test_every_metric_is_listed_with_its_labels() -> None:
    """docs/metrics.md has a row for each metric of the code: name, kind, labels; and no other row."""
    known = {
        family(one): [one._type, ", ".join(f"`{label}`" for label in one._labelnames) or "–"]
        for one in vars(metrics).values()
        if isinstance(one, MetricWrapperBase)
    }
    listed = {name: cells[:2] for name, cells in rows(DOCS / "metrics.md", "dateline_").items()}
    assert listed == known


@pytest.mark.parametrize("values", [Fate, Polled, Seen, Stage], ids=lambda values: values.__name__)
def test_every_value_of_a_label_is_explained(values: Any) -> None:
    """The enumerations behind the labels stand in docs/metrics.md."""
    text = (DOCS / "metrics.md").read_text("utf-8")
    assert [one.value for one in values if f"`{one.value}`" not in text] == []


def test_every_reason_is_explained() -> None:
    """docs/reasons.md has a row for each reason, and no other."""
    assert set(rows(DOCS / "reasons.md", "")) == {one.value for one in Reason}


def fields(of: type[msgspec.Struct]) -> set[str]:
    return {one.encode_name for one in msgspec.structs.fields(of)}


@pytest.mark.parametrize(
    "of",
    [
        record.Envelope, record.Incident, record.When, record.Place, record.Actor, record.Count, record.Group,
        record.Claim, record.Toll, record.Source, record.ArticleRef, record.Evidence, record.Plover,
    ],
)  # fmt: skip
def test_every_field_of_the_record_is_explained(of: type[msgspec.Struct]) -> None:
    """docs/record.md names each field of each part of the record."""
    text = (DOCS / "record.md").read_text("utf-8")
    assert [name for name in sorted(fields(of)) if f"`{name}`" not in text] == []


def named_in(page: Path) -> set[str]:
    """What the first column of a page's tables names, several names in one cell included."""
    cells = [line.split(" | ")[0] for line in page.read_text("utf-8").splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def test_every_field_of_an_article_is_explained() -> None:
    """docs/text.md has a row for each field of an article, each role and each wall."""
    known = {*fields(Article), *Role, *Wall}
    assert known - named_in(DOCS / "text.md") == set()


def test_every_cleaning_rule_is_explained() -> None:
    """docs/text.md has a row for each name under which a line is taken out."""
    known = {rule.name for rule in clean.RULES if not rule.is_caption}
    assert known - named_in(DOCS / "text.md") == set()


def test_the_envelopes_shown_decode() -> None:
    """A reader may take the examples at their word: they are envelopes of schema 1, and hold no unknown field."""
    shown = [found["body"] for page in PAGES for found in _JSON.finditer(page.read_text("utf-8"))]
    assert shown
    for body in shown:
        given = json.loads(body)
        again = json.loads(record.encode(record.decode_envelope(body)))
        assert set(given) <= set(again)
        assert set(given["incident"]) <= set(again["incident"])


def slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_resolve(page: Path) -> None:
    """Every relative link leads to a file of the repository, and to a heading where it names one."""
    broken = []
    for found in _LINK.finditer(_FENCE.sub("", page.read_text("utf-8"))):
        target, _, anchor = found["target"].partition("#")
        if "://" in target:
            continue
        file = (page.parent / target).resolve() if target else page
        if not file.exists():
            broken.append(found["target"])
        elif anchor:
            headings = {
                slug(one["text"]) for one in _HEADING.finditer(_FENCE.sub("", file.read_text("utf-8")))
            }
            broken += [found["target"]] if anchor not in headings else []
    assert broken == []


def test_files_that_are_named_exist() -> None:
    """A path in code type leads to a file; one with * to at least one."""
    named = {
        (page.name, found["path"]) for page in PAGES for found in _PATH.finditer(page.read_text("utf-8"))
    }
    assert len(named) > 10
    assert sorted((page, path) for page, path in named if not any(ROOT.glob(path.rstrip("/")))) == []


def test_every_page_is_reached_from_the_readme() -> None:
    """No document lies where nobody finds it."""
    reached, queue = {README}, [README]
    while queue:
        page = queue.pop()
        for found in _LINK.finditer(page.read_text("utf-8")):
            target = (page.parent / found["target"].partition("#")[0]).resolve()
            if target.suffix == ".md" and target.exists() and target not in reached:
                reached.add(target)
                queue.append(target)
    assert set(PAGES) - reached == set()
