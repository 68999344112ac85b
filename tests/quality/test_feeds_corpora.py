"""The feed files of other parsers' tests: every one gives a feed or a named reason.

Figures: ``pytest tests/quality/test_feeds_corpora.py -s``; the whole set takes about 15 s.
"""

import json
import random
import re
import resource
import subprocess
import sys
import tarfile
import time
from collections import Counter
from pathlib import Path

import pytest

from dateline.errors import BadFeed
from dateline.feeds import dates, entries, formats, xmlfeed
from dateline.feeds.plain import plain

ROOT = Path(__file__).parents[2]
FOLDER = ROOT.parent / "shared" / "data" / "feeds"
ARCHIVES = ("feedparser", "gofeed", "feedjira", "rome", "lemon24_reader")
BASE = "https://example.org/feed"
MAX_PARSE_S = 2.0
MAX_BYTES = 256_000_000

AGREEMENT_FLOOR = 0.99
"""Share of gofeed's expected values that are ours too, of each field. Measured 2026-11-20: all of 171."""

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


def outcomes(archive: str) -> dict[str, int]:
    """Count what the files of an archive gave; raises for any surprise, and for a file over its time."""
    found = Counter()
    for name, body in files(archive):
        started = time.perf_counter()
        try:
            feed = formats.parse(body, "", BASE)
        except BadFeed as error:
            found[str(error.reason)] += 1
        else:
            found["entries" if feed.entries or feed.children else "no entries"] += 1
        assert time.perf_counter() - started < MAX_PARSE_S, name
    return dict(found)


@pytest.mark.parametrize("archive", ARCHIVES)
def test_every_file_is_a_feed_or_has_a_reason(archive):
    """In a child with 256 MB of addresses: no other exception leaves the parser, and none takes two seconds."""
    child = subprocess.run(
        [sys.executable, __file__, archive], capture_output=True, text=True, timeout=80, cwd=ROOT, check=False
    )
    assert child.returncode == 0, child.stderr[-2000:]
    found = Counter(json.loads(child.stdout))
    print(archive, dict(found))  # noqa: T201
    refused = found["not_a_feed"] + found["empty_feed"] + found["doctype_rejected"]
    assert found["entries"] > 0
    assert refused <= max(3, 0.3 * found.total())
    assert found["parse_budget"] == 0


@pytest.mark.parametrize("archive", ARCHIVES)
def test_known_items_change_nothing_about_the_others(archive):
    """Whichever items are known, the entries of the others are those of a full parse; few feeds cannot be split."""
    chance = random.Random(20261120)
    seen = Counter()
    for name, body in files(archive):
        try:
            full = formats.parse(body, "", BASE)
        except BadFeed:
            continue
        hashes = [item.hash for item in full.items if item.hash]
        if full.entries:
            is_broken = xmlfeed.NOT_WELL_FORMED in full.flaws
            seen["split" if hashes else "broken" if is_broken else "whole"] += 1
        for share in (1.0, 0.9, 0.5, 0.1) if hashes else ():
            known = frozenset(one for one in hashes if chance.random() < share)
            part = formats.parse(body, "", BASE, known)
            wanted = [
                full.entries[item.entry]
                for item in full.items
                if item.entry is not None and item.hash not in known
            ]
            assert list(part.entries) == wanted, name
            assert [item.hash for item in part.items] == hashes, name
            assert (part.title, part.link, part.wishes, part.hubs) == (
                full.title, full.link, full.wishes, full.hubs,
            ), name  # fmt: skip
    print(archive, dict(seen))  # noqa: T201
    assert seen["whole"] <= max(2, 0.1 * seen["split"])


def expectations():
    """Yield (name, body, expected values) of gofeed's tests: what another parser reads in the same bytes."""
    held = {}
    with tarfile.open(FOLDER / "gofeed.tar.gz") as archive:
        for member in archive:
            if member.isfile() and (opened := archive.extractfile(member)):
                held[member.name] = opened.read()
    for name, body in sorted(held.items()):
        other = name[:-4] + ".json" if name.endswith(".xml") else name.replace(".json", "_expected.json")
        if other in held and other != name and (value := json.loads(held[other])):
            yield name, body, value


def with_words(body: bytes) -> bytes:
    """Return the feed with words in each item: without these and an address an item is no entry of ours."""
    return re.sub(rb"(<(?:item|entry)\b[^>]*(?<!/)>)", rb"\1<description>Words</description>", body)


def instant(*texts: str | None):
    return dates.read(next((text for text in texts if text), "")).at


def compared(want: dict, body: bytes, ours, site: str):
    """Yield field, expected and read value of an entry, for what the file says and its format defines."""
    if want.get("title"):
        yield "title", {plain(want["title"], entries.TITLE_CHARS)}, ours.title
    given = [one for one in want.get("links") or [] if isinstance(one, str) or one.get("rel") == "alternate"]
    links = {one if isinstance(one, str) else one.get("href", "") for one in given}
    links |= {want.get("link") or "", want.get("url") or ""}
    # RSS allows one link: where a file has several, any of them will do.
    if links := {entries.link(one, site) for one in links} - {""}:
        yield "link", links, ours.url
    guid = want.get("guid") or want.get("id") or ""
    guid = guid.get("value", "") if isinstance(guid, dict) else guid
    if guid and not (
        "<" in guid and f">{guid}</".encode() in body
    ):  # a guid is text: elements in it mean nothing
        yield "id", {" ".join(guid.split())}, ours.guid
    # Where a file has one of the two dates, gofeed's universal form fills in the other.
    at = instant(want.get("publishedParsed"), want.get("pubDateParsed"), want.get("date_published"))
    if at and re.search(rb"published|issued|created|pubDate|date\b", body):
        yield "published", {at}, ours.published_at
    if at := instant(want.get("updatedParsed"), want.get("date_modified")):
        yield "updated", {at}, ours.updated_at


def test_fields_agree_with_gofeed():
    """Of what gofeed's tests expect in well-formed files, 99 % of each field is ours too."""
    seen, apart = Counter(), []
    for name, body, wanted in expectations():
        rows = wanted.get("entries") or wanted.get("items") or []
        feed = formats.parse(body, "", BASE)
        if len(feed.entries) != len(rows):
            feed = formats.parse(with_words(body), "", BASE)
        if xmlfeed.NOT_WELL_FORMED in feed.flaws:
            continue
        assert len(feed.entries) == len(rows), name
        title = plain(wanted.get("title") or "", entries.TITLE_CHARS)
        values = [("feed title", {title}, feed.title)] if title else []
        for want, ours in zip(rows, feed.entries, strict=True):
            values += compared(want, body, ours, feed.link or BASE)
        for field, allowed, value in values:
            seen[field, value in allowed] += 1
            apart += [] if value in allowed else [(name, field, allowed, value)]
    for row in apart:
        print("apart:", *row)  # noqa: T201
    for field in ("feed title", "title", "link", "id", "published", "updated"):
        right, wrong = seen[field, True], seen[field, False]
        print(f"{field}: {right} of {right + wrong}")  # noqa: T201
        assert right >= AGREEMENT_FLOOR * (right + wrong) > 0, field


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MAX_BYTES, MAX_BYTES))
    sys.stdout.write(json.dumps(outcomes(sys.argv[1])))
