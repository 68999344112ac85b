"""The worker's desk: takes pages from the outbox, has them read and coded, settles them.

Owns the effects of a worker: Redis, metrics, logs. The pure work is done in the killable child;
what to do is decided by pure rooms. Metrics are counted here, in the long-lived parent.
"""

import logging
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from dateline import logs, metrics
from dateline.errors import ChildLost, Contended, DatelineError, Reason, StoreUnavailable
from dateline.incidents.plan import plan, wanted_blocks
from dateline.incidents.watches import Rules, marked
from dateline.model import Disposition, Fate
from dateline.sandbox import Sandbox
from dateline.settings import Settings
from dateline.settlement import Change, LookUp, PageResult, Settlement
from dateline.store.door import Store
from dateline.store.furniture import Lesson
from dateline.store.keys import is_canary
from dateline.store.ledger import Outcome, Settled
from dateline.store.outbox import Taken
from workers import reading
from workers.failures import Next, after
from workers.worker import JobLimit

log = logging.getLogger(__name__)

#: Look-up and commit disagree only when a neighbour settles in between; so often in a row never.
_PLANS = 20

#: A page that failed once is tried again after so many seconds, twice as many the next time.
_RETRY_S = 1.0


class Desk:
    """One worker's work. ``now`` gives aware UTC, ``rules`` the watch list as it stands."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        sandbox: Sandbox,
        now: Callable[[], datetime],
        rules: Callable[[], Rules] = Rules,
    ) -> None:
        self._settings, self._store, self._sandbox, self._now = settings, store, sandbox, now
        self._rules = rules

    def ingest(self, page_ids: Sequence[str]) -> int:
        """Bring the articles to their fate; returns how many were settled.

        What ends otherwise meanwhile is left alone. What fails is retried or quarantined, alone:
        no neighbour in the batch shares its fate.

        Raises:
            StoreUnavailable: Redis is away; what is not settled is due again in the outbox.
        """
        taken = [one for one in self._begin(page_ids) if self._can_be_tried(one)]
        settled = 0
        with self._renewing([one.id for one in taken]) as done:
            asked = [reading.asking(one.page or b"", one.sketch) for one in taken]
            results = self._sandbox.run(asked, self._settings.page_deadline_s)
            for one, outcome in zip(taken, results, strict=True):
                with logs.article(one.id):
                    settled += self._end(one, outcome)
                done(one.id)
        return settled

    def _begin(self, page_ids: Sequence[str]) -> list[Taken]:
        return self._store.outbox.begin(page_ids, self._now(), self._settings.overdue_s)

    def _can_be_tried(self, one: Taken) -> bool:
        if one.page is None:
            self._quarantine(one, Reason.BAD_RECORD, "its page is not in the store")
        elif one.attempts > self._settings.max_attempts:
            self._quarantine(one, Reason.WORKER_LOST, f"{one.attempts - 1} workers died on it")
        else:
            return True
        return False

    def _end(self, one: Taken, outcome: bytes | ChildLost) -> bool:
        if isinstance(outcome, ChildLost):
            metrics.CHILD_RESTARTS.labels("worker").inc()
            return self._fail(one, outcome.reason, str(outcome), killed=True)
        try:
            return self._end_read(one, reading.decode(outcome))
        except (StoreUnavailable, JobLimit):
            raise
        except DatelineError as error:
            return self._fail(one, error.reason, str(error))
        except Exception:  # noqa: BLE001 - a bug in planning costs its page, told with its trace, and no neighbour
            return self._fail(one, Reason.INTERNAL, traceback.format_exc(limit=-8))

    def _end_read(self, one: Taken, result: PageResult) -> bool:
        if result.reason is not None:
            return self._fail(one, Reason(result.reason), result.detail, version=result.version)
        if is_canary(one.id):
            return self._arrive(result)
        metrics.STAGE_SECONDS.labels("read").observe(result.read_s)
        metrics.STAGE_SECONDS.labels("code").observe(result.code_s)
        return self._settle(one, result)

    def _settle(self, one: Taken, result: PageResult) -> bool:
        fingerprint = result.fingerprint
        if fingerprint is None:
            raise DatelineError("a result without a fingerprint and without a reason")
        for _ in range(_PLANS):
            now = self._now()
            with metrics.STAGE_SECONDS.labels("settle").time():
                look_up = self._store.ledger.look_up(
                    result.article_id, fingerprint, result.aliases, wanted_blocks(result, now), now
                )
                if look_up.fate is not None:
                    return False
                settlement = marked(plan(result, look_up, now), look_up.incidents, self._rules())
                settled = self._store.ledger.settle(
                    settlement, fingerprint, look_up, now, _taught(one, result, settlement)
                )
            if settled.outcome is Outcome.SETTLED:
                self._count(settlement, settled, result, now)
                return True
            if settled.outcome is not Outcome.CONTENDED:
                return False
            metrics.REJECTED.labels(Reason.CONTENDED).inc()
        raise Contended(f"the neighbourhood changed {_PLANS} times")

    def _arrive(self, result: PageResult) -> bool:
        """Settle a canary. It is looked up as any article and judged by itself: what it must come to is known."""
        if fingerprint := result.fingerprint:
            now = self._now()
            self._store.ledger.look_up(
                result.article_id, fingerprint, result.aliases, wanted_blocks(result, now), now
            )
            self._store.ledger.settle(plan(result, LookUp(), now), fingerprint, None, now)
        return False

    def _fail(
        self, one: Taken, reason: Reason, detail: str, *, killed: bool = False, version: int = 0
    ) -> bool:
        if not is_canary(one.id):
            metrics.REJECTED.labels(reason).inc()
        match after(reason, one.attempts, self._settings.max_attempts, killed=killed):
            case Next.UNREADABLE:
                return self._unreadable(one.id, version, reason, detail)
            case Next.QUARANTINE:
                self._quarantine(one, reason, detail)
            case Next.RETRY:
                log.warning("page failed, trying again", extra={"reason": reason, "detail": detail[-500:]})
                self._store.outbox.retry(one.id, self._now(), _RETRY_S * 2 ** (one.attempts - 1))
        return False

    def _unreadable(self, article_id: str, version: int, reason: Reason, detail: str) -> bool:
        result = PageResult(article_id=article_id, version=version, reason=reason, detail=detail)
        settlement = plan(result, LookUp(), self._now())
        settled = self._store.ledger.settle(settlement, None, None, self._now())
        if settled.outcome is Outcome.SETTLED:
            self._count(settlement, settled, result, self._now())
        return settled.outcome is Outcome.SETTLED

    def _quarantine(self, one: Taken, reason: Reason, detail: str) -> None:
        if self._store.outbox.quarantine(one.id, reason, detail, self._now(), attempts=one.attempts):
            metrics.ARTICLES.labels(Fate.QUARANTINED).inc()
            log.error(
                "page quarantined", extra={"article": one.id, "reason": reason, "detail": detail[-500:]}
            )

    def _count(self, settlement: Settlement, settled: Settled, result: PageResult, now: datetime) -> None:
        metrics.ARTICLES.labels(settlement.fate).inc()
        if result.accepted_at:
            metrics.ACCEPTED_TO_SETTLED_SECONDS.observe(max(0.0, (now - result.accepted_at).total_seconds()))
        for change in settlement.changes:
            self._count_change(change, result, now)
        for alert in settled.alerts:
            metrics.ALERTS.labels(*alert).inc()
        log.info(
            "settled",
            extra={
                "article": settlement.article_id,
                "fate": settlement.fate,
                "reason": settlement.reason,
                "incidents": list(settlement.incidents),
                "lineage": settlement.lineage,
                "story": settlement.story,
                "merged": list(settlement.merged),
            },
        )

    @staticmethod
    def _count_change(change: Change, result: PageResult, now: datetime) -> None:
        metrics.INCIDENTS.labels(change.event, change.incident.event_type).inc()
        published_at = result.article.published_at if result.article else None
        if published_at:
            latency_s = max(0.0, (now - published_at).total_seconds())
            metrics.PUBLICATION_TO_INCIDENT_SECONDS.observe(latency_s)

    @contextmanager
    def _renewing(self, ids: Sequence[str]) -> Iterator[Callable[[str], None]]:
        """Keep the ids ours while the block runs; the yielded function says that one has ended."""
        held, over = set(ids), threading.Event()

        def renew() -> None:
            while not over.wait(self._settings.overdue_s / 3):
                try:
                    self._store.outbox.renew(list(held), self._now(), self._settings.overdue_s)
                except StoreUnavailable:
                    continue  # they are due again when Redis is back; settling twice changes nothing

        thread = threading.Thread(target=renew, name="renew", daemon=True)
        thread.start()
        try:
            yield held.discard
        finally:
            over.set()
            thread.join()


def _taught(one: Taken, result: PageResult, settlement: Settlement) -> Lesson | None:
    """Return what the article teaches of its host, or None.

    Only news teaches: a story that is told again, by its own revision, in the same words or in others, would
    make its sentences look like furniture.
    """
    verdict = settlement.verdict
    if not (one.host and result.lesson and result.version == 1 and verdict):
        return None
    is_retold = settlement.incidents and all(change.event != "opened" for change in settlement.changes)
    if verdict.disposition is not Disposition.NOVEL or is_retold:
        return None
    return Lesson(host=one.host, before=one.sketch, lesson=result.lesson, sketch=result.sketch)
