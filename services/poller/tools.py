"""What a poll works with, handed to each of its steps.

Owns the list. Refuses to make any of it: the process's ``__main__`` does, a test its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dateline.settings import Settings
from services.poller.desk import Desk
from services.poller.fetch import Fetcher
from services.poller.hosts import Hosts
from services.poller.parsing import Parser
from services.poller.robots import Robots
from services.poller.tally import Tally
from services.poller.websub.service import WebSub


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """``now`` is the clock (aware UTC), ``chance`` draws between 0 and 1."""

    desk: Desk
    fetcher: Fetcher
    hosts: Hosts
    robots: Robots
    parser: Parser
    tally: Tally
    settings: Settings
    now: Callable[[], datetime]
    chance: Callable[[], float]
    stopping: Callable[[], bool]
    #: None: hubs are not asked.
    websub: WebSub | None = None
