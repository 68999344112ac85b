"""Statistics, claims and sums of several attacks, in texts about insurgents. Own texts."""

from datetime import UTC, date, datetime

import pytest

from dateline.incidents.assemble import Coder
from dateline.incidents.record import Incident
from dateline.model import Article


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder.load()


def coded(coder: Coder, text: str, class_: str = "fresh") -> list[Incident]:
    told = Article(id="a", text=text, published_at=datetime(2025, 5, 16, 18, tzinfo=UTC))
    return [one for one in coder.code(told).incidents if one.class_ == class_]


RAID = "On Monday ISWAP fighters stormed an army base in Marte, in Nigeria's Borno State, killing five soldiers.\n\n"


def test_the_day_of_a_claim_is_not_the_day_of_an_attack(coder: Coder):
    """A group that claims "the attack" days later, with a count of its own, opens nothing."""
    found = coded(
        coder, RAID + "ISWAP claimed the attack on Wednesday through its channels, and said it killed nine."
    )
    assert len(found) == 1
    assert found[0].date is not None
    assert found[0].date.start == date(2025, 5, 12)


def test_a_sides_own_count_is_a_rival_of_the_event_told_before(coder: Coder):
    """What a group says its fighters did, without day and place, is the same attack."""
    text = (
        RAID
        + "ISWAP said through its news agency that its fighters had killed 31 soldiers and captured six trucks."
    )
    found = coded(coder, text)
    assert len(found) == 1
    assert found[0].toll.killed is not None
    assert found[0].toll.killed.max == 31


@pytest.mark.parametrize(
    "statistic",
    [
        "The monitor recorded 41 incidents in Borno State over the month, against 27 in March.",
        "In all, we logged 14 attacks in the week, with 9 dead and 15 injured, against 19 attacks in the week before.",
        "By the numbers: 37 attacks, 141 fatalities and 63 kidnapped across the region.",
        "The monitor counted 481 violent incidents last year, which left 116 dead.",
        "The monitor recorded over 190 political violence events and 429 fatalities in the state in April.",
        "Last year alone, at least 349 people died in attacks by armed groups in Nigeria's north.",
    ],
)
def test_many_attacks_without_a_day_are_a_statistic(coder: Coder, statistic: str):
    """A count of attacks over a stretch of time never opens an incident, and is kept as a statistic."""
    text = RAID + statistic
    assert len(coded(coder, text)) == 1
    assert len(coded(coder, text, "aggregate")) == 1


def test_the_sum_of_two_attacks_is_not_the_count_of_one(coder: Coder):
    """A lead that counts two attacks together gives way to the count of each."""
    text = (
        "At least seven policemen were killed in two separate attacks in the districts of Bannu and Tank in Pakistan on "
        "Tuesday, police said.\n\nTerrorists attacked a police post in Bannu, killing three constables.\n\n"
        "In the other attack, a suicide bomber struck a police convoy in Tank, killing four policemen."
    )
    counts = sorted(one.toll.killed.min for one in coded(coder, text) if one.toll.killed)
    assert counts == [3, 4]


def test_captured_arms_are_no_arrest(coder: Coder):
    """Pictures of what was captured open nothing."""
    assert len(coded(coder, RAID + "IS published photographs of captured weapons two days later.")) == 1


def test_prisoners_who_are_caught_again_are_no_territory(coder: Coder):
    """A police that recaptures men regains no ground."""
    text = (
        "Gunmen attacked a prison in Kontagora, Nigeria, on Tuesday, killing two warders.\n\n"
        "Police have since recaptured 19 of those who escaped."
    )
    assert [one.event_type for one in coded(coder, text)] != ["Strategic developments"]
    assert all(one.sub_event_type != "Government regains territory" for one in coded(coder, text))


def test_another_voices_count_is_no_second_attack(coder: Coder):
    """What the army or a hospital counts is a rival count of the attack told before."""
    text = (
        "At least 23 people were killed in an attack blamed on the Allied Democratic Forces in the village of Mambasa, in the "
        "Democratic Republic of Congo's Ituri province, on Tuesday night, officials said.\n\n"
        "The army's spokesman in Ituri spoke of 17 civilians killed. A volunteer who helped to bury them counted 27 bodies."
    )
    found = coded(coder, text)
    assert len(found) == 1
    assert [one.id for one in found[0].actors.perpetrator] == ["adf"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The army blamed the Islamic State West Africa Province.",
        "ISWAP said it was behind the raid.",
    ],
)
def test_who_is_behind_it_is_told_in_a_sentence_of_its_own(coder: Coder, sentence: str):
    """A sentence that only blames, or claims, names the gunmen of the attack before, with its words as proof."""
    text = (
        "Gunmen stormed an army base in Marte, in Nigeria's Borno State, on Monday, killing five soldiers.\n\n"
        + sentence
    )
    found = coded(coder, text)
    assert len(found) == 1
    assert [one.id for one in found[0].actors.perpetrator] == ["iswap"]
    assert any("actors.perpetrator" in one.supports for one in found[0].evidence)


def test_each_attack_of_a_round_up_has_the_forces_of_its_country(coder: Coder):
    """In a digest of several countries the soldiers killed in Chad are Chad's."""
    text = (
        "Mali: Gunmen attacked an army post near Gao on Monday, killing six soldiers. Mali's junta said nothing.\n\n"
        "Mali: Jihadists ambushed an army patrol near Mopti on Tuesday, killing two soldiers.\n\n"
        "Chad: Boko Haram fighters attacked an army post in Bol on Wednesday, killing four soldiers."
    )
    targets = [actor.name for one in coded(coder, text) for actor in one.actors.target]
    assert targets.count("Military Forces of Mali") == 2
    assert targets.count("Military Forces of Chad") == 1


def test_two_voices_of_a_sentence_are_not_added_up(coder: Coder):
    """What the rebels claim and what the army admits are a range, not a sum."""
    text = (
        "A military convoy fell into an ambush near Gao in Mali on Tuesday, the army said.\n\n"
        "The rebels claimed to have killed 12 soldiers; the army admitted that five soldiers were killed."
    )
    found = coded(coder, text)
    assert len(found) == 1
    assert found[0].toll.killed is not None
    assert (found[0].toll.killed.min, found[0].toll.killed.max) == (5, 12)
