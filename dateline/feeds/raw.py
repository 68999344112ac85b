"""What feedparser found, by name and with its type made sure.

Owns the distrust: a feed's own elements (<links>, <author_detail>) put plain text where feedparser
puts lists and dicts. Refuses to interpret.
"""

from typing import Any

Raw = Any
"""feedparser's own dict, which answers a missing name with another's value; hence ``dict.get``."""


def text(holder: Raw, name: str) -> str:
    """Return the text called ``name``, or "" when there is none."""
    value = dict.get(holder, name)
    return value if isinstance(value, str) else ""


def detail(holder: Raw, name: str) -> dict[str, Any]:
    """Return the fields called ``name``, or {} when there are none."""
    value = dict.get(holder, name)
    return value if isinstance(value, dict) else {}


def details(holder: Raw, name: str) -> list[dict[str, Any]]:
    """Return each set of fields called ``name``, in the feed's order."""
    value = dict.get(holder, name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def alternate(holder: Raw) -> str:
    """Return the address of the first link to the page itself, or ""."""
    for one in details(holder, "links"):
        if text(one, "rel") == "alternate" and "html" in (text(one, "type") or "html"):
            return text(one, "href")
    return ""
