"""What characters a page's bytes are.

Owns sniffing, decoding and scrubbing. Refuses to fail: any bytes give a text. Only the codecs
of ``_CODECS`` are ever used, whatever a page declares (``unicode_escape`` would run through).

    decode(body, content_type) -> str
"""

import codecs
import re

from dateline.text import legacy

_CODECS = {
    "utf-8": "utf-8", "utf8": "utf-8", "unicode-1-1-utf-8": "utf-8", "ascii": "cp1252", "us-ascii": "cp1252",
    "utf-16": "utf-16", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be", "utf-32": "utf-32", "utf-32le": "utf-32-le", "utf-32be": "utf-32-be",
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "l1": "cp1252", "cp1252": "cp1252", "x-cp1252": "cp1252", "ansi": "cp1252",
    "iso-8859-2": "iso8859-2", "iso-8859-3": "iso8859-3", "iso-8859-4": "iso8859-4", "iso-8859-5": "iso8859-5", "iso-8859-6": "iso8859-6",
    "iso-8859-7": "iso8859-7", "iso-8859-8": "iso8859-8", "iso-8859-8-i": "iso8859-8", "iso-8859-9": "cp1254", "latin5": "cp1254",
    "iso-8859-10": "iso8859-10", "iso-8859-11": "cp874", "iso-8859-13": "iso8859-13", "iso-8859-14": "iso8859-14", "iso-8859-15": "iso8859-15", "iso-8859-16": "iso8859-16",
    "koi8-r": "koi8-r", "koi8-u": "koi8-u", "koi": "koi8-r", "ibm866": "cp866", "cp866": "cp866", "macintosh": "mac-roman", "x-mac-cyrillic": "mac-cyrillic",
    "tis-620": "cp874", "windows-874": "cp874", "dos-874": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030", "chinese": "gb18030", "hz-gb-2312": "hz", "big5": "big5hkscs", "big5-hkscs": "big5hkscs",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932", "ms932": "cp932", "euc-jp": "euc-jp", "x-euc-jp": "euc-jp", "iso-2022-jp": "iso2022-jp",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "korean": "cp949", "windows-949": "cp949", "iso-2022-kr": "iso2022-kr",
    **{f"windows-{page}": f"cp{page}" for page in range(1250, 1259)},
    **{f"cp{page}": f"cp{page}" for page in range(1250, 1259)},
}  # fmt: skip
"""Labels of the WHATWG encoding standard that pages use, and Python's codec for each."""

_BY_LANGUAGE = {
    "ar": "cp1256", "fa": "cp1256", "ur": "cp1256", "ru": "cp1251", "uk": "cp1251", "bg": "cp1251", "sr": "cp1251", "mk": "cp1251", "be": "cp1251",
    "tr": "cp1254", "az": "cp1254", "el": "cp1253", "he": "cp1255", "th": "cp874", "vi": "cp1258", "ja": "cp932", "ko": "cp949", "zh": "gb18030",
    "pl": "cp1250", "cs": "cp1250", "sk": "cp1250", "hu": "cp1250", "ro": "cp1250", "hr": "cp1250", "sl": "cp1250", "lt": "cp1257", "lv": "cp1257", "et": "cp1257",
}  # fmt: skip
"""Codec of undeclared legacy bytes by the page's language, after the locale table of the HTML standard."""

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SNIFF_BYTES = 4096
_NOISE_PARTS = 50  # one control character in fifty bytes: packed data has one in nine
_DECLARED = re.compile(rb"""charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.IGNORECASE)
_XML_DECLARED = re.compile(
    rb"""\A\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{2,40})""", re.IGNORECASE
)
_LANG = re.compile(rb"""<html[^>]{0,500}?\blang\s{0,9}=\s{0,9}["']?([a-z]{2})""", re.IGNORECASE)
_SCRUB = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = bytes(code for code in (*range(32), 127) if code not in b"\t\n\r")
_HIGH = bytes(range(128, 256))
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")


def decode(body: bytes, content_type: str = "") -> str:
    """Return the text of ``body``, free of NUL, control characters and lone surrogates.

    Order of belief: byte order mark, NULs at every other byte (UTF-16, UTF-32), valid UTF-8,
    what header, meta or XML declaration say, the page's language. Single wrong bytes in UTF-8 are
    read as Windows-1252, which is what they nearly always are.
    """
    codec, skip = _sniff(body, content_type)
    text = body[skip:].decode(codec, "dateline-repair" if codec == "utf-8" else "replace")
    return scrub(text)


