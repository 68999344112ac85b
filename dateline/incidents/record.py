"""The incident record, schema 1: its shape, its codec and its JSON Schema.

Owns what leaves the wire. Refuses to decide anything: coding fills it in, matching merges it.
Field names and meanings are the published contract; they change only with a decision record.
"""

from datetime import date, datetime
from typing import Any, Literal

import msgspec
from msgspec import Struct, field

from dateline.errors import BadRecord

SCHEMA = 1

IncidentClass = Literal["fresh", "aggregate", "background"]
Assertion = Literal["reported", "claimed", "alleged", "suspected", "attempted", "denied"]
Event = Literal["opened", "updated", "merged", "retracted"]
Status = Literal["open", "merged", "retracted"]
Severity = Literal["low", "medium", "high", "critical"]
#: What happened to an incident as a whole, beside the growth of its fields.
Turn = Literal["merged", "split", "denied", "corrected", "retracted", "restored"]
TOLL_KINDS = ("killed", "wounded", "abducted", "released", "missing", "arrested")


class When(Struct, frozen=True, kw_only=True):
    """Day or days of the event. precision: 1 the day, 2 the week, 3 the month (ACLED)."""

    start: date
    end: date
    precision: Literal[1, 2, 3]
    #: The words that say it; empty when inferred from the publication.
    text: str = ""
    #: The date is that of the report; the event's own day is not told.
    is_report_date: bool = False
    inferred: bool = False


class Place(Struct, frozen=True, kw_only=True):
    """Where. WGS 84 decimal degrees, 4 decimals. geo_precision: 1 a town, 2 near it, 3 a region."""

    name: str
    admin1: str | None = None
    admin2: str | None = None
    country: str | None = None
    iso2: str | None = None
    iso_numeric: int | None = None
    lat: float | None = None
    lon: float | None = None
    geo_precision: Literal[1, 2, 3] | None = None
    geonameid: int | None = None
    radius_km: float | None = None
    text: str = ""
    inferred: bool = False


class Actor(Struct, frozen=True, kw_only=True):
    """Who. ``id`` is stable within the actor data; ``kind`` is ACLED's (state forces, rebel group, …)."""

    name: str
    id: str | None = None
    kind: str | None = None
    inferred: bool = False


class Actors(Struct, frozen=True, kw_only=True):
    perpetrator: tuple[Actor, ...] = ()
    target: tuple[Actor, ...] = ()
    other: tuple[Actor, ...] = ()


class Group(Struct, frozen=True, kw_only=True):
    """A part of a count: "two children" of nine killed."""

    group: str
    min: int
    max: int | None = None


class Claim(Struct, frozen=True, kw_only=True):
    """A count as one source gave it in one article. A revised article replaces its own."""

    source: str
    min: int
    max: int | None = None
    as_of: datetime | None = None
    article: str = ""


class Count(Struct, frozen=True, kw_only=True):
    """People counted. max null is open ("at least 7"); approx marks "dozens", "about 20"."""

    min: int
    max: int | None = None
    approx: bool = False
    breakdown: tuple[Group, ...] = ()
    claims: tuple[Claim, ...] = ()


class Toll(Struct, frozen=True, kw_only=True):
    killed: Count | None = None
    wounded: Count | None = None
    abducted: Count | None = None
    released: Count | None = None
    missing: Count | None = None
    arrested: Count | None = None


class Source(Struct, frozen=True, kw_only=True):
    """Who says so, as cited in the text."""

    name: str
    kind: str | None = None


class ArticleRef(Struct, frozen=True, kw_only=True):
    id: str
    url: str = ""
    title: str = ""
    publisher: str = ""
    published_at: datetime | None = None
    lineage: Literal["original", "reprint", "retelling", "independent"] = "original"
    #: Whom its text credits: an agency, a publisher or a host name; empty when it credits nobody.
    origin: str = ""
    #: A machine has reworded another article: its figures and names are not to be relied upon.
    spun: bool = False


class Evidence(Struct, frozen=True, kw_only=True):
    """Characters start to end of the article's clean text, and the fields that they prove."""

    article: str
    start: int
    end: int
    text: str
    supports: tuple[str, ...] = ()


class Plover(Struct, frozen=True, kw_only=True):
    event: str
    mode: str | None = None


class Step(Struct, frozen=True, kw_only=True):
    """One turn in the life of an incident: what happened, because of which article, and why."""

    event: Turn
    at: datetime
    #: The other incident of a merge or a split.
    incident: str = ""
    article: str = ""
    #: The sentence or the rule that decided.
    reason: str = ""


