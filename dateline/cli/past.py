"""What left the wire, read back from lines: envelopes, bare records, or what `dateline code` prints.

Owns the reading of such lines. Refuses to sort them, and to stop at one that is broken: it is told with its number.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from dateline.errors import BadRecord
from dateline.incidents.record import (
    Coding,
    Event,
    Incident,
    decode_envelope,
    decode_incident,
)

_CODING = msgspec.json.Decoder(Coding)

#: Of a line that knows no instant, when no line before it does.
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)


class Past(NamedTuple):
    """One thing that left the wire, or would have."""

    at: datetime
    event: Event
    incident: Incident


def past(lines: Iterable[bytes]) -> Iterator[Past | BadRecord]:
    """Yield what each line tells, or what is wrong with it; empty lines are passed over.

    A record is taken to be opened at version 1, updated at a later one, at the instant that it tells: its last
    change, or the publication of its first article. A line that tells none happened when the one before did.
    """
    at = _NO_TIME
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            for one in _read(line, at):
                at = one.at
                yield one
        except BadRecord as error:
            yield BadRecord(f"line {number}: {error}")


def _read(line: bytes, before: datetime) -> Iterator[Past]:
    try:
        keys = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise BadRecord(f"not a JSON object: {error}") from error
    if "incident" in keys:
        envelope = decode_envelope(line)
        yield Past(envelope.at, envelope.event, envelope.incident)
        return
    if "incidents" not in keys:
        yield _of_record(decode_incident(line), before)
        return
    try:
        coding = _CODING.decode(line)
    except (msgspec.DecodeError, ValueError) as error:
        raise BadRecord(f"not what `dateline code` prints: {error}") from error
    for incident in coding.incidents:
        yield _of_record(incident, before)


def _of_record(incident: Incident, before: datetime) -> Past:
    published = next((ref.published_at for ref in incident.articles if ref.published_at), None)
    at = incident.updated_at or incident.first_seen_at or published or before
    event: Event = "opened" if incident.version == 1 else "updated"
    if incident.status == "retracted":
        event = "retracted"
    elif incident.status == "merged":
        event = "merged"
    return Past(at if at.tzinfo else at.replace(tzinfo=UTC), event, incident)
