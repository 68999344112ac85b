"""Whom articles credit and who copied whom, on hand-made cases in our own words. Each case says why.

A case with ``missed = true`` comes out wrong: it is kept in sight, and fails when it comes out right.
"""

import tomllib
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dateline.dedup.credits import origin
from dateline.dedup.lineage import independent_sources, placed, turned
from dateline.incidents.record import ArticleRef
from dateline.model import Article, Disposition, Removed
from dateline.resemblance import Verdict

HERE = Path(__file__).parent
STORY = """\
The road between the two towns has been closed since the morning, and a helicopter was heard over the hills.

Traders said they had left their stalls when the first shots fell. A teacher counted twelve lorries at the bend.

The district had been calm for a year. Schools will stay shut until the end of the week, the council decided."""
START = datetime(2026, 3, 3, 6, tzinfo=UTC)


def cases(name: str, key: str) -> list[dict[str, Any]]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))[key]


ORIGINS = cases("lineage_cases_origins.toml", "case")
STREAMS = cases("lineage_cases_streams.toml", "stream")


def article(case: dict[str, Any]) -> Article:
    return Article(
        id=case.get("id", "a"),
        url=case.get("url", ""),
        publisher=case.get("publisher", ""),
        author=case.get("author", ""),
        dateline=case.get("dateline", ""),
        text=case.get("text", "{story}").replace("{story}", STORY),
        canonical_url=case.get("canonical"),
        removed=tuple(Removed(rule=rule, text=text) for rule, text in case.get("removed", ())),
        published_at=START + timedelta(minutes=case["at"]) if "at" in case else None,
    )


@pytest.mark.parametrize("number", range(len(ORIGINS)))
def test_an_article_credits_whom_a_reader_would_name(number: int) -> None:
    """Credits in every position and language name the origin; citations and pictures' credits do not."""
    case = ORIGINS[number]
    right = (origin(article(case)) or "") == case["origin"]
    assert right is not case.get("missed", False), (origin(article(case)), case)


def verdict_of(one: str, told: list[ArticleRef], ties: list[list[Any]]) -> Verdict:
    """Return what the text of ``one`` is to those that came before it, by the first tie that fits."""
    known = {ref.id for ref in told}
    for first, second, kind, *shares in ties:
        if one not in (first, second) or ({first, second} - {one}).isdisjoint(known):
            continue
        share, other_share = shares or (0.9, 0.9)
        if one == second:
            share, other_share = other_share, share
        return Verdict(
            disposition=Disposition.RETELLING if kind == "spun" else Disposition(kind),
            of=second if one == first else first,
            share=share,
            other_share=other_share,
            spun=kind == "spun",
        )
    return Verdict(disposition=Disposition.NOVEL)


def told(stream: dict[str, Any], order: tuple[int, ...]) -> list[ArticleRef]:
    """Return the references as they stand when the articles have come in that order."""
    refs: list[ArticleRef] = []
    for number in order:
        one = article(stream["articles"][number])
        bare = ArticleRef(
            id=one.id,
            url=one.url,
            publisher=one.publisher,
            published_at=one.published_at,
            origin=origin(one) or "",
        )
        verdict = verdict_of(one.id, refs, stream.get("ties", []))
        ref = placed(bare, verdict, refs)
        refs = [*turned(refs, ref, verdict), ref]
    return refs


def orders(stream: dict[str, Any]) -> list[tuple[int, ...]]:
    given = tuple(range(len(stream["articles"])))
    if stream.get("orders") != "all":
        return [given]
    first = stream.get("first")
    return [
        order for order in permutations(given) if first is None or stream["articles"][order[0]]["id"] == first
    ]


def outcome(refs: list[ArticleRef]) -> tuple[dict[str, str], list[str], int]:
    lineage = {ref.id: ref.lineage for ref in refs}
    return lineage, sorted(ref.id for ref in refs if ref.spun), independent_sources(refs)


@pytest.mark.parametrize("number", range(len(STREAMS)))
def test_a_stream_of_articles_shows_who_copied_whom(number: int) -> None:
    """Lineage, spin and sources are as a reader would tell them, in every order that the case names."""
    stream = STREAMS[number]
    expected = (stream["lineage"], sorted(stream.get("spun", [])), stream["sources"])
    wrong = [(order, got) for order in orders(stream) if (got := outcome(told(stream, order))) != expected]
    assert bool(wrong) is stream.get("missed", False), (wrong[:2], expected)


@pytest.mark.parametrize("number", range(len(STREAMS)))
def test_one_article_more_adds_at_most_one_source(number: int) -> None:
    """A copy adds none; a replay of any article changes nothing."""
    refs: list[ArticleRef] = []
    stream = STREAMS[number]
    for last in range(1, len(stream["articles"]) + 1):
        before, refs = refs, told(stream, tuple(range(last)))
        copy = refs[-1].lineage in ("reprint", "retelling")
        assert independent_sources(refs) <= independent_sources(before) + (not copy or not before)
    for ref in refs:
        again = placed(
            msgspec.structs.replace(ref, lineage="original", spun=False),
            Verdict(disposition=Disposition.NOVEL),
            refs,
        )
        assert again == ref
        assert turned(refs, again) == tuple(refs)


def test_there_are_enough_cases() -> None:
    """At least 80 in all, so that one is not fitted at the cost of another unseen."""
    assert len(ORIGINS) + len(STREAMS) >= 80
