"""The incident record: its codec, its schema, and what it refuses."""

import json
from datetime import UTC, date, datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from make import NOW, incident

from dateline.errors import BadRecord
from dateline.incidents.record import (
    TOLL_KINDS,
    Actor,
    Actors,
    ArticleRef,
    Claim,
    Count,
    Envelope,
    Evidence,
    Group,
    Incident,
    Place,
    Plover,
    Source,
    Toll,
    When,
    decode_envelope,
    decode_incident,
    encode,
    json_schema,
)

VALIDATOR = Draft202012Validator(json_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)

texts = st.text(max_size=12)
instants = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
shares = st.floats(0, 1)
numbers = st.integers(0, 10**6)
claims = st.builds(
    Claim, source=texts, min=numbers, max=st.none() | numbers, as_of=st.none() | instants, article=texts
)
groups = st.builds(Group, group=texts, min=numbers, max=st.none() | numbers)
counts = st.builds(
    Count,
    min=numbers,
    max=st.none() | numbers,
    approx=st.booleans(),
    breakdown=st.lists(groups, max_size=2).map(tuple),
    claims=st.lists(claims, max_size=2).map(tuple),
)
actors = st.lists(st.builds(Actor, name=texts, id=st.none() | texts, inferred=st.booleans()), max_size=2).map(
    tuple
)
incidents = st.builds(
    Incident,
    id=texts,
    version=st.integers(1, 99),
    class_=st.sampled_from(["fresh", "aggregate", "background"]),
    confidence=shares,
    event_type=texts,
    sub_event_type=texts,
    disorder_type=texts,
    plover=st.none() | st.builds(Plover, event=texts, mode=st.none() | texts),
    date=st.none() | st.builds(When, start=days, end=days, precision=st.sampled_from([1, 2, 3]), text=texts),
    place=st.none()
    | st.builds(
        Place,
        name=texts,
        lat=st.none() | st.floats(-90, 90),
        lon=st.none() | st.floats(-180, 180),
        geo_precision=st.none() | st.sampled_from([1, 2, 3]),
    ),
    actors=st.builds(Actors, perpetrator=actors, target=actors, other=actors),
    toll=st.builds(Toll, **{kind: st.none() | counts for kind in TOLL_KINDS}),
    assertion=st.sampled_from(["reported", "claimed", "alleged", "suspected", "attempted", "denied"]),
    sources=st.lists(st.builds(Source, name=texts), max_size=2).map(tuple),
    articles=st.lists(st.builds(ArticleRef, id=texts, published_at=st.none() | instants), max_size=2).map(
        tuple
    ),
    evidence=st.lists(
        st.builds(
            Evidence, article=texts, start=numbers, end=numbers, text=texts, supports=st.just(("date",))
        ),
        max_size=2,
    ).map(tuple),
    first_seen_at=st.none() | instants,
)
envelopes = st.builds(
    Envelope,
    seq=st.just("1773304800000-0"),
    event=st.sampled_from(["opened", "updated", "merged", "retracted"]),
    at=instants,
    incident=incidents,
    changed=st.lists(st.sampled_from(["toll", "place", "articles"]), unique=True).map(tuple),
)


def plain(**fields) -> dict:
    """An envelope of an ordinary incident as a reader gets it, with parts of it replaced."""
    made = Envelope(seq="1-0", event="opened", at=NOW, incident=incident(1))
    return json.loads(encode(made)) | fields


@settings(max_examples=60, deadline=None)
@given(incidents)
def test_an_incident_survives_its_codec(made: Incident) -> None:
    """decode(encode(x)) == x, whatever the text."""
    assert decode_incident(encode(made)) == made


@settings(max_examples=60, deadline=None)
@given(envelopes)
def test_an_envelope_survives_its_codec_and_fits_the_schema(made: Envelope) -> None:
    """What leaves the wire validates against the published JSON Schema, by a validator that is not ours."""
    data = encode(made)
    assert decode_envelope(data) == made
    VALIDATOR.validate(json.loads(data))


def test_the_schema_is_a_schema() -> None:
    """It is valid JSON Schema 2020-12, and says so."""
    schema = json.loads(json.dumps(json_schema()))
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("event",), "deleted"),
        (("seq",), 7),
        (("incident", "class"), "rumour"),
        (("incident", "schema"), 2),
        (("incident", "toll", "killed", "min"), "seven"),
        (("incident", "place", "geo_precision"), 4),
        (("incident", "assertion"), "rumoured"),
    ],
)
def test_schema_and_codec_refuse_the_same(path: tuple[str, ...], value: object) -> None:
    """A reader that validates and one that decodes agree on what is no envelope."""
    bad = plain()
    inner = bad
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    with pytest.raises(ValidationError):
        VALIDATOR.validate(bad)
    with pytest.raises(BadRecord):
        decode_envelope(json.dumps(bad))


@pytest.mark.parametrize("missing", ["seq", "event", "at", "incident"])
def test_an_envelope_without_a_part_is_refused(missing: str) -> None:
    """Its four parts are always there."""
    bad = plain()
    del bad[missing]
    with pytest.raises(BadRecord):
        decode_envelope(json.dumps(bad))


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"null", b"{}", b"\xff\xfe", b'"text"', b"1e999", b"[" * 5000]
)
def test_what_is_no_record_is_a_bad_record(data: bytes) -> None:
    """Whatever stands in the store or comes in: one named error, never another exception."""
    with pytest.raises(BadRecord):
        decode_incident(data)
    with pytest.raises(BadRecord):
        decode_envelope(data)


def test_an_unknown_field_is_let_pass() -> None:
    """A later minor version may add a field; today's reader goes on."""
    grown = plain(note="new")
    grown["incident"]["mood"] = "grim"
    assert decode_envelope(json.dumps(grown)).incident == incident(1)


def test_the_published_name_of_the_class_is_class() -> None:
    """JSON says "class" and "schema", whatever Python calls them."""
    written = json.loads(encode(incident(1)))
    assert (written["class"], written["schema"]) == ("fresh", 1)
    assert "class_" not in written


def test_instants_are_written_in_utc() -> None:
    """A reader in any language sees where an instant lies."""
    written = json.loads(encode(msgspec.structs.replace(incident(1), updated_at=NOW)))
    assert written["updated_at"] == "2026-03-12T09:00:00Z"


def test_a_record_nested_without_end_is_a_bad_record() -> None:
    """Depth that no parser bears is refused by name, like any other damage."""
    deep = b'{"mood":' + b"[" * 200_000 + b"]" * 200_000 + b"}"
    with pytest.raises(BadRecord):
        decode_incident(deep)
    with pytest.raises(BadRecord):
        decode_envelope(deep)
