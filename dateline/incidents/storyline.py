"""Which story an article belongs to, and which stories it shows to be one.

Owns the names of stories: a story is called by the id of the first article that told of it, and keeps
that name. Refuses to decide whether two texts or two events are the same (``dedup.judge``, ``match``).

    storyline(PageResult, Verdict, LookUp, told, tie) -> Storyline
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from dateline.dedup.compare import compare
from dateline.model import Disposition
from dateline.resemblance import Neighbour, Resemblance, Verdict
from dateline.settlement import KnownIncident, LookUp, PageResult
from dateline.text.urls import article_id

KEPT = 0.3
"""Least share of an earlier version or of the new one that stands in the other, for it to be the same article still:
of 20,000 pairs of unlike Reuters news 28 have so much in common."""

ROUND_UP = 3
"""An article that tells so many events, of more than one story, is of none of them: it founds its own."""

_REPEATS = (Disposition.DUPLICATE, Disposition.REPRINT)
_NEVER = datetime.max.replace(tzinfo=UTC)


class Storyline(Struct, frozen=True, kw_only=True):
    """Where an article stands among the stories."""

    story: str
    #: Stories that go on under the name of ``story`` from now on.
    merged: tuple[str, ...] = ()
    #: The story that a revision no longer belongs to; empty for all else.
    left: str = ""


def storyline(
    result: PageResult, verdict: Verdict, look_up: LookUp, told: Sequence[str], tie: str = ""
) -> Storyline:
    """Return the story of an article, and what it ties together.

    A revision stays in its story unless it has nothing in common with it any more, in text or events. Else
    a copy belongs to the story of what it repeats, an article to that of the first event it tells; a
    round-up and an article that nothing came before are stories of their own. Two stories become one only
    where text and event say so: the older name stays. Deterministic; no name changes without being told.

    Args:
        result: what was read of the article.
        verdict: what its text is to its neighbours.
        look_up: the neighbourhood; ``stories`` of incidents, ``story`` of neighbours, ``earlier``.
        told: ids of the incidents that it tells, in text order; those it opens are not in ``look_up``.
        tie: id of a known incident that is the one event of the article and of the text it repeats.
    """
    earlier = look_up.earlier
    before = (earlier.story or result.article_id) if earlier else ""
    left = before if earlier and _has_left(result, earlier, before, look_up, told) else ""
    own = _renamed(result) if left else result.article_id
    by_text = before if before and not left else _of_copy(verdict, look_up)
    story = by_text or _of_events(told, look_up, own)
    other = _of_incident(tie, look_up) if tie and by_text else ""
    if not other or other == story:
        return Storyline(story=story, left="" if left == story else left)
    older, younger = sorted((story, other), key=lambda name: _age(name, look_up))
    return Storyline(story=older, merged=(younger,), left="" if left == older else left)


def kept(result: PageResult, earlier: Neighbour) -> Resemblance:
    """Return what a revision has in common with its earlier version."""
    if earlier.exact or result.fingerprint is None:
        return Resemblance(similarity=1.0, share=1.0, other_share=1.0)
    return compare(result.fingerprint.sketch, earlier.sketch)


def _has_left(
    result: PageResult, earlier: Neighbour, before: str, look_up: LookUp, told: Sequence[str]
) -> bool:
    if any(one in look_up.incidents and _of_incident(one, look_up) == before for one in told):
        return False
    if not earlier.sketch:
        return False  # the index has dropped it, or it had no words: nothing says that it is another text
    shared = kept(result, earlier)
    # A teaser that grew into an article, or an article cut to one, shares all of the shorter text.
    return max(shared.similarity, shared.share, shared.other_share) < KEPT


def _of_copy(verdict: Verdict, look_up: LookUp) -> str:
    if verdict.disposition not in _REPEATS or not verdict.of:
        return ""
    original = next((one for one in look_up.neighbours if one.id == verdict.of), None)
    return (original and (original.story or original.of)) or verdict.of


def _of_events(told: Sequence[str], look_up: LookUp, own: str) -> str:
    """Return the story of the first event: news begins with what is new, and names what came before it later."""
    events = tuple(dict.fromkeys(told))
    stories = [_of_incident(one, look_up) if one in look_up.incidents else own for one in events]
    if not stories or (len(events) >= ROUND_UP and len(set(stories)) > 1):
        return own
    return stories[0]


def _of_incident(incident_id: str, look_up: LookUp) -> str:
    """Return an incident's story; one that was settled before stories were kept has its first article's name."""
    if story := look_up.stories.get(incident_id, ""):
        return story
    known = look_up.incidents.get(incident_id)
    return known.record.articles[0].id if known and known.record.articles else ""


def _age(story: str, look_up: LookUp) -> tuple[datetime, int, str]:
    """Order stories from the oldest: by the incidents that were published of them, then by their articles."""
    seen = min(_first_seen(story, look_up, look_up.incidents), default=_NEVER)
    places = [place for place, one in enumerate(look_up.neighbours) if story in (one.story, one.id)]
    return seen, min(places, default=len(look_up.neighbours)), story


def _first_seen(story: str, look_up: LookUp, incidents: Mapping[str, KnownIncident]) -> list[datetime]:
    return [
        known.record.first_seen_at
        for incident_id, known in incidents.items()
        if known.record.first_seen_at and _of_incident(incident_id, look_up) == story
    ]


def _renamed(result: PageResult) -> str:
    """Return a name for the story of a revision that has left one that may bear the article's own name."""
    return article_id(f"story://{result.article_id}/{result.version}")
