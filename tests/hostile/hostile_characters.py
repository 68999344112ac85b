"""Rows 27 to 30, 38 and 40: charsets, NUL, surrogates, marks of direction, markup that attacks a reader."""

from typing import Any

from hostile_story import (
    PARAGRAPHS,
    RUSSIAN_PAGE,
    STORY,
    TEXT,
    TITLE,
    Case,
    Cases,
    case,
    page,
    russian,
    whole,
)

_DANGEROUS = (
    "unicode_escape",
    "raw_unicode_escape",
    "punycode",
    "idna",
    "rot13",
    "zlib_codec",
    "bz2",
    "utf-7",
    "undefined",
    "mbcs",
    "x-user-defined",
    "no-such-charset",
    "../../etc/passwd",
)
"""Names of codecs that a page must not choose, and names of none."""


def _declared(name: str) -> str:
    return page(head=f'<meta charset="{name}">')


def _no_xss(article: dict[str, Any]) -> bool:
    return whole(article) and "javascript" not in str([article["canonical_url"], article["image_url"]])


def _replaced(article: dict[str, Any]) -> bool:
    """What stands for no character is shown as such, and nothing else is lost."""
    return bool(article["text"].replace("\ufffd", "") == TEXT)


def _spoken(article: dict[str, Any]) -> bool:
    """Marks of direction may stay; no word of the story may be lost."""
    seen = "".join(one for one in article["text"] if one not in "\u202e\u2066\u2069\u200f\u202c")
    return seen == TEXT


_FRENCH = (
    "Le convoi a été attaqué près de la rivière dimanche matin et neuf hommes ont été tués, a déclaré l’armée.",
    "Les habitants du village voisin ont entendu des tirs pendant plus d’une heure avant l’arrivée des soldats.",
    "Le gouverneur s’est rendu à l’hôpital, où les blessés sont soignés, et a promis que la route serait gardée.",
)
_FRENCH_PAGE = page("".join(f"<p>{one}</p>" for one in _FRENCH), lang="fr")


def _french(article: dict[str, Any]) -> bool:
    return bool(article["text"] == "\n\n".join(_FRENCH))


_BIDI = page("".join(f"<p>\u202e{one[:40]}\u2066{one[40:]}\u2069\u202c</p>" for one in PARAGRAPHS))
_ZALGO = "n" + "\u0301" * 100_000

