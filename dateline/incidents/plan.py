"""What settling an article will do, decided from what was coded and what stood before.

Owns the one place where a fate is decided. Refuses to do anything about it: the ledger commits
the plan, or refuses it because the neighbourhood has changed and it is planned anew.

    plan(PageResult, LookUp, now) -> Settlement
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from types import MappingProxyType

import msgspec

from dateline.dedup.compare import compare
from dateline.dedup.judge import judge
from dateline.dedup.lineage import PART
from dateline.dedup.publishers import family as publisher_of
from dateline.incidents.book import Book
from dateline.incidents.copies import Brought, brought, is_own
from dateline.incidents.corrections import corrections
from dateline.incidents.disputes import asked_for, dispute
from dateline.incidents.match import lookup_blocks, match
from dateline.incidents.recalled import recalled, recent
from dateline.incidents.record import TOLL_KINDS, ArticleRef, Coding, Incident
from dateline.incidents.revise import speaks
from dateline.incidents.storyline import Storyline, storyline
from dateline.model import Disposition, Fate
from dateline.resemblance import Neighbour, Verdict
from dateline.settlement import LookUp, PageResult, Settlement

SAME_ADDRESS_SHARE = 0.35
"""Least share of one of two texts under one canonical address that stands in the other. Some sites name their
front page as the canonical address of everything: of 20,000 pairs of Reuters news 12 reach it, tables among
them. Of texts half of whose sentences were written anew .96 do, and every teaser that grew."""

GROUNDS = 3
"""Of so many mentions the fate says why they were taken for known incidents."""

MAX_BLOCKS = 60
"""Blocks looked up for one article, at most: a round-up of five events asks for so many."""

_REPEATS = (Disposition.DUPLICATE, Disposition.REPRINT)


def wanted_blocks(result: PageResult, now: datetime) -> tuple[str, ...]:
    """Return the blocks in which the article's incidents may be known already."""
    fresh = _of_class(result.coding, "fresh")
    published_at = result.article.published_at if result.article else None
    taken_back = result.coding.retractions if result.coding else ()
    asked = (one for each in taken_back if (one := asked_for(each, published_at)))
    told = (*fresh, *asked, *recent(result.coding, now))
    keys = dict.fromkeys(key for one in told for key in lookup_blocks(one, now))
    return tuple(keys)[:MAX_BLOCKS]


def plan(result: PageResult, look_up: LookUp, now: datetime) -> Settlement:
    """Return what settling the article does: its one fate, its place in the index, its envelopes.

    A copy of a known text adds its article to the incidents of the original that it tells again; what it
    says beyond the original (``copies``) is news, and told as such. A revision updates the incidents that
    its earlier versions told of; those that it tells no more are left alone. What it takes back or denies
    turns the incident that is meant. Every article gets its lineage and its story. Deterministic; never raises.
    """
    article, coding, fingerprint = result.article, result.coding, result.fingerprint
    if article is None or coding is None or fingerprint is None:
        return Settlement(
            article_id=result.article_id,
            version=result.version,
            fate=Fate.UNREADABLE,
            reason=": ".join(filter(None, (result.reason, result.detail[:300]))),
        )
    near = [one for one in look_up.neighbours if one.sketch and one.id not in look_up.followers]
    same_page = _same_address(fingerprint.sketch, near)
    verdict = same_page or judge(fingerprint, near, article.published_at)
    family = _family(verdict, look_up.neighbours)
    book = Book(result, article, verdict, look_up, now, family=family)
    planned = _Planned(result, coding, verdict, book, look_up)
    if not family or speaks(book.own, article.id):
        return planned.telling()
    known = book.records(_originals(verdict, family, look_up))
    same_words = any(one.exact and one.id == verdict.of for one in near)
    second_address = same_page is not None and not _names_ours(result, verdict, known)
    is_head = not second_address and _is_head(verdict, [book.reference(one) for one in known])
    copied = brought(verdict, planned.fresh, known, now, same_words=same_words, is_head=is_head)
    if known and copied.is_another_story:
        novel = _another_story(verdict)
        book = Book(result, article, novel, look_up, now)
        return _Planned(result, coding, novel, book, look_up).telling()
    tie = _tie(planned.fresh, known, look_up, now)
    return planned.copy(copied, tie, second_address=second_address)


