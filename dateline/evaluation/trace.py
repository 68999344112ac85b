"""Why each sentence of an article opened an event, joined one, or did neither.

Owns the words for it. Asks the rooms that code, once more and in the order in which they decide; it decides
nothing by itself, and where they cannot tell it says so. For people who look at errors: it costs more than
coding, and nothing of it runs on the wire.
"""

from typing import Literal

from msgspec import Struct

from dateline.incidents import guards, relevance, telling
from dateline.incidents.assemble import DOUBT_BELOW, STRICT_BELOW, SURE_ABOVE, Coder
from dateline.incidents.joining import Draft
from dateline.incidents.opening import opens, weigh
from dateline.incidents.readings import Reading, event_time, is_headline
from dateline.incidents.record import Coding, Place
from dateline.incidents.skim import Look
from dateline.incidents.taxonomy import SUB_TYPES, Code
from dateline.incidents.triggers import Trigger
from dateline.incidents.walk import MANY_SENTENCES, Walk
from dateline.model import Article

Part = Literal["opens", "joins", "refused", "silent"]


class Word(Struct, frozen=True):
    """A word that names an act, by the article's characters; ``live`` unless its own words take it back."""

    start: int
    end: int
    live: bool


class Line(Struct, frozen=True, kw_only=True):
    """One sentence and what became of it."""

    start: int
    end: int
    part: Part
    why: str
    words: tuple[Word, ...] = ()
    #: Log odds that it tells of a specific act, as the second look has it; None where it names none.
    score: float | None = None


class Trace(Struct, frozen=True, kw_only=True):
    """What the looks made of an article, and its sentences in order."""

    #: Relevance by the first look, and what it must reach to be read on.
    first: float
    gate: float
    #: Relevance by the second look, and from what on it counts; None below the gate.
    second: float | None
    threshold: float
    #: What happened to the article as a whole; empty when nothing special did.
    whole: str = ""
    lines: tuple[Line, ...] = ()


def trace(coder: Coder, article: Article, coding: Coding) -> Trace:
    """Return how an article came to its coding. Total; English rules only."""
    first = relevance.relevance(article.text, article.title, coder.model)
    walk = Walk(
        article, coder.gazetteer, coder.lexicon, strict=first < STRICT_BELOW, sure=first >= SURE_ABOVE
    )
    looks = Walk(article, coder.gazetteer, coder.lexicon, strict=walk.strict, sure=walk.sure).look()
    drafts = walk.run()
    # Where no act is live nothing more is read; the sentences that name one are told all the same.
    looks = looks or [(sentence, low, (), acts) for sentence, low, acts in walk.named_acts]
    scores = telling.line_scores(coder.second.words, coder.second.bias, telling.lines(walk))
    by_start = {one[0].start: float(score) for one, score in zip(walk.named_acts, scores, strict=True)}
    passed = first >= coder.model.gate
    many = len(looks) > MANY_SENTENCES
    lines = tuple(
        _line(look, walk, drafts, coding, many=many, score=by_start.get(look[0].start)) for look in looks
    )
    return Trace(
        first=round(first, 4),
        gate=round(coder.model.gate, 4),
        second=coding.relevance if passed else None,
        threshold=round(coder.second.threshold, 4),
        whole=_whole(walk, coding, first=first, passed=passed, drafts=drafts),
        lines=lines,
    )


def _whole(walk: Walk, coding: Coding, *, first: float, passed: bool, drafts: list[Draft]) -> str:
    if not passed:
        return "refused at the first look: below the gate nothing more is read"
    told = []
    if coding.relevance < DOUBT_BELOW and first < SURE_ABOVE:
        told.append("the second look doubts it: nothing fresh is coded")
    if walk.tame:
        told.append("its head is that of sport, films, accidents or disasters")
    if walk.strict:
        told.append("probably ordinary: an event must be told with more of its slots")
    if not drafts:
        told.append("no sentence opened an event")
    return "; ".join(told)


