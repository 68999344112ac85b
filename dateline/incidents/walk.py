"""One pass over an article: sentences in, drafts of events out.

Owns the order of reading, what is carried from sentence to sentence (the last day told, a count
that waits for its act) and the class of each mention. Refuses the slots (``slots``, ``casting``) and
the record (``assemble``).
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from msgspec import structs

from dateline.incidents import actors, asides, attribution, classes
from dateline.incidents.folding import fold
from dateline.incidents.gazetteer import Gazetteer
from dateline.incidents.joining import Draft, alike, home, only_counts, stray
from dateline.incidents.opening import opens
from dateline.incidents.readings import (
    Reading,
    event_time,
    is_headline,
    own_tolls,
    report_time,
)
from dateline.incidents.record import Place
from dateline.incidents.sentences import Sentence
from dateline.incidents.skim import Skim
from dateline.incidents.taxonomy import Code
from dateline.incidents.times import TimeMention
from dateline.incidents.triggers import Trigger
from dateline.model import Article

MANY_SENTENCES = 2
"""From more sentences on, a line without a full stop is a headline, a teaser or a caption."""

LATE = 10
"""Sentences of an article after which an undated event needs a count and a place of its own."""

POINTED_AT = 3
"""Paragraphs over which "the area" still points at the place that was told."""


def _only_day(draft: Draft, others: Sequence[Reading], published_on: date | None) -> TimeMention | None:
    """Return the day on which the other sentences tell an act like the draft's, where that is one day."""
    days = {}
    for one in others:
        when = event_time(one)
        if when is None or when.precision > 1 or (one.code is not None and not alike(draft.code, one.code)):
            continue
        if (one.code is not None or one.names_event) and (
            published_on is None or when.last >= published_on - classes.WINDOW
        ):
            days[when.last] = when
    return next(iter(days.values())) if len(days) == 1 else None


