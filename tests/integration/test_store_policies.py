"""The promises of dateline.store.policies on a real Redis."""

import pytest

from dateline.store.door import Store
from dateline.store.policies import MAX_POLICY_BYTES

pytestmark = pytest.mark.integration


def test_what_is_put_comes_back_until_its_time_is_over(store: Store) -> None:
    """Rules are kept as bytes, under their address, for as long as was said."""
    policies = store.policies
    assert policies.get("https://a.test/robots.txt") is None
    policies.put("https://a.test/robots.txt", b"\x00rules\xff", 600)
    policies.put("https://a.test/.well-known/tdmrep.json", b"", 0)
    assert policies.get("https://a.test/robots.txt") == b"\x00rules\xff"
    (key,) = [one for one in store.client.keys("*policy*") if store.client.ttl(one) > 1]
    assert 590 <= store.client.ttl(key) <= 600


def test_long_addresses_make_short_keys(store: Store) -> None:
    """Hosts choose their names, not the length of our keys."""
    store.policies.put("https://" + "a" * 4000 + "\ud800.test/robots.txt", b"x", 60)
    assert all(len(key) < 80 for key in store.client.keys("*policy*"))


def test_what_is_too_long_is_not_kept(store: Store) -> None:
    """A host cannot fill Redis with its rules."""
    store.policies.put("https://a.test/robots.txt", b"x" * (MAX_POLICY_BYTES + 1), 60)
    assert store.policies.get("https://a.test/robots.txt") is None
