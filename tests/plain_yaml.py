"""YAML as our deployment files are written, read without a library: the lock has none.

Block mappings and sequences, one-line flow collections, plain and quoted scalars, literal and folded blocks (``|``,
``>``), comments, anchors and ``<<``. Whatever else it meets is an error: a file that this reads is one that anybody reads.
"""

import json
import re
from pathlib import Path
from typing import Any

_KEY = re.compile(r'^(?P<key>"[^"]*"|[^\s:#"\'\[\]{},&*|>-][^\s:#"]*|<<|-[^\s:]+):(?: (?P<rest>.*))?$')
_ANCHOR = re.compile(r"^&(?P<name>\w+)(?: (?P<rest>.*))?$")
_NUMBER = re.compile(r"^-?(0|[1-9]\d*)(\.\d+)?$")
_WORDS = {"true": True, "false": False, "null": None, "~": None}

Line = tuple[int, str]


class NotPlainError(ValueError):
    """A line that is no YAML of ours; the text names it."""


def load(text: str) -> list[Any]:
    """Return the documents of a text."""
    documents: list[list[str]] = [[]]
    for line in text.splitlines():
        if line == "---":
            documents.append([])
        else:
            documents[-1].append(line)
    return [_Reader(lines).document() for lines in documents if any(_bare(line) for line in lines)]


def load_file(path: Path) -> list[Any]:
    """Return the documents of a file; an error names the file."""
    try:
        return load(path.read_text("utf-8"))
    except NotPlainError as error:
        raise NotPlainError(f"{path}: {error}") from error


def _bare(line: str) -> str:
    """The line without its comment and what trails."""
    quoted = False
    for at, letter in enumerate(line):
        quoted ^= letter == '"' and line[at - 1] != "\\"
        if letter == "#" and not quoted and (at == 0 or line[at - 1] == " "):
            return line[:at].rstrip()
    return line.rstrip()


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._at = 0
        self._anchors: dict[str, Any] = {}

    def document(self) -> Any:
        value = self._block(0)
        if line := self._peek():
            raise NotPlainError(f"unexpected {line[1]!r}")
        return value

    def _peek(self) -> Line | None:
        while self._at < len(self._lines):
            bare = _bare(self._lines[self._at])
            if bare:
                return len(bare) - len(bare.lstrip()), bare.lstrip()
            self._at += 1
        return None

    def _block(self, least: int) -> Any:
        line = self._peek()
        if line is None or line[0] < least:
            return None
        if line[1] == "-" or line[1].startswith("- "):
            return self._sequence(line[0])
        if _KEY.match(line[1]):
            return self._mapping(line[0])
        self._at += 1
        return self._scalar(line[1])

    def _sequence(self, indent: int) -> list[Any]:
        found = []
        while (line := self._peek()) and line[0] == indent and (line[1] == "-" or line[1].startswith("- ")):
            rest = line[1][2:]
            if not rest:
                self._at += 1
                found.append(self._block(indent + 1))
            elif _KEY.match(rest):
                self._lines[self._at] = " " * (indent + 2) + rest  # the mapping begins on the dash's line
                found.append(self._mapping(indent + 2))
            else:
                self._at += 1
                found.append(self._scalar(rest))
        return found

    def _mapping(self, indent: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while (line := self._peek()) and line[0] == indent and (matched := _KEY.match(line[1])):
            key = matched["key"].strip('"')
            self._at += 1
            value = self._value(matched["rest"] or "", indent)
            if key == "<<":
                found = {**value, **found}
            elif key in found and key not in self._merged(found):
                raise NotPlainError(f"{key!r} stands twice")
            else:
                found[key] = value
        if (line := self._peek()) and line[0] > indent:
            raise NotPlainError(f"unexpected {line[1]!r}")
        return found

    def _merged(self, found: dict[str, Any]) -> set[str]:
        return {
            key
            for value in self._anchors.values()
            if isinstance(value, dict)
            for key in value
            if key in found
        }

    def _value(self, rest: str, indent: int) -> Any:
        name = ""
        if anchored := _ANCHOR.match(rest):
            name, rest = anchored["name"], anchored["rest"] or ""
        if rest in ("|", "|-", ">", ">-"):
            text = self._literal(indent)
            value: Any = (_folded(text) if rest[0] == ">" else text) + ("" if rest[1:] else "\n")
        elif rest:
            value = self._scalar(rest)
        else:
            line = self._peek()
            dashed = line is not None and line[0] == indent and line[1].startswith("-")
            value = self._block(indent if dashed else indent + 1)
        if name:
            self._anchors[name] = value
        return value

    def _literal(self, indent: int) -> str:
        lines: list[str] = []
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line.strip() and len(line) - len(line.lstrip()) <= indent:
                break
            lines.append(line)
            self._at += 1
        depth = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
        return "\n".join(line[depth:] for line in lines).rstrip("\n")

    def _scalar(self, text: str) -> Any:
        if text.startswith("*"):
            return self._anchors[text[1:]]
        if text[0] in "[{":
            value, end = _flow(text, 0)
            if text[end:].strip():
                raise NotPlainError(f"unexpected {text[end:]!r}")
            return value
        if text[0] == "'" == text[-1]:
            return text[1:-1].replace("''", "'")
        if text[0] in "'|>&!%@`" or (text[0] == '"' and not text.endswith('"')):
            raise NotPlainError(f"not written plainly: {text!r}")
        return json.loads(text) if text[0] == '"' else _plain(text)


def _folded(text: str) -> str:
    return re.sub(r"\n(\n*)", lambda found: found[1] or " ", text)


def _plain(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _NUMBER.match(text):
        return float(text) if "." in text else int(text)
    if ": " in text or text.lower() in ("yes", "no", "on", "off"):
        raise NotPlainError(f"to be quoted: {text!r}")
    return text


def _flow(text: str, at: int) -> tuple[Any, int]:
    """One flow value from ``at``, and where it ends."""
    while text[at : at + 1] == " ":
        at += 1
    if at >= len(text):
        raise NotPlainError(f"not closed: {text!r}")
    if text[at] == '"':
        value, length = json.JSONDecoder().raw_decode(text[at:])
        return value, at + length
    if text[at] in "[{":
        return _collection(text, at)
    end = at
    while end < len(text) and text[end] not in ",]}" and text[end : end + 2] != ": ":
        end += 1
    return _plain(text[at:end].strip()), end


def _collection(text: str, at: int) -> tuple[Any, int]:
    closing = "]" if text[at] == "[" else "}"
    pairs: dict[str, Any] = {}
    values: list[Any] = []
    at += 1
    while True:
        while text[at : at + 1] in (" ", ","):
            at += 1
        if text[at : at + 1] == closing:
            return (values if closing == "]" else pairs), at + 1
        value, at = _flow(text, at)
        if closing == "]":
            values.append(value)
        elif text[at : at + 2] == ": ":
            pairs[value], at = _flow(text, at + 2)
        else:
            raise NotPlainError(f"no value: {text!r}")
