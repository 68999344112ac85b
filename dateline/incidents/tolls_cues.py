"""The words that prove a toll: verbs, states and nouns, each with the kind that it counts.

Owns: where such words stand in a sentence and how they take their people. Refuses: finding the
people. Threats, plans and attempts ("to kill", "would kill") are no cues.
"""

import re
from typing import Literal

from msgspec import Struct

from dateline.incidents import tolls_lexicon as lexicon
from dateline.incidents.sentences import bag

Form = Literal["past", "ing", "base", "went", "state", "of", "counted", "toll"]


class Cue(Struct, frozen=True):
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


_KILL = "kill murder massacre execute assassinate behead decapitate lynch slaughter martyr neutralize neutralise eliminate liquidate butcher electrocute strangle gun+down mow+down"
_VERBS = {
    "killed": _KILL,
    "wounded": "wound injure hurt maim hospitalize hospitalise",
    "abducted": "abduct kidnap",
    "released": "release free liberate rescue",
    "arrested": "arrest detain apprehend nab capture round+up",
}


def _inflect(base: str) -> tuple[str, str, str]:
    """Past, -ing and -s forms."""
    if base == "hurt":
        return base, "hurting", "hurts"
    if base in {"kidnap", "gun", "nab"}:
        return base + base[-1] + "ed", base + base[-1] + "ing", base + "s"
    if base == "free":
        return "freed", "freeing", "frees"
    if base.endswith("e"):
        return base + "d", base[:-1] + "ing", base + "s"
    if base.endswith("ch"):
        return base + "ed", base + "ing", base + "es"
    return base + "ed", base + "ing", base + "s"


def _verb_table() -> dict[str, tuple[str, Form, str]]:
    """Word to (kind, form, particle that must follow)."""
    table: dict[str, tuple[str, Form, str]] = {}
    for kind, verbs in _VERBS.items():
        for verb in verbs.split():
            base, _, particle = verb.partition("+")
            past, ing, third = _inflect(base)
            table[past] = (kind, "past", particle)
            table[ing] = (kind, "ing", particle)
            table.setdefault(third, (kind, "base", particle))
            table.setdefault(base, (kind, "base", particle))
    for word in ("slain", "slew"):
        table[word] = ("killed", "past", "")
    for word in ("hurt", "gun", "guns", "free", "wounds", "wound", "mow", "mows"):
        table.pop(word, None)
    table["hurt"] = ("wounded", "past", "")
    table["kidnaped"] = ("abducted", "past", "")
    for word in ("died", "perished", "succumbed"):
        table[word] = ("killed", "went", "")
    for word in ("die", "dies", "perish", "succumb"):
        table[word] = ("killed", "went", "")
    table["disappeared"] = ("missing", "went", "")
    table["dead"] = ("killed", "state", "")
    table["missing"] = ("missing", "state", "")
    for word in ("deaths", "fatalities"):
        table[word] = ("killed", "counted", "")
    table["injuries"] = ("wounded", "counted", "")
    table["arrests"] = ("arrested", "counted", "")
    for word in ("kidnappings", "abductions"):
        table[word] = ("abducted", "counted", "")
    return table


_TABLE = _verb_table()
_OF = {
    "death": "killed", "deaths": "killed", "killing": "killed", "killings": "killed", "murder": "killed",
    "murders": "killed", "assassination": "killed", "execution": "killed", "massacre": "killed",
    "slaying": "killed", "lynching": "killed", "beheading": "killed", "lives": "killed", "life": "killed",
    "bodies": "killed", "body": "killed", "corpses": "killed", "corpse": "killed",
    "throat": "killed", "throats": "killed", "arrest": "arrested", "arrests": "arrested", "detention": "arrested", "capture": "arrested",
    "apprehension": "arrested", "kidnapping": "abducted", "abduction": "abducted", "release": "released",
    "rescue": "released", "disappearance": "missing", "wounding": "wounded", "injuring": "wounded",
}  # fmt: skip
_TO_DEATH = bag(
    """
    stabbed beaten hacked clubbed tortured burned burnt shot bludgeoned stoned trampled crushed
    knifed strangled beat stabbing hacking beating shooting slashed lynched kicked put
    """
)
_SUFFERED = bag("sustained sustain sustaining suffered suffer suffering received")
_SPECIAL = _SUFFERED | (
    bag(
        """
    shot shoot shooting hostage hostages captive prisoner custody lost losing lose claimed lives
    taken gunned toll
    """
    )
    | _TO_DEATH
)

