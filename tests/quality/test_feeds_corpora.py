"""The feed files of other parsers' tests: every one gives a feed or a named reason.

Figures: ``pytest tests/quality/test_feeds_corpora.py -s``; the whole set takes about 3 s.
"""

import json
import tarfile
import time
from collections import Counter
from pathlib import Path

import pytest

from dateline.errors import BadFeed
from dateline.feeds import dates, formats
from dateline.feeds.plain import plain

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "feeds"
MAX_PARSE_S = 2.0

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the public data sets are not beside the repository"),
]


def files(archive: str):
    """Yield (name, bytes) of the feeds in an archive; files of expected values are left out."""
    with tarfile.open(FOLDER / f"{archive}.tar.gz") as held:
        for member in held:
            name = member.name
            is_expected = name.endswith("_expected.json") or (name.endswith(".json") and "/json/" not in name)
            if member.isfile() and not is_expected and (opened := held.extractfile(member)):
                yield name, opened.read()


@pytest.mark.parametrize("archive", ["feedparser", "gofeed", "feedjira", "rome", "lemon24_reader"])
def test_every_file_is_a_feed_or_has_a_reason(archive):
    """No other exception leaves the parser, and none takes two seconds."""
    outcomes = Counter()
    for name, body in files(archive):
        started = time.perf_counter()
        try:
            feed = formats.parse(body, "", "https://example.org/feed")
        except BadFeed as error:
            outcomes[str(error.reason)] += 1
        else:
            outcomes["entries" if feed.entries else "no entries"] += 1
        assert time.perf_counter() - started < MAX_PARSE_S, name
    print(archive, dict(outcomes))  # noqa: T201
    refused = outcomes["not_a_feed"] + outcomes["empty_feed"] + outcomes["doctype_rejected"]
    assert outcomes["entries"] > 0
    assert refused <= max(3, 0.3 * outcomes.total())
    assert outcomes["parse_budget"] == 0


def expectations():
    """Yield (name, body, entries) of gofeed's tests: what another parser reads in the same bytes."""
    held = {}
    with tarfile.open(FOLDER / "gofeed.tar.gz") as archive:
        for member in archive:
            if member.isfile() and (opened := archive.extractfile(member)):
                held[member.name] = opened.read()
    for name, body in held.items():
        other = name[:-4] + ".json" if name.endswith(".xml") else name.replace(".json", "_expected.json")
        if other in held and other != name:
            value = json.loads(held[other])
            yield name, body, value.get("entries") or value.get("items") or []


def test_titles_links_and_dates_agree_with_gofeed():
    """Of what gofeed's tests expect, at least 95 % of titles (without their markup), links and dates are ours too."""
    seen = Counter()
    for _, body, wanted in expectations():
        ours = formats.parse(body, "", "").entries
        if not wanted or not ours:
            continue
        for want in wanted:
            if title := want.get("title"):
                seen["title", plain(title, 1000) in [entry.title for entry in ours]] += 1
            links = [one.get("href", "") if isinstance(one, dict) else one for one in want.get("links") or []]
            links = [
                link
                for link in (*links, want.get("link") or want.get("url") or "")
                if link.startswith("http")
            ]
            if links:
                seen["link", any(entry.url in links for entry in ours)] += 1
            for name in ("publishedParsed", "pubDateParsed", "updatedParsed"):
                if want.get(name):
                    instants = [at for entry in ours for at in (entry.published_at, entry.updated_at)]
                    seen["date", dates.read(want[name]).at in instants] += 1
    print(dict(seen))  # noqa: T201
    for what in ("title", "link", "date"):
        assert seen[what, True] >= 0.95 * (seen[what, True] + seen[what, False]), what