CASES: Cases = {
    **{
        f"charset {name} in the page": lambda name=name: case(_declared(name), whole, "text/html")
        for name in _DANGEROUS
    },
    **{
        f"charset {name} in the header": lambda name=name: case(page(), whole, f"text/html; charset={name}")
        for name in _DANGEROUS
    },
    "charset of a million letters": lambda: case(_declared("u" * 1_000_000), whole, f"text/html; charset={'u' * 1_000_000}"),
    "UTF-16 with a mark": lambda: Case(RUSSIAN_PAGE.encode("utf-16"), russian, "text/html"),
    "UTF-16 declared as UTF-8": lambda: Case(RUSSIAN_PAGE.encode("utf-16-le"), russian),
    "UTF-16, high byte first, no mark": lambda: Case(RUSSIAN_PAGE.encode("utf-16-be"), russian, "text/html"),
    "UTF-32": lambda: Case(RUSSIAN_PAGE.encode("utf-32"), russian),
    "UTF-32, no mark": lambda: Case(RUSSIAN_PAGE.encode("utf-32-be"), russian),
    "UTF-16 cut in a character": lambda: Case(page().encode("utf-16")[:-1], whole),
    "UTF-8 declared as UTF-16": lambda: case(RUSSIAN_PAGE, russian, "text/html; charset=utf-16"),
    "UTF-8 declared as Windows-1252": lambda: case(RUSSIAN_PAGE, russian, "text/html; charset=windows-1252"),
    "UTF-8 declared as GBK": lambda: case(RUSSIAN_PAGE, russian, "text/html; charset=gbk"),
    "UTF-8 with a mark, declared as KOI8-R": lambda: Case(
        b"\xef\xbb\xbf" + RUSSIAN_PAGE.encode(), russian, "text/html; charset=koi8-r"
    ),
    "UTF-8 with wrong bytes": lambda: Case(_FRENCH_PAGE.encode().replace(b"d\xe2\x80\x99une", b"d\x92une"), _french),
    "UTF-8 with a wrong byte, in Russian, undeclared": lambda: Case(
        RUSSIAN_PAGE.encode() + b"<!-- \x92 -->", russian, "text/html"
    ),
    "UTF-8 with wrong bytes, declared as Windows-1251": lambda: Case(
        RUSSIAN_PAGE.encode() + b"<!-- \x92\xff -->", russian, "text/html; charset=windows-1251"
    ),
    "GBK undeclared in the header": lambda: Case(
        page("<p>星期天上午，一支车队在河边遭到袭击，九名男子丧生，官员们说。</p>" * 3, head='<meta charset="gb2312">').encode("gbk"),
        lambda one: one["text"].count("九名男子丧生") == 3,
        "text/html",
    ),
    "Shift_JIS": lambda: Case(
        page("<p>日曜日の朝、川の近くで車列が襲撃され、男性九人が死亡したと当局者が述べた。</p>" * 3).encode("cp932"),
        lambda one: one["text"].count("男性九人が死亡") == 3,
        "text/html; charset=Shift_JIS",
    ),
    "ISO-2022-JP": lambda: Case(
        page("<p>日曜日の朝、川の近くで車列が襲撃され、男性九人が死亡したと当局者が述べた。</p>" * 3).encode("iso2022-jp"),
        lambda one: one["text"].count("男性九人が死亡") == 3,
        "text/html; charset=iso-2022-jp",
    ),
    "UTF-8 cut in a character": lambda: Case(page().encode() + "é".encode()[:1], whole),
    "Windows-1252 declared as UTF-8": lambda: Case(_FRENCH_PAGE.encode("cp1252"), _french),
    "Windows-1251 declared as UTF-8, undeclared in the page": lambda: Case(
        RUSSIAN_PAGE.encode("cp1251"), russian, "text/html"
    ),
    "Windows-1251 declared in the page": lambda: Case(
        RUSSIAN_PAGE.replace("<head>", '<head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251">').encode("cp1251"),
        russian,
        "text/html",
    ),
    "KOI8-R by an XML declaration": lambda: Case(
        ('<?xml version="1.0" encoding="koi8-r"?>' + RUSSIAN_PAGE).encode("koi8-r"), russian, "text/html"
    ),
    "header and page at odds": lambda: Case(
        RUSSIAN_PAGE.replace("<head>", '<head><meta charset="shift_jis">').encode("koi8-r"), russian, "text/html; charset=koi8-r"
    ),
    "NUL in the title": lambda: case(page().replace(TITLE, "\0".join(TITLE.split("e")).replace("\0", "e\0")), whole),
    "NUL between words": lambda: case(page(STORY.replace(" ", "\0 ")), whole),
    "a megabyte of NUL before the page": lambda: case("\0" * 1_000_000 + page(), whole),
    "controls everywhere": lambda: case(page(STORY.replace("e", "e\x01\x0b\x1b\x7f")), whole),
    "lone surrogates": lambda: case(page(STORY.replace("e", "e\udfff").replace("a", "\ud800a")), whole),
    "surrogates as references": lambda: case(page(STORY.replace(" ", "&#xD800; ").replace(".", "&#57343;.")), _replaced),
    "references to NUL and beyond": lambda: case(page(STORY.replace(" ", "&#0; ").replace(".", "&#x110000;.")), _replaced),
    "a million character references": lambda: case(page(STORY + "<p>" + "&#x1F600;" * 400_000 + "</p>"), lambda one: TEXT in one["text"]),
    "marks of direction": lambda: case(_BIDI, _spoken),
    "a hundred thousand accents on a letter": lambda: case(page(STORY + f"<p>{_ZALGO}</p>"), lambda one: TEXT in one["text"]),
    "a word of a million letters": lambda: case(page(STORY + "<p>" + "a" * 1_000_000 + "</p>"), lambda one: TEXT in one["text"]),
    "a million spaces that are none": lambda: case(page(STORY + "<p>" + "\u200b\u2060\ufeff" * 300_000 + "</p>"), lambda one: TEXT in one["text"]),
    "script by an attribute": lambda: case(page(f"<svg/onload=alert(1)></svg>{STORY}"), _no_xss),
    "script by links": lambda: case(
        page(
            STORY + '<img src="javascript:alert(1)"><a href="javascript:alert(2)">.</a>',
            '<link rel="canonical" href="javascript:alert(3)"><meta property="og:image" content="javascript:alert(4)">',
        ),
        _no_xss,
    ),
    "script in the title": lambda: case(page().replace(f"<title>{TITLE}", f"<title>{TITLE}<script>alert(1)</script>"), lambda one: one["text"] == TEXT),
}  # fmt: skip