class Incident(Struct, frozen=True, kw_only=True):
    """One incident, statistic or background mention. See docs/record.md for every field."""

    schema: Literal[1] = 1
    id: str
    version: int = 1
    class_: IncidentClass = field(name="class")
    confidence: float
    needs_review: bool = False
    event_type: str
    sub_event_type: str
    disorder_type: str
    civilian_targeting: bool = False
    plover: Plover | None = None
    gtd_attacktype: str | None = None
    date: When | None = None
    place: Place | None = None
    actors: Actors = field(default_factory=Actors)
    toll: Toll = field(default_factory=Toll)
    n_events: int | None = None
    n_strikes: int | None = None
    assertion: Assertion = "reported"
    sources: tuple[Source, ...] = ()
    articles: tuple[ArticleRef, ...] = ()
    independent_sources: int = 1
    evidence: tuple[Evidence, ...] = ()
    first_seen_at: datetime | None = None
    updated_at: datetime | None = None
    language: str | None = None
    #: open, merged into another, or retracted. A closed record stays readable, and a retracted one may open again.
    status: Status = "open"
    #: The incident under which this one goes on; null unless merged.
    merged_into: str | None = None
    #: Merges, splits, denials and retractions, the oldest first.
    history: tuple[Step, ...] = ()
    #: How grave, by type and toll (``incidents.severity``).
    severity: Severity = "low"
    #: Names of the watches that it meets.
    watches: tuple[str, ...] = ()


class Retraction(Struct, frozen=True, kw_only=True):
    """What an article takes back or disputes of an event that was told, by it or by others.

    withdrawn: a publisher takes back its report. untrue: it did not happen. cause: it was something else, a demolition
    or fireworks. toll: counts are taken back. denied: somebody did not do it, which takes nothing back.
    """

    kind: Literal["withdrawn", "untrue", "cause", "toll", "denied"]
    #: Who says so, or whose report is withdrawn; None for the article itself.
    by: Source | None = None
    said: Evidence
    #: What it speaks of, as a mention to look it up by; it opens nothing. None where nothing is told of it.
    about: Incident | None = None
    #: Of a toll that is taken back: the counts in its place, of the same kinds of harm.
    toll: Toll = field(default_factory=Toll)


class Coding(Struct, frozen=True, kw_only=True):
    """What coding makes of one article. The incidents are of every class, in text order."""

    #: Calibrated probability, 0 to 1, that the article tells of an incident at all.
    relevance: float
    relevant: bool
    incidents: tuple[Incident, ...] = ()
    retractions: tuple[Retraction, ...] = ()


class Envelope(Struct, frozen=True, kw_only=True):
    """What leaves the wire. ``seq`` is the stream id; ``changed`` names top-level fields of the record."""

    seq: str
    event: Event
    at: datetime
    incident: Incident
    changed: tuple[str, ...] = ()


class Alert(Struct, frozen=True, kw_only=True):
    """An incident that met a watch and was not held back. ``seq`` is the id in the stream of alerts."""

    seq: str
    at: datetime
    watch: str
    severity: Severity
    event: Event
    incident: Incident
    #: Incidents that met this watch while it cooled down, since its last alert; the newest ids of them.
    held_back: int = 0
    held_back_ids: tuple[str, ...] = ()


_ENCODER = msgspec.json.Encoder()
_INCIDENT = msgspec.json.Decoder(Incident)
_ENVELOPE = msgspec.json.Decoder(Envelope)


def encode(value: Incident | Envelope | Coding) -> bytes:
    """Return JSON, UTF-8. ``decode_incident(encode(x)) == x``."""
    return _ENCODER.encode(value)


def decode_incident(data: bytes | str) -> Incident:
    """Return the record that JSON holds.

    Raises:
        BadRecord: not JSON, or not of schema 1.
    """
    try:
        return _INCIDENT.decode(data)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise BadRecord(f"not an incident of schema {SCHEMA}: {error}") from error


def decode_envelope(data: bytes | str) -> Envelope:
    """Return the envelope that JSON holds.

    Raises:
        BadRecord: not JSON, or not an envelope of schema 1.
    """
    try:
        return _ENVELOPE.decode(data)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise BadRecord(f"not an envelope of schema {SCHEMA}: {error}") from error


def json_schema(of: type[Envelope] | type[Alert] = Envelope) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the envelope or the alert, the published contract of schema 1."""
    (top,), components = msgspec.json.schema_components([of], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Dateline incident {of.__name__.lower()}, schema {SCHEMA}",
        **top,
        "$defs": components,
    }
