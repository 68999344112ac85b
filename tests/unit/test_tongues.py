"""Languages as data: the format, the choice of a language, and that the engine knows none of them itself."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from dateline.errors import Misconfigured
from dateline.incidents.assemble import Coder
from dateline.incidents.match import match
from dateline.incidents.record import Incident, decode_incident, encode
from dateline.incidents.tongues import tongue
from dateline.incidents.tongues.choosing import linguist_of
from dateline.incidents.tongues.coding import Linguist
from dateline.model import Article

AT = datetime(2026, 3, 18, 18, tzinfo=UTC)

TOY = {
    "grammar.toml": 'name = "Toy"\nfunction_words = "zu na"\njoiners = "ka"\narticles = "zu"\n',
    "numbers.tsv": "3\tunit\ttri\n",
    "hedges.tsv": "least\tminste\n",
    "people.tsv": "soldiers\tsoldiers\tn\tsoldati\narmed\tmilitants\tn\trebeli\n",
    "tolls.tsv": "killed\tright\tactive\t-\tmorigi*\n",
    "triggers.tsv": "assault\tstrong\tactive\tatakim*\n",
    "times.tsv": "day\t-1\thiero\n",
    "places.tsv": "near\t-\tproxi\n",
    "names.tsv": "country\tNE\tNigero\n",
    "actors.tsv": "boko-haram\tBoko Haramo\n",
}
"""A language that nobody speaks."""


def article(text: str, language: str | None = None, name: str = "a") -> Article:
    return Article(id=name, text=text, published_at=AT, language=language)


def folder_of(home: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (home / name).write_text(text, "utf-8")
    return home


def only(incidents: tuple[Incident, ...]) -> Incident:
    assert len(incidents) == 1
    return incidents[0]


def test_a_folder_of_data_is_a_language(tmp_path: Path) -> None:
    """A language that the code has never seen is coded from its tables alone."""
    toy = Linguist.of(tongue.read("xx", folder_of(tmp_path, TOY)))
    told = "Rebeli zu Boko Haramo atakimis hiero proxi Diffa , Nigero ka morigis minste tri soldati."
    one = only(toy.code(article(told)).incidents)
    assert one.sub_event_type == "Armed clash"
    assert one.date is not None
    assert one.date.start == date(2026, 3, 17)
    assert one.place is not None
    assert (one.place.name, one.place.iso2, one.place.geo_precision) == ("Diffa", "NE", 2)
    assert one.toll.killed is not None
    assert (one.toll.killed.min, one.toll.killed.max) == (3, None)
    assert [actor.id for actor in one.actors.perpetrator] == ["boko-haram"]
    assert one.language == "xx"


def test_one_event_in_three_languages_is_one_incident() -> None:
    """English, Spanish and Arabic tellings of one attack match, by the same ids of place and actor."""
    now = datetime(2026, 3, 18, 20, tzinfo=UTC)
    coder = Coder.load()
    texts = {
        "en": "Al-Shabaab fighters killed six civilians in a suicide bombing in Mogadishu on Monday, police said.",
        "es": "Un atacante suicida mató el lunes a seis civiles en Mogadiscio, informó la policía. Al Shabab reivindicó el atentado.",
        "ar": "قتل ستة مدنيين في هجوم انتحاري في مقديشو الاثنين، وفق الشرطة. وتبنت حركة الشباب الهجوم.",
    }
    told = {code: only(coder.code(article(text, code, code)).incidents) for code, text in texts.items()}
    opened = structs.replace(told["en"], first_seen_at=now)
    assert match(told["es"], [opened], now) is opened
    assert match(told["ar"], [opened], now) is opened
    assert {one.place.geonameid for one in told.values() if one.place} == {53654}
    assert {one.actors.perpetrator[0].id for one in told.values()} == {"al-shabaab"}


def test_another_town_in_another_language_is_another_incident() -> None:
    """The same kind of attack on the same day in another town does not match across languages."""
    now = datetime(2026, 3, 18, 20, tzinfo=UTC)
    coder = Coder.load()
    english = "A roadside bomb killed four soldiers near Baidoa on Monday, the army said."
    spanish = "Una bomba mató el lunes a tres policías en Mogadiscio, informó la policía."
    opened = structs.replace(only(coder.code(article(english, "en", "e")).incidents), first_seen_at=now)
    assert match(only(coder.code(article(spanish, "es", "s")).incidents), [opened], now) is None


def test_english_is_not_coded_by_tables() -> None:
    """English text, said to be so or plainly so, and languages without data go the old way."""
    english = "The army said that seven soldiers were killed in an attack on a post near the town of Diffa."
    assert linguist_of(article(english)) is None
    assert linguist_of(article(english, "es")) is None
    assert linguist_of(article("Siedmiu żołnierzy zginęło w ataku na posterunek koło miasta.", "pl")) is None
    assert linguist_of(article("")) is None


def test_a_language_is_recognized_without_being_told() -> None:
    """An article without a language is identified when it is not English."""
    spanish = (
        "Siete soldados murieron el lunes en un ataque contra un puesto militar en la provincia de Diffa."
    )
    arabic = "قتل سبعة جنود في هجوم على موقع عسكري في مدينة ديفا يوم الاثنين بحسب وزارة الدفاع."
    for text, code in ((spanish, "es"), (arabic, "ar")):
        found = linguist_of(article(text))
        assert found is not None
        assert found.tools.tongue.code == code


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tolls.tsv", "killed\tright\tmorigis\n"),
        ("numbers.tsv", "three\tunit\ttri\n"),
        ("verbs.tsv", "killed\tmorigis\n"),
        ("grammar.toml", 'name = "Toy"\nvowels = 3\n'),
        ("triggers.tsv", "assault\tstrong\tactive\t[atakimis]\n"),
    ],
)
def test_a_table_that_is_none_is_refused_at_loading(tmp_path: Path, name: str, text: str) -> None:
    """Wrong columns, values, tables, switches and phrases are refused with the name of the file."""
    with pytest.raises(Misconfigured, match=name):
        tongue.read("xx", folder_of(tmp_path, TOY | {name: text}))


WORDS = {
    "es": [
        "murieron",
        "7",
        "soldados",
        "entre",
        "ellos",
        "y",
        "al",
        "menos",
        "12",
        "heridos",
        "en",
        "de",
        "el",
        "lunes",
        "Boko",
        "Haram",
        "ataque",
        ",",
        ".",
        "Diffa",
        "cerca",
        "2014",
        "hace",
        "días",
        "mil",
        "por",
        "contra",
        "bomba",
    ],
    "ar": [
        "قتل",
        "7",
        "جنود",
        "بينهم",
        "و",
        "على",
        "الأقل",
        "12",
        "جرحى",
        "في",
        "من",
        "الاثنين",
        "بوكو",
        "حرام",
        "هجوم",
        "،",
        ".",
        "ديفا",
        "قرب",
        "2014",
        "قبل",
        "أيام",
        "ألف",
        "قنبلة",
        "ولل",
    ],
}


@pytest.mark.parametrize("code", sorted(WORDS))
def test_no_text_makes_it_raise(code: str) -> None:
    """Any order of a language's words, and any characters, are coded the same twice, with true spans."""
    linguist = Linguist.load(code)

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.sampled_from(WORDS[code]), max_size=30).map(" ".join) | st.text(max_size=80))
    def check(text: str) -> None:
        coded = linguist.code(article(text))
        assert coded == linguist.code(article(text))
        for one in coded.incidents:
            assert decode_incident(encode(one)) == one
            assert all(text[span.start : span.end] == span.text for span in one.evidence)

    check()


def test_every_shipped_name_points_somewhere() -> None:
    """Every actor, country, town and region that a table names exists in the data it points to."""
    for code in tongue.codes():
        tools = Linguist.load(code).tools
        home = Path(tongue.__file__).parents[1] / "data" / "tongues" / code
        for path in home.glob("*.tsv"):
            rows = [
                line.split("\t") for line in path.read_text("utf-8").splitlines() if line[:1] not in ("", "#")
            ]
            for row in rows:
                if path.name.startswith("actors"):
                    assert row[0] in tools.actors
                elif path.name.startswith("names") and row[0] in ("country", "demonym"):
                    assert row[1] in tools.gazetteer.countries
                elif path.name.startswith("names") and row[0] == "region":
                    assert row[1] in tools.gazetteer.regions
