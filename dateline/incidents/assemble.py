"""One article, coded: the door of this room.

Owns the gate and the finished record. Refuses to match across articles (``match``). Deterministic
and total: the same article gives the same coding, and no text makes it raise.

    Coder.load().code(article) -> Coding
"""

from functools import cache
from hashlib import blake2b
from typing import Any

import numpy as np
from msgspec import Struct, structs

from dateline.incidents import actors, gazetteer, guards, relevance, telling
from dateline.incidents.beside import besides
from dateline.incidents.casting import cast
from dateline.incidents.confidence import REFUSE_BELOW, REVIEW_BELOW, Signs, score, specific
from dateline.incidents.disclaimers import disclaimed
from dateline.incidents.joining import Draft
from dateline.incidents.opening import weigh
from dateline.incidents.places import country_place
from dateline.incidents.record import Actors, Assertion, Coding, Evidence, Incident, Place, When
from dateline.incidents.references import reference_of
from dateline.incidents.slots import evidence_of, period_of, proofs_of, toll_of, when_of
from dateline.incidents.sources import Cited, read_sources
from dateline.incidents.summing import leads
from dateline.incidents.taxonomy import SUB_TYPES, is_on_civilians, plover_of
from dateline.incidents.tongues.choosing import linguist_of
from dateline.incidents.walk import Walk
from dateline.model import Article

STRICT_BELOW = 0.2
"""Below this relevance an article is probably ordinary: an event must be told with more of its slots."""

SURE_ABOVE = 0.6
"""Above this relevance the first sentences of an article need less to be an event."""


DOUBT_BELOW = 0.3
"""Where the second look gives less, and the first is not sure, nothing fresh is coded."""

TOLD_ABOVE = 1.0
"""From these log odds on a sentence tells of an act of its own kind, though no rule opened it."""

NAMESAKE_BELOW = 0.3
"""Below this part of the share that the article's main country has, a town is rather a namesake."""

VIOLENT = frozenset({"battle", "remote", "vac"})


class Coder(Struct, frozen=True):
    """Everything that coding needs, loaded once and shared."""

    model: relevance.Model
    second: telling.Telling
    gazetteer: gazetteer.Gazetteer
    lexicon: actors.ActorLexicon

    @staticmethod
    @cache
    def load() -> "Coder":
        """Return the coder with the shipped models and dictionaries.

        Raises:
            FileNotFoundError: the package was built without them.
        """
        return Coder(relevance.load(), telling.load(), gazetteer.load(), actors.load())

    def code(self, article: Article) -> Coding:
        """Return the relevance of an article, its incidents of every class, in text order, and what it takes back."""
        linguist = linguist_of(article)
        if linguist is not None:
            return linguist.code(article)
        return disclaimed(self._told(article), article, self)

    def _told(self, article: Article) -> Coding:
        probability = relevance.relevance(article.text, article.title, self.model)
        if probability < self.model.gate:
            return Coding(relevance=round(probability, 4), relevant=False)
        walk = Walk(
            article,
            self.gazetteer,
            self.lexicon,
            strict=probability < STRICT_BELOW,
            sure=probability >= SURE_ABOVE,
        )
        drafts = walk.run()
        told = telling.line_scores(self.second.words, self.second.bias, telling.lines(walk))
        sight = telling.sight(drafts, relevance.odds(probability), len(article.text))
        chance = telling.second_look(self.second, told, article, sight)
        if chance < DOUBT_BELOW and probability < SURE_ABOVE:
            drafts = [one for one in drafts if one.class_ != "fresh"]
        if len(told) and chance >= self.second.threshold and not walk.tame:
            drafts += _recalled(walk, drafts, told, surely=chance >= SURE_ABOVE)
        drafts += besides(drafts, (reading for reading, _ in walk.readings.values()))
        sums = leads(drafts)
        coded = (
            self.incident(walk, number, draft, (probability, chance))
            for number, draft in enumerate(drafts)
            if number not in sums
        )
        incidents = tuple(one for one in coded if one is not None)
        return Coding(
            relevance=round(chance, 4), relevant=chance >= self.second.threshold, incidents=incidents
        )

    def incident(
        self, walk: Walk, number: int, draft: Draft, chances: tuple[float, float]
    ) -> Incident | None:
        """Return the record of a draft, or None where too little is told of a fresh event."""
        kind, article = SUB_TYPES[draft.code], walk.article
        when = (
            period_of(draft.readings, walk.published_on)
            if draft.class_ == "aggregate"
            else when_of(draft, walk.published_on, walk.inherited.get(number))
        )
        place = draft.place or country_place(walk.document, self.gazetteer)
        toll, conflict = toll_of(draft, article.id)
        told: Assertion = "attempted" if draft.attempted else guards.assertion(draft.first.low)
        voices = {one.sentence.start: read_sources(one.sentence.text) for one in draft.readings}
        sides, evidence = _proven(walk, draft, when, place, voices)
        cited = {source.name: source for found in voices.values() for source, _, _ in found}
        slots = (when, place, sides)
        signs = _signs(draft, chances, slots, told, conflict=conflict, chars=len(walk.text))
        if draft.class_ == "fresh" and specific(signs) < REFUSE_BELOW:
            return None
        sure = score(signs)
        return Incident(
            id=_identify(
                article.id,
                f"{draft.class_} {draft.code}" if draft.beside else draft.class_,
                draft.first.sentence.start,
            ),
            class_=draft.class_,
            confidence=sure,
            needs_review=sure < REVIEW_BELOW or conflict or place is None,
            event_type=kind.event_type,
            sub_event_type=kind.name,
            disorder_type=kind.disorder_type,
            civilian_targeting=is_on_civilians(draft.code),
            plover=plover_of(draft.code, text=_words(draft)),
            gtd_attacktype=kind.gtd_attacktype,
            date=when,
            place=place,
            actors=sides,
            toll=toll,
            n_events=next((one.n_events for one in draft.readings if one.n_events), None),
            n_strikes=next((one.n_strikes for one in draft.readings if one.n_strikes), None),
            assertion=told,
            sources=tuple(cited.values()),
            articles=(reference_of(article),),
            evidence=evidence,
            language=article.language,
        )


