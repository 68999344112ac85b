"""The articles of the sample wire: one small text file each, read once.

Owns the file format: ``key: value`` lines, a line ``---``, then blocks parted by blank lines. The
first characters of a block say what it is (see ``MARKS``). Refuses HTML: that is ``pages``.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import msgspec
from msgspec import Struct

#: What a block is, by how it starts; anything else is a paragraph.
MARKS = (
    ("## ", "heading"),
    ("> ", "quote"),
    ("- ", "list"),
    ("! ", "figure"),
    ("@ ", "post"),
    ("~ ", "inline"),
)


class Block(Struct, frozen=True):
    """A piece of the body: its kind (paragraph, heading, …) and its text with placeholders."""

    kind: str
    text: str


class Article(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An article as its file tells it; texts still hold their placeholders."""

    slug: str
    site: str
    path: str
    title: str
    #: Days from the base day to publication, never above -1 so that nothing is from the future.
    day: int
    #: Time of publication, UTC, as "14:30".
    clock: str
    standfirst: str = ""
    byline: str = ""
    modified: str = ""
    section: str = "World"
    tags: tuple[str, ...] = ()
    charset: str = "utf-8"
    #: HTTP status of the page; 404 and 500 have no page.
    status: int = 200
    #: Path that this one redirects to.
    redirect: str = ""
    #: Path that rel=canonical names, when it is not the page's own.
    canonical: str = ""
    #: Extra nested div elements around the body.
    nest: int = 0
    #: The text that feeds carry; the standfirst, or the first paragraph, when empty. "-" is none.
    feed: str = ""
    #: "page", "pdf" or "amp".
    kind: str = "page"
    blocks: tuple[Block, ...] = ()

    def summary(self) -> str:
        """The text that feeds carry, with placeholders; empty when the feed says nothing."""
        if self.feed == "-":
            return ""
        return (
            self.feed or self.standfirst or next((b.text for b in self.blocks if b.kind == "paragraph"), "")
        )


def _block(text: str) -> Block:
    flat = " ".join(line.strip() for line in text.splitlines())
    for mark, kind in MARKS:
        if flat.startswith(mark):
            return Block(kind, text.strip() if kind == "list" else flat[len(mark) :])
    return Block("paragraph", flat)


def parse(slug: str, source: str) -> Article:
    """Return the article that a file holds.

    Raises:
        ValueError: an unknown key, or ``published`` is not of the form "-1 14:30".
        KeyError: no ``published``.
    """
    head, _, body = source.partition("\n---\n")
    fields = dict(line.split(": ", 1) for line in head.strip().splitlines())
    day, clock = fields.pop("published").split()
    tags = [tag.strip() for tag in fields.pop("tags", "").split(",") if tag.strip()]
    blocks = [_block(part) for part in body.strip().split("\n\n") if part.strip()]
    row = {"slug": slug, "day": day, "clock": clock, "tags": tags, **fields}
    article = msgspec.convert(row, Article, strict=False)
    return msgspec.structs.replace(article, blocks=tuple(blocks))


@cache
def load() -> Mapping[str, Article]:
    """Return every article by its slug (the file's name), in the order of the names."""
    folder = files("services.sample").joinpath("site/articles")
    found = sorted((one for one in folder.iterdir() if one.name.endswith(".txt")), key=lambda one: one.name)
    slugs = ((one.name.removesuffix(".txt"), one) for one in found)
    return MappingProxyType({slug: parse(slug, one.read_text("utf-8")) for slug, one in slugs})
