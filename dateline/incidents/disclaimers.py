"""What an article takes back, with the event that it speaks of: a mention to look it up by.

Owns that mention, read from the sentence and its neighbours though nothing in them is told as having
happened, and that what an article takes back is no fresh event of it. Refuses the words (``retractions``)
and what follows (``disputes``).

    disclaimed(Coding, Article, coder) -> Coding
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

import msgspec

from dateline.incidents import retractions
from dateline.incidents.actors import ActorLexicon, read_actors
from dateline.incidents.gazetteer import Gazetteer
from dateline.incidents.joining import Draft
from dateline.incidents.likeness import shared_figure, wording_likeness
from dateline.incidents.match import likeness
from dateline.incidents.places import document_places, read_places
from dateline.incidents.readings import MAX_SENTENCE, Reading, event_time, first_look
from dateline.incidents.record import Actors, Coding, Evidence, Incident, Place, Retraction, Source
from dateline.incidents.retractions import Said
from dateline.incidents.sentences import Sentence, split
from dateline.incidents.walk import Walk
from dateline.model import Article

NEAR = (0, -1, 1, -2)
"""Sentences around the one that takes back, in which its event is told, the nearest first."""

HEAD = 3
"""The first sentences, in which it is told when none of these does."""

SAME_WORDS = 0.5
"""Share of telling words from which on another sentence of the article tells the event that it takes back."""


_FILLER = frozenset({"the", "of", "and", "a", "an", "in", "for", "forces"})

#: Mentions that nobody has seen yet are never stale, whatever the time is.
_ANY_TIME = datetime.max.replace(tzinfo=UTC)


class Coder(Protocol):
    """What of the coder is used here."""

    @property
    def gazetteer(self) -> Gazetteer: ...
    @property
    def lexicon(self) -> ActorLexicon: ...
    def incident(
        self, walk: Walk, number: int, draft: Draft, chances: tuple[float, float]
    ) -> Incident | None: ...


def disclaimed(coding: Coding, article: Article, coder: Coder) -> Coding:
    """Return the coding with what the article takes back; as it was for most articles.

    Mentions that stand in the sentences by which it is taken back, or tell the same in the same words, are
    context and no longer fresh; where only a count is taken back, only that count goes.
    """
    found = retractions.read(article.text)
    if not found:
        return coding
    sentences = split(article.text[: retractions.MAX_CHARS])
    walk = Walk(article, coder.gazetteer, coder.lexicon, strict=False, sure=True)
    walk.look()  # it finds the day that times are counted from
    made, incidents = [], coding.incidents
    for said in found:
        about = _told_there(said, incidents, sentences) or _about(said, sentences, walk, coder)
        made.append(
            Retraction(
                kind=said.kind,
                by=said.by,
                said=Evidence(
                    article=article.id,
                    start=said.sentence.start,
                    end=said.sentence.end,
                    text=said.sentence.text,
                ),
                about=about,
                toll=said.toll,
            )
        )
        incidents = tuple(_taken_back(one, said, about) for one in incidents)
    return msgspec.structs.replace(coding, incidents=incidents, retractions=tuple(made))


def _told_there(said: Said, incidents: Sequence[Incident], sentences: Sequence[Sentence]) -> Incident | None:
    """Return the event that the article itself tells in or right beside the sentence of a denial."""
    if said.kind not in ("denied", "toll"):
        return None
    fresh = [one for one in incidents if one.class_ == "fresh"]
    place = next((number for number, one in enumerate(sentences) if one.start == said.sentence.start), 0)
    for step in (0, -1, -2):
        if place + step < 0:
            continue
        near = sentences[place + step]
        told = [one for one in fresh if _stands_in(one, near)]
        if told:
            return told[0] if len(told) == 1 else None
    return fresh[0] if len(fresh) == 1 else None


def _about(said: Said, sentences: Sequence[Sentence], walk: Walk, coder: Coder) -> Incident | None:
    """Return what is taken back as a mention of class background, or None where no act is named."""
    at = next((number for number, one in enumerate(sentences) if one.start == said.sentence.start), 0)
    numbers = [at + step for step in NEAR if 0 <= at + step < len(sentences)]
    numbers += [number for number in range(min(HEAD, len(sentences))) if number not in numbers]
    looked = [sentences[number] for number in numbers]
    for one in looked:
        text = one.text[:MAX_SENTENCE]
        walk.places_of[one.start] = read_places(text, coder.gazetteer)
        walk.people_of[one.start] = read_actors(text, coder.lexicon)
    walk.document = document_places(walk.places_of.values(), walk.article.country, coder.gazetteer)
    read = [_read(one, walk) for one in looked]
    acts = [reading for reading, _ in read if reading.code is not None]
    if not acts:
        return None
    place = next((one for _, one in read if one is not None and one.geo_precision is not None), None)
    when = next((time for reading, _ in read[: len(NEAR)] if (time := event_time(reading))), None)
    first = acts[0]
    told = [first] + ([read[0][0]] if read[0][0] is not first else [])
    code = first.code
    if code is None:
        return None
    draft = Draft(class_="background", readings=told, code=code, place=place, when=when)
    about = coder.incident(walk, 0, draft, (1.0, 1.0))
    return _without(about, said.by) if about is not None else None


def _without(about: Incident, by: Source | None) -> Incident:
    """Return what is taken back without its speaker among the sides: who denies an attack has not made it."""
    words = frozenset(by.name.lower().split()) - _FILLER if by is not None else frozenset[str]()
    sides = {
        role: tuple(one for one in getattr(about.actors, role) if words.isdisjoint(one.name.lower().split()))
        for role in ("perpetrator", "target", "other")
    }
    return msgspec.structs.replace(about, actors=Actors(**sides))


def _read(one: Sentence, walk: Walk) -> tuple[Reading, Place | None]:
    low, _, acts = first_look(one)
    return walk.read(one, low, acts)


def _taken_back(one: Incident, said: Said, about: Incident | None) -> Incident:
    """Return a mention as it stands when a sentence of its own article takes it back."""
    if one.class_ != "fresh" or said.kind == "denied":
        return one
    inside = _stands_in(one, said.sentence)
    if said.kind == "toll":
        kinds = {kind for kind in ("killed", "wounded") if getattr(said.toll, kind) is not None}
        return _uncounted(one, kinds) if about is not None and (inside or about.id == one.id) else one
    if inside or (about is not None and _same(about, one)):
        return msgspec.structs.replace(one, class_="background", assertion="denied")
    return one


def _same(about: Incident, one: Incident) -> bool:
    fresh = msgspec.structs.replace(
        about,
        class_="fresh",
        date=about.date or one.date,
        evidence=tuple(msgspec.structs.replace(item, article="") for item in about.evidence),
    )
    if likeness(fresh, one, _ANY_TIME) is None:
        return False
    return shared_figure(about, one) > 0 or wording_likeness(about, one) >= SAME_WORDS


def _uncounted(one: Incident, kinds: set[str]) -> Incident:
    """Return a mention without counts that its article takes back, and without what proved them."""
    if not any(getattr(one.toll, kind) is not None for kind in kinds):
        return one
    gone = {f"toll.{kind}" for kind in kinds}
    evidence = tuple(
        msgspec.structs.replace(item, supports=tuple(each for each in item.supports if each not in gone))
        for item in one.evidence
    )
    toll = msgspec.structs.replace(one.toll, **dict.fromkeys(kinds))
    return msgspec.structs.replace(one, toll=toll, evidence=evidence)


def _stands_in(one: Incident, sentence: Sentence) -> bool:
    return any(item.start < sentence.end and sentence.start < item.end for item in one.evidence)
