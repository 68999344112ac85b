"""Our own feeds of every format, against what they must be read as."""

from pathlib import Path

import msgspec
import pytest

from dateline.feeds import formats
from dateline.model import ParsedFeed

FOLDER = Path(__file__).parent / "feeds"
FEEDS = sorted(path for path in FOLDER.iterdir() if not path.name.endswith(".expected.json"))


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.name)
def test_a_feed_of_each_format_is_read_as_written_down(path):
    """Titles, addresses, bodies, dates and flaws of each format are those of the file beside it."""
    expected = msgspec.json.decode(path.with_name(f"{path.stem}.expected.json").read_bytes(), type=ParsedFeed)
    parsed = formats.parse(path.read_bytes(), "", "https://base.example/feed")
    assert msgspec.structs.replace(parsed, items=()) == expected  # hashes would say nothing to a reader
    assert {item.entry for item in parsed.items} >= set(range(len(parsed.entries)))


def test_every_format_has_a_golden():
    """RSS 0.91 and 2.0, RDF, Atom 0.3 and 1.0, JSON Feed and a broken feed are all held."""
    formats_held = {
        msgspec.json.decode(path.read_bytes())["format"] for path in FOLDER.glob("*.expected.json")
    }
    assert {"rss20", "rss091n", "rss10", "atom03", "atom10", "json1"} <= formats_held
