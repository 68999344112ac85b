"""The promises of services.poller.optouts: who asks not to be mined, and where."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.poller.optouts import (
    HEAD_BYTES,
    SOURCES,
    Honoured,
    OptOut,
    page_optout,
    read_tdmrep,
    usage_optout,
)
from services.poller.origin_rules import OriginRules, decode, encode, read_robots

AGENT = "Dateline/0.1 (+https://example.org)"


def robots(text: str) -> OriginRules:
    return read_robots(text.encode(), AGENT)


@pytest.mark.parametrize(
    ("rows", "path", "reserved"),
    [
        ('[{"location": "/", "tdm-reservation": 1}]', "/a/b", True),
        ('[{"location": "/", "tdm-reservation": 0}]', "/a/b", False),
        ('[{"location": "/", "tdm-reservation": "1"}]', "/a", True),
        ('[{"location": "/news/*", "tdm-reservation": 1}]', "/news/a", True),
        ('[{"location": "/news/*", "tdm-reservation": 1}]', "/sport/a", False),
        ('[{"location": "/*.pdf$", "tdm-reservation": 1}]', "/a.pdf", True),
        ('[{"location": "/*.pdf$", "tdm-reservation": 1}]', "/a.pdf.html", False),
        ('[{"location": "news", "tdm-reservation": 1}]', "/news/a", True),
        ('[{"location": "*", "tdm-reservation": 1}]', "/x", True),
        (
            '[{"location": "/", "tdm-reservation": 1}, {"location": "/open/", "tdm-reservation": 0}]',
            "/open/a",
            False,
        ),
        (
            '[{"location": "/open/", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}]',
            "/a",
            True,
        ),
        ('[{"location": "/", "tdm-reservation": 1, "tdm-policy": "https://a.test/p.json"}]', "/a", True),
        ('\ufeff[{"location": "/", "tdm-reservation": 1}]', "/a", True),
        ('[{"location": "/"}]', "/a", False),
        ('[{"tdm-reservation": 1}]', "/a", False),
        ('{"location": "/", "tdm-reservation": 1}', "/a", False),
        ('[1, null, "x", {"location": 5, "tdm-reservation": 1}]', "/a", False),
        ("<html>not found</html>", "/a", False),
        ("", "/a", False),
        ("[" * 100_000, "/a", False),
    ],
)
def test_the_file_is_read_as_the_report_says(rows: str, path: str, reserved: bool) -> None:
    """Locations are patterns as in robots.txt, the longest decides; what is no such file reserves nothing."""
    assert read_tdmrep(rows.encode()).allows(f"https://news.test{path}") is not reserved


PAGES: list[tuple[dict[str, str], bytes, Honoured, OptOut | None]] = [
    ({}, b"", "ai", None),
    ({"tdm-reservation": "1"}, b"", "tdm", OptOut.TDM_HEADER),
    ({"tdm-reservation": " 1 "}, b"", "tdm", OptOut.TDM_HEADER),
    ({"tdm-reservation": "0"}, b"", "ai", None),
    ({"tdm-reservation": "1"}, b"", "none", None),
    ({}, b'<meta name="tdm-reservation" content="1">', "tdm", OptOut.TDM_META),
    ({}, b"<META CONTENT='1' NAME='TDM-Reservation' />", "tdm", OptOut.TDM_META),
    ({}, b"<meta name=tdm-reservation content=1>", "tdm", OptOut.TDM_META),
    ({}, b'<meta\n name="tdm-reservation"\n content=" 1 "\n/>', "tdm", OptOut.TDM_META),
    ({}, b'<meta name="tdm-reservation" content="0">', "tdm", None),
    ({"tdm-reservation": "1"}, b'<meta name="tdm-reservation" content="0">', "tdm", None),
    ({"tdm-reservation": "0"}, b'<meta name="tdm-reservation" content="1">', "tdm", OptOut.TDM_META),
    ({}, b'<meta name="tdm-policy" content="1">', "tdm", None),
    ({}, b" " * HEAD_BYTES + b'<meta name="tdm-reservation" content="1">', "tdm", None),
    ({"x-robots-tag": "noai"}, b"", "tdm", None),
    ({"x-robots-tag": "noai"}, b"", "ai", OptOut.ROBOTS_TAG),
    ({"x-robots-tag": "noindex, NoAI, noimageai"}, b"", "ai", OptOut.ROBOTS_TAG),
    ({"x-robots-tag": "otherbot: noai"}, b"", "ai", OptOut.ROBOTS_TAG),
    ({"x-robots-tag": "noimageai, noindex, noarchive"}, b"", "ai", None),
    ({"x-robots-tag": "unavailable_after: 2027-01-01T00:00:00+00:00"}, b"", "ai", None),
    ({}, b'<meta name="robots" content="noai, noimageai">', "ai", OptOut.ROBOTS_META),
    ({}, b'<meta name="robots" content="noai, noimageai">', "tdm", None),
    (
        {},
        b'<meta name="robots" content="index"><meta name="robots" content="noml">',
        "ai",
        OptOut.ROBOTS_META,
    ),
    ({}, b'<meta name="robots" content="max-snippet:-1, noimageai">', "ai", None),
    ({"content-signal": "search=yes, ai-train=no"}, b"", "ai", OptOut.CONTENT_SIGNAL),
    ({"content-signal": "search=no, ai-train=yes, ai-input=yes"}, b"", "ai", None),
    ({"content-usage": "train-ai=n"}, b"", "ai", OptOut.CONTENT_USAGE),
    ({"content-usage": "search=n, train-ai=y"}, b"", "ai", None),
    ({"content-usage": "train-ai=n;exceptions=1"}, b"", "ai", OptOut.CONTENT_USAGE),
    ({"content-usage": "train-ai=n"}, b"", "tdm", None),
]


@pytest.mark.parametrize(("headers", "body", "honoured", "optout"), PAGES)
def test_what_a_page_says_of_itself(
    headers: dict[str, str], body: bytes, honoured: Honoured, optout: OptOut | None
) -> None:
    """Headers and meta elements opt out from their level on; a meta element goes before the header."""
    assert page_optout(honoured, headers, body) is optout


@pytest.mark.parametrize(
    ("text", "path", "optout"),
    [
        ("User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /", "/a", OptOut.CONTENT_SIGNAL),
        ("User-agent: *\nContent-Signal: search=yes,ai-input=no\nAllow: /", "/a", OptOut.CONTENT_SIGNAL),
        ("User-agent: *\nContent-Signal: search=no, ai-train=yes\nAllow: /", "/a", None),
        ("User-agent: *\nContent-Signal: /news/ ai-train=no", "/news/a", OptOut.CONTENT_SIGNAL),
        ("User-agent: *\nContent-Signal: /news/ ai-train=no", "/a", None),
        ("User-agent: *\nAllow: /\nContent-Usage: train-ai=n", "/a", OptOut.CONTENT_USAGE),
        ("User-agent: *\nContent-Usage: train-ai=n\nContent-Usage: /open train-ai=y", "/open/a", None),
        (
            "User-agent: *\nContent-Usage: train-ai=n\nContent-Usage: /open train-ai=y",
            "/b",
            OptOut.CONTENT_USAGE,
        ),
        ("User-agent: *\nContent-Usage: train-ai=y\nContent-Usage: train-ai=n", "/b", OptOut.CONTENT_USAGE),
        ("Content-Usage: train-ai=n\n\nUser-agent: *\nAllow: /", "/a", OptOut.CONTENT_USAGE),
        ("User-agent: Other\nContent-Signal: ai-train=no", "/a", None),
        (
            "User-agent: Dateline\nContent-Signal: ai-train=yes\n\nUser-agent: *\nContent-Signal: ai-train=no",
            "/a",
            None,
        ),
        ("# Content-Signal: ai-train=no\nUser-agent: *\nAllow: /", "/a", None),
        ("User-agent: *\nContent-Signal:\nContent-Usage: /a", "/a", None),
    ],
)
def test_lines_on_use_are_read(text: str, path: str, optout: OptOut | None) -> None:
    """robots.txt's usage lines count in the group that speaks to us; of each kind the longest path decides."""
    assert usage_optout(robots(text).usage, f"https://news.test{path}") is optout


