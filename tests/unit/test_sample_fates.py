"""The promises of tests/golden/sample_fates.json: it judges each entry once, without gaps."""

import html
import json
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from services.sample.articles import Article, load
from services.sample.site import render
from services.sample.syndication import feeds, item

DAY = date(2026, 3, 3)
ORIGIN = "http://127.0.0.1:9"
GOLDEN = json.loads((Path(__file__).parents[1] / "golden/sample_fates.json").read_text("utf-8"))


def page_text(path: str) -> str:
    answer = render(path, DAY, ORIGIN)
    assert answer is not None, path
    charset = answer.content_type.partition("charset=")[2] or "utf-8"
    return html.unescape(answer.body.decode(charset))


def prose(article: Article) -> str:
    return "\n".join(
        [article.title, article.standfirst, article.feed, *(block.text for block in article.blocks)]
    )


def test_golden_covers_exactly_the_entries() -> None:
    """Each path that any feed links to is judged once, and nothing else is."""
    lines = [line for row in feeds().values() for line in row.items]
    assert set(GOLDEN["entries"]) == {urlsplit(item(line, DAY, ORIGIN).link).path for line in lines}


def test_golden_phrases_are_meaningful() -> None:
    """What must be kept and what must go both stand on the served page."""
    for path, entry in GOLDEN["entries"].items():
        if entry["text"] == "page":
            page = page_text(entry.get("redirects_to", path))
            assert len(entry["must"]) >= 1, path
            for phrase in [*entry["must"], *entry["must_not"]]:
                assert phrase in page, (path, phrase)
            for phrase in entry["must"]:
                assert not any(bad in phrase for bad in entry["must_not"])


def test_golden_publisher_phrases_stand_on_their_pages() -> None:
    """Each furniture phrase of a publisher is on at least one of its pages, and in no article."""
    articles = load().values()
    for site, phrases in GOLDEN["publishers"].items():
        served = [one for one in articles if one.site == site and one.status == 200 and one.kind == "page"]
        pages = [page_text(one.path) for one in served if not one.redirect]
        for phrase in phrases:
            assert any(phrase in page for page in pages), (site, phrase)
            assert not any(phrase in prose(one) for one in served), (site, phrase)


def test_golden_is_consistent() -> None:
    """Fates, stories and groups refer to one another without gaps."""
    entries, stories = GOLDEN["entries"], GOLDEN["stories"]
    told: dict[str, list[str]] = {}
    for path, entry in entries.items():
        assert (entry["fate"] in ("incident", "reprint", "duplicate")) == bool(entry["incidents"]), path
        for incident in entry["incidents"]:
            told.setdefault(incident["story"], []).append(path)
            for name in ("event_type", "sub_event_type", "day_offset", "place", "iso2"):
                assert incident[name] == stories[incident["story"]][name], path
    assert {story: sorted(one["told_by"]) for story, one in stories.items()} == {
        story: sorted(paths) for story, paths in told.items()
    }
    for group, paths in GOLDEN["reprint_groups"].items():
        assert sorted(entries[path]["fate"] for path in paths).count("incident") == 1, group


def test_golden_is_as_rich_as_promised() -> None:
    """Reprints, duplicates, retellings, round-ups, refusals: enough of each."""
    entries = GOLDEN["entries"].values()
    fates = [entry["fate"] for entry in entries]
    assert fates.count("irrelevant") >= 12
    assert fates.count("reprint") >= 5
    assert fates.count("duplicate") >= 2
    assert fates.count("background") >= 3
    assert sum(len(entry["incidents"]) >= 2 and entry["fate"] == "incident" for entry in entries) >= 4
    tellers = {
        story: sum(GOLDEN["entries"][path]["fate"] == "incident" for path in one["told_by"])
        for story, one in GOLDEN["stories"].items()
    }
    assert sum(count - 1 for count in tellers.values()) >= 5
    assert max(tellers.values()) >= 4
