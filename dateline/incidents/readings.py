"""One sentence, read by every room once.

Owns the frozen result of reading a sentence and the few words that tie it to its neighbours.
Refuses to join sentences (``joining``) and to fill records (``assemble``).
"""

import re
from datetime import date, timedelta

from msgspec import Struct

from dateline.incidents import guards, live_acts, tactics, tolls, triggers
from dateline.incidents.actors import ActorMention
from dateline.incidents.anchored import Anchored, Sieve
from dateline.incidents.places import PlaceMention
from dateline.incidents.sentences import Sentence
from dateline.incidents.sides import Side, Sighting, sightings
from dateline.incidents.taxonomy import Code
from dateline.incidents.times import TimeMention, read_times
from dateline.incidents.tolls import TollMention
from dateline.incidents.triggers import Trigger

MAX_SENTENCE = 1500
"""Characters of a sentence that are read; longer ones are lists or unpunctuated feeds."""

_THE = r"\b(?:the|this|that|these|those|(?:mon|tues|wednes|thurs|fri|satur|sun)day[’']s|yesterday[’']s|today[’']s)\s+(?:\w+\s+){0,2}?"
_EVENTS = (
    r"(attacks?|blasts?|explosions?|bombings?|bombs?|ambush|incident|raid|assault|shootings?|strikes?|clash(?:es)?|fighting|"
    r"battle|killings?|murders?|abductions?|kidnappings?|operation|encounter|shelling|airstrikes?|massacre|assassination|violence|"
    r"gunfight|firefight|protests?|demonstration|rally|riots?|crime|surrender|seizure|arrests?|ceasefire|truce)\b"
)
_EVENT_AGAIN = Anchored(_THE + _EVENTS, needing=_EVENTS)
_PEOPLE = (
    r"(?:attackers?|assailants?|gunm[ae]n|bombers?|militants|rebels|insurgents|"
    r"guerrillas|combatants|fighters|victims?|dead|deceased|wounded|injured|slain|soldiers|troops|policem[ae]n|hostages?|kidnappers|suspects?|protesters|"
    r"protestors|demonstrators|mob|casualties|death toll|device|vehicle|firing|exchange|arrested|detained|militant|cadres?|maoists|"
    r"weapons|duo|trio|accused|body|bodies|shooter|man|men|woman|boy|girl|couple|subversives|terrorists)\b"
)
_SOMEONE_AGAIN = r"\b(?:the|his|her|their|its|those|these)\s+(?:\w+\s+){0,2}?" + _PEOPLE
_PRONOUN = (
    r"^\W*(?:he|she|they|it|those|these|both|all|among|one of|two of|three of|another of|five of|four of|some of|most of|at least one of|police said|officials said|no group|no one|nobody|a spokesman|a spokesperson|witnesses|also|"
    r"(?:his|her|their|its) (?:bus|minibus|car|vehicles?|boats?|canoes?|trucks?|lorr(?:y|ies)|convoy|taxi|motorcycles?|motorbikes?|train|"
    r"plane|house|homes?|captors|kidnappers|abductors|bodies|remains|attackers|killers|abduction|kidnapping|capture|deaths?|killing))\b"
)
_APART = (
    r"\b(?:(?<!one )another|separate(?:ly)?|elsewhere|a second|a third|second attack|third attack|meanwhile|in a different|"
    r"a similar|other (?:attack|incident|blast|bombing)|also on|on the same day|the same day|in addition|earlier (?:on|in|this|the)|"
    r"a day (?:earlier|before|later)|two days (?:earlier|before|prior|later)|previous(?:ly)?|in the other|a further (?:\w+ ){0,2}?(?:attacks?|blasts?|bomb\w*|strikes?|explosions?|raids?|ambush\w*|shootings?|incidents?)|more recently|hours (?:earlier|later))\b"
)  # fmt: skip
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_INCLUDING = r"^\W*(?:this|these|that|of (?:these|them|those)|among (?:them|these|those)|they) (?:figure |number |toll )?(?:include[sd]?|were|are|compris\w+)?\b|^\W*of (?:them|these|those)\b"
_TIES = Sieve(
    {"someone_again": _SOMEONE_AGAIN, "pronoun": _PRONOUN, "apart": _APART, "including": _INCLUDING}
)


