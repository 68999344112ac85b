"""Where the words that prove a toll stand in a sentence, and how they take their people.

Owns: cues of one word and of several. Refuses: finding the people. Threats, plans and attempts
("to kill", "would kill") are no cues.
"""

from dateline.incidents import tolls_lexicon as lexicon
from dateline.incidents import tolls_vocabulary as vocabulary
from dateline.incidents.numbers import NUMBER_WORDS
from dateline.incidents.sentences import bag
from dateline.incidents.tolls_idioms import HIT, Cue, read_idiom
from dateline.incidents.tolls_vocabulary import OF_NOUNS, SPECIAL, VERBS, Form
from dateline.incidents.tolls_words import plain_words

_LIMBS = bag(
    """
    leg legs arm arms chest head neck stomach abdomen shoulder back foot feet hand thigh knee hip torso groin
    face ankle buttocks buttock eye eyes throat
    """
)
#: Words that are cues only beside one of the others: "carried off", "fell in battle", "took him to hospital".
_PAIRED = bag("carried carrying took taking fell struck hit had")
_PARTNERS = _LIMBS | bag("injuries off out battle fighting combat hospital bullet bullets gunfire shrapnel")
_VOCABULARY = (
    (frozenset(VERBS) | frozenset(OF_NOUNS) | SPECIAL | {"death", "casualties"}) - bag("set let") - _PAIRED
)


_CUE_WORDS = frozenset(VERBS) | frozenset(OF_NOUNS) | SPECIAL


def has_cue(text: str) -> bool:
    """Whether a sentence holds any word of a cue: the cheap look before the reading."""
    found = plain_words(text)
    if not _VOCABULARY.isdisjoint(found):
        return True
    return not _PAIRED.isdisjoint(found) and not _PARTNERS.isdisjoint(found)


def read_cues(low: list[str]) -> list[Cue]:
    """Return the cues among lower-cased words, in order."""
    cues: list[Cue] = []
    deadly = "death" in low
    for at, word in enumerate(low):
        if word not in _CUE_WORDS and not (deadly and word.endswith("ed")):
            continue
        if cues and at < cues[-1].hi:
            continue
        cue = (
            _special(low, at)
            if word in SPECIAL or (word.endswith("ed") and low[at + 2 : at + 3] == ["death"])
            else None
        )
        if cue is None and (word in VERBS or word in OF_NOUNS):
            cue = _listed(low, at)
        if cue is not None and not _unreal(low, cue):
            cues.append(_fatal(low, cue))
    return cues


def _fatal(low: list[str], cue: Cue) -> Cue:
    """Take "fatally wounded", "mortally shot" for what it says."""
    fatal = cue.kind == "wounded" and (
        low[max(0, cue.lo - 1)] in _FATALLY or low[cue.hi : cue.hi + 1] == ["fatally"]
    )
    return Cue("killed", cue.lo, cue.hi, cue.form) if fatal else cue


_FATALLY = bag("fatally mortally")


def _listed(low: list[str], at: int) -> Cue | None:
    """The cue that one word of the tables is, where its surroundings do not speak against it."""
    word = low[at]
    following = low[at + 1] if at + 1 < len(low) else ""
    before = set(low[max(0, at - 4) : at])
    if word in OF_NOUNS and following == "of":
        if word in {"life", "lives"} and not vocabulary.TAKEN & before:
            return None
        if word in {"throat", "throats"} and not vocabulary.CUT & before:
            return None
        return Cue(OF_NOUNS[word], at, at + 2, "of")
    if word not in VERBS:
        return None
    kind, form, particle = VERBS[word]
    if word in vocabulary.CRIMES and _TALLIED.isdisjoint(low[max(0, at - 5) : at]):
        return None  # "wanted in connection with six murders"
    if particle and following != particle:
        return None
    if form == "went" and following in {"of", "from"} and not vocabulary.FATAL & set(low[at + 2 : at + 7]):
        return None
    if word == "dead" and following in {"toll", "line", "end", "or"}:
        return None
    if (
        word in {"free", "release", "rescue"}
        and low[max(0, at - 1)] != "to"
        and not (following[:1].isdigit() or following in NUMBER_WORDS)
    ):
        return None  # nouns and adjectives far more often than verbs
    return Cue(kind, at, at + (2 if particle else 1), form)


def _special(low: list[str], at: int) -> Cue | None:
    """Cues that need more than one word."""
    return _violence(low, at) or read_idiom(low, at) or _care(low, at)


