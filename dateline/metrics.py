"""Every metric, named once. The names are the API of dashboards and alerts.

Owns names, labels, units and buckets. Label values come from enumerations only. Counted in
long-lived processes only: a forked child that counts leaves files for ever and loses its counts.
"""

import threading
from collections.abc import Iterable
from itertools import product
from wsgiref.simple_server import WSGIServer

from prometheus_client import Counter, Gauge, Histogram, Info, start_http_server
from prometheus_client.registry import REGISTRY

from dateline import __version__
from dateline.errors import Misconfigured

#: 1 ms to 30 s: a stage runs from a Redis call to the page deadline.
STAGE_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
#: One second to two days: feeds list what was published minutes to days ago.
LATENCY_BUCKETS_S = (1, 5, 15, 60, 300, 900, 3600, 4 * 3600, 12 * 3600, 24 * 3600, 48 * 3600)

FEED_POLLS = Counter("dateline_feed_polls", "Polls of feeds by how they ended.", ["outcome"])
ENTRIES = Counter("dateline_entries", "Entries seen in feeds by what became of them.", ["outcome"])
PAGE_FETCHES = Counter("dateline_page_fetches", "Fetches of article pages by how they ended.", ["outcome"])
REJECTED = Counter("dateline_rejected", "Feeds, entries and pages refused, by named reason.", ["reason"])
ARTICLES = Counter("dateline_articles", "Articles by the one fate that each ended in.", ["fate"])
INCIDENTS = Counter("dateline_incidents", "Envelopes published.", ["event", "event_type"])
ALERTS = Counter(
    "dateline_alerts",
    "Incidents that met a watch: sent, or held back while it cooled down.",
    ["severity", "outcome"],
)
STAGE_SECONDS = Histogram(
    "dateline_stage_seconds", "Time spent in one stage, in seconds.", ["stage"], buckets=STAGE_BUCKETS_S
)
PUBLICATION_TO_INCIDENT_SECONDS = Histogram(
    "dateline_publication_to_incident_seconds",
    "From an article's publication to the envelope that it caused, in seconds.",
    buckets=LATENCY_BUCKETS_S,
)
ACCEPTED_TO_SETTLED_SECONDS = Histogram(
    "dateline_accepted_to_settled_seconds",
    "From the commit that accepted an article to the one that settled it, in seconds.",
    buckets=(*STAGE_BUCKETS_S, 60, 300, 900, 3600),
)
QUEUE_JOBS = Gauge("dateline_queue_jobs", "Jobs waiting in an RQ queue.", ["queue"])
OUTBOX_ENTRIES = Gauge("dateline_outbox_entries", "Accepted articles that have no fate yet.")
OUTBOX_OLDEST_SECONDS = Gauge("dateline_outbox_oldest_seconds", "Age of the oldest article without a fate.")
QUARANTINE_ENTRIES = Gauge("dateline_quarantine_entries", "Articles in quarantine.")
FEEDS = Gauge("dateline_feeds", "Feeds in the catalog by state.", ["state"])
FEEDS_OVERDUE = Gauge(
    "dateline_feeds_overdue", "Feeds that were due over a minute ago and that nobody polls."
)
FEED_SILENCE_SECONDS = Gauge(
    "dateline_feed_silence_seconds",
    "Time since the newest entry of the most silent feeds (at most 50 series).",
    ["feed"],
)
WEBSUB_SUBSCRIPTIONS = Gauge("dateline_websub_subscriptions", "WebSub subscriptions by state.", ["state"])
WEBSUB_PUSHES = Counter("dateline_websub_pushes", "Requests of WebSub hubs by how they ended.", ["outcome"])
CHILD_RESTARTS = Counter("dateline_child_restarts", "Killable children that died or were killed.", ["room"])
REDIS_MEMORY_BYTES = Gauge(
    "dateline_redis_memory_bytes", "Memory of Redis in bytes: used, and max (0: no limit).", ["kind"]
)
WORKERS = Gauge(
    "dateline_workers",
    "Workers in RQ's registry: busy, idle, or gone (not heard of for too long).",
    ["state"],
)
LAST_INCIDENT_SECONDS = Gauge(
    "dateline_last_incident_seconds", "Age of the newest envelope in seconds, 0 when there never was one."
)
SUBSCRIBER_LAG_ENTRIES = Gauge(
    "dateline_subscriber_lag_entries",
    "Entries that a consumer group has not taken yet (the 50 groups furthest behind; none: no group).",
    ["group"],
)
SUBSCRIBER_PENDING_SECONDS = Gauge(
    "dateline_subscriber_pending_seconds",
    "Age in seconds of the oldest entry that a consumer group has taken and not acknowledged (50 at most).",
    ["group"],
)
CLOCK_SKEW_SECONDS = Gauge(
    "dateline_clock_skew_seconds", "Redis's clock less that of the keeper's host, in seconds."
)
MODELS_READY = Gauge("dateline_models_ready", "0 when a model is missing where the keeper runs, else 1.")
MODELS_READY.set(1)
POLLING_PAUSED = Gauge("dateline_polling_paused", "1 while polling waits for workers or for memory, else 0.")
ACCOUNTS_BALANCE = Gauge(
    "dateline_accounts_balance",
    "Articles acknowledged, less those with a fate, less those in flight; not 0: lost or doubled.",
)
STREAM_ENTRIES = Gauge("dateline_stream_entries", "Entries in a stream.", ["stream"])
CANARY_SECONDS = Histogram(
    "dateline_canary_seconds",
    "From the commit that sent a canary to the one in which it arrived, in seconds.",
    buckets=(*STAGE_BUCKETS_S, 60, 300, 900, 3600),
)
CANARIES = Counter("dateline_canaries", "Canaries sent, and how they ended.", ["outcome"])
CANARY_AGE_SECONDS = Gauge(
    "dateline_canary_age_seconds",
    "Time since the last canary arrived as it should, or since the first was sent if none has.",
)
BUILD = Info("dateline_build", "Version of the running code.")
BUILD.info({"version": __version__})


def start_at_zero(metric: Counter | Histogram, *values: Iterable[str]) -> None:
    """Give ``metric`` a series for every combination of label values, in the order of its labels.

    A series that only appears with its first event hides that event: a rate is the difference between two
    samples, and there was none before.
    """
    for labels in product(*values):
        metric.labels(*labels)


def serve(host: str, port: int) -> tuple[WSGIServer, threading.Thread]:
    """Serve /metrics from a thread of this process; port 0 lets the system choose.

    Raises:
        Misconfigured: the port is taken or not ours to open.
    """
    try:
        server, thread = start_http_server(port, addr=host, registry=REGISTRY)
    except OSError as error:
        raise Misconfigured(f"cannot serve metrics on {host}:{port}: {error}") from error
    return server, thread
