"""The promises of the sample wire: it serves, its dates agree, its golden file is complete."""

import html
import json
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from services.sample.articles import Article, load, parse
from services.sample.dates import fill, instant, show
from services.sample.pages import headlines, publishers
from services.sample.site import render
from services.sample.syndication import BAD_DATE, feeds

ROOT = Path(__file__).parents[2]
ORIGIN = "http://127.0.0.1:9"
DAY = date(2026, 3, 3)
#: Ends of months and years, a leap day, and an ordinary day.
BASE_DAYS = (date(2024, 3, 1), date(2026, 1, 1), date(2026, 3, 31), date(2026, 11, 20), date(2027, 12, 31))


def page_text(path: str, day: date = DAY) -> str:
    answer = render(path, day, ORIGIN)
    assert answer is not None, path
    charset = answer.content_type.partition("charset=")[2] or "utf-8"
    return html.unescape(answer.body.decode(charset))


def links(path: str) -> list[str]:
    """The item links of a feed, read from its bytes."""
    body = page_text(path) if feeds()[path].broken else ""
    answer = render(path, DAY, ORIGIN)
    assert answer is not None
    if body:
        return re.findall(r"<item>.*?<link>(.*?)</link>", body)
    if path.endswith(".json"):
        return [one["url"] for one in json.loads(answer.body)["items"]]
    root = ET.fromstring(answer.body)
    found = [one for one in root.iter() if one.tag.rpartition("}")[2] in ("item", "entry")]
    out = []
    for one in found:
        link = next(child for child in one if child.tag.rpartition("}")[2] == "link")
        out.append(link.get("href") or link.text or "")
    return out


# the server ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, subprocess.Popen[str]]]:
    command = [sys.executable, "-m", "services.sample", "--base-day", DAY.isoformat()]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        yield line.removeprefix("listening ").strip(), process
        process.kill()


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=names), timeout=5) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def test_the_server_says_where_it_listens(server) -> None:
    """The one line names the address, and that address gives the same bytes as render()."""
    url, _ = server
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", url)
    status, _, body = get(url)
    expected = render("/", DAY, url.rstrip("/"))
    assert expected is not None
    assert (status, body) == (200, expected.body)


def test_validators_bring_a_304(server) -> None:
    """The same entity tag or date gets a 304 without a body, another one the page."""
    url, _ = server
    _, headers, _ = get(url + "wire/hna-20391")
    assert get(url + "wire/hna-20391", If_None_Match=headers["ETag"])[0] == 304
    assert get(url + "wire/hna-20391", If_Modified_Since=headers["Last-Modified"])[::2] == (304, b"")
    assert get(url + "wire/hna-20391", If_None_Match='"other"')[0] == 200
    assert get(url + "wire/hna-20391", If_Modified_Since="no date")[0] == 200


def test_a_sticky_feed_answers_304_to_any_validator(server) -> None:
    """The archive feed never changes and says so whatever it is shown."""
    url, _ = server
    assert get(url + "feeds/archive.rss")[0] == 200
    assert get(url + "feeds/archive.rss", If_None_Match='"anything"')[0] == 304


def test_failures_are_served_as_such(server) -> None:
    """A page is gone, a page is broken, a page has moved, and the poller can tell."""
    url, _ = server
    assert get(url + "pulse/a/80f12-colombia-jamundi-motorcycle-bomb")[0] == 404
    assert get(url + "courier/world/late-edition.html")[0] == 500
    assert get(url + "wire/go/20388")[2] == get(url + "wire/hna-20388")[2]
    assert get(url + "bulletin/files/situation-report-32.pdf")[2].startswith(b"%PDF")


def test_sigterm_ends_it_quietly() -> None:
    """A stop leaves status 0 and nothing on stderr."""
    command = [sys.executable, "-m", "services.sample"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=10)
        assert (process.returncode, said) == (0, "")


# dates ---------------------------------------------------------------------------------------


def test_placeholders_count_from_the_base_day() -> None:
    """An offset moves over month and year ends; names are filled once and never read again."""
    day = date(2026, 1, 1)
    assert fill("{{-1|%A}} {{-1|%-d %B %Y}}", day) == "Wednesday 31 December 2025"
    assert fill("{{-2|iso|14:30}}", day) == "2025-12-30T14:30:00Z"
    assert fill("{{-2|rfc822|14:30}}", day) == "Tue, 30 Dec 2025 14:30:00 GMT"
    assert fill("{{x}}", day, {"x": "{{-1|%A}}"}) == "{{-1|%A}}"


@pytest.mark.parametrize("day", BASE_DAYS)
def test_shown_and_hidden_dates_agree(day: date) -> None:
    """The date that a page shows is the date in its metadata, on any base day."""
    for article in load().values():
        if article.status == 200 and article.kind == "page" and not article.redirect:
            page = page_text(article.path, day)
            at = instant(day, article.day, article.clock)
            assert show(at, publishers()[article.site].date_style) in page, article.slug
            assert show(at, "iso") in page, article.slug
            assert datetime.fromisoformat(show(at, "iso")).date() == day + timedelta(days=article.day)


