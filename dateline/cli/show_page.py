"""How the reading of a page looks in a terminal, and without one.

Owns the layout: headline, facts, every line in page order with its role or with the rule that took
it out, what pruning took, the counts. In a terminal with colours what was removed is struck
through; elsewhere it begins with "- " and ends in the rule's name, one line each.
"""

from collections import Counter
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.cli import show
from dateline.cli.explain import Explanation
from dateline.model import Article, Line, Removed, Role
from dateline.text import clean

BOXES_SHOWN = 20
"""Boxes taken out of the page that are listed; the rest are counted."""

_WALLS = {
    "paywall": "only the beginning: the rest is for subscribers",
    "consent": "only the beginning: the page asks for consent first",
    "login": "only the beginning: the rest is for those who log in",
    "teaser": "only the beginning: the page leads on to the article",
}
_ROLE_STYLES = {Role.HEADLINE: "bold", Role.STANDFIRST: "bold", Role.CAPTION: "italic", Role.QUOTE: "green"}
_GUTTER = 12


def page(told: Explanation, console: Console) -> None:
    """Print how a page was read, or why it was not."""
    is_plain = not console.is_terminal or console.no_color or console.is_dumb_terminal
    rows = tuple(_rows(told))
    if is_plain:
        for row in rows:
            console.print(Text(_plain(*row)), soft_wrap=True, highlight=False)
        return
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(style="dim", no_wrap=True, min_width=_GUTTER)
    grid.add_column(overflow="fold")
    for kind, gutter, text in rows:
        grid.add_row(gutter, Text(text, style=_style(kind)))
    console.print(grid)


def _rows(told: Explanation) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, gutter, text): the kind is a role, "removed", "fact", "title" or "count"."""
    article = told.article
    if article is None:
        yield "error", "not read", f"{told.error}: {show.plain(told.detail)}"
    else:
        yield "title", "", show.plain(article.title) or "(no headline)"
        for name, value in _facts(article, told.written):
            yield "fact", name, show.plain(value)
        yield "gap", "", ""
        for line in _in_page_order(article):
            if isinstance(line, Removed):
                yield "removed", line.rule, show.plain(line.text)
            else:
                yield line.role, line.role, show.plain(line.text)
    yield "gap", "", ""
    yield from _boxes(told)
    if article is not None:
        yield "count", "counted", _counts(article)


def _facts(article: Article, written: str) -> Iterator[tuple[str, str]]:
    """Yield name and value of what is known of the article."""
    if at := article.published_at:
        source = f' (the page: "{written}")' if written else ""
        yield "published", f"{at:%Y-%m-%d %H:%M} UTC{source}"
    else:
        yield "published", "unknown"
    if at := article.modified_at:
        yield "modified", f"{at:%Y-%m-%d %H:%M} UTC"
    facts = {
        "author": article.author,
        "site": article.publisher,
        "section": article.section,
        "language": article.language or "",
        "dateline": article.dateline,
        "lead image": article.image_url,
        "address": article.canonical_url or article.url,
        "teaser": _WALLS.get(article.teaser, article.teaser) if article.teaser else "",
    }
    yield from ((name, value) for name, value in facts.items() if value)


def _in_page_order(article: Article) -> Iterator[Line | Removed]:
    """Yield kept and removed lines as they stood on the page."""
    waiting = sorted(article.removed, key=lambda one: one.at if one.at >= 0 else len(article.lines))
    for number, line in enumerate(article.lines):
        while waiting and 0 <= waiting[0].at <= number:
            yield waiting.pop(0)
        yield line
    yield from waiting


def _boxes(told: Explanation) -> Iterator[tuple[str, str, str]]:
    """Yield what pruning took out of the page, and how much else was passed over."""
    if told.taken:
        words = sum(one.words for one in told.taken)
        yield (
            "note",
            "page",
            f"{len(told.taken)} boxes ({words} words) were taken out before the text was looked for:",
        )
        for one in told.taken[:BOXES_SHOWN]:
            yield "box", "", f"{show.plain(one.label)}, {one.words} words: {show.plain(one.start)}"
        if len(told.taken) > BOXES_SHOWN:
            yield "box", "", f"and {len(told.taken) - BOXES_SHOWN} more"
    if told.passed_over:
        yield (
            "note",
            "page",
            f"{told.passed_over} more words of the page are no part of its text, and are not listed",
        )


def _counts(article: Article) -> str:
    words = clean.count_words(article.text)
    captions = sum(line.role is Role.CAPTION for line in article.lines)
    rules = Counter(one.rule for one in article.removed).most_common()
    by_rule = ", ".join(f"{rule} {number}" for rule, number in rules)
    return (
        f"kept: {words} words, {len(article.lines) - captions} lines, {captions} captions; "
        f"removed: {len(article.removed)} lines{f' ({by_rule})' if rules else ''}"
    )


def _plain(kind: str, gutter: str, text: str) -> str:
    if kind == "removed":
        return f"- {text} [{gutter}]"
    if kind in ("title", "gap", "count"):
        return text
    return f"{gutter:{_GUTTER}}{text}"


def _style(kind: str) -> str:
    fixed = {
        "title": "bold",
        "removed": "strike dim",
        "box": "dim",
        "note": "dim",
        "count": "bold",
        "error": "red",
    }
    return fixed.get(kind) or _ROLE_STYLES.get(kind, "")  # type: ignore[call-overload]
