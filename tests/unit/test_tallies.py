"""What is counted stands at 0 before it happens, so that the first event is a change."""

from prometheus_client import CollectorRegistry, Counter
from prometheus_client.registry import REGISTRY

import workers.tally
from dateline import metrics
from dateline.errors import Reason
from dateline.model import Fate
from services.poller import tally


def test_every_combination_of_labels_stands_at_zero() -> None:
    """Two labels of two values give four series, each at 0."""
    registry = CollectorRegistry()
    counter = Counter("things", "Things.", ["kind", "size"], registry=registry)
    metrics.start_at_zero(counter, ("a", "b"), ("large", "small"))
    found = [one for family in registry.collect() for one in family.samples if one.name == "things_total"]
    assert {(one.labels["kind"], one.labels["size"]): one.value for one in found} == {
        ("a", "large"): 0.0, ("a", "small"): 0.0, ("b", "large"): 0.0, ("b", "small"): 0.0,
    }  # fmt: skip


def test_a_worker_shows_every_fate_and_reason_from_its_start() -> None:
    """No fate, reason or kind of envelope is missing until it first happens."""
    workers.tally.start()
    for fate in Fate:
        assert REGISTRY.get_sample_value("dateline_articles_total", {"fate": fate}) is not None
    for reason in Reason:
        assert REGISTRY.get_sample_value("dateline_rejected_total", {"reason": reason}) is not None
    opened = {"event": "opened", "event_type": "Battles"}
    assert REGISTRY.get_sample_value("dateline_incidents_total", opened) is not None
    assert REGISTRY.get_sample_value("dateline_child_restarts_total", {"room": "worker"}) is not None


def test_a_poller_shows_every_outcome_from_its_start() -> None:
    """No outcome of a poll, an entry or a page fetch is missing until it first happens."""
    tally.start()
    for polled in tally.Polled:
        assert REGISTRY.get_sample_value("dateline_feed_polls_total", {"outcome": polled}) is not None
    for seen in tally.Seen:
        assert REGISTRY.get_sample_value("dateline_entries_total", {"outcome": seen}) is not None
    assert REGISTRY.get_sample_value("dateline_page_fetches_total", {"outcome": "ok"}) is not None
    assert REGISTRY.get_sample_value("dateline_child_restarts_total", {"room": "poller"}) is not None
