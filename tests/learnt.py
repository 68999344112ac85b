"""A feed that has been polled, and what its next poll finds: one line for each in a test of learning."""

import make
from msgspec.structs import replace

from dateline.model import FeedRhythm, FeedState, ParsedFeed
from dateline.store.feeds import Claim
from services.poller.fetch import Fetched
from services.poller.learning import Findings

OLD = FeedState(
    rhythm=FeedRhythm(interval_s=900, next_poll_at=make.NOW, error_streak=2),
    etag='"old"',
    last_modified="yesterday",
    body_hash="oldhash",
    polls=7,
    last_error="HTTP 500",
    last_error_reason="http_status",
    title="The Post",
)
PARSED = ParsedFeed(format="rss20", title="")
BODY = b"<rss><channel></channel></rss>"


def claim(state: FeedState | None = OLD, **feed: object) -> Claim:
    return Claim(feed=make.feed(**feed), state=state, token="t")


def found(**fields: object) -> Findings:
    fetched = Fetched(
        status=200, url_final="http://x.test/", headers={}, body=BODY, etag='"new"', last_modified="today"
    )
    return replace(
        Findings(fetched=fetched, body_hash="newhash", parsed=PARSED, pages=(make.page(),), novel=1), **fields
    )


def answer(**fields: object) -> Fetched:
    """A whole answer with the body that ``found`` has, and other headers."""
    given: dict[str, object] = {"status": 200, "url_final": "http://x.test/", "headers": {}, "body": BODY}
    return Fetched(**{**given, **fields})  # type: ignore[arg-type] - builder: fields by name


def cut(framed: bool) -> Fetched:
    return Fetched(
        status=200, url_final="", headers={}, body=b"<rss><channel><item>", etag='"new"', framed=framed
    )


def make_rhythm(interval_s: int) -> FeedRhythm:
    return FeedRhythm(interval_s=interval_s, next_poll_at=make.NOW)