@pytest.mark.parametrize("day", BASE_DAYS)
def test_no_placeholder_is_left(day: date) -> None:
    """Everything is filled on every page and in every feed."""
    for path in [*feeds(), *(one.path for one in load().values() if one.status == 200), "/", "/feeds.opml"]:
        answer = render(path, day, ORIGIN)
        assert answer is not None
        assert b"{{" not in answer.body, path


def prose(article: Article) -> str:
    return "\n".join(
        [article.title, article.standfirst, article.feed, *(block.text for block in article.blocks)]
    )


def test_weekdays_are_unambiguous() -> None:
    """A bare weekday lies within six days of publication, so that a reader knows which is meant."""
    for article in load().values():
        for found in re.findall(r"\{\{([+-]?\d+)\|%A\}\}", prose(article)):
            assert abs(int(found) - article.day) <= 6, article.slug


def test_texts_hold_on_any_day() -> None:
    """No article names a weekday or leans on the calendar but through a placeholder."""
    fixed = re.compile(
        r"\b(this|last|next) (month|year|spring|summer|autumn|winter)\b|\bsince (January|spring)\b"
        r"|\bon (Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\byesterday\b|\btomorrow's\b"
    )
    for article in load().values():
        text = (
            prose(article)
            .replace("This year there will be a wall", "")
            .replace("in a raid in Lisbon last year", "")
        )
        assert not fixed.search(text), (article.slug, fixed.search(text))


def test_nothing_is_from_the_future() -> None:
    """Every article is published, and changed, before the base day begins."""
    for article in load().values():
        assert article.day <= -1, article.slug
        assert not article.modified or article.modified >= article.clock, article.slug


# feeds and furniture -------------------------------------------------------------------------


def test_the_world_is_as_large_as_promised() -> None:
    """At least 44 articles, six publishers and every feed format, with their habits."""
    assert len(load()) >= 44
    assert {one.site for one in load().values()} == set(publishers())
    assert {row.format for row in feeds().values()} == {"rss20", "rss091", "rdf", "atom", "json"}
    assert sum(row.sticky for row in feeds().values()) == 1
    everything = "".join(page_text(path) for path in feeds())
    for habit in ("utm_source=", "#comments", BAD_DATE, "content:encoded"):
        assert habit in everything


@pytest.mark.parametrize("path", sorted(feeds()))
def test_every_link_of_a_feed_leads_somewhere(path: str) -> None:
    """A feed links to pages that the site knows, be it to fail on them on purpose."""
    found = links(path)
    assert len(found) == len(feeds()[path].items)
    for link in found:
        where = urlsplit(link).path
        article = next(one for one in load().values() if one.path == where)
        answer = render(where, DAY, ORIGIN)
        assert (answer.status if answer else 404) == (301 if article.redirect else article.status)


def test_the_broken_feed_is_broken() -> None:
    """Its XML does not parse and it ends within its last item; all others parse."""
    (broken,) = [path for path, row in feeds().items() if row.broken]
    answer = render(broken, DAY, ORIGIN)
    assert answer is not None
    with pytest.raises(ET.ParseError):
        ET.fromstring(answer.body)
    assert not answer.body.rstrip().endswith(b">")


def test_opml_lists_every_feed() -> None:
    """The catalog names each feed once, in a group."""
    answer = render("/feeds.opml", DAY, ORIGIN)
    assert answer is not None
    found = [one.get("xmlUrl") for one in ET.fromstring(answer.body).findall("body/outline/outline")]
    assert sorted(found, key=str) == sorted(ORIGIN + path for path in feeds())


def test_furniture_tells_of_nothing_that_an_article_tells() -> None:
    """A furniture headline that turns up as an incident can only have leaked."""
    texts = "\n".join(prose(one) for one in load().values())
    assert len(headlines()) >= 24
    for headline, teaser in headlines():
        assert headline not in texts
        assert teaser not in texts


def test_charsets_are_real() -> None:
    """A page that declares windows-1252 is no valid UTF-8, so that ignoring the charset shows."""
    found = [one for one in load().values() if one.charset == "windows-1252"]
    assert found
    for article in found:
        answer = render(article.path, DAY, ORIGIN)
        assert answer is not None
        with pytest.raises(UnicodeDecodeError):
            answer.body.decode("utf-8")


def test_unknown_keys_are_refused() -> None:
    """A misspelt head line fails instead of being ignored."""
    with pytest.raises(ValueError, match="titel"):
        parse("x", "site: wire\npath: /x\ntitle: X\ntitel: Y\npublished: -1 10:00\n---\nText.")
