"""What became of an article, gathered and laid out: each step, and the evidence that it was decided on.

Owns the layout of `dateline why`, for people and as JSON. Refuses to decide or to judge anew: all of it
stands in the store. Texts are not kept once an article is settled; offsets count the characters of what
`dateline read` gives for the page.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from dateline.cli import show
from dateline.errors import BadRecord
from dateline.incidents.record import Incident
from dateline.resemblance import Passage
from dateline.store.incidents import Told

if TYPE_CHECKING:
    from dateline.store.door import Store

_PASSAGES = msgspec.json.Decoder(list[tuple[int, int, int, int]])

_TITLE_CHARS = 100


class Other(Struct, frozen=True, kw_only=True):
    """An article that another one is told to repeat; with its id alone when it is no longer kept."""

    id: str
    title: str = ""
    url: str = ""
    publisher: str = ""
    published_at: str = ""
    fate: str = ""


class Evidence(Struct, frozen=True, kw_only=True):
    """What a verdict on a copy stands on, each share 0 to 1; passages in characters of both clean texts."""

    repeats: Other
    similarity: float
    share: float
    other_share: float
    passages: tuple[Passage, ...] = ()
    spun: bool = False


class StoryTold(Struct, frozen=True, kw_only=True):
    """The story that an article belongs to."""

    id: str
    #: Of its first article, as far as that is kept.
    title: str = ""
    #: The name under which it goes on; its own unless it was merged into another.
    now: str = ""
    #: Stories that this very article showed to be one with it.
    merged: tuple[str, ...] = ()


class Decision(Told, frozen=True, kw_only=True):
    """All that is known of an article's fate; the raw ``fields`` of the store as before, and what they mean."""

    lineage: str = ""
    #: Whom its text credits.
    origin: str = ""
    evidence: Evidence | None = None
    story: StoryTold | None = None
    #: What its latest version changed.
    revised: str = ""
    incidents: tuple[Incident, ...] = ()


def gathered(store: "Store", told: Told) -> Decision:
    """Return what the store knows of an article, and of those that it was judged by."""
    fields = told.fields
    ids = fields.get("incidents", "").split()
    found = (store.incidents.get(one) for one in ids)
    return Decision(
        **{name: getattr(told, name) for name in told.__struct_fields__},
        lineage=fields.get("lineage", ""),
        origin=fields.get("origin", ""),
        evidence=_evidence(store, told),
        story=_story(store, told),
        revised=fields.get("revised", ""),
        incidents=tuple(one for one in found if one is not None),
    )


def steps(decision: Decision) -> Iterator[str]:
    """Yield the lines of `dateline why`: a word, and what it says."""
    yield from _accepted(decision)
    yield from _judged(decision)
    fields = decision.fields
    if not fields.get("fate"):
        waits = "waiting in the outbox" if decision.in_outbox else "not in the outbox"
        yield _line("fate", f"none yet: {waits}")
        return
    yield _line("fate", f"{fields['fate']}: {fields.get('reason', '')} {fields.get('detail', '')}".rstrip())
    kept = {one.id: one for one in decision.incidents}
    for incident_id in fields.get("incidents", "").split():
        yield _line("incident", f"{incident_id}{_incident(kept.get(incident_id))}")
        if incident_id in kept:
            yield from (_line("", one) for one in show.life(kept[incident_id], decision.id))
    if decision.in_quarantine:
        yield _line("next", f"dateline quarantine retry {decision.id}")


def _accepted(decision: Decision) -> Iterator[str]:
    fields = decision.fields
    yield _line("article", f"{decision.id}  {show.plain(fields.get('title', ''))}")
    yield _line("address", fields.get("url", ""))
    yield _line("listed by", fields.get("feeds", ""))
    yield _line("published", fields.get("published_at") or "unknown")
    source = "the linked page" if fields.get("source") == "page" else "the feed's own text"
    because = f" (the page: {fields['fetch_reason']})" if fields.get("fetch_reason") else ""
    yield _line("accepted", f"{fields.get('accepted_at', '')}  from {source}{because}")
    if (version := fields.get("version", "1")) != "1":
        yield _line("version", f"{version}: it was revised, and this is what became of its latest words")
    if decision.revised:
        yield _line("changed", show.plain(decision.revised))
    if fields.get("attempts"):
        yield _line("taken", f"{fields['attempts']} time(s) by a worker")


