"""What two sketches tell of their texts."""

import pytest

from dateline.dedup.compare import compare
from dateline.dedup.fingerprint import fingerprint
from dateline.dedup.sketch import unpack

NAMES = [
    *(
        "Kadoma",
        "Chegutu",
        "Norton",
        "Rusape",
        "Zvishavane",
        "Gokwe",
        "Mutoko",
        "Beitbridge",
        "Karoi",
        "Plumtree",
    ),
    *(
        "Nyanga",
        "Gwanda",
        "Binga",
        "Lupane",
        "Shurugwi",
        "Chipinge",
        "Masvingo",
        "Bindura",
        "Hwange",
        "Redcliff",
    ),
]
TRADES = [
    *(
        "fishermen",
        "weavers",
        "drivers",
        "teachers",
        "miners",
        "nurses",
        "bakers",
        "clerks",
        "masons",
        "potters",
    ),
    *(
        "tailors",
        "guards",
        "millers",
        "painters",
        "porters",
        "smiths",
        "brewers",
        "carters",
        "glaziers",
        "coopers",
    ),
]


def story(first: int, count: int) -> str:
    """Sentences with names of their own, numbered on."""
    return " ".join(
        f"The {TRADES[at % 20]} of {NAMES[at * 7 % 20]} met near {NAMES[at * 3 % 20]} and refused lot {at * 13} "
        f"because {TRADES[at * 11 % 20]} asked {NAMES[(at * 5 + 1) % 20]} for a longer road."
        for at in range(first, first + count)
    )


def shares(text: str, other: str) -> tuple[float, float, float]:
    told = compare(fingerprint(text).sketch, fingerprint(other).sketch)
    return told.similarity, told.share, told.other_share


def strange(first: int, count: int) -> str:
    """Words that stand nowhere else."""
    return " ".join(
        f"umbra{at}{'x' * (at % 7)} vadum{at * 7}{'yz' * (at % 5)}" for at in range(first, first + count)
    )


WHOLE = story(0, 40)


def test_a_text_is_wholly_itself() -> None:
    """Everything is shared, in one passage over nearly all of it."""
    told = compare(fingerprint(WHOLE).sketch, fingerprint(WHOLE).sketch)
    assert (told.similarity, told.share, told.other_share) == (1.0, 1.0, 1.0)
    assert sum(passage.end - passage.start for passage in told.passages) > 0.8 * len(WHOLE)
    assert not told.spun


def test_a_brief_stands_in_the_long_story() -> None:
    """A quarter of a text: all of it stands there, and a quarter of the whole stands in it."""
    brief = story(0, 10)
    similarity, share, other_share = shares(brief, WHOLE)
    assert share > 0.9
    assert other_share == pytest.approx(0.25, abs=0.12)
    assert similarity == pytest.approx(0.25, abs=0.12)


def test_the_other_way_round_is_mirrored() -> None:
    """Shares change places, the similarity stays about the same."""
    one, other = story(0, 20), story(8, 30)
    there, back = shares(one, other), shares(other, one)
    assert there[1] == pytest.approx(back[2], abs=0.1)
    assert there[0] == pytest.approx(back[0], abs=0.1)


def test_passages_say_where() -> None:
    """The stretches are the same words in both texts, between other words."""
    copied = story(100, 12)
    one = f"{strange(200, 12)} {copied} {strange(300, 12)}"
    other = f"{strange(400, 20)} {copied}"
    told = compare(fingerprint(one).sketch, fingerprint(other).sketch)
    assert told.passages
    for passage in told.passages:
        assert one[passage.start : passage.end] == other[passage.other_start : passage.other_end]
        assert one[passage.start : passage.end] in copied


def test_passages_of_a_text_with_moved_paragraphs() -> None:
    """Both parts are found, each in its place."""
    first, second = story(0, 10), story(50, 10)
    told = compare(fingerprint(f"{first} {second}").sketch, fingerprint(f"{second} {first}").sketch)
    assert told.similarity > 0.8
    assert [passage.start < len(first) for passage in told.passages] == sorted(
        (passage.start < len(first) for passage in told.passages), reverse=True
    )
    assert len(told.passages) >= 2


def test_shared_names_prove_little() -> None:
    """Two texts with the same names in other sentences have little in common."""
    other = " ".join(
        f"{NAMES[at * 9 % 20]} saw {at} carts while {NAMES[at * 2 % 20]} waited for {TRADES[at * 3 % 20]} in vain."
        for at in range(45)
    )
    assert shares(WHOLE, other)[0] < 0.2


def test_an_empty_sketch_resembles_nothing() -> None:
    """Not even another empty one."""
    assert compare(b"", b"").similarity == 0.0
    assert compare(fingerprint(WHOLE).sketch, b"").similarity == 0.0


@pytest.mark.parametrize("bad", [b"\x00", b"\xff" * 40, b"\x00\x02\x00\x01\x00\x05\x00\x00", b"\xff" * 128])
def test_bytes_of_another_form_are_no_sketch(bad: bytes) -> None:
    """What an older index held, or a broken one, compares as empty."""
    assert unpack(bad) is None
    assert compare(bad, fingerprint(WHOLE).sketch).similarity == 0.0


def test_a_very_long_text_is_compared_by_a_coarser_sample() -> None:
    """A third of twenty thousand words is found as a third."""
    book = " ".join(
        f"{NAMES[at * 7 % 20]}{at % 997} gave {TRADES[at % 20]} lot{at} in return" for at in range(4000)
    )
    part = book[: len(book) // 3]
    similarity, share, other_share = shares(part, book)
    assert share > 0.8
    assert other_share == pytest.approx(1 / 3, abs=0.15)
    assert similarity == pytest.approx(1 / 3, abs=0.15)