def _line(
    look: Look, walk: Walk, drafts: list[Draft], coding: Coding, *, many: bool, score: float | None
) -> Line:
    sentence, _, live, acts = look
    part, why = _fate(look, walk, drafts, coding, many=many)
    alive = {(one.start, one.end) for one in live}
    return Line(
        start=sentence.start,
        end=sentence.end,
        part=part,
        why=why,
        words=tuple(_word(sentence.start, one, alive) for one in acts),
        score=None if score is None else round(score, 2),
    )


def _word(start: int, one: Trigger, alive: set[tuple[int, int]]) -> Word:
    return Word(start + one.start, start + one.end, (one.start, one.end) in alive)


def _fate(look: Look, walk: Walk, drafts: list[Draft], coding: Coding, *, many: bool) -> tuple[Part, str]:
    """Return what became of a sentence, in the order in which the rooms decide."""
    sentence, _, live, acts = look
    at = sentence.start
    for draft in drafts:
        starts = [one.sentence.start for one in draft.readings]
        if at in starts:
            return _in_draft(draft, coding, first=at == starts[0])
    if any(at <= one.start < sentence.end for each in coding.incidents for one in each.evidence):
        return "opens", "opened by the second look, though no rule did"
    if not acts:
        return "silent", "names no act"
    if many and is_headline(sentence):
        return "refused", "reads as a headline, a teaser or a caption"
    if not live:
        return "refused", "its act is a plan, a threat, a denial or a reason"
    return "refused", _refusal(at, walk)


def _in_draft(draft: Draft, coding: Coding, *, first: bool) -> tuple[Part, str]:
    kind = SUB_TYPES[draft.code].name
    if not first:
        return "joins", f"joined to {kind} ({draft.class_})"
    start = draft.first.sentence.start
    stands = any(
        piece.start >= start and piece.start < draft.first.sentence.end
        for one in coding.incidents
        for piece in one.evidence
    )
    if stands:
        return "opens", f"opens {kind} ({draft.class_})"
    return (
        "refused",
        f"opened {kind} ({draft.class_}), then given up: too little told, or the second look doubts it",
    )


def _refusal(at: int, walk: Walk) -> str:
    """Return why a sentence with a live act opened nothing."""
    reading, place = walk.readings.get(at, (None, None))
    if reading is None:
        return "not read: nothing was told before that it could go on with"
    if reading.ordinary is not None:
        return f"ordinary news in violent words: {reading.ordinary}"
    if reading.code is None:
        return "its words decide no kind of act"
    when = event_time(reading)
    if walk.class_of(reading, when) == "background":
        return "told as background: an older event, or one without a time of its own that looks back"
    if reading.habitual:
        return "told as a habit"
    if guards.tells_about(reading.low):
        return "tells who claims, condemns, mourns or looks into an act"
    return _too_little(reading, place, walk)


def _too_little(reading: Reading, place: Place | None, walk: Walk) -> str:
    """Return what a sentence with an act of a known kind lacks, as far as the rule of opening tells."""
    lead = walk.sure and reading.sentence.paragraph <= 1
    if opens(reading, place, strict=walk.strict, lead=lead, late=True):
        return "would open an event by itself; taken as going on about one told before"
    if opens(reading, place, strict=walk.strict, lead=lead):
        return "too far down for an act without a day: most likely a look back"
    if reading.code is Code.ARRESTS and not guards.political(reading.low):
        return "an arrest told without armed group, weapons or protest"
    has = weigh(reading, place)
    told = [name for name in ("toll", "time", "place", "actor", "number") if getattr(has, name)]
    own = f"has {', '.join(told)}" if told else "has no count, day, place or armed side"
    if all(one.act == "toll" for one in reading.triggers):
        return f"only counts victims, and names no armed side or too little else: {own}"
    plural = "; its act stands in the plural" if has.plural else ""
    strict = "; probably ordinary news, where more is wanted" if walk.strict else ""
    return f"too little told: {own}{plural}{strict}"
