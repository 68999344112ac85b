"""The board "Wire": does news come through, how fast, and where does it wait?"""

from deploy.grafana.asking import gained, gauge, per_minute, quantile, rate, share, within
from deploy.grafana.frame import Board, Row
from deploy.grafana.panels import CALM, Ask, Panel, high_is_good, low_is_good

SLO_S = "60.0"
"""The bound of accepted to settled, as the label of its bucket spells it."""

SLO_SHARE = 0.99

_SETTLED, _PUBLISHED = "dateline_accepted_to_settled_seconds", "dateline_publication_to_incident_seconds"
_FLOW = 'outcome!="known"'
_WORK = 'stage=~"read|code|settle"'
_BUSY = gauge("dateline_workers", where='state="busy"')
_IDLE = gauge("dateline_workers", where='state="idle"')
_THERE = f"{_BUSY} + {_IDLE}"
_FIRING = 'ALERTS{alertstate="firing", alertname=~"Dateline.+"}'
_BALANCED = low_is_good(0.5, 0.5)

_TOP = (
    Panel(
        title="Articles a minute",
        good="Articles that reached their fate: steady, with the rhythm of the day; 0 means that nothing arrives.",
        asks=(Ask(per_minute("dateline_articles_total")),),
        unit="short", see="alert-datelinerolegone", width=3, draw="stat", decimals=1,
    ),
    Panel(
        title="Incidents in an hour",
        good="Envelopes published in the last hour: as many as the news has.",
        asks=(Ask(gained("dateline_incidents_total", span="1h")),),
        unit="short", see="alert-datelineincidentssilent", width=3, draw="stat", decimals=0,
    ),
    Panel(
        title="Alerts firing",
        good="Alerts of ours that fire now: 0; which they are stands at the bottom, what to do in the runbook.",
        asks=(Ask(f"count({_FIRING}) or on() vector(0)"),),
        unit="short", see="is-it-well", width=3, draw="stat", steps=low_is_good(1, 1), decimals=0,
    ),
    Panel(
        title="Settled within a minute",
        good="Share of accepted articles that reached their fate within 60 s, over an hour: 99 % or more is the aim.",
        asks=(Ask(within(_SETTLED, SLO_S, "1h")),),
        unit="percentunit", see="alert-datelinelatencyburn", width=3, draw="stat",
        steps=high_is_good(0.95, SLO_SHARE), most=1, decimals=2,
    ),
    Panel(
        title="Publication to incident",
        good="Half of the last hour's incidents were out so long after publication: minutes, bounded by how often feeds are polled.",
        asks=(Ask(quantile(0.5, _PUBLISHED, span="1h")),),
        unit="s", see="alert-datelinelatencyburn", width=3, draw="stat", steps=low_is_good(1800, 4 * 3600),
    ),
    Panel(
        title="Last canary",
        good="Time since a canary last came through the whole wire: little more than the pause between two, 5 minutes unless set.",
        asks=(Ask(gauge("dateline_canary_age_seconds")),),
        unit="s", see="alert-datelinecanarylate", width=3, draw="stat", steps=low_is_good(600, 900),
    ),
    Panel(
        title="Oldest waiting",
        good="Age of the oldest article without a fate: seconds; above two minutes workers are too few, or gone.",
        asks=(Ask(gauge("dateline_outbox_oldest_seconds")),),
        unit="s", see="alert-datelineoutboxold", width=3, draw="stat", steps=low_is_good(60, 120),
    ),
    Panel(
        title="Accounts",
        good="How far acknowledged entries are off fates and what is in flight: 0; anything else was lost or counted twice.",
        asks=(Ask("max(abs(dateline_accounts_balance))"),),
        unit="short", see="alert-datelineaccountsout", width=3, draw="stat", steps=_BALANCED, decimals=0,
    ),
)  # fmt: skip

_THROUGHPUT = (
    Panel(
        title="Entries by what became of them",
        good="New entries a minute: mostly page, some feed_text; deferred or rejected stay a small share.",
        asks=(Ask(per_minute("dateline_entries_total", "outcome", _FLOW), "{{outcome}}"),),
        unit="short", see="an-article-is-missing", draw="stacked",
    ),
    Panel(
        title="Articles by fate",
        good="Articles a minute by how they ended: the mix is steady; unreadable and quarantined are rare.",
        asks=(Ask(per_minute("dateline_articles_total", "fate"), "{{fate}}"),),
        unit="short", see="an-article-is-missing", draw="stacked",
    ),
    Panel(
        title="Throughput by stage",
        good="Times a minute that each stage ran: read, code and settle run alike; where they part, work is lost between them.",
        asks=(Ask(per_minute("dateline_stage_seconds_count", "stage"), "{{stage}}"),),
        unit="short", see="alert-datelineoutboxold",
    ),
)  # fmt: skip

