"""What a revision changed against the version before, in one sentence.

Owns the wording for `dateline why`. Refuses any decision: nothing is done because of what stands here.

    corrections(PageResult, earlier, before, after, left) -> str
"""

from collections.abc import Iterator, Sequence

from dateline.incidents.record import TOLL_KINDS, ArticleRef, Count, Incident
from dateline.incidents.storyline import kept
from dateline.resemblance import Neighbour
from dateline.settlement import PageResult

MAX_CHANGES = 12
"""Changes that one sentence tells; a page that is written anew each hour has no end of them."""


def corrections(
    result: PageResult,
    earlier: Neighbour | None,
    before: Sequence[Incident],
    after: Sequence[Incident],
    *,
    left: str = "",
) -> str:
    """Return what a revision changed; empty for an article that is no revision.

    Told are, as far as they are known: how much of the text was kept, the title, the story that it left, each figure, day, place and
    type that the article gave of an incident (``before``) and gives now (``after``, what it tells of, as it will
    stand), what it tells no more and what it tells beside.
    """
    if result.version <= 1 or result.article is None:
        return ""
    now = {one.id: one for one in after}
    parts = [_text(result, earlier), *_title(result, before)]
    if left:  # before the events, of which a long list is cut
        parts.append(f"left the story {left}, of whose events it tells no more")
    for one in before:
        parts += (
            _changes(one, now[one.id], result.article_id) if one.id in now else [f"{one.id}: told no more"]
        )
    parts += [f"{one}: told now" for one in now if one not in {known.id for known in before}]
    rest = len(parts) - MAX_CHANGES
    return "; ".join(parts[:MAX_CHANGES] + ([f"and {rest} changes more"] if rest > 0 else []))


def _text(result: PageResult, earlier: Neighbour | None) -> str:
    fingerprint = result.fingerprint
    if earlier is None or fingerprint is None or not (earlier.words and earlier.sketch):
        return "nothing is kept of the text before"
    if earlier.exact:
        return "the same words"
    shared = kept(result, earlier)
    added = round(fingerprint.words * (1 - shared.share))
    removed = round(earlier.words * (1 - shared.other_share))
    # The difference in length is counted, the rest is estimated: the two must agree.
    grown = fingerprint.words - earlier.words
    added, removed = max(added, removed + grown), max(removed, added - grown)
    if not (added or removed):
        return "a word or a figure here and there"
    return f"about {shared.other_share:.0%} of the text kept, {added} words added, {removed} taken out"


def _title(result: PageResult, before: Sequence[Incident]) -> Iterator[str]:
    refs = (ref for one in before for ref in one.articles)
    known = next((ref for ref in refs if ref.id == result.article_id), None)
    if known and known.title and result.article and known.title != result.article.title:
        yield f"another title, it was “{known.title}”"


def _changes(before: Incident, after: Incident, article_id: str) -> Iterator[str]:
    """Yield what the article says otherwise of one incident; what others say of it is not its correction."""
    alone = _told_by(before) == (article_id,)
    for kind in TOLL_KINDS:
        was = _claimed(getattr(before.toll, kind), article_id)
        now = _claimed(getattr(after.toll, kind), article_id)
        if was != now:
            yield f"{before.id}: {kind} {now or 'untold'}, it was {was or 'untold'}"
    if not alone:
        return
    for name, was, now in (
        ("day", _day(before), _day(after)),
        ("place", _place(before), _place(after)),
        ("type", before.sub_event_type, after.sub_event_type),
    ):
        if was != now:
            yield f"{before.id}: {name} {now or 'untold'}, it was {was or 'untold'}"


def _told_by(incident: Incident) -> tuple[str, ...]:
    """Return the articles that tell an incident in words of their own."""
    refs: tuple[ArticleRef, ...] = incident.articles
    return tuple(ref.id for ref in refs if ref.lineage != "reprint")


def _claimed(count: Count | None, article_id: str) -> str:
    claims = (one for one in count.claims if one.article == article_id) if count else ()
    return " and ".join(dict.fromkeys(_figure(one.min, one.max) for one in claims))


def _figure(low: int, high: int | None) -> str:
    return f"{low}+" if high is None else f"{low}" if low == high else f"{low}–{high}"


def _day(incident: Incident) -> str:
    when = incident.date
    if when is None:
        return ""
    return f"{when.start}" if when.start == when.end else f"{when.start} to {when.end}"


def _place(incident: Incident) -> str:
    return incident.place.name if incident.place else ""
