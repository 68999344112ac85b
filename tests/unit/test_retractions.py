"""What is read as taken back, and by whom; and the ordinary news that takes nothing back."""

import re

import pytest

from dateline.incidents.retractions import MAX_SAID, load, read

WITHDRAWN = [
    ("The Daily Star has withdrawn its report of an attack in Kano.", "Daily Star"),
    ("Reuters is withdrawing the story headlined “Gunmen kill 12 in Kano”.", "Reuters"),
    ("The Associated Press has retracted its story about a shooting in Jos.", "Associated Press"),
    ("The station retracted a report. Radio Kano no longer stands by its report of the blast.", "Radio Kano"),
    ("This story has been retracted.", None),
    ("An earlier report of an ambush near Homs has been withdrawn by this newspaper.", None),
    ("This article about an explosion has been removed because it was not accurate.", None),
    ("KILL: Bomb kills seven in Kano market.", None),
    ("RETRACTION: Gunmen attack school in Jos", None),
    ("Editors: please disregard the story slugged Kano-blast.", None),
    ("Attention editors: please kill the story on the Kano blast, which has proved wrong.", None),
]
UNTRUE = [
    ("Police said no such attack took place in Kano on Monday.", "Police"),
    ("“No such incident occurred,” army spokesman Musa Bello said.", "army spokesman Musa Bello"),
    ("Reports of an explosion at a market in Kano on Monday were false, police said.", "police"),
    ("Rumours of a massacre in Jos are baseless, the governor said.", "governor"),
    ("Officials dismissed as false rumours of a bombing in Lahore.", "Officials"),
    ("The defence ministry rejected claims of a massacre in Tigray as baseless.", "defence ministry"),
    ("Police denied reports of an attack on a school in Kano.", "Police"),
    ("The governor denied that there had been an attack on the village.", "governor"),
    ("Police say the shooting did not happen.", "Police"),
    ("The reported ambush near Djibo never took place, the ministry said.", "ministry"),
    ("The claims that gunmen killed forty people in Jos turned out to be a hoax.", None),
    (
        "The blast heard in Kano on Monday was a controlled demolition, not an attack, the mayor said.",
        "mayor",
    ),
    ("The explosion, initially blamed on a bomb, was caused by a gas leak, police said.", "police"),
    ("The shots heard at the mall turned out to be fireworks, police said.", "police"),
    ("The woman invented the abduction, police said.", "police"),
    ("There was no bomb, only a burst pipe, the fire brigade said.", "fire brigade"),
]
TOLLS = [
    ("Correction: An earlier version of this story said seven were killed. No one was killed.", 0, None),
    ("Contrary to earlier reports, no one was killed in the blast, officials said.", 0, None),
    ("We incorrectly reported that soldiers died. There were no casualties.", 0, 0),
    ("The blast killed three people, not seven as an earlier version of this story said.", 3, None),
]
DENIED = [
    ("The army denied that it bombed the hospital in Homs.", "army"),
    ("The Taliban denied involvement in the attack.", "Taliban"),
    ("Al-Shabaab has denied responsibility for the car bomb.", "Al-Shabaab"),
    ("The army denied reports that its soldiers shot protesters in Khartoum.", "army"),
    ("Hamas said it was not behind the rocket attack.", "Hamas"),
    ("Israel denied responsibility for the strike on Isfahan.", "Israel"),
    ("The rebel group denied carrying out the massacre.", "rebel group"),
]
NOTHING = [
    "Police denied reports of a second explosion in Baidoa.",
    "Another blast heard in Baidoa was a controlled explosion and not a bomb, police said.",
    "A suspicious package near the site turned out to be a hoax, police said.",
    "Reports that the attackers wore uniforms in Monday's attack were false, police said.",
    "Reports of casualties were false, the ministry said.",
    "The prosecutor said the motive for the shooting is unknown and that early reports of a standoff were inaccurate.",
    "Rumours that hostages were killed during the raid are unfounded, officials said.",
    "A suicide bomber killed seven people at a checkpoint in Baidoa on Wednesday, police said.",
    "The explosion was caused by a gas leak, police said.",
    "Fireworks lit the sky over the harbour, and no one was hurt.",
    "If the reports of an attack are false, he will resign.",
    "The suspect denied involvement in the killing, the court heard.",
    "He denied the reports.",
    "The actor denied rumours of a clash with the director of the film.",
    "The newspaper has retracted a story about the budget.",
    "The troops withdrew from the town after the clash.",
    "Protesters demanded that the government withdraw the bill.",
    "The strike did not take place because of rain, the union said after the tournament.",
    "Lawyers called the accusations false during his trial for the bombing.",
    "The bank corrected its forecast; no one was dismissed.",
    "Officers talked to a man who was not involved in the incident, authorities said.",
    "No one has claimed responsibility for the attack.",
    "The rebels rejected a ceasefire and attacked a barracks.",
    "A false passport was found in the wreckage of the car that exploded.",
    "Could the reports of the raid be false?",
    "Militants made false promises to villagers before the abduction.",
    "The army dismissed two generals over the ambush.",
]


@pytest.mark.parametrize(("text", "by"), WITHDRAWN)
def test_a_withdrawn_report(text: str, by: str | None) -> None:
    """A publisher takes back what it told; a name where it is another's, none where the article speaks of its own."""
    said = read(text)[-1]
    assert (said.kind, said.by and said.by.name) == ("withdrawn", by)
    assert said.sentence.text == text[said.sentence.start : said.sentence.end]


@pytest.mark.parametrize(("text", "by"), UNTRUE)
def test_an_event_that_was_none(text: str, by: str | None) -> None:
    """It did not happen, or was something else; and whoever says so."""
    (said,) = read(text)
    assert said.kind in ("untrue", "cause")
    assert (said.by and said.by.name) == by


@pytest.mark.parametrize(("text", "killed", "wounded"), TOLLS)
def test_a_toll_that_was_wrong(text: str, killed: int, wounded: int | None) -> None:
    """The count that stands in its place, 0 for none."""
    said = read(text)[-1]
    assert said.kind == "toll"
    assert said.toll.killed
    assert (said.toll.killed.min, said.toll.killed.max) == (killed, killed)
    assert (said.toll.wounded and said.toll.wounded.min) == wounded


@pytest.mark.parametrize(("text", "by"), DENIED)
def test_a_denial_of_responsibility(text: str, by: str) -> None:
    """It takes nothing back; a side denies, by its name."""
    (said,) = read(text)
    assert (said.kind, said.by and said.by.name) == ("denied", by)


@pytest.mark.parametrize("text", NOTHING)
def test_ordinary_news_takes_nothing_back(text: str) -> None:
    """Threats, courts, films, accidents, suppositions and questions in the same words."""
    assert read(text) == ()


def test_a_text_of_denials_is_read_to_a_bound() -> None:
    """A page of a hundred rumours, each debunked, is no hundred retractions."""
    assert len(read("Reports of an attack in Kano were false, police said. " * 100)) == MAX_SAID
    assert read("") == read("\x00 \ud800 … “”") == ()


def test_the_table_is_whole() -> None:
    """Each row has a kind that is known, words to be tried by and a pattern that its own words can meet."""
    kinds = {"withdrawn", "untrue", "cause", "denied", "reports", "none"}
    assert {row.kind for row in load().rows} == kinds
    assert all(row.needles and not re.search(r"\{[A-Z]", row.pattern.pattern) for row in load().rows)
