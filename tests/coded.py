"""Page results as the killable child would send them, built without reading or coding anything."""

from datetime import timedelta
from typing import Any

import msgspec
from make import NOW, incident

from dateline.dedup.fingerprint import fingerprint
from dateline.incidents.record import Coding, Count, Evidence, Incident, Toll
from dateline.model import Article
from dateline.settlement import PageResult

_VOCABULARY = (
    "market river bridge council harvest teacher engine winter signal garden letter pilot copper valley "
    "lantern meadow doctor border ferry orchard tunnel soldier granite window basket hammer island village "
    "station mirror captain farmer silver thunder blanket harbour mountain needle pepper saddle"
)
_WORDS = _VOCABULARY.split()


def prose(seed: int, words: int = 80) -> str:
    """A text of its own for each seed: two of them share no three words in a row but by accident."""
    picked = [
        _WORDS[(seed * 7 + number * (seed + 3) + number * number) % len(_WORDS)] for number in range(words)
    ]
    return f"Report {seed}. " + " ".join(f"{word}{seed}" for word in picked)


def mention(article: int = 1, killed: int = 7, *, start: int = 0, **fields: Any) -> Incident:
    """A fresh mention in an article, proven by a sentence of its own place in the text."""
    proof = Evidence(
        article=f"{article:016x}", start=start, end=start + 40, text="", supports=("event_type",)
    )
    made = incident(0, toll=Toll(killed=Count(min=killed, max=killed)), evidence=(proof,))
    return msgspec.structs.replace(made, id="", **fields)


def result(
    number: int = 1,
    *mentions: Incident,
    article_id: str = "",
    text: str = "",
    relevance: float = 0.9,
    **fields: Any,
) -> PageResult:
    """A page that was read and coded: by default a text of its own that tells of nothing."""
    article = Article(
        id=article_id or f"{number:016x}",
        url=f"http://news{number}.test/story-{number}",
        title=f"Story {number}",
        text=text or prose(number),
        publisher=f"Paper {number}",
        published_at=NOW - timedelta(minutes=5),
        language="en",
    )
    made = PageResult(
        article_id=article.id,
        article=article,
        fingerprint=fingerprint(article.text, article.title),
        coding=Coding(relevance=relevance, relevant=bool(mentions), incidents=tuple(mentions)),
        accepted_at=NOW,
    )
    return msgspec.structs.replace(made, **fields)
