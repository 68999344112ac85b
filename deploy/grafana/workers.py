"""The board "Redis and workers": is there room, is there work, and does anything die?"""

from deploy.grafana.asking import gained, gauge, quantile, share
from deploy.grafana.frame import Board, Row
from deploy.grafana.panels import Ask, Panel, low_is_good

_BACKLOG, _FULL, _SICK = "the-backlog-grows", "redis-fills-up", "articles-are-in-quarantine"
_USED = gauge("dateline_redis_memory_bytes", where='kind="used"')
_MOST = gauge("dateline_redis_memory_bytes", where='kind="max"')
_PROCESS = "{{role}} {{instance}}"
_OURS = "and on (job, instance) dateline_build_info"


def _workers(state: str) -> str:
    return gauge("dateline_workers", where=f'state="{state}"')


_TOP = (
    Panel(
        title="Redis memory",
        good="Used memory as a share of maxmemory: below 70 %, where polling pauses; at 85 % writes are at risk.",
        asks=(Ask(share(_USED, _MOST)),),
        unit="percentunit", see="alert-datelineredismemory", width=3, draw="stat", most=1, steps=low_is_good(0.7, 0.85), decimals=0,
    ),
    Panel(
        title="Workers",
        good="Workers that are there, busy or idle: as many as you started.",
        asks=(Ask(f"{_workers('busy')} + {_workers('idle')}"),),
        unit="short", see="alert-datelineworkersgone", width=3, draw="stat", decimals=0, steps=((None, "red"), (1, "green")),
    ),
    Panel(
        title="Workers gone",
        good="Workers that went without a goodbye: 0, or a host, a limit or a kill took them.",
        asks=(Ask(_workers("gone")),),
        unit="short", see="alert-datelineworkersgone", width=3, draw="stat", decimals=0, steps=low_is_good(1, 2),
    ),
    Panel(
        title="Oldest waiting",
        good="Age of the oldest article without a fate: seconds.",
        asks=(Ask(gauge("dateline_outbox_oldest_seconds")),),
        unit="s", see="alert-datelineoutboxold", width=3, draw="stat", steps=low_is_good(60, 120),
    ),
    Panel(
        title="Quarantine",
        good="Articles that failed three times: 0; look at each, then retry or drop it.",
        asks=(Ask(gauge("dateline_quarantine_entries")),),
        unit="short", see="alert-datelinequarantinegrowing", width=3, draw="stat", decimals=0, steps=low_is_good(1, 20),
    ),
    Panel(
        title="Models",
        good="Whether the models of coding are there and load.",
        asks=(Ask("min(dateline_models_ready)"),),
        unit="short", see="alert-datelinemodelmissing", width=3, draw="stat", steps=((None, "red"), (1, "green")),
        words=(("0", "missing", "red"), ("1", "ready", "green")),
    ),
    Panel(
        title="Clock skew",
        good="Redis's clock against the keeper's: below a second; more spoils latencies and leases.",
        asks=(Ask("max(abs(dateline_clock_skew_seconds))"),),
        unit="s", see="alert-datelineclockskew", width=3, draw="stat", steps=low_is_good(1, 2), decimals=2,
    ),
    Panel(
        title="Polling",
        good="Whether polling goes on: paused means that Redis is nearly full or that articles wait too long.",
        asks=(Ask(gauge("dateline_polling_paused")),),
        unit="short", see="alert-datelinepollingpaused", width=3, draw="stat", steps=low_is_good(1, 1),
        words=(("0", "on", "green"), ("1", "paused", "red")),
    ),
)  # fmt: skip

_REDIS = (
    Panel(
        title="Redis memory",
        good="Used memory under its limit: a gentle saw as pages come and go; a slope meets the limit one day.",
        asks=(Ask(_USED, "used"), Ask(_MOST, "max")),
        unit="bytes", see="alert-datelineredismemory",
    ),
    Panel(
        title="Redis memory, share",
        good="Used memory as a share of maxmemory: below the dashed lines at 70 and 85 %.",
        asks=(Ask(share(_USED, _MOST), "used"),),
        unit="percentunit", see="alert-datelineredismemory", most=1, steps=low_is_good(0.7, 0.85),
    ),
    Panel(
        title="Clock skew",
        good="How far Redis's clock and the keeper's are apart: a line near 0, below the dashed two seconds.",
        asks=(Ask("max(abs(dateline_clock_skew_seconds))", "apart"),),
        unit="s", see="alert-datelineclockskew", steps=((None, "green"), (2, "red")),
    ),
)  # fmt: skip