def _violence(low: list[str], at: int) -> Cue | None:
    """Reads "shot dead", "stabbed to death", "beat a man to death", "was shot"."""
    word = low[at]
    two = low[at + 1 : at + 3]
    form: Form = "ing" if word.endswith("ing") else "base" if word == "shoot" else "past"
    if two == ["to", "death"] and (
        word in vocabulary.TO_DEATH or (word.endswith("ed") and word not in _NO_BLOWS)
    ):
        return Cue("killed", at, at + 3, form)
    if word in {"burned", "burnt", "buried"} and two[:1] == ["alive"]:
        return Cue("killed", at, at + 2, form)
    if (
        word in vocabulary.TO_DEATH
        and "death" in low[at + 2 : at + 12]
        and low[low.index("death", at) - 1] == "to"
    ):
        return Cue("killed", at, at + (2 if two[:1] == ["up"] else 1), form)
    if word in {"shot", "shoot", "shooting"} and two[:1] and two[0] in _HIM and two[1:] == ["dead"]:
        return Cue("killed", at, at + 1, form)
    if word in {"shot", "shoot", "shooting"} and two[:1] == ["dead"]:
        return Cue("killed", at, at + 2, form)
    if word in _BLOWS and two == ["and", "killed"]:
        return Cue("killed", at, at + 3, "past")
    if word in _BLOWS and two in (["and", "wounded"], ["and", "injured"], ["and", "hurt"]):
        return Cue("wounded", at, at + 3, "past")
    if word in {"shot", "stabbed", "shooting", "stabbing"} and (
        low[max(0, at - 1)] in _FATALLY or (word in {"shot", "stabbed"} and _ends_fatally(low, at + 1))
    ):
        return Cue("killed", at, at + 1, form)
    if word in {"shot", "stabbed"}:
        missed = word == "shot" and two[:1] == ["at"] and lexicon.BE.isdisjoint(low[max(0, at - 3) : at])
        deadly = vocabulary.DEADLY & set(low) and not _ANOTHER & set(low[max(0, at - 5) : at])
        return None if missed else Cue(HIT if deadly else "wounded", at, at + 1, "past")
    if word == "fatally":
        return (
            Cue("killed", at, at + 1, "state")
            if not low[at + 1 : at + 2] or not low[at + 1].isalpha()
            else None
        )
    return None


def _ends_fatally(low: list[str], at: int) -> bool:
    """Whether "shot two men fatally" is meant, not "shot eight, three of them fatally"."""
    ahead = low[at : at + 5]
    return "fatally" in ahead and _NEW_COUNT.isdisjoint(ahead[: ahead.index("fatally")])


def _care(low: list[str], at: int) -> Cue | None:
    """Reads "treated for wounds", "taken to hospital", "left 15 others with burns": people who were hurt."""
    word = low[at]
    ahead = low[at + 1 : at + 9]
    if word in vocabulary.WOUNDS:
        return _with_wounds(low, at)
    if word in _SENT or (word in _MOVED and ahead[:1] != ["to"]):
        there = next((index for index in range(at + 2, min(len(low), at + 14)) if low[index] == "to"), 0)
        hospital = there and not vocabulary.HOSPITALS.isdisjoint(low[there + 1 : there + 9])
        lifeless = _LIFELESS & {*low[max(0, at - 8) : at], *low[at + 3 : at + 24]}
        return Cue("wounded", at, at + 1, "ing") if hospital and not lifeless else None
    if word in _STRIKING:
        return Cue("wounded", at, at + 1, "ing") if not _BULLETS.isdisjoint(low) else None
    if word in {"struck", "hit"}:
        return _struck(low, at)
    if word == "treated":
        cared = ("for" in ahead and not vocabulary.TREATED.isdisjoint(ahead)) or not (
            vocabulary.HOSPITALS.isdisjoint(ahead[:5])
        )
        cared = cared or (low[at - 1 : at] == ["being"] and not (ahead and ahead[0][0].isalpha()))
        return Cue("wounded", at, at + 1, "past") if cared else None
    if word == "admitted":
        cared = "with" in ahead and not vocabulary.WOUNDS.isdisjoint(ahead)
        return Cue("wounded", at, at + 1, "past") if cared else None
    if word in _MOVED and ahead[:1] == ["to"] and not vocabulary.HOSPITALS.isdisjoint(ahead[1:5]):
        lifeless = _LIFELESS & {*low[max(0, at - 8) : at], *low[at + 3 : at + 16]}
        lifeless = lifeless if _ANOTHER.isdisjoint(low[max(0, at - 3) : at]) else frozenset()
        return Cue(HIT if lifeless else "wounded", at, at + 1, "past")
    return None


