"""What a page says of itself, broken: JSON-LD, meta elements, addresses, dates."""

import json
from typing import Any

from hostile_story import STORY, TEXT, TITLE, Cases, case, page, whole


def _ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def _record(**fields: Any) -> str:
    return _ld(json.dumps({"@type": "NewsArticle", "headline": TITLE, **fields}))


def _meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def _undated(article: dict[str, Any]) -> bool:
    return whole(article) and article["published_at"] is None


def _nest(depth: int) -> str:
    return '{"a":' * depth + "1" + "}" * depth


def _names(depth: int) -> Any:
    found: Any = "Leila Hadi"
    for _ in range(depth):
        found = {"name": [found]}
    return found


_CYCLE = json.dumps(
    {"@graph": [
        {"@id": "#a", "@type": "NewsArticle", "author": {"@id": "#b"}, "mainEntityOfPage": {"@id": "#a"}},
        {"@id": "#b", "@type": "Person", "author": {"@id": "#a"}, "name": {"@id": "#b"}},
    ]}
)  # fmt: skip
_MEGA = "word " * 200_000

CASES: Cases = {
    "records nested 100,000 deep": lambda: case(page(head=_ld("[" * 100_000)), whole),
    "records nested 100,000 deep, closed": lambda: case(page(head=_ld(_nest(100_000))), whole),
    "records nested 900 deep": lambda: case(page(head=_ld(_nest(900))), whole),
    "names nested 900 deep": lambda: case(page(head=_record(author=_names(450))), whole),
    "names nested 300 deep": lambda: case(page(head=_record(author=_names(150), image=_names(150))), whole),
    "records that lead to themselves": lambda: case(page(head=_ld(_CYCLE)), whole),
    "100,000 records": lambda: case(page(head=_ld(json.dumps([{"@type": "NewsArticle", "headline": TITLE}] * 30_000))), whole),
    "a record of 100,000 keys": lambda: case(page(head=_ld(json.dumps({f"k{i}": i for i in range(100_000)}))), whole),
    "a record of 3 MB": lambda: case(page(head=_record(description="x" * 3_000_000)), whole),
    "100,000 authors": lambda: case(page(head=_record(author=[{"@type": "Person", "name": f"Name {i}"} for i in range(60_000)])), whole),
    "1,000 scripts of records": lambda: case(page(head=_record() * 1_000), whole),
    "a record of a number without end": lambda: case(page(head=_ld('{"@type":"NewsArticle","datePublished":' + "9" * 100_000 + "}")), whole),
    "a record of no number": lambda: case(page(head=_ld('{"@type":"NewsArticle","wordCount":NaN,"position":1e999}')), whole),
    "a record with lone surrogates": lambda: case(page(head=_ld('{"@type":"NewsArticle","headline":"TITLE","author":"Leila \\ud800Hadi","articleSection":"W\\udfff\\u0000orld"}'.replace("TITLE", TITLE))), whole),
    "a record of wrong types": lambda: case(page(head=_ld('{"@type":{"a":1},"headline":[[]],"author":[[[]],7,null,{"name":{"name":1}}],"publisher":[],"image":{"url":{"url":[]}},"datePublished":{"a":[]},"isAccessibleForFree":[[]]}')), whole),
    "a record of lists where texts stand": lambda: case(page(head=_ld('{"@type":["NewsArticle",7,null],"headline":["TITLE"],"image":[[]],"author":{"name":["A","B"]},"articleBody":[1,{}]}'.replace("TITLE", TITLE))), whole),
    "a record that breaks off": lambda: case(page(head=_ld('{"@type":"NewsArticle","headline":"Ni')), whole),
    "a record with markup": lambda: case(page(head=_ld('<!-- {"@type":"NewsArticle"} --> //<![CDATA[')), whole),
    "a record with 3 MB of another text": lambda: case(page(head=_record(articleBody="Another text. " * 200_000)), whole),
    "a record that is no object": lambda: case(page(head="".join(_ld(one) for one in ("null", "7", '"x"', "[]", "[null]", "{}", ""))), whole),
    "a meta of 1 MB: og:title": lambda: case(page(head=_meta("og:title", _MEGA)), lambda one: one["text"] == TEXT and len(one["title"]) < 3_000),
    "a meta of 1 MB: description": lambda: case(page(head=_meta("og:description", _MEGA)), whole),
    "a meta of 1 MB: author": lambda: case(page(head=_meta("author", _MEGA)), lambda one: whole(one) and len(one["author"]) < 300),
    "a meta of 1 MB: section": lambda: case(page(head=_meta("article:section", _MEGA)), lambda one: whole(one) and len(one["section"]) < 300),
    "a meta of 1 MB: image": lambda: case(page(head=_meta("og:image", "https://news.test/" + "a" * 1_000_000)), lambda one: whole(one) and len(one["image_url"]) < 3_000),
    "a meta of 1 MB: site": lambda: case(page(head=_meta("og:site_name", _MEGA)), lambda one: whole(one) and len(one["publisher"]) < 300),
    "a meta of 1 MB: date": lambda: case(page(head=_meta("article:published_time", "2024-" * 200_000)), whole),
    "a meta of 1 MB: name": lambda: case(page(head=_meta("x" * 1_000_000, "y")), whole),
    "20,000 metas": lambda: case(page(head="".join(_meta(f"m{i}", "x") for i in range(20_000))), whole),
    "a title of 1 MB": lambda: case(page().replace(f"<title>{TITLE}", f"<title>{_MEGA}"), lambda one: one["text"] == TEXT and len(one["title"]) < 3_000),
    "a headline of 1 MB": lambda: case(page().replace(f"<h1>{TITLE}", f"<h1>{_MEGA}"), lambda one: TEXT in one["text"] and len(one["title"]) < 3_000),
    "a byline of 1 MB": lambda: case(page(f'<span class="author">{_MEGA}</span>{STORY}'), lambda one: TEXT in one["text"] and len(one["author"]) < 300),
    "20,000 bylines": lambda: case(page('<span class="author date">By A. Name</span>' * 20_000 + STORY), lambda one: TEXT in one["text"]),
    **{
        f"date {text}": lambda text=text: case(page(head=_meta("article:published_time", text)), _undated)
        for text in ("9999-12-31T23:59:59-12:00", "0000-00-00T00:00:00Z", "2024-02-31", "99999999999999999999", "-1", "1" * 400, "٢٠٢٤-٩٩-٠١")
    },
    "a day at no time": lambda: case(page(head=_meta("article:published_time", "2024-01-01T99:99:99+99:99")), lambda one: whole(one) and one["published_at"] == "2024-01-01T00:00:00Z"),
    **{
        f"address {text[:30]}": lambda text=text: case(
            page(head=f'<base href="{text}"><link rel="canonical" href="{text}">' + _meta("og:url", text) + _meta("og:image", text)),
            lambda one: whole(one) and one["canonical_url"] is None,
        )
        for text in ("http://[", "http://[::1", "http://[bad]/", "http://a:99999999/", "//", "http://\u2100/", "http://xn--/", "file:///etc/passwd", "data:text/html,x", "http://user:pass@[x", "ht\ttp://%00/", "http://" + "a." * 50_000 + "test/")
    },
}  # fmt: skip
