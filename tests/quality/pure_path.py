"""The running service's way of telling copies, without its store: fingerprint, shared keys, judge.

Owns an index in plain dictionaries that finds what the store's finds: articles that share a key or the
exact hash, earliest first.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dateline.dedup.compare import compare
from dateline.dedup.fingerprint import fingerprint
from dateline.dedup.judge import judge
from dateline.model import Disposition
from dateline.resemblance import Fingerprint, Neighbour, Verdict

POSTINGS = 64
"""Articles kept for a key, the latest: one in more of them tells nothing. The store has such a bound as well."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a pair: was it looked at, was it told a copy, and how alike it seemed."""

    candidate: bool
    reprint: bool
    similarity: float = 0.0
    share: float = 0.0
    other_share: float = 0.0

    def why(self) -> str:
        if not self.candidate:
            return "no shared key"
        return f"similarity {self.similarity:.2f}, share {self.share:.2f}, other {self.other_share:.2f}"


class Prints:
    """Fingerprints of articles, each made once."""

    def __init__(self) -> None:
        self._known: dict[str, Fingerprint] = {}

    def of(self, article: object) -> Fingerprint:
        """Return the fingerprint of anything with ``id``, ``title`` and ``text``."""
        name = article.id
        if name not in self._known:
            self._known[name] = fingerprint(article.text, article.title)
        return self._known[name]

    def pair(self, old: object, new: object) -> Outcome:
        """Return what becomes of ``new`` when ``old`` alone came before it."""
        earlier, later = self.of(old), self.of(new)
        same = earlier.exact == later.exact
        if not same and not set(earlier.keys) & set(later.keys):
            return Outcome(candidate=False, reprint=False)
        stub = Neighbour(
            id="x",
            sketch=earlier.sketch,
            words=earlier.words,
            exact=same,
            published_at=getattr(old, "published_at", None),
        )
        verdict = judge(later, [stub], getattr(new, "published_at", None))
        likeness = compare(later.sketch, earlier.sketch)
        return Outcome(
            candidate=True,
            reprint=is_copy(verdict),
            similarity=likeness.similarity,
            share=likeness.share,
            other_share=likeness.other_share,
        )


def is_copy(verdict: Verdict) -> bool:
    return verdict.disposition in (Disposition.DUPLICATE, Disposition.REPRINT)


class DictIndex:
    """Articles by key and by exact hash, in the order in which they came."""

    def __init__(self) -> None:
        self._by_key: dict[int, list[int]] = defaultdict(list)
        self._by_exact: dict[bytes, int] = {}
        self._stubs: list[Neighbour] = []

    def near(self, of: Fingerprint) -> list[Neighbour]:
        """Return the articles that share a key or the exact hash, earliest first."""
        places = {place for key in of.keys for place in self._by_key.get(key, ())}
        same = self._by_exact.get(of.exact)
        found = [self._stubs[place] for place in sorted(places)]
        if same is None or not of.words:
            return found
        stub = self._stubs[same]
        exact = Neighbour(
            id=stub.id,
            sketch=stub.sketch,
            words=stub.words,
            exact=True,
            of=stub.of,
            published_at=stub.published_at,
        )
        return [exact, *(one for one in found if one.id != stub.id)]

    def put(self, name: str, made: Fingerprint, of: str | None, published_at: datetime | None = None) -> None:
        """File an article that has been judged a copy of ``of``, or of none."""
        place = len(self._stubs)
        self._stubs.append(
            Neighbour(id=name, sketch=made.sketch, words=made.words, of=of or "", published_at=published_at)
        )
        self._by_exact.setdefault(made.exact, place)
        for key in made.keys:
            filed = self._by_key[key]
            filed.append(place)
            del filed[:-POSTINGS]


def judged(articles: Iterable[object], prints: Prints) -> list[tuple[str, Verdict]]:
    """Return the verdict on each article of a stream, by id."""
    index = DictIndex()
    told = []
    for article in articles:
        made = prints.of(article)
        at = getattr(article, "published_at", None)
        verdict = judge(made, index.near(made), at)
        index.put(article.id, made, verdict.of if is_copy(verdict) else None, at)
        told.append((article.id, verdict))
    return told
