"""Words that take an incident back, one kind of refusal after the other."""

import pytest

from dateline.incidents import guards


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("he died of a heart attack at home.", "idiom"),
        ("the film tells of an ambush.", "idiom"),
        ("a jury convicted him of murder.", "court"),
        ("crowds marked the anniversary of the bombing.", "memorial"),
        ("nine people died when a bus overturned.", "accident"),
        ("floods killed eight villagers.", "disaster"),
        ("read more: soldiers killed in raid", "furniture"),
        ("what do the attacks mean?", "question"),
        ("gunmen killed two officers on monday.", None),
        ("a landmine killed three people in flooded fields.", None),
    ],
)
def test_ordinary_news_has_its_reason(sentence: str, why: str | None):
    """Ordinary news in violent words is told from incidents, with the reason."""
    assert guards.ordinary(sentence) == why


@pytest.mark.parametrize(
    ("sentence", "word", "taken_back"),
    [
        ("they threatened to kill the mayor.", "kill", True),
        ("militants could attack the town.", "attack", True),
        ("no attack took place.", "attack", True),
        ("the army denied killing civilians.", "killing", True),
        ("it was in retaliation for air strikes in the north.", "air strikes", True),
        ("gunmen attacked the town.", "attacked", False),
        ("on 5 may militants attacked the town.", "attacked", False),
        ("helpers of the party surrendered to the police.", "surrendered", False),
        ("no group has claimed the attack.", "attack", False),
    ],
)
def test_plans_denials_and_reasons_are_taken_back(sentence: str, word: str, taken_back: bool):
    """The words before a trigger decide whether it happened."""
    assert guards.unreal(sentence, sentence.index(word)) is taken_back


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("the attack was carried out by suspected fighters.", "suspected"),
        ("the front claimed responsibility for the blast.", "claimed"),
        ("police foiled an attack on the station.", "attempted"),
        ("soldiers allegedly shot two men.", "alleged"),
        ("the army denied that its men shot anyone.", "denied"),
        ("two men were shot.", "reported"),
    ],
)
def test_the_gravest_hedge_names_the_assertion(sentence: str, told: str):
    """How sure the telling is follows from its hedges."""
    assert guards.assertion(sentence) == told


def test_habits_are_no_events():
    """What is done again and again, or is growing, was not done on a day."""
    assert guards.habitual("the group regularly targets convoys.")
    assert guards.habitual("militants have stepped up attacks.")
    assert not guards.habitual("gunmen killed a farmer on monday.")


def test_drink_driving_is_no_political_arrest():
    """An arrest needs armed groups, weapons or protest beside it."""
    assert not guards.political("the player was arrested for drunk driving.")
    assert guards.political("police arrested two suspected militants.")
