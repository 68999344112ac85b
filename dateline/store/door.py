"""The door: one object through which a process reaches all rooms of the store."""

from dataclasses import dataclass
from datetime import datetime

from dateline.errors import Misconfigured, StoreUnavailable
from dateline.settings import Settings
from dateline.store import embedded
from dateline.store.alerts import Alerts
from dateline.store.books import Books
from dateline.store.catalog import Catalog
from dateline.store.client import Client, connect, translated
from dateline.store.feeds import FeedStore, Limits
from dateline.store.incidents import Incidents
from dateline.store.keys import Keys
from dateline.store.ledger import Ledger
from dateline.store.mending import mend
from dateline.store.outbox import Outbox
from dateline.store.policies import Policies
from dateline.store.queue import JobQueue
from dateline.store.turns import Turns
from dateline.store.vitals import VitalSigns
from dateline.store.websub import Subscriptions

#: Streams with XINFO inside scripts, functions flags and the ACLs that we ship need this much.
OLDEST_REDIS = (7, 0)


@dataclass(frozen=True, slots=True)
class Store:
    """Every room of the store on one connection pool."""

    url: str
    queue_url: str
    client: Client
    keys: Keys
    catalog: Catalog
    feeds: FeedStore
    turns: Turns
    policies: Policies
    outbox: Outbox
    ledger: Ledger
    incidents: Incidents
    alerts: Alerts
    queue: JobQueue
    websub: Subscriptions
    books: Books
    vitals: VitalSigns

    def memory_share(self) -> float:
        """Return used memory as a share of maxmemory, 0 to 1; 0 when there is no limit."""
        with translated():
            info = self.client.info("memory")
        return info["used_memory"] / info["maxmemory"] if info.get("maxmemory") else 0.0

    def is_durable(self) -> bool:
        """Tell whether Redis writes an append-only file, without which a restart forgets what it held."""
        with translated():
            return bool(self.client.info("persistence").get("aof_enabled"))

    def close(self) -> None:
        self.client.close()


def open_store(settings: Settings) -> Store:
    """Return the store that the settings name: their Redis, else the embedded one if it runs.

    Raises:
        Misconfigured: no Redis is named and no embedded one runs, or it is too old.
        StoreUnavailable: Redis does not answer.
    """
    url = settings.redis_url or embedded.find_any(settings.data_path())
    if not url:
        raise Misconfigured(
            f"no DATELINE_REDIS_URL, and no `dateline up` runs on {settings.data_path()}; start one, or name a Redis"
        )
    store = _assemble(url, settings)
    _check_version(store.client)
    mend(store.client, store.keys)
    return store


def _assemble(url: str, settings: Settings) -> Store:
    client, keys = connect(url), Keys(settings.prefix)
    outbox = Outbox(client, keys, retention_days=settings.retention_days)
    queue_url = settings.queue_redis_url or url
    queue = JobQueue(queue_url, keys, outbox, batch_pages=settings.batch_pages, overdue_s=settings.overdue_s)

    def dispatch(now: datetime) -> None:
        try:
            queue.dispatch(now)
        except StoreUnavailable:
            return  # the keeper dispatches what is still due

    days = settings.retention_days
    limits = Limits(
        retention_days=days,
        pause_memory_share=settings.pause_memory_share,
        pause_outbox_s=settings.pause_outbox_s,
    )
    return Store(
        url=url,
        queue_url=queue_url,
        client=client,
        keys=keys,
        catalog=Catalog(client, keys),
        turns=Turns(client, keys),
        policies=Policies(client, keys),
        feeds=FeedStore(client, keys, limits=limits, on_accepted=dispatch),
        outbox=outbox,
        ledger=Ledger(
            client,
            keys,
            index_days=settings.index_days,
            index_articles=settings.index_articles,
            retention_days=days,
        ),
        incidents=Incidents(client, keys),
        alerts=Alerts(client, keys),
        queue=queue,
        websub=Subscriptions(client, keys),
        books=Books(client, keys),
        vitals=VitalSigns(client, keys),
    )


def _check_version(client: Client) -> None:
    with translated():
        server = client.info("server")
    version = str(server.get("valkey_version") or server["redis_version"])
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_REDIS:
        oldest = ".".join(map(str, OLDEST_REDIS))
        raise Misconfigured(f"this Redis is {version}; Dateline needs {oldest} or newer")
