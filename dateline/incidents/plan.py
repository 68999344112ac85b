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
from dateline.dedup.lineage import lineage
from dateline.incidents.match import (
    attach,
    blocks,
    lookup_blocks,
    match,
    open_incident,
    update,
    update_needed,
)
from dateline.incidents.merge import origins
from dateline.incidents.record import TOLL_KINDS, ArticleRef, Coding, Event, Incident
from dateline.incidents.revise import pair, restate, speaks, told_by
from dateline.model import Article, Disposition, Fate
from dateline.resemblance import Neighbour, Verdict
from dateline.settlement import Change, KnownIncident, LookUp, PageResult, Settlement

SAME_ADDRESS_SIMILARITY = 0.3
"""Least similarity of two texts under one canonical address. Some sites name their front page as the
canonical address of everything; their articles share no text, a revised article does."""

MAX_BLOCKS = 60
"""Blocks looked up for one article, at most: a round-up of five events asks for so many."""

_REPEATS = (Disposition.DUPLICATE, Disposition.REPRINT)


def wanted_blocks(result: PageResult, now: datetime) -> tuple[str, ...]:
    """Return the blocks in which the article's incidents may be known already."""
    fresh = _fresh(result.coding)
    return tuple(dict.fromkeys(key for one in fresh for key in lookup_blocks(one, now)))[:MAX_BLOCKS]


