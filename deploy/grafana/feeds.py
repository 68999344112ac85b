"""The board "Feeds": are the sources alive, are they asked in time, and what do they bring?"""

from deploy.grafana.asking import gained, gauge, per_minute, quantile, share
from deploy.grafana.frame import Board, Row
from deploy.grafana.panels import Ask, Panel, high_is_good, low_is_good

_NEW = 'outcome=~"page|feed_text"'
_TROUBLE = "a-feed-is-silent-fails-or-is-gone"
_POLLS, _FETCHES, _ENTRIES = (
    "dateline_feed_polls_total",
    "dateline_page_fetches_total",
    "dateline_entries_total",
)
_ALL = "sum(max by (state) (dateline_feeds))"
_LIVE = 'sum(max by (state) (dateline_feeds{state!="retired"}))'


def _feeds(states: str) -> str:
    return f'sum(max by (state) (dateline_feeds{{state=~"{states}"}}))'


_TOP = (
    Panel(
        title="Feeds",
        good="Feeds in the catalog: as many as you want polled.",
        asks=(Ask(_ALL),),
        unit="short", see="a-change-of-a-catalog-file-does-not-arrive", width=3, draw="stat", decimals=0,
    ),
    Panel(
        title="Healthy",
        good="Share of the feeds that are healthy, or too new to tell: 80 % or more.",
        asks=(Ask(share(_feeds("healthy|new"), _LIVE)),),
        unit="percentunit", see="alert-datelinefeedsfailing", width=3, draw="stat", most=1, steps=high_is_good(0.6, 0.8),
    ),
    Panel(
        title="Failing",
        good="Share of the feeds whose last polls failed, or brought only what was refused: below 20 %.",
        asks=(Ask(share(_feeds("failing|dropping"), _LIVE)),),
        unit="percentunit", see="alert-datelinefeedsfailing", width=3, draw="stat", most=1, steps=low_is_good(0.1, 0.2),
    ),
    Panel(
        title="Silent",
        good="Share of the feeds that answer and bring nothing, or no dates, against their own rhythm: below 30 %.",
        asks=(Ask(share(_feeds("silent|undated"), _LIVE)),),
        unit="percentunit", see="alert-datelinefeedssilent", width=3, draw="stat", most=1, steps=low_is_good(0.15, 0.3),
    ),
    Panel(
        title="Overdue",
        good="Share of the feeds that were due over a minute ago and that nobody polls: 0; more means too few pollers, or a pause.",
        asks=(Ask(share(gauge("dateline_feeds_overdue"), _ALL)),),
        unit="percentunit", see="alert-datelinefeedsoverdue", width=3, draw="stat", most=1, steps=low_is_good(0.01, 0.05),
    ),
    Panel(
        title="Polling",
        good="Whether polling goes on: paused means that Redis is nearly full or that articles wait too long.",
        asks=(Ask(gauge("dateline_polling_paused")),),
        unit="short", see="alert-datelinepollingpaused", width=3, draw="stat", steps=low_is_good(1, 1),
        words=(("0", "on", "green"), ("1", "paused", "red")),
    ),
    Panel(
        title="Failed polls",
        good="Share of polls that failed: a few percent, as hosts come and go.",
        asks=(Ask(share(per_minute(_POLLS, where='outcome="failed"'), per_minute(_POLLS))),),
        unit="percentunit", see="alert-datelinefeedsfailing", width=3, draw="stat", most=1, steps=low_is_good(0.05, 0.2), decimals=1,
    ),
    Panel(
        title="New entries in an hour",
        good="Entries that were new and accepted in the last hour: the rhythm of the news.",
        asks=(Ask(gained(_ENTRIES, where=_NEW, span="1h")),),
        unit="short", see="an-article-is-missing", width=3, draw="stat", decimals=0,
    ),
)  # fmt: skip

