"""Host names in one spelling, and the main twin of a mobile or AMP host.

Owns lower case, punycode and the twins. Refuses addresses: whether a host may be reached is the guard's.
"""

import ipaddress
import re
import unicodedata

_DOTS = re.compile("[\u3002\uff0e\uff61]")
_ASCII = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\Z")
_TWIN = re.compile(r"\A(?:(?:www\.)?(?:amp|mobile|wap)|m|touch)\.")
_INNER_M = re.compile(r"\A([a-z]{2,3})\.m\.(?=[a-z0-9-]+\.org\Z)")  # en.m.wikipedia.org
_SECOND_LEVEL_NAMES = "co com org net gov gob gouv gub ac edu or ne go mil nic info"
_SECOND_LEVEL = frozenset(_SECOND_LEVEL_NAMES.split())


def normal(name: str) -> str:
    """Return a host name in lower case and punycode, an IPv6 address in brackets, or "" when it is none."""
    if ":" in name:
        try:
            return f"[{ipaddress.IPv6Address(name.partition('%')[0])}]"
        except ValueError:
            return ""
    name = _DOTS.sub(".", name[:300]).removesuffix(".").lower()
    labels = [_label(label) for label in name.split(".")]
    joined = ".".join(labels)
    return joined if all(labels) and len(joined) <= 253 else ""


def main_twin(name: str) -> str:
    """Return the host of the main pages for a mobile or AMP host (m., amp., mobile. …), else the host itself."""
    name = _INNER_M.sub(r"\1.", name)
    rest = _TWIN.sub("", name, count=1)
    if rest == name or not _registrable(rest):
        return name
    labels = rest.split(".")
    return rest if len(labels) > _suffix_labels(labels) + 1 else f"www.{rest}"


def _registrable(name: str) -> bool:
    labels = name.split(".")
    return len(labels) > _suffix_labels(labels) and labels[-1].isalpha()


def _suffix_labels(labels: list[str]) -> int:
    """2 for co.uk and the like, else 1: a small rule instead of the public suffix list, enough for twins."""
    return 2 if len(labels) > 1 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 1


def _label(label: str) -> str:
    if label.isascii():
        return label if _ASCII.match(label) else ""
    # As browsers do (IDNA 2008, no transition): compatibility forms folded, but ß and final sigma kept.
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", label).lower())
    if folded.isascii():
        return folded if _ASCII.match(folded) else ""
    if any(
        unicodedata.category(char)[0] not in "LMN" and char not in "-\u00b7\u200c\u200d\u30fb"
        for char in folded
    ):
        return ""
    coded = "xn--" + folded.encode("punycode").decode("ascii")
    return coded if len(coded) <= 63 else ""
