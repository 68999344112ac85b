"""What a worker counts, at 0 from its start.

Owns the values of the labels. Refuses to count: that is done where a fate is decided.
"""

from typing import get_args

from dateline import metrics
from dateline.errors import Reason
from dateline.incidents.record import Event, Severity
from dateline.incidents.taxonomy import EVENT_TYPES
from dateline.model import Fate
from dateline.store.alerts import Told

#: What a worker spends its time on: the values of the label ``stage``.
STAGES = ("read", "code", "settle")


def start() -> None:
    """Let all that a worker may count stand at 0, before it counts."""
    metrics.start_at_zero(metrics.ARTICLES, Fate)
    metrics.start_at_zero(metrics.INCIDENTS, get_args(Event), EVENT_TYPES)
    metrics.start_at_zero(metrics.ALERTS, get_args(Severity), get_args(Told))
    metrics.start_at_zero(metrics.REJECTED, Reason)
    metrics.start_at_zero(metrics.STAGE_SECONDS, STAGES)
    metrics.start_at_zero(metrics.CHILD_RESTARTS, ("worker",))
