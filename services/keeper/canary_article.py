"""The article that a canary is, and what must be coded of it.

Pure. Owns the text and its one incident. The words are our own, and so is the event: nobody ever bombed the boathouse
of Longyearbyen, and no wire will tell of it but to its own keeper. Its address cannot be one (RFC 6761, `.invalid`).
"""

from datetime import UTC, date, datetime, timedelta
from html import escape

from dateline.errors import BadRecord
from dateline.incidents.record import Envelope, Incident, decode_envelope
from dateline.model import Entry, Page
from dateline.store.keys import CANARY

KILLED, WOUNDED = 3, 5

_TITLE = "Bomb in Longyearbyen boathouse kills three people and wounds five"

_PARAGRAPHS = (
    "A bomb exploded in a boathouse in Longyearbyen, Svalbard, on {day}, killing three people and wounding five, police said.",
    "The blast tore off the roof and broke windows along the harbour. Firefighters put out the flames within an hour.",
    "Police closed the road to the harbour and asked residents to stay at home. The boathouse had stood empty for months.",
    "Canary number {number}, written at {clock} UTC.",
)


def canary(at: datetime) -> Page:
    """Return the canary of an instant (aware): its number, which stands in its id, is that instant in milliseconds."""
    number = int(at.timestamp() * 1000)
    address = f"https://canary.invalid/{number}"
    day = _day(number)
    words = {"day": f"{day.day} {day:%B %Y}", "number": number, "clock": f"{at.astimezone(UTC):%H:%M:%S}"}
    body = "".join(f"<p>{escape(one.format(**words))}</p>" for one in _PARAGRAPHS)
    title = escape(_TITLE)
    html = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
    return Page(
        article_id=f"{CANARY}{number}",
        feed_id="canary",
        entry=Entry(guid=address, url=address, title=_TITLE, published_at=at),
        url=address,
        body=html.encode(),
        content_type="text/html; charset=utf-8",
        language="en",
        accepted_at=at,
    )


def amiss(article_id: str, envelopes: str) -> str:
    """Return what is wrong with the envelopes (a line each) that a canary came to; nothing when all is as it must be."""
    lines = envelopes.splitlines()
    if len(lines) != 1:
        return f"{len(lines)} envelopes instead of 1"
    try:
        envelope = decode_envelope(lines[0].encode())
    except BadRecord as error:
        return str(error)
    told, due = _told(envelope), _due(article_id)
    return "; ".join(f"{name} is {told[name]}, not {due[name]}" for name in due if told[name] != due[name])


def _due(article_id: str) -> dict[str, object]:
    day = _day(int(article_id.removeprefix(CANARY)))
    return {
        "event": "opened",
        "class": "fresh",
        "sub-event type": "Remote explosive/landmine/IED",
        "place": "Longyearbyen, SJ",
        "days": (day, day),
        "killed": (KILLED, KILLED),
        "wounded": (WOUNDED, WOUNDED),
        "articles": [article_id],
    }


def _told(envelope: Envelope) -> dict[str, object]:
    one = envelope.incident
    return {
        "event": envelope.event,
        "class": one.class_,
        "sub-event type": one.sub_event_type,
        "place": f"{one.place.name}, {one.place.iso2}" if one.place else "unknown",
        "days": (one.date.start, one.date.end) if one.date else "unknown",
        "killed": _count(one, "killed"),
        "wounded": _count(one, "wounded"),
        "articles": [ref.id for ref in one.articles],
    }


def _count(one: Incident, kind: str) -> object:
    count = getattr(one.toll, kind)
    return (count.min, count.max) if count else "unknown"


def _day(number: int) -> date:
    """The day before that of the canary, UTC: an event of the past wherever one reads of it."""
    return (datetime.fromtimestamp(number / 1000, UTC) - timedelta(days=1)).date()
