"""Stored fingerprints stay comparable: their values are pinned."""

from hashlib import blake2b

from dateline.dedup.fingerprint import fingerprint
from dateline.dedup.vocabulary import slot

TEXTS = (
    "Shots were heard at the river bridge before dawn, and the ferry did not sail that day.",
    " ".join(f"word{number}" for number in range(200)),
    "河港で朝、銃声が聞こえ、渡し船は出なかったと住民が語った。",
    "На рассвете у моста слышали выстрелы, паром в тот день не ходил.",
    "ได้ยินเสียงปืนที่สะพานข้ามแม่น้ำก่อนรุ่งสาง และเรือข้ามฟากไม่ออกในวันนั้น",
    "भोर में नदी के पुल पर गोलियाँ सुनी गईं, और उस दिन नाव नहीं चली।",
    "سُمِع إطلاق نار عند جسر النهر قبل الفجر، ولم تبحر العبّارة ذلك اليوم.",
    " ".join(
        f"Lot{number} of {number * 37} carts passed Gokwe… bridge {number % 11}" for number in range(3000)
    ),
)


def test_fingerprints_are_pinned() -> None:
    """Changing a constant of the fingerprint must be a decision: it drops every stored index."""
    joined = b"".join(
        mark.exact + mark.sketch + repr(mark.keys).encode() for mark in (fingerprint(text) for text in TEXTS)
    )
    assert blake2b(joined, digest_size=8).hexdigest() == "b684faf4c6ae5611"


def test_word_slots_are_pinned() -> None:
    """The table of word counts is read by slot."""
    assert [slot(word) for word in ("river", "bridge", "мост")] == [223019, 3999, 106466]
