"""Where the paragraphs of a plain text begin and end.

Owns telling texts of a paragraph a line from texts whose lines are wrapped by width, as wire copy
is. Refuses to change a text: it only gives places in it.

    spans(text) -> (start, end), …
"""

import re
from collections.abc import Iterator

_SENTENCE_END = re.compile(r"[.!?…।。！？؟۔][\"'”’»)\]]*\Z")
_LINE = re.compile(r"\S(?:.*\S)?")
_BLOCK = re.compile(r"\S(?:[^\n]++|\n(?!\s*\n|[ \t]{2,}))*")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each paragraph: a line, or a block where lines are wrapped by width; trimmed, in order."""
    for found in (_BLOCK if _is_wrapped(text) else _LINE).finditer(text):
        yield found.start(), found.start() + len(found[0].rstrip())


def _is_wrapped(text: str) -> bool:
    """Whether lines break in mid-sentence at a common width, as in wire copy."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    if len(lines) == 2:
        return len(lines[0]) >= 55 and not _SENTENCE_END.search(lines[0]) and lines[1].lstrip()[0].islower()
    if len(lines) < 3:
        return False
    full = [line for line in lines if 45 <= len(line) <= 100]
    broken = [line for line in full if not _SENTENCE_END.search(line)]
    return len(full) > 0.6 * len(lines) and len(broken) > 0.6 * len(full)