_HEALTH = (
    Panel(
        title="Feeds by state",
        good="The catalog by health: mostly healthy; a state that grows is a host, a network or a rule that changed.",
        asks=(Ask(gauge("dateline_feeds", "state"), "{{state}}"),),
        unit="short", see="alert-datelinefeedsfailing", draw="stacked",
    ),
    Panel(
        title="Most silent feeds",
        good="Time since the newest entry of the twenty most silent feeds: what stands here for weeks is dead, or moved.",
        asks=(Ask("topk(20, max by (feed) (dateline_feed_silence_seconds))", "{{feed}}"),),
        unit="s", see="alert-datelinefeedssilent", draw="ranking", steps=low_is_good(2 * 86_400, 14 * 86_400),
    ),
    Panel(
        title="Overdue feeds",
        good="Feeds due over a minute ago and not polled: 0; a plateau is a poller that is gone.",
        asks=(Ask(gauge("dateline_feeds_overdue"), "overdue"), Ask(gauge("dateline_polling_paused"), "paused")),
        unit="short", see="alert-datelinefeedsoverdue",
    ),
)  # fmt: skip

_POLLING = (
    Panel(
        title="Polls by outcome",
        good="Polls a minute: mostly unchanged, which costs next to nothing; failed and store_away are rare.",
        asks=(Ask(per_minute(_POLLS, "outcome"), "{{outcome}}"),),
        unit="short", see=_TROUBLE, draw="stacked",
    ),
    Panel(
        title="Page fetches by outcome",
        good="Fetches of article pages a minute, the ten most frequent outcomes: mostly ok; robots and opted_out are rules that we keep.",
        asks=(Ask(f"topk(10, {per_minute(_FETCHES, 'outcome')})", "{{outcome}}"),),
        unit="short", see="an-article-is-missing", draw="stacked",
    ),
    Panel(
        title="Time at other hosts",
        good="Within so long 95 % of feeds and pages were had, the wait for the host's turn included: seconds.",
        asks=tuple(
            Ask(quantile(0.95, "dateline_stage_seconds", "stage", f'stage="{stage}"'), "{{stage}}")
            for stage in ("fetch_feed", "parse_feed", "fetch_page", "accept")
        ),
        unit="s", see="manners", steps=((None, "green"), (30, "red")),
    ),
)  # fmt: skip

_BROUGHT = (
    Panel(
        title="New entries",
        good="Entries a minute that were accepted, revised, refused or put off: page is the most of them.",
        asks=(Ask(per_minute(_ENTRIES, "outcome", 'outcome!="known"'), "{{outcome}}"),),
        unit="short", see="an-article-is-missing", draw="stacked",
    ),
    Panel(
        title="Read from the feed's own text",
        good="Share of the accepted entries whose page could not be had: below a third, else hosts refuse us.",
        asks=(Ask(share(per_minute(_ENTRIES, where='outcome="feed_text"'), per_minute(_ENTRIES, where=_NEW)), "feed's text"),),
        unit="percentunit", see="an-article-is-missing", most=1, steps=((None, "green"), (0.33, "orange")),
    ),
    Panel(
        title="Top refusals",
        good="Feeds, entries and pages refused in the range that is looked at, by reason: know the first three.",
        asks=(Ask(f"topk(12, {gained('dateline_rejected_total', 'reason', span='$__range')})", "{{reason}}"),),
        unit="short", see="an-article-is-missing", draw="ranking", decimals=0,
    ),
)  # fmt: skip

_PUSHED = (
    Panel(
        title="WebSub subscriptions",
        good="Subscriptions by state: active; denied and failed feeds are polled as before.",
        asks=(Ask(gauge("dateline_websub_subscriptions", "state"), "{{state}}"),),
        unit="short", see=_TROUBLE, width=12, draw="stacked",
    ),
    Panel(
        title="Requests of hubs",
        good="Requests of WebSub hubs a minute by how they ended: accepted and verified; bad_signature is a stranger.",
        asks=(Ask(f"topk(8, {per_minute('dateline_websub_pushes_total', 'outcome')})", "{{outcome}}"),),
        unit="short", see=_TROUBLE, width=12,
    ),
)  # fmt: skip

BOARD = Board(
    name="feeds",
    title="Feeds",
    description="The sources: their health, how they are polled, what they bring and what is refused.",
    rows=(
        Row("Are the sources alive?", 4, _TOP),
        Row("Health", 9, _HEALTH),
        Row("Polling", 8, _POLLING),
        Row("What they bring", 8, _BROUGHT),
        Row("WebSub", 7, _PUSHED),
    ),
)
