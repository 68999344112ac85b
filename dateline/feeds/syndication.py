"""RSS 0.90 to 2.0, RDF and Atom 0.3 to 1.0, through feedparser.

Owns the one import of feedparser and how its parsers are driven. Refuses the network: it is handed
text that has passed the prescan. What is found is handed on as feedparser has it.

feedparser carries much from one item to the next: namespaces, bases, counters that odd markup puts
out of step. Here its strict parser starts each item from the state that the head left, so that an
item means the same whichever of its neighbours are parsed with it.
"""

import re
from typing import Any
from xml.sax import SAXException
from xml.sax.expatreader import ExpatParser
from xml.sax.handler import feature_external_ges, feature_namespaces

from feedparser import api, sanitizer
from msgspec import Struct

from dateline.errors import BadFeed, Reason
from dateline.feeds.charset import CONTROLS, mend_references
from dateline.feeds.split import DECLARATION, DECLARED

EXTENSIONS = "extensions not readable"

_EXTENSION = re.compile(
    r"</?(?!(?:content|dc|dcterms|atom|a10|rdf|rss|feedburner):)[\w.-]{1,40}:[^<>]*>|</?(?:width|height|image|tags|links|category|textinput|license)\b[^<>]*>"
)
_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.-]{0,30}):")


class Found(Struct, frozen=True):
    """What feedparser found: its own dicts."""

    feed: Any
    entries: list[Any]
    version: str
    broken: bool = False


def read(text: str, flaws: dict[str, None]) -> Found:
    """Return what feedparser finds in a whole text; extensions that it stumbles over are dropped and it is asked again.

    Raises:
        BadFeed: not_a_feed when it stumbles over the rest too.
    """
    declared = DECLARATION.match(text)
    body = _mended([text[declared.end() if declared else 0 :]], flaws)
    try:
        return _strict_or_loose(body)
    except Exception:  # noqa: BLE001 - feedparser raises at random over odd extensions: asked again without them
        # Fuzzing showed KeyError, TypeError and ValueError out of feedparser's handlers of media, geography,
        # licence and chapter elements; news has no need of them, and the entries around them must go on.
        flaws[EXTENSIONS] = None
    try:
        return _strict_or_loose(_EXTENSION.sub("", body))
    except Exception as error:
        # The edge of this library: whatever else it raises over a stranger's markup means the same.
        raise BadFeed(f"feedparser: {type(error).__name__}", Reason.NOT_A_FEED) from error


def read_strictly(pieces: list[str], flaws: dict[str, None]) -> Found | None:
    """Return what the strict parser finds in the pieces of a well-formed text, or None when it stumbles."""
    try:
        return _drive((DECLARED + _mended(pieces, flaws)).encode("utf-8", "replace"))
    except Exception:  # noqa: BLE001 - as in ``read``, which is asked next
        return None


def _mended(pieces: list[str], flaws: dict[str, None]) -> str:
    """Each piece by itself, so that an item is the same in any company."""
    mended = [mend_references(piece) for piece in pieces]
    if any(len(new) != len(old) for new, old in zip(mended, pieces, strict=True)):
        flaws[CONTROLS] = None
    return "".join(mended)


class _Without:
    """In place of a handler of feedparser's: its element is then read like any that feedparser does not know."""

    def __get__(self, holder: object, kind: type) -> Any:
        """Say that there is none, as ``getattr`` expects it."""
        raise AttributeError


_DISPENSABLE = re.compile(
    r"_(?:start|end)_(?:gml_|georss|geo_|where|psc_|cc_|creative[cC]ommons_|width|height|media_(?:player|rating|restriction|credit|license))"
)
"""Of geography, chapters, licences and pictures' sizes: of no use to news, and they raise over odd values."""


class _Lean:
    """What both of feedparser's parsers do otherwise here: less."""

    # Addresses are joined with the base in ``entries``; those within texts are never followed. Texts are
    # stripped to plain there, and bodies are extracted later.
    resolve_relative_uris = False
    sanitize_html = False

    # Dates are read by ``dates``, from the text; feedparser's own reading of them was a third of its time.
    def _end_published(self: Any) -> None:
        self.pop("published")

    def _end_updated(self: Any) -> None:
        self.pop("updated")

    def _end_created(self: Any) -> None:
        self.pop("created")

    _end_issued = _end_pubdate = _end_published
    _end_modified = _end_lastbuilddate = _end_updated

    def _start_textinput(self: Any, attrs_d: dict[str, str]) -> None:
        self.feeddata.setdefault(
            "textinput", type(self.feeddata)()
        )  # where feedparser looks for it, even in an item
        super()._start_textinput(attrs_d)  # type: ignore[misc] # of feedparser's parser beside

    _start_textInput = _start_textinput  # noqa: N815 - feedparser's name

    # An address of another kind (at://) beside the link's own text would hide it.
    def _start_link(self: Any, attrs_d: dict[str, str]) -> None:
        for name in ("url", "uri"):
            scheme = _SCHEME.match(attrs_d.get(name, ""))
            if scheme and scheme[1].lower() not in ("http", "https"):
                del attrs_d[name]
        super()._start_link(attrs_d)  # type: ignore[misc] # of feedparser's parser beside

    # The words on a picture are not the article's: feedparser would file them as its summary or its body.
    def _start_media_description(self: Any, attrs_d: dict[str, str]) -> None:
        self.push_content("media_description", attrs_d, "text/html", 1)

    def _end_media_description(self: Any) -> None:
        self.pop_content("media_description")


