"""Blogs and agency pieces on insurgents, with their furniture: fresh, statistic or background. Own texts."""

import re
from datetime import UTC, datetime

from dateline.incidents.assemble import Coder
from dateline.incidents.record import Incident
from dateline.model import Article

SAHEL = """Sahel Watch Blog

Security news for the desert belt

Jihadists Step Up Raids In Mali's North As Junta Looks Elsewhere

by Awa Diallo

4 min read

Jihadist fighters have recently stepped up their raids in northern Mali, killing dozens of soldiers and burning vehicles.

The Support Group for Islam and Muslims (JNIM) regularly attacks camps and convoys along the river.

On September 7, Mali's army said that "15 soldiers were killed and 22 others were injured when a camp was attacked by
terrorists near Bamba in the Gao region."

More recently, on September 11, JNIM fighters laid an ambush for a convoy of the army near Ansongo, killing four soldiers.

In its monthly report, the monitor said that 96 people were killed in 41 attacks in August, among them 37 civilians.

Last year, militants killed more than 200 villagers around Menaka.

"The junta has no plan for the north," said an analyst with a think tank in Dakar. "Every week there are attacks on
villages and nobody comes."

Related Posts

Ten soldiers killed in ambush in western Niger
Suicide bombers hit camp in Gao

Leave a Reply

Your email address will not be published. Required fields are marked *

Subscribe to our newsletter and get the latest news in your inbox.
"""
MINDANAO = """Gunmen who have sworn allegiance to the Islamic State group are striking more often in the southern Philippines,
residents say.

A Manila daily writes that at least three soldiers died on Sunday when suspected members of a local group attacked
them near the town of Marawi. Their outpost was set on fire.

Army jets answered on Monday with at least eight airstrikes on the group's camps, a spokesman for the military said.

The military said in a statement that it had conducted 34 operations against the group in March, arresting 19 suspects.

In 2017 militants seized Marawi and held it for five months; more than 1,000 people died.
"""
FRONTIER = """Seven policemen were wounded when a suicide bomber struck a convoy in Pakistan's Khyber district on Sunday, officials said.

On Friday, two soldiers were killed in a gun battle with militants in North Waziristan, the military said.

The Pakistani Taliban claimed Sunday's attack but not Friday's fighting.

Pakistan has seen 436 attacks since the group ended a ceasefire in November 2022, according to a think tank. At least 293
people were killed in those attacks.

In December 2014 gunmen killed more than 140 people, mostly children, at a school in Peshawar.
"""
SINAI = """Home » News » Middle East

Sinai: soldiers killed as militants hit checkpoint

Published May 12, 2022 | 2 min read

Five Egyptian soldiers have been killed and four others injured in an attack by militants on a checkpoint in western Sinai,
the armed forces said on Wednesday.

It comes four days after eleven troops were killed at a pumping station near Ismailia, one of the deadliest strikes in years.

In November 2017 militants killed more than 300 worshippers in a mosque.

You may also like
Egypt signs deal for new power station
Gunmen kill ten in attack on church bus
"""
CHAD = """On 27 October, some 40 soldiers were killed when militants of Boko Haram stormed a garrison on an island of Lake Chad, the
presidency of Chad said.

Chad responded with an operation in which its air force carried out 12 strikes on suspected hideouts on 1 November,
according to the army. It claimed that 96 "terrorists" were killed, a figure which could not be independently verified.

A monitor counted 83 attacks by jihadist groups in the Lake province between January and September, in which at least 212
people died.
"""


def coded(text: str, day: datetime, title: str = "") -> tuple[Incident, ...]:
    text = re.sub(r"(?<=[\w,\"])\n(?=[a-z])", " ", text)  # only the file is wrapped, the pages are not
    return Coder.load().code(Article(id="a", text=text, title=title, published_at=day)).incidents


def told(found: tuple[Incident, ...], class_: str) -> list[tuple[str, str, int | None]]:
    return [
        (
            one.sub_event_type,
            one.date.start.isoformat() if one.date else "",
            one.toll.killed.min if one.toll.killed else None,
        )
        for one in found
        if one.class_ == class_
    ]


def test_a_blog_on_the_sahel() -> None:
    """Habits, teasers, a monitor's month and an analyst's plaint open nothing; two dated attacks do."""
    found = coded(SAHEL, datetime(2023, 9, 14, tzinfo=UTC))
    assert told(found, "fresh") == [("Armed clash", "2023-09-07", 15), ("Armed clash", "2023-09-11", 4)]
    assert told(found, "aggregate") == [("Attack", "2023-08-01", 96)]


def test_an_agency_piece_on_mindanao() -> None:
    """An attack and the air strikes that answer it; a month's operations and a siege of old stay apart."""
    found = coded(MINDANAO, datetime(2022, 4, 20, tzinfo=UTC))
    assert told(found, "fresh") == [
        ("Armed clash", "2022-04-17", 3),
        ("Air/drone strike", "2022-04-18", None),
    ]
    assert [one.class_ for one in found].count("aggregate") == 1


def test_an_agency_piece_on_the_frontier() -> None:
    """The dead of "those attacks" belong to the count, not to Sunday's bombing."""
    found = coded(FRONTIER, datetime(2023, 6, 20, tzinfo=UTC))
    assert told(found, "fresh") == [("Suicide bomb", "2023-06-18", None), ("Armed clash", "2023-06-16", 2)]
    assert [killed for _, _, killed in told(found, "aggregate")] == [293]
    assert [killed for _, _, killed in told(found, "background")] == [140]


def test_a_page_on_sinai_with_its_furniture() -> None:
    """What the attack follows is fresh, with its own day; an old massacre is background, teasers nothing."""
    found = coded(
        SINAI, datetime(2022, 5, 12, tzinfo=UTC), "Sinai: soldiers killed as militants hit checkpoint"
    )
    assert told(found, "fresh") == [("Armed clash", "2022-05-11", 5), ("Armed clash", "2022-05-07", 11)]
    assert told(found, "background") == [("Attack", "2017-11-01", 300)]


def test_a_piece_on_lake_chad() -> None:
    """The answering strikes are an event of their own; what the army claims of them names no other tactic."""
    found = coded(CHAD, datetime(2024, 11, 12, tzinfo=UTC))
    assert told(found, "fresh") == [
        ("Armed clash", "2024-10-27", 40),
        ("Air/drone strike", "2024-11-01", 96),
    ]
    assert told(found, "aggregate") == [("Attack", "2024-01-01", 212)]
