"""Acts told beside the one that names an event: what stands as background, and what does not."""

from datetime import UTC, datetime

import pytest

from dateline.incidents.assemble import Coder
from dateline.incidents.record import Incident
from dateline.model import Article

PUBLISHED = datetime(2024, 5, 15, 8, tzinfo=UTC)

# text, fresh sub-types, background sub-types
CASES = [
    (
        "Police arrested three militants near Quetta on Monday and recovered two rifles from them.",
        ["Arrests"],
        ["Disrupted weapons use"],
    ),
    (
        "Rebels killed four farmers near Bunia on Monday. They also set ablaze eleven houses and abducted two girls.",
        ["Attack"],
        ["Looting/property destruction", "Abduction/forced disappearance"],
    ),
    (
        "Two guerrillas were killed in a gun battle with soldiers in Arauca on Monday. Troops seized four rifles.",
        ["Armed clash"],
        ["Disrupted weapons use"],
    ),
    (
        "A landmine exploded under a patrol near Latehar on Monday, killing two policemen. The rebels then opened fire.",
        ["Remote explosive/landmine/IED"],
        ["Attack"],
    ),
    (
        "Sappers defused two bombs that rebels had planted under a bridge near Gaya on Monday.",
        ["Disrupted weapons use"],
        ["Remote explosive/landmine/IED"],
    ),
    (
        "Rebels who had earlier burned a school killed two teachers near Gao on Monday.",
        ["Attack"],
        [],
    ),
    (
        "Soldiers found forty rockets in a cave near Kidal on Monday, the army said.",
        ["Disrupted weapons use"],
        [],
    ),
]  # fmt: skip


def coded(text: str) -> tuple[Incident, ...]:
    return Coder.load().code(Article(id="b", text=text, published_at=PUBLISHED)).incidents


@pytest.mark.parametrize(("text", "fresh", "beside"), CASES)
def test_a_second_act_is_background(text: str, fresh: list[str], beside: list[str]):
    """The event opens once, under its highest tactic; what else was done in it is kept, and never queued."""
    found = coded(text)
    assert [one.sub_event_type for one in found if one.class_ == "fresh"] == fresh
    assert [one.sub_event_type for one in found if one.class_ == "background"] == beside


def test_a_device_that_was_found_is_an_attempt():
    """A planted bomb that was defused is told as attempted."""
    (attempt,) = [one for one in coded(CASES[4][0]) if one.class_ == "background"]
    assert attempt.assertion == "attempted"


def test_counts_go_with_their_act():
    """The killed stay with the attack; the background act carries only those that it took."""
    text = "Gunmen killed four farmers near Kaduna in Nigeria on Monday and abducted nine women."
    attack, taken = coded(text)
    assert attack.toll.killed is not None
    assert attack.toll.killed.min == 4
    assert taken.toll.killed is None
    assert taken.toll.abducted is not None
    assert taken.toll.abducted.min == 9


def test_ids_differ():
    """Two acts of one sentence have two ids, the same at each coding."""
    first, second = ([one.id for one in coded(CASES[1][0])] for _ in range(2))
    assert first == second
    assert len(set(first)) == 3
