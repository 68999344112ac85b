"""One article of another language, coded to the record that English gets.

Owns the walk over the article and the finished record. Refuses all knowledge of any language: that is data
(``tongue``). Deterministic and total.

    Linguist.load(code).code(article) -> Coding
"""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from hashlib import blake2b

from msgspec import Struct

from dateline.incidents import actors, gazetteer
from dateline.incidents.actor_lexicon import ActorLexicon, NamedActor
from dateline.incidents.confidence import REVIEW_BELOW
from dateline.incidents.places import DocumentPlaces, country_place, document_places, resolve
from dateline.incidents.record import Actors, Coding, Evidence, Incident, Place, When
from dateline.incidents.references import reference_of
from dateline.incidents.taxonomy import SUB_TYPES, is_on_civilians, plover_of
from dateline.incidents.tongues import tongue as tongues
from dateline.incidents.tongues.figures import Figure
from dateline.incidents.tongues.gathering import Draft, gather
from dateline.incidents.tongues.line import read_line, split
from dateline.incidents.tongues.reading import ORDINARY, Reading, Tools, read
from dateline.incidents.tongues.slots import Proof, cast, evidence_of, proofs_of, sources_of, toll_of, when_of
from dateline.incidents.tongues.times import Time
from dateline.incidents.tongues.tongue import Tongue
from dateline.model import Article

MAX_CHARS = 40_000
"""Characters of an article that are coded, as for English."""

HEAD = 5
"""Sentences by which an article is known for sport, films, accidents or courts."""

TAME_FROM = 2
"""So many of them with such words make it so, unless they count the victims of a sure act."""

CAP = 0.85
"""No confidence above this: no labelled set of other languages has measured it."""

_HOME_BRED = ("Rebel group", "Political militia", "Identity militia")
_HEDGE = {
    "reported": 0.0,
    "claimed": -0.2,
    "alleged": -0.3,
    "suspected": -0.2,
    "attempted": -0.5,
    "denied": -1.0,
}


class Linguist(Struct, frozen=True):
    """The coder of one language."""

    tools: Tools

    @staticmethod
    @cache
    def load(code: str) -> "Linguist":
        """Return the coder of a shipped language, loaded once.

        Raises:
            FileNotFoundError: the language has no data.
            Misconfigured: its data are not of the format.
        """
        return Linguist.of(tongues.load(code))

    @staticmethod
    def of(tongue: Tongue) -> "Linguist":
        """Return the coder of a language that was read from any folder."""
        lexicon = actors.load()
        return Linguist(
            Tools(
                tongue=tongue,
                gazetteer=gazetteer.load(),
                lexicon=lexicon,
                actors=_by_id(lexicon),
            )
        )

    def code(self, article: Article) -> Coding:
        """Return the incidents of an article, of every class, in text order.

        Relevance is the highest confidence among them: there is no model of such articles.
        """
        tools = self.tools
        published_on = article.published_at.date() if article.published_at else None
        readings = _read(article, tools, published_on)
        if not any(one.code is not None for one in readings):
            return Coding(relevance=0.0, relevant=False)
        document = _document(article, readings, tools)
        places = [resolve([one for one, _, _ in each.spots], document, tools.gazetteer) for each in readings]
        drafts = gather(readings, [_smaller(one) for one in places], tame=_tame(readings))
        figures = tuple(figure for one in readings for figure in one.figures)
        desk = _Desk(article, tools, document, published_on, figures)
        found: list[Incident] = []
        last: Time | None = None
        for draft in drafts:
            found.append(desk.incident(draft, last))
            if draft.class_ == "fresh":
                last = next((when for one in draft.readings if (when := one.when())), last)
        best = max((one.confidence for one in found), default=0.0)
        return Coding(relevance=best, relevant=bool(found), incidents=tuple(found))


def _by_id(lexicon: ActorLexicon) -> dict[str, NamedActor]:
    return {actor.id: actor for actor, _ in lexicon.aliases.values()}


def _read(article: Article, tools: Tools, published_on: date | None) -> list[Reading]:
    readings: list[Reading] = []
    last_on: date | None = None
    for sentence in split(article.text[:MAX_CHARS], tools.tongue):
        one = read(read_line(sentence, tools.tongue), tools, published_on, last_on)
        readings.append(one)
        when = one.when()
        if one.code is not None and when is not None and when.precision == 1:
            last_on = when.first
    return readings


