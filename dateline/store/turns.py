"""Turns at hosts, over all pollers: who may ask a host now, and when the next one may.

Owns the pace at which hosts are asked. A turn is held until it is given back or runs out; its slot
then cools down for the host's delay. The rules that the catalog sets for single hosts win over what
a caller asks for. Refuses to wait: it says how long. Keys expire by themselves.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from dateline.store.client import Client, Script
from dateline.store.keys import Keys

if TYPE_CHECKING:
    from dateline.store.feeds import Pacing

_take, _give, _rest = Script("take_turn", "turn"), Script("give_turns", "turn"), Script("rest")


class Turns:
    """Every method raises StoreUnavailable when Redis is away."""

    def __init__(self, client: Client, keys: Keys) -> None:
        self._client, self._keys = client, keys

    def take(self, host: str, token: str, rule: "Pacing", now: datetime) -> float:
        """Take a turn at ``host`` under ``token``, a name that is used for this one turn.

        Returns 0.0 when the turn is ours, until it is given back or ``rule.hold_s`` have passed;
        else the seconds after which to ask again. Repeating the call that got it keeps it.
        """
        wait_ms = _take(
            self._client,
            self._keys.prefix,
            host=host,
            token=token,
            now_ms=now.timestamp() * 1000,
            pacing={
                "delay_ms": rule.delay_s * 1000,
                "at_once": rule.at_once,
                "hold_ms": rule.hold_s * 1000,
            },
        )
        return int(wait_ms) / 1000

    def give(self, turns: Sequence[tuple[str, str]], now: datetime) -> None:
        """Give turns back, as (host, token): each slot is free again one delay after ``now``."""
        if turns:
            given = [list(turn) for turn in turns]
            _give(self._client, self._keys.prefix, now_ms=now.timestamp() * 1000, turns=given)

    def rest(self, host: str, until: datetime) -> None:
        """Let nobody begin a request at ``host`` before ``until``, as the host asked (Retry-After)."""
        _rest(self._client, self._keys.prefix, host=host, until_ms=until.timestamp() * 1000)
