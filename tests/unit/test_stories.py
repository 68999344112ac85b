"""Stories: which articles belong together, ids that stay, and what is told when they change."""

import numpy as np

from dateline.dedup.stories import MERGE, RETELLING, Choice, Stories
from dateline.dedup.tellings import Alike
from dateline.dedup.window import Window
from dateline.model import Disposition

BRIDGE = (
    "Bridge at Ortmoor closed after barge strikes pier",
    (
        "The Ortmoor bridge over the Senn was closed on Friday after the barge Halvard struck its second pier, port captain Ilse "
        "Brandvik said. Engineers from Kettering Marine found cracks in the pier; some 9,400 commuters must take the ferry at "
        "Lundsey until repairs end in three weeks. The skipper, Per Olum, was unhurt."
    ),
)
BRIDGE_AGAIN = (
    "Commuters face weeks of ferries",
    (
        "Some 9,400 people who cross the Senn each day will have to use the Lundsey ferry: cracks were found by Kettering Marine "
        "in a pier of the Ortmoor bridge which the barge Halvard had rammed. Captain Ilse Brandvik of the port said its skipper "
        "Per Olum is being questioned."
    ),
)
BUDGET = (
    "Parliament in Lisk passes budget",
    (
        "Lawmakers in Lisk approved a budget of 12 billion crowns after a debate of nine hours. Finance minister Orla Venn "
        "called it prudent; the opposition under Pell Harrow said hospitals would suffer. The central bank of Lisk expects "
        "growth of two percent. Trade unions plan a strike at the mint next week."
    ),
)


def alike(*pairs: tuple[int, float]) -> Alike:
    return Alike(np.array([n for n, _ in pairs], dtype=np.int64), np.array([x for _, x in pairs]))


def test_a_story_has_the_id_of_its_first_article() -> None:
    """Those that join later are told the same id."""
    stories = Stories(8)
    assert stories.open(0, "a").story == "a"
    assert stories.join(1, Choice(0, 0.5)).story == "a"
    assert stories.join(2, Choice(1, 0.5)).story == "a"
    assert stories.of(2) == "a"


def test_nothing_alike_enough_gives_no_story() -> None:
    """Below the threshold, or with nothing to compare, an article opens its own."""
    stories = Stories(8)
    stories.open(0, "a")
    assert stories.choose(alike()) is None
    assert stories.choose(alike((0, RETELLING - 0.01))) is None


def test_the_closest_story_is_chosen_and_its_closest_article() -> None:
    """One very like article outweighs two that are less so."""
    stories = Stories(8)
    stories.open(0, "a")
    stories.join(1, Choice(0, 1.0))
    stories.open(2, "b")
    chosen = stories.choose(alike((0, 0.3), (1, 0.32), (2, 0.4)))
    assert chosen is not None
    assert (chosen.number, chosen.bridged) == (2, None)


def test_equals_go_to_the_older_story() -> None:
    """The choice does not depend on chance."""
    stories = Stories(8)
    stories.open(0, "a")
    stories.open(1, "b")
    chosen = stories.choose(alike((0, 0.3), (1, 0.3)))
    assert chosen is not None
    assert chosen.number == 0


def test_an_article_of_two_stories_merges_them_into_the_older() -> None:
    """The event names both; articles of the ended story are in the other one from then on."""
    stories = Stories(8)
    stories.open(0, "a")
    stories.open(1, "b")
    chosen = stories.choose(alike((0, MERGE), (1, MERGE + 0.1)))
    assert chosen is not None
    assert chosen.number == 1
    told = stories.join(2, chosen)
    assert told.story == "a"
    assert [(one.story, one.ended) for one in told.merged] == [("a", "b")]
    assert "b" in told.merged[0].because
    assert stories.of(1) == "a"
    assert len(stories) == 1


def test_weak_evidence_merges_nothing() -> None:
    """An article that is a little like a second story leaves it alone."""
    stories = Stories(8)
    stories.open(0, "a")
    stories.open(1, "b")
    chosen = stories.choose(alike((0, MERGE + 0.1), (1, MERGE - 0.1)))
    assert chosen is not None
    assert not stories.join(2, chosen).merged
    assert stories.of(1) == "b"


def test_a_rewritten_page_leaves_its_story() -> None:
    """The event names the story that it left; the earlier version stays where it was."""
    stories = Stories(8)
    stories.open(0, "a")
    told = stories.leave(1, "b", 0, None)
    assert told.split is not None
    assert (told.story, told.split.story, told.split.left) == ("b", "b", "a")
    assert stories.of(0) == "a"


def test_a_rewritten_page_of_the_same_event_stays() -> None:
    """Other words for the same story are no event."""
    stories = Stories(8)
    stories.open(0, "a")
    assert stories.leave(1, "b", 0, Choice(0, 0.5)).split is None


def test_a_story_is_forgotten_with_its_last_article() -> None:
    """Nothing grows with the stream; its id may be given again only then."""
    stories = Stories(3)
    stories.open(0, "a")
    for number in range(1, 50):
        stories.open(number, str(number))
        assert len(stories) <= 3
    assert stories.open(50, "a").story == "a"


def test_two_stories_never_share_an_id() -> None:
    """An article whose id is that of a living story gets one of its own."""
    stories = Stories(8)
    stories.open(0, "a")
    assert stories.open(1, "a").story == "a~1"


def test_an_update_of_a_story_is_no_duplicate() -> None:
    """The same event in other words stays in the story as a retelling."""
    window = Window(capacity=10)
    window.add("a", *BRIDGE, "", None)
    told = window.add("b", *BRIDGE_AGAIN, "", None)
    assert (told.disposition, told.story, told.of) == (Disposition.RETELLING, "a", "a")


def test_a_page_rewritten_about_something_else_is_told_as_a_split() -> None:
    """It is a duplicate by its address, with a story of its own; its retellings join that one."""
    window = Window(capacity=10)
    window.add("a", *BRIDGE, "https://one.example/live", None)
    told = window.add("b", *BUDGET, "https://one.example/live", None)
    assert (told.disposition, told.of, told.story) == (Disposition.DUPLICATE, "a", "b")
    assert told.split is not None
    assert told.split.left == "a"
    assert window.add("c", "", BUDGET[1][:220], "", None).story == "b"


def test_a_page_revised_stays_in_its_story() -> None:
    """A corrected page is a duplicate in the same story, without an event."""
    window = Window(capacity=10)
    window.add("a", *BRIDGE, "https://one.example/x", None)
    told = window.add("b", BRIDGE[0], BRIDGE[1].replace("9,400", "9,800"), "https://one.example/x", None)
    assert (told.disposition, told.story, told.split) == (Disposition.DUPLICATE, "a", None)
    assert told.similarity > 0.7