class _Planned:
    """One article, judged, with the book that it is told to."""

    def __init__(
        self, result: PageResult, coding: Coding, verdict: Verdict, book: Book, look_up: LookUp
    ) -> None:
        self._result, self._coding, self._verdict = result, coding, verdict
        self.book, self._look_up = book, look_up
        self.fresh = _of_class(coding, "fresh")

    def telling(self) -> Settlement:
        """Settle an article that speaks for itself."""
        beside = recent(self._coding, self.book.now)
        standing = (one.record for one in self._look_up.incidents.values())
        start = len(self.fresh)
        again = {start + place: found for place, found in recalled(beside, standing, self.book.now).items()}
        told = (*enumerate(self.fresh), *((number, beside[number - start]) for number in again))
        self.book.tell(told, again)
        turns = dispute(self.book, self._coding.retractions)
        statistics = _statistics(_of_class(self._coding, "aggregate"))
        fate, reason = _fate(self._coding, len(told), self.book, turns)
        return self._settled(fate, reason, statistics=statistics)

    def copy(self, copied: Brought, tie: str, *, second_address: bool) -> Settlement:
        """Settle a copy: what it repeats, and what it brings beyond that."""
        verdict, book = self._verdict, self.book
        # First what it says: an article that is listed already is not the first clean one any more.
        book.tell([(number, self.fresh[number]) for number in copied.news], copied.news)
        book.attach(copied.again, as_source=not second_address)
        turns = dispute(book, self._coding.retractions)
        own = (one for one in _of_class(self._coding, "aggregate") if is_own(one, verdict.passages))
        # An original that comes late puts its word in the record; the event was told already.
        speaks_for_itself = verdict.spun or 0 < verdict.share <= PART
        if turns or (copied.news and (copied.is_new or speaks_for_itself)):
            fate, told = _fate(self._coding, len(copied.news), book, turns)
            reason = f"{told}; for the rest, {verdict.reason}"
        else:
            is_duplicate = verdict.disposition is Disposition.DUPLICATE
            fate, reason = Fate.DUPLICATE if is_duplicate else Fate.REPRINT, verdict.reason
        return self._settled(fate, reason, statistics=_statistics(own), tie=tie)

    def _settled(
        self,
        fate: Fate,
        reason: str,
        *,
        statistics: Mapping[str, Incident] = MappingProxyType({}),
        tie: str = "",
    ) -> Settlement:
        look_up, book, result = self._look_up, self.book, self._result
        place = storyline(result, self._verdict, look_up, book.told, tie)
        return Settlement(
            article_id=result.article_id,
            version=result.version,
            fate=fate,
            reason=reason,
            verdict=self._verdict,
            indexed=True,
            changes=book.changes,
            statistics=tuple(one for key, one in statistics.items() if key not in look_up.statistics),
            incidents=tuple(dict.fromkeys(map(book.standing.goes_on_as, (*book.told, *look_up.own)))),
            statistic_keys=tuple(dict.fromkeys((*look_up.statistics, *statistics))),
            aliases=result.aliases,
            lineage=book.lineage(),
            origin=result.origin,
            story=place.story,
            merged=place.merged,
            revised=self._revised(place),
        )

    def _revised(self, place: Storyline) -> str:
        book = self.book
        told = book.records(book.told)
        # What was folded by this very version is told still, under the other's name.
        before = [msgspec.structs.replace(one, id=book.standing.goes_on_as(one.id)) for one in book.own]
        return corrections(self._result, self._look_up.earlier, before, told, left=place.left)


def _of_class(coding: Coding | None, class_: str) -> tuple[Incident, ...]:
    return tuple(one for one in coding.incidents if one.class_ == class_) if coding else ()


def _statistics(aggregates: Iterable[Incident]) -> dict[str, Incident]:
    """Return the statistics by what they say: figures, days and place, wherever in the text they stand."""
    return {_statistic_key(one): one for one in aggregates}


def _statistic_key(one: Incident) -> str:
    days = (one.date.start, one.date.end) if one.date else None
    place = (one.place.name, one.place.iso2) if one.place else None
    counts = [(kind, count.min, count.max) for kind in TOLL_KINDS if (count := getattr(one.toll, kind))]
    said = (one.sub_event_type, days, place, counts, one.n_events, one.n_strikes)
    return blake2b(msgspec.json.encode(said), digest_size=6).hexdigest()