_WORD = re.compile(r"[^\W\d_]+")
_VOCABULARY = frozenset(_TABLE) | frozenset(_OF) | _SPECIAL | {"death", "casualties"}


def has_cue(text: str) -> bool:
    """Whether a sentence holds any word of a cue: the cheap look before the reading."""
    return not _VOCABULARY.isdisjoint(_WORD.findall(text.lower()))


#: With these in the sentence, "was shot" is told of the dead.
_DEADLY = bag(
    """
    dead died dies killed kill killing killings fatally fatal death murdered murder slain homicide
    executed deaths deceased
    """
)
_MODALS = bag("to would could might should must can shall will may cannot 'd")
_PLANS = bag(
    """
    attempted attempting attempt tried trying plotting plotted planned planning threatened
    threatening failed failing intended intent conspiring conspiracy
    """
)
_WISHES = bag(
    """
    demand demanded demanding demands seek seeking sought urged urging call called calling calls
    ordered order requested warrant warrants negotiate negotiating secure for
    """
)
_NEGATIONS = bag("not never n't without didn't don't wasn't weren't hasn't haven't nor cannot")


def read_cues(low: list[str]) -> list[Cue]:
    """Return the cues among lower-cased words, in order."""
    cues: list[Cue] = []
    for at, word in enumerate(low):
        if cues and at < cues[-1].hi:
            continue
        cue = (
            _special(low, at)
            if word in _SPECIAL or (word.endswith("ed") and low[at + 2 : at + 3] == ["death"])
            else None
        )
        if cue is None and (word in _TABLE or word in _OF):
            cue = _listed(low, at)
        if cue is not None and not _unreal(low, cue):
            cues.append(cue)
    return cues


def _listed(low: list[str], at: int) -> Cue | None:
    word = low[at]
    following = low[at + 1] if at + 1 < len(low) else ""
    if word in _OF and following == "of":
        if word in {"life", "lives"} and not {
            "claim",
            "claimed",
            "claims",
            "claiming",
            "took",
            "take",
            "taking",
            "taken",
            "cost",
            "costing",
            "costs",
            "ended",
        } & set(low[max(0, at - 4) : at]):
            return None
        if word in {"throat", "throats"} and not {
            "slit",
            "slitting",
            "slitted",
            "cut",
            "cutting",
            "slashed",
        } & set(low[max(0, at - 3) : at]):
            return None
        return Cue(_OF[word], at, at + 2, "of")
    if word not in _TABLE:
        return None
    kind, form, particle = _TABLE[word]
    if particle and following != particle:
        return None
    if (
        form == "went"
        and following in {"of", "from"}
        and not {"injuries", "wounds", "injury", "wound", "gunshot", "gunshots"} & set(low[at + 2 : at + 7])
    ):
        return None
    if word == "dead" and following in {"toll", "line", "end", "or"}:
        return None
    if (
        kind == "released"
        and form == "base"
        and low[max(0, at - 1)] != "to"
        and word in {"free", "release", "rescue"}
    ):
        return None  # nouns and adjectives far more often than verbs
    return Cue(kind, at, at + (2 if particle else 1), form)


