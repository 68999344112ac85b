"""Every setting, read once at start from the environment.

Owns names, units and defaults. Refuses to be global: each ``__main__`` reads one ``Settings``
and hands it on. ``docs/configuration.md`` and ``deploy/env.example`` list the same rows; a test
compares them.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from dateline.errors import Misconfigured

PREFIX = "DATELINE_"


class Settings(Struct, frozen=True, kw_only=True):
    """The settings of one process; field ``x_y`` is the variable ``DATELINE_X_Y``."""

    #: Address of Redis (redis://, rediss:// or unix://). Empty: an embedded Redis under data_dir.
    redis_url: str = ""
    #: Address of the Redis that carries the job queue. Empty: the same as redis_url.
    queue_redis_url: str = ""
    #: First part of every key, the stream and the channel.
    prefix: str = "dateline:"
    #: Folder of the embedded Redis and of what must survive a restart.
    data_dir: str = "var"
    #: Worker processes that `dateline up` starts.
    workers: int = 2
    #: Address that metrics are served on.
    metrics_host: str = "127.0.0.1"
    #: First metrics port; `up` gives each role the next free one above it, 0 lets the system choose.
    metrics_port: int = 9410
    #: Least severe level that is logged: debug, info, warning or error.
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    #: What hosts see as our name; give them a way to reach you.
    user_agent: str = "Dateline/0.1 (+https://github.com/dateline-wire/dateline)"
    #: Addresses the guard lets through although they are internal: "host:port", comma-separated.
    allow_addresses: str = ""
    #: Catalog files (OPML, lists of addresses, feeds.toml), comma-separated; the keeper keeps the catalog in step.
    feeds: str = ""
    #: Folder whose files hold the values that feeds.toml names as secrets, one a file.
    secrets_dir: str = ""
    #: Feeds polled at once by one poller.
    poll_concurrency: int = 100
    #: A poller that is gone loses its feeds after this many seconds.
    lease_s: int = 20
    #: Total time for one feed or page, connect to last byte, in seconds.
    fetch_deadline_s: float = 30.0
    #: Largest feed after decompression, in bytes.
    feed_max_bytes: int = 10_000_000
    #: Largest page after decompression, in bytes.
    page_max_bytes: int = 5_000_000
    #: Time between two requests to one host, over all pollers, in seconds.
    host_delay_s: float = 1.0
    #: Requests to one host at once, over all pollers.
    host_at_once: int = 1
    #: Opt-outs from text mining that are honoured: none, tdm (TDMRep), or ai (also what speaks of AI).
    opt_outs: Literal["none", "tdm", "ai"] = "tdm"
    #: A feed is fetched without validators after this long: some servers repeat them after changes, in seconds.
    full_fetch_s: int = 86_400
    #: Public address under which hubs reach the poller, such as https://wire.example.org. Empty: no WebSub.
    websub_url: str = ""
    #: Address that the poller listens on for hubs.
    websub_host: str = "127.0.0.1"
    #: Port of the same.
    websub_port: int = 9470
    #: Time one feed may take to parse, in seconds.
    parse_deadline_s: float = 10.0
    #: Time one page may take to read and code, in seconds.
    page_deadline_s: float = 30.0
    #: Memory that a killable child may add to what it started with, in bytes.
    child_memory_bytes: int = 512_000_000
    #: Pages a job carries at most when the wire is busy.
    batch_pages: int = 25
    #: A page that no worker has taken or renewed for this long is queued again, in seconds.
    overdue_s: int = 15
    #: Tries before a page is quarantined.
    max_attempts: int = 3
    #: How long the duplicate index remembers, in days.
    index_days: int = 30
    #: Articles that the duplicate index remembers at most; the oldest go first.
    index_articles: int = 500_000
    #: How long articles, incidents and the stream are kept, in days.
    retention_days: int = 90
    #: Watch list (watch.toml): which incidents raise an alert. Empty: none. Read again when it changes.
    watch: str = ""
    #: Time between two canaries, articles of our own by which the wire is measured, in seconds; 0: none.
    canary_every_s: int = 300
    #: Share of Redis maxmemory at which polling pauses, 0 to 1.
    pause_memory_share: float = 0.7
    #: Age of the oldest waiting article at which polling pauses, in seconds.
    pause_outbox_s: int = 600

    def data_path(self) -> Path:
        return Path(self.data_dir).expanduser().resolve()


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Return the settings that the environment asks for.

    Raises:
        Misconfigured: an unknown DATELINE_ variable, or a value that is no number where one is due.
    """
    given = {name[len(PREFIX) :].lower(): value for name, value in environ.items() if name.startswith(PREFIX)}
    known = {one.name for one in msgspec.structs.fields(Settings)}
    for name in given.keys() - known:
        raise Misconfigured(f"unknown setting {PREFIX}{name.upper()}")
    try:
        return msgspec.convert(given, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise Misconfigured(f"bad setting: {error}") from error
