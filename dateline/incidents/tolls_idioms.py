"""Cues of several words that are no verbs of violence: losses, seizures, totals.

Owns: what a cue is (``Cue``), and "lost their lives", "took 30 people hostage", "put the toll at 14".
Refuses: the verbs of one word and the care of the hurt; ``tolls_cues`` reads those.
"""

from msgspec import Struct

from dateline.incidents import tolls_lexicon as lexicon
from dateline.incidents import tolls_vocabulary as vocabulary
from dateline.incidents.numbers import NUMBER_WORDS
from dateline.incidents.sentences import bag
from dateline.incidents.tolls_vocabulary import Form

HIT = "hit"
"""The kind of those hit in a sentence that tells of dead as well: "three were shot and one of them died"."""


class Cue(Struct, frozen=True, gc=False):
    """Words ``lo`` to ``hi`` (exclusive) of one cue.

    form: "past" may be active or passive ("killed"), "ing" and "base" take an object, "went"
    takes a subject ("died"), "state" follows its people ("dead"), "of" is a noun before "of"
    ("the death of"), "counted" a noun after a number ("12 deaths"), "toll" what a number is the
    value of ("the death toll rose to 12").
    """

    kind: str
    lo: int
    hi: int
    form: Form


def read_idiom(low: list[str], at: int) -> Cue | None:
    """Return the cue that begins at a word of ``SPECIAL``, or None."""
    return _losses(low, at) or _seizures(low, at) or _freed(low, at) or _harm(low, at) or _totals(low, at)


def _losses(low: list[str], at: int) -> Cue | None:
    """Reads "lost their lives", "claimed 12 lives", "death toll", "12 bodies were found"."""
    word = low[at]
    two = low[at + 1 : at + 3]
    if word == "casualties" and none_before(low, at):
        return Cue("killed", at, at + 1, "counted")
    if word == "losses":
        return Cue("killed", at, at + 2, "of") if two[:1] == ["of"] else None
    if (
        word in {"bodies", "corpses"}
        and two[:1] != ["of"]
        and (
            vocabulary.FOUND & set(low[at + 1 : at + 8]) or vocabulary.COUNTED & set(low[max(0, at - 4) : at])
        )
    ):
        return Cue("killed", at, at + 1, "counted")
    if word == "toll" and at and low[at - 1] in {"death", "dead", "casualty", "fatality"}:
        return Cue("killed", at - 1, at + 1, "toll")
    if word in vocabulary.SUFFERED:
        far = next(
            (index for index in range(at + 1, min(len(low), at + 6)) if low[index] in vocabulary.HURTS), 0
        )
        return Cue("wounded", at, far + 1, "went") if far else None
    if word == "had" and low[at + 2 : at + 3] == ["injuries"] and two[0] not in lexicon.STOPS | {"no"}:
        return Cue("wounded", at, at + 3, "went")
    if word in vocabulary.LOSING:
        if two[:1] and two[0] in _OWN and two[1:] in (["lives"], ["life"]):
            return Cue("killed", at, at + 3, "went")
        return Cue("killed", at, at + 1, "ing")
    if word == "lives" and two[:1] != ["of"]:
        taken = vocabulary.TAKEN & set(low[max(0, at - 6) : at])
        lost = low[at + 1 : at + 4] == ["have", "been", "lost"] or two in (["were", "lost"], ["are", "lost"])
        return Cue("killed", at, at + 1, "counted") if taken or lost else None
    if word == "loss" and low[max(0, at - 2) : at] in (["with", "the"], ["at", "the"]) and two[:1] == ["of"]:
        return Cue("killed", at, at + 2, "of")
    return None


def none_before(low: list[str], at: int) -> bool:
    """Whether what a word counts is none: "no casualties", "no immediate reports of injuries", "no deaths or injuries"."""
    begin = at
    while begin > 0 and at - begin < 6 and low[begin - 1] in _BETWEEN_NONE:
        begin -= 1
    return begin > 0 and low[begin - 1] in {"no", "without", "zero"}