def _judged(decision: Decision) -> Iterator[str]:
    fields = decision.fields
    if fields.get("disposition"):
        of = f" of {fields['of']}" if fields.get("of") else ""
        yield _line("judged", f"{fields['disposition']}{of}: {fields.get('judged', '')}")
    if evidence := decision.evidence:
        yield from _evidence_lines(evidence)
    if decision.lineage:
        credited = f", credits {show.plain(decision.origin)}" if decision.origin else ""
        yield _line("lineage", f"{decision.lineage}{credited}")
    if story := decision.story:
        title = "its own" if story.id == decision.id else show.plain(story.title, _TITLE_CHARS)
        moved = f" (goes on as {story.now})" if story.now != story.id else ""
        yield _line("story", f"{story.id}  {title}{moved}".rstrip())
        if story.merged:
            yield _line("merged", f"{', '.join(story.merged)}: the same story, as this article shows")


def _evidence_lines(evidence: Evidence) -> Iterator[str]:
    other = evidence.repeats
    about = (show.plain(other.title, _TITLE_CHARS), show.plain(other.publisher), other.published_at)
    yield _line("repeats", "  ".join(part for part in (other.id, " · ".join(filter(None, about))) if part))
    if other.url:
        yield _line("", other.url)
    yield _line(
        "alike",
        f"{evidence.similarity:.0%} of both texts; {evidence.share:.0%} of this one stands in that,"
        f" {evidence.other_share:.0%} of that one in this",
    )
    for one in evidence.passages:
        here, there = f"{one.start}–{one.end}", f"{one.other_start}–{one.other_end}"
        yield _line("shared", f"characters {here} of this text are {there} of that")
    if evidence.spun:
        yield _line("spun", "reworded by a machine: its figures and names are not relied upon")


def _incident(known: Incident | None) -> str:
    if known is None:
        return ""
    told = len(known.articles)
    counted = f"{told} article{'s' * (told != 1)}, {known.independent_sources} independent"
    return f"  {show.what(known)} · {counted}"


def _line(name: str, text: str) -> str:
    return f"{name:<10} {text}"


def _evidence(store: "Store", told: Told) -> Evidence | None:
    fields = told.fields
    if not fields.get("of"):
        return None
    return Evidence(
        repeats=_other(store, fields["of"]),
        similarity=_share(fields, "similarity"),
        share=_share(fields, "share"),
        other_share=_share(fields, "other_share"),
        passages=_passages(fields.get("passages", "")),
        spun=fields.get("spun") == "1",
    )


def _story(store: "Store", told: Told) -> StoryTold | None:
    story = told.fields.get("story", "")
    if not story:
        return None
    return StoryTold(
        id=story,
        title=_other(store, story).title,
        now=store.incidents.story(story),
        merged=tuple(told.fields.get("merged", "").split()),
    )


def _other(store: "Store", article_id: str) -> Other:
    told = store.incidents.article(article_id)
    fields = told.fields if told else {}
    known = {name: fields.get(name, "") for name in ("title", "url", "publisher", "published_at", "fate")}
    return Other(id=article_id, **known)


def _share(fields: dict[str, str], name: str) -> float:
    try:
        return float(fields.get(name) or 0.0)
    except ValueError as error:
        raise BadRecord(f"a stored {name} is no number: {fields[name]!r:.40}") from error


def _passages(stored: str) -> tuple[Passage, ...]:
    try:
        rows = _PASSAGES.decode(stored) if stored else []
    except msgspec.DecodeError as error:
        raise BadRecord(f"stored passages do not decode: {stored!r:.40}") from error
    return tuple(
        Passage(start=start, end=end, other_start=other_start, other_end=other_end)
        for start, end, other_start, other_end in rows
    )
