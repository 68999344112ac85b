"""The promises of revisions: an article that changed is judged again, and the books stay exact."""

from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make import NOW, feed, fingerprint, page

from dateline.errors import Reason
from dateline.model import Fate, Page
from dateline.settlement import LookUp, Settlement
from dateline.store import pages
from dateline.store.door import Store
from dateline.store.feeds import MAX_VERSIONS, UNPACED, Claim
from dateline.store.ledger import Outcome

pytestmark = pytest.mark.integration

ID = f"{1:016x}"


def claimed(store: Store) -> Claim:
    store.catalog.put([feed()], NOW)
    return store.feeds.claim("me", NOW, 1, 20, UNPACED)[0]


def version(number: int, **fields: Any) -> Page:
    entry = msgspec.structs.replace(page().entry, title=f"Version {number}")
    return page(1, version=number, entry=entry, body=b"v%d" % number, **fields)


def settle(store: Store, fate: Fate = Fate.IRRELEVANT, number: int = 1, **fields: Any) -> Outcome:
    made = Settlement(article_id=ID, version=number, fate=fate, reason="r", **fields)
    return store.ledger.settle(made, fingerprint(), LookUp(), NOW).outcome


def balanced(store: Store) -> bool:
    """What was acknowledged has ended, each in one fate, or waits."""
    fates, depths = store.incidents.fates(), store.outbox.depths()
    entries = fates.pop("entries", 0)
    kept = {name: count for name, count in fates.items() if count}
    told = [
        store.incidents.article(key.decode().rpartition(":")[2])
        for key in store.client.scan_iter("*article:*")
    ]
    counted: dict[str, int] = {}
    for one in told:
        if one and (fate := one.fields.get("fate")):
            counted[fate] = counted.get(fate, 0) + 1
    return entries == len(told) == sum(fates.values()) + depths.outbox and kept == counted


def fields(store: Store) -> dict[str, str]:
    told = store.incidents.article(ID)
    assert told
    return told.fields


def waiting(store: Store) -> Page | None:
    blob = store.outbox.page(ID)
    return pages.decode(blob) if blob else None


def test_a_revision_takes_the_fate_back(store: Store) -> None:
    """The next version of a settled article is judged again: no fate, no verdict, no lifetime; its incidents stay."""
    claim = claimed(store)
    store.feeds.accept(claim, [page(1)], NOW)
    assert settle(store, Fate.INCIDENT, incidents=("SY-1",)) is Outcome.SETTLED
    assert store.client.ttl(store.keys.article(ID)) > 0
    assert store.feeds.versions([ID, "other"]) == [1, 0]
    assert store.feeds.accept(claim, [version(2)], NOW) == 1
    told = fields(store)
    assert told.keys().isdisjoint({"fate", "reason", "settled_at", "attempts"})
    assert (told["incidents"], told["version"], told["title"]) == ("SY-1", "2", "Version 2")
    assert store.client.ttl(store.keys.article(ID)) == -1
    assert waiting(store) == version(2)
    assert store.incidents.fates() == {"entries": 1, "incident": 0}
    assert balanced(store)
    assert settle(store, Fate.BACKGROUND, 2) is Outcome.SETTLED
    assert store.client.ttl(store.keys.article(ID)) > 0
    assert balanced(store)


def test_a_repeated_revision_changes_nothing(store: Store) -> None:
    """The version that stands, an older one and one too far ahead are known already."""
    claim = claimed(store)
    store.feeds.accept(claim, [page(1)], NOW)
    store.feeds.accept(claim, [version(2)], NOW)
    settle(store, number=2)
    for number in (1, 2, 4):
        assert store.feeds.accept(claim, [version(number)], NOW) == 0
    assert (fields(store)["fate"], fields(store)["version"]) == ("irrelevant", "2")
    assert store.outbox.depths().outbox == 0


def test_a_revision_of_what_waits_replaces_its_page(store: Store) -> None:
    """An article that no worker has ended yet keeps its place; its newest page is read, its tries begin anew."""
    claim = claimed(store)
    store.feeds.accept(claim, [page(1)], NOW)
    store.outbox.begin([ID], NOW, 60)
    assert store.feeds.accept(claim, [version(2)], NOW) == 1
    (taken,) = store.outbox.begin([ID], NOW, 60)
    assert (taken.attempts, taken.page) == (1, pages.encode(version(2)))
    assert store.incidents.fates() == {"entries": 1}
    assert balanced(store)


def test_a_worker_with_the_old_page_cannot_end_a_revision(store: Store) -> None:
    """What was judged on the former version is refused; the newer page waits on."""
    claim = claimed(store)
    store.feeds.accept(claim, [page(1)], NOW)
    store.outbox.begin([ID], NOW, 60)
    store.feeds.accept(claim, [version(2)], NOW)
    assert settle(store, number=1) is not Outcome.SETTLED
    assert waiting(store) == version(2)
    assert settle(store, number=2) is Outcome.SETTLED


