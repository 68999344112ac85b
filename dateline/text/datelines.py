"""Datelines: where, by whom and when, at the head of a news story.

Owns reading "GAZA CITY (AP) — …" and its like from the first line of a text. Refuses to cut: the
line stays as it is, the caller is told how much of it the dateline takes.

    read(line) -> Dateline | None
"""

import re

from msgspec import Struct

HEAD_CHARS = 120
"""A dateline ends within so many characters; what comes later is the story."""

_AGENCY = r"AP|AFP|Reuters|EFE|ANSA|dpa|DPA|TASS|ТАСС|РИА Новости|Xinhua|AA|PTI|ANI|UPI|CNN|IPS|APA|Lusa|Belga|PAP|أ ف ب|رويترز"
_HEAD = re.compile(
    rf"(?P<place>[^\W\d_a-zа-я][^()—–:.?!]{{1,50}}?)\s*(?:,\s*(?P<day>[^()—–:?!]{{3,24}}?))?\s*(?:\((?P<agency>{_AGENCY})\)\s*(?:[—–-]+|:)|\s(?:—|–|--)(?=\s))"
)


class Dateline(Struct, frozen=True, kw_only=True):
    """A dateline's parts as written; what it lacks is empty."""

    place: str = ""
    agency: str = ""
    day: str = ""
    #: Characters of the line that the dateline takes, its dash included.
    length: int = 0

    @property
    def label(self) -> str:
        """Place and agency in one: "GAZA CITY (AP)"."""
        return f"{self.place} ({self.agency})".strip() if self.agency else self.place


def read(line: str) -> Dateline | None:
    """Return the dateline that ``line`` begins with, or None."""
    found = _HEAD.match(line[:HEAD_CHARS])
    if found is None or not (found["agency"] or found["place"].isupper()):
        return None
    return Dateline(
        place=found["place"].strip(" ,"),
        agency=found["agency"] or "",
        day=(found["day"] or "").strip(),
        length=found.end(),
    )