def _struck(low: list[str], at: int) -> Cue | None:
    """Reads "a bullet struck a girl", "was hit by a stray bullet", "was struck in the leg"."""
    limb = "in" in low[at + 1 : at + 3] and not _LIMBS.isdisjoint(low[at + 2 : at + 7])
    if not limb and _BULLETS.isdisjoint(low):
        return None
    passive = not lexicon.BE.isdisjoint(low[max(0, at - 3) : at])
    if passive or not _MISSILES.isdisjoint(low[max(0, at - 4) : at]):
        kind = "wounded" if vocabulary.DEADLY.isdisjoint(low) else HIT
        return Cue(kind, at, at + 1, "past" if passive else "ing")
    return None


def _with_wounds(low: list[str], at: int) -> Cue | None:
    """Reads "left 15 others with burns", "found a man with a gunshot wound", "suffering from stab wounds"."""
    begin = next(
        (index for index in range(at - 1, max(-1, at - 8), -1) if low[index] in {"with", "from"}), -1
    )
    others = begin > 1 and low[begin - 1] in _ANOTHER and not _LEFT.isdisjoint(low[max(0, at - 14) : at])
    if others:
        return Cue("wounded", begin, at + 1, "state")
    clause = max(
        (index for index in range(max(0, begin - 12), begin - 2) if low[index] in _NEW_COUNT), default=0
    )
    if begin < 1 or vocabulary.DEADLY & set(low[max(clause, begin - 12) : at + 12]):
        return None
    came = next((index for index in range(begin - 1, max(0, begin - 11), -1) if low[index] in _CAME), 0)
    if came and low[begin] == "with":
        return (
            Cue("wounded", came, at + 1, "went") if not _SHOT_WOUNDS.isdisjoint(low[begin + 1 : at]) else None
        )
    if low[begin] == "from":
        suffering = low[begin - 1] == "suffering"
        return Cue("wounded", begin - 1, at + 1, "state") if suffering else None
    if begin == at - 1 and not _LEFT.isdisjoint(low[max(0, at - 9) : at]):
        return Cue("wounded", begin, at + 1, "state")
    shot = not _SHOT_WOUNDS.isdisjoint(low[begin + 1 : at])
    return (
        Cue("wounded", begin, at + 1, "state")
        if shot and _FOUND & set(low[max(0, begin - 9) : begin])
        else None
    )


_TALLIED = bag("recorded counted been were saw reported logged documented")
_HIM = bag("him her them")
_BLOWS = bag("shot stabbed beaten tortured")
_NEW_COUNT = bag(", ; of but and")
_ANOTHER = bag("another other others second")
_LEFT = bag("left leaving leaves")
_FOUND = bag("found discovered located")
_CAME = bag("arrived showed walked turned")
_SHOT_WOUNDS = bag("gunshot bullet shot stab knife gun-shot shrapnel")
_SENT = bag("sent sends sending took taking")
_MISSILES = bag("bullet bullets shrapnel splinters gunfire")
_STRIKING = bag("striking hitting")
_BULLETS = bag("shrapnel bullet bullets gunfire shot shots fired shooting gunshot gunshots gunman gunmen")
_MOVED = bag("taken rushed flown evacuated admitted transported airlifted hospitalized hospitalised")
_LIFELESS = vocabulary.DEADLY | bag("bodies body remains corpses corpse where sick ill")


_NO_BLOWS = bag("sentenced condemned led related linked used")


def _unreal(low: list[str], cue: Cue) -> bool:
    """Told as wished, planned, possible or denied, not as done."""
    at = cue.lo - 1
    if cue.form == "of" and cue.kind in {"released", "arrested"}:
        return bool(vocabulary.WISHES & set(low[max(0, cue.lo - 5) : cue.lo]))
    if cue.form in {"of", "counted", "state", "toll"}:
        return False
    before = low[max(0, cue.lo - 4) : cue.lo]
    if cue.form in {"past", "went"} and "have" in before and not vocabulary.UNDONE.isdisjoint(before):
        return True  # "would have killed hundreds"
    if vocabulary.NEGATIONS & set(before[-3:]) or "neither" in low[max(0, cue.lo - 14) : cue.lo]:
        return True
    while at >= 0 and at >= cue.lo - 4 and (low[at] in lexicon.ADVERBS and low[at] not in {"to", "have"}):
        at -= 1
    last = low[at] if at >= 0 else ""
    if cue.form == "base" or low[cue.lo] in {"die", "dies", "perish", "succumb"}:
        return last in vocabulary.MODALS or last in {"'", "the", "a", "his", "who", "-"}
    if last == "be" and at > 0:
        return low[at - 1] in vocabulary.MODALS
    if cue.form == "ing":
        return bool(vocabulary.PLANS & set(before))
    return False
