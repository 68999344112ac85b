"""How what a site repeats lies in Redis, and what settling an article adds to it.

Owns the bounds: one string a host, of at most ``MOST_BYTES``, gone ``KEPT_S`` after its last lesson. It is read
when a worker takes an article (`begin.lua`) and written in the commit that settles it (`settle.lua`), so it costs
no round trip. Refuses to know what the bytes mean: that is ``text.furniture``'s.

Two workers may teach of one host at once. The first one's sketch stands; the other's lesson is put behind it, and
whoever reads next counts it in. A lesson that finds no room is lost, which costs nothing.
"""

from msgspec import Struct

from dateline.store.keys import DAY_S

MOST_BYTES = 4096
"""A sketch takes 1.3 KB at most; the rest is room for lessons of about 70 bytes that wait to be counted in."""

KEPT_S = 30 * DAY_S
"""A host without a new article for so long is forgotten."""

_HEAD_BYTES = 8


class Lesson(Struct, frozen=True, kw_only=True):
    """What one article teaches of its host."""

    host: str
    #: The host's string as it was read.
    before: bytes
    #: To be put behind what stands, if that has changed since.
    lesson: bytes
    #: To stand in place of ``before``, with the lesson in it.
    sketch: bytes

    def arguments(self) -> dict[str, object]:
        """Return what `settle.lua` is told by name."""
        return {"host": self.host, "read": len(self.before), "most": MOST_BYTES, "ttl_s": KEPT_S}

    def blobs(self) -> tuple[bytes, bytes, bytes]:
        """Return what it is told in bytes: the head of what was read, the lesson, the sketch."""
        return self.before[:_HEAD_BYTES], self.lesson, self.sketch
