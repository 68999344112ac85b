"""Patterns that look for their words first give the same answers, and are seldom tried."""

import re

import pytest

from dateline.incidents import guards, readings
from dateline.incidents.anchored import Anchored, Sieve, heads_of, stems_of
from dateline.incidents.triggers import load
from dateline.text.needs import alternatives, needs


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"(?:read|see) also", [{"also"}, {"read", "see"}]),
        (r"\b(?:cut|slit)\w* (?:his|her) throat\b", [{"thro"}, {"cut", "slit"}, {"his", "her"}]),
        (
            r"\b(?:seized|took)\W{1,4}(?:\w+\W{1,4}){0,5}?(?:town|city)\b",
            [{"seiz", "took"}, {"town", "city"}],
        ),
        (r"\bfar from|^\W*near\b", [{"near", "far"}]),
        (r"\bcalm?\b", [{"cal", "calm"}]),
        (r"\b\w+ing\b", []),
        (r"\bwild ?fires?\b", [{"wild"}]),
    ],
)
def test_needs(pattern: str, needed: list[set[str]]) -> None:
    """Each part of a pattern that ends with a word gives one set; optional words give none."""
    found = [set(one) for one in needs(pattern)]
    assert sorted(map(sorted, found)) == sorted(map(sorted, needed))


def test_alternatives_of_a_group_are_written_out() -> None:
    """What follows a group belongs to each of its ways."""
    assert alternatives(r"\b(?:one|two) men|all\b") == [r"\bone men", r"\btwo men", r"all\b"]


@pytest.mark.parametrize("class_", [r"[\]x]", r"[]x]", r"[^]x]", r"[^\])]"])
def test_brackets_in_classes_close_nothing(class_: str) -> None:
    """A bracket that is a member of its class does not end it."""
    assert needs(rf"(?:a{class_}|b) burned") == (frozenset({"burn"}),)


def test_heads_and_stems() -> None:
    """Words give their first four letters, stems three as well; shorter words stand whole."""
    assert heads_of("the gunmen fled, 12 died") == {"the", "gunm", "fled", "12", "died"}
    assert stems_of("gunmen at") == {"gunm", "gun", "at"}


def test_a_sieve_answers_as_its_patterns_do() -> None:
    """Whether a sentence holds a pattern is what the pattern alone would say."""
    patterns = {
        "fall": r"\b(?:rain|snow)(?:ed|s)?\b",
        "start": r"^\W*(?:but|and)\b",
        "any": r"\d+ \w+",
        "fire": r"\b(?:(?:wild|bush) ?fires?|the flood)\b",
    }
    sieve = Sieve(patterns)
    for low in (
        "and it rained on 3 days",
        "it snows, and rains",
        "brained by a snowball",
        "12 butlers",
        "a wildfire",
        "bush fires",
        "",
    ):
        for name, pattern in patterns.items():
            assert sieve.holds(low, name) == bool(re.search(pattern, low)), (low, name)


SENTENCES = (
    "two soldiers were shot dead when gunmen ambushed a patrol near the village on monday.",
    "it came four days after a similar attack in which the rebels seized the town.",
    "the coach said the strikers were under fire after a heart attack in the box office.",
    "they regularly attack convoys; in recent months at least 40 people have been killed.",
    "he was sentenced to life imprisonment for the murder of three policemen, the court said.",
    "police arrested nine suspects and seized weapons in a separate operation elsewhere.",
    "the earthquake killed 12 people; floods followed in 1999, when 3 died of cholera.",
    "read more: what happened? who did it? an é-attack, an émigré's résumé, x_y kılıç",
    "",
)


def test_shipped_patterns_answer_as_without_the_look() -> None:
    """No sentence is lost to the cheap look: rules and guards say what their patterns say."""
    for low in SENTENCES:
        for rule in load().rules:
            bare = re.compile(rule.pattern.pattern).search(low)
            found = rule.pattern.search(low)
            assert (bare and bare.span()) == (found and found.span()), (low, rule.pattern.pattern)
        for value in (*vars(guards).values(), *vars(readings).values()):
            if isinstance(value, Anchored):
                assert bool(value.search(low)) == bool(re.search(value.pattern, low)), (low, value.pattern)


def test_most_patterns_know_what_they_need() -> None:
    """Every trigger rule is tried only where a word of it stands."""
    assert all(rule.pattern.needed for rule in load().rules)
