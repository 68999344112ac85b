"""Actors are read by name, alias, nation and head noun; case and neighbours guard short words."""

import pytest

from dateline.incidents import actors

LEXICON = actors.load()

# words | what they name, in order
READINGS = (
    ("IS militants attacked", ["Islamic State"]),
    ("ISIL and Daesh are names", ["Islamic State", "Islamic State"]),
    ("It is quiet, he is here", []),
    ("The Islamic State group said", ["Islamic State"]),
    ("ISWAP fighters", ["Islamic State (West Africa)"]),
    ("al-Shabaab and Al Shabab", ["Al Shabaab", "Al Shabaab"]),
    ("the Syrian Democratic Forces (SDF)", ["Syrian Democratic Forces", "Syrian Democratic Forces"]),
    ("the Tigray People’s Liberation Front", ["TPLF: Tigray People's Liberation Front"]),
    ("CPI-Maoist cadres", ["CPI (Maoist): Communist Party of India (Maoist)"]),
    ("Ansar Allah", ["Houthi Movement"]),
    ("M23 rebels", ["M23: March 23 Movement"]),
    ("Syrian army soldiers", ["Military Forces of Syria (2000-2024)"]),
    ("Nigeria's security forces", ["Military Forces of Nigeria"]),
    ("Russian warplanes", ["Military Forces of Russia (2000-)"]),
    ("Israeli strikes", ["Military Forces of Israel"]),
    ("Israel struck the port", ["Military Forces of Israel"]),
    ("Israel signed the treaty", []),
    ("Kenyan police", ["Police Forces of Kenya"]),
    ("U.S. troops", ["Military Forces of the United States"]),
    ("tell us, troops", ["Government Forces"]),
    ("Israel said its forces shelled the port", ["Military Forces of Israel"]),
    ("Al Shabaab said its fighters took the bridge", ["Al Shabaab", "Al Shabaab"]),
    ("The army said its troops withdrew", ["Government Forces", "Government Forces"]),
    ("a leader of Boko Haram died", ["Boko Haram"]),
    ("fighters loyal to the M23", ["M23: March 23 Movement"]),
    ("members of a neighbourhood watch", ["Self-Defense Militia"]),
    ("volunteers of the civilian task force", ["Self-Defense Militia"]),
    ("in self-defence he fled", []),
    ("bandits fought vigilantes", ["Unidentified Armed Group", "Self-Defense Militia"]),
    ("South Sudanese soldiers", ["Military Forces of South Sudan"]),
    ("the U.S.-led coalition", ["Global Coalition Against Daesh"]),
    ("Iranian-backed militiamen", ["Pro-Iran Militia"]),
    ("Saudi-backed factions", ["Unidentified Armed Group"]),
    ("pro-government militias", ["Pro-Government Militia"]),
    ("security forces and gunmen", ["Government Forces", "Unidentified Armed Group"]),
    ("armed men", ["Unidentified Armed Group"]),
    ("two men", ["Civilians"]),
    ("villagers, worshippers and farmers", ["Civilians", "Civilians", "Civilians"]),
    ("demonstrators", ["Protesters"]),
    ("rioters", ["Rioters"]),
    ("a military bus", []),
    ("women were gang-raped", ["Civilians"]),
)


@pytest.mark.parametrize(("text", "names"), READINGS, ids=[row[0] for row in READINGS])
def test_words_name_actors(text: str, names: list[str]) -> None:
    """Names and aliases lead to one actor; common words name a kind."""
    assert [one.name for one in actors.read_actors(text, LEXICON)] == names


def test_acronyms_need_capitals() -> None:
    """ "sdf" in small letters is no one, and IS in a text of capitals is a verb."""
    assert actors.read_actors("the sdf file", LEXICON) == ()
    assert actors.read_actors("THE SITUATION IS CALM IN THE CAPITAL TODAY", LEXICON) == ()


def test_a_mention_tells_its_kind_and_country() -> None:
    """ACLED's kinds and the alpha-2 code of the state stand in the mention."""
    (army,) = actors.read_actors("Malian soldiers", LEXICON)
    (group,) = actors.read_actors("Boko Haram", LEXICON)
    assert (army.kind, army.country, army.id, army.generic) == ("State forces", "ML", "military-ml", False)
    assert (group.kind, group.id, group.generic) == ("Rebel group", "boko-haram", False)


def test_maoists_are_those_of_the_country() -> None:
    """ "Maoists" are India's in India and Peru's in Peru, inferred; elsewhere no one we know."""
    text = "Maoists killed two policemen"
    mentions = actors.read_actors(text, LEXICON)
    by_country = {
        country: actors.roles(text, mentions, (8, 14), document_actors=actors.DocumentActors(country=country))
        for country in ("IN", "PE", "FR")
    }
    assert by_country["IN"].perpetrator[0].id == "maoists-in"
    assert by_country["PE"].perpetrator[0].id == "sendero"
    assert by_country["FR"].perpetrator[0].name == "Unidentified Armed Group"


def test_the_lexicon_is_loaded_once() -> None:
    """Loading again gives the same object, so forks share it."""
    assert actors.load() is LEXICON
