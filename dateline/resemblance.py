"""How texts resemble one another: the types between fingerprint, index and judge.

Owns shapes only, as ``model`` does, from which it was parted for its length.
"""

from datetime import datetime

from msgspec import Struct

from dateline.model import Disposition


class Fingerprint(Struct, frozen=True, kw_only=True):
    """What an article's text looks like to its near-duplicates."""

    #: 128-bit hash of the normalized words.
    exact: bytes
    #: What it is filed and found under: near-duplicates share at least one with high probability. Unsigned, 48 bits.
    keys: tuple[int, ...]
    #: What a neighbour is compared by (``dedup.compare``).
    sketch: bytes
    words: int


class Neighbour(Struct, frozen=True, kw_only=True):
    """An indexed article that shares a key, the exact hash or an address."""

    id: str
    sketch: bytes
    words: int
    exact: bool = False
    #: It was found under the same canonical address, whatever its text.
    same_address: bool = False
    #: The story that it belongs to; empty when it was settled before stories were kept.
    story: str = ""
    #: It is a copy itself: the article that it repeats.
    of: str = ""
    #: When it was published, as far as that is known: reports in one form recur by the day or week.
    published_at: datetime | None = None


class Passage(Struct, frozen=True, kw_only=True):
    """A stretch that two texts share: characters of the article's clean text, and of the earlier one's."""

    start: int
    end: int
    other_start: int
    other_end: int


class Resemblance(Struct, frozen=True, kw_only=True):
    """How one text resembles an earlier one, each 0 to 1."""

    #: Of both texts together, the share that they have in common.
    similarity: float = 0.0
    #: Share of the text that stands in the earlier one.
    share: float = 0.0
    #: Share of the earlier one that stands in the text.
    other_share: float = 0.0
    #: The longest shared stretches, in the text's order.
    passages: tuple[Passage, ...] = ()
    #: The text follows the earlier one from beginning to end, with many single words replaced.
    spun: bool = False


class Verdict(Struct, frozen=True, kw_only=True):
    """What an article is to its neighbours, and why."""

    disposition: Disposition
    #: The article that it repeats; None for novel.
    of: str | None = None
    #: Likeness to ``of``, as ``Resemblance`` tells it.
    similarity: float = 0.0
    share: float = 0.0
    other_share: float = 0.0
    passages: tuple[Passage, ...] = ()
    spun: bool = False
    #: One sentence for `dateline why`.
    reason: str = ""
