"""What a row of the catalog says: its codec, the address it goes by, how the feed stands.

Pure. Owns the identity of a feed by its address, as the store keeps it, and what a change of the
catalog leaves of a row. Refuses to touch Redis.
"""

from datetime import datetime
from urllib.parse import urlsplit

import idna
import msgspec
from msgspec import Struct

from dateline.model import Feed, FeedState

encode = msgspec.json.Encoder().encode
decode_feed = msgspec.json.Decoder(Feed).decode
decode_state = msgspec.json.Decoder(FeedState).decode

#: What a feed can stand as beside new and healthy: its worst trouble (``feeds.health``), or retired.
UNHEALTHY = ("failing", "dropping", "undated", "silent", "retired")


class Catalogued(Struct, frozen=True, kw_only=True):
    """A feed of the catalog with what polling has taught us."""

    feed: Feed
    state: FeedState | None
    next_poll_at: datetime | None


def standing(state: FeedState) -> str:
    """Return what a feed stands as that was polled: "healthy" or one of ``UNHEALTHY``."""
    if state.retired_at:
        return "retired"
    if not state.troubles:
        return "healthy"
    return state.troubles[0] if state.troubles[0] in UNHEALTHY else "failing"


def bare(url: str) -> str:
    """Return the address without its scheme: http and https are one feed."""
    return url.partition("://")[2] or url


def ascii_host(host: str) -> str:
    """Return a host as it is asked for: lower case, an international name in ASCII."""
    if host.isascii():
        return host.lower()
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return host.lower()


def host_row(url: str) -> str | None:
    """Return the host that an address is asked for under, where the address does not spell it so itself."""
    if url.isascii():
        return None
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    return None if host.isascii() else ascii_host(host)


def renewed(feed_id: str, feed: Feed, before: Feed | None) -> Feed:
    """Return the row after the catalog says ``feed`` of it; one that moved stays where it moved to."""
    if before and before.moved_from:
        return msgspec.structs.replace(feed, id=feed_id, url=before.url, moved_from=before.moved_from)
    return msgspec.structs.replace(feed, id=feed_id)


def revived(state: FeedState, now: datetime) -> FeedState:
    """Return the state with errors, retirement and moves forgotten; what is due is due at ``now``."""
    return msgspec.structs.replace(
        state,
        rhythm=msgspec.structs.replace(state.rhythm, error_streak=0, next_poll_at=now),
        retired_at=None,
        last_error=None,
        last_error_reason=None,
        moved_to=None,
        moved_seen=0,
        troubles=tuple(one for one in state.troubles if one != "failing"),
    )


def wanted_at(before: Feed, after: Feed, now: datetime) -> datetime | None:
    """Return when a feed is to be polled at the latest after its row changed; None: as it is due already."""
    if before.url != after.url or before.secrets != after.secrets:
        return now
    if after.interval_s and after.interval_s != before.interval_s:
        return datetime.fromtimestamp(now.timestamp() + after.interval_s, now.tzinfo)
    return None