def test_a_late_verdict_on_the_old_page_does_not_set_the_revision_aside(store: Store) -> None:
    """A worker that gives up on the page of before cannot quarantine the revision that came meanwhile."""
    claim = claimed(store)
    store.feeds.accept(claim, [page(1)], NOW)
    (taken,) = store.outbox.begin([ID], NOW, 60)
    store.feeds.accept(claim, [version(2)], NOW)
    assert not store.outbox.quarantine(ID, Reason.CHILD_DIED, "died", NOW, attempts=taken.attempts)
    assert (store.outbox.depths().quarantine, store.outbox.depths().outbox) == (0, 1)


def test_a_revision_leaves_quarantine(store: Store) -> None:
    """A page that could not be read may be readable now."""
    claim = claimed(store)
    store.feeds.accept(claim, [page(1)], NOW)
    store.outbox.quarantine(ID, Reason.CHILD_DIED, "died", NOW)
    assert store.feeds.accept(claim, [version(2)], NOW) == 1
    assert (store.outbox.depths().quarantine, store.outbox.depths().outbox) == (0, 1)
    assert "detail" not in fields(store)
    assert balanced(store)


def test_a_rejected_entry_may_be_revised(store: Store) -> None:
    """What had no text may have some now; a refused revision leaves what stands."""
    claim = claimed(store)
    store.feeds.reject(claim, page(1, body=b""), Fate.REJECTED, Reason.NO_LINK_NO_TEXT, NOW)
    assert store.feeds.accept(claim, [version(2)], NOW) == 1
    settle(store, number=2)
    assert not store.feeds.reject(claim, version(3), Fate.REJECTED, Reason.HTTP_STATUS, NOW)
    assert (fields(store)["fate"], fields(store)["version"]) == ("irrelevant", "2")
    assert balanced(store)


def test_other_feeds_of_a_revised_article_stay(store: Store) -> None:
    """A revision is one feed's; the article is listed by all of them."""
    claim = claimed(store)
    store.feeds.accept(claim, [page(1)], NOW)
    other = store.feeds.hold(feed(2), "x")
    store.feeds.accept(other, [page(1, feed_id="feed2")], NOW)
    third = store.feeds.hold(feed(3), "x")
    store.feeds.accept(third, [version(2, feed_id="feed3")], NOW)
    assert fields(store)["feeds"] == "feed1 feed2 feed3"


def test_an_article_that_was_forgotten_is_new(store: Store) -> None:
    """A revision of what the retention has taken is an article like any other, under its own version."""
    claim = claimed(store)
    assert store.feeds.accept(claim, [version(7)], NOW) == 1
    assert store.feeds.versions([ID]) == [7]
    assert store.incidents.fates() == {"entries": 1}


def test_articles_of_before_are_of_version_one(store: Store) -> None:
    """An article stored without a version can be revised."""
    claim = claimed(store)
    store.feeds.accept(claim, [page(1)], NOW)
    store.client.hdel(store.keys.article(ID), "version")
    assert store.feeds.versions([ID]) == [1]
    assert store.feeds.accept(claim, [version(2)], NOW) == 1


def test_versions_end(store: Store) -> None:
    """A page that says something else at every look is not followed beyond the twentieth version."""
    claim = claimed(store)
    assert [store.feeds.accept(claim, [version(n)], NOW) for n in range(1, MAX_VERSIONS + 3)] == [
        *[1] * MAX_VERSIONS,
        0,
        0,
    ]
    assert store.feeds.versions([ID]) == [MAX_VERSIONS]
    assert store.feeds.versions([]) == []


ACTS = st.lists(
    st.sampled_from(["accept", "revise", "leap", "settle", "late", "quarantine", "retry", "drop", "reject"]),
    max_size=25,
)


@given(acts=ACTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_books_stay_exact(store: Store, acts: list[str]) -> None:
    """In whatever order an article is revised, settled, quarantined and dropped, each entry ends once or waits."""
    store.client.flushall()
    claim = claimed(store)
    for act in acts:
        (stands,) = store.feeds.versions([ID])
        if act in ("accept", "revise", "leap"):
            number = {"accept": 1, "revise": stands + 1, "leap": stands + 2}[act]
            store.feeds.accept(claim, [version(number)], NOW)
        elif act in ("settle", "late"):
            settle(store, Fate.BACKGROUND, max(1, stands - (act == "late")))
        elif act == "quarantine":
            store.outbox.quarantine(ID, Reason.CHILD_DIED, "d", NOW)
        elif act == "reject":
            store.feeds.reject(claim, version(1), Fate.REJECTED, Reason.NO_LINK_NO_TEXT, NOW)
        else:
            store.outbox.release(ID, NOW, retry=act == "retry")
        assert balanced(store), act