@pytest.mark.parametrize(
    ("text", "path", "disallowed"),
    [
        ("User-agent: GPTBot\nDisallow: /", "/a", True),
        ("User-agent: GPTBot/1.2\nDisallow: /", "/a", True),
        ("User-agent: gptbot\nUser-agent: CCBot\nDisallow: /paid", "/a", False),
        ("User-agent: gptbot\nUser-agent: CCBot\nDisallow: /paid", "/paid/a", True),
        ("User-agent: AI2Bot\nDisallow: /", "/a", True),
        ("User-agent: Google-Extended\nDisallow: /\nAllow: /open", "/open", False),
        ("User-agent: Googlebot\nDisallow: /", "/a", False),
        ("User-agent: ClaudeBot\nDisallow:", "/a", False),
        ("User-agent: *\nDisallow: /x", "/a", False),
    ],
)
def test_what_is_said_to_ai_crawlers_is_known(text: str, path: str, disallowed: bool) -> None:
    """Groups that name a crawler of the table are read beside those that speak to us."""
    rules = robots(text)
    assert rules.allows(f"https://news.test{path}")
    refusals = [OriginRules(rows=rows).allows(f"https://news.test{path}") for rows in rules.ai_rows]
    assert (not all(refusals)) is disallowed


def test_every_source_is_named_once() -> None:
    """The table of sources covers each opt-out, and each level that can be set."""
    assert sorted(row[0] for row in SOURCES) == sorted(OptOut)
    assert {row[1] for row in SOURCES} == {"tdm", "ai"}