_QUEUE = (
    Panel(
        title="Jobs in the queue",
        good="Jobs waiting in RQ: a few at most, since the outbox holds what waits.",
        asks=(Ask(gauge("dateline_queue_jobs", "queue"), "{{queue}}"),),
        unit="short", see="alert-datelineoutboxold",
    ),
    Panel(
        title="Outbox",
        good="Accepted articles without a fate: near 0 between bursts.",
        asks=(Ask(gauge("dateline_outbox_entries"), "entries"),),
        unit="short", see="alert-datelineoutboxold",
    ),
    Panel(
        title="Outbox, oldest",
        good="Age of the oldest article without a fate: seconds; below the dashed two minutes.",
        asks=(Ask(gauge("dateline_outbox_oldest_seconds"), "oldest"),),
        unit="s", see="alert-datelineoutboxold", steps=((None, "green"), (120, "red")),
    ),
)  # fmt: skip

_WORK = (
    Panel(
        title="Workers by state",
        good="Busy and idle workers; none gone, and some idle between bursts.",
        asks=(Ask(gauge("dateline_workers", "state"), "{{state}}"),),
        unit="short", see="alert-datelineworkersgone", width=12, draw="stacked",
    ),
    Panel(
        title="Time of a stage",
        good="Within so long 95 % of articles were read, coded and settled: milliseconds, and level.",
        asks=tuple(
            Ask(quantile(0.95, "dateline_stage_seconds", "stage", f'stage="{stage}"'), "{{stage}}")
            for stage in ("read", "code", "settle")
        ),
        unit="s", see="alert-datelineoutboxold", width=12,
    ),
    Panel(
        title="Children that died",
        good="Killable children of pollers and workers that died or were killed in an hour: 0; each cost one page or feed.",
        asks=(Ask(gained("dateline_child_restarts_total", "room", span="1h"), "{{room}}"),),
        unit="short", see="alert-datelinechildrendying", draw="bars",
    ),
    Panel(
        title="Quarantine",
        good="Articles in quarantine: 0, or a level that somebody works off.",
        asks=(Ask(gauge("dateline_quarantine_entries"), "entries"),),
        unit="short", see="alert-datelinequarantinegrowing",
    ),
    Panel(
        title="Faults of ours",
        good="Refusals an hour that are no input's fault: near 0; contended and lease_lost mean that many work on the same.",
        asks=(
            Ask(
                gained(
                    "dateline_rejected_total", "reason",
                    'reason=~"child_died|worker_lost|store|contended|lease_lost|bad_record|internal"', "1h",
                ),
                "{{reason}}",
            ),
        ),
        unit="short", see=_SICK, draw="bars",
    ),
)  # fmt: skip

_PROCESSES = (
    Panel(
        title="Processes by role",
        good="Processes that answer, by role: as many as you started, and one at least of each role.",
        asks=(Ask('count by (role) (up{job="dateline"} == 1)', "{{role}}"),),
        unit="short", see="alert-datelinerolegone", draw="stacked",
    ),
    Panel(
        title="Processes by version",
        good="Processes that answer, by version: one version, except while a new one is rolled out.",
        asks=(Ask("count by (version) (dateline_build_info)", "{{version}}"),),
        unit="short", see="stop-and-start", draw="stacked",
    ),
    Panel(
        title="Open files",
        good="Open files of each process as a share of what it may open: low and level; a slope is a leak.",
        asks=(Ask(f"process_open_fds / process_max_fds {_OURS}", _PROCESS),),
        unit="percentunit", see="alert-datelinetargetdown", most=1, steps=((None, "green"), (0.8, "red")),
    ),
    Panel(
        title="Resident memory",
        good="Memory of each process: level after its first thousand articles.",
        asks=(Ask(f"process_resident_memory_bytes {_OURS}", _PROCESS),),
        unit="bytes", see="alert-datelinetargetdown", width=12,
    ),
    Panel(
        title="Processor",
        good="Cores that each process takes: a worker at 1 is at its limit.",
        asks=(Ask(f"rate(process_cpu_seconds_total[$interval]) {_OURS}", _PROCESS),),
        unit="short", see="alert-datelineoutboxold", width=12,
    ),
)  # fmt: skip

BOARD = Board(
    name="workers",
    title="Redis and workers",
    description="The machinery: room in Redis, the queue, workers and their children, processes.",
    rows=(
        Row("Is there room, and is anybody there?", 4, _TOP),
        Row("Redis", 7, _REDIS),
        Row("Queue", 7, _QUEUE),
        Row("Workers", 8, _WORK),
        Row("Processes", 7, _PROCESSES),
    ),
)
