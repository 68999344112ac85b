"""What is learned of a site, measured: real templates under changing articles, and real news that must lose nothing.

Run ``python tests/quality/eval_furniture.py [HOSTS]`` in the repository's root; prints JSON. A host is made of one public
page: its gold paragraphs are replaced by those of other articles, 24 times, so that all else on the page recurs as on a real site.
News sets are read as one host each, every article a teacher, as they are and with a sentence a line. Without the public data
(``../shared/data``) it says so and ends with 0.
"""

import gzip
import json
import random
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import eval_text
from lxml.html import HtmlElement, HTMLParser, document_fromstring, fromstring, tostring

from dateline.errors import BadPage
from dateline.model import Article, Entry, Line, Page, Role
from dateline.text import clean, extract, furniture, paragraphs

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
NEWS = (
    "news/bbc_train", "news/reuters21578", "news/agnews_no_world", "incidents/satp_2005_2013",
    "incidents/insightcrime_train", "incidents/muc34_train", "incidents/gunviolence_train", "incidents/ceha_train",
    "duplicates/ecbplus_topics_1_35",
)  # fmt: skip
ARTICLES, TEACHING = 24, 14
FIRST_DAY = 20_500
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def hosts(count: int) -> Iterator[tuple[HtmlElement, list[list[str]]]]:
    """Yield pages to be taken for a site's template, each with the paragraphs of 24 articles that are not its own."""
    chance = random.Random(3)
    pages = [one for name in ("scrapinghub", "l3s_gn1") for one in eval_text.pages(name)]
    stories = [_paragraphs(gold["text"]) for gold, _ in pages]
    stories = [one for one in stories if 5 <= len(one) <= 40]
    chance.shuffle(pages)
    chance.shuffle(stories)
    for gold, body in pages:
        tree = document_fromstring(
            body.decode("utf-8", "replace").encode(), parser=HTMLParser(encoding="utf-8")
        )
        if count and len(_own(tree, gold["text"])) >= 4:
            for place in _own(tree, gold["text"]):
                place.set("data-own", "1")
            yield tree, [stories.pop() for _ in range(ARTICLES) if stories]
            count -= 1


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n") if len(part.split()) >= 15]


def _own(tree: HtmlElement, gold: str) -> list[HtmlElement]:
    whole = " ".join(gold.split())
    places = [(one, " ".join(one.text_content().split())) for one in tree.iter("p")]
    return [one for one, text in places if len(text.split()) >= 10 and text[5:50] in whole]


def _page(template: HtmlElement, story: list[str], number: int) -> Page:
    tree = deepcopy(template)
    own = tree.xpath("//p[@data-own]")
    for at, place in enumerate(own):
        for child in list(place):
            place.remove(child)
        place.text = story[at] if at < len(story) else None
    for text in reversed(story[len(own) :]):
        added = fromstring("<p></p>")
        added.text = text
        own[-1].addnext(added)
    return Page(
        article_id=f"{number:016x}",
        feed_id="feed",
        entry=Entry(guid=str(number)),
        url=f"https://site.test/{number}",
        body=tostring(tree, encoding="utf-8"),
        content_type="text/html",
        accepted_at=datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=6 * number),
    )


def templates(count: int) -> dict[str, Any]:
    """Lines of the template and of the articles: how many stood there, and how many went; words won and lost."""
    there: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    plain: list[tuple[float, float]] = []
    known: list[tuple[float, float]] = []
    sizes: list[int] = []
    for template, stories in hosts(count):
        sketch = furniture.EMPTY
        for number, story in enumerate(stories):
            page = _page(template, story, number)
            try:
                before, after = extract.read(page), extract.read(page, sketch)
            except BadPage:
                continue
            lesson = furniture.lesson(after.lines, after.removed, FIRST_DAY + number // 4)
            sketch = furniture.learnt(sketch, lesson)
            if number >= TEACHING:
                whole = " ".join(story)
                left = set(_lines(after))
                for text in _lines(before):
                    kind = "article" if text[3:60] in whole else "template"
                    there[kind] += 1
                    gone[kind] += text not in left
                plain.append(eval_text.overlap(whole, before.text))
                known.append(eval_text.overlap(whole, after.text))
        sizes.append(len(furniture.encode(sketch)))
    return {
        "hosts": len(sizes),
        "template_lines": there["template"],
        "template_lines_taken": round(gone["template"] / max(1, there["template"]), 4),
        "article_lines": there["article"],
        "article_lines_taken": gone["article"],
        "without": eval_text.f1(plain),
        "with": eval_text.f1(known),
        "bytes_a_host": round(statistics.mean(sizes)),
    }


def _lines(article: Article) -> list[str]:
    return [line.text for line in article.lines if line.role in (Role.BODY, Role.QUOTE, Role.LIST)]


def news(name: str, *, most: int = 4000, by_sentence: bool = False) -> dict[str, Any]:
    """Read a set as the articles of one host, near-duplicates included; what is taken from it is an error."""
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as rows:
        texts = [json.loads(row)["text"] for _, row in zip(range(most), rows, strict=False)]
    sketch = furniture.EMPTY
    count, taken = 0, Counter[str]()
    for number, text in enumerate(texts):
        parts = (
            _SENTENCE.split(" ".join(text.split()))
            if by_sentence
            else [text[start:end] for start, end in paragraphs.spans(text)]
        )
        kept, _ = clean.clean_lines([Line(Role.BODY, part) for part in parts if part.strip()], language="en")
        taken.update(kept[at].text[:80] for at in furniture.recurring([line.text for line in kept], sketch))
        sketch = furniture.learnt(sketch, furniture.lesson(kept, (), FIRST_DAY + number // 20))
        count += len(kept)
    return {"lines": count, "taken": dict(taken)}


def main() -> None:
    if not DATA.is_dir():
        sys.stdout.write("the public data are not here\n")
        return
    extract.load()
    figures = {
        "templates": templates(int(sys.argv[1]) if len(sys.argv) > 1 else 25),
        "news": {name: news(name) for name in NEWS},
        "news_a_sentence_a_line": {name: news(name, most=1000, by_sentence=True) for name in NEWS},
    }
    sys.stdout.write(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
