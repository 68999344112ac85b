"""The board "Incidents": what is told, to whom, and who does not keep up."""

from deploy.grafana.asking import gained, gauge, share
from deploy.grafana.frame import Board, Row
from deploy.grafana.panels import Ask, Panel, low_is_good

_TOLD, _ALERTS = "dateline_incidents_total", "dateline_alerts_total"
_WRONG = "an-incident-is-wrong"
_HELD_BACK = "where-data-lies"


def _count(title: str, event: str, good: str) -> Panel:
    expr = gained(_TOLD, where=f'event="{event}"', span="$__range")
    return Panel(
        title=title, good=good, asks=(Ask(expr),), unit="short", see=_WRONG, width=3, draw="stat", decimals=0
    )


def _alerts(title: str, outcome: str, good: str) -> Panel:
    expr = gained(_ALERTS, where=f'outcome="{outcome}"', span="$__range")
    return Panel(
        title=title, good=good, asks=(Ask(expr),), unit="short", see=_WRONG, width=3, draw="stat", decimals=0
    )


_TOP = (
    _count("Opened", "opened", "Incidents first told in the range: as many as the news has."),
    _count("Updated", "updated", "Updates in the range: a few for each incident that many tell of."),
    _count("Merged", "merged", "Incidents that turned out to be one already told: a small share of those opened."),
    _count("Retracted", "retracted", "Incidents taken back in the range: few; many at once is a fault of coding or of a feed."),
    _alerts("Alerts sent", "sent", "What watches told in the range: what a desk can read."),
    _alerts("Alerts held back", "held", "Alerts that a cool-down held back: if many more than were sent, the watch is too wide."),
    Panel(
        title="Since the last incident",
        good="Age of the newest envelope: minutes on a busy wire.",
        asks=(Ask(gauge("dateline_last_incident_seconds")),),
        unit="s", see="alert-datelineincidentsnone", width=3, draw="stat", steps=low_is_good(6 * 3600, 12 * 3600),
    ),
    Panel(
        title="Furthest behind",
        good="Entries that the slowest consumer group has not read: near 0.",
        asks=(Ask(gauge("dateline_subscriber_lag_entries")),),
        unit="short", see="alert-datelinesubscriberbehind", width=3, draw="stat", steps=low_is_good(100, 1000), decimals=0,
    ),
)  # fmt: skip

_WHAT = (
    Panel(
        title="Incidents by type",
        good="Envelopes in each interval by type: the news's own ups and downs.",
        asks=(Ask(gained(_TOLD, "event_type"), "{{event_type}}"),),
        unit="short", see="alert-datelineincidentssilent", width=16, draw="bars",
    ),
    Panel(
        title="Types in the range",
        good="How the types share the range: compare with the week before.",
        asks=(Ask(f"sort_desc({gained(_TOLD, 'event_type', span='$__range')})", "{{event_type}}"),),
        unit="short", see=_WRONG, draw="ranking", decimals=0,
    ),
    Panel(
        title="Envelopes by event",
        good="Envelopes in each interval by what they say: opened and updated; merged and retracted are few.",
        asks=(Ask(gained(_TOLD, "event"), "{{event}}"),),
        unit="short", see=_WRONG, draw="bars",
    ),
    Panel(
        title="Articles that tell something fresh",
        good="Share of articles that ended as an incident: steady for a given set of feeds; a fall is a fault of reading or coding.",
        asks=(
            Ask(
                share(gained("dateline_articles_total", where='fate="incident"'), gained("dateline_articles_total")),
                "incident",
            ),
        ),
        unit="percentunit", see="an-article-is-missing", most=1,
    ),
    Panel(
        title="Taken back",
        good="Merged and retracted, as a share of those opened: below 5 %.",
        asks=tuple(
            Ask(
                share(gained(_TOLD, where=f'event="{event}"', span="1h"), gained(_TOLD, where='event="opened"', span="1h")),
                event,
            )
            for event in ("merged", "retracted")
        ),
        unit="percentunit", see=_WRONG, steps=((None, "green"), (0.05, "orange")),
    ),
)  # fmt: skip

_WATCHED = (
    Panel(
        title="Alerts sent by severity",
        good="What watches told in each interval: critical ones are rare.",
        asks=(Ask(gained(_ALERTS, "severity", 'outcome="sent"'), "{{severity}}"),),
        unit="short", see=_WRONG, width=12, draw="bars",
    ),
    Panel(
        title="Alerts by outcome",
        good="Sent, held back by a cool-down, withdrawn: held is no loss, it goes out when the watch has cooled down.",
        asks=(Ask(gained(_ALERTS, "outcome"), "{{outcome}}"),),
        unit="short", see=_WRONG, width=12, draw="bars",
    ),
)  # fmt: skip

_DELIVERED = (
    Panel(
        title="Stream lengths",
        good="Entries kept in each stream: level once the retention is reached; one that grows for ever has a group that nobody reads.",
        asks=(Ask(gauge("dateline_stream_entries", "stream"), "{{stream}}"),),
        unit="short", see=_HELD_BACK,
    ),
    Panel(
        title="Behind, by group",
        good="Entries that each consumer group has not read yet: near 0, with short peaks.",
        asks=(Ask(gauge("dateline_subscriber_lag_entries", "group"), "{{group}}"),),
        unit="short", see="alert-datelinesubscriberbehind", steps=((None, "green"), (1000, "red")),
    ),
    Panel(
        title="Unacknowledged, by group",
        good="Age of the oldest entry that a group took and did not acknowledge: seconds; a rising line is a consumer that died.",
        asks=(Ask(gauge("dateline_subscriber_pending_seconds", "group"), "{{group}}"),),
        unit="s", see="alert-datelinesubscriberstuck", steps=((None, "green"), (600, "red")),
    ),
)  # fmt: skip

BOARD = Board(
    name="incidents",
    title="Incidents",
    description="What is told and taken back, what watches make of it, and whether subscribers keep up.",
    rows=(
        Row("In the range that is looked at", 4, _TOP),
        Row("What is told", 8, _WHAT),
        Row("Watches", 7, _WATCHED),
        Row("Subscribers", 8, _DELIVERED),
    ),
)
