"""The gazetteer finds places by exact and by transliterated name, and stays small."""

from importlib.resources import files
from pathlib import Path

import pytest

from dateline.incidents import gazetteer, gazetteer_build
from dateline.incidents.place_names import fold, skeleton

WORLD = gazetteer.load()


@pytest.mark.parametrize(
    ("spelling", "other"),
    [
        ("Al-Soukhna", "As Sukhnah"),
        ("Sokhna", "As Sukhnah"),
        ("Deir Azzour", "Deir ez-Zor"),
        ("Dayr az Zawr", "Deir el-Zour"),
        ("Hodeidah", "Al Hudaydah"),
        ("Tal Afar", "Tall ‘Afar"),
        ("Khan Younis", "Khān Yūnis"),
        ("Ménaka", "Menaka"),
        ("Maarat al-Numan", "Ma‘arrat an Nu‘mān"),
        ("Chattisgarh", "Chhattisgarh"),
    ],
)
def test_transliterations_meet(spelling: str, other: str) -> None:
    """Two newsrooms' spellings of one place have one skeleton."""
    assert skeleton(fold(spelling)) == skeleton(fold(other)) != ""


def test_short_and_foreign_names_have_no_skeleton() -> None:
    """Too little is left of a short name, and other scripts are not guessed at."""
    assert skeleton("al") == skeleton("ur") == skeleton(fold("Москва")) == ""


def test_a_town_is_found_with_all_it_has() -> None:
    """Coordinates to four decimals, country, province and GeoNames id come back as they went in."""
    spots = [WORLD.spot(hit.row) for hit in WORLD.find("palmyra")]
    town = next(one for one in spots if one.country == "SY")
    assert (town.lat, town.lon, town.geonameid, town.cls) == (34.5624, 38.284, 163808, gazetteer.TOWN)
    assert WORLD.admin1_names[town.country, town.admin1_code] == "Homs"


def test_unknown_names_find_nothing() -> None:
    """A name that no place bears gives an empty answer, also in its weaker form."""
    assert WORLD.find("xqzzyvk") == ()
    assert WORLD.find_like("xqzzyvk") == ()


def test_every_country_that_has_towns_is_named() -> None:
    """Each country of the arrays stands in countries.csv with its ISO number."""
    assert {country for country, _ in WORLD.admin1_names} <= WORLD.countries.keys()
    assert WORLD.countries["SY"].iso_numeric == 760
    assert WORLD.country_words["drc"] == "CD"
    assert WORLD.demonyms["nigerian"] == "NG"


def test_the_artifact_is_small_and_shared() -> None:
    """At most 12 MB in the repository; loading twice gives the same arrays."""
    assert len((files("dateline.incidents") / "models" / "gazetteer.bin").read_bytes()) <= 12_000_000
    assert gazetteer.load() is WORLD
    assert len(WORLD) > 200_000


def test_generic_parts_of_province_names_are_dropped() -> None:
    """Newsrooms say Homs, not Muhafazat Homs; a name that is only generic stays."""
    assert gazetteer_build.clean_name("Muhafazat Hadramawt") == "Hadramawt"
    assert gazetteer_build.clean_name("Basra Governorate") == "Basra"
    assert gazetteer_build.clean_name("Central") == "Central"


def test_a_build_from_rows_is_read_back(tmp_path: Path) -> None:
    """Towns, the province and the district that the tables give are found again in the built arrays."""
    table = tmp_path / "names.csv"
    table.write_text(
        "lat,lon,name,admin1,admin2,cc\n10.0,20.0,Alfa,Nord Province,Beta District,XX\n", "utf-8"
    )
    corrections = tmp_path / "corrections.csv"
    corrections.write_text("country,code,name,aliases\n", "utf-8")
    target = tmp_path / "models" / "gazetteer.bin"
    target.parent.mkdir()
    (tmp_path / "data").mkdir()
    town = {
        "name": "Alfa", "alternatenames": ["Alfa", "Alpha Town", "ALF", "альфа"], "countrycode": "XX",
        "admin1code": "01", "latitude": 10.0, "longitude": 20.0, "population": 5000, "geonameid": 7,
    }  # fmt: skip
    assert gazetteer_build.write(target, [town], table, corrections) == 3
    built = gazetteer.read(target.read_bytes(), "iso2,iso_numeric,name,aliases,demonyms\n", "key\n", "")
    kinds = {
        key: [built.spot(hit.row).cls for hit in built.find(key)]
        for key in ("alfa", "alpha town", "nord", "beta")
    }
    assert kinds == {"alfa": [0], "alpha town": [0], "nord": [1], "beta": [2]}
    assert "XX,01,Nord,10.0000,20.0000" in (tmp_path / "data" / "admin1.csv").read_text("utf-8")