def _recalled(walk: Walk, drafts: list[Draft], told: Any, *, surely: bool) -> list[Draft]:
    """Return the acts that the sentences surely tell and no rule opened.

    Where nothing is coded that is the best of them; beside events of other kinds it is context.
    """
    if not drafts:
        best = walk.recall(int(told.argmax()))
        return [best] if best is not None else []
    found: list[Draft] = []
    taken = {one.sentence.start for draft in drafts for one in draft.readings}
    kinds = {SUB_TYPES[one.code].family for one in drafts}
    # What the arrested did before is not a second event of the article.
    for number in np.flatnonzero(told >= TOLD_ABOVE) if surely and kinds & VIOLENT else ():
        if walk.named_acts[number][0].start in taken:
            continue
        more = walk.recall(int(number))
        if more is not None and SUB_TYPES[more.code].family in VIOLENT - kinds:
            more.class_ = "background"
            found.append(more)
            kinds.add(SUB_TYPES[more.code].family)
    return found


def _signs(
    draft: Draft,
    chances: tuple[float, float],
    slots: tuple[When | None, Place | None, Actors],
    told: Assertion,
    *,
    conflict: bool,
    chars: int,
) -> Signs:
    when, place, sides = slots
    return Signs(
        relevance=chances[0],
        told=chances[1],
        family=SUB_TYPES[draft.code].family,
        strong=draft.first.strong,
        counted=weigh(draft.first, draft.place).toll,
        own_date=when is not None and not when.inferred,
        own_place=draft.place is not None,
        town=place is not None and place.geo_precision in (1, 2),
        perpetrator=bool(sides.perpetrator),
        target=bool(sides.target),
        assertion=told,
        conflict=conflict,
        sentences=len(draft.readings),
        chars=chars,
    )


def _proven(
    walk: Walk, draft: Draft, when: When | None, place: Place | None, cited: Cited
) -> tuple[Actors, tuple[Evidence, ...]]:
    """Return the sides, and the spans that prove what the sentences of a draft fill."""
    known = walk.cast
    if place is not None and place.iso2 and _is_of(walk, draft, place, place.iso2):
        # Of a round-up each attack has the forces of its own country.
        known = structs.replace(known, country=place.iso2)
    sides, words = cast(draft, known, cited)
    proofs = []
    for one in draft.readings:
        here = [*proofs_of(draft, one, when, cited), *words.get(one.sentence.start, ())]
        if place is not None:
            here.extend(("place", each.start, each.end) for each in one.places if each.text == place.text)
        proofs.append((one, here))
    return sides, evidence_of(proofs, walk.article.text, walk.article.id)


def _is_of(walk: Walk, draft: Draft, place: Place, iso2: str) -> bool:
    """Whether a draft plays in a country: it is named there, or told of in the article about as much as any other.

    Namesakes of towns lie everywhere: one in Spain gives a war in El Salvador no Spanish army.
    """
    if place.inferred or place.geo_precision is None:
        return False
    shares = walk.document.countries
    if shares.get(iso2, 0.0) >= NAMESAKE_BELOW * max(shares.values(), default=0.0):
        return True
    named = walk.lexicon
    return any(
        iso2 in (named.countries.get(word), named.demonyms.get(word))
        for one in draft.readings
        for word in one.low.replace(",", " ").replace(".", " ").split()
    )


def _words(draft: Draft) -> str:
    return " ".join(draft.first.low[one.start : one.end] for one in draft.first.triggers)


def _identify(article_id: str, class_: str, start: int) -> str:
    """Return an id that is stable for the article's text; the wire gives its own on opening."""
    key = f"{article_id}\x00{class_}\x00{start}".encode("utf-8", "surrogatepass")
    return blake2b(key, digest_size=10).hexdigest()
