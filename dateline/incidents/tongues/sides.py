"""Who did it and to whom, in one sentence.

Owns the words that give a side (``roles`` table), the voice of verbs and the order of the language. Refuses to
name anybody (``figures``). A figure stands on one side only; who speaks stands on none.
"""

from collections.abc import Sequence

from msgspec import Struct

from dateline.incidents.tongues.counting import Quantity
from dateline.incidents.tongues.figures import ARMED, Figure
from dateline.incidents.tongues.harm import Toll
from dateline.incidents.tongues.line import Line
from dateline.incidents.tongues.tongue import Tongue
from dateline.incidents.tongues.words import Mark

CUE_REACH = 5
"""Words between a cue ("por", "contra") and the figure that it governs."""

GATE_REACH = 14
"""Words between a passive verb and "por"."""

SUBJECT_REACH = 2
"""Words between a subject put first and its verb, in a language that puts the verb first."""

_ARMS = ("remote", "assault", "battle")
"""Triggers of acts that a state does with its forces."""

_DOERS = ARMED | {"rioters", "protesters"}


class Sides(Struct, frozen=True):
    """Figures by side, each in the order in which they were found."""

    perpetrator: tuple[Figure, ...] = ()
    target: tuple[Figure, ...] = ()


class _Scene:
    """A sentence with its figures, and where each is seated so far."""

    def __init__(
        self, line: Line, tongue: Tongue, everybody: Sequence[Figure], counts: Sequence[Quantity]
    ) -> None:
        self.line, self.tongue, self.counts = line, tongue, counts
        self.everybody = everybody
        #: Without those who only speak.
        self.figures = [one for one in everybody if not one.speaks]
        self.perpetrator: list[Figure] = []
        self.target: list[Figure] = []
        self.seated: set[int] = set()
        #: Verbs and nouns of acts with their voice.
        self.voiced = sorted(
            ((mark, mark.entry.values[1]) for mark in (*line.of("tolls"), *line.of("triggers"))),
            key=lambda one: one[0].first,
        )

    def seat(self, side: str, one: Figure | None) -> None:
        if one is not None and one.first not in self.seated:
            self.seated.add(one.first)
            (self.perpetrator if side == "perpetrator" else self.target).append(one)

    def cut(self, first: int, last: int) -> bool:
        """Whether a stop stands between two tokens."""
        return any(one.text in ";.:" for one in self.line.tokens[first:last])

    def counted(self, one: Figure) -> bool:
        """Whether a figure is a count of people."""
        return any(_within(one, quantity) for quantity in self.counts)


def read_sides(line: Line, tongue: Tongue, figures: Sequence[Figure], tolls: Sequence[Toll]) -> Sides:
    """Return the sides that a sentence's own words give: named cues first, then verbs by voice and order."""
    scene = _Scene(line, tongue, figures, [toll.quantity for toll in tolls])
    _within_the_act(scene)
    for toll in tolls:
        for one in scene.figures:
            if _within(one, toll.quantity):
                scene.seat("target", one)
    _between(scene)
    for cue in line.of("roles", "perpetrator", "target"):
        _cued(scene, cue)
    _written_on(scene)
    _states(scene)
    for mark, voice in scene.voiced:
        if tongue.grammar.order == "vso":
            _verb_first(scene, mark, voice)
        else:
            _verb_within(scene, mark, voice)
    return Sides(tuple(scene.perpetrator), tuple(scene.target))


def _within(one: Figure, quantity: Quantity) -> bool:
    return quantity.first <= one.first < quantity.last


def _within_the_act(scene: _Scene) -> None:
    """Seat who is part of the word for the act: "bombardeo de la aviación", "ataque ruso"."""
    line, capitals = scene.line, scene.tongue.grammar.capitals
    nations = {mark.first: mark for mark in line.of("names", "demonym", "country")}
    for mark in line.of("triggers"):
        if mark.entry.values[1] != "noun":
            continue
        for one in scene.figures:
            if mark.first < one.first < mark.last and one.role in ARMED | {"protesters"}:
                scene.seat("target" if one.role == "protesters" else "perpetrator", one)
        inside = (nations[at] for at in range(mark.first + 1, mark.last) if at in nations)
        nation = nations.get(mark.last) or next(inside, None)
        if nation is None or not mark.tag.startswith(_ARMS):
            continue
        adjective = not capitals or line.tokens[nation.first].text[0].islower()
        if adjective and not any(one.first <= nation.first < one.last for one in scene.everybody):
            state = nation.entry.values[0]
            scene.seat("perpetrator", Figure(nation.first, nation.last, "soldiers", None, state))


def _between(scene: _Scene) -> None:
    """Seat "A y B" behind "enfrentamientos entre"."""
    for cue in scene.line.of("roles", "between"):
        behind = [one for one in scene.figures if one.first >= cue.last and one.role in _DOERS]
        if len(behind) >= 2 and behind[0].first - cue.last <= CUE_REACH:
            scene.seat("perpetrator", behind[0])
            scene.seat("target", behind[1])


