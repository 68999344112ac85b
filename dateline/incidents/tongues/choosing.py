"""Which language an article is coded in.

Owns the cheap look that spares English articles any cost. Refuses to code.
"""

from functools import cache

from dateline.incidents.tongues import tongue as tongues
from dateline.incidents.tongues.coding import Linguist
from dateline.model import Article
from dateline.text import language

_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "is",
        "was",
        "for",
        "that",
        "on",
        "said",
        "with",
        "by",
        "at",
        "from",
        "were",
        "has",
        "had",
        "have",
        "an",
        "as",
        "it",
        "be",
        "after",
    ]
)
SAMPLE_CHARS = 400
ENGLISH_SHARE = 0.2
"""English prose has a third of such words; Spanish and French texts under a tenth ("a", "on", "has")."""

OWN_SHARE = 0.15
"""Share of its own function words below which a text is hardly of a language that an identifier guesses."""


@cache
def _codes() -> frozenset[str]:
    return frozenset(tongues.codes())


def linguist_of(article: Article) -> Linguist | None:
    """Return the coder of the article's language; None for English and for languages without data.

    Plainly English text costs some microseconds. Of other text the article's own word for its language is
    believed; without one it is identified (0.2 ms) and must hold that language's function words.
    """
    told = (article.language or "").partition("-")[0].lower()
    if told == "en" or not (words := article.text[:SAMPLE_CHARS].lower().split()):
        return None
    if sum(word in _ENGLISH for word in words) >= ENGLISH_SHARE * len(words):
        return None
    if told:
        return Linguist.load(told) if told in _codes() else None
    found = language.identify(article.text)
    if found is None or found not in _codes():
        return None
    tongue = tongues.load(found)
    own = sum(tongue.phrases.fold(word.strip(".,;:")) in tongue.functions for word in words)
    return Linguist.load(found) if own >= OWN_SHARE * len(words) else None
