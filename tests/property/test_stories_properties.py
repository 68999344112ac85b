"""Stories in a stream: any order gives the same copies, ids never change in silence, memory is bounded."""

import random
from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.dedup.stories import Choice, Stories
from dateline.dedup.tellings import Alike
from dateline.dedup.window import StreamVerdict, Window
from dateline.model import Disposition

CAPACITY = 12


def invented(seed: int, words: int = 120) -> str:
    """A text of words that no other seed has."""
    draw = random.Random(seed)
    letters = "abcdefghiklmnoprstuvw"
    return " ".join(
        "".join(draw.choice(letters) for _ in range(draw.randint(4, 9))) + "." * (place % 11 == 10)
        for place in range(words)
    )


def copies(seed: int, how_many: int) -> list[str]:
    """Clear copies of one text: its tail cut, a line put before it."""
    text = invented(seed)
    cut = [text[: len(text) - 37 * number] for number in range(how_many)]
    return [f"From our staff {number}. {one}" if number % 2 else one for number, one in enumerate(cut)]


def partition(told: list[tuple[str, StreamVerdict]]) -> Counter[frozenset[str]]:
    stories: dict[str, set[str]] = {}
    for text, verdict in told:
        stories.setdefault(verdict.story, set()).add(text)
    return Counter(map(frozenset, stories.values()))


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_clear_copies_make_the_same_stories_in_any_order(sizes: list[int], draw: random.Random) -> None:
    """Each text with its copies is one story, whatever comes first."""
    texts = [text for seed, size in enumerate(sizes) for text in copies(seed, size)]
    parts = []
    for _ in range(2):
        window = Window(capacity=64)
        parts.append(partition([(text, window.add(text[:40], "", text, "", None)) for text in texts]))
        draw.shuffle(texts)
    assert parts[0] == parts[1]
    assert sum(parts[0].values()) == len(sizes)


steps = st.lists(
    st.tuples(
        st.sampled_from(["open", "retell", "leave"]),
        st.lists(st.tuples(st.integers(1, CAPACITY), st.floats(0, 1)), max_size=6),
    ),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(steps)
def test_ids_never_change_in_silence(plan: list[tuple[str, list[tuple[int, float]]]]) -> None:
    """Each article keeps the story that it was told until an event says into which this one went."""
    stories = Stories(CAPACITY)
    told: dict[int, str] = {}
    for number, (kind, near) in enumerate(plan):
        found = sorted({number - back: likeness for back, likeness in near if back <= number}.items())
        alike = Alike(
            np.array([n for n, _ in found], dtype=np.int64), np.array([x for _, x in found], dtype=np.float64)
        )
        choice = stories.choose(alike)
        if kind == "leave" and number:
            answer = stories.leave(number, f"n{number}", number - 1, choice)
        elif kind == "open" or choice is None:
            answer = stories.open(number, f"n{number}")
        else:
            answer = stories.join(number, choice)
        told[number] = answer.story
        for event in answer.merged:
            assert event.ended != event.story
            told = {n: event.story if story == event.ended else story for n, story in told.items()}
        living = range(max(0, number - CAPACITY + 1), number + 1)
        assert [stories.of(n) for n in living] == [told[n] for n in living]
        assert len(stories) == len({told[n] for n in living}) <= CAPACITY


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([(0, 1), (0, 2), (1, 2), (3, 0), (4, 3)]), max_size=12))
def test_what_is_merged_stays_merged(bridges: list[tuple[int, int]]) -> None:
    """Stories that were shown to be one are one for every article after; the oldest id of them goes on."""
    stories = Stories(64)
    for number in range(5):
        stories.open(number, str(number))
    groups = {number: number for number in range(5)}
    for step, (one, other) in enumerate(bridges):
        stories.join(5 + step, Choice(one, 0.9, other))
        low, high = sorted((groups[one], groups[other]))
        groups = {number: low if group == high else group for number, group in groups.items()}
    assert [stories.of(number) for number in range(5)] == [str(groups[number]) for number in range(5)]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=80), st.text(max_size=12)), max_size=30))
def test_any_text_gets_a_verdict(articles: list[tuple[str, str]]) -> None:
    """Each article has a story; one that is not novel names an earlier article."""
    window = Window(capacity=8)
    seen: set[str] = set()
    for number, (text, title) in enumerate(articles):
        verdict = window.add(str(number), title, text, "", None)
        assert verdict.story
        assert 0 <= verdict.similarity <= 1
        assert (verdict.of in seen) == (verdict.disposition is not Disposition.NOVEL)
        seen.add(str(number))
