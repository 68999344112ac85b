"""What stands after some articles were settled, kept in plain dictionaries: the store's promises to a plan."""

from datetime import datetime

import msgspec
from make import NOW

from dateline.incidents.plan import plan
from dateline.incidents.record import Incident
from dateline.model import Disposition
from dateline.resemblance import Neighbour
from dateline.settlement import Change, KnownIncident, LookUp, PageResult, Settlement

_REPEATS = (Disposition.DUPLICATE, Disposition.REPRINT)


class World:
    """Shows each article all that was settled before it, the earliest first; its clock stands at ``now``."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now
        self.articles: dict[str, tuple[PageResult, Settlement]] = {}
        self.incidents: dict[str, KnownIncident] = {}
        self.stories: dict[str, str] = {}
        self.merged: dict[str, str] = {}

    def look_up(self, result: PageResult, same_address: str = "") -> LookUp:
        before = self.articles.get(result.article_id)
        known = [one for one in self.articles if one != result.article_id]
        return LookUp(
            neighbours=tuple(
                self._neighbour(one, result, same_address)
                for one in known
                if self.articles[one][0].fingerprint
            ),
            incidents={key: one for key, one in self.incidents.items() if one.record.status != "merged"},
            incidents_of={one: self._standing(self.articles[one][1]) for one in known},
            own=self._standing(before[1]) if before else (),
            statistics=before[1].statistic_keys if before else (),
            followers=tuple(one for one in known if self._follows(one, result.article_id)),
            earlier=self._neighbour(result.article_id, result, "")
            if before and before[0].fingerprint
            else None,
            stories={one: self.surviving(story) for one, story in self.stories.items()},
        )

    def settle(self, result: PageResult, same_address: str = "") -> Settlement:
        settlement = plan(result, self.look_up(result, same_address), self.now)
        for change in settlement.changes:
            known = self.incidents.get(change.incident.id)
            assert change.expected_version == (known.version if known else 0)
            assert change.incident.version == change.expected_version + 1
            self.incidents[change.incident.id] = KnownIncident(
                version=change.incident.version, record=change.incident
            )
            self.stories.setdefault(change.incident.id, settlement.story)
        for story in settlement.merged:
            self.merged[self.surviving(story)] = self.surviving(settlement.story)
        self.articles.pop(result.article_id, None)
        self.articles[result.article_id] = (result, settlement)
        return settlement

    def goes_on_as(self, incident_id: str) -> str:
        """The incident under which one goes on that was folded, as the store follows it."""
        while (known := self.incidents.get(incident_id)) and known.record.merged_into:
            incident_id = known.record.merged_into
        return incident_id

    def open(self) -> list[Incident]:
        """The incidents that stand, the first opened first."""
        return [one.record for one in self.incidents.values() if one.record.status == "open"]

    def _standing(self, settled: Settlement) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(self.goes_on_as, settled.incidents)))

    def surviving(self, story: str) -> str:
        while story in self.merged:
            story = self.merged[story]
        return story

    def story(self, number: int) -> str:
        """The story of an article, as it is called by now."""
        return self.surviving(self.articles[f"{number:016x}"][1].story)

    def only(self) -> Incident:
        (known,) = self.incidents.values()
        return known.record

    def _neighbour(self, known: str, result: PageResult, same_address: str) -> Neighbour:
        other, settled = self.articles[known]
        assert other.fingerprint
        verdict = settled.verdict
        return Neighbour(
            id=known,
            sketch=other.fingerprint.sketch,
            words=other.fingerprint.words,
            exact=bool(result.fingerprint) and other.fingerprint.exact == result.fingerprint.exact,
            same_address=known == same_address,
            story=self.surviving(settled.story),
            of=(verdict.of or "") if verdict and verdict.disposition in _REPEATS else "",
        )

    def _follows(self, one: str, article_id: str) -> bool:
        for _ in range(8):
            verdict = self.articles[one][1].verdict if one in self.articles else None
            if verdict is None or not verdict.of:
                return False
            if verdict.of == article_id:
                return True
            one = verdict.of
        return False


def revised(result: PageResult, version: int = 2) -> PageResult:
    """The same article, as a later version of its page would be read."""
    return msgspec.structs.replace(result, version=version)


def only_change(settlement: Settlement) -> Change:
    (change,) = settlement.changes
    return change
