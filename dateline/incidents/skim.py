"""What is read of an article before events are told apart.

Owns the sentences, the acts that they name, the article's places and people, and the reading of one
sentence with the anchors as they stand. Refuses to gather drafts (``walk``).
"""

from collections.abc import Sequence
from datetime import date

from dateline.incidents import actors, asides, attribution, classes, guards, readings, sentences
from dateline.incidents.gazetteer import Gazetteer
from dateline.incidents.joining import Draft
from dateline.incidents.opening import weigh
from dateline.incidents.place_haunts import haunts
from dateline.incidents.places import DocumentPlaces, PlaceMention, document_places, read_places, resolve
from dateline.incidents.readings import MAX_SENTENCE, Reading, event_time, first_look
from dateline.incidents.record import IncidentClass, Place
from dateline.incidents.sentences import Sentence
from dateline.incidents.times import TimeMention, read_times
from dateline.incidents.triggers import Trigger
from dateline.model import Article

MAX_CHARS = 40_000
"""Characters of an article that are coded: about 6,500 words; what follows is a live blog or a list."""

HEAD = 10
"""Sentences by which an article is known for sport, films, accidents or disasters."""

_TAME = ("idiom", "accident", "disaster", "furniture", "question")

_HOME_BRED = ("Rebel group", "Political militia", "Identity militia")
"""Kinds of groups that mostly act in their own country; an army also acts abroad."""

Look = tuple[Sentence, str, tuple[Trigger, ...], tuple[Trigger, ...]]
"""A sentence, its lower-cased words, its live triggers, and all of them."""


class Skim:
    """One article as it is read: its sentences, places and people. ``walk`` gathers its events."""

    def __init__(
        self,
        article: Article,
        gazetteer: Gazetteer,
        lexicon: actors.ActorLexicon,
        *,
        strict: bool,
        sure: bool,
    ) -> None:
        self.article, self.gazetteer, self.lexicon = article, gazetteer, lexicon
        self.text = article.text[:MAX_CHARS]
        self.published_on: date | None = article.published_at.date() if article.published_at else None
        self.strict, self.sure = strict, sure
        self.last_time: TimeMention | None = None
        self.document = DocumentPlaces()
        self.cast = actors.DocumentActors()
        #: Sport, films, accidents and disasters stand at its head.
        self.tame = False
        #: Every sentence that names an act, threatened and denied ones too, with what was named.
        self.named_acts: list[tuple[Sentence, str, tuple[Trigger, ...]]] = []
        #: What was read, by the character at which its sentence begins.
        self.readings: dict[int, tuple[Reading, Place | None]] = {}
        #: Places and people of each sentence, likewise.
        self.places_of: dict[int, tuple[PlaceMention, ...]] = {}
        self.people_of: dict[int, tuple[actors.ActorMention, ...]] = {}

    def look(self) -> list[Look]:
        """Return the sentences with their acts; reads nothing more of them when no act is live."""
        found = sentences.split(self.text)
        if not self.article.lines:  # A text of lines that were cleaned holds no furniture any more.
            found = asides.prose(found, self.text, self.article.title)
        found = asides.parted(found)
        looks = [(one, *first_look(one)) for one in found]
        self.named_acts = [(one, low, acts) for one, low, _, acts in looks if acts]
        self._anchor(found)
        ordinary = [guards.ordinary(low) for _, low, _, _ in looks[:HEAD]]
        self.tame = any(one in _TAME for one in ordinary[:5]) or "idiom" in ordinary
        if not any(live for _, _, live, _ in looks):
            return []
        self.strict = self.strict or sum(map(bool, ordinary[:3])) >= 2 or ordinary[:5].count("idiom") >= 3
        self.places_of = {one.start: read_places(one.text[:MAX_SENTENCE], self.gazetteer) for one in found}
        # Names stand where something happens; the other sentences are not worth their price.
        self.people_of = {
            one.start: actors.read_actors(one.text[:MAX_SENTENCE], self.lexicon)
            for one, _, live, _ in looks
            if live
        }
        homes = {
            one.country
            for mentions in self.people_of.values()
            for one in mentions
            if one.country and one.kind in _HOME_BRED
        }
        groups = frozenset(one.id for mentions in self.people_of.values() for one in mentions if one.id)
        self.document = document_places(
            self.places_of.values(),
            self.article.country,
            self.gazetteer,
            homes=homes,
            haunts=haunts(groups, self.gazetteer),
        )
        self.cast = actors.document_actors(
            (mention for mentions in self.people_of.values() for mention in mentions),
            self.document.main_country(),
        )
        return looks

    def _anchor(self, found: Sequence[Sentence]) -> None:
        """Without a publication date the dateline's day stands for it."""
        if self.published_on is None:
            for one in found[:2]:
                day = next(
                    (t for t in read_times(one.text, None) if t.precision == 1 and t.kind == "report"), None
                )
                if day is not None:
                    self.published_on = day.first
                    return

    def read(
        self,
        sentence: Sentence,
        low: str,
        live: tuple[Trigger, ...],
    ) -> tuple[Reading, Place | None]:
        """Read a sentence with the anchors as they stand, and resolve its place."""
        places = self.places_of.get(sentence.start, ())
        named = self.people_of.get(sentence.start, ())
        if not named and not live and attribution.attributes(low):
            named = actors.read_actors(sentence.text[:MAX_SENTENCE], self.lexicon)
        last_on = self.last_time.first if self.last_time else None
        reading = readings.read(
            sentence,
            low,
            live,
            published_on=self.published_on,
            last_event_on=last_on,
            places=places,
            actors=named,
        )
        # "West Africa" in a group's name is no place of an event.
        here = tuple(
            one
            for one in reading.places
            if not any(group.id and group.start <= one.start and one.end <= group.end for group in named)
            and not asides.elsewhere(low, one.start, one.end)
        )
        place = resolve(here, self.document, self.gazetteer) if here else None
        self.readings[sentence.start] = reading, place
        return reading, place

    def class_of(self, reading: Reading, when: TimeMention | None) -> IncidentClass | None:
        if reading.code is None and not (reading.n_events or reading.tolls):
            return None
        return classes.classify(
            reading.low,
            reading.times,
            when=when,
            counted=any(one.max != 0 for one in reading.tolls),
            n_events=reading.n_events,
            published_on=self.published_on,
        )

    def recall(self, number: int) -> Draft | None:
        """Open the act that a sentence names (by its number in ``named_acts``) though no rule did, or None.

        What its words only condemn, mourn or answer is told as context.
        """
        sentence, low, acts = self.named_acts[number]
        reading, place = self.readings.get(sentence.start, (None, None))
        live = reading is not None and reading.code is not None
        if reading is None or not live:
            text = sentence.text[:MAX_SENTENCE]
            self.places_of[sentence.start] = read_places(text, self.gazetteer)
            self.people_of[sentence.start] = actors.read_actors(text, self.lexicon)
            reading, place = self.read(sentence, low, acts)
        if reading.code is None or reading.ordinary in _TAME or reading.habitual:
            return None
        acts_told = any(one.act != "toll" for one in reading.triggers)
        when = event_time(reading)
        specific = live and acts_told and reading.ordinary is None and weigh(reading, place).points > 0
        class_ = self.class_of(reading, when) if specific else "background"
        return Draft(
            class_=class_ or "background", readings=[reading], code=reading.code, place=place, when=when
        )
