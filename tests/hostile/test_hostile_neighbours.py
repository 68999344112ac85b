"""What stands beside a hostile page: the feed's own text takes its place, and telling of it is safe as well."""

import io
from collections.abc import Iterator

import hostile_characters
import hostile_kinds
import hostile_records
import hostile_structure
import make
import msgspec
import pytest
from hostile_story import PARAGRAPHS, STORY, TEXT, TITLE, page
from rich.console import Console

from dateline.cli import explain, show_page
from dateline.errors import BadPage, ChildLost, Reason
from dateline.model import Article, Page, TextSource
from dateline.sandbox import Sandbox
from dateline.text import extract

pytestmark = pytest.mark.integration

#: Larger pages are read in ``test_hostile_pages``; telling of a page reads it twice.
TOLD_BYTES = 100_000

CASES = {
    **hostile_characters.CASES,
    **hostile_structure.CASES,
    **hostile_records.CASES,
    **hostile_kinds.CASES,
}

#: One page for each reason that reading gives.
REFUSED = {
    Reason.TOO_DEEP: "300 wrappers with text",
    Reason.TOO_MANY_NODES: "100,000 links",
    Reason.EXTRACT_BUDGET: "12,000 rows",
    Reason.NOT_HTML: "a PDF",
    Reason.NO_TEXT: "a comment without end before the story",
}


def read(item: bytes) -> bytes:
    """The child's work on a page with its entry, as a worker's."""
    try:
        return msgspec.json.encode(extract.read(msgspec.msgpack.decode(item, type=Page)))
    except BadPage as error:
        return error.reason.encode()


def told(item: bytes) -> bytes:
    """The child's work for `read --explain`, and how it looks."""
    out = io.StringIO()
    show_page.page(explain.of(item, url="https://news.test/story"), Console(file=out, highlight=False))
    return out.getvalue().encode()


@pytest.fixture(scope="module")
def _warm() -> None:
    """As a worker before it forks."""
    extract.load()
    read(given(page().encode()))
    told(page().encode())


def child_for(work: object) -> Iterator[Sandbox]:
    sandbox = Sandbox(work, memory_bytes=256_000_000)
    yield sandbox
    sandbox.close()


@pytest.fixture
def reader(_warm: None) -> Iterator[Sandbox]:
    yield from child_for(read)


@pytest.fixture
def teller(_warm: None) -> Iterator[Sandbox]:
    yield from child_for(told)


def given(body: bytes, **fields: str) -> bytes:
    entry = make.entry(1, **{"title": TITLE, "summary": "", **fields})
    return msgspec.msgpack.encode(make.page(1, body=body, content_type="text/html", entry=entry))


@pytest.mark.parametrize("reason", REFUSED)
def test_the_feeds_own_text_stands_in(reader: Sandbox, reason: Reason) -> None:
    """Where the page is refused the feed's text is the article; without one the page's reason is told."""
    body = CASES[REFUSED[reason]]().body
    with_text, with_summary, without = reader.run(
        [given(body, html=STORY), given(body, summary=TEXT), given(body)], 30.0
    )
    for outcome in (with_text, with_summary):
        article = msgspec.json.decode(outcome, type=Article)
        assert (article.text, article.source) == (TEXT, TextSource.FEED)
    assert without == reason.encode()


@pytest.mark.parametrize(
    "html",
    [
        "<div>a" * 400 + STORY,
        "<p>" * 100_000,
        "\ufffe" + "<svg/onload=alert(1)>" * 100,
        "<!--" + STORY,
        "&#xD800;" * 50_000,
        "\0" * 100_000,
    ],
    ids=["deep", "many", "script", "comment", "references", "NUL"],
)
def test_a_hostile_feed_text_leaves_the_page_alone(reader: Sandbox, html: str) -> None:
    """A good page is read whatever the feed carries beside it."""
    (outcome,) = reader.run([given(page().encode(), html=html)], 30.0)
    article = msgspec.json.decode(outcome, type=Article)
    assert (article.text, article.source) == (TEXT, TextSource.PAGE)


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_page_can_be_told(teller: Sandbox, name: str) -> None:
    """`dateline read --explain` is total too, and passes on nothing that steers a terminal."""
    hostile = CASES[name]()
    if len(hostile.body) > TOLD_BYTES:
        hostile = hostile._replace(body=hostile.body[:TOLD_BYTES])
    outcome, after = teller.run([hostile.body, page().encode()], 30.0)
    assert not isinstance(outcome, ChildLost), outcome
    assert not isinstance(after, ChildLost), after
    shown = outcome.decode()
    assert all(one.isprintable() or one in "\n\u200c\u200d" for one in shown)
    assert after.decode().startswith(f"{TITLE}\n")
    assert f"body        {PARAGRAPHS[0]}\n" in after.decode()
