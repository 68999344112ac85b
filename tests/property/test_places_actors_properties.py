"""Reading places and actors is total, and what it says of a text is true of it."""

import string
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.incidents import actors, gazetteer, places
from dateline.incidents.place_names import fold, skeleton

WORLD, LEXICON = gazetteer.load(), actors.load()
WORDS = (
    "Syria", "Homs", "al-Shaddadi", "near", "in", "between", "and", "the", "eastern", "province", "district", "IS",
    "Boko Haram", "killed", "attack", "by", "on", "soldiers", "Russian", "airstrikes", "police", "U.S.", "—", "(AP)",
    "St.", "Timbuktu,", "12", "of", "’s", "'", "-", "\n", "was", "were", "militants", "desert", "United", "States",
    "Iran-backed", "Hama-Salamiyah", "\u0130", "ß", "ﬁ", "e\u0301",
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_mentions_equal_their_slices(text: str) -> None:
    """Each mention's text is the slice it names; mentions stand in order and do not overlap."""
    for found in (places.read_places(text, WORLD), actors.read_actors(text, LEXICON)):
        assert all(one.text == text[one.start : one.end] and one.text for one in found)
        assert all(left.end <= right.start for left, right in pairwise(found))


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from([None, "SY", "US"]))
def test_a_resolved_place_is_whole(text: str, country: str | None) -> None:
    """Coordinates, precision and radius come together, in range; a country alone has none of them."""
    mentions = places.read_places(text, WORLD)
    document = places.document_places([mentions], country, WORLD)
    place = places.resolve(mentions, document, WORLD)
    if place is None:
        return
    assert (place.lat is None) == (place.lon is None) == (place.geo_precision is None)
    if place.lat is not None and place.lon is not None:
        assert -90 <= place.lat <= 90
        assert -180 <= place.lon <= 180
        assert place.radius_km is not None
        assert place.radius_km > 0


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.integers(0, 200), st.integers(0, 20))
def test_roles_are_total_and_disjoint_from_nothing_unsaid(text: str, start: int, length: int) -> None:
    """Any trigger span in any text gives roles; every actor named in them was mentioned or is inferred."""
    mentions = actors.read_actors(text, LEXICON)
    start = min(start, len(text))
    span = (start, min(start + length, len(text)))
    found = actors.roles(text, mentions, span)
    names = {one.name for one in mentions}
    for one in found.perpetrator + found.target + found.other:
        assert one.name in names or one.inferred


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_folding_is_idempotent_and_skeletons_are_total(name: str) -> None:
    """A folded name folds to itself; every name has a skeleton or none."""
    assert fold(fold(name)) == fold(name)
    assert skeleton(fold(name)) == "" or len(skeleton(fold(name))) >= 4


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=string.ascii_lowercase + " ", max_size=20))
def test_look_up_is_total_and_ordered(key: str) -> None:
    """Any key finds places or none, the most populous first."""
    sizes = [WORLD.spot(hit.row).population for hit in WORLD.find(key)]
    assert sizes == sorted(sizes, reverse=True)
