"""When an article was published and changed, by all that its page says.

Owns weighing records, meta elements, printed dates and the address against each other. Refuses a
date that only might be the article's: the age of news decides whether it is news, so that a wrong
date is worse than none.

    read(record, meta, url, language, printed) -> Published
"""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from msgspec import Struct

from dateline.text import dates, jsonld, visible

_SURE = (
    "articlepublishedtime", "ogarticlepublishedtime", "ogpublishedtime", "datepublished", "parselypubdate", "publishdate", "pubdate", "dcdateissued",
    "dctermsissued", "articlepublished", "articlepostdate", "publicationdate", "originalpublicationdate", "cxenseparserecspublishtime", "vrpublishedtime",
    "articledateoriginal", "publishedtime", "dctermscreated", "dcdatecreated", "articlecreateat", "weiboarticlecreateat",
)  # fmt: skip
"""Names of meta elements, letters only, that hold the date of publication, the surest first."""

_UNSURE = ("sailthrudate", "dcdate", "dctermsdate", "date", "created", "ptime", "displaydate", "articledate", "lastmodifieddate")  # fmt: skip
"""Names that hold it on some sites, and the date of the page or of the last change on others."""

_SOUNDS_PUBLISHED = re.compile(r"publish(?!er|ing)|pubdate|publication|dateissued|dateposted|postdate")
_SOUNDS_MODIFIED = re.compile(r"modifi|updat|lastmod|revis")
_NOT_LETTERS = re.compile(r"[^a-z]")

REPUBLISHED_AFTER = timedelta(days=3)
"""When the page's own date is so much later than that in its address, it is of a later edition."""

HALF_A_MONTH = timedelta(days=19)
"""From the middle of a month to its ends, and what zones and a night before print may add."""

SAME = timedelta(hours=26)
"""Two dates so near tell of one day, seen from two zones; the one with a clock and zone is exact."""


BESIDE = 8
"""Elements between "Updated" and "Published" of one line."""


class Published(Struct, frozen=True):
    """Instants of an article as aware UTC; unknown is None."""

    published_at: datetime | None = None
    modified_at: datetime | None = None


def read(
    record: dict[str, Any],
    meta: dict[str, str],
    url: str,
    language: str,
    printed: Callable[[], Iterable[visible.Dated]],
) -> Published:
    """Return when the article was published and modified.

    Args:
        record: The article's JSON-LD, or an empty one.
        meta: The page's meta elements by lower-case name.
        url: Address of the page.
        language: Of the page, with its region where known.
        printed: Gives the dates that the page prints; only asked when nothing else tells.
    """
    named = {_letters(name): text for name, text in reversed(meta.items())}
    in_url = dates.in_url(url)
    modified_at = _first(
        (jsonld.text_of(record.get("dateModified")), *_sounding(named, _SOUNDS_MODIFIED)), language
    )
    published_at = _best(
        (
            jsonld.text_of(record.get("datePublished")),
            *(named.get(name, "") for name in _SURE),
            *_sounding(named, _SOUNDS_PUBLISHED),
            jsonld.text_of(record.get("dateCreated")),
        ),
        language,
    )
    if published_at is None:
        seen = _printed(printed(), url, language)
        published_at, modified_at = seen.published_at, modified_at or seen.modified_at
    if published_at is None and (unsure := _first((named.get(name, "") for name in _UNSURE), language)):
        published_at = unsure if in_url is None or abs(unsure - in_url) <= REPUBLISHED_AFTER else in_url
    if in_url is not None and (published_at is None or published_at - in_url > REPUBLISHED_AFTER):
        published_at = in_url
    if published_at and modified_at and modified_at < published_at - SAME:
        modified_at = None
    return Published(published_at, modified_at)


@lru_cache(maxsize=1024)
def _letters(name: str) -> str:
    return _NOT_LETTERS.sub("", name.lower())


def _sounding(named: dict[str, str], sound: re.Pattern[str]) -> list[str]:
    """Return the texts of the meta elements whose names sound like it, by name."""
    return [named[name] for name in sorted(named) if sound.search(name) and len(named[name]) <= 60]


def _first(texts: Iterable[str], language: str) -> datetime | None:
    return next((at for text in texts if text and (at := dates.parse(text, language))), None)


def _best(texts: Iterable[str], language: str) -> datetime | None:
    """Return the first instant, in the most exact of the spellings of the same day."""
    read = [moment for text in texts if text and (moment := dates.moment(text, language))]
    same = [moment for moment in read if abs(moment.at - read[0].at) <= SAME]
    return max(same, key=lambda moment: (moment.has_zone, moment.has_clock)).at if same else None


def _printed(seen: Iterable[visible.Dated], url: str, language: str) -> Published:
    """Return what is printed, where it agrees with the address and with itself."""
    in_url, month = dates.in_url(url), dates.month_in_url(url)
    read = [(one, at) for one in seen if (at := dates.parse(one.text, language)) is not None]
    if in_url is not None:
        read = [(one, at) for one, at in read if abs(at - in_url) <= REPUBLISHED_AFTER]
    elif month is not None:
        middle = datetime(*month, 15, tzinfo=UTC)
        read = [(one, at) for one, at in read if abs(at - middle) <= HALF_A_MONTH]
    modified_at = next((at for one, at in read if one.is_modified), None)
    for kind in (visible.Kind.PROPERTY, visible.Kind.NEAR):
        own = [(one, at) for one, at in read if one.kind is kind]
        if own:
            return Published(_nearest(own, is_confirmed=bool(in_url or month)), modified_at)
    for kind in (visible.Kind.LABELLED, visible.Kind.LONE):
        days = {at.date(): at for one, at in read if one.kind is kind and not one.is_modified}
        if days:  # several days are a list of stories
            return Published(min(days.values()) if len(days) == 1 else None, modified_at)
    return Published(None, modified_at)


def _nearest(own: list[tuple[visible.Dated, datetime]], *, is_confirmed: bool) -> datetime | None:
    """Return the nearest date.

    A change may be years younger than the article: where only its date stands, it is taken when the
    address confirms it.
    """
    first, at = own[0]
    beside = (day for one, day in own if not one.is_modified and one.apart - first.apart <= BESIDE)
    return next(beside, at if is_confirmed else None)
