"""What hosts say about being read, shared by all pollers and kept over restarts.

Owns one small value for each address of rules (robots.txt, tdmrep.json) and how long it is
believed. Refuses to know what the rules say: the poller reads and writes them as bytes.
"""

from hashlib import blake2b

from dateline.store.client import Client, translated
from dateline.store.keys import Keys

MAX_POLICY_BYTES = 65_536
"""Longest rules that are shared: real ones are of a few hundred bytes, and hosts by the thousand
must not fill Redis with what they like."""


class Policies:
    """Rules by the address that they were read from. Both methods raise StoreUnavailable when Redis is away."""

    def __init__(self, client: Client, keys: Keys) -> None:
        self._client, self._keys = client, keys

    def get(self, address: str) -> bytes | None:
        """Return what was put under ``address``, or None when there is nothing or its time is over."""
        with translated():
            blob: bytes | None = self._client.get(self._key(address))
        return blob

    def put(self, address: str, blob: bytes, ttl_s: int) -> None:
        """Keep ``blob`` for ``ttl_s`` seconds, at least 1; what is longer than ``MAX_POLICY_BYTES`` is not kept."""
        if len(blob) > MAX_POLICY_BYTES:
            return
        with translated():
            self._client.set(self._key(address), blob, ex=max(1, ttl_s))

    def _key(self, address: str) -> str:
        # Hosts choose their names: a digest keeps every key short.
        return self._keys.policy(
            blake2b(address.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        )