def test_the_table_of_sources_stands_in_the_docs() -> None:
    """docs/optouts.md has the rows of the code, in their order."""
    text = (Path(__file__).parents[2] / "docs" / "optouts.md").read_text("utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    assert [(name.strip("`"), level.strip("`")) for name, level, _ in rows] == [
        (optout.value, level) for optout, level, _ in SOURCES
    ]
    assert [what for _, _, what in rows[:-1]] == [what for _, _, what in SOURCES[:-1]]


def test_twenty_crawlers_with_one_rule_take_the_room_of_one() -> None:
    """What many groups say alike is remembered once; a blob comes back as it was."""
    text = "".join(f"User-agent: {name}\nDisallow: /\n\n" for name in ("GPTBot", "CCBot", "ClaudeBot"))
    rules = robots(text + "User-agent: *\nDisallow: /x\nContent-Signal: ai-train=no")
    assert len(rules.ai_rows) == 1
    assert decode(encode(rules), AGENT) == rules
    assert decode(encode(rules), "Other/1.0") is None


@settings(max_examples=60)
@given(st.binary(max_size=400), st.text(max_size=60))
def test_reading_is_total(body: bytes, said: str) -> None:
    """Any bytes are a file, a page and a robots.txt; any text is a header."""
    read_tdmrep(b'[{"location": "/", "tdm-reservation": ' + body)
    read_tdmrep(body)
    page_optout(
        "ai", {"x-robots-tag": said, "content-usage": said}, b'<meta name="robots" content="noai' + body
    )
    rules = read_robots(b"User-agent: *\nContent-Usage: " + body, AGENT)
    usage_optout(rules.usage, "https://news.test/" + said)
    assert decode(encode(rules), AGENT) == rules
    assert decode(body, AGENT) is None or isinstance(decode(body, AGENT), OriginRules)
