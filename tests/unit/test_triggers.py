"""What names each sub-type: at least three sentences of our own for every one of the 25."""

import re
from importlib import resources

import pytest

from dateline.incidents.tactics import decide
from dateline.incidents.taxonomy import SUB_TYPES, Code
from dateline.incidents.triggers import load, lowered, read_triggers

TOLD = {
    Code.GOV_REGAINS: [
        "Government troops recaptured the town of Dalma on Friday after a week of siege.",
        "The army retook control of the airport from the rebels, the ministry said.",
        "The village was liberated by the security forces on Tuesday morning.",
    ],
    Code.NSA_OVERTAKES: [
        "Rebels captured the eastern town of Keru on Sunday after soldiers fled.",
        "The border post of Abala fell to the insurgents overnight.",
        "Fighters of the front seized control of the northern district on Monday.",
    ],
    Code.ARMED_CLASH: [
        "Militants ambushed an army convoy near Talo, killing six soldiers.",
        "Clashes between soldiers and rebels left nine dead in the valley on Monday.",
        "Gunmen attacked a police station in Merka late on Tuesday.",
        "Two militants were killed in a gun battle with police in the forest.",
        "At least three soldiers were killed in an attack by insurgents.",
    ],
    Code.CHEMICAL: [
        "Chlorine gas was dropped on the suburb, choking dozens of residents.",
        "Doctors said that a sarin attack had killed twelve people in the town.",
        "Shells filled with mustard gas hit the village on Thursday.",
    ],
    Code.AIR_DRONE: [
        "Air strikes on the town of Ras killed eleven people on Sunday.",
        "Warplanes bombed a market in the north, medics said.",
        "A drone hit a fuel depot near the port on Wednesday.",
        "Military helicopters fired on the village for an hour.",
    ],
    Code.SUICIDE: [
        "A suicide bomber killed eight people outside a mosque.",
        "He blew himself up at the gate of the barracks.",
        "A woman detonated her vest in a queue for bread.",
    ],
    Code.SHELLING: [
        "Artillery fire killed four residents of the frontline town.",
        "Rebels fired rockets at the capital on Saturday.",
        "Mortar shells landed in a school yard, wounding six pupils.",
    ],
    Code.IED_MINE: [
        "A roadside bomb killed two engineers near Garo.",
        "Three herders died when their cart hit a landmine.",
        "A car bomb exploded outside the ministry on Monday.",
        "A bomb went off in a bus station, wounding nine.",
    ],
    Code.GRENADE: [
        "Unknown men threw a grenade into a bar, wounding five.",
        "A hand grenade was thrown at the house of the mayor.",
        "Two people were hurt by a grenade in the market.",
    ],
    Code.SEXUAL: [
        "Four women were raped by armed men near the camp.",
        "Soldiers sexually assaulted a girl in the village on Sunday.",
        "The fighters gang-raped two sisters, residents said.",
    ],
    Code.ATTACK: [
        "Gunmen shot dead a journalist outside his home on Monday.",
        "Bandits attacked a village and killed seven farmers.",
        "The mayor was assassinated as he left church.",
        "Six traders were hacked to death on the road to Bira.",
    ],
    Code.ABDUCTION: [
        "Gunmen kidnapped three nuns from a convent on Friday.",
        "Two aid workers were abducted near the border.",
        "Armed men took eleven passengers hostage on a bus.",
    ],
    Code.EXCESSIVE_FORCE: [
        "Police opened fire on protesters in the capital, killing three.",
        "Soldiers fired live rounds into a crowd of demonstrators, wounding ten.",
        "At least two protesters were shot dead during a march on Thursday.",
    ],
    Code.INTERVENTION: [
        "Police fired tear gas to disperse a march of teachers on Monday.",
        "Officers arrested twenty protesters outside parliament.",
        "Water cannon was used against demonstrators in the square.",
    ],
    Code.PEACEFUL: [
        "Thousands of people marched through the city on Sunday to demand elections.",
        "Teachers staged a sit-in in front of the ministry.",
        "Residents held a protest against water cuts on Tuesday.",
    ],
    Code.VIOLENT_DEMO: [
        "Demonstrators threw stones at police and burned tyres in the centre.",
        "Rioters set fire to the town hall on Saturday.",
        "Protesters torched two buses during a march in the port.",
    ],
    Code.MOB: [
        "A mob beat a suspected thief to death in the market.",
        "Two men were lynched by residents on Sunday.",
        "An angry crowd attacked a driver after the crash and burned his truck.",
    ],
    Code.AGREEMENT: [
        "The two sides signed a ceasefire on Monday.",
        "A truce came into force at midnight on Friday.",
        "The government and the rebels agreed to a prisoner exchange.",
    ],
    Code.ARRESTS: [
        "Police arrested four suspected militants in Bala on Monday.",
        "Two members of the group were detained at the border.",
        "Security forces arrested a man in connection with the bombing of the station.",
    ],
    Code.GROUP_CHANGE: [
        "Eleven rebels surrendered to the police on Wednesday.",
        "The army deployed two hundred troops to the border town.",
        "The faction announced the creation of a joint command.",
    ],
    Code.WEAPONS: [
        "Police seized forty rifles and ammunition in a house in Doro.",
        "Sappers defused a bomb near the bridge.",
        "An arms cache was unearthed in the forest on Sunday.",
    ],
    Code.BASE: [
        "The army established a military base near the frontier.",
        "The rebels set up a training camp in the hills.",
        "Troops built an outpost on the road to the mine.",
    ],
    Code.LOOTING: [
        "Armed men looted shops and stole cattle in the village.",
        "The rebels set three trucks on fire on the highway.",
        "Masked men torched a school on Monday night.",
    ],
    Code.TRANSFER: [
        "The rebels withdrew from the town under the accord.",
        "Peacekeepers handed over the base to the army on Friday.",
        "The militia pulled out of the airport without a fight.",
    ],
    Code.OTHER: [
        "The junta imposed a curfew on the capital on Monday.",
        "Investigators opened a mass grave outside the city.",
        "Officers staged a coup on Tuesday.",
    ],
}


