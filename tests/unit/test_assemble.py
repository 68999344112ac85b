"""Whole articles: how many incidents, of which class, with which slots. All texts are our own."""

from datetime import UTC, date, datetime

import pytest

from dateline.incidents.assemble import Coder
from dateline.incidents.record import Incident
from dateline.model import Article

PUBLISHED = datetime(2024, 5, 15, 8, tzinfo=UTC)  # a Wednesday


def coded(text: str, published: datetime | None = PUBLISHED) -> tuple[Incident, ...]:
    return Coder.load().code(Article(id="a1", text=text, published_at=published)).incidents


def of(incidents: tuple[Incident, ...], class_: str) -> list[Incident]:
    return [one for one in incidents if one.class_ == class_]


def killed(one: Incident) -> int | None:
    return one.toll.killed.min if one.toll.killed else None


# text, then (sub-type, day of May 2024, killed) of each fresh incident
SEVERAL = [
    (
        (
            "Gunmen killed five villagers near Gao in northern Mali on Monday, officials said. The attackers burned several "
            "huts.\n\nOn Tuesday, a roadside bomb killed two soldiers near Kidal, the army said."
        ),
        [("Attack", 13, 5), ("Remote explosive/landmine/IED", 14, 2)],
    ),
    (
        (
            "A suicide bomber killed nine people at a market in Mogadishu on Monday, police said.\n\nThe blast wounded 20 "
            "others.\n\nSeparately, two policemen were shot dead in Kismayo on Sunday."
        ),
        [("Suicide bomb", 13, 9), ("Armed clash", 12, 2)],
    ),
    (
        (
            "Militants ambushed an army convoy near Maiduguri in Nigeria on Sunday, killing seven soldiers.\n\nThe militants "
            "fired on the trucks for an hour, a survivor said.\n\nWarplanes bombed a camp in the Sambisa forest on Monday."
        ),
        [("Armed clash", 12, 7), ("Air/drone strike", 13, None)],
    ),
    (
        (
            "Rebels kidnapped three aid workers in Goma on Monday.\n\nIn Bunia, armed men killed four farmers on Sunday, a "
            "local official said."
        ),
        [("Abduction/forced disappearance", 13, None), ("Attack", 12, 4)],
    ),
    (
        (
            "Police in Karachi arrested two suspected militants on Monday.\n\nA car bomb exploded in Quetta on Tuesday, "
            "killing three people."
        ),
        [("Arrests", 13, None), ("Remote explosive/landmine/IED", 14, 3)],
    ),
    (
        (
            "Artillery fire killed four residents of Kherson in Ukraine on Monday, the governor said.\n\nA drone hit a depot "
            "in Odesa on Tuesday, wounding two workers."
        ),
        [("Shelling/artillery/missile attack", 13, 4), ("Air/drone strike", 14, None)],
    ),
    (
        (
            "Thousands of people marched through Khartoum on Sunday to demand elections.\n\nOn Monday, security forces opened "
            "fire on protesters in Omdurman, killing two."
        ),
        [("Peaceful protest", 12, None), ("Excessive force against protesters", 13, 2)],
    ),
    (
        (
            "Three soldiers were killed in an ambush near Cotabato in the Philippines on Sunday. In a separate attack, "
            "gunmen killed a mayor in Davao on Monday.\n\nEleven rebels surrendered to the army in Surigao on Tuesday."
        ),
        [("Armed clash", 12, 3), ("Attack", 13, None), ("Change to group/activity", 14, None)],
    ),
    (
        (
            "A bomb exploded in Kabul on Monday, killing four civilians.\n\nA bomb exploded in Jalalabad on Monday, killing "
            "two civilians."
        ),
        [("Remote explosive/landmine/IED", 13, 4), ("Remote explosive/landmine/IED", 13, 2)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_each_event_is_told_once(text: str, expected: list[tuple[str, int, int | None]]):
    """Events of other days, towns or tactics stay apart; what goes on about one event folds into it."""
    found = [
        (one.sub_event_type, one.date.start.day if one.date else None, one.toll.killed)
        for one in of(coded(text), "fresh")
    ]
    assert [one[:2] for one in found] == [one[:2] for one in expected]
    for (_, _, count), (_, _, number) in zip(found, expected, strict=True):
        if number is not None:
            assert count is not None
            assert count.min == number


def test_a_lead_folds_into_its_detail():
    """The lead, its retelling and the sentence with the town are one incident with the town's place."""
    found = coded(
        "Militants killed six people in an attack in Burkina Faso on Monday.\n\nThe attack took place in the town of "
        "Djibo in the north, a security source said. It wounded 15 others."
    )
    assert len(found) == 1
    assert found[0].place is not None
    assert found[0].place.name == "Djibo"
    assert killed(found[0]) == 6
    assert found[0].date is not None
    assert found[0].date.start == date(2024, 5, 13)


def test_an_act_waits_for_its_facts():
    """ "Gunmen opened fire on a bus. Six people died." is one incident of six killed."""
    found = of(coded("Gunmen opened fire on a bus in Nigeria.\n\nSix people died, police said."), "fresh")
    assert [killed(one) for one in found] == [6]
    assert found[0].date is not None
    assert found[0].date.inferred


def test_a_count_over_a_period_is_a_statistic():
    """Counts over months go to the statistics and never open an incident."""
    found = coded(
        "Soldiers and militants fight in the north of Mali. Since January, 120 soldiers have been killed in attacks "
        "by militants, a monitor said."
    )
    assert [one.class_ for one in found] == ["aggregate"]
    assert killed(found[0]) == 120


def test_operations_of_a_month_are_a_statistic_with_its_act():
    """The count of operations and the next sentence's arrests are one statistic."""
    found = coded(
        "In April, 14 operations were carried out against militants in Mali by the army. The operations resulted in "
        "the arrest of 33 suspects."
    )
    assert [(one.class_, one.sub_event_type) for one in found] == [("aggregate", "Arrests")]
    assert found[0].n_events == 14
    assert found[0].toll.arrested is not None
    assert found[0].toll.arrested.min == 33


def test_an_old_event_is_background():
    """What happened more than 45 days before publication is context."""
    found = coded(
        "Two soldiers were killed by militants near Gao in Mali on Monday.\n\nIn March 2012, rebels captured the town "
        "of Kidal."
    )
    assert [one.class_ for one in found] == ["fresh", "background"]


def test_reported_speech_is_not_looking_back():
    """ "The army said that it had killed" tells news."""
    found = coded("The army said on Monday that it had killed 25 militants in a raid in Borno, Nigeria.")
    assert [(one.class_, killed(one)) for one in found] == [("fresh", 25)]


def test_strikes_are_no_toll():
    """Twelve air strikes are twelve strikes and nobody killed."""
    found = coded("Turkish jets flew at least 12 airstrikes against militants in northern Iraq on Monday.")
    assert [(one.sub_event_type, one.n_strikes, killed(one)) for one in found] == [
        ("Air/drone strike", 12, None)
    ]


def test_several_attacks_with_one_toll_are_one_record():
    """Two attacks that share a day and a toll are one record of two events."""
    found = coded(
        "At least seven soldiers were killed on Monday in two separate attacks by militants in eastern Mali."
    )
    assert [(one.n_events, killed(one)) for one in found] == [(2, 7)]
    assert found[0].toll.killed is not None
    assert found[0].toll.killed.max is None


def test_a_killing_abduction_is_an_attack():
    """An abduction with killings collapses into the attack, keeps both counts, and stays as context."""
    every = coded(
        "Bandits raided a village near Kaduna in Nigeria on Monday, killing four farmers. They abducted nine women."
    )
    found = of(every, "fresh")
    assert [(one.sub_event_type, killed(one)) for one in found] == [("Attack", 4)]
    assert [one.sub_event_type for one in of(every, "background")] == ["Abduction/forced disappearance"]
    assert found[0].toll.abducted is not None
    assert found[0].toll.abducted.min == 9


def test_violence_against_civilians_has_civilians_as_target():
    """Where nobody names the victims the target is civilians, marked as inferred when no words say so."""
    found = coded("Gunmen kidnapped the mayor of Bunia in eastern Congo on Monday.")
    assert len(found) == 1
    assert found[0].civilian_targeting
    assert found[0].actors.target


def test_sources_are_cited_by_name_and_kind():
    """Who says so is read with its kind."""
    found = coded(
        "Four soldiers were killed in an ambush near Kidal in Mali on Monday, according to the Sahel Observatory "
        "for Human Rights."
    )
    assert [(one.name, one.kind) for one in found[0].sources] == [
        ("Sahel Observatory for Human Rights", "monitor")
    ]


def test_without_a_publication_date_the_dateline_anchors_the_day():
    """A wire's own date line is enough to date "yesterday"."""
    found = coded(
        "BOGOTA, 5 FEB 90 (EFE) -- GUERRILLAS ATTACKED A POLICE STATION IN CALI YESTERDAY, KILLING TWO POLICEMEN.",
        published=None,
    )
    assert [one.date.start for one in found if one.date] == [date(1990, 2, 4)]


def test_ordinary_articles_are_not_read_further():
    """Below the gate there is neither an incident nor relevance."""
    coding = Coder.load().code(
        Article(
            id="b", text="The company reported higher profits for the second quarter and raised its dividend."
        )
    )
    assert not coding.relevant
    assert coding.incidents == ()
    assert coding.relevance < 0.2


def test_coding_is_deterministic():
    """The same article gives the same records, ids included."""
    article = Article(id="a1", text=SEVERAL[0][0], published_at=PUBLISHED)
    assert Coder.load().code(article) == Coder.load().code(article)
    ids = [one.id for one in Coder.load().code(article).incidents]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "\x00\x00", "\ud800 attack killed 3", "killed " * 4000, "(" * 9000]
)
def test_no_text_makes_coding_raise(text: str):
    """Coding is total."""
    coding = Coder.load().code(Article(id="c", text=text, published_at=PUBLISHED))
    assert 0.0 <= coding.relevance <= 1.0


def test_the_losses_of_both_sides_add_up():
    """Seven assailants and one soldier of the same fight are eight killed."""
    found = coded(
        "Insurgents attacked an army base near Bamako in Mali on Monday and seven assailants were killed, the army said. "
        "One soldier died."
    )
    assert [killed(one) for one in found] == [8]


def test_a_second_bomb_is_another_incident():
    """ "A second bomb" does not fold into the first; its facts come with the next sentence."""
    found = coded(
        "A roadside bomb killed four civilians in Kabul on Monday.\n\nHours later, a second bomb struck a police "
        "vehicle. Two officers died, a police spokesman said."
    )
    assert [(one.sub_event_type, killed(one)) for one in found] == [
        ("Remote explosive/landmine/IED", 4),
        ("Remote explosive/landmine/IED", 2),
    ]


def test_teasers_and_headlines_open_nothing():
    """Lines without a full stop after an article are teasers of other articles."""
    found = coded(
        "Two soldiers were killed by militants near Gao in Mali on Monday. The army sent troops. It gave no details.\n\n"
        "Read more: Drone strike kills nine in Kidal\n\nBomb kills seven in Timbuktu"
    )
    assert [killed(one) for one in found] == [2]


def test_arrests_after_an_attack_belong_to_it():
    """Suspects arrested in connection with the attack are no second incident."""
    found = coded(
        "Gunmen killed five villagers near Gao in Mali on Monday. Police arrested two suspects in connection with the "
        "attack."
    )
    assert [one.sub_event_type for one in of(found, "fresh")] == ["Attack"]
    assert found[0].toll.arrested is not None
    assert found[0].toll.arrested.min == 2
