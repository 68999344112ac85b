"""From a page to an article.

Owns the order of reading (kind, characters, structure, text, furniture, facts) and the one call to
trafilatura. Refuses the clock, the network and process state: its ``deduplicate`` remembers earlier
documents and its date search is quadratic, so neither is ever used.

    read(page, sketch) -> Article
    read_html(body, url=…) -> Article
"""

import re
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b

import msgspec
from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction, core, htmlprocessing, main_extractor, utils

from dateline.errors import BadPage, Reason
from dateline.model import Article, Line, Page, Removed, Role, TextSource
from dateline.text import (
    blocks,
    charset,
    clean,
    datelines,
    dates,
    furniture,
    html,
    language,
    metadata,
    prune,
    urls,
    walls,
    whole,
)

SHORT_CHARS = 250
"""Below this the extractor's text is held against other readings of the page (its own threshold)."""

LONG_CHARS = 500_000
"""Above this the extractor's text stands as it is: each comparison would copy it. A novel is as long."""

MAX_LINES = 5_000
"""Paragraphs of an article: more are a register or an attack, and cost milliseconds each to judge."""

MIN_WORDS = 12
"""Fewer words are a headline, a label or a caption, not a text."""

TEASER_WORDS = 40
"""A text of up to so many words that breaks off in an ellipsis only leads to the article."""

FEED_WINS = 2.0
"""The feed's own text is taken when it is so many times longer than the page's: a wall or a script stands there."""

TEASER_LOSES = 1.2
"""The same for a page that shows the beginning of the article only."""

_IN_TEXT = frozenset((Role.BODY, Role.STANDFIRST, Role.QUOTE, Role.LIST))
_ELLIPSES = ("...", "…", "[...]", "[…]")


_SPACE = re.compile(r"\s+")
_SENTENCES = re.compile(r"\n\s*\n|\n")


@cache
def load() -> None:
    """Warm the extractor and silence its log: what is wrong with a page is said by our errors."""
    for module in (core, htmlprocessing, main_extractor, utils):
        module.LOGGER.disabled = True
    clean.load()
    language.load()


def read(page: Page, sketch: furniture.Sketch = furniture.EMPTY) -> Article:
    """Return the article of an accepted entry; ``sketch`` is what its host is known to repeat.

    The date is the feed's, else the page's own, else None. The feed's text stands in when the page
    has none that can be read, or much less of it.

    Raises:
        BadPage: neither gives a text; the reason is that of the page, where there was one.
    """
    entry = page.entry
    if page.source is TextSource.FEED:
        return _from_feed(page, sketch)
    try:
        read = _from_html(page.body, page.content_type, page.final_url or page.url, entry.title, sketch)
    except BadPage:
        if not (entry.html or entry.summary):
            raise
        try:
            return _from_feed(page, sketch)
        except BadPage:
            pass
        raise
    enough = (FEED_WINS if read.teaser is None else TEASER_LOSES) * len(read.text)
    if max(len(entry.html), len(entry.summary)) > enough:
        try:
            own = _from_feed(page, sketch)
        except BadPage:
            own = None
        if own and len(own.text) > enough:
            return msgspec.structs.replace(own, section=read.section, image_url=read.image_url)
    return _with_entry(read, page)


def read_html(body: bytes, *, url: str, content_type: str = "") -> Article:
    """Return the article in an HTML page; its id comes from ``url``, or from the bytes without one.

    Raises:
        BadPage: not_html, too_deep, too_many_nodes, extract_budget or no_text.
    """
    return _from_html(body, content_type, url, "", furniture.EMPTY)


def _from_html(body: bytes, content_type: str, url: str, title: str, sketch: furniture.Sketch) -> Article:
    html.refuse_other_kinds(body, content_type)
    tree = html.parse(charset.decode(body[: html.MAX_CHARS], content_type))  # cut as bytes: faces take four
    facts = metadata.read(tree, url)
    title = title or facts.title
    prune.furniture(tree)
    captions = blocks.captions(tree)
    lines = [*blocks.without(_body_lines(tree, facts), captions), *captions]
    address = urls.canonical(url) if url else ""
    article_id = urls.article_id(address) if address else blake2b(body, digest_size=10).hexdigest()
    return _article(
        lines,
        facts,
        sketch,
        title=title,
        article_id=article_id,
        url=address or url,
        canonical=facts.canonical_url if facts.canonical_url != address else None,
    )


def _body_lines(tree: HtmlElement, facts: metadata.Facts) -> list[Line]:
    """Return the extractor's lines, or those of a plainer reading where it found next to nothing."""
    lines = _extracted(tree)
    if len(lines) > MAX_LINES:
        raise BadPage(f"{len(lines)} paragraphs", Reason.EXTRACT_BUDGET)
    size = _size(lines)
    if size > LONG_CHARS:
        return lines
    if size >= SHORT_CHARS:
        if len(lines) == 1:
            lines = _parted(lines[0], tree)
        return whole.completed(lines, blocks.of_html(whole.main(tree)))
    if len(facts.body) > 2 * size and len(facts.body) >= SHORT_CHARS:
        return [Line(Role.BODY, text) for text in _SENTENCES.split(facts.body) if text.strip()]
    plain = blocks.of_html(blocks.densest(tree))
    return plain if _size(plain) > 2 * size else lines


