"""Hostile pages, each in a killable child under limits: a named reason or the article, and the neighbours unaffected."""

from collections.abc import Iterator

import hostile_characters
import hostile_kinds
import hostile_records
import hostile_structure
import msgspec
import pytest
from hostile_story import HTML, Answer, Case, page, whole

from dateline.errors import BadPage, ChildLost
from dateline.sandbox import Sandbox
from dateline.text import extract

pytestmark = pytest.mark.integration

#: What reading one page may add to the child's memory, and how long it may take.
MEMORY_BYTES = 256_000_000
DEADLINE_S = 30.0

CASES = {
    **hostile_characters.CASES,
    **hostile_structure.CASES,
    **hostile_records.CASES,
    **hostile_kinds.CASES,
}

_GOOD = f"{HTML}\n{page()}".encode()


def read(item: bytes) -> bytes:
    """The child's work: content type and page in, the article or the reason out."""
    content_type, _, body = item.partition(b"\n")
    try:
        article = extract.read_html(body, url="https://news.test/story", content_type=content_type.decode())
    except BadPage as error:
        return msgspec.json.encode({"error": error.reason, "detail": str(error)})
    return msgspec.json.encode(article)


@pytest.fixture(scope="module")
def _warm() -> None:
    """As a worker before it forks: what is built at the first page is not the hostile page's doing."""
    extract.load()
    read(b"text/html\n" + _GOOD.partition(b"\n")[2])


@pytest.fixture
def child(_warm: None) -> Iterator[Sandbox]:
    """A child for one case: its memory is what the page and its neighbour added, in whatever order cases run."""
    sandbox = Sandbox(read, memory_bytes=MEMORY_BYTES)
    yield sandbox
    sandbox.close()


def test_no_two_cases_bear_one_name() -> None:
    """Every case is run."""
    parts = (hostile_characters, hostile_structure, hostile_records, hostile_kinds)
    assert len(CASES) == sum(len(part.CASES) for part in parts)


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_page_costs_itself_only(child: Sandbox, name: str) -> None:
    """It ends in its reason or its article, within 30 s and 256 MB; a plain page right after it reads as ever."""
    hostile: Case = CASES[name]()
    outcome, after = child.run([hostile.content_type.encode() + b"\n" + hostile.body, _GOOD], DEADLINE_S)
    assert not isinstance(outcome, ChildLost), outcome
    assert not isinstance(after, ChildLost), after
    assert fits(msgspec.json.decode(outcome), hostile.answer), outcome[:2_000]
    assert whole(msgspec.json.decode(after))


def fits(read: dict[str, object], answer: Answer) -> bool:
    if isinstance(answer, str):
        return read.get("error") == answer
    return "error" not in read and answer(read)