def is_noise(body: bytes) -> bool:
    """Whether the first bytes are of no charset: control characters, and bytes that are no UTF-8."""
    head = body[:_SNIFF_BYTES]
    if _sniff(head, "")[0].startswith(("utf-16", "utf-32")):
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls * _NOISE_PARTS > len(head) and not (_is_utf8(head) or _is_damaged_utf8(head))


def scrub(text: str) -> str:
    """Return ``text`` without NUL, other control characters and lone surrogates; pairs are joined."""
    if _is_plain(text):
        return text
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return _SCRUB.sub("", joined)


def _is_plain(text: str) -> bool:
    """Whether nothing is to scrub; four times as fast as a search over the characters."""
    try:
        encoded = text.encode("utf-8")  # lone surrogates can not be
    except UnicodeEncodeError:
        return False
    is_clean = len(encoded.translate(None, _CONTROLS)) == len(encoded)
    return is_clean and "\ufffe" not in text and "\uffff" not in text


def _sniff(body: bytes, content_type: str) -> tuple[str, int]:
    """Return the codec and how many bytes of mark precede the text."""
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return codec, len(mark)
    if wide := _wide_codec(body[:_SNIFF_BYTES]):
        return wide, 0
    declared = _declared(body, content_type)
    if declared in {"iso2022-jp", "hz", "iso2022-kr"}:  # seven bits: they look like ASCII
        return str(declared), 0
    if _is_utf8(body) or _is_damaged_utf8(body):
        return "utf-8", 0
    # UTF-16 that shows no NULs is not UTF-16, and a page full of bytes that are no UTF-8 is not UTF-8;
    # Latin-1 is what servers say of pages they know nothing of.
    if declared is None or declared in {"utf-8", "cp1252"} or declared.startswith(("utf-16", "utf-32")):
        if guessed := legacy.guess(body):
            return guessed, 0
        if declared in {"utf-8", "cp1252"}:
            return declared, 0
        found = _LANG.search(body[:_SNIFF_BYTES])
        return _BY_LANGUAGE.get(found[1].decode("ascii").lower() if found else "", "utf-8"), 0
    return declared, 0


def _declared(body: bytes, content_type: str) -> str | None:
    labels = [*_DECLARED.findall(content_type.encode("ascii", "ignore"))[:1]]
    head = body[:_SNIFF_BYTES]
    labels += [*_XML_DECLARED.findall(head)[:1], *_DECLARED.findall(head)[:1]]
    for label in labels:
        if codec := _CODECS.get(label.decode("ascii").lower()):
            return codec
    return None


def _is_utf8(body: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(body)  # a cut-off last character is no fault
    except UnicodeDecodeError:
        return False
    return True


def _is_damaged_utf8(body: bytes) -> bool:
    """Whether all but a few of the bytes that are no ASCII make UTF-8, as they do by chance in no other charset."""
    high = len(body) - len(body.translate(None, _HIGH))
    lost = len(body) - len(body.decode("utf-8", "ignore").encode())
    return lost * 10 < high


def _wide_codec(head: bytes) -> str | None:
    size = len(head) // 4
    if size < 4 or b"\x00" not in head:
        return None
    nuls = [head[phase : size * 4 : 4].count(0) / size for phase in range(4)]
    if max(nuls[0], nuls[3]) > 0.9 and min(nuls[0], nuls[3]) < 0.1:
        return "utf-32-le" if nuls[3] > nuls[0] else "utf-32-be"
    first, last = max(nuls[0], nuls[2]), max(nuls[1], nuls[3])
    # Markup gives the NULs: the letters of other scripts have none.
    if max(first, last) > 0.1 and min(first, last) < 0.02:
        return "utf-16-le" if last > first else "utf-16-be"
    return None


def _repair(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if _SURROGATE.match(error.object, error.start):
        end = error.start + 3
        return error.object[error.start : end].decode("utf-8", "surrogatepass"), end  # ``scrub`` joins pairs
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error("dateline-repair", _repair)