def _states(scene: _Scene) -> None:
    """Seat a state that acts: "Rusia atacó", "قصفت إسرائيل"."""
    verb_first = scene.tongue.grammar.order == "vso"
    for mark, voice in scene.voiced:
        if voice != "active" or mark.entry.layer != "triggers" or not mark.tag.startswith(_ARMS):
            continue
        for nation in scene.line.of("names", "country"):
            gap = nation.first - mark.last if verb_first else mark.first - nation.last
            if 0 <= gap <= 1:
                state = nation.entry.values[0]
                scene.seat("perpetrator", Figure(nation.first, nation.last, "soldiers", None, state))


def _written_on(scene: _Scene) -> None:
    """Seat figures by the clitic before them: "هجوم لبوكو حرام"; where it is told who did it, they suffered it."""
    sides = scene.tongue.grammar.prefix_sides
    if not sides:
        return
    for one in scene.figures:
        prefix = next(
            (mark.prefix for mark in scene.line.marks if mark.first == one.first and mark.prefix), ""
        )
        nouns = [
            mark for mark, voice in scene.voiced if voice in ("noun", "mutual") and mark.last <= one.first
        ]
        if prefix in sides and nouns and one.first - nouns[-1].last <= CUE_REACH and one.role in _DOERS:
            scene.seat("target" if scene.perpetrator else sides[prefix], one)


def _cued(scene: _Scene, cue: Mark) -> None:
    """Seat the figure that a cue governs, and whoever is joined to it."""
    where, gate = cue.entry.values[:2]
    if not _open(scene, cue, gate):
        return
    if where == "left":
        ahead = [one for one in scene.everybody if one.last <= cue.first]  # who claims it speaks
        one = ahead[-1] if ahead else None
    else:
        one = next((one for one in scene.figures if one.first >= cue.first and one.last >= cue.last), None)
        if one is not None and (one.first - cue.last > CUE_REACH or scene.cut(cue.last, one.first)):
            one = None
    if one is None or (cue.tag == "perpetrator" and one.role not in _DOERS):
        return
    scene.seat(cue.tag, one)
    following = next((other for other in scene.figures if other.first >= one.last), None)
    if following is not None and _joined(scene, one, following):
        scene.seat(cue.tag, following)


def _joined(scene: _Scene, one: Figure, other: Figure) -> bool:
    between = scene.line.tokens[one.last : other.first]
    if not between:
        return scene.line.tokens[other.first].low[:1] in scene.tongue.joiners
    return len(between) == 1 and between[0].low in scene.tongue.joiners


def _open(scene: _Scene, cue: Mark, gate: str) -> bool:
    """Whether the act to the left of a cue lets it count."""
    if gate == "any":
        return True
    before = [(mark, voice) for mark, voice in scene.voiced if mark.last <= cue.first]
    if not before:
        return False
    if gate == "passive":
        return any(voice == "passive" and cue.first - mark.last <= GATE_REACH for mark, voice in before)
    mark, voice = before[-1]
    reach = 1 if cue.tag == "perpetrator" else CUE_REACH
    return voice == gate and cue.first - mark.last <= reach


def _verb_within(scene: _Scene, mark: Mark, voice: str) -> None:
    """Subject, verb, object: who stands before an active verb did it, before a passive one suffered it."""
    if voice not in ("active", "passive"):
        return
    starts = [other.last for other, _ in scene.voiced if other.last <= mark.first]
    low = starts[-1] if starts else 0
    ahead = [one for one in scene.figures if one.last <= mark.first and not scene.cut(one.last, mark.first)]
    left = [one for one in ahead if one.first >= low] or ahead
    right = next((one for one in scene.figures if one.first >= mark.last), None)
    if right is not None and (right.first - mark.last > CUE_REACH or scene.cut(mark.last, right.first)):
        right = None
    if voice == "active":
        scene.seat("perpetrator", next((one for one in reversed(left) if one.role in _DOERS), None))
        scene.seat("target", right)
    else:
        scene.seat("target", left[-1] if left else right)


def _verb_first(scene: _Scene, mark: Mark, voice: str) -> None:
    """Verb, subject, object. A verb of either voice is active when somebody else follows its subject."""
    if voice not in ("active", "passive", "either"):
        return
    right = [one for one in scene.figures if one.last > mark.last and not scene.cut(mark.last, one.first)]
    near = [one for one in right if one.first - mark.last <= CUE_REACH]
    left = [one for one in scene.figures if 0 <= mark.first - one.last <= SUBJECT_REACH]
    before = left[-1] if left and left[-1].role in _DOERS and not scene.counted(left[-1]) else None
    if not near:
        if left:
            scene.seat(
                "perpetrator" if voice == "active" else "target", before if voice == "active" else left[-1]
            )
        return
    first, *others = near
    if voice == "passive" or (scene.counted(first) and voice == "either" and before is None):
        scene.seat("target", first)
        return
    if scene.counted(first) or (before is not None and voice != "passive"):
        scene.seat("perpetrator", before)
        scene.seat("target", first)
        return
    more = len(right) > 1 or any(one.first >= first.last for one in scene.counts)
    if first.role in _DOERS and (voice == "active" or more):
        scene.seat("perpetrator", first)
        scene.seat("target", others[0] if others else None)
    else:
        scene.seat("target", first)
