"""The promises of reading against hostile pages: each ends in an article or a named reason, soon."""

import time

import pytest

from dateline.errors import BadPage, Reason
from dateline.model import Line, Role
from dateline.text import clean, extract

SENTENCE = "The convoy was attacked near the river on Sunday and nine men were killed, officials said. "
STORY = "".join(f"<p>{SENTENCE} It was number {number} of the week in the area.</p>" for number in range(6))


def shell(inner: str) -> bytes:
    return f"<html><head><title>A story of the river</title></head><body>{inner}</body></html>".encode()


HOSTILE = {
    "empty": (b"", Reason.NOT_HTML),
    "blank": (b" \n\t ", Reason.NOT_HTML),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3 " + b"x" * 500, Reason.NOT_HTML),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, Reason.NOT_HTML),
    "json": (b'{"title": "<p>no page</p>", "items": []}', Reason.NOT_HTML),
    "random": (bytes((i * 7919) % 251 for i in range(5000)), Reason.NOT_HTML),
    "nul": (b"\x00" * 5000, Reason.NOT_HTML),
    "no text": (shell("<div></div>"), Reason.NO_TEXT),
    "teaser": (
        shell("<p>Nine men were killed near the river on Sunday when a convoy was...</p>"),
        Reason.NO_TEXT,
    ),
    "deep mixed": (shell("<div>a" * 400 + STORY + "</div>" * 400), Reason.TOO_DEEP),
    "many paragraphs": (shell(f"<p>{SENTENCE}</p>" * 60_000), Reason.TOO_MANY_NODES),
    "many links": (shell('<a href="/x">word</a> ' * 60_000), Reason.TOO_MANY_NODES),
    "attributes": (
        shell("<p " + " ".join(f'a{i}="1"' for i in range(50_000)) + f">{STORY}</p>"),
        Reason.TOO_MANY_NODES,
    ),
    "bare attributes": (
        shell("<p " + " ".join(f"a{i}" for i in range(50_000)) + f">{STORY}</p>"),
        Reason.TOO_MANY_NODES,
    ),
    "dated paragraphs": (
        shell(
            "".join(f"<p>On March {i % 28 + 1}, 2024 men numbered {i} were killed.</p>" for i in range(6_000))
        ),
        Reason.EXTRACT_BUDGET,
    ),
    "line breaks": (shell(f"<p>{'word<br>' * 20_000}</p>"), Reason.EXTRACT_BUDGET),
    "table rows": (shell("<table>" + "<tr><td>a</td></tr>" * 12_000 + "</table>"), Reason.EXTRACT_BUDGET),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_has_a_named_reason_soon(name: str) -> None:
    """What can not be read is refused by its reason within two seconds."""
    body, reason = HOSTILE[name]
    start = time.perf_counter()
    with pytest.raises(BadPage) as caught:
        extract.read_html(body, url="https://news.test/story")
    assert caught.value.reason is reason
    assert time.perf_counter() - start < 2


def test_wrappers_three_hundred_deep_are_flattened() -> None:
    """A story inside 300 empty wrappers is read, where the library alone gives nothing."""
    read = extract.read_html(shell("<div>" * 300 + STORY + "</div>" * 300), url="")
    assert read.text.count("nine men were killed") == 6


@pytest.mark.parametrize(
    "page",
    [
        " " * 5_000 + "<html><body>{}</body></html>",
        "<html><head><title>A story</titlevalue></head><body>{}</body></html>",
        "<html><head><title>A story</title><odd><div>{}</div></head></html>",
        "<html><head></head><body><p>Weather: 25 degrees.</p></body></html><html><head></head><body>{}</body></html>",
        "<html><body><p>Weather: 25 degrees.</p></body>{}</html>",
        '<html logo.jpg" alt="Logo" /><body>{}</body></html>',
        "<?xml version='1.0' encoding='utf-16'?><html><body>{}</body></html>",
        "{}",
        "<body>{}<body>",
    ],
    ids=["late", "open title", "no body", "two pages", "behind", "closed root", "xml", "bare", "bodies"],
)
def test_a_page_put_together_wrongly_is_read(page: str) -> None:
    """Where a browser shows the story the reading has it, though the parser would lose it."""
    read = extract.read_html(page.format(STORY).encode(), url="")
    assert read.text.count("nine men were killed") == 6


def test_a_million_characters_on_one_line_are_read_soon() -> None:
    """A page that is one endless line costs no more than its size."""
    start = time.perf_counter()
    assert extract.read_html(shell(f"<p>{SENTENCE * 12_000}</p>"), url="").text
    assert time.perf_counter() - start < 5


def test_lone_surrogates_and_nul_do_not_lose_the_text() -> None:
    """Characters that no encoder takes are scrubbed and the rest is kept."""
    read = extract.read_html(shell(STORY.replace("river", "ri\x00ver\x0b")) + b"\xed\xa0\x80", url="")
    assert "near the river on Sunday" in read.text
    read.text.encode("utf-8")


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "a ",
        "A a ",
        "#a ",
        "| ",
        "By A ",
        "A/",
        "10:",
        "@a ",
        "© ",
        "(",
        ". ",
        "comment ",
        "إ ",
        "،|",
        "Я-",
        "share, ",
        "al-",
    ],
)
def test_no_rule_is_slow_on_a_repetitive_line(unit: str) -> None:
    """Patterns are linear in practice: a line of repetitions is judged in milliseconds."""
    lines = [
        Line(Role.BODY, (unit * clean.LINE_MAX_CHARS)[:size]) for size in (200, 800, clean.LINE_MAX_CHARS)
    ]
    clean.load()
    start = time.perf_counter()
    clean.clean_lines(lines)
    assert time.perf_counter() - start < 0.5