def _special(low: list[str], at: int) -> Cue | None:
    """Cues of several words: "shot dead", "stabbed to death", "taken hostage", "lost their lives"."""
    word = low[at]
    two, three = low[at + 1 : at + 3], low[at + 1 : at + 4]
    if word == "toll" and at and low[at - 1] in {"death", "dead", "casualty", "fatality"}:
        return Cue("killed", at - 1, at + 1, "toll")
    if word in _SUFFERED:
        for far in range(at + 1, min(len(low), at + 6)):
            if low[far] in {"injuries", "injury", "wounds", "wound", "injures"}:
                return Cue("wounded", at, far + 1, "went")
        return None
    if (
        two == ["to", "death"]
        and word.endswith("ed")
        and word not in {"sentenced", "condemned", "led", "related", "linked", "used"}
    ):
        return Cue("killed", at, at + 3, "past")
    if word in _TO_DEATH and two == ["to", "death"]:
        return Cue("killed", at, at + 3, "ing" if word.endswith("ing") else "past")
    if word in _TO_DEATH and "death" in low[at + 2 : at + 12] and low[low.index("death", at) - 1] == "to":
        return Cue(
            "killed", at, at + (2 if two[:1] == ["up"] else 1), "ing" if word.endswith("ing") else "past"
        )
    if word in {"shot", "shoot", "shooting"} and three[:1] == ["dead"]:
        return Cue(
            "killed", at, at + 2, "ing" if word == "shooting" else "past" if word == "shot" else "base"
        )
    if word in {"shot", "stabbed", "beaten", "tortured"} and three[:2] == ["and", "killed"]:
        return Cue("killed", at, at + 3, "past")
    if word == "shot" and (three[:2] in (["and", "wounded"], ["and", "injured"])):
        return Cue("wounded", at, at + 3, "past")
    if word in {"shot", "stabbed"} and not _DEADLY & set(low):
        return Cue("wounded", at, at + (2 if two[:1] == ["at"] else 1), "past")
    if word == "taken" and two[:1] and two[0] in {"hostage", "captive", "prisoner"}:
        return Cue("abducted", at, at + 2, "past")
    if word == "taken" and two == ["into", "custody"]:
        return Cue("arrested", at, at + 3, "past")
    if (
        word in {"lost", "losing", "lose"}
        and len(two) == 2
        and two[0] in {"their", "his", "her"}
        and two[1] in {"lives", "life"}
    ):
        return Cue("killed", at, at + 3, "went")
    if (
        word == "lives"
        and low[max(0, at - 6) : at]
        and {"claimed", "claiming", "claims", "took", "taking", "cost", "costing", "claim"}
        & set(low[max(0, at - 6) : at])
        and two[:1] != ["of"]
    ):
        return Cue("killed", at, at + 1, "counted")
    if (
        word in {"hostage", "captive"}
        and at >= 2
        and {"took", "taking", "take", "takes"} & set(low[max(0, at - 8) : at])
    ):
        return Cue("abducted", at, at + 1, "state")
    if word == "hostages" and {"took", "taking", "take", "seized", "seizing"} & set(low[max(0, at - 6) : at]):
        return Cue("abducted", at, at + 1, "counted")
    return None


def _unreal(low: list[str], cue: Cue) -> bool:
    """Told as wished, planned, possible or denied, not as done."""
    at = cue.lo - 1
    if cue.form == "of" and cue.kind in {"released", "arrested"}:
        return bool(_WISHES & set(low[max(0, cue.lo - 5) : cue.lo]))
    if cue.form in {"of", "counted", "state", "toll"}:
        return False
    before = low[max(0, cue.lo - 4) : cue.lo]
    if _NEGATIONS & set(before[-3:]) or "neither" in low[max(0, cue.lo - 14) : cue.lo]:
        return True
    while at >= 0 and at >= cue.lo - 4 and (low[at] in lexicon.ADVERBS and low[at] not in {"to", "have"}):
        at -= 1
    last = low[at] if at >= 0 else ""
    if cue.form == "base" or low[cue.lo] in {"die", "dies", "perish", "succumb"}:
        return last in _MODALS or last in {"'", "the", "a", "his", "who", "-"}
    if last == "be" and at > 0:
        return low[at - 1] in _MODALS
    if cue.form == "ing":
        return bool(_PLANS & set(before))
    return False