def _seizures(low: list[str], at: int) -> Cue | None:
    """Reads "taken hostage", "taken into custody", "took 30 people hostage", "seized two fishermen"."""
    word = low[at]
    two = low[at + 1 : at + 3]
    if word == "taken":
        if two[:1] and two[0] in {"hostage", "captive", "prisoner"}:
            return Cue("abducted", at, at + 2, "past")
        if two == ["into", "custody"]:
            return Cue("arrested", at, at + 3, "past")
        return Cue("abducted", at, at + 2, "past") if two in (["away", "by"], ["away", "at"]) else None
    if word == "buried":
        counted = low[at + 1 : at + 2] and (low[at + 1].isdigit() or low[at + 1] in NUMBER_WORDS)
        return Cue("killed", at, at + 1, "ing") if counted else None
    if word == "detention":
        kept = low[at - 1 : at] == ["in"] and low[at - 2] in _KEPT
        return Cue("arrested", at - 1, at + 1, "state") if kept else None
    if word == "custody":
        where = at - 2 if low[at - 1 : at] == ["police"] else at - 1
        if where > 0 and low[where] == "in" and low[where - 1] in _KEPT:
            return Cue("arrested", where, at + 1, "state")
        took = low[at - 1 : at] == ["into"] and not vocabulary.SEIZING.isdisjoint(low[max(0, at - 9) : at])
        return Cue("arrested", at - 1, at + 1, "state") if took else None
    if word in {"hostage", "captive", "prisoner"}:
        seized = not vocabulary.SEIZING.isdisjoint(low[max(0, at - 8) : at])
        return Cue("abducted", at, at + 1, "state") if seized else None
    if word == "unaccounted" and two[:1] == ["for"]:
        return Cue("missing", at, at + 2, "state")
    if word == "hostages" and vocabulary.SEIZING & set(low[max(0, at - 6) : at]):
        return Cue("abducted", at, at + 1, "counted")
    if word in _HELD:
        return _held(low, at)
    if word in _CARRIED:
        return Cue("abducted", at, at + 2, "past") if two[:1] == [_CARRIED[word]] else None
    return None


def _held(low: list[str], at: int) -> Cue | None:
    """Reads "were held by police", "seized two fishermen", "picked up eight activists"."""
    word = low[at]
    following = low[at + 1 : at + 4]
    by_state = not _STATE.isdisjoint(low[max(0, at - 8) : at])
    if word == "held":
        if lexicon.BE.isdisjoint(low[max(0, at - 3) : at]):
            headline = at and following[:1] and following[0] in _OVER
            counted = headline and (low[at - 1].isdigit() or low[at - 1] in NUMBER_WORDS)
            return Cue("arrested", at, at + 1, "past") if counted else None
        if following[:1] == ["by"] and not _CAPTORS.isdisjoint(low[at + 2 : at + 6]):
            return Cue("abducted", at, at + 1, "past")
        arrested = following[:1] == ["by"] and not _STATE.isdisjoint(low[at + 2 : at + 6])
        arrested = arrested or following[:2] in _HELD_FOR or following[:1] == ["over"]
        return Cue("arrested", at, at + 1, "past") if arrested else None
    if word == "caught":
        by = following[:1] == ["by"] and not _STATE.isdisjoint(low[at + 2 : at + 5])
        return Cue("arrested", at, at + 1, "past") if by or following[:1] == ["alive"] else None
    if word in {"picked", "picking"}:
        return Cue("arrested", at, at + 2, "past") if following[:1] == ["up"] and by_state else None
    if word in {"grabbed", "snatched"} or word.startswith("seiz"):
        form: Form = "ing" if word.endswith("ing") else "past"
        return Cue("arrested" if by_state else "abducted", at, at + 1, form)
    return None


def _freed(low: list[str], at: int) -> Cue | None:
    """Reads "set free", "set four men free", "regained their freedom"; "let go" of hostages."""
    word = low[at]
    if word == "set":
        return Cue("released", at, at + 2, "past") if low[at + 1 : at + 2] == ["free"] else None
    if word == "free" and "set" in low[max(0, at - 7) : at - 1]:
        return Cue("released", at, at + 1, "state")
    if word == "free" and low[at + 1 : at + 2] and (low[at + 1].isdigit() or low[at + 1] in NUMBER_WORDS):
        return Cue("released", at, at + 1, "base")
    if word == "regained":
        far = next((index for index in range(at + 1, min(len(low), at + 3)) if low[index] == "freedom"), 0)
        return Cue("released", at, far + 1, "went") if far else None
    if word == "let" and low[at + 1 : at + 2] == ["go"]:
        return Cue("released", at, at + 2, "past") if not _CAPTIVES.isdisjoint(low) else None
    return None