class Reading(Struct, frozen=True, kw_only=True):
    """What one sentence says. ``triggers`` holds only those that are not taken back by their words."""

    sentence: Sentence
    low: str
    triggers: tuple[Trigger, ...] = ()
    #: Sides of the people counted.
    victims: frozenset[Side] = frozenset()
    sides: tuple[Sighting, ...] = ()
    code: Code | None = None
    tolls: tuple[TollMention, ...] = ()
    #: What happened to "him" or "her": a count only where no other is told.
    again: tuple[TollMention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    actors: tuple[ActorMention, ...] = ()
    n_events: int | None = None
    n_strikes: int | None = None
    habitual: bool = False
    #: Why it is ordinary news in violent words, or None.
    ordinary: str | None = None
    #: "the gunmen", "they": it goes on about someone told before.
    refers: bool = False
    #: The noun of "the attack", "Friday's blast", with which it goes on about an event told before; else empty.
    names_event: str = ""
    #: "in a separate attack", "elsewhere": it goes on to something else.
    apart: bool = False
    #: "this includes", "of them": it divides a count told before.
    divides: bool = False

    @property
    def strong(self) -> bool:
        return any(one.strong for one in self.triggers)


#: Kinds of people counted, as the toll room names them, to sides.
_GROUP_SIDES = {
    "civilian": Side.CIVILIAN,
    "civilians": Side.CIVILIAN,
    "children": Side.CIVILIAN,
    "women": Side.CIVILIAN,
    "officials": Side.CIVILIAN,
    "soldiers": Side.STATE,
    "police": Side.STATE,
    "militants": Side.REBEL,
}


_KIND_SIDES = {
    "State forces": Side.STATE,
    "External/other forces": Side.STATE,
    "Rebel group": Side.REBEL,
    "Political militia": Side.REBEL,
    "Identity militia": Side.REBEL,
}


def _named(actors: tuple[ActorMention, ...]) -> list[Sighting]:
    """Named forces and groups as words of their side; what has no side is left out."""
    return [Sighting(_KIND_SIDES[one.kind], one.start, one.end) for one in actors if one.kind in _KIND_SIDES]


HEADLINE_CHARS = 120
"""Headlines are shorter than this in nearly every newspaper."""

_ENDED = re.compile(r"[.!?…:;,]\W{0,3}$|[\"”’»]$")


def is_headline(sentence: Sentence) -> bool:
    """Whether a line reads as a headline: short and not ended. Texts without punctuation are long."""
    return len(sentence.text) <= HEADLINE_CHARS and not _ENDED.search(sentence.text[-6:])


def first_look(sentence: Sentence) -> tuple[str, tuple[Trigger, ...], tuple[Trigger, ...]]:
    """Return the lower-cased sentence, its live triggers, and all; most sentences have none and go no further."""
    low = triggers.lowered(sentence.text[:MAX_SENTENCE])
    if "://" in low or "www." in low:
        low = _ADDRESS.sub(lambda found: " " * len(found.group()), low)
    low = live_acts.without_beats(low)
    found = triggers.read_triggers(low)
    return low, live_acts.live(low, found), found


def _victims(counted: tuple[TollMention, ...]) -> frozenset[Side]:
    """Return the sides of those killed, wounded or abducted, as far as their nouns tell."""
    hurt = [one for one in counted if one.kind in ("killed", "wounded", "abducted") and one.max != 0]
    return frozenset(side for one in hurt if (side := _GROUP_SIDES.get(one.group_kind or "")))


def read(
    sentence: Sentence,
    low: str,
    live: tuple[Trigger, ...],
    *,
    published_on: date | None,
    last_event_on: date | None,
    places: tuple[PlaceMention, ...],
    actors: tuple[ActorMention, ...],
) -> Reading:
    """Return what a sentence says, with times counted from the given anchors."""
    text = sentence.text[:MAX_SENTENCE]
    counted = tuple(one for one in tolls.read_tolls(text) if not one.denied)
    n_events, n_strikes = tolls.read_strikes(text)
    seen = tuple(sorted((*sightings(low), *_named(actors)), key=lambda one: one.start))
    victims = _victims(counted)
    code = tactics.decide(low, live, seen, victims)
    again = tuple(one for one in tolls.read_again(text) if not one.denied and not one.period)
    if code in (Code.LOOTING, Code.ABDUCTION) and any(
        one.kind == "killed" and one.min > 0 for one in (*counted, *again)
    ):
        code = Code.ATTACK  # burning or an abduction that kills
    return Reading(
        sentence=sentence,
        low=low,
        triggers=live,
        victims=victims,
        sides=seen,
        code=code,
        tolls=counted,
        again=again,
        times=(
            _before_last(low, last_event_on)
            or tuple(
                one
                for one in read_times(text, published_on, last_event_on)
                if published_on is None or one.first <= published_on
            )
        ),
        places=places,
        actors=actors,
        n_events=n_events,
        n_strikes=n_strikes,
        habitual=guards.habitual(low),
        ordinary=guards.ordinary(low),
        refers=_TIES.holds(low, "someone_again") or _TIES.holds(low, "pronoun"),
        names_event=_event_again(low),
        apart=_TIES.holds(low, "apart") or guards.heels(low),
        divides=_TIES.holds(low, "including"),
    )


_IT_HAPPENED = Anchored(r"^\W*(?:it|this|that|all this) (?:all )?(?:happened|occurred|took place)\b")


_OTHER_ONE = re.compile(r"^the (?:other|second|third|next|latter)\b")


def _event_again(low: str) -> str:
    """Return the noun by which a sentence goes on about an event; "it happened on Friday" fits any."""
    again = _EVENT_AGAIN.search(low)
    if again is not None:
        return "" if _OTHER_ONE.search(again.group()) else str(again.group(1))
    return "incident" if _IT_HAPPENED.search(low) else ""


_DAYS_AFTER = Anchored(
    r"\b(a|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) (days?|weeks?) after\b"
)
_COUNT_WORDS = "zero one two three four five six seven eight nine ten".split()  # noqa: SIM905


def _before_last(low: str, last_event_on: date | None) -> tuple[TimeMention, ...]:
    """Return the day of what "it comes four days after" leads back to, counted from the event told last."""
    match = _DAYS_AFTER.search(low) if last_event_on is not None and guards.heels(low) else None
    if match is None or last_event_on is None:
        return ()
    word = match[1]
    count = int(word) if word.isdigit() else 1 if word == "a" else _COUNT_WORDS.index(word)
    weeks = match[2].startswith("week")
    day = last_event_on - timedelta(days=count * (7 if weeks else 1))
    return (
        TimeMention(
            start=match.start(),
            end=match.end(),
            text=low[match.start() : match.end()],
            first=day,
            last=day,
            precision=2 if weeks else 1,
            kind="event",
            relative=True,
        ),
    )


_LAST_RITES = Anchored(
    r"\b(?:funerals?|(?:was|were|been|be|are) (?:\w+ )?buried|burial|mourn\w*|half[- ]mast|condolences|tributes?|vigil|"
    r"compensation|visited)\b"
)


def event_time(reading: Reading) -> TimeMention | None:
    """Return the time of the event that the sentence tells: the nearest to its trigger, days before months."""
    found = [one for one in reading.times if one.kind == "event" and one.precision <= 3]
    if not found:
        return None
    act = _act(reading)
    rites = _LAST_RITES.search(reading.low)
    if rites is not None:
        # "A funeral on Sunday for three killed on Friday": the event is what is told last, or beside the act.
        beside = [
            one for one in found if act is not None and abs(one.start - act) < abs(one.start - rites.start())
        ]
        return beside[0] if len({one.last for one in beside}) == 1 else found[-1]
    best = min(found, key=lambda one: (one.precision > 2, _distance(reading.low, act, one)))
    reacts = (act is None or best.end <= act) and _REACTS.search(reading.low, best.end, act or best.end + 40)
    return None if reacts else best


_REACTS = re.compile(
    r"\b(?:condemn|denounc|deplor|mourn|protest(?:s|ed|ing)? (?:against )?(?:the|over|at)\b)\w*"
)
"""Of what follows such a word only the reaction is of the day that stands before it."""

_OTHER_CLAUSE = re.compile(
    r"\b(?:because|after|following|when|whom?|which|confirming|condemn\w*|investigat\w*|said|announced|released|promised|"
    r"acknowledged|denied|charged|protest\w*|denounc\w*|mourn\w*)\b"
)
CLAUSE_CHARS = 60
"""What a word that opens another clause counts for, in characters between a time and an act."""


def _act(reading: Reading) -> int | None:
    """Return the character of the act that the sentence tells: of its shortest words of that kind, or its first."""
    named = [one for one in reading.triggers if one.strong and one.code is reading.code]
    act = max(named, key=lambda one: one.start - one.end) if named else next(iter(reading.triggers), None)
    return act.start if act else None


def _distance(low: str, act: int | None, time: TimeMention) -> int:
    """Return how far a time stands from an act; another clause between them counts as far."""
    if act is None:
        return time.start
    first, last = (time.end, act) if time.end <= act else (act, time.start)
    return abs(time.start - act) + CLAUSE_CHARS * bool(_OTHER_CLAUSE.search(low, first, max(first, last)))


def report_time(reading: Reading) -> TimeMention | None:
    """Return the day on which the sentence's source spoke, if it is told."""
    return next((one for one in reading.times if one.kind == "report" and one.precision == 1), None)


def own_tolls(reading: Reading) -> tuple[TollMention, ...]:
    """Return the tolls of one event: those over a period are left out."""
    return tuple(one for one in reading.tolls if not one.period)
