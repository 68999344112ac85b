"""The place of some 260 sentences, as a careful reader would put it on a map."""

from pathlib import Path

import pytest

from dateline.incidents import asides, gazetteer
from dateline.incidents.places import document_places, read_places, resolve
from dateline.incidents.record import Place

FOLDER = Path(__file__).parent
NEARLY_DEG = 1.2


def _rows(name: str) -> list[list[str]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


ROWS = _rows("place_phrases.tsv")
#: Sentences that are not yet read as they should be. One that is takes itself out of the file.
MISSES = {row[0] for row in _rows("place_phrases_missed.tsv")}


def place_of(sentence: str) -> Place | None:
    world = gazetteer.load()
    low = sentence.lower()
    mentions = tuple(
        one for one in read_places(sentence, world) if not asides.elsewhere(low, one.start, one.end)
    )
    return resolve(mentions, document_places([mentions], None, world), world)


def wrong(row: list[str]) -> str:
    """What is not as expected; empty when all is."""
    sentence, name, country, precision, lat, lon = row
    place = place_of(sentence)
    if name == "-":
        # A country alone, or nothing: no event is put on the map.
        return "" if place is None or place.geo_precision is None else f"placed at {place.name}"
    if place is None:
        return "no place"
    if name.casefold() not in f"{place.text} {place.name}".casefold():
        return f"placed at {place.text}"
    if country not in ("-", place.iso2):
        return f"in {place.iso2}"
    if (place.geo_precision or 0) != int(precision):
        return f"precision {place.geo_precision}"
    if int(precision) and (place.lat is None or place.lon is None):
        return "no coordinates"
    far = (
        int(precision)
        and max(abs((place.lat or 0) - int(lat)), abs((place.lon or 0) - int(lon))) > NEARLY_DEG
    )
    wide = (
        int(precision) == 3 and max(abs((place.lat or 0) - int(lat)), abs((place.lon or 0) - int(lon))) <= 3
    )
    return f"at {place.lat}, {place.lon}" if far and not wide else ""


def test_the_table_is_large() -> None:
    """More than 260 sentences, each once; what is missed is one of them."""
    sentences = [row[0] for row in ROWS]
    assert len(sentences) == len(set(sentences)) >= 260
    assert set(sentences) >= MISSES


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_sentence_is_put_where_it_happened(row: list[str]) -> None:
    """Name, country, precision and coordinates are a reader's; known misses are misses still."""
    found = wrong(row)
    if row[0] in MISSES:
        assert found, "no longer missed: take it out of place_phrases_missed.tsv"
    else:
        assert not found, found
