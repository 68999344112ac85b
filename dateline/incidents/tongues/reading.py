"""One sentence of another language, read whole: what happened, to how many, when, where, by whom.

Owns which sub-type the triggers give, what the guards refuse, and the class of the mention. Refuses to join
sentences (``gathering``) and to write the record (``coding``).
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from dateline.incidents.actor_lexicon import ActorLexicon, NamedActor
from dateline.incidents.gazetteer import Gazetteer
from dateline.incidents.place_mentions import PlaceMention
from dateline.incidents.record import Assertion, IncidentClass
from dateline.incidents.taxonomy import SUB_TYPES, Code, highest
from dateline.incidents.tongues.counting import quantities
from dateline.incidents.tongues.figures import ARMED, Figure, read_figures, speaking
from dateline.incidents.tongues.harm import Toll, tolls
from dateline.incidents.tongues.line import Line
from dateline.incidents.tongues.sides import Sides, read_sides
from dateline.incidents.tongues.spots import read_spots
from dateline.incidents.tongues.times import Time, read_times
from dateline.incidents.tongues.tongue import Tongue
from dateline.incidents.tongues.words import Mark

WINDOW = timedelta(days=45)
"""An event older than this at publication is background (incidents.md, classes)."""

UNREAL_REACH, NEGATION_REACH = 8, 3
"""Words to the right over which a hypothesis, or a negation, holds."""

ORDINARY = ("accident", "sport", "court", "film", "disaster", "health", "drill")
_ASSERTIONS: tuple[Assertion, ...] = ("denied", "attempted", "suspected", "alleged", "claimed")
_HARM = {"killed": Code.ATTACK, "abducted": Code.ABDUCTION, "arrested": Code.ARRESTS}
"""What a statistic that names no act counts."""

_PROTESTS = frozenset({Code.PEACEFUL, Code.INTERVENTION})


class Tools(Struct, frozen=True, kw_only=True):
    """What reading needs, loaded once and shared."""

    tongue: Tongue
    gazetteer: Gazetteer
    lexicon: ActorLexicon
    #: The actors of the data by id.
    actors: Mapping[str, NamedActor]


class Reading(Struct, frozen=True, kw_only=True):
    """A sentence, read. ``code`` is None where it tells of no act."""

    line: Line
    triggers: tuple[Mark, ...]
    code: Code | None
    strong: bool
    tolls: tuple[Toll, ...]
    times: tuple[Time, ...]
    spots: tuple[tuple[PlaceMention, int, int], ...]
    figures: tuple[Figure, ...]
    sides: Sides
    assertion: Assertion
    class_: IncidentClass | None
    #: How many attacks the words count: "tres ataques".
    n_events: int | None = None

    @property
    def counted(self) -> bool:
        """Whether people are counted."""
        return bool(self.tolls)

    def when(self) -> Time | None:
        """Return the first time that dates an event, of the greatest precision; None for none."""
        events = [one for one in self.times if one.kind in ("event", "historic")]
        return min(events, key=lambda one: (one.precision, one.at), default=None)

    def reported(self) -> Time | None:
        """Return the day of the report, if that is told."""
        return next((one for one in self.times if one.kind == "report"), None)

    def placed(self) -> bool:
        """Whether a place smaller than a country may be that of the act."""
        return any(one.event_place and one.kind not in ("country", "demonym") for one, _, _ in self.spots)

    def has(self, *tags: str) -> bool:
        """Whether a guard of one of these tags stands in the sentence."""
        return self.line.has("guards", *tags)


def read(line: Line, tools: Tools, published_on: date | None, last_on: date | None) -> Reading:
    """Return what a sentence tells. ``last_on``: the day of the last event told before it."""
    tongue = tools.tongue
    times = read_times(line, tongue, published_on, last_on)
    dated = [mark for mark in line.of("times") if any(one.at == mark.first for one in times)]
    figures = speaking(line, read_figures(line, tongue, tools.lexicon, tools.actors))
    counts = quantities(line, tongue, dated, figures)
    found = tolls(line, counts, verb_first=tongue.grammar.order == "vso")
    found = [one for one in found if not _refused(line, one.verb)]
    named = [(one.first, one.last) for one in figures if one.named]
    named += [(one.first, one.last) for one in line.of("sources", "monitor", "agency", "media")]
    taken = frozenset(at for first, last in named for at in range(first, last))
    spots = read_spots(line, tongue, tools.gazetteer, taken)
    sides = read_sides(line, tongue, figures, found)
    triggers = [one for one in line.of("triggers") if not _refused(line, one)]
    code, strong = _code(triggers, sides, found)
    class_ = _class(line, times, published_on, counted=bool(found), many=(_events(line, triggers) or 1) > 1)
    if code is None and class_ == "aggregate":
        code = next((_HARM[one.kind] for one in found if one.kind in _HARM), None)
    return Reading(
        line=line,
        triggers=tuple(triggers),
        code=code,
        strong=strong,
        tolls=tuple(found),
        times=tuple(times),
        spots=tuple(spots),
        figures=tuple(figures),
        sides=sides,
        assertion=next((tag for tag in _ASSERTIONS if line.has("guards", tag)), "reported"),
        class_=class_,
        n_events=_events(line, triggers),
    )


def _refused(line: Line, mark: Mark) -> bool:
    """Whether a hypothesis, a negation or an idiom takes the word's meaning away."""
    for guard in line.marks:
        if guard.entry.layer != "guards":
            continue
        if guard.tag == "idiom" and guard.first < mark.last and mark.first < guard.last:
            return True
        reach = {"unreal": UNREAL_REACH, "negation": NEGATION_REACH}.get(guard.tag)
        if reach is None or not 0 <= mark.first - guard.last <= reach:
            continue
        if not any(one.text in ",;:." for one in line.tokens[guard.last : mark.first]):
            return True
    return False


