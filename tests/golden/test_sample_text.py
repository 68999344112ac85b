"""The sample wire's pages, read: the body stands, the furniture does not."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from live import BASE_DAY, GOLDEN

from dateline.text import extract
from services.sample.site import render

ORIGIN = "http://sample.test"
DAY = date.fromisoformat(BASE_DAY)
HEADLINES = [
    line
    for line in (Path(__file__).parents[2] / "services/sample/site/headlines.txt")
    .read_text("utf-8")
    .splitlines()
    if line.strip() and not line.startswith("#")
]
PAGES = {path: entry for path, entry in GOLDEN["entries"].items() if entry["text"] == "page"}


NAMES = re.compile(rb'\s(?:class|id|role|data-[\w-]+|aria-[\w-]+)="[^"]*"')


def text_of(path: str, entry: dict[str, Any], *, named: bool = True) -> str:
    answer = render(entry.get("redirects_to") or path, DAY, ORIGIN)
    assert answer is not None
    body = answer.body if named else NAMES.sub(b"", answer.body)
    article = extract.read_html(body, url=ORIGIN + path, content_type=answer.content_type)
    return " ".join(article.text.split())


@pytest.mark.parametrize("named", [True, False], ids=["named", "nameless"])
@pytest.mark.parametrize("path", PAGES)
def test_the_body_stands_and_the_furniture_does_not(path: str, named: bool) -> None:
    """Every phrase of the body is kept; no phrase of menus, boxes and other stories is.

    That holds without any class, id, role or data attribute as well: structure tells enough.
    """
    entry = PAGES[path]
    text = text_of(path, entry, named=named)
    lost = [phrase for phrase in entry["must"] if phrase not in text]
    site = path.split("/")[1]
    unwanted = [
        *entry["must_not"],
        *GOLDEN["publishers"].get(site, []),
        *(line.split("|")[0].strip() for line in HEADLINES),
    ]
    leaked = [phrase for phrase in unwanted if phrase in text]
    assert (lost, leaked) == ([], [])


def test_the_golden_file_is_json_with_phrases_to_look_for() -> None:
    """The test above cannot pass for want of phrases."""
    assert len(HEADLINES) > 10
    assert sum(len(entry["must"]) for entry in PAGES.values()) >= 2 * len(PAGES) - 10, json.dumps(len(PAGES))
