"""From a feed's bytes to text.

Owns the choice of the encoding: byte order mark, then valid UTF-8, then what the server or the
document declares, if it stands on the list. Refuses codecs that are no character sets of the web
(``unicode_escape``, ``utf-7``, EBCDIC): names in a header are a stranger's words.
"""

import codecs
import re

from msgspec import Struct

CONTROLS = "control characters removed"
BAD_BYTES = "bytes outside the encoding"
OTHER_ENCODING = "encoding differs from the declared one"
REFUSED_ENCODING = "declared encoding refused"

_ALLOWED = frozenset(
    codecs.lookup(name).name
    for name in (
        *("ascii", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"),
        *(f"iso-8859-{part}" for part in (*range(1, 12), *range(13, 17))),
        *(f"cp{page}" for page in (866, 874, 932, 949, 950, *range(1250, 1259))),
        *("koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "tis-620", "big5hkscs"),
        *("gb2312", "gbk", "gb18030", "big5", "shift_jis", "euc-jp", "iso2022-jp", "euc-kr", "johab"),
    )
)
_WEB_NAMES = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
"""What browsers read for these labels: each is a superset that servers mean."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_CONTROL_BYTES = bytes((*range(9), 11, 12, *range(14, 32), 127))
_REFERENCE = re.compile(r"&#(x[0-9a-f]+|[0-9]+);?", re.IGNORECASE)


class Text(Struct, frozen=True):
    """Decoded text without controls or surrogates, and what was odd about the bytes."""

    text: str
    flaws: tuple[str, ...] = ()


def decode(body: bytes, content_type: str = "") -> Text:
    """Return the text of ``body``. Total: what fits no encoding is read as UTF-8 with replacements."""
    for mark, name in (*_BOMS, *_WIDE):
        if body.startswith(mark):
            start = len(mark) if (mark, name) in _BOMS else 0
            return _clean(body[start:].decode(name, "replace"), [])
    flaws: list[str] = []
    labels = [_codec(label, flaws) for label in _labels(body, content_type)]
    if "iso2022_jp" not in labels:
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            if "utf-8" in labels:
                flaws.append(OTHER_ENCODING)
        else:
            return _clean(text, flaws)
    for name in (*labels, "cp1252"):
        if name and name != "utf-8":
            try:
                return _clean(body.decode(name), flaws)
            except UnicodeDecodeError:
                continue
    return _clean(body.decode("utf-8", "replace"), [*flaws, BAD_BYTES])


def scrub(text: str) -> str:
    """Return ``text`` without control characters and lone surrogates; tab and line ends stay."""
    return _CONTROL.sub("", text)


def mend_references(markup: str) -> str:
    """Return ``markup`` without references to characters that no text can hold (NUL, surrogates, above U+10FFFF).

    feedparser cannot encode them, and libxml2 hands them on as bytes that do not decode.
    """
    if "&#" not in markup:
        return markup
    for _ in range(3):  # taking one out may join the parts of another
        mended = _REFERENCE.sub(_possible, markup)
        if len(mended) == len(markup):
            return markup
        markup = mended
    return markup.replace("&#", "& #")


def _possible(match: re.Match[str]) -> str:
    digits = match[1].lower()
    if len(digits) > 8:
        return ""
    code = int(digits[1:], 16) if digits[0] == "x" else int(digits)
    return match[0] if code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF else ""


def _labels(body: bytes, content_type: str) -> list[str]:
    found = [match[1] for match in _HEADER_CHARSET.finditer(content_type[:500])][:1]
    if match := _DECLARED.search(body, 0, 1000):
        found.append(match[1].decode("ascii"))
    return found


def _codec(label: str, flaws: list[str]) -> str:
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        name = ""
    if name not in _ALLOWED:
        flaws.append(REFUSED_ENCODING)
        return ""
    return _WEB_NAMES.get(name, name)


def _clean(text: str, flaws: list[str]) -> Text:
    cleaned = text if _is_clean(text) else scrub(text)
    if len(cleaned) != len(text):
        flaws.append(CONTROLS)
    return Text(cleaned, tuple(dict.fromkeys(flaws)))


def _is_clean(text: str) -> bool:
    """Whether ``scrub`` would change nothing, at a quarter of its cost."""
    try:
        raw = text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    if b"\xef\xbf\xbe" in raw or b"\xef\xbf\xbf" in raw:
        return False
    return len(raw.translate(None, _CONTROL_BYTES)) == len(raw)
