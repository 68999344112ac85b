"""The vocabulary of tolls: verbs, states and nouns with the kind that each counts.

Owns: tables. Refuses: reading sentences; ``tolls_cues`` does. A verb is added to ``_VERBS``, a noun to
``OF_NOUNS``.
"""

from typing import Literal

from dateline.incidents.sentences import bag

Form = Literal["past", "ing", "base", "went", "state", "of", "counted", "toll"]


_KILL = "kill murder massacre execute assassinate behead decapitate lynch slaughter martyr neutralize neutralise eliminate liquidate butcher electrocute strangle crucify immolate gun+down mow+down wipe+out"


_VERBS = {
    "killed": _KILL,
    "wounded": "wound injure hurt maim hospitalize hospitalise graze",
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
    table["netted"] = ("arrested", "past", "")
    table["hanged"] = ("killed", "past", "")
    for word in ("died", "perished", "succumbed"):
        table[word] = ("killed", "went", "")
    for word in ("die", "dies", "perish", "succumb"):
        table[word] = ("killed", "went", "")
    table["passed"] = ("killed", "went", "away")
    table["walked"] = ("released", "went", "free")
    table["disappeared"] = ("missing", "went", "")
    table["dead"] = ("killed", "state", "")
    table["missing"] = ("missing", "state", "")
    for word in ("deaths", "fatalities", "homicides", "murders", "killings", "slayings", "beheadings"):
        table[word] = ("killed", "counted", "")
    table["injuries"] = ("wounded", "counted", "")
    table["arrests"] = ("arrested", "counted", "")
    for word in ("kidnappings", "abductions"):
        table[word] = ("abducted", "counted", "")
    return table


VERBS = _verb_table()


OF_NOUNS = {
    "death": "killed", "deaths": "killed", "killing": "killed", "killings": "killed", "murder": "killed",
    "murders": "killed", "assassination": "killed", "execution": "killed", "massacre": "killed",
    "slaying": "killed", "lynching": "killed", "beheading": "killed", "lives": "killed", "life": "killed",
    "bodies": "killed", "body": "killed", "corpses": "killed", "corpse": "killed",
    "throat": "killed", "throats": "killed", "arrest": "arrested", "arrests": "arrested", "detention": "arrested", "capture": "arrested",
    "apprehension": "arrested", "kidnapping": "abducted", "abduction": "abducted", "release": "released",
    "rescue": "released", "disappearance": "missing", "wounding": "wounded", "injuring": "wounded",
}  # fmt: skip


TO_DEATH = bag(
    """
    stabbed beaten hacked clubbed tortured burned burnt shot bludgeoned stoned trampled crushed
    knifed machete axed strangled beat stabbing hacking beating shooting slashed lynched kicked put
    """
)


SUFFERED = bag("sustained sustain sustaining suffered suffer suffering received")


FOUND = bag(
    "found recovered discovered pulled retrieved exhumed unearthed dumped left lying strewn hanging washed seen lay lie littered"
)


#: Before "19 bodies": someone has seen them.
COUNTED = bag(
    "counted found recovered discovered retrieved received collected pulled exhumed unearthed dragged dumped fished "
    "left behind receiving receive receives in buried burying"
)


#: A number of these is a tally of many events.
CRIMES = bag("homicides murders killings slayings beheadings")
LOSING = bag("lost losing lose")

SPECIAL = (
    bag(
        """
        casualties bodies corpses unaccounted held picked picking grabbed snatched seized seizing seize
        whisked whisking carried carrying spirited dragged marched herded set free regained let riddled
        throat throats fatal fatally condition loss losses caught blown took taking fell struck hit had detention buried
        """
    )
    | LOSING
    | SUFFERED
    | (
        bag(
            """
    shot shoot shooting hostage hostages captive prisoner custody lost losing lose claimed lives
    taken gunned toll number treated rushed flown evacuated admitted transported airlifted injuries wounds
    injury wound burns sent sends sending striking hitting stabbing
    """
        )
        | TO_DEATH
    )
)


#: With these in the sentence, "was shot" is told of the dead.
DEADLY = bag(
    """
    dead died dies killed kill killing killings fatally fatal death murdered murder slain homicide
    executed deaths deceased
    """
)


MODALS = bag("to would could might should must can shall will may cannot 'd")


PLANS = bag(
    """
    attempted attempting attempt tried trying plotting plotted planned planning threatened
    threatening failed failing intended intent conspiring conspiracy
    """
)


WISHES = bag(
    """
    demand demanded demanding demands seek seeking sought urged urging call called calling calls
    ordered order requested warrant warrants negotiate negotiating secure for
    """
)


NEGATIONS = bag("not never n't without didn't don't wasn't weren't hasn't haven't nor cannot")

#: Words before "lives" and "life" that make them lost ones.
TAKEN = bag("claim claimed claims claiming took take taking taken cost costing costs ended")
CUT = bag("slit slitting slitted cut cutting slashed")
HURTS = bag("injuries injury wounds wound injures")
WOUNDS = HURTS | {"burns"}
TREATED = WOUNDS | bag("inhalation shock cuts bruises fractures trauma concussion abrasions lacerations")
#: With "have", what did not happen.
UNDONE = bag("would could should")
HOSPITALS = bag("hospital hospitals clinic clinics infirmary")

#: What "the number of … <word>" counts.
NUMBERED = {
    "killed": "killed", "dead": "killed", "deaths": "killed", "fatalities": "killed", "died": "killed",
    "slain": "killed", "injured": "wounded", "wounded": "wounded", "injuries": "wounded", "hurt": "wounded",
    "missing": "missing", "abducted": "abducted", "kidnapped": "abducted", "hostages": "abducted",
    "captives": "abducted", "arrested": "arrested", "detained": "arrested", "arrests": "arrested",
}  # fmt: skip

FATAL = bag("injuries wounds injury wound gunshot gunshots")
SEIZING = bag("took taking take takes seized seizing holding hold holds held")
