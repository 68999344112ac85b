"""Which connections are worth keeping open.

Owns the memory of which hosts were asked lately. Refuses to know sockets: ``fetch`` asks before
each request. A kept TLS connection holds about 300 KB (measured; most of it asyncio's read
buffer), and of tens of thousands of hosts nearly all are asked once in many minutes.
"""

from collections import OrderedDict

from services.poller.guard import Target

FEW_HOSTS = 32
"""While no more hosts than this were asked lately, every connection is kept."""

MAX_KEPT_HOSTS = 128
"""Hosts whose connections are kept at most: with TLS about 40 MB."""


class Keeping:
    """Says of each request whether its connection is kept; ``lately_s`` is how long connections are."""

    def __init__(self, lately_s: float) -> None:
        self._lately_s = lately_s
        self._asked: OrderedDict[Target, tuple[float, bool]] = OrderedDict()
        self._kept = 0

    def is_worth(self, target: Target, now: float) -> bool:
        """Note a request to ``target`` and return whether its connection is to be kept for another."""
        self._forget(now - self._lately_s)
        _, was_kept = self._asked.pop(target, (now, None))
        again = was_kept is not None
        self._kept -= bool(was_kept)
        worth = bool(was_kept) or (self._kept < MAX_KEPT_HOSTS and (again or len(self._asked) < FEW_HOSTS))
        self._kept += worth
        self._asked[target] = (now, worth)
        return worth

    def _forget(self, before: float) -> None:
        while self._asked:
            target, (asked_at, kept) = next(iter(self._asked.items()))
            if asked_at >= before:
                return
            del self._asked[target]
            self._kept -= kept
