"""What the golden tables of other languages say of an incident, and whether it is so."""

import tomllib
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from dateline.incidents.record import TOLL_KINDS, Count, Incident
from dateline.incidents.tongues.coding import Linguist
from dateline.model import Article

HOME = Path(__file__).parent / "tongues"
PUBLISHED = date(2026, 3, 18)


def articles(code: str) -> list[dict[str, Any]]:
    return tomllib.loads((HOME / f"{code}_articles.toml").read_text("utf-8"))["article"]


def article_of(row: dict[str, Any], code: str) -> Article:
    at = datetime.combine(row.get("published", PUBLISHED), time(18), UTC)
    return Article(id=row["name"], text=row["text"].strip(), published_at=at, language=code)


def shown(count: Count | None) -> str:
    if count is None:
        return ""
    top = "+" if count.max is None else "" if count.max == count.min else f"-{count.max}"
    return f"{count.min}{top}"


def told(one: Incident) -> dict[str, Any]:
    """Return what was coded, in the words of the table."""
    found: dict[str, Any] = {
        "class": one.class_,
        "type": one.sub_event_type,
        "date": one.date.start.isoformat() if one.date else None,
        "place": one.place.name if one.place else None,
        "iso": one.place.iso2 if one.place else None,
        "geo": one.place.geo_precision if one.place else None,
        "assertion": one.assertion,
        "by": [part for actor in one.actors.perpetrator for part in (actor.id, actor.name)],
        "to": [part for actor in one.actors.target for part in (actor.id, actor.name)],
    }
    found.update({kind: shown(getattr(one.toll, kind)) for kind in TOLL_KINDS})
    return found


def differs(expected: dict[str, Any], one: Incident) -> list[str]:
    """Return the fields that are not as expected."""
    found = told(one)
    return [
        f"{name}: {found[name]} instead of {value}"
        for name, value in expected.items()
        if (value not in found[name] if name in ("by", "to") else found[name] != value)
    ]


def judge(row: dict[str, Any], code: str, linguist: Linguist) -> list[str]:
    """Return what is wrong with the coding of one article of the table; nothing when all is right."""
    coded = linguist.code(article_of(row, code)).incidents
    wrong = []
    if len(coded) != len(row["incidents"]):
        wrong.append(
            f"{len(coded)} incidents instead of {len(row['incidents'])}: {[told(one) for one in coded]}"
        )
    for expected, one in zip(row["incidents"], coded, strict=False):
        wrong.extend(differs(expected, one))
    return wrong