def _parted(one: Line, tree: HtmlElement) -> list[Line]:
    """Return the paragraphs of a text that the extractor gave as one, as it does for pages without <p>."""
    tight = _SPACE.sub("", one.text)
    parts = [line for line in _few(blocks.of_html(tree)) if _SPACE.sub("", line.text) in tight]
    if 0.9 <= _size(parts) / len(one.text) <= 1.1:
        return parts
    # The one line may be the page with all its labels: then the body's own paragraphs are most of it.
    parts = [line for line in _few(blocks.of_html(whole.main(tree))) if _SPACE.sub("", line.text) in tight]
    return parts if len(parts) > 1 and 0.5 <= _size(parts) / len(one.text) <= 1.1 else [one]


def _few(lines: list[Line]) -> list[Line]:
    """Return the lines of an article, or none of a page with more: each is looked for in all of the text."""
    return lines if len(lines) <= MAX_LINES else []


def _extracted(tree: HtmlElement) -> list[Line]:
    load()
    try:
        document = bare_extraction(tree, fast=True, include_comments=False, include_tables=True)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, etree.LxmlError):
        return []  # a page that breaks the extractor may still be read plainly
    return [] if document is None else blocks.of_body(document.body)


def _size(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines if line.role in _IN_TEXT)


def _article(
    lines: Sequence[Line],
    facts: metadata.Facts,
    sketch: furniture.Sketch,
    *,
    title: str,
    article_id: str,
    url: str,
    canonical: str | None,
) -> Article:
    sample = max((line.text for line in lines if line.role in _IN_TEXT), key=len, default="")
    spoken = language.identify(sample) or facts.language
    kept, removed = _cleaned(_with_standfirst(lines, facts.about), title, spoken, sketch)
    text = "\n\n".join(line.text for line in kept if line.role in _IN_TEXT)
    words = clean.count_words(text)
    if words < MIN_WORDS or (words <= TEASER_WORDS and text.endswith(_ELLIPSES)):
        raise BadPage(f"only {words} words of text", Reason.NO_TEXT)
    wall = walls.wall(facts.wall, text, behind=[one.text for one in removed if one.at >= len(kept)])
    if wall is None and words <= walls.SHORT_WORDS and text.endswith(_ELLIPSES):
        wall = walls.Wall.TEASER
    return Article(
        id=article_id,
        url=url,
        title=title,
        text=text,
        lines=kept,
        removed=removed,
        published_at=facts.published_at or dates.parse(clean.day_in(removed), spoken or ""),
        modified_at=facts.modified_at,
        author=facts.author or clean.author_in(removed),
        publisher=facts.site,
        dateline=_dateline(kept),
        section=facts.section,
        image_url=facts.image_url,
        teaser=wall.value if wall else None,
        language=spoken,
        canonical_url=canonical,
    )


def _dateline(lines: Sequence[Line]) -> str:
    """Return what the first line of the story's body says of its place and agency."""
    first = next((line.text for line in lines if line.role is Role.BODY), "")
    found = datelines.read(first)
    return found.label if found else ""


def _cleaned(
    lines: Sequence[Line], title: str, spoken: str | None, sketch: furniture.Sketch
) -> tuple[tuple[Line, ...], tuple[Removed, ...]]:
    """Clean by the rules first: a byline or a date that recurs is read before it goes."""
    kept, removed = clean.clean_lines(lines, title=title, language=spoken)
    known = furniture.recurring([line.text if line.role in _IN_TEXT else "" for line in kept], sketch)
    if not known:
        return kept, removed
    keys = {furniture.key(kept[i].text) for i in known}
    places = (i for i, line in enumerate(lines) if line.role in _IN_TEXT and furniture.key(line.text) in keys)
    return clean.clean_lines(lines, title=title, language=spoken, recurring=frozenset(places))


def _with_standfirst(lines: Sequence[Line], about: str) -> list[Line]:
    """Return the lines with the first that repeats the page's own description marked as standfirst."""
    start = " ".join(about.casefold().split())[:60]
    marked = list(lines)
    for i, line in enumerate(marked[:4]):
        if (
            len(start) >= 40
            and line.role is Role.BODY
            and line.text.casefold().startswith(start)
            and i + 1 < len(marked)
        ):
            marked[i] = Line(Role.STANDFIRST, line.text)
            break
    return marked


def _from_feed(page: Page, sketch: furniture.Sketch) -> Article:
    """Return the article that the feed itself carries."""
    entry = page.entry
    lines: list[Line] = []
    if entry.html.strip():
        markup = f"<html><body><div>{charset.scrub(entry.html)}</div></body></html>"
        lines = blocks.of_html(html.parse(markup))
    if _size(lines) < len(entry.summary) or not lines:
        lines = [
            Line(Role.BODY, text) for text in _SENTENCES.split(charset.scrub(entry.summary)) if text.strip()
        ]
    facts = metadata.Facts(language=page.language or entry.language)
    read = _article(
        lines, facts, sketch, title=entry.title, article_id=page.article_id, url=page.url, canonical=None
    )
    return msgspec.structs.replace(_with_entry(read, page), source=TextSource.FEED)


def _with_entry(read: Article, page: Page) -> Article:
    """Return the article under the entry's identity; the feed's word goes before the page's."""
    entry = page.entry
    url = page.url or read.url
    return msgspec.structs.replace(
        read,
        id=page.article_id,
        url=url,
        title=entry.title or read.title,
        published_at=entry.published_at or read.published_at,
        modified_at=entry.updated_at or read.modified_at,
        author=entry.author or read.author,
        publisher=page.publisher or read.publisher,
        language=read.language or page.language or entry.language,
        country=page.country,
        canonical_url=read.canonical_url if read.canonical_url != url else None,
    )
