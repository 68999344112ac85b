"""What one article does to the incidents, one mention after the other.

Owns which incident each mention is told to, and the turns that this shows: two that are one, an article
that leaves, one that opens again. Refuses the fate and the story (``plan``, ``storyline``), what a merge
keeps (``merge``, ``revise``, ``twins``, ``parting``), and what an article takes back (``disputes``).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from types import MappingProxyType

import msgspec

from dateline.dedup.lineage import placed
from dateline.incidents.closing import restored
from dateline.incidents.history import stepped
from dateline.incidents.match import attach, grounds, match, open_incident, update
from dateline.incidents.merge import origins, versioned
from dateline.incidents.parting import has_left, rest_of
from dateline.incidents.record import ArticleRef, Incident, Step
from dateline.incidents.revise import is_alone, pair, restate, told_by
from dateline.incidents.standing import Standing
from dateline.incidents.twins import elder, folded, twin
from dateline.model import Article, Disposition, Lineage
from dateline.resemblance import Verdict
from dateline.settlement import Change, LookUp, PageResult

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
        self.now, self._seen_at = now, result.accepted_at
        self.family = frozenset(family)
        #: What the family told; a record of many articles does not list all of them.
        self._shared = {one for member in self.family for one in look_up.incidents_of.get(member, ())}
        self.standing = Standing(look_up.incidents)
        #: How many incidents it opens.
        self.opened = 0
        #: Why mentions were taken for known incidents, for people.
        self.grounds: list[str] = []
        #: What earlier versions of the article told of.
        self.own = told_by(self.standing.records(look_up.own), article.id)

    @property
    def changes(self) -> tuple[Change, ...]:
        return self.standing.changes

    @property
    def told(self) -> tuple[str, ...]:
        """Ids of the incidents that the article tells of or is attached to, in the order in which it does."""
        return self.standing.told

    @property
    def left(self) -> int:
        """How many incidents of earlier versions this one does not tell of."""
        return len({self.standing.goes_on_as(one.id) for one in self.own}.difference(self.told))

    def records(self, ids: Iterable[str]) -> tuple[Incident, ...]:
        """Return these incidents as they will stand, those that nobody knows left out."""
        return self.standing.records(ids)

    def tell(self, mentions: Sequence[Numbered], given: Mapping[int, str] = MappingProxyType({})) -> None:
        """Add each mention: to the incident that is ``given`` for its number or that it tells of, or as a new one."""
        pairs = pair([one for _, one in mentions], self.own, self._article.id, self.now)
        # What a revision says no more is not found again by what it says beside.
        silent = {one.id for one in self.own}.difference(pairs.values())
        for place, (number, mention) in enumerate(mentions):
            if (incident_id := pairs.get(place)) is None:
                self._add(mention, number, silent, given.get(number, ""))
            else:
                self._restate(mention, number, incident_id, silent)

    def attach(self, incident_ids: Iterable[str], *, as_source: bool = True) -> None:
        """Add the article to incidents that it repeats; one that is no source changes nothing of them.

        What the repeated article only denied has no copy of a telling in it.
        """
        for existing in self.records(incident_ids):
            self.standing.tell(existing.id)
            if not as_source or self._only_disputed(existing):
                continue
            ref, verdict = self.reference(existing), self._verdict_on(existing)
            changed = attach(existing, ref, self.now, verdict=verdict, kin=self.family, seen_at=self._seen_at)
            self.standing.change(existing, changed)

    def reference(self, existing: Incident | None) -> ArticleRef:
        """Return what stands of the article in an incident, or in one that it opens."""
        siblings = existing.articles if existing else ()
        credited = origins(existing) if existing else ()
        verdict = self._verdict_on(existing)
        return placed(self.signature, verdict, siblings, credited, self.family, seen_at=self._seen_at)

    @property
    def signature(self) -> ArticleRef:
        """What is known of the article apart from all incidents."""
        article = self._article
        return ArticleRef(
            id=article.id,
            url=article.url,
            title=article.title,
            publisher=article.publisher,
            published_at=article.published_at,
            origin=self._result.origin or "",
        )

    def lineage(self) -> Lineage:
        """Return what the article is to its original, else to the first incident that it tells of."""
        told = self.records(self.told)
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

    def _only_disputed(self, incident: Incident) -> bool:
        """Tell whether those that the article repeats stand in an incident's history, and tell nothing of it."""
        turned = any(step.article in self.family for step in incident.history)
        return turned and not any(ref.id in self.family for ref in incident.articles)

    def _add(self, mention: Incident, number: int, silent: Collection[str], given: str) -> None:
        known = [one for one in self.standing.candidates() if one.id not in silent]
        existing = self.standing.get(given) if given else match(mention, known, self.now)
        if existing is None:
            self._open(mention, number)
            return
        self.grounds.append(f"{existing.id} by {grounds(mention, existing)}")
        ref, verdict = self.reference(existing), self._verdict_on(existing)
        kin, seen_at = self.family, self._seen_at
        changed = update(existing, mention, ref, self.now, verdict=verdict, kin=kin, seen_at=seen_at)
        if changed is not None:
            changed = versioned(existing, restored(existing, changed[0], ref, self.now), self.now)
        self._tell_of(existing, changed)
        if changed is not None:
            self._join(mention, existing, existing.id, silent)

    def _restate(self, mention: Incident, number: int, incident_id: str, silent: Collection[str]) -> None:
        """Replace what an earlier version said; what is shown to be another event leaves the one that others tell."""
        existing = self.standing.get(incident_id)
        if existing is None:
            self._add(mention, number, silent, "")
            return
        alone = is_alone(existing, self._article.id)
        rest = existing if alone else rest_of(existing, (self._article.id,))
        if not alone and rest.articles and (why := has_left(mention, rest, self.now)):
            self._split(mention, number, existing, (rest, why), silent)
            return
        changed = restate(existing, mention, self.reference(existing), self.now)
        self._tell_of(existing, changed)
        if changed is not None:  # what says nothing new shows nothing new
            self._join(mention, changed[0] if alone else rest, incident_id, silent)

    def _split(
        self,
        mention: Incident,
        number: int,
        existing: Incident,
        left: tuple[Incident, str],
        silent: Collection[str],
    ) -> None:
        rest, why = left
        known = [one for one in self.standing.candidates() if one.id not in {existing.id, *silent}]
        other = match(mention, known, self.now)
        if other is None:
            other_id = self._open(mention, number)
        else:
            other_id = other.id
            self._add(mention, number, {existing.id, *silent}, other.id)
        step = Step(
            event="split", at=self.now, incident=other_id, article=self._article.id, reason=f"revised: {why}"
        )
        self.standing.change(existing, versioned(existing, stepped(rest, step), self.now))
        moved = self.standing.get(other_id)
        if moved is not None:
            back = msgspec.structs.replace(step, incident=existing.id)
            self.standing.change(moved, versioned(moved, stepped(moved, back), self.now))

    def _join(self, mention: Incident, before: Incident, incident_id: str, silent: Collection[str]) -> None:
        """Fold two standing incidents that the mention shows to be one."""
        after = self.standing.get(incident_id)
        if after is None:
            return
        beside = {*silent, *self.told, *(one.id for one in self.own)} - {after.id}
        other = twin(mention, before, after, self.standing.candidates(), self.now, apart=beside)
        if other is None:
            return
        first, second = elder(after, other)
        survivor, closed = folded(first, second, self._article.id, self.now)
        self._tell_of(first, versioned(first, survivor, self.now))
        self.standing.change(second, versioned(second, closed, self.now), "merged")
        self.standing.fold(second.id, first.id)

    def _open(self, mention: Incident, number: int) -> str:
        incident_id = _incident_id(mention, self._result, number)
        self.standing.open(open_incident(mention, self.reference(None), self.now, incident_id))
        self.opened += 1
        return incident_id

    def _tell_of(self, existing: Incident, changed: tuple[Incident, tuple[str, ...]] | None) -> None:
        self.standing.tell(existing.id)
        self.standing.change(existing, changed)


def _incident_id(mention: Incident, result: PageResult, number: int) -> str:
    """Return COUNTRY-DAY-HASH; the same mention of the same version gives the same id, so a replay is seen."""
    country = mention.place.iso2 if mention.place and mention.place.iso2 else "XX"
    day = f"{mention.date.start:%Y%m%d}" if mention.date else "00000000"
    version = f" v{result.version}" if result.version > 1 else ""
    unique = blake2b(f"{result.article_id} {number}{version}".encode(), digest_size=4).hexdigest()
    return f"{country}-{day}-{unique}"