class Walk(Skim):
    """One pass over an article: reads each sentence once and gathers drafts."""

    def __init__(
        self,
        article: Article,
        gazetteer: Gazetteer,
        lexicon: actors.ActorLexicon,
        *,
        strict: bool,
        sure: bool,
    ) -> None:
        super().__init__(article, gazetteer, lexicon, strict=strict, sure=sure)
        self.drafts: list[Draft] = []
        #: Sentences that count events over a period but name no tactic; the next one may.
        self.pending: Reading | None = None
        #: An act told without its facts, with its place and time; the next sentence may bring them.
        self.waiting: tuple[Reading, Place | None, TimeMention | None] | None = None
        #: The last place told below a country, with its paragraph.
        self.last_place: tuple[int, Place] | None = None
        #: Sentences taken so far.
        self.taken = 0
        #: Sentences of each paragraph.
        self.crowd: Counter[int] = Counter()
        self.inherited: dict[int, TimeMention | None] = {}

    def run(self) -> list[Draft]:
        """Return the article's drafts in text order; none when no act is live."""
        looks = self.look()
        self.crowd = Counter(one.paragraph for one, _, _, _ in looks)
        for sentence, low, live, _ in looks:
            if len(looks) > MANY_SENTENCES and is_headline(sentence):
                continue
            if live or self.drafts or self.waiting or classes.counts_events(low):
                self._take(sentence, low, live)
        if self.pending is not None:
            self._stands(self.pending)
        self._date_the_undated()
        return self.drafts

    def _date_the_undated(self) -> None:
        """Let events without a day have the one day of which other sentences tell such an act."""
        taken = {one.sentence.start for draft in self.drafts for one in draft.readings}
        others = [one for start, (one, _) in self.readings.items() if start not in taken]
        for number, draft in enumerate(self.drafts):
            if draft.class_ != "fresh" or self.inherited.get(number) is not None:
                continue
            if not any(event_time(one) for one in draft.readings):
                self.inherited[number] = _only_day(draft, others, self.published_on)

    def _take(self, sentence: Sentence, low: str, live: tuple[Trigger, ...]) -> None:
        self.taken += 1
        reading, place = self.read(sentence, low, live)
        if reading.ordinary is None or self._of_violence(reading):
            self._place_reading(reading, place)
        if place is not None and place.geo_precision is not None:
            self.last_place = (sentence.paragraph, place)
        when = event_time(reading) or report_time(reading)
        if when is not None and when.precision == 1 and reading.code is not None and reading.ordinary is None:
            self.last_time = when

    def _of_violence(self, reading: Reading) -> bool:
        """Whether a count that reads like an accident's ("Four died and a wall collapsed.") is of what was told right before."""
        last = self.drafts[-1] if self.drafts else None
        before = last.readings[-1].sentence.paragraph if last is not None and last.class_ == "fresh" else None
        bare = reading.ordinary == "accident" and only_counts(reading) and not reading.apart
        return bare and not self.tame and before == reading.sentence.paragraph and bool(own_tolls(reading))

    def _place_reading(self, reading: Reading, place: Place | None) -> None:
        when = event_time(reading)
        class_ = self.class_of(reading, when)
        if class_ == "aggregate":
            self._count(reading, place)
            return
        if self._goes_on_counting(reading):
            return
        if self._attribute(reading):
            return
        alone = self.crowd[reading.sentence.paragraph] == 1
        if asides.added(reading.sentence) and (place is None or place.geo_precision is None):
            return
        if alone and stray(self.drafts, reading, place):
            return
        if reading.code is None and not own_tolls(reading) and not (reading.refers or reading.names_event):
            return
        opening = class_ is not None and opens(
            reading,
            place,
            strict=self.strict,
            lead=self.sure and reading.sentence.paragraph <= 1,
            late=self.taken > LATE,
        )
        opening = opening and not self._belongs_before(reading, place, when)
        if not reading.strong and self.waiting and self._wait(reading, place, when):
            return
        if class_ != "background":
            if reading.apart and reading.strong and not opening and not reading.habitual:
                # "A second bomb struck a car.": not the first one, and its facts are still to come.
                self.waiting = (reading, place, when)
                return
            draft = home(
                self.drafts, reading, place, may_open=opening, adjacent=lambda one: self._near(one, reading)
            )
            if draft is not None and not reading.habitual:
                fold(draft, reading, place, when)
                return
        if not opening and self._wait(reading, place, when):
            return
        if not opening and class_ == "fresh" and reading.strong and not reading.habitual and not self.strict:
            self.waiting = (reading, place, when)
        if opening and class_ is not None and reading.code is not None:
            place = place or self._place_before(reading)
            self.inherited[len(self.drafts)] = self._day_before(reading)
            self.drafts.append(
                Draft(class_=class_, readings=[reading], code=reading.code, place=place, when=when)
            )

    def _wait(self, reading: Reading, place: Place | None, when: TimeMention | None) -> bool:
        """Join an act without its facts ("Gunmen opened fire on a bus.") with the facts of the next sentence."""
        before, self.waiting = self.waiting, None
        if before is not None and reading.sentence.paragraph - before[0].sentence.paragraph <= 1:
            act = before[0]
            follows = reading.code is None or alike(act.code or reading.code, reading.code)
            if follows and any(one.max != 0 and one.kind != "arrested" for one in own_tolls(reading)):
                self.inherited[len(self.drafts)] = self._day_before(reading)
                self.drafts.append(
                    Draft(
                        class_="fresh",
                        readings=[act, reading],
                        code=act.code or Code.ATTACK,
                        place=before[1] or place,
                        when=before[2] or when,
                    )
                )
                return True
        return False

    def _attribute(self, reading: Reading) -> bool:
        """Add a sentence that only tells who was behind it to the event told right before."""
        last = self.drafts[-1] if self.drafts else None
        bare = not reading.strong and not own_tolls(reading) and attribution.attributes(reading.low)
        if last is None or last.class_ != "fresh" or not bare or not self._agrees(last, reading):
            return False
        if reading.sentence.paragraph - last.readings[-1].sentence.paragraph > 1:
            return False
        last.readings.append(reading)
        return True

    @staticmethod
    def _agrees(draft: Draft, reading: Reading) -> bool:
        """Whether a sentence names one group, and no other day than the event's: "claimed Sunday's attack" may be another."""
        when = event_time(reading)
        known = draft.when is None or when is None or draft.when.first <= when.last
        return known and attribution.culprit(reading.actors, reading.low) is not None

    def _count(self, reading: Reading, place: Place | None) -> None:
        """Open a statistic, or keep the count for the sentence that names what was done."""
        if reading.code is None and not reading.tolls:
            if self.pending is not None:
                self._stands(self.pending)
            self.pending = reading
            return
        readings = [reading] if self.pending is None else [self.pending, reading]
        self.pending = None
        code = reading.code or Code.ARMED_CLASH
        self.drafts.append(Draft(class_="aggregate", readings=readings, code=code, place=place))

    def _stands(self, counted: Reading) -> None:
        """Open a statistic of attacks that no sentence divides: "We recorded 41 incidents in the month."."""
        if (counted.n_events or 1) >= classes.SEVERAL:
            self.drafts.append(Draft(class_="aggregate", readings=[counted], code=Code.ARMED_CLASH))

    def _goes_on_counting(self, reading: Reading) -> bool:
        """Fold a sentence that divides or names a statistic right before it."""
        if self.pending is not None:
            before, self.pending = self.pending, None
            if (
                reading.code is not None
                and (reading.refers or reading.names_event or asides.operations_again(reading.low))
                and event_time(reading) is None
            ):
                self.drafts.append(Draft(class_="aggregate", readings=[before, reading], code=reading.code))
                return True
            self._stands(before)
        last = self.drafts[-1] if self.drafts else None
        goes_on = reading.divides or (reading.n_events or 1) > 1 or asides.operations_again(reading.low)
        if last is None or last.class_ != "aggregate" or not goes_on or event_time(reading) is not None:
            return False
        if self._near(last, reading):
            last.readings.append(reading)
            return True
        return False

    def _day_before(self, reading: Reading) -> TimeMention | None:
        """Return the day of the event told right before, which an undated one most likely shares."""
        last = self.drafts[-1] if self.drafts else None
        if last is None or last.class_ != "fresh":
            return None
        gap = reading.sentence.paragraph - last.readings[-1].sentence.paragraph
        return (last.when or self.inherited.get(len(self.drafts) - 1)) if gap <= 1 else None

    def _place_before(self, reading: Reading) -> Place | None:
        """Return the place told right before where the words only point at it ("in the area")."""
        if self.last_place is None or not asides.same_place(reading.low):
            return None
        paragraph, place = self.last_place
        near = reading.sentence.paragraph - paragraph <= POINTED_AT
        return structs.replace(place, inferred=True, text="") if near else None

    def _belongs_before(self, reading: Reading, place: Place | None, when: TimeMention | None) -> bool:
        """Whether a bare count, or the release of "the captives", goes on about what was told before it."""
        fresh = [one for one in self.drafts if one.class_ == "fresh"]
        if not fresh or when is not None or reading.apart or reading.n_events:
            return False
        own = place is not None and place.geo_precision is not None
        if only_counts(reading):
            return not own and (len(fresh) == 1 or self._near(fresh[-1], reading))
        return not own and reading.code is Code.OTHER and reading.refers

    def _near(self, draft: Draft, reading: Reading) -> bool:
        """The draft's last sentence stands in this paragraph or the one before, and is the last that was told."""
        gap = reading.sentence.paragraph - draft.readings[-1].sentence.paragraph
        latest = max(one.readings[-1].sentence.start for one in self.drafts)
        return gap <= 1 and draft.readings[-1].sentence.start == latest