def _code(triggers: Sequence[Mark], sides: Sides, found: Sequence[Toll]) -> tuple[Code | None, bool]:
    """Return the sub-type that the triggers of a sentence give together, and whether one is strong."""
    strong = [one for one in triggers if one.entry.values[0] == "strong"]
    told = {one.tag for one in strong} or {one.tag for one in triggers}
    if not told:
        return None, False
    if any(tag.startswith("remote.") for tag in told):
        told -= {"assault", "blast"}
    codes = [_decided(tag, sides) for tag in told]
    code = highest(tuple(codes))
    kinds = {one.kind for one in found}
    if code is Code.ABDUCTION and "killed" in kinds:
        return Code.ATTACK, bool(strong)
    forces = any(one.role in ("soldiers", "police") for one in sides.perpetrator)
    hurt = any(one.role == "protesters" for one in sides.target) and kinds & {"killed", "wounded"}
    protest = any(_decided(tag, sides) in _PROTESTS for tag in {one.tag for one in triggers})
    if (protest or code in _PROTESTS) and hurt and (forces or "killed" in kinds):
        return Code.EXCESSIVE_FORCE, bool(strong)
    if protest and code is Code.ARRESTS:
        return Code.INTERVENTION, bool(strong)
    return code, bool(strong)


def _decided(tag: str, sides: Sides) -> Code:
    """Return the sub-type of a trigger; an assault is decided by who is hit, as ACLED does."""
    if tag == "blast":
        return Code.IED_MINE
    if tag != "assault":
        return Code(tag)
    hit = [one.role for one in sides.target]
    armed = any(one in ARMED for one in hit)
    harmed = any(one in ("civilians", "people", "protesters") for one in hit)
    return Code.ARMED_CLASH if armed and not (harmed and hit[0] not in ARMED) else Code.ATTACK


def _events(line: Line, triggers: Sequence[Mark]) -> int | None:
    """Return how many events a number before a noun of acts counts."""
    for mark in triggers:
        if mark.entry.values[1] not in ("noun", "mutual"):
            continue
        number = next(
            (one for one in line.numbers.values() if one.last == mark.first and one.kind != "one"), None
        )
        if number is not None and 1 < number.value < 1000:
            return number.value
    return None


def _class(
    line: Line,
    times: Sequence[Time],
    published_on: date | None,
    *,
    counted: bool,
    many: bool,
) -> IncidentClass | None:
    """Return the class of what a sentence tells; None where a stretch of time is told and nobody counted."""
    when = [one for one in times if one.kind in ("event", "historic")]
    day = min(when, key=lambda one: one.precision, default=None)
    period = line.has("guards", "aggregate") or any(one.kind == "period" for one in times)
    if period and (day is None or day.precision > 2):
        return "aggregate" if counted or many else None
    if day is not None:
        if day.kind == "historic" or (published_on is not None and day.last < published_on - WINDOW):
            return "background"
        if day.precision == 3 and many:
            return "aggregate" if counted else None
    historic = any(one.kind == "historic" for one in times)
    if historic and line.has("guards", "past", "aftermath"):
        return "background"
    if line.has("guards", "past") and (day is None or day.precision > 1):
        return "background"
    return "fresh"


def opens(one: Reading, *, tame: bool) -> bool:
    """Whether a sentence tells enough to open an event: a sure act with one slot, a weak one with more."""
    if one.code is None or one.class_ is None:
        return False
    if any(one.line.has("guards", tag) for tag in ORDINARY):
        armed = any(each.role in ARMED and each.role != "police" for each in one.figures)
        staged = one.line.has("guards", "sport", "film", "drill") and not one.counted
        if staged or not (one.strong and armed):
            return False
    if one.line.text.rstrip().endswith(("?", "؟")):
        return False
    if one.class_ == "fresh" and one.line.has("guards", "aftermath"):
        return False
    agreed = one.code is Code.AGREEMENT and any(spot.country for spot, _, _ in one.spots)
    if not (one.counted or one.placed() or agreed) or (one.line.has("times", "future") and not one.when()):
        return False
    slots = 2 * one.counted + (one.placed() or agreed) + bool(one.when() or one.reported())
    slots += bool(one.sides.perpetrator) + bool(one.sides.target)
    need = 1 if one.strong else 2
    family = SUB_TYPES[one.code].family
    if family in ("sd", "protest", "riot"):
        need += 1
    return slots >= need + 2 * tame
