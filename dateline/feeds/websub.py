"""What WebSub says to a subscriber, and what a subscriber says back (W3C Recommendation, 2018).

Pure. Owns which hub and topic a feed names, the form of a request, whether a push is signed, what
a hub's GET on the callback means, and when to ask again. Refuses to remember and to decide about
one subscription: ``services.poller.websub.course`` does, over the store's record.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from urllib.parse import urlencode

from msgspec import Struct

PATH = "/v1/websub/"
"""Where callbacks live below the public address; the subscription's token follows."""

ASKED_LEASE_S = 10 * 86_400
"""The lease that we ask for: long enough to be rare, short enough that a lost record is soon forgotten."""

ASSUMED_LEASE_S = 86_400
"""The lease when the hub names none, against its duty (section 5.3); hubs of version 0.3 do so."""

MAX_LEASE_S = 30 * 86_400
"""A longer lease is taken for this long: the Recommendation knows no subscription for ever."""

MIN_RENEWAL_S = 300
"""No lease is renewed sooner: a hub with shorter ones is polled in between."""

FIRST_RETRY_S = 60
MAX_RETRY_S = 6 * 3600
"""Waits after a failed request double from the first to the longest."""

MAX_ATTEMPTS = 8
"""Requests in a row that fail, over about four hours, before a hub is left alone for ``REST_S``."""

REST_S = 7 * 86_400
"""A hub that denied, or that never answered, is asked again after a week."""

MAX_URL_CHARACTERS = 2048
"""A longer hub or topic is not taken up: hubs refuse such requests."""

MAX_CHALLENGE_CHARACTERS = 2048

_URL = re.compile(r"https?://[^\s\x00-\x20\x7f]+\Z", re.IGNORECASE)
_SIGNATURE = re.compile(r"\s*(sha1|sha256|sha384|sha512)=([0-9a-f]{40,128})\s*\Z", re.IGNORECASE)


class Named(Struct, frozen=True):
    """The hub of a feed, and the address that the hub knows the feed by."""

    hub: str
    topic: str


class Signature(StrEnum):
    """What the signature of a push is worth."""

    GOOD = "good"
    MISSING = "missing"
    BAD = "bad"


class Mode(StrEnum):
    """What a request to a hub asks for, or what a hub's GET says."""

    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"
    DENIED = "denied"


class Message(Struct, frozen=True, kw_only=True):
    """A hub's GET on a callback."""

    mode: Mode
    topic: str
    #: To be sent back word for word; empty only for a denial.
    challenge: str = ""
    #: How long the subscription will stand, in seconds, 1 to ``MAX_LEASE_S``.
    lease_s: int = ASSUMED_LEASE_S
    #: Why it was denied, as the hub puts it, at most 200 characters.
    reason: str = ""


def named(links: Sequence[tuple[str, str]], hubs: Sequence[str], topic: str, url: str) -> Named | None:
    """Return the hub and topic that a feed names, or None when it names no hub.

    ``links`` are (relation, absolute address) of the answer's Link headers: when they name a hub,
    what the body says (``hubs``, ``topic``) is not asked (section 4). A feed that names a hub but
    not itself is taken for its own address ``url``. Of several hubs the first is used: a publisher
    tells all of them.
    """
    in_header = [address for relation, address in links if relation == "hub"]
    itself = next((address for relation, address in links if relation == "self"), "")
    topics = (itself, topic, url) if in_header else (topic, itself, url)
    hub = next(filter(_usable, in_header or hubs), None)
    self_url = next(filter(_usable, topics), None)
    return Named(hub, self_url) if hub and self_url else None


def callback(base_url: str, token: str) -> str:
    """Return the address under which a hub reaches the subscription of ``token``."""
    return base_url.rstrip("/") + PATH + token


def request(mode: Mode, callback_url: str, topic: str, secret: str) -> bytes:
    """Return the form that asks a hub to subscribe or unsubscribe (section 5.1).

    ``hub.verify`` is for hubs of version 0.3, which refuse requests without it; others pass it over.
    """
    fields = {
        "hub.callback": callback_url,
        "hub.mode": mode.value,
        "hub.topic": topic,
        "hub.verify": "async",
    }
    if mode is Mode.SUBSCRIBE:
        fields |= {"hub.lease_seconds": str(ASKED_LEASE_S), "hub.secret": secret}
    return urlencode(fields).encode("ascii")


def signature(header: str | None, secret: str, body: bytes) -> Signature:
    """Judge ``X-Hub-Signature`` (method=hex) of a push, in constant time; what cannot be read is bad.

    The methods are those of section 7.1.1, SHA-1 among them, which most hubs still use: forging an
    HMAC needs more than the collisions that SHA-1 is broken by.
    """
    if not header or not header.strip():
        return Signature.MISSING
    match = _SIGNATURE.match(header)
    if not match:
        return Signature.BAD
    expected = hmac.new(secret.encode(), body, getattr(hashlib, match[1].lower())).hexdigest()
    return Signature.GOOD if hmac.compare_digest(expected, match[2].lower()) else Signature.BAD


def message(query: Mapping[str, str]) -> Message | None:
    """Return what a GET with this query says, or None when it is not a hub's."""
    topic, challenge = query.get("hub.topic", ""), query.get("hub.challenge", "")
    try:
        mode = Mode(query.get("hub.mode", ""))
    except ValueError:
        return None
    if not topic or (mode is not Mode.DENIED and not 0 < len(challenge) <= MAX_CHALLENGE_CHARACTERS):
        return None
    return Message(
        mode=mode,
        topic=topic,
        challenge=challenge,
        lease_s=_lease_s(query.get("hub.lease_seconds", "")),
        reason=query.get("hub.reason", "")[:200],
    )


def renew_after_s(lease_s: int, jitter: float) -> float:
    """Return how long after a verification to ask again: four fifths of the lease, a twentieth more or less.

    ``jitter`` lies between 0 and 1.
    """
    return max(lease_s * (0.75 + 0.1 * jitter), MIN_RENEWAL_S)


def retry_after_s(attempts: int, jitter: float, asked_s: int | None = None) -> float:
    """Return how long to wait after ``attempts`` failed requests in a row (1 or more).

    ``jitter`` lies between 0 and 1 and moves the wait by a quarter; ``asked_s`` is the hub's Retry-After,
    which is kept.
    """
    wait_s = min(FIRST_RETRY_S * 2.0 ** (min(attempts, 30) - 1), MAX_RETRY_S)
    return max(wait_s * (0.75 + 0.5 * jitter), asked_s or 0)


def rest_s(jitter: float) -> float:
    """Return how long a hub that will not have us is left alone, in seconds; ``jitter`` between 0 and 1."""
    return REST_S * (0.9 + 0.2 * jitter)


def _usable(url: str) -> bool:
    return len(url) <= MAX_URL_CHARACTERS and _URL.match(url) is not None


def _lease_s(value: str) -> int:
    value = value.strip()
    # A digit run of any length is a number to a hub's clock; ten digits are past every lease.
    seconds = int(value[:10]) if value.isascii() and value.isdigit() else 0
    return min(seconds, MAX_LEASE_S) or ASSUMED_LEASE_S