@pytest.mark.parametrize(("code", "sentence"), [(code, one) for code, told in TOLD.items() for one in told])
def test_each_sentence_names_its_sub_type(code: Code, sentence: str):
    """The rules name the sub-type that a reader would."""
    low = lowered(sentence)
    assert decide(low, read_triggers(low)) is code


def test_every_sub_type_has_three_sentences_and_a_rule():
    """No sub-type is left without rules and proof."""
    assert set(TOLD) == set(SUB_TYPES) == set(Code)
    assert all(len(told) >= 3 for told in TOLD.values())
    ruled = {rule.code for rule in load().rules}
    assert set(Code) - ruled == set()


def test_case_does_not_matter():
    """Upper-case wires read like any other."""
    low = lowered("A CAR BOMB EXPLODED OUTSIDE THE MINISTRY ON MONDAY.")
    assert decide(low, read_triggers(low)) is Code.IED_MINE


def test_lowering_keeps_every_character_in_place():
    """Letters that grow in lower case stay as they are, so that spans still fit the text."""
    text = "İzmir: an ATTACK"
    assert len(lowered(text)) == len(text)
    assert lowered(text).endswith("attack")


def test_an_arrest_for_a_bombing_is_an_arrest():
    """What someone is arrested for is not told as happening."""
    low = lowered("Police arrested two men suspected of planning a car bomb attack on the station.")
    assert decide(low, read_triggers(low)) is Code.ARRESTS


def test_a_named_explosive_outranks_the_word_attack():
    """ "Attack" beside a landmine tells its effect, not a second tactic."""
    low = lowered("Six soldiers were killed in the attack when a landmine exploded under their truck.")
    assert decide(low, read_triggers(low)) is Code.IED_MINE


@pytest.mark.parametrize(
    "sentence", ["", " ", "\x00", "The committee met and ate lunch.", "-" * 5000, "attacked " + "- " * 3000]
)
def test_sentences_without_a_tactic_name_none(sentence: str):
    """Ordinary, empty and hostile strings are read in no time and without a sub-type."""
    low = lowered(sentence)
    assert decide(low, tuple(one for one in read_triggers(low) if one.code)) is None


def test_no_rule_can_be_led_astray():
    """Words and what stands between them share no character in a rule: hyphens without end cost no time."""
    text = resources.files("dateline.incidents").joinpath("data/triggers.tsv").read_text("utf-8")
    assert not re.search(r"\[\\w[^\]]*-[^\]]*\]\+\\W", text)
    for start in ("rebels ", "weapons ", "police ", "arrested "):
        assert read_triggers(start + "a-" * 700) is not None
