"""The wire in memory: a stream of articles, each coded, judged and settled against what came before it.

Owns dictionaries that give a plan what the store gives it: articles that share a key of the text, incidents
filed under the blocks asked for. Decides nothing: coder, judge, plan and book are the running service's.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from dateline.dedup.fingerprint import fingerprint
from dateline.dedup.lineage import origin
from dateline.incidents.assemble import Coder
from dateline.incidents.plan import plan, wanted_blocks
from dateline.incidents.record import Incident
from dateline.model import Article, Disposition
from dateline.resemblance import Neighbour
from dateline.settlement import KnownIncident, LookUp, PageResult, Settlement

NEIGHBOURS = 16
"""Articles that are compared with a new one, those that share most keys; as in the ledger."""

_REPEATS = (Disposition.DUPLICATE, Disposition.REPRINT)


@dataclass(slots=True)
class Wire:
    """What stands after the articles so far, and how to settle the next one."""

    coder: Coder
    results: dict[str, PageResult] = field(default_factory=dict)
    settled: dict[str, Settlement] = field(default_factory=dict)
    incidents: dict[str, KnownIncident] = field(default_factory=dict)
    stories: dict[str, str] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    _by_key: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    _by_block: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def settle(self, article: Article, at: datetime, version: int = 1) -> Settlement:
        """Return what settling an article does, once it is done. ``at`` is when it came, and the time of day."""
        made = fingerprint(article.text, article.title)
        result = PageResult(
            article_id=article.id,
            version=version,
            article=article,
            fingerprint=made,
            coding=self.coder.code(article),
            origin=origin(article),
            accepted_at=at,
        )
        settlement = plan(result, self._look_up(result, at), at)
        for change in settlement.changes:
            record = change.incident
            self.incidents[record.id] = KnownIncident(version=record.version, record=record)
            for filed in self._by_block.values():
                filed.discard(record.id)
            if record.status == "open":
                for block in change.blocks:
                    self._by_block[block].add(record.id)
            self.stories.setdefault(record.id, settlement.story)
            if record.merged_into:
                self.merged[record.id] = record.merged_into
        for key in made.keys:
            if article.id not in self._by_key[key]:
                self._by_key[key].append(article.id)
        self.results[article.id], self.settled[article.id] = result, settlement
        return settlement

    def told(self, article_id: str) -> tuple[Incident, ...]:
        """Return the incidents that an article tells of, as they stand now, each under the name it goes on under."""
        ids = dict.fromkeys(self.surviving(one) for one in self.settled[article_id].incidents)
        return tuple(self.incidents[one].record for one in ids)

    def surviving(self, incident_id: str) -> str:
        while incident_id in self.merged:
            incident_id = self.merged[incident_id]
        return incident_id

    def _look_up(self, result: PageResult, at: datetime) -> LookUp:
        near = self._near(result)
        before = self.settled.get(result.article_id)
        told = {one.id: self.settled[one.id].incidents for one in near}
        blocks = wanted_blocks(result, at)
        wanted = dict.fromkeys((*(before.incidents if before else ()), *_all(told.values())))
        wanted |= dict.fromkeys(one for block in blocks for one in sorted(self._by_block[block]))
        return LookUp(
            neighbours=near,
            incidents={one: self.incidents[one] for one in wanted},
            incidents_of=told,
            own=before.incidents if before else (),
            statistics=before.statistic_keys if before else (),
            earlier=self._neighbour(result.article_id, result) if before else None,
            stories={one: self.stories[one] for one in wanted},
        )

    def _near(self, result: PageResult) -> tuple[Neighbour, ...]:
        shared: dict[str, int] = defaultdict(int)
        for key in result.fingerprint.keys if result.fingerprint else ():
            for known in self._by_key.get(key, ()):
                shared[known] += known != result.article_id
        order = list(self.results)
        best = sorted(
            (one for one in shared if shared[one]), key=lambda one: (-shared[one], order.index(one))
        )
        chosen = sorted(best[:NEIGHBOURS], key=order.index)
        return tuple(self._neighbour(one, result) for one in chosen)

    def _neighbour(self, known: str, result: PageResult) -> Neighbour:
        other, settlement = self.results[known], self.settled[known]
        verdict = settlement.verdict
        return Neighbour(
            id=known,
            sketch=other.fingerprint.sketch,
            words=other.fingerprint.words,
            exact=other.fingerprint.exact == result.fingerprint.exact,
            story=settlement.story,
            of=(verdict.of or "") if verdict and verdict.disposition in _REPEATS else "",
            published_at=other.article.published_at,
        )


def _all(groups: Iterable[tuple[str, ...]]) -> list[str]:
    return [one for group in groups for one in group]


def article(name: str, source: str, title: str, text: str, published_at: datetime | None) -> Article:
    """Return an article as a page of a publisher would be read."""
    made = Article(
        id=name, url=f"https://{source}/{name}", title=title, text=text, publisher=source, language="en"
    )
    return msgspec.structs.replace(made, published_at=published_at)
