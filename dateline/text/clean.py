"""Which lines of an article are furniture, and why.

Owns the walk over a text: where head, prose and tail are, which row of ``RULES`` takes a line,
what a label opens. Refuses to know phrases (``rules_*``) and HTML (``extract``).

    clean_lines(lines, title=…, language=…) -> (kept, removed)
    furniture_spans(text, title=…) -> ((start, end, rule), …)
"""

import re
from bisect import bisect
from collections.abc import Sequence
from functools import cache, lru_cache

from msgspec import Struct

from dateline.model import Line, Removed, Role
from dateline.text import (
    paragraphs,
    rules_asian,
    rules_asking,
    rules_english_page,
    rules_english_promotion,
    rules_english_story,
    rules_left,
    rules_live,
    rules_northern,
    rules_present,
    rules_romance,
    rules_scripts,
    rules_western,
)
from dateline.text.rules import Rule, Where
from dateline.text.rules_match import LINE_MAX_CHARS, Index

__all__ = ["LINE_MAX_CHARS", "RULES", "author_in", "clean_lines", "clean_text", "count_words", "day_in", "furniture_spans", "key", "load"]  # fmt: skip

RULES: tuple[Rule, ...] = (
    *rules_english_page.ROWS,
    *rules_english_promotion.ROWS,
    *rules_english_story.ROWS,
    *rules_romance.ROWS,
    *rules_northern.ROWS,
    *rules_scripts.ROWS,
    *rules_asking.ROWS,
    *rules_live.ROWS,
    *rules_left.ROWS,
    *rules_present.ROWS,
    *rules_western.ROWS,
    *rules_asian.ROWS,
)
"""Every rule, in the order in which they are asked; the first that matches names the line."""

HEAD_MAX_LINES = 12
"""Headers of a page copied as text (site, tagline, title, outlet, byline, date) are shorter than this."""

WHOLE_SHARE = 0.5
"""A line with more than this share of the text is the article, whatever phrase stands in it."""

HEADER_MAX_WORDS = 12
"""A site's name or tagline is short; a longer line before the headline is a standfirst or a caption."""

