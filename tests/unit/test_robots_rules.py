"""The promises of services.poller.robots_rules: RFC 9309."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.poller.robots_rules import ALLOW_ALL, ALLOW_NONE, MAX_BYTES, read

AGENT = "Dateline/0.1 (+https://example.org)"


def allows(robots: str, path: str) -> bool:
    return read(robots.encode(), AGENT).allows(f"https://news.test{path}")


@pytest.mark.parametrize(
    ("rule", "path", "allowed"),
    [
        ("Disallow: /", "/a", False),
        ("Disallow:", "/a", True),
        ("Disallow: /private", "/private/a", False),
        ("Disallow: /private", "/privateer", False),
        ("Disallow: /private/", "/private", True),
        ("Disallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("Allow: /a/b\nDisallow: /a", "/a/c", False),
        ("Allow: /page\nDisallow: /*.html", "/page.html", False),
        ("Allow: /page\nDisallow: /page", "/page", True),
        ("Disallow: /*.pdf$", "/x/report.pdf", False),
        ("Disallow: /*.pdf$", "/x/report.pdf?page=1", True),
        ("Disallow: /*.pdf$", "/x.pdf/y.pdf", False),
        ("Disallow: /a$", "/a", False),
        ("Disallow: /a$", "/ab", True),
        ("Disallow: /*?print=", "/a?print=1", False),
        ("Disallow: /a*b*c", "/a-b-c-d", False),
        ("Disallow: /a*b*c", "/a-c-b", True),
        ("Disallow: /%7efoo", "/%7Efoo", False),
        ("Disallow: /füü", "/f%C3%BC%C3%BC", False),
        ("Disallow: /%61b", "/ab", False),
        ("Disallow: /ab", "/%61%62", False),
        ("Disallow: /a%2Fb", "/a/b", True),
        ("Disallow: /a%2fb", "/a%2Fb", False),
        ("Disallow: /private", "/a/../private/b", False),
        ("Disallow: /private", "/a/%2e%2E/private", False),
        ("Disallow: /private", "/./private", False),
        ("Disallow: /private", "/../../private", False),
        ("Disallow: /private/", "/private/b/..", False),
        ("Disallow: /private", "/private/../a", True),
        ("Disallow: /*..", "/a?b=..", False),
        ("Disallow: /.well-known", "/.well-known/x", False),
        ("Disallow: /a # comment", "/a", False),
        ("disallow:/a", "/a", False),
        ("Crawl-delay: 10\nSitemap: https://news.test/map.xml", "/a", True),
    ],
)
def test_rules_are_read_as_the_rfc_says(rule: str, path: str, allowed: bool) -> None:
    """The longest match decides, allow wins a tie, stars and the closing dollar work."""
    assert allows(f"User-agent: *\n{rule}\n", path) is allowed


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ("User-agent: *\nDisallow: /\n\nUser-agent: dateline\nDisallow: /private", True),
        ("User-agent: DATELINE/2.0\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: other\nDisallow: /", True),
        ("User-agent: other\nUser-agent: Dateline\nDisallow: /", False),
        (
            "User-agent: Dateline\nDisallow: /x\n\nUser-agent: a\nAllow: /\n\nUser-agent: Dateline\nDisallow: /a",
            False,
        ),
        ("User-agent: datelinebot\nDisallow: /", True),
        ("User-agent: Dateline\n\nUser-agent: *\nDisallow: /", False),
        ("User-agent: dateline\nAllow:\n\nUser-agent: *\nDisallow: /", True),
        ("Disallow: /", True),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", False),
        ("User-agent: *\rDisallow: /\r", False),
        ("<html>not robots</html>", True),
        ("", True),
    ],
)
def test_groups_that_name_us_go_before_the_star(robots: str, allowed: bool) -> None:
    """Groups with our token count together; without one those for everybody do."""
    assert allows(robots, "/a") is allowed


def test_the_two_simple_answers() -> None:
    """Everything and nothing."""
    assert ALLOW_ALL.allows("http://a.test/x?y")
    assert not ALLOW_NONE.allows("http://a.test/x?y")


def test_stars_without_end_cost_little() -> None:
    """A hostile pattern is matched in time that grows with its length, not with its stars."""
    robots = "User-agent: *\nDisallow: /" + "*a" * 2000 + "$\n"
    began = time.perf_counter()
    assert allows(robots, "/" + "a" * 3000 + "b")
    assert time.perf_counter() - began < 0.5


def test_what_lies_beyond_the_limit_is_not_read() -> None:
    """Half a megabyte is read, the rest is left."""
    assert allows("User-agent: *\n" + "# x\n" * (MAX_BYTES // 4) + "Disallow: /\n", "/a")


@settings(max_examples=60)
@given(st.binary(max_size=300), st.text(max_size=40))
def test_reading_is_total(body: bytes, path: str) -> None:
    """Any bytes are rules, any path is judged."""
    assert read(b"User-agent: *\nDisallow: /" + body, AGENT).allows("http://a.test/" + path) in {True, False}