def _fate(coding: Coding, told: int, book: Book, turns: Mapping[str, int]) -> tuple[Fate, str]:
    left = f"; {book.left} told by an earlier version stand as they were" if book.left else ""
    if told or turns:
        known = told - book.opened
        turned = "".join(f", {count} {turn}" for turn, count in sorted(turns.items()))
        grounds = "".join(f"; {one}" for one in book.grounds[:GROUNDS])
        return (
            Fate.INCIDENT,
            f"{book.opened} incidents opened, {known} mentions of known ones{turned}{left}{grounds}",
        )
    if coding.incidents:
        classes = ", ".join(sorted({one.class_ for one in coding.incidents}))
        return Fate.BACKGROUND, f"relevance {coding.relevance:.2f}; only {classes} mentions{left}"
    return Fate.IRRELEVANT, f"relevance {coding.relevance:.2f}; no incident told{left}"


def _same_address(sketch: bytes, neighbours: Iterable[Neighbour]) -> Verdict | None:
    for neighbour in neighbours:
        if not neighbour.same_address:
            continue
        shared = compare(sketch, neighbour.sketch)
        if max(shared.share, shared.other_share) >= SAME_ADDRESS_SHARE:
            return Verdict(
                disposition=Disposition.DUPLICATE,
                of=neighbour.id,
                similarity=shared.similarity,
                share=shared.share,
                other_share=shared.other_share,
                passages=shared.passages,
                reason=f"the same canonical address as {neighbour.id}, {shared.share:.0%} of it stands there",
            )
    return None


def _names_ours(result: PageResult, verdict: Verdict, known: Iterable[Incident]) -> bool:
    """Tell whether another publisher's page stands under the article's own address.

    Whoever names that as canonical copied from there, though polled first: the article is a source still.
    """
    if result.aliases or result.article is None:
        return False
    own = publisher_of(result.article.url, "")
    told = (ref for one in known for ref in one.articles if ref.id == verdict.of)
    return any(publisher_of(ref.url, "") != own for ref in told)


def _family(verdict: Verdict, neighbours: Sequence[Neighbour]) -> frozenset[str]:
    """Return the article that is repeated, what that one repeats, and the other copies of either."""
    if verdict.disposition not in _REPEATS or not verdict.of:
        return frozenset()
    roots = {verdict.of, *(one.of for one in neighbours if one.id == verdict.of and one.of)}
    return frozenset(roots | {one.id for one in neighbours if one.of in roots})


def _is_head(verdict: Verdict, standing: Sequence[ArticleRef]) -> bool:
    """Tell whether an article speaks for what it shares, though it comes late.

    It is the original, or holds what was told as a brief; of a reworded pair it is the clean one.
    """
    if verdict.spun:
        return not any(one.spun for one in standing)
    return not any(one.lineage in ("reprint", "retelling") for one in standing)


def _originals(verdict: Verdict, family: Collection[str], look_up: LookUp) -> tuple[str, ...]:
    """Return the incidents of what is repeated; where it told none, those of its other copies."""
    if ids := look_up.incidents_of.get(verdict.of or "", ()):
        return ids
    copies = (one.id for one in look_up.neighbours if one.id in family)
    return tuple(dict.fromkeys(one for copy in copies for one in look_up.incidents_of.get(copy, ())))


def _tie(fresh: Sequence[Incident], originals: Sequence[Incident], look_up: LookUp, now: datetime) -> str:
    """Return the known incident that is the one event of a copy and of its original, or nothing."""
    if len(fresh) != 1 or len(originals) > 1:
        return ""
    if originals and match(fresh[0], originals, now) is None:
        return ""
    found = match(fresh[0], [one.record for one in look_up.incidents.values()], now)
    return found.id if found else ""


def _another_story(verdict: Verdict) -> Verdict:
    shared = f"{verdict.share:.0%} of it stands in {verdict.of}"
    return Verdict(
        disposition=Disposition.NOVEL, reason=f"{shared}, but of what that one tells it tells nothing"
    )