def _harm(low: list[str], at: int) -> Cue | None:
    """Reads "riddled with bullets", "had their throats slit", "four of them fatal", "in critical condition"."""
    word = low[at]
    if word == "riddled":
        shot = low[at + 1 : at + 2] == ["with"] and low[at + 2 : at + 3] in (["bullets"], ["gunfire"])
        return Cue("killed", at, at + 3, "past") if shot else None
    if word in {"throat", "throats"}:
        had = low[max(0, at - 2) : at - 1] == ["had"] and low[at - 1] in _OWN
        slit = low[at + 1 : at + 2] and low[at + 1] in vocabulary.CUT
        return Cue("killed", at - 2, at + 2, "went") if had and slit else None
    if word == "blown":
        up = low[at + 1 : at + 2] == ["up"] and not lexicon.BE.isdisjoint(low[max(0, at - 3) : at])
        return Cue("killed", at, at + 2, "past") if up else None
    if word in {"took", "taking"}:
        return Cue("killed", at, at + 2, "ing") if low[at + 1 : at + 2] == ["out"] else None
    if word == "fell":
        battle = low[at + 1 : at + 2] == ["in"] and not _BATTLE.isdisjoint(low[at + 2 : at + 5])
        return Cue("killed", at, at + 1, "went") if battle else None
    if word == "fatal":
        return Cue("killed", at, at + 1, "state") if low[max(0, at - 2) : at] == ["of", "them"] else None
    if word == "condition" and at >= 3 and low[at - 1] in _CONDITIONS:
        begin = next((index for index in range(at - 2, max(0, at - 5), -1) if low[index] == "in"), 0)
        told = begin and (
            not lexicon.BE.isdisjoint(low[max(0, begin - 3) : begin])
            or not _LEFT.isdisjoint(low[max(0, begin - 6) : begin])
        )
        return Cue("wounded", begin, at + 1, "state") if told else None
    return None


def _totals(low: list[str], at: int) -> Cue | None:
    """Reads "the number of people killed … has risen to 12", "put the toll at 14"."""
    word = low[at]
    if "put" in low[max(0, at - 3) : at] and not _PAST_PUT.isdisjoint(low[max(0, at - 5) : at]):
        return None  # "the first reports had put the toll at five": overtaken
    if word == "toll" and low[at + 1 : at + 2]:
        if at == 0:
            headline = low[1] in {"from", "in", "of"} and not _TOLL_MOVES.isdisjoint(low[2:10])
            return Cue("killed", 0, 1, "toll") if headline or low[1] in _TOLL_MOVES else None
        return _toll(low, at)
    if word != "number" or low[at + 1 : at + 2] != ["of"]:
        return None
    for index in range(at + 2, min(len(low), at + 9)):
        if low[index] in vocabulary.NUMBERED:
            return Cue(vocabulary.NUMBERED[low[index]], at, index + 1, "toll")
        if not low[index][0].isalpha():
            return None
    return None


def _toll(low: list[str], at: int) -> Cue | None:
    """Reads "the toll rose to 14", "the blast toll has reached 44", "an injury toll of 12"."""
    before, after = low[at - 1], low[at + 1]
    kind = "wounded" if before in {"injury", "injured", "wounded"} else "killed"
    known = before in _TOLL_BEFORE or kind == "wounded"
    moved = after in _TOLL_MOVES and before.isalpha() and before not in {"road", "bridge", "and"}
    return Cue(kind, at, at + 1, "toll") if moved or (known and after in _TOLL_AFTER) else None


_LEFT = bag("left leaving leaves")
_BATTLE = bag("battle fighting combat action clashes")
_OWN = bag("their his her")
_BETWEEN_NONE = bag(
    """
    immediate reported reports report of word confirmed known civilian human further other serious
    major or deaths fatalities casualties injuries any
    """
)
_KEPT = lexicon.BE | {"remain", "remains", "remained"}
_OVER = bag("over for in after")
_CAPTORS = bag(
    """
    kidnappers captors abductors rebels militants gunmen bandits insurgents group guerrillas pirates
    separatists fighters extremists terrorists jihadists
    """
)
_HELD = bag("held caught picked picking grabbed snatched seized seizing seize")
_HELD_FOR = (["in", "connection"], ["on", "suspicion"], ["for", "questioning"], ["under", "the"])
_CARRIED = {
    "whisked": "away", "whisking": "away", "carried": "off", "carrying": "off", "spirited": "away",
    "dragged": "away", "marched": "away", "herded": "away",
}  # fmt: skip
_STATE = bag(
    """
    police policemen officers army soldiers troops troopers authorities agents forces customs gendarmes
    detectives deputies guard guards navy marines jawans coastguard security investigators intelligence
    """
)
_CAPTIVES = bag("hostages hostage captives captors captor kidnappers abductors kidnapped abducted")
_CONDITIONS = bag("critical stable serious fair good guarded grave")
_PAST_PUT = bag("had initially earlier previously")
_TOLL_BEFORE = bag(
    "the a its that overall official final provisional total combined current latest confirmed"
)
_TOLL_MOVES = bag(
    "rose rises risen has stands stood reached reaches climbed climbs jumped grew mounted passed hits"
)
_TOLL_AFTER = _TOLL_MOVES | bag(
    "had at is was to of from in down up upward upwards downward downwards now currently increased hit hits"
)
