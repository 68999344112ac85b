"""Sends canaries, and measures what becomes of them.

Owns the measuring: latency, loss, and whether an article of which all is known was coded to what it tells. Of several
keepers one has the lease and does it; another follows it LEASE_S after it is gone. Every keeper tells the age.

    sent ─► outbox ─► RQ ─► worker ─► settle ─► arrived, or wrong when it was coded to something else
                                  └─────────► lost when it has not arrived in time, or failed; late when it arrives after that
"""

import logging
from collections import deque
from collections.abc import Callable
from datetime import datetime

from dateline import metrics
from dateline.store.canary import Canaries, Tiding
from services.keeper.canary_article import amiss, canary

log = logging.getLogger(__name__)

LOOK_S = 1.0
"""How often the keeper looks; a latency does not hang on it, since the store marks both ends."""

OUTCOMES = ("sent", "arrived", "wrong", "lost", "late")

#: Not arrived in this time, or in so many times what the slowest of a hundred took: lost.
LOST_S, LOST_TIMES, LOST_MOST_S = 60.0, 3.0, 3600.0

_REMEMBERED = 100


class CanaryWatch:
    """Sends one every ``every_s`` seconds, none for 0; ask it to ``look`` every LOOK_S.

    ``sent`` is told when one waits for a worker, as after any commit of entries; ``token`` is this keeper's own.
    """

    def __init__(
        self,
        canaries: Canaries,
        *,
        every_s: int,
        token: str,
        now: Callable[[], datetime],
        sent: Callable[[datetime], object],
    ) -> None:
        self._canaries, self._every_s, self._token, self._now, self._sent = (
            canaries, every_s, token, now, sent,
        )  # fmt: skip
        self._took_s: deque[float] = deque(maxlen=_REMEMBERED)
        self._counted: frozenset[tuple[str, str]] = frozenset()

    def look(self) -> None:
        """Send one if it is due, count what became of others, tell the age of the last that arrived.

        Raises:
            StoreUnavailable: Redis is away; what is not counted yet is counted at the next look.
        """
        if not self._every_s:
            return
        now = self._now()
        page = canary(now)
        told = self._canaries.round(self._token, page, every_s=self._every_s, lost_s=self.lost_s())
        for one in told or ():
            # Counted, but not forgotten: Redis went away in between.
            if (one.id, one.outcome) not in self._counted:
                self._count(one)
            if one.outcome == "sent" and one.id == page.article_id:
                self._sent(now)
        self._counted = frozenset((one.id, one.outcome) for one in told or ())
        self._canaries.forget(told or ())
        metrics.CANARY_AGE_SECONDS.set(self._canaries.state().age_s)

    def lost_s(self) -> float:
        """Return after how many seconds one that has not arrived is given up."""
        slowest = sorted(self._took_s)[max(0, -(-len(self._took_s) * 99 // 100) - 1)] if self._took_s else 0.0
        return min(max(LOST_S, LOST_TIMES * slowest), LOST_MOST_S)

    def _count(self, one: Tiding) -> None:
        outcome, detail = self._judged(one)
        metrics.CANARIES.labels(outcome).inc()
        if outcome == "sent":
            return
        if one.outcome != "lost":
            self._took_s.append(one.took_s)
            metrics.CANARY_SECONDS.observe(one.took_s)
        self._canaries.note(one, outcome, detail)
        told = {"article": one.id, "outcome": outcome, "took_s": round(one.took_s, 3), "detail": detail}
        if outcome == "arrived":
            log.info("a canary arrived", extra=told)
        else:
            log.error("a canary did not arrive as it should", extra=told)

    @staticmethod
    def _judged(one: Tiding) -> tuple[str, str]:
        if one.outcome != "arrived":
            return one.outcome, one.detail
        trouble = amiss(one.id, one.envelopes)
        return ("wrong", f"{trouble} ({one.detail})") if trouble else ("arrived", "")