_SENTENCE_END = re.compile(r"[.!?…।。！？؟۔][\"'”’»)\]]*\Z")
_LIST_END = re.compile(r"(?:\.{3}|…)\Z")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_NOT_WORD = re.compile(r"[\W_]+")
_TRAILING_TAGS = re.compile(
    r"(?:(?:\s+#[^\s#]{2,40}){2,}|\s*(?:pic\.(?:twitter|x)\.com|https?://t\.co)/\w{1,20})\s*\Z"
)
_TAIL_CHARS = 400
_BY = re.compile(
    r"\A\W{0,5}(?:(?:\w+ ){0,2}?by|von|par|por|autora?|auteure?|автор|авторка|текст|بقلم|كتب|نویسنده|خبرنگار|muhabir|yazan)\s?[:/]?\s+",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(r"\s*(?:[|/·•(,–]|\s-\s|\bon\b|\d).*\Z")


class _Seen(Struct, frozen=True):
    """A line as the rules see it."""

    text: str
    words: int
    is_prose: bool
    rule: Rule | None


def clean_lines(
    lines: Sequence[Line],
    *,
    title: str = "",
    language: str | None = None,
    recurring: frozenset[int] = frozenset(),
) -> tuple[tuple[Line, ...], tuple[Removed, ...]]:
    """Return the lines that a reader came for, and what was taken out with its place, each in text order.

    Idempotent: what is kept stays kept. Captions are told apart, never removed. ``language`` is
    ISO 639-1 or None; it only switches off rows whose words mean something else there.
    ``recurring`` are the places in ``lines`` of what the site is known to repeat: taken first, as "learned".
    """
    tidied = [(number, line) for number, line in enumerate(map(_tidy, lines)) if line.text]
    removed = [(number, Removed("learned", line.text)) for number, line in tidied if number in recurring]
    order = {id(line): number for number, line in tidied if number not in recurring}
    kept = tuple(line for number, line in tidied if number not in recurring)
    while True:
        verdicts = _judge([line.text for line in kept], [line.role for line in kept], title, language)
        after: list[Line] = []
        for line, verdict in zip(kept, verdicts, strict=True):
            if verdict is None:
                after.append(line)
            elif verdict == "caption":
                caption = Line(Role.CAPTION, line.text)
                order[id(caption)] = order[id(line)]
                after.append(caption)
            else:
                removed.append((order[id(line)], Removed(verdict, line.text)))
        changed = after != list(kept)
        kept = tuple(after)
        if not changed:
            places = [order[id(line)] for line in kept]
            removed.sort(key=lambda pair: pair[0])
            return kept, tuple(Removed(one.rule, one.text, bisect(places, at)) for at, one in removed)


def clean_text(
    text: str, title: str = "", language: str | None = None
) -> tuple[tuple[Line, ...], tuple[Removed, ...]]:
    """Return kept and removed lines of a plain text, whose paragraphs are its lines or blocks."""
    lines = [Line(Role.BODY, text[start:end]) for start, end in paragraphs.spans(text)]
    return clean_lines(lines, title=title, language=language)


def furniture_spans(
    text: str, title: str = "", language: str | None = None
) -> tuple[tuple[int, int, str], ...]:
    """Return (start, end, rule) of the paragraphs of ``text`` that are furniture or captions, in order.

    The text itself is not touched, so that spans of evidence keep counting in it.
    """
    spans = list(paragraphs.spans(text))
    live = list(range(len(spans)))
    texts = [_tidy(Line(Role.BODY, text[start:end])).text for start, end in spans]
    roles = [Role.BODY] * len(spans)
    found: dict[int, str] = {}
    while True:
        verdicts = _judge([texts[i] for i in live], [roles[i] for i in live], title, language)
        fresh = {i: verdict for i, verdict in zip(live, verdicts, strict=True) if verdict is not None}
        if not fresh:
            break
        found.update(fresh)
        for i, verdict in fresh.items():
            if verdict == "caption":
                roles[i] = Role.CAPTION
        live = [i for i in live if found.get(i, "caption") == "caption"]
    return tuple((*spans[i], found[i]) for i in sorted(found))


def author_in(removed: Sequence[Removed]) -> str:
    """Return the name in the first byline that was taken out, or an empty string."""
    for one in removed:
        if one.rule == "byline" and (found := _BY.match(one.text)):
            return _AFTER_NAME.sub("", one.text[found.end() :]).strip(" .:;")[:120]
    return ""


def day_in(removed: Sequence[Removed]) -> str:
    """Return the first date line that was taken out, as it stood, or an empty string."""
    return next(
        (one.text for one in removed if one.rule == "timestamp" and any(map(str.isdigit, one.text))), ""
    )


def _tidy(line: Line) -> Line:
    text = " ".join(line.text.split())
    while ("#" in text or "/" in text) and (
        found := _TRAILING_TAGS.search(text, max(1, len(text) - _TAIL_CHARS))
    ):
        text = text[: found.start()]
    return Line(line.role, text)


def count_words(text: str) -> int:
    """Return the number of words; in scripts without spaces two characters count as one."""
    words = len(text.split())
    return words if text.isascii() else max(words, len(_CJK.findall(text)) // 2)


def _judge(texts: list[str], roles: list[Role], title: str, language: str | None) -> list[str | None]:
    """Return one verdict per line: None to keep it, "caption", or the name of the rule that takes it."""
    seen = [_see(text, role, language) for text, role in zip(texts, roles, strict=True)]
    prose = [i for i, one in enumerate(seen) if one.is_prose]
    first, last = (prose[0], prose[-1]) if prose else (len(seen), len(seen) if not seen else -1)
    verdicts: list[str | None] = [None] * len(seen)
    most = WHOLE_SHARE * sum(map(len, texts))
    for i, one in enumerate(seen):
        if one.rule is None or roles[i] is Role.CAPTION or (one.words >= 25 and len(one.text) > most):
            continue
        if one.rule.where is Where.ANYWHERE or (i > last if one.rule.where is Where.TAIL else i < first):
            verdicts[i] = "caption" if one.rule.is_caption else one.rule.name
    _judge_head(texts, verdicts, min(first, HEAD_MAX_LINES), title)
    _judge_opened(seen, roles, verdicts, last)
    return verdicts


@lru_cache(maxsize=512)
def _see(text: str, role: Role, language: str | None) -> _Seen:
    words = count_words(text)
    rule = None if role is Role.CAPTION else load().rule_of(text, words, language)
    is_sentence = (words >= 12 and _SENTENCE_END.search(text) is not None) or words >= 25
    return _Seen(text, words, rule is None and is_sentence and role is not Role.CAPTION, rule)


@cache
def load() -> Index:
    """Return the rules with what finds them; warm it before forking."""
    return Index(RULES)


def _judge_head(texts: list[str], verdicts: list[str | None], first: int, title: str) -> None:
    """A headline that the text repeats, and the site's name and tagline that stand before it."""
    keys = [key(text) for text in texts[:first]]
    wanted = key(title)
    again = [i for i, key in enumerate(keys) if key and (key == wanted or _is_with_site(key, wanted))]
    if not again and first < len(texts):
        # Without a title: a line of words that the head says twice is the headline.
        again = [i for i, one in enumerate(keys) if keys.count(one) > 1 and _is_worded(one)]
    for i in again:
        verdicts[i] = verdicts[i] or "title_repeated"
    if not again:
        return
    for i in range(again[-1]):
        if verdicts[i] is None and count_words(texts[i]) <= HEADER_MAX_WORDS:
            verdicts[i] = "site_header"
    below = again[-1] + 1
    if below < first and verdicts[below] is None and _looks_like_outlet(texts[below]):
        verdicts[below] = "site_header"


def _is_worded(one: str) -> bool:
    words = one.split()
    return len(words) >= 4 and sum(word.isalpha() for word in words) >= 0.8 * len(words)


def _is_with_site(key: str, wanted: str) -> bool:
    # "Headline | Site" or "Site: Headline" on either side, for a headline of some length.
    short, long = sorted((key, wanted), key=len)
    return (
        len(short.split()) >= 4
        and long.startswith(short) | long.endswith(short)
        and len(long) < 2 * len(short)
    )


def _looks_like_outlet(text: str) -> bool:
    parts = text.split()
    return (
        len(parts) <= 4
        and not _SENTENCE_END.search(text)
        and all(part[0].isupper() or part[0].isdigit() for part in parts)
    )


def key(text: str) -> str:
    """Return the words of a line in one case, for comparing titles."""
    return _NOT_WORD.sub(" ", text.casefold()).strip()


def _judge_opened(seen: list[_Seen], roles: list[Role], verdicts: list[str | None], last: int) -> None:
    """Headlines and labels that follow an opening line: to the end in the tail, list items elsewhere."""
    is_open = False
    for i, one in enumerate(seen):
        if verdicts[i] is not None and one.rule is not None and one.rule.opens:
            is_open = True
            continue
        if not is_open or roles[i] is Role.CAPTION:
            continue
        if i > last:
            if verdicts[i] is None and (_LIST_END.search(one.text) or not _SENTENCE_END.search(one.text)):
                verdicts[i] = "related_headline"
        elif roles[i] is Role.LIST and not one.is_prose:
            verdicts[i] = verdicts[i] or "related_headline"
        else:
            is_open = False
