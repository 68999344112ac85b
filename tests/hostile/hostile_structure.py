"""Rows 31 to 37: depth, size, and swarms of elements, attributes, rows, comments and open ends."""

from collections.abc import Callable
from typing import Any

from hostile_story import PARAGRAPHS, STORY, TEXT, Case, Cases, case, page, whole

from dateline.errors import Reason


def _holds(article: dict[str, Any]) -> bool:
    """The story in one piece, whatever else is taken for text."""
    return TEXT in article["text"]


def _nested(tag: str, depth: int, filler: str = "") -> str:
    return page(f"<{tag}>{filler}" * depth + STORY + f"</{tag}>" * depth)


def _open(tag: str, number: int) -> str:
    return page(f"<{tag}>" * number + STORY)


def _after(markup: Callable[[], str], answer: Any = whole) -> Callable[[], Case]:
    """A page that has ``markup`` behind its story."""
    return lambda: case(page(STORY + markup()), answer)


def _dated(number: int) -> str:
    return "".join(
        f"<p>On March {i % 28 + 1}, 2024 at 10:{i % 60:02} men numbered {i} were seen.</p>"
        for i in range(number)
    )


def _sized(unit: str, size: int = 20_000_000) -> str:
    return unit * (size // len(unit))


_ROWS = "<tr><td>{}</td><td>a</td></tr>"
_DATA = "data:image/png;base64," + "iVBORw0KGgo" * 30_000
_BOMB = (
    '<!DOCTYPE html [<!ENTITY a "ha ha ha ha ha ">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)

CASES: Cases = {
    # depth
    "300 empty wrappers": lambda: case(_nested("div", 300), whole),
    "1,000 empty wrappers": lambda: case(_nested("div", 1_000), whole),
    "10,000 empty wrappers": lambda: case(_nested("span", 10_000), Reason.TOO_DEEP),
    "300 wrappers with text": lambda: case(_nested("div", 300, "a"), Reason.TOO_DEEP),
    "39,000 wrappers with text": lambda: case(_nested("div", 39_000, "a"), Reason.TOO_DEEP),
    "13,000 tables in tables": lambda: case(page("<table><tr><td>" * 12_900 + STORY), Reason.TOO_DEEP),
    "5,000 tables in tables": lambda: case(page("<table><tr><td>" * 5_000 + STORY), Reason.TOO_DEEP),
    "100,000 levels of div": lambda: case(_nested("div", 100_000), Reason.TOO_MANY_NODES),
    "100,000 levels of an element that is none": lambda: case(_nested("x-y", 100_000), Reason.TOO_MANY_NODES),
    "39,000 open b": lambda: case(_open("b", 39_000), Reason.TOO_DEEP),
    "14,000 open a": lambda: case(_open('a href="/x"', 14_000), whole),
    "19,000 open li": lambda: case(_open("ul><li", 19_000), Reason.TOO_DEEP),
    "500 font and i, closed crosswise": lambda: case(page("<font><i>" * 500 + STORY + "</font></i>" * 500), whole),
    "10,000 quotes in quotes": lambda: case(_nested("blockquote", 10_000), Reason.TOO_DEEP),
    # swarms
    "100,000 paragraphs": _after(lambda: "<p>One more sentence stands here.</p>" * 100_000, Reason.TOO_MANY_NODES),
    "12,000 paragraphs": _after(lambda: "<p>One more sentence stands here.</p>" * 12_000, Reason.EXTRACT_BUDGET),
    "100,000 links": _after(lambda: '<a href="/x">word</a> ' * 100_000, Reason.TOO_MANY_NODES),
    "39,000 links": _after(lambda: '<a href="/x">word</a> ' * 39_000, Reason.TOO_MANY_NODES),
    "9,000 links in 180 wrappers with text": lambda: case(page("<div>t " * 180 + STORY + '<a href="/x">word</a> ' * 9_000), _holds),
    "7,000 headlines in one link": lambda: case(page('<a href="/x">t ' * 170 + STORY + "<h3>One more story of the river</h3>" * 7_000), _holds),
    "9,000 labels in one paragraph": lambda: case(page(STORY + "<h2>Related<nav>More to read</nav></h2>" * 9_000), _holds),
    "100,000 attributes of one element": _after(lambda: "<p " + " ".join(f'a{i}="1"' for i in range(100_000)) + ">x</p>", Reason.TOO_MANY_NODES),
    "100,000 bare attributes": _after(lambda: "<p " + " ".join(f"a{i}" for i in range(100_000)) + ">x</p>", Reason.TOO_MANY_NODES),
    "100,000 times one attribute": _after(lambda: "<p " + 'a="1" ' * 100_000 + ">x</p>", Reason.TOO_MANY_NODES),
    "100,000 attributes of many": _after(lambda: ("<i " + " ".join(f'a{i}="1"' for i in range(500)) + ">x</i>") * 200, Reason.TOO_MANY_NODES),
    "900 attributes of each": _after(lambda: ("<i " + " ".join(f'a{i}="1"' for i in range(900)) + ">x</i>") * 60, _holds),
    "a class of a megabyte": _after(lambda: f'<div class="{"related share " * 80_000}"><p>{PARAGRAPHS[0]}</p></div>', whole),
    "100,000 rows": _after(lambda: f"<table>{''.join(_ROWS.format(i) for i in range(100_000))}</table>", Reason.TOO_MANY_NODES),
    "12,000 rows": _after(lambda: f"<table>{''.join(_ROWS.format(i) for i in range(12_000))}</table>", Reason.EXTRACT_BUDGET),
    "9,900 rows": _after(lambda: f"<table>{''.join(_ROWS.format(i) for i in range(9_900))}</table>", Reason.EXTRACT_BUDGET),
    "a row of 30,000 cells": _after(lambda: f"<table><tr>{'<td>a</td>' * 30_000}</tr></table>", _holds),
    "50,000 dated paragraphs": lambda: case(page(_dated(50_000)), Reason.TOO_MANY_NODES),
    "12,000 dated paragraphs": lambda: case(page(_dated(12_000)), Reason.EXTRACT_BUDGET),
    "4,900 dated paragraphs": lambda: case(page(_dated(4_900)), lambda one: "men numbered 4899" in one["text"]),
    "4,000 times": _after(lambda: "<time datetime='2024-03-01'>March 1, 2024</time>" * 4_000, whole),
    "100,000 breaks": _after(lambda: f"<p>{'word<br>' * 100_000}</p>", Reason.TOO_MANY_NODES),
    "2,900 breaks": _after(lambda: f"<p>{'word<br>' * 2_900}</p>", _holds),
    "7,000 cards": _after(lambda: '<div><h3><a href="/x">One more headline of another story</a></h3><p>A teaser.</p></div>' * 7_000, Reason.EXTRACT_BUDGET),
    "10,000 forms": _after(lambda: '<form><label>Name</label><input type="text"></form>' * 10_000, whole),
    "9,000 captions": _after(lambda: "<figure><img src='/a'><figcaption>A picture of the river near the bridge</figcaption></figure>" * 9_000, whole),
    "30,000 options": _after(lambda: f"<select>{'<option>Country' * 30_000}</select>"),
    "12,000 headings": lambda: case(page("<h1>A headline of a story</h1>" * 12_000 + STORY), Reason.EXTRACT_BUDGET),
    "39,000 frames and boxes": _after(lambda: "<iframe></iframe><aside></aside><nav></nav>" * 13_000),
    # size
    "20 MB of paragraphs": lambda: case(page(_sized("<p>One more sentence stands here.</p>")), Reason.TOO_MANY_NODES),
    "20 MB in one paragraph": lambda: case(page(f"<p>{_sized('The convoy was attacked on Sunday. ')}"), lambda one: 4_000_000 < len(one["text"]) < 5_000_000),
    "20 MB of spaces": lambda: case(_sized(" ") + page(), Reason.NOT_HTML),
    "20 MB of spaces behind the story": _after(lambda: _sized(" ")),
    "20 MB of <": _after(lambda: _sized("<"), _holds),
    "20 MB of &": _after(lambda: _sized("&"), _holds),
    "20 MB of </p>": _after(lambda: _sized("</p>"), whole),
    "20 MB of a comment": _after(lambda: f"<!-- {_sized('- ')}"),
    "20 MB of a script": _after(lambda: f"<script>{_sized('var a = 1; ')}"),
    "20 MB of an address": _after(lambda: f'<a href="{_sized("/x")}">x'),
    "20 MB of Arabic": lambda: case(page(f"<p>{_sized('هاجم مسلحون قافلة يوم الأحد. ', 11_000_000)}"), lambda one: 2_000_000 < len(one["text"]) < 3_000_000),
    "20 MB of faces": lambda: case(page(STORY + f"<p>{'😀' * 5_000_000}"), _holds),
    # entities
    "an entity bomb": lambda: case(page(STORY + "<p>&j;</p>", before=_BOMB), lambda one: TEXT in one["text"] and len(one["text"]) < 2_000),
    "an entity of a file": lambda: case(page(STORY + "<p>&x;</p>", before='<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), lambda one: TEXT in one["text"] and "root:" not in one["text"]),
    "a megabyte of &amp;": _after(lambda: "<p>" + "&amp;" * 200_000 + "</p>", _holds),
    "a reference without end": _after(lambda: "<p>&" + "a" * 1_000_000 + "</p>", _holds),
    # open ends
    "a comment without end before the story": lambda: case(page("<!-- " + STORY), Reason.NO_TEXT),
    "a comment without end behind the story": _after(lambda: "<!-- and so on " * 1_000),
    "100,000 comments": _after(lambda: "<!-- x -->" * 100_000),
    "100,000 open comments": _after(lambda: "<!--" * 100_000),
    "a comment that ends at once": _after(lambda: "<!--><!--->" * 10_000),
    "100,000 instructions": _after(lambda: "<?php x ?>" * 100_000),
    "a script without end before the story": lambda: case(page(f"<script>var a = '{STORY}"), Reason.NO_TEXT),
    "a script without end behind the story": _after(lambda: "<script>var a = '<p>x</p>" * 1_000),
    "a style without end behind the story": _after(lambda: "<style>p {" * 1_000),
    "a title without end": lambda: case(page().replace("</title>", ""), lambda one: TEXT in one["text"]),
    "a textarea without end behind the story": _after(lambda: "<textarea>" * 1_000, _holds),
    "an attribute without end behind the story": _after(lambda: '<a href="' + "x" * 1_000_000, _holds),
    "a tag without end": _after(lambda: "<a " + "x " * 400, _holds),
    "plaintext behind the story": _after(lambda: "<plaintext>" + "</p>" * 1_000, _holds),
    "CDATA without end": _after(lambda: "<svg><![CDATA[" + "]] " * 100_000, _holds),
    # data: URIs
    "a picture of 330 KB in the page": lambda: case(page(f'<img src="{_DATA}">{STORY}'), whole),
    "a picture of 3 MB in the page": lambda: case(page(f'<img src="{_DATA * 9}">{STORY}'), whole),
    "ten pictures in the page": lambda: case(page("".join(f'<p>{one}</p><img src="{_DATA}">' for one in PARAGRAPHS)), whole),
    "a picture of the head in the page": lambda: case(page(head=f'<meta property="og:image" content="{_DATA}"><link rel="icon" href="{_DATA}">'), lambda one: whole(one) and one["image_url"] == ""),
}  # fmt: skip
