"""Every Redis key, stream and channel, and how long each lives.

Owns names and lifetimes. No other module spells a key; scripts get them as arguments.
"""

from dataclasses import dataclass

DAY_S = 86_400

#: A feed's memory of an entry that it no longer lists, in days.
SEEN_DAYS = 30

#: Blocks are looked up at most two days around an event that is at most 45 days old.
BLOCK_DAYS = 60

#: How the id of a canary begins. Ids of articles are letters and digits, so none is ever taken for one.
CANARY = "canary-"


def is_canary(article_id: str) -> bool:
    """Tell whether an article is a canary: it goes to the channel of canaries, and is counted nowhere else."""
    return article_id.startswith(CANARY)


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys under one prefix."""

    prefix: str = "dateline:"

    def _key(self, *parts: str) -> str:
        return self.prefix + ":".join(parts)

    # delivery: published contract
    @property
    def stream(self) -> str:
        return self._key("incidents", "stream")

    @property
    def channel(self) -> str:
        return self._key("incidents")

    @property
    def statistics_stream(self) -> str:
        return self._key("statistics", "stream")

    @property
    def alerts_stream(self) -> str:
        return self._key("alerts", "stream")

    @property
    def alerts_channel(self) -> str:
        return self._key("alerts")

    @property
    def alerts_cooling(self) -> str:
        """HASH watch -> when an alert of each severity was last sent, and what was held back since."""
        return self._key("alerts", "cooling")

    # feeds
    @property
    def feeds(self) -> str:
        """HASH feed id -> Feed."""
        return self._key("feeds")

    @property
    def feed_addresses(self) -> str:
        """HASH address without its scheme -> feed id; the old addresses of feeds that moved too."""
        return self._key("feeds", "address")

    @property
    def feed_hosts(self) -> str:
        """HASH feed id -> host as it is asked for, of the feeds whose address spells it otherwise (IDN)."""
        return self._key("feeds", "host")

    @property
    def feed_states(self) -> str:
        """HASH feed id -> FeedState."""
        return self._key("feeds", "state")

    @property
    def feed_items(self) -> str:
        """HASH feed id -> what the last poll remembered of the feed's items (``feeds.memory``)."""
        return self._key("feeds", "items")

    @property
    def feeds_due(self) -> str:
        """ZSET feed id -> when next polled; a lease pushes it ahead."""
        return self._key("feeds", "due")

    @property
    def feed_leases(self) -> str:
        """HASH feed id -> token of the poller that holds it."""
        return self._key("feeds", "lease")

    @property
    def feed_health(self) -> str:
        """HASH feed id -> how it is: healthy, or the worst that is wrong with it. Never polled: not in it."""
        return self._key("feeds", "health")

    def feeds_in(self, name: str) -> str:
        """ZSET of the feeds that are so: feed id -> since when."""
        return self._key("feeds", "health", name)

    @property
    def feed_silence(self) -> str:
        """ZSET feed id -> date of its newest entry; retired feeds left out."""
        return self._key("feeds", "silence")

    @property
    def feeds_filed(self) -> str:
        """SET of the feed ids that are in the catalog because its files list them."""
        return self._key("feeds", "filed")

    @property
    def catalog_files(self) -> str:
        """STRING: what the keeper last made of the catalog files."""
        return self._key("feeds", "files")

    @property
    def feeds_layout(self) -> str:
        """STRING: which layout of the rows above the catalog has."""
        return self._key("feeds", "layout")

    def seen(self, feed_id: str) -> str:
        """ZSET guid key -> when last listed."""
        return self._key("seen", feed_id)

    def pushed(self, feed_id: str) -> str:
        """LIST of bodies that a hub pushed, the oldest first, until a poll has read them."""
        return self._key("push", feed_id)

    # WebSub
    @property
    def websub(self) -> str:
        """HASH token -> Subscription."""
        return self._key("websub")

    @property
    def websub_feeds(self) -> str:
        """HASH feed id -> token of its subscription; those that are being left are not here."""
        return self._key("websub", "feed")

    @property
    def websub_due(self) -> str:
        """ZSET token -> when it is looked at next; a lease pushes it ahead."""
        return self._key("websub", "due")

    @property
    def websub_until(self) -> str:
        """HASH feed id -> until when its hub is relied upon, in seconds: it verified, and it has pushed."""
        return self._key("websub", "until")

    def websub_state(self, state: str) -> str:
        """SET of tokens of the subscriptions in this state."""
        return self._key("websub", "state", state)

    # hosts
    @property
    def hosts(self) -> str:
        """HASH host -> HostRule."""
        return self._key("hosts")

    def turns(self, host: str) -> str:
        """ZSET of the turns at a host, as `turn.lua` tells it; in ms."""
        return self._key("turns", host)

    def policy(self, digest: str) -> str:
        """STRING: the rules that a host gave under one address; expires when they are to be read again."""
        return self._key("policy", digest)

    # articles
    def article(self, article_id: str) -> str:
        """HASH: stub, attempts, fate and reasons of one article."""
        return self._key("article", article_id)

    def page(self, article_id: str) -> str:
        """STRING: the compressed page, until settled or dropped from quarantine."""
        return self._key("page", article_id)

    @property
    def outbox(self) -> str:
        """ZSET article id -> when accepted. Every article without a fate is here."""
        return self._key("outbox")

    @property
    def outbox_due(self) -> str:
        """ZSET article id -> when it is queued (again) unless somebody renews it."""
        return self._key("outbox", "due")

    @property
    def quarantine(self) -> str:
        """ZSET article id -> when quarantined."""
        return self._key("quarantine")

    @property
    def fates(self) -> str:
        """HASH fate -> how many articles ended so; `entries` -> how many were acknowledged."""
        return self._key("fates")

    @property
    def books_hours(self) -> str:
        """HASH hour since 1970:fate -> how many articles accepted in it ended so; `entries`: how many were."""
        return self._key("books", "hours")

    @property
    def books_feeds(self) -> str:
        """HASH number of a feed:fate -> the same for the articles that it brought first."""
        return self._key("books", "feeds")

    @property
    def books_rows(self) -> str:
        """HASH feed id -> its number in the books; under no name the last number given."""
        return self._key("books", "rows")

    # duplicates
    @property
    def index_keys(self) -> str:
        """HASH low bits of a key -> the other bits and the article's number, for all that have it; s the state."""
        return self._key("index", "keys")

    def index_stubs(self, chunk: int) -> str:
        """STRING: id, words and sketch of some two hundred articles, in the order in which they were filed."""
        return self._key("index", "stubs", str(chunk))

    def story(self, story: str) -> str:
        """STRING: the story that this one was merged into, and when."""
        return self._key("story", story)

    # hosts' furniture
    def furniture(self, host: str) -> str:
        """STRING: what a host's articles repeat (``text.furniture``), and lessons that are not counted in yet."""
        return self._key("furniture", host)

    # incidents
    def incident(self, incident_id: str) -> str:
        """HASH: v version, r record, s story of the first article that told of it, w watches that were told."""
        return self._key("incident", incident_id)

    def block(self, block: str) -> str:
        """SET of incident ids filed under a country and day."""
        return self._key("block", block)

    @property
    def incidents_at(self) -> str:
        """ZSET incident id -> when last changed."""
        return self._key("incidents", "at")

    # canaries
    @property
    def canary_channel(self) -> str:
        """Channel of what canaries were coded to; users' channels never carry it."""
        return self._key("canary")

    @property
    def canary_lease(self) -> str:
        """STRING: token of the keeper that sends canaries; expires."""
        return self._key("canary", "lease")

    @property
    def canary_way(self) -> str:
        """ZSET id -> when it was sent, of the canaries under way; each is in the outbox too."""
        return self._key("canary", "way")

    @property
    def canary_told(self) -> str:
        """HASH "id outcome" -> how that was, until a keeper has counted it."""
        return self._key("canary", "told")

    @property
    def canary_state(self) -> str:
        """HASH: when the last was sent, and how the last that ended did (``store.canary.State``)."""
        return self._key("canary", "state")

    # jobs
    @property
    def queue(self) -> str:
        """Name of the RQ queue; RQ puts its own `rq:queue:` before it."""
        return self.prefix.rstrip(":").replace(":", "-") + "-ingest"