def _tame(readings: Sequence[Reading]) -> bool:
    """Whether an article's head speaks of sport, films, courts or accidents rather than of violence."""
    head = readings[:HEAD]
    ordinary = sum(one.has(*ORDINARY) for one in head)
    sure = any(one.strong and one.counted and not one.has(*ORDINARY) for one in head[:2])
    return ordinary >= TAME_FROM and not sure


def _document(article: Article, readings: Sequence[Reading], tools: Tools) -> DocumentPlaces:
    homes = {
        figure.named.country
        for one in readings
        for figure in one.figures
        if figure.named is not None and figure.named.country and figure.named.kind in _HOME_BRED
    }
    mentions = [[one for one, _, _ in each.spots] for each in readings]
    return document_places(mentions, article.country, tools.gazetteer, homes=homes)


def _smaller(place: Place | None) -> Place | None:
    """A country alone is no place of an event."""
    return place if place is not None and place.geo_precision is not None else None


class _Desk(Struct, frozen=True):
    """What the records of one article share."""

    article: Article
    tools: Tools
    document: DocumentPlaces
    published_on: date | None
    figures: tuple[Figure, ...]

    def incident(self, draft: Draft, last: Time | None) -> Incident:
        """Return the record of a draft; ``last`` is the day of the event told before it."""
        kind, article = SUB_TYPES[draft.code], self.article
        place = draft.place or country_place(self.document, self.tools.gazetteer)
        when = when_of(draft, self.published_on, last)
        cited = {one.line.sentence.start: sources_of(one.line) for one in draft.readings}
        voices = {start: [source for source, _, _ in found] for start, found in cited.items()}
        toll, conflict = toll_of(draft, article.id, voices)
        home = place.iso2 if place is not None else self.document.main_country()
        sides, words = cast(draft, self.tools, home, self.figures)
        sure = _confidence(draft, when, place, sides, conflict=conflict)
        return Incident(
            id=_identify(article.id, draft),
            class_=draft.class_,
            confidence=sure,
            needs_review=sure < REVIEW_BELOW or conflict or place is None,
            event_type=kind.event_type,
            sub_event_type=kind.name,
            disorder_type=kind.disorder_type,
            civilian_targeting=is_on_civilians(draft.code),
            plover=plover_of(draft.code),
            gtd_attacktype=kind.gtd_attacktype,
            date=when,
            place=place,
            actors=sides,
            toll=toll,
            n_events=next((one.n_events for one in draft.readings if one.n_events), None),
            assertion=draft.first.assertion,
            sources=tuple({source.name: source for found in voices.values() for source in found}.values()),
            articles=(reference_of(article),),
            evidence=self.evidence(draft, when, place, words),
            language=article.language or self.tools.tongue.code,
        )

    def evidence(
        self, draft: Draft, when: When | None, place: Place | None, words: Mapping[int, Sequence[Proof]]
    ) -> tuple[Evidence, ...]:
        """Return the spans of the article that prove the record."""
        proofs = []
        for one in draft.readings:
            proven = proofs_of(draft, one, when, place.text if place else "")
            proofs.append((one.line, [*proven, *words.get(one.line.sentence.start, ())]))
        return evidence_of(proofs, self.article.text, self.article.id)


def _identify(article_id: str, draft: Draft) -> str:
    """Return an id that is stable for the article's text; the wire gives its own on opening."""
    key = f"{article_id}\x00{draft.class_}\x00{draft.first.line.sentence.start}"
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def _confidence(
    draft: Draft, when: When | None, place: Place | None, sides: Actors, *, conflict: bool
) -> float:
    """Return a score, 0 to ``CAP``: a logistic one over the slots told, its weights reasoned and not fitted."""
    own_place = place is not None and not place.inferred
    value = -1.0 + 0.7 * draft.first.strong + 0.8 * any(one.counted for one in draft.readings)
    value += 0.3 * (when is not None and not when.inferred) + 0.5 * own_place
    value += 0.3 * bool(sides.perpetrator) + 0.3 * any(not one.inferred for one in sides.target)
    value += 0.1 * min(len(draft.readings) - 1, 2) + _HEDGE[draft.first.assertion] - 0.3 * conflict
    return round(min(CAP, 1 / (1 + math.exp(-value))), 2)
