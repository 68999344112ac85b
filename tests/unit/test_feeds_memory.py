"""The promises of feeds.memory."""

from datetime import UTC, datetime

import msgspec
import pytest

from dateline.feeds import memory
from dateline.feeds.memory import Row
from dateline.model import Entry

ENTRY = Entry(
    guid="1",
    url="https://a.test/1",
    title="Two hurt",
    summary="On Tuesday.",
    html="<p>Two <b>hurt</b> in fire</p>",
)


@pytest.mark.parametrize(
    "changes",
    [
        {"guid": "2"},
        {"url": "https://a.test/2?x=1"},
        {"published_at": datetime(2026, 1, 1, tzinfo=UTC), "updated_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"author": "B", "language": "de"},
        {"title": " TWO  hurt\n"},
        {"html": "<div class='x'>Two hurt in <a href='/f?1'>fire</a><br></div><script>n(7)</script>"},
    ],
)
def test_what_is_no_news_is_no_change(changes):
    """Ids, addresses, dates, markup, case and white space do not count."""
    assert memory.digest(msgspec.structs.replace(ENTRY, **changes)) == memory.digest(ENTRY)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Three hurt"},
        {"summary": "On Monday."},
        {"html": "<p>Three hurt in fire</p>"},
        {"html": ""},
        {"title": "", "summary": "Two hurtOn Tuesday."},
    ],
)
def test_other_words_are_a_change(changes):
    """Title, summary and body each count, and which is which."""
    assert memory.digest(msgspec.structs.replace(ENTRY, **changes)) != memory.digest(ENTRY)


def test_a_digest_is_eight_bytes_and_stays():
    """It is compared between polls and versions: the same words give the same bytes."""
    assert memory.digest(Entry(guid="1", title="Fog")).hex() == "d9bbf6ac46993e8c"
    assert memory.digest(Entry(guid="1", title="\ud800")) != memory.digest(Entry(guid="1", title="x"))


@pytest.mark.parametrize("blob", [b"x", b"x" * 23, b"x" * 25, b"x" * (24 * 5001)])
def test_bytes_of_another_length_are_no_rows(blob):
    """What was not written here makes all items unknown, which costs a full parse and nothing else."""
    assert memory.decode(blob) == ()


def test_of_very_many_rows_the_first_are_kept():
    """5,000, as many as a feed may have entries: 120 kB."""
    rows = [Row(number.to_bytes(8, "big"), b"g" * 8, b"d" * 8) for number in range(5010)]
    assert memory.decode(memory.encode(rows)) == tuple(rows[: memory.MAX_ROWS])


def test_a_row_of_other_fields_is_refused():
    """A hash of another length would shift all rows behind it."""
    with pytest.raises(ValueError, match="8 bytes"):
        memory.encode([Row(b"", b"g" * 8, b"d" * 8)])


def test_hashes_tell_contexts_apart():
    """The same item in another context, and the same bytes cut otherwise, are other items."""
    given = {
        memory.hasher(*context)(item)
        for context, item in (((), b"ab"), (("a",), b"b"), (("a", "b"), b""), (("ab",), b""))
    }
    assert len(given) == 4


@pytest.mark.parametrize(
    ("url", "stem"),
    [
        ("https://a.test/f?x=1#y", "https://a.test/f"),
        ("https://a.test", "https://a.test"),
        ("http://[", "http://["),
        ("", ""),
    ],
)
def test_the_stem_of_an_address_has_no_query(url, stem):
    """Sessions and signatures in a query make no item another one."""
    assert memory.stem(url) == stem