for _name in filter(_DISPENSABLE.match, dir(api.StrictFeedParser)):
    setattr(_Lean, _name, _Without())


class _Loose(_Lean, api.LooseFeedParser):  # type: ignore[misc] # feedparser is untyped
    """feedparser's parser of broken markup."""


class _Strict(_Lean, api.StrictFeedParser):  # type: ignore[misc] # feedparser is untyped
    """feedparser's parser of well-formed feeds, in which no item changes what its neighbours mean."""

    _PILES = ("elementstack", "basestack", "langstack")
    _FIELDS = ("contentparams", "sourcedata", "namespacemap", "namespaces_in_use", "decls")
    _RESULTS = frozenset(("entries", "property_depth_map", "_outer", "_scopes", *_PILES))

    def __init__(self) -> None:
        self._scopes: list[tuple[dict[Any, Any], dict[Any, Any]]] = []
        self.feeddata: Any
        self._outer: list[tuple[dict[str, Any], list[int]]] = []
        super().__init__("", None, "utf-8")

    def startPrefixMapping(self, prefix: str | None, uri: str | None) -> None:  # noqa: N802 - SAX's name
        """Remember the namespaces outside, to which feedparser never returns."""
        self._scopes.append((self.namespacemap.copy(), self.namespaces_in_use.copy()))
        super().startPrefixMapping(prefix, uri)

    def endPrefixMapping(self, prefix: str | None) -> None:  # noqa: ARG002, N802 - SAX's signature
        """Return to them."""
        self.namespacemap, self.namespaces_in_use = self._scopes.pop()

    def _start_item(self, attrs_d: dict[str, str]) -> None:
        mine: dict[str, Any] = self.__dict__
        state = {name: value for name, value in mine.items() if name not in self._RESULTS}
        state.update({name: _copy(mine[name]) for name in self._FIELDS})
        lengths = [len(mine[name]) for name in self._PILES]
        self._outer.append((state, lengths))
        # In an item with an image or a text box, feedparser writes into those of the feed.
        mine["feeddata"] = _copy(self.feeddata)
        for name in ("image", "textinput"):
            if isinstance(held := dict.get(self.feeddata, name), dict):
                self.feeddata[name] = _copy(held)
        super()._start_item(attrs_d)

    _start_entry = _start_item

    def _end_item(self) -> None:
        super()._end_item()
        if not self._outer:
            return  # the end of what stands in a text, whose start feedparser takes for markup
        state, lengths = self._outer.pop()
        # The base of what stands around the item: feedparser keeps the item's own when there is none.
        self.__dict__.update(state)
        for name, length in zip(self._PILES, lengths, strict=True):
            del self.__dict__[name][length:]
        self.baseuri = self.basestack[-2] if len(self.basestack) > 1 else ""

    _end_entry = _end_item


class _Expat(ExpatParser):
    """expat, which hands on each line, and in CDATA each bracket, by itself unless it is told to gather them."""

    def reset(self) -> None:
        """Begin a new text."""
        super().reset()
        self._parser.buffer_text = True  # type: ignore[attr-defined] # typeshed leaves it out


def _copy(given: Any) -> Any:
    return type(given)(given)  # dict.copy would lose feedparser's kind of dict


def _drive(data: bytes) -> Found:
    reader = _Strict()
    parser = _Expat()
    parser.setFeature(feature_namespaces, 1)
    parser.setFeature(feature_external_ges, 0)
    parser.setContentHandler(reader)
    parser.setErrorHandler(reader)
    parser.feed(data)
    parser.close()
    return Found(reader.feeddata, reader.entries, reader.version)


def _strict_or_loose(body: str) -> Found:
    """Return what feedparser finds: strictly where it can, loosely where the markup is broken."""
    data = (DECLARED + body).encode("utf-8", "replace")
    version, data, characters = sanitizer.replace_doctype(data)
    try:
        found = _drive(data)
    except SAXException:
        reader = _Loose("", None, "utf-8", characters)
        reader.feed(data.decode("utf-8", "replace"))
        found = Found(reader.feeddata, reader.entries, reader.version, broken=True)
    return Found(found.feed, found.entries, version or found.version, found.broken)
