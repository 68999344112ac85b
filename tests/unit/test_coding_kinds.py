"""Kinds of report that a first reading got wrong, each told in texts of our own."""

from datetime import UTC, date, datetime

import pytest

from dateline.incidents.assemble import Coder
from dateline.incidents.record import Count, Incident
from dateline.model import Article

PUBLISHED = datetime(2024, 5, 15, 18, tzinfo=UTC)  # a Wednesday


def coded(text: str, title: str = "") -> tuple[Incident, ...]:
    return Coder.load().code(Article(id="a1", text=text, title=title, published_at=PUBLISHED)).incidents


def fresh(text: str, title: str = "") -> list[Incident]:
    return [one for one in coded(text, title) if one.class_ == "fresh"]


def least(count: Count | None) -> int | None:
    return count.min if count else None


def told(one: Incident) -> tuple[str, int | None, str | None, int | None, int | None]:
    return (
        one.sub_event_type,
        one.date.start.day if one.date else None,
        one.place.name if one.place else None,
        least(one.toll.killed),
        least(one.toll.wounded),
    )


# text, then (sub-type, day of May 2024, place, killed, wounded) of each fresh incident
REPORTS = [
    (
        (
            "Bandits seized twelve villagers on a road near Maradi in southern Niger on Monday, a local chief said. "
            "The kidnappers want a ransom of ten million francs."
        ),
        [("Abduction/forced disappearance", 13, "Maradi", None, None)],
    ),
    (
        (
            "On Sunday armed men stopped a minibus of a health charity near Kaga Bandoro in the Central African Republic and "
            "drove it away with the nurse and two guards inside, the charity said."
        ),
        [("Abduction/forced disappearance", 12, "Kaga Bandoro", None, None)],
    ),
    (
        (
            "Rebels entered the town of Bria in the Central African Republic on Monday and have taken over the police station "
            "and the town hall, aid workers said. Government soldiers left without a shot. No casualties were reported."
        ),
        [("Non-state actor overtakes territory", 13, "Bria", None, None)],
    ),
    (
        (
            "Police in Cotabato in the southern Philippines arrested five suspected bomb makers on Monday. In a separate "
            "operation on Sunday, soldiers searching a farm near Jolo found a buried cache of 30 rifles and ammunition."
        ),
        [("Arrests", 13, "Cotabato", None, None), ("Disrupted weapons use", 12, "Jolo", None, None)],
    ),
    (
        (
            "An air strike hit a garage in the Yemeni city of Saada on Monday, killing five people and wounding eight, medics "
            "said.\n\nThe Houthi movement acknowledged the death of one member. The other four dead were mechanics."
        ),
        [("Air/drone strike", 13, "Saada", 5, 8)],
    ),
    (
        (
            "Rebels killed nine people in an attack on a village near Bunia in eastern Congo on Monday, a chief said. The "
            "army said its soldiers had gone after the rebels and freed three of the captives."
        ),
        [("Attack", 13, "Bunia", 9, None)],
    ),
    (
        (
            "Militants fired mortar shells at a market in the Somali town of Beledweyne on Monday, killing four people. Three "
            "shells landed within minutes of one another. A doctor at the General Hospital in Mogadishu said eleven wounded "
            "people had been admitted."
        ),
        [("Shelling/artillery/missile attack", 13, "Beledweyne", 4, 11)],
    ),
    (
        (
            "Fighters linked to Islamic State have killed at least 14 people in a village near Palma in Mozambique. They came "
            "on Sunday night."
        ),
        [("Attack", 12, "Palma", 14, None)],
    ),
    (
        (
            "The government on Tuesday ordered flags to half mast for seven soldiers who were killed when insurgents ambushed "
            "their convoy near Tillaberi in Niger on Sunday.\n\nThe president spoke on state television.\n\nThe ministry said "
            "nine soldiers were wounded."
        ),
        [("Armed clash", 12, "Tillaberi", 7, 9)],
    ),
    (
        (
            "Rockets struck the Ukrainian city of Nikopol on Monday, killing two people and wounding five, officials said, "
            "while a separate drone attack in the north wounded a farmer.\n\nIn Sumy a drone hit a tractor on Monday, "
            "wounding a farmer."
        ),
        [
            ("Shelling/artillery/missile attack", 13, "Nikopol", 2, 5),
            ("Air/drone strike", 13, "Sumy", None, 1),
        ],
    ),
    (
        (
            "Police in Kenya fired tear gas to break up a march of students in Kisumu on Monday. About 12 people were "
            "injured, the Red Cross said."
        ),
        [("Protest with intervention", 13, "Kisumu", None, 12)],
    ),
    (
        (
            "Separatist gunmen have abducted four nurses near Kumba in Cameroon, their union said. Their "
            "car was stopped on Monday at a roadblock."
        ),
        [("Abduction/forced disappearance", 13, "Kumba", None, None)],
    ),
    (
        "Two soldiers were killed in an ambush near Kidal in Mali on Monday. Nobody else was hurt.",
        [("Armed clash", 13, "Kidal", 2, None)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), REPORTS)
def test_each_report_is_coded_as_a_reader_would(
    text: str, expected: list[tuple[str, int | None, str | None, int | None, int | None]]
) -> None:
    """Every event once, with its day, its own place and all of its toll."""
    assert [told(one) for one in fresh(text)] == expected


AGGREGATES = [
    "In April the monitoring group recorded 180 cases of extortion and 27 abductions in the province of North Kivu.",
    "Monitors recorded 61 civilian deaths in attacks in Burkina Faso in April.",
]


@pytest.mark.parametrize("text", AGGREGATES)
def test_counts_over_a_named_month_are_statistics(text: str) -> None:
    """What was recorded "in April" opens no incident."""
    found = coded("Gunmen killed three villagers near Beni in eastern Congo on Monday.\n\n" + text)
    assert [one.class_ for one in found] == ["fresh", "aggregate"]


def test_an_attack_of_a_month_is_an_event() -> None:
    """One attack told with its month stays one attack."""
    text = "Gunmen killed 30 worshippers in an attack on a mosque near Sokoto in Nigeria in early May, officials said."
    assert [one.class_ for one in coded(text)] == ["fresh"]


NOTHING = [
    "The ruling party on Monday captured the Northern parliamentary seat from the opposition in a by-election.",
    "The challenger polled 12,300 votes and seized two seats in the capital.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_elections_take_seats_and_nobody(text: str) -> None:
    """A seat is captured, a town is not."""
    assert fresh(text) == []


def test_nobody_stands_on_both_sides() -> None:
    """The perpetrator is never the target, and "rebels" adds nothing to the group that is named."""
    text = (
        "Rebels of the Allied Democratic Forces killed ten villagers near Beni in eastern Congo on Monday. The Allied "
        "Democratic Forces also lost a fighter when the army pursued them."
    )
    for one in fresh(text):
        names = {each.name for each in one.actors.perpetrator}
        assert not names & {each.name for each in one.actors.target}
        assert "Unidentified Armed Group" not in names


def test_the_day_before_counts_from_the_event_told_last() -> None:
    """A second event of an article has its own day."""
    text = (
        "Three soldiers were killed in a clash with rebels near Tibu in Colombia on Monday. Two days earlier, rebels had "
        "blown up a pipeline near Arauca."
    )
    assert [one.date and one.date.start for one in fresh(text)] == [date(2024, 5, 13), date(2024, 5, 11)]


def test_what_an_attack_follows_is_an_event_of_its_own() -> None:
    """ "It comes four days after …" opens the earlier event with a day counted back from the one told."""
    text = (
        "Three policemen were killed in an attack by gunmen near Arish in Egypt on Monday. It comes four days after eight "
        "soldiers were killed at a camp near Rafah, the deadliest such strike in years."
    )
    found = [(one.date and one.date.start.day, least(one.toll.killed)) for one in fresh(text)]
    assert found == [(13, 3), (9, 8)]


def test_a_voice_does_not_lend_its_seat() -> None:
    """Where the analyst works is not where the air force bombed."""
    text = (
        "After the raids, army jets flew at least eight airstrikes on Monday on camps of the "
        'militants in the south of the Philippines.\n\n"They want to show that they are alive," said a researcher who '
        "heads an institute in Manila."
    )
    assert [one.place and one.place.name for one in fresh(text)] != ["Manila"]


def test_a_side_s_unchecked_count_of_its_foes_is_not_added() -> None:
    """The soldiers who died are the toll, not what the army says that it "neutralised"."""
    text = (
        "Six soldiers were killed in an ambush near Djenne in Mali on Monday, the army said. It spoke of several dozen "
        "terrorists neutralised in the pursuit, a claim that nobody could check."
    )
    assert [least(one.toll.killed) for one in fresh(text)] == [6]


def test_an_old_event_is_not_dated_by_its_telling() -> None:
    """Background has the day that is told, or none."""
    text = (
        "Gunmen killed three villagers near Beni in eastern Congo on Monday.\n\nLast year, rebels killed at least 40 "
        "people in an attack on a church near Komanda."
    )
    old = [one for one in coded(text) if one.class_ == "background"]
    assert [one.date is None or one.date.start.year == 2023 for one in old] == [True]


def test_a_teaser_left_in_a_story_changes_nothing() -> None:
    """A line alone about something else, without day or place, neither joins nor opens."""
    text = (
        "A grenade thrown into a bar in Bangui in the Central African Republic on Monday killed two people, police said.\n\n"
        "Six farmers died when their cart ran over a landmine.\n\n"
        "Police arrested one man, who had quarrelled with the owner."
    )
    assert [told(one)[:4] for one in fresh(text)] == [("Grenade", 13, "Bangui", 2)]


def test_a_teaser_left_in_a_match_report_opens_nothing() -> None:
    """Where the first sentences are about sport, a stray line needs more than a toll."""
    text = (
        "The visitors' pace attack ripped through the home side on Tuesday, killing the contest before tea.\n\nHe bowled at "
        "the throat and took five wickets. The home side were shot out for 96.\n\nThree herders were beheaded by militants "
        "who raided a camp, a local chief said.\n\nIn reply the visitors lost both openers."
    )
    assert fresh(text) == []


def test_a_teaser_of_arms_in_a_story_of_crowds_opens_nothing() -> None:
    """A shelling with a day but no place, alone in a story of a riot, is another story's."""
    text = (
        "Demonstrators set fire to a town hall and stoned cars in Polokwane in South Africa on Monday night.\n\nRockets "
        "landed inside the base on Friday, wounding two guards.\n\nThree policemen were hurt by stones."
    )
    assert [told(one)[:3] for one in fresh(text)] == [("Violent demonstration", 13, "Polokwane")]


def test_drones_shot_down_do_not_change_a_shelling() -> None:
    """The tactic told first stays, whatever else was in the air."""
    text = (
        "In Nikopol in Ukraine artillery fire wounded two women on Monday evening, the mayor said.\n\nThe air force said it "
        "had shot down nine of 12 attack drones."
    )
    assert [told(one)[0] for one in fresh(text)] == ["Shelling/artillery/missile attack"]
