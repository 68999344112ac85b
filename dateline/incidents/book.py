"""The incidents as they will stand, while one article is being told.

Owns the envelopes of one settlement: opened, updated, a copy attached, each incident at most once. Refuses
the fate and the story (``plan``, ``storyline``), and what a merge keeps (``merge``, ``revise``).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from types import MappingProxyType

import msgspec

from dateline.dedup.lineage import placed
from dateline.incidents.match import attach, blocks, match, open_incident, update
from dateline.incidents.merge import origins
from dateline.incidents.record import ArticleRef, Event, Incident
from dateline.incidents.revise import pair, restate, told_by
from dateline.model import Article, Disposition, Lineage
from dateline.resemblance import Verdict
from dateline.settlement import Change, KnownIncident, LookUp, PageResult

#: A mention with its number among the article's fresh ones, which its id is made of.
Numbered = tuple[int, Incident]


class Book:
    """What is known, and what one article changes in it. ``family`` are the articles that it is a copy of."""

    def __init__(
        self,
        result: PageResult,
        article: Article,
        verdict: Verdict,
        look_up: LookUp,
        now: datetime,
        *,
        family: Collection[str] = (),
    ) -> None:
        self._result, self._article, self._verdict = result, article, verdict
        self._now, self._seen_at = now, result.accepted_at
        self.family = frozenset(family)
        #: What the family told; a record of many articles does not list all of them.
        self._shared = {one for member in self.family for one in look_up.incidents_of.get(member, ())}
        self._known: dict[str, KnownIncident] = dict(look_up.incidents)
        self._changes: dict[str, Change] = {}
        self._told: dict[str, None] = {}
        #: How many incidents it opens.
        self.opened = 0
        known = [self._known[one].record for one in look_up.own if one in self._known]
        #: What earlier versions of the article told of.
        self.own = told_by(known, article.id)

    @property
    def changes(self) -> tuple[Change, ...]:
        return tuple(self._changes.values())

    @property
    def told(self) -> tuple[str, ...]:
        """Ids of the incidents that the article tells of or is attached to, in the order in which it does."""
        return tuple(self._told)

    @property
    def left(self) -> int:
        """How many incidents of earlier versions this one does not tell of."""
        return len({one.id for one in self.own}.difference(self._told))

    def records(self, ids: Iterable[str]) -> tuple[Incident, ...]:
        """Return these incidents as they will stand, those that nobody knows left out."""
        return tuple(self._known[one].record for one in ids if one in self._known)

    def tell(self, mentions: Sequence[Numbered], given: Mapping[int, str] = MappingProxyType({})) -> None:
        """Add each mention: to the incident that is ``given`` for its number or that it tells of, or as a new one."""
        pairs = pair([one for _, one in mentions], self.own, self._article.id, self._now)
        # What a revision says no more is not found again by what it says beside.
        silent = {one.id for one in self.own}.difference(pairs.values())
        for place, (number, mention) in enumerate(mentions):
            if (incident_id := pairs.get(place)) is None:
                self._add(mention, number, silent, given.get(number, ""))
                continue
            existing = self._known[incident_id].record
            ref = self.reference(existing)
            self._note(existing, restate(existing, mention, ref, self._now))

    def attach(self, incident_ids: Iterable[str], *, as_source: bool = True) -> None:
        """Add the article to incidents that it repeats; one that is no source changes nothing of them."""
        for existing in self.records(incident_ids):
            ref, verdict = self.reference(existing), self._verdict_on(existing)
            changed = (
                attach(existing, ref, self._now, verdict=verdict, kin=self.family, seen_at=self._seen_at)
                if as_source
                else None
            )
            self._note(existing, changed)

    def reference(self, existing: Incident | None) -> ArticleRef:
        """Return what stands of the article in an incident, or in one that it opens."""
        article = self._article
        ref = ArticleRef(
            id=article.id,
            url=article.url,
            title=article.title,
            publisher=article.publisher,
            published_at=article.published_at,
            origin=self._result.origin or "",
        )
        siblings = existing.articles if existing else ()
        credited = origins(existing) if existing else ()
        verdict = self._verdict_on(existing)
        return placed(ref, verdict, siblings, credited, self.family, seen_at=self._seen_at)

    def standing(self) -> Lineage:
        """Return what the article is to its original, else to the first incident that it tells of."""
        told = self.records(self._told)
        if self.family:
            told = tuple(one for one in told if self._is_familys(one))
            if not told:
                return Lineage.RETELLING if self._verdict.spun else Lineage.REPRINT
        return Lineage(self.reference(told[0] if told else None).lineage)

    def _verdict_on(self, existing: Incident | None) -> Verdict:
        """Return the verdict as it bears on one incident: to those who tell of another event it is no copy."""
        if existing and self._is_familys(existing):
            return self._verdict
        return Verdict(disposition=Disposition.NOVEL, spun=self._verdict.spun)

    def _is_familys(self, incident: Incident) -> bool:
        return incident.id in self._shared or any(ref.id in self.family for ref in incident.articles)

    def _add(self, mention: Incident, number: int, silent: Collection[str], given: str) -> None:
        known = [one.record for one in self._known.values() if one.record.id not in silent]
        existing = self._known[given].record if given else match(mention, known, self._now)
        if existing is None:
            self._open(mention, number)
            return
        ref, verdict = self.reference(existing), self._verdict_on(existing)
        kin, seen_at = self.family, self._seen_at
        changed = update(existing, mention, ref, self._now, verdict=verdict, kin=kin, seen_at=seen_at)
        self._note(existing, changed)

    def _open(self, mention: Incident, number: int) -> None:
        incident_id = _incident_id(mention, self._result, number)
        opened = open_incident(mention, self.reference(None), self._now, incident_id)
        self._known[incident_id] = KnownIncident(version=0, record=opened)
        self._changes[incident_id] = Change(event="opened", incident=opened, blocks=blocks(opened))
        self._told[incident_id] = None
        self.opened += 1

    def _note(self, existing: Incident, changed: tuple[Incident, tuple[str, ...]] | None) -> None:
        self._told[existing.id] = None
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


def _incident_id(mention: Incident, result: PageResult, number: int) -> str:
    """Return COUNTRY-DAY-HASH; the same mention of the same version gives the same id, so a replay is seen."""
    country = mention.place.iso2 if mention.place and mention.place.iso2 else "XX"
    day = f"{mention.date.start:%Y%m%d}" if mention.date else "00000000"
    version = f" v{result.version}" if result.version > 1 else ""
    unique = blake2b(f"{result.article_id} {number}{version}".encode(), digest_size=4).hexdigest()
    return f"{country}-{day}-{unique}"
