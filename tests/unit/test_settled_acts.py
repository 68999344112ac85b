"""Arrests, finds and burning told with the raid, the record or the device that belong to them."""

from datetime import UTC, datetime

import pytest

from dateline.incidents.assemble import Coder
from dateline.model import Article

DAY = datetime(2024, 5, 15, tzinfo=UTC)

CASES = [
    ("Acting on a tip-off, police raided a farm near Gaya on Monday and arrested two militants.", "Arrests"),
    ("Police raided a warehouse in Multan on Monday and seized 40 rifles and ammunition.", "Disrupted weapons use"),
    ("Three land mines were recovered by soldiers near Kidal on Monday.", "Disrupted weapons use"),
    ("Eleven bombs hidden in a dry well were unearthed by police in Gaya on Monday.", "Disrupted weapons use"),
    ("A rebel, wanted in connection with six cases, surrendered to police in Gaya on Monday.", "Change to group/activity"),
    ("Rebels raided a road building site near Gaya on Monday and set ablaze two tractors.", "Looting/property destruction"),
    ("Rebels attacked a police camp near Gaya on Monday and set ablaze two tents.", "Armed clash"),
    ("The school in Gaya was blown up by rebels on Monday.", "Remote explosive/landmine/IED"),
    ("Gunmen fired at a polling booth in Gaya on Monday.", "Attack"),
    ("Rebels uprooted railway tracks near Gaya on Monday.", "Looting/property destruction"),
    ("Rebels decapitated two villagers near Gaya on Monday.", "Attack"),
    ("Two militants were taken into custody in Gaya on Monday.", "Arrests"),
    ("Militants raped two women near Gaya on Monday.", "Sexual violence"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), CASES)
def test_the_act_that_settles_a_sentence_names_it(text: str, kind: str):
    """A raid of the police leads to an arrest; a device that was found is no blast; burning alone is no battle."""
    found = Coder.load().code(Article(id="s", text=text, published_at=DAY)).incidents
    assert found[0].sub_event_type == kind
    assert {one.sub_event_type for one in found if one.class_ == "fresh"} <= {kind}


@pytest.mark.parametrize(
    "text",
    [
        "The firm fired 300 workers in Gaya on Monday.",
        "Two workers trapped in a gold mine in Gaya were found on Monday.",
        "Police on Monday arrested a rebel who was involved in several actions, including the ambush of a patrol in 2020.",
    ],
)
def test_no_attack_is_read_from_a_record_or_a_payroll(text: str):
    """What an arrested man was involved in is past; a firm fires workers without shots."""
    found = Coder.load().code(Article(id="s", text=text, published_at=DAY)).incidents
    assert not [
        one for one in found if one.sub_event_type in ("Attack", "Armed clash", "Disrupted weapons use")
    ]


DAYS = [
    ("The school in Gaya was emptied today because it was hit by a shell fired by rebels last night.", "2024-05-14"),
    ("The three farmers murdered on Sunday by gunmen in Gaya were buried today.", "2024-05-12"),
    ("A funeral was held in Gaya on Tuesday for three farmers killed by gunmen on Sunday.", "2024-05-12"),
    ("The attacks today came after rebel raids in which ten buses were burned in Gaya on Monday.", "2024-05-13"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_the_day_is_that_of_the_act(text: str, day: str):
    """Leaving, burial, protest and what came after have days of their own; the act's stands in its clause."""
    found = Coder.load().code(Article(id="t", text=text, published_at=DAY)).incidents
    assert day in [str(one.date.start) for one in found if one.date]


def test_a_reaction_does_not_date_the_act():
    """A murder condemned today was not done today: the day of the record is inferred."""
    text = "The minister today condemned the murder of three nuns in Gaya by rebels."
    found = Coder.load().code(Article(id="t", text=text, published_at=DAY)).incidents
    assert not [one for one in found if one.date and one.date.text == "today"]