def plan(result: PageResult, look_up: LookUp, now: datetime) -> Settlement:
    """Return what settling the article does: its one fate, its place in the index, its envelopes.

    A repeat of a known text adds its article to the incidents of the original, unless it brings a
    figure that they do not have: then it is news, and told as such. A revision updates the incidents that
    its earlier versions told of; those that it tells no more are left alone. Deterministic; never raises.
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
    verdict = same_page or judge(fingerprint, near)
    book = _Book(result, article, verdict, look_up, now)
    fresh = _fresh(coding)
    repeats = verdict.disposition in _REPEATS and not speaks(book.own, article.id)
    if repeats and not _brings_news(verdict, fresh, look_up, now):
        book.attach_to_original(second_address=same_page is not None)
        fate = Fate.DUPLICATE if verdict.disposition is Disposition.DUPLICATE else Fate.REPRINT
        return book.settlement(fate, verdict.reason)
    book.tell(fresh)
    return book.settlement(*_fate(coding, fresh, book), statistics=_statistics(coding))


class _Book:
    """The incidents as they will stand, while one article is being told."""

    def __init__(
        self, result: PageResult, article: Article, verdict: Verdict, look_up: LookUp, now: datetime
    ) -> None:
        self._result, self._article, self._verdict = result, article, verdict
        self._look_up, self._now = look_up, now
        self._known: dict[str, KnownIncident] = dict(look_up.incidents)
        self._changes: dict[str, Change] = {}
        self._told: list[str] = []
        self.opened = 0
        known = [self._known[one].record for one in look_up.own if one in self._known]
        #: What earlier versions of the article told of.
        self.own = told_by(known, article.id)

    def tell(self, fresh: Sequence[Incident]) -> None:
        """Add each mention: to the incident that it tells of, or as a new one."""
        pairs = pair(fresh, self.own, self._article.id, self._now)
        # What a revision says no more is not found again by what it says beside.
        silent = {one.id for one in self.own}.difference(pairs.values())
        for number, mention in enumerate(fresh):
            if (incident_id := pairs.get(number)) is None:
                self._add(mention, number, silent)
                continue
            existing = self._known[incident_id].record
            ref = self._ref(existing)
            self._note(existing, restate(existing, mention, ref, self._now, origin=self._result.origin))

    @property
    def left(self) -> int:
        """How many incidents of earlier versions this one does not tell of."""
        return len({one.id for one in self.own}.difference(self._told))

    def _add(self, mention: Incident, number: int, silent: Collection[str]) -> None:
        known = [one.record for one in self._known.values() if one.record.id not in silent]
        existing = match(mention, known, self._now)
        if existing is None:
            self._open(mention, number)
            return
        ref = self._ref(existing)
        changed = update(existing, mention, ref, self._now, origin=self._result.origin)
        self._note(existing, changed)

    def attach_to_original(self, *, second_address: bool) -> None:
        """Add the article as a source of what the original told; a second address of one page is no source."""
        for incident_id in self._look_up.incidents_of.get(self._verdict.of or "", ()):
            if (known := self._known.get(incident_id)) is None:
                continue
            changed = None
            if not second_address:
                changed = attach(known.record, self._ref(known.record), self._now)
            self._note(known.record, changed)

    def settlement(
        self, fate: Fate, reason: str, statistics: Mapping[str, Incident] = MappingProxyType({})
    ) -> Settlement:
        return Settlement(
            article_id=self._article.id,
            version=self._result.version,
            fate=fate,
            reason=reason,
            verdict=self._verdict,
            indexed=True,
            changes=tuple(self._changes.values()),
            statistics=tuple(one for key, one in statistics.items() if key not in self._look_up.statistics),
            incidents=tuple(dict.fromkeys((*self._told, *self._look_up.own))),
            statistic_keys=tuple(dict.fromkeys((*self._look_up.statistics, *statistics))),
            aliases=self._result.aliases,
        )

    def _open(self, mention: Incident, number: int) -> None:
        incident_id = _incident_id(mention, self._result, number)
        opened = open_incident(mention, self._ref(None), self._now, incident_id, origin=self._result.origin)
        self._known[incident_id] = KnownIncident(version=0, record=opened)
        self._changes[incident_id] = Change(event="opened", incident=opened, blocks=blocks(opened))
        self._told.append(incident_id)
        self.opened += 1

    def _note(self, existing: Incident, changed: tuple[Incident, tuple[str, ...]] | None) -> None:
        self._told.append(existing.id)
        if changed is None:
            return
        before = self._known[existing.id]
        # Two mentions in one article make one envelope and one version.
        merged = msgspec.structs.replace(changed[0], version=before.version + 1)
        self._known[existing.id] = KnownIncident(version=before.version, record=merged)
        earlier = self._changes.get(existing.id)
        event: Event = earlier.event if earlier else "updated"
        fields = tuple(dict.fromkeys((*(earlier.changed if earlier else ()), *changed[1])))
        self._changes[existing.id] = Change(
            event=event,
            incident=merged,
            changed=() if event == "opened" else fields,
            blocks=blocks(merged),
            expected_version=before.version,
        )

    def _ref(self, existing: Incident | None) -> ArticleRef:
        article = self._article
        what = lineage(
            self._verdict,
            self._result.origin,
            url=article.url,
            publisher=article.publisher,
            siblings=existing.articles if existing else (),
            origins=origins(existing) if existing else (),
        )
        return ArticleRef(
            id=article.id,
            url=article.url,
            title=article.title,
            publisher=article.publisher,
            published_at=article.published_at,
            lineage=what.value,
        )


def _fresh(coding: Coding | None) -> tuple[Incident, ...]:
    return tuple(one for one in coding.incidents if one.class_ == "fresh") if coding else ()


def _statistics(coding: Coding) -> dict[str, Incident]:
    """Return the statistics by what they say: figures, days and place, wherever in the text they stand."""
    return {_statistic_key(one): one for one in coding.incidents if one.class_ == "aggregate"}


def _statistic_key(one: Incident) -> str:
    days = (one.date.start, one.date.end) if one.date else None
    place = (one.place.name, one.place.iso2) if one.place else None
    counts = [(kind, count.min, count.max) for kind in TOLL_KINDS if (count := getattr(one.toll, kind))]
    said = (one.sub_event_type, days, place, counts, one.n_events, one.n_strikes)
    return blake2b(msgspec.json.encode(said), digest_size=6).hexdigest()


def _fate(coding: Coding, fresh: tuple[Incident, ...], book: _Book) -> tuple[Fate, str]:
    left = f"; {book.left} told by an earlier version stand as they were" if book.left else ""
    if fresh:
        known = len(fresh) - book.opened
        return Fate.INCIDENT, f"{book.opened} incidents opened, {known} mentions of known ones{left}"
    if coding.incidents:
        classes = ", ".join(sorted({one.class_ for one in coding.incidents}))
        return Fate.BACKGROUND, f"relevance {coding.relevance:.2f}; only {classes} mentions{left}"
    return Fate.IRRELEVANT, f"relevance {coding.relevance:.2f}; no incident told{left}"


def _same_address(sketch: bytes, neighbours: Iterable[Neighbour]) -> Verdict | None:
    for neighbour in neighbours:
        if not neighbour.same_address:
            continue
        similarity = compare(sketch, neighbour.sketch).similarity
        if similarity >= SAME_ADDRESS_SIMILARITY:
            return Verdict(
                disposition=Disposition.DUPLICATE,
                of=neighbour.id,
                similarity=similarity,
                reason=f"the same canonical address as {neighbour.id}, similarity {similarity:.2f}",
            )
    return None


def _brings_news(verdict: Verdict, fresh: tuple[Incident, ...], look_up: LookUp, now: datetime) -> bool:
    """Tell whether a repeat has a figure that the incidents of its original lack, or an incident of its own."""
    ids = look_up.incidents_of.get(verdict.of or "", ())
    known = [look_up.incidents[one].record for one in ids if one in look_up.incidents]
    if not known or verdict.disposition is Disposition.DUPLICATE:
        return False
    matches = [(one, match(one, known, now)) for one in fresh]
    return any(found is not None and update_needed(found, one) for one, found in matches)


def _incident_id(mention: Incident, result: PageResult, number: int) -> str:
    """Return COUNTRY-DAY-HASH; the same mention of the same version gives the same id, so a replay is seen."""
    country = mention.place.iso2 if mention.place and mention.place.iso2 else "XX"
    day = f"{mention.date.start:%Y%m%d}" if mention.date else "00000000"
    version = f" v{result.version}" if result.version > 1 else ""
    unique = blake2b(f"{result.article_id} {number}{version}".encode(), digest_size=4).hexdigest()
    return f"{country}-{day}-{unique}"
