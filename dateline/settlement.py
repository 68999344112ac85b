"""The frozen types of settling an article: what was read, what stood before, what will be done.

Owns shapes only, as ``dateline.model`` does; these know the incident record as well.
"""

from datetime import datetime

from msgspec import Struct

from dateline.incidents.record import Coding, Event, Incident, Severity
from dateline.model import Article, Fate, Lineage
from dateline.resemblance import Fingerprint, Neighbour, Verdict


class PageResult(Struct, frozen=True, kw_only=True):
    """What the killable child makes of one page: an article coded, or why not."""

    article_id: str
    #: Of the page that was read: 1, or more for a revision.
    version: int = 1
    article: Article | None = None
    fingerprint: Fingerprint | None = None
    coding: Coding | None = None
    #: Other article ids that mean the same address: rel=canonical, the end of redirects.
    aliases: tuple[str, ...] = ()
    #: What the text credits, as ``dedup.lineage.origin`` reads it.
    origin: str | None = None
    accepted_at: datetime | None = None
    #: What the article teaches of its host's furniture (``text.furniture``), and the host's sketch with that in it.
    lesson: bytes = b""
    sketch: bytes = b""
    #: Named reason when the page could not be read.
    reason: str | None = None
    detail: str = ""
    read_s: float = 0.0
    code_s: float = 0.0


class KnownIncident(Struct, frozen=True, kw_only=True):
    """An incident as it stood at look-up."""

    version: int
    record: Incident


class LookUp(Struct, frozen=True, kw_only=True):
    """The neighbourhood that an article is judged against, as of one instant."""

    #: Set when the article already has a fate: nothing is left to do.
    fate: Fate | None = None
    neighbours: tuple[Neighbour, ...] = ()
    #: Incidents filed under the article's blocks, or that a neighbour is a source of, by id.
    incidents: dict[str, KnownIncident] = {}
    #: How many incidents each block held; the commit refuses when one has grown.
    block_sizes: dict[str, int] = {}
    #: For each neighbour, the incidents that it is a source of.
    incidents_of: dict[str, tuple[str, ...]] = {}
    #: Incidents that earlier versions of this article told of; they stand in ``incidents`` too.
    own: tuple[str, ...] = ()
    #: Statistics that earlier versions of this article published, as ``plan`` knows them.
    statistics: tuple[str, ...] = ()
    #: Of the neighbours, those that repeat this very article: no judges of its revision.
    followers: tuple[str, ...] = ()
    #: Of a revision: the article itself as its earlier version stands in the index.
    earlier: Neighbour | None = None
    #: For each incident, the story that it belongs to.
    stories: dict[str, str] = {}
    #: How far the index was filled: what is filed later has a larger number. -1: not known, so that any neighbour is news.
    seen: int = -1


class Change(Struct, frozen=True, kw_only=True):
    """One envelope to be published."""

    event: Event
    incident: Incident
    changed: tuple[str, ...] = ()
    #: Blocks under which the incident is filed.
    blocks: tuple[str, ...] = ()
    #: Version that must still stand; 0 for an incident that is opened.
    expected_version: int = 0


class Alarm(Struct, frozen=True, kw_only=True):
    """An incident of the settlement that meets a watch; the commit sends it, or holds it back while the watch cools down."""

    #: Id of the incident, which is among the changes.
    incident: str
    watch: str
    severity: Severity
    #: For so long the watch's later alerts of this severity or a lower one are held back, in seconds.
    cool_down_s: int = 0


class Settlement(Struct, frozen=True, kw_only=True):
    """All that settling one article will do, decided before anything is done."""

    article_id: str
    #: Version of the page that was judged; the commit refuses when a later one stands. 0: not known.
    version: int = 1
    fate: Fate
    reason: str
    verdict: Verdict | None = None
    #: Put the article into the duplicate index.
    indexed: bool = False
    changes: tuple[Change, ...] = ()
    #: Watches that incidents among the changes meet, whether they were told of them before or not.
    alarms: tuple[Alarm, ...] = ()
    statistics: tuple[Incident, ...] = ()
    #: What these are known by, so that a revision does not publish them again.
    statistic_keys: tuple[str, ...] = ()
    #: Every incident that the article is now a source of, those of its earlier versions included.
    incidents: tuple[str, ...] = ()
    #: Addresses (article ids) that also mean this article.
    aliases: tuple[str, ...] = ()
    #: What the article is to those that tell of the same; None when it could not be read.
    lineage: Lineage | None = None
    #: Whom its text credits.
    origin: str | None = None
    #: The story that it belongs to, by the id of the first article that told of it.
    story: str = ""
    #: Stories that it shows to be one with ``story``, under whose name they go on.
    merged: tuple[str, ...] = ()
    #: Of a revision: what changed against the version before, in one sentence for `dateline why`.
    revised: str = ""
