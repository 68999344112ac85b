"""What WebSub says to a subscriber, as the Recommendation has it."""

import hashlib
import hmac
from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.feeds import websub
from dateline.feeds.websub import Message, Mode, Named, Signature

HUB, OTHER = "https://hub.example/", "https://other.example/hub"
FEED, SELF = "https://news.example/feed.xml", "https://news.example/feed"


def test_headers_win_over_the_body() -> None:
    """A hub in a Link header makes what the body says of hubs and itself void (section 4)."""
    links = [("hub", HUB), ("self", SELF)]
    assert websub.named(links, [OTHER], "https://news.example/old", FEED) == Named(HUB, SELF)


def test_without_headers_the_body_speaks() -> None:
    """No hub in the headers: the feed's own links count."""
    assert websub.named([], [OTHER, HUB], SELF, FEED) == Named(OTHER, SELF)
    assert websub.named([("self", FEED)], [HUB], SELF, FEED) == Named(HUB, SELF)


def test_a_feed_that_does_not_name_itself_is_its_address() -> None:
    """Many name a hub and forget rel=self: the address that answered stands for it."""
    assert websub.named([("hub", HUB)], [], "", FEED) == Named(HUB, FEED)
    assert websub.named([], [HUB], "not an address", FEED) == Named(HUB, FEED)


def test_no_hub_no_subscription() -> None:
    """Feeds without a hub, or with one that is no web address, are only polled."""
    assert websub.named([("self", SELF)], [], SELF, FEED) is None
    for hub in ("mailto:a@b.example", "/hub", "https://hub.example/a b", "https://" + "h" * 3000):
        assert websub.named([], [hub], SELF, FEED) is None
    assert websub.named([], ["ftp://hub.example/", HUB], SELF, FEED) == Named(HUB, SELF)


def test_the_request_is_the_form_of_the_recommendation() -> None:
    """Callback, mode, topic, lease and secret in a form; an unsubscription carries no secret."""
    address = websub.callback("https://wire.example/", "tok")
    assert address == "https://wire.example/v1/websub/tok"
    form = parse_qs(
        websub.request(Mode.SUBSCRIBE, address, SELF + "?a=1&b=ü", "s3cret").decode(), strict_parsing=True
    )
    assert form == {
        "hub.callback": [address],
        "hub.mode": ["subscribe"],
        "hub.topic": [SELF + "?a=1&b=ü"],
        "hub.verify": ["async"],
        "hub.lease_seconds": [str(websub.ASKED_LEASE_S)],
        "hub.secret": ["s3cret"],
    }
    assert b"secret" not in websub.request(Mode.UNSUBSCRIBE, address, SELF, "s3cret")


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512", "SHA256"])
def test_signatures_of_every_method_are_checked(method: str) -> None:
    """Each registered method is understood, in any case; another key, body or method is not good."""
    digest = hmac.new(b"key", b"body", getattr(hashlib, method.lower())).hexdigest()
    assert websub.signature(f"{method}={digest}", "key", b"body") is Signature.GOOD
    assert websub.signature(f"{method}={digest.upper()}", "key", b"body") is Signature.GOOD
    assert websub.signature(f"{method}={digest}", "other", b"body") is Signature.BAD
    assert websub.signature(f"{method}={digest}", "key", b"bodY") is Signature.BAD
    assert websub.signature(f"{method}={digest[:-1]}", "key", b"body") is Signature.BAD


@pytest.mark.parametrize(
    "header",
    [
        "sha1",
        "sha1=",
        "=00",
        "md5=" + "0" * 32,
        "sha1=" + "g" * 40,
        "sha256=" + "é" * 64,
        "sha1=" + "0" * 5000,
    ],
)
def test_malformed_signatures_are_bad(header: str) -> None:
    """What cannot be read is refused, not raised; nothing at all is told apart."""
    assert websub.signature(header, "key", b"body") is Signature.BAD
    assert websub.signature(None, "key", b"body") is Signature.MISSING
    assert websub.signature(" ", "key", b"body") is Signature.MISSING


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_reading_a_signature_is_total(header: str) -> None:
    """No header raises, and none that was not made with the key is good."""
    assert websub.signature(header, "key", b"body") is not Signature.GOOD


def test_messages_are_read() -> None:
    """The three things that a hub says, and no other."""
    query = {"hub.mode": "subscribe", "hub.topic": SELF, "hub.challenge": "c", "hub.lease_seconds": "600"}
    assert websub.message(query) == Message(mode=Mode.SUBSCRIBE, topic=SELF, challenge="c", lease_s=600)
    assert websub.message({"hub.mode": "denied", "hub.topic": SELF, "hub.reason": "no"}) == Message(
        mode=Mode.DENIED, topic=SELF, reason="no"
    )
    for name in ("hub.mode", "hub.topic", "hub.challenge"):
        assert websub.message({key: value for key, value in query.items() if key != name}) is None
    assert websub.message(query | {"hub.mode": "publish"}) is None
    assert websub.message(query | {"hub.challenge": "c" * 5000}) is None


@pytest.mark.parametrize(
    ("said", "lease_s"),
    [
        ("600", 600),
        ("", 86_400),
        ("0", 86_400),
        ("-5", 86_400),
        ("1e9", 86_400),
        ("9" * 4000, websub.MAX_LEASE_S),
    ],
)
def test_leases_are_bounded(said: str, lease_s: int) -> None:
    """A lease that is none is taken for a day; none stands for ever."""
    query = {"hub.mode": "subscribe", "hub.topic": SELF, "hub.challenge": "c", "hub.lease_seconds": said}
    message = websub.message(query)
    assert message is not None
    assert message.lease_s == lease_s


@settings(max_examples=60)
@given(st.integers(1, websub.MAX_LEASE_S), st.floats(0, 1))
def test_renewal_comes_before_the_end(lease_s: int, jitter: float) -> None:
    """Renewal falls between 75 and 85 % of the lease, and never sooner than five minutes."""
    wait_s = websub.renew_after_s(lease_s, jitter)
    assert wait_s == websub.MIN_RENEWAL_S or 0.75 * lease_s <= wait_s <= 0.85 * lease_s


@settings(max_examples=60)
@given(st.integers(1, 10_000), st.floats(0, 1), st.integers(0, 604_800) | st.none())
def test_waits_grow_to_a_bound(attempts: int, jitter: float, asked_s: int | None) -> None:
    """A hub that fails is asked ever more rarely, at least every 7.5 hours, and never before it wants to be."""
    wait_s = websub.retry_after_s(attempts, jitter, asked_s)
    assert wait_s >= max(45, asked_s or 0)
    assert wait_s <= max(1.25 * websub.MAX_RETRY_S, asked_s or 0)
    assert websub.retry_after_s(attempts + 1, jitter, asked_s) >= wait_s
