"""What a cleaning rule is: a row of data.

Owns the shape of a row and how its phrases become patterns. Refuses to know any furniture (the
modules ``rules_…`` of a language hold the rows), to find rows (``rules_match`` does) and to walk a
text (``clean`` does). To add a rule or a language, add a row and golden cases.
"""

from enum import StrEnum

from msgspec import Struct


class Where(StrEnum):
    """Part of the text in which a rule may act; prose is a whole sentence of some length."""

    ANYWHERE = "anywhere"
    #: Before the first prose line.
    HEAD = "head"
    #: After the last prose line.
    TAIL = "tail"


class Mode(StrEnum):
    """How much of a line the phrases must account for."""

    #: The whole line, but for bullets before and punctuation after.
    WHOLE = "whole"
    #: The beginning of the line, up to a word boundary.
    START = "start"
    #: Any part: only for phrases that no reporter writes.
    PART = "part"


class Rule(Struct, frozen=True, kw_only=True):
    """One row: a line that matches ``pattern`` is furniture of the kind ``name``."""

    name: str
    #: ISO 639-1, or "*" for rows that hold in all languages.
    language: str
    #: Regular expressions, one of which is met where a word may begin.
    phrases: tuple[str, ...]
    mode: Mode
    where: Where
    #: Longer lines are never touched by this row.
    max_words: int
    #: The line introduces a list of headlines or a form: what follows it without a full stop goes too.
    opens: bool = False
    #: Holds only when the article is in this language (or in an unknown one): the words mean
    #: something else in a neighbouring language.
    own_language_only: bool = False
    #: False: a line of five words or more that ends in a full stop is taken for a sentence and kept.
    full_stop: bool = True
    #: The line stays, as a caption.
    is_caption: bool = False

    def around(self, phrase: str) -> str:
        """Return the regular expression of one phrase with the decoration that the mode allows around it."""
        if self.mode is not Mode.PART:
            opening = rf"\A{BULLET}"
        else:
            opening = "" if self.language in UNSPACED else r"(?<!\w)"
        return f"{opening}(?:{phrase}){_CLOSING[self.mode]}"


UNSPACED = frozenset(("zh", "ja", "th"))
"""Languages whose words have no beginnings to be found by."""

#: Decoration before a label: bullets, arrows, pictographs, brackets.
BULLET = r"[\s\-–—*•·●■▪►▶→➡»›>|#+©✉☎🔴📷📸📹🎥👉⬇\[(【「『▼▲◆◇○△※＞・（]*"

_CLOSING = {
    Mode.WHOLE: r"[\s:.…!?*»›>→|\])+،؛؟\-–—।。：！】」』）＞]*\Z",
    Mode.START: r"(?!\w)",
    Mode.PART: "",
}

#: A row without a limit of its own: whole-line labels are short by nature.
_MAX_WORDS = {Mode.WHOLE: 14, Mode.START: 22, Mode.PART: 60}


def row(
    name: str,
    language: str,
    *phrases: str,
    mode: Mode = Mode.WHOLE,
    where: Where = Where.ANYWHERE,
    max_words: int = 0,
    opens: bool = False,
    own_language_only: bool = False,
    full_stop: bool = True,
    is_caption: bool = False,
) -> Rule:
    """Return the rule that the phrases (regular expressions, any case, straight quotes) make."""
    return Rule(
        name=name,
        language=language,
        phrases=phrases,
        mode=mode,
        where=where,
        max_words=max_words or _MAX_WORDS[mode],
        opens=opens,
        own_language_only=own_language_only,
        full_stop=full_stop,
        is_caption=is_caption,
    )