_LATENCY = (
    Panel(
        title="Publication to incident, spread",
        good="How many incidents were how late: a dark band in the minutes; a second one in the hours is a backlog or a slow feed.",
        asks=(Ask(f"sum by (le) (increase({_PUBLISHED}_bucket[$interval]))", "{{le}}"),),
        unit="s", see="alert-datelinelatencyburn", width=12, draw="heatmap",
    ),
    Panel(
        title="Publication to incident",
        good="Half, 90 and 99 % of incidents are out so long after publication: level lines; a slope is a backlog.",
        asks=tuple(Ask(quantile(one, _PUBLISHED), name) for one, name in ((0.5, "half"), (0.9, "90 %"), (0.99, "99 %"))),
        unit="s", see="alert-datelinelatencyburn", width=12,
    ),
    Panel(
        title="Settled within a minute",
        good="Share of accepted articles settled within 60 s: on or above the dashed 99 %.",
        asks=(Ask(within(_SETTLED, SLO_S), "in the interval"), Ask(within(_SETTLED, SLO_S, "1h"), "in an hour")),
        unit="percentunit", see="alert-datelinelatencyburn", most=1,
        steps=((None, "red"), (SLO_SHARE, "green")), least=None,
    ),
    Panel(
        title="Accepted to settled",
        good="Half, 90 and 99 % of articles have their fate so long after they were accepted: seconds.",
        asks=tuple(Ask(quantile(one, _SETTLED), name) for one, name in ((0.5, "half"), (0.9, "90 %"), (0.99, "99 %"))),
        unit="s", see="alert-datelinelatencyburn", steps=((None, "green"), (60, "red")),
    ),
    Panel(
        title="Canary",
        good="Time that the last hour's canaries took through the whole wire: seconds, and level.",
        asks=(Ask(quantile(0.5, "dateline_canary_seconds", span="1h"), "half"), Ask(quantile(0.99, "dateline_canary_seconds", span="1h"), "99 %")),
        unit="s", see="alert-datelinecanarylate",
    ),
)  # fmt: skip

_WAITING = (
    Panel(
        title="Outbox and queue",
        good="Articles without a fate, and jobs waiting: both near 0 between bursts.",
        asks=(
            Ask(gauge("dateline_outbox_entries"), "outbox"),
            Ask(gauge("dateline_queue_jobs", "queue"), "queue {{queue}}"),
        ),
        unit="short", see="alert-datelineoutboxold",
    ),
    Panel(
        title="Saturation",
        good="Share of the workers that are at work: below 80 %, or the next burst waits.",
        asks=(Ask(share(_BUSY, _THERE), "busy workers"),),
        unit="percentunit", see="alert-datelineoutboxold", most=1, steps=((None, "green"), (0.8, "orange")),
    ),
    Panel(
        title="Seconds of work a second",
        good="Processor time that reading, coding and settling take: 1 is a worker at its limit.",
        asks=(Ask(rate("dateline_stage_seconds_sum", "stage", _WORK), "{{stage}}"),),
        unit="short", see="alert-datelineoutboxold", draw="stacked",
    ),
)  # fmt: skip

_ERRORS = (
    Panel(
        title="Refusals by reason",
        good="Feeds, entries and pages refused a minute, the ten most frequent reasons: level; a jump is a host, a rule or a network that changed.",
        asks=(Ask(f"topk(10, {per_minute('dateline_rejected_total', 'reason')})", "{{reason}}"),),
        unit="short", see="an-article-is-missing", width=6, draw="stacked",
    ),
    Panel(
        title="Articles that failed",
        good="Articles a minute that could not be read or went to quarantine: near 0.",
        asks=(Ask(per_minute("dateline_articles_total", "fate", 'fate=~"unreadable|quarantined"'), "{{fate}}"),),
        unit="short", see="alert-datelinequarantinegrowing", width=6,
    ),
    Panel(
        title="Canaries",
        good="Canaries in an hour by outcome: as many arrive as are sent; none is wrong, late or lost.",
        asks=(Ask(gained("dateline_canaries_total", "outcome", span="1h"), "{{outcome}}"),),
        unit="short", see="alert-datelinecanarylost", width=6,
    ),
    Panel(
        title="Alerts firing",
        good="Alerts of ours by name, while they fire: an empty graph.",
        asks=(
            Ask(
                f'sum by (alertname) ({_FIRING}) or on() label_replace(vector(0), "alertname", "none", "", "")',
                "{{alertname}}",
            ),
        ),
        unit="short", see="is-it-well", width=6, draw="bars",
    ),
)  # fmt: skip

_OUTCOME = (
    Panel(
        title="Incidents by type",
        good="Envelopes in each interval: the news's own ups and downs; one type alone that vanishes is a fault of coding.",
        asks=(Ask(gained("dateline_incidents_total", "event_type"), "{{event_type}}"),),
        unit="short", see="an-incident-is-wrong", width=16, draw="bars", steps=CALM,
    ),
    Panel(
        title="Accounts",
        good="How far acknowledged entries are off fates and what is in flight: a line at 0.",
        asks=(Ask("max(abs(dateline_accounts_balance))", "off by"),),
        unit="short", see="alert-datelineaccountsout",
    ),
)  # fmt: skip

BOARD = Board(
    name="wire",
    title="Wire",
    description="From a feed's entry to a published incident: how much, how fast, and what waits or fails.",
    rows=(
        Row("Is it well?", 4, _TOP),
        Row("Throughput", 8, _THROUGHPUT),
        Row("Latency", 8, _LATENCY),
        Row("What comes out", 8, _OUTCOME),
        Row("What waits", 7, _WAITING),
        Row("What fails", 8, _ERRORS),
    ),
)
