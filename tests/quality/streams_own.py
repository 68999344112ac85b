"""Our own streams: invented articles with the events that each tells of, and how they are held against the wire.

Owns reading ``tests/golden/streams/*.toml`` and which incident stands for which told event. Refuses formulas
(``clusterings``) and to play the articles (``streams_world``).
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any

from streams_world import Wire, article

from dateline.incidents.assemble import Coder
from dateline.incidents.record import Incident

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "streams"
STEPS = ("-arrest", "-truce", "-rescue", "-handover")
"""Endings of the names of events that are strategic developments: an arrest beside the attack it is made for."""

_WORD = re.compile(r"[^\W_]{4,}")
_SENTENCE_END = re.compile(r"[.!?][\"']?\s|\n")


@dataclass(frozen=True, slots=True)
class Mention:
    """An event where an article tells it: right cluster, and the one that the wire gave it."""

    stream: str
    article: str
    #: The event told; for an incident that the article does not tell of, a name of its own.
    gold: str
    #: The incident; None when nothing was coded.
    told: str | None
    #: What the incident is, for people.
    said: str = ""
    #: Not told by the article at all.
    invented: bool = False


@dataclass(slots=True)
class Played:
    """One stream as it went through the wire."""

    name: str
    mentions: list[Mention] = field(default_factory=list)
    #: Incidents that no event stands for and that share a cluster with nothing.
    extra: int = 0


def streams(folder: Path = FOLDER) -> Iterator[dict[str, Any]]:
    """Yield the streams of all files, in the order of their names."""
    for path in sorted(folder.glob("*.toml")):
        for one in tomllib.loads(path.read_text(encoding="utf-8"))["stream"]:
            yield {**one, "file": path.stem}


def play(stream: dict[str, Any], coder: Coder) -> tuple[Wire, Played]:
    """Return the wire after all articles of a stream, and what became of each mention."""
    wire, (played,) = play_all([stream], coder)
    return wire, played


def play_all(every: Sequence[dict[str, Any]], coder: Coder) -> tuple[Wire, list[Played]]:
    """Return one wire after the articles of several streams, by the clock, and what became of each one's mentions."""
    wire = Wire(coder)
    played = {stream["name"]: Played(stream["name"]) for stream in every}
    versions: dict[str, int] = {}
    articles = [(one["at"], number, one) for number, stream in enumerate(every) for one in stream["article"]]
    for at, number, one in sorted(articles, key=itemgetter(0, 1)):
        stream = every[number]["name"]
        name = f"{stream}-{one.get('revises', one['id'])}"
        versions[name] = versions.get(name, 0) + 1
        told = article(name, one["from"], one["title"], one["text"], None if one.get("undated") else at)
        wire.settle(told, at, versions[name])
        played[stream].mentions += _mentions(stream, one, wire, name)
    for each in played.values():
        shared = {one.told for one in each.mentions if not one.invented}
        kept = [one for one in each.mentions if not one.invented or one.told in shared]
        each.extra, each.mentions = len(each.mentions) - len(kept), kept
    return wire, list(played.values())


def settled(wire: Wire, played: Played) -> Played:
    """Return the mentions under the names that their incidents go on under."""
    known = [
        Mention(
            one.stream, one.article, one.gold, one.told and wire.surviving(one.told), one.said, one.invented
        )
        for one in played.mentions
    ]
    return Played(played.name, known, played.extra)


def _mentions(stream: str, one: dict[str, Any], wire: Wire, name: str) -> Iterator[Mention]:
    text = one["text"]
    left = list(wire.told(name))
    taken: set[str] = set()
    for event, quote in _quotes(one.get("tells", {})):
        found = _best(event, quote, text, name, left)
        if found:
            taken.add(found.id)
        yield Mention(stream, one["id"], event, found.id if found else None, _said(found))
    left = [found for found in left if found.id not in taken]
    for event, quote in _quotes(one.get("also", {})):
        if found := _best(event, quote, text, name, left):
            left.remove(found)
            yield Mention(stream, one["id"], event, found.id, _said(found))
    for number, found in enumerate(left):
        yield Mention(
            stream, one["id"], f"{one['id']} tells no such {number}", found.id, _said(found), invented=True
        )


def _quotes(told: Sequence[str] | dict[str, str]) -> list[tuple[str, str]]:
    return list(told.items()) if isinstance(told, dict) else [(event, "") for event in told]


def _best(event: str, quote: str, text: str, name: str, among: Sequence[Incident]) -> Incident | None:
    """Return the incident whose evidence in the article stands where the event is told; of a copy, the likest in words."""
    start, end = _sentence(quote, text)
    ranked = [(_overlap(one, name, start, end), one) for one in among]
    fitting = [(score, one) for score, one in ranked if score > 0]
    if not fitting:
        copied = [one for one in among if not any(piece.article == name for piece in one.evidence)]
        fitting = [(_shared(one, text[start:end]), one) for one in copied]
    if not fitting:
        return None
    is_step = event.endswith(STEPS)
    return max(
        fitting, key=lambda pair: ((pair[1].event_type == "Strategic developments") == is_step, pair[0])
    )[1]


def _sentence(quote: str, text: str) -> tuple[int, int]:
    if not quote:
        return 0, len(text)
    at = text.index(quote)
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    start = max((one for one in ends if one <= at), default=0)
    return start, min((one for one in ends if one >= at + len(quote)), default=len(text))


def _overlap(one: Incident, name: str, start: int, end: int) -> int:
    own = [piece for piece in one.evidence if piece.article == name]
    return sum(max(0, min(piece.end, end) - max(piece.start, start)) for piece in own)


def _shared(one: Incident, sentence: str) -> float:
    words = set(_WORD.findall(sentence.lower()))
    proof = {word for piece in one.evidence for word in _WORD.findall(piece.text.lower())}
    return len(words & proof) / max(1, len(words))


def _said(one: Incident | None) -> str:
    if one is None:
        return "nothing coded"
    place = f"{one.place.name} ({one.place.geo_precision})" if one.place else "nowhere"
    day = f"{one.date.start}..{one.date.end}" if one.date else "no day"
    killed = one.toll.killed.min if one.toll.killed else "-"
    return f"{one.sub_event_type}, {place}, {day}, {killed} killed"
