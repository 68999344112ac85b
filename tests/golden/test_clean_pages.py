"""Whole pages of several kinds, in the bytes and charsets of their kind, and what is read from them."""

import json
from pathlib import Path
from typing import Any

import make
import pytest

from dateline.model import Article, TextSource
from dateline.text import extract

PAGES = sorted((Path(__file__).parent / "clean" / "pages").glob("*.html"))


def shown(read: Article) -> dict[str, Any]:
    """Return what a golden file pins down."""
    return {
        "title": read.title,
        "author": read.author,
        "published_at": read.published_at and read.published_at.isoformat(),
        "language": read.language,
        "lines": [[line.role.value, line.text] for line in read.lines],
        "removed": [[one.rule, one.text] for one in read.removed],
    }


def read_page(path: Path) -> Article:
    if path.stem.startswith("feed_"):
        entry = make.entry(1, html=path.read_text("utf-8"), title="Gunmen abduct eleven miners")
        return extract.read(make.page(1, entry=entry, body=b"", source=TextSource.FEED))
    return extract.read_html(path.read_bytes(), url=f"https://news.test/{path.stem}")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_reads_as_written_down(path: Path) -> None:
    """Title, author, date, language, every kept line with its role and every removed line with its rule."""
    assert shown(read_page(path)) == json.loads(path.with_suffix(".json").read_text("utf-8"))
