"""What a robots.txt says to us, as RFC 9309 reads it.

Pure. Owns the grammar: groups by product token, the longest match wins, allow wins a tie, ``*``
and a closing ``$`` in paths. Refuses the extensions that the RFC does not know (crawl-delay, host).
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

MAX_BYTES = 512_000
"""How much is read: the RFC asks for at least 500 KiB."""

_MAX_RULES = 5_000
_MAX_NOTES = 200
_LINE = re.compile(r"\s*([A-Za-z-]{1,20})\s*:\s*([^#]*)")
_TOKEN = re.compile(r"[A-Za-z_-]+")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SAFE = "/%:@!$&'()*+,;=~?-._"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of the groups that speak to one crawler: (path pattern, allowed)."""

    rows: tuple[tuple[str, bool], ...] = ()

    def allows(self, url: str) -> bool:
        """Return whether ``url`` may be fetched. What no rule speaks of may be."""
        parts = urlsplit(url)
        path = _undotted(_normal(parts.path or "/"))
        if parts.query:
            path += f"?{_normal(parts.query)}"
        best, allowed = -1, True
        for pattern, allow in self.rows:
            length = len(pattern)
            if (length > best or (length == best and allow)) and _matches(pattern, path):
                best, allowed = length, allow
        return allowed


ALLOW_ALL = Rules()
ALLOW_NONE = Rules(rows=(("/", False),))


@dataclass(frozen=True, slots=True)
class Groups:
    """What a robots.txt says to the crawlers that were asked for, by product token; ``*`` is everybody."""

    rules: dict[str, Rules]
    #: Other lines of the groups: (field in lower case, value). Those before any group are under "".
    notes: dict[str, tuple[tuple[str, str], ...]]

    def of(self, token: str) -> Rules:
        """Return the rules for ``token``: of the groups that name it, else of those for everybody."""
        return self.rules.get(token, self.rules.get("*", ALLOW_ALL))


def read(body: bytes, user_agent: str) -> Rules:
    """Return the rules of ``body`` for the crawler whose product token begins ``user_agent``.

    All groups that name it count as one; without such a group those for ``*`` count. Total.
    """
    token = product_token(user_agent)
    return read_groups(body, frozenset({token})).of(token)


def read_groups(body: bytes, tokens: frozenset[str], fields: frozenset[str] = frozenset()) -> Groups:
    """Return the groups for everybody and for ``tokens`` (lower case) that stand there, with their ``fields``. Total."""
    wanted = tokens | {"*"}
    rows: dict[str, list[tuple[str, bool]]] = {}
    notes: dict[str, list[tuple[str, str]]] = {"": []}
    addressed: set[str] = {""}
    in_rules = True
    for line in body[:MAX_BYTES].decode("utf-8", "replace").removeprefix("\ufeff").splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        field, value = match[1].lower(), match[2].strip()
        if field == "user-agent":
            if in_rules:
                addressed, in_rules = set(), False
            addressed |= wanted & {value, product_token(value), value.partition("/")[0].strip().lower()}
            for one in addressed - rows.keys():
                rows[one], notes[one] = [], []
        elif field in {"allow", "disallow"}:
            in_rules = True
            for one in addressed & rows.keys():
                if value and len(rows[one]) < _MAX_RULES:
                    rows[one].append((_normal(value), field == "allow"))
        elif field in fields:
            in_rules = True
            for one in addressed:
                if len(notes[one]) < _MAX_NOTES:
                    notes[one].append((field, value))
    return Groups(
        rules={token: Rules(rows=tuple(said)) for token, said in rows.items()},
        notes={token: tuple(said) for token, said in notes.items()},
    )


def product_token(agent: str) -> str:
    """Return the product token, in lower case, that a User-Agent begins with; empty without one."""
    match = _TOKEN.match(agent)
    return match[0].lower() if match else ""


def _normal(path: str) -> str:
    """Bring escapes into one form (2.2.2), so that a rule and an address spelled differently meet."""
    return _ESCAPE.sub(_escape, quote(path, safe=_SAFE))


def _escape(match: re.Match[str]) -> str:
    plain = chr(int(match[0][1:], 16))
    return plain if plain in _UNRESERVED else match[0].upper()


def _undotted(path: str) -> str:
    """Return the path that is asked for: "/a/../b" is "/b" on its way already."""
    if "/." not in path:
        return path
    kept: list[str] = []
    *folders, last = path.removeprefix("/").split("/")
    for segment in (*folders, last):
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    return "/" + "/".join(kept) + ("/" if kept and last in {".", ".."} else "")


def _matches(rule: str, path: str) -> bool:
    """Return whether ``path`` begins as ``rule`` says. Each piece between stars is sought once, leftmost."""
    closed = rule.endswith("$")
    first, *rest = rule.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    last = rest.pop() if closed and rest else None
    for piece in rest:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if last is not None:
        return len(path) - len(last) >= at and path.endswith(last)
    return not closed or at == len(path)
