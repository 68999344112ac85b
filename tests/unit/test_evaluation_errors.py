"""Errors side by side: which documents, why each sentence, and nothing of a text that runs."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_evaluation_sets import MATCH, run, satp_row, write

from dateline.cli.errors_view import rendered
from dateline.evaluation.bench import Bench
from dateline.evaluation.cases import Case, Fault, Verdict
from dateline.evaluation.page import page
from dateline.evaluation.shown import Shown, Span, faulty, pieces, show
from dateline.evaluation.trace import trace
from dateline.incidents.assemble import Coder
from dateline.incidents.record import Coding
from dateline.model import Article

STORY = (
    "Gunmen killed six farmers in Gwoza, Nigeria, on Monday, police said. "
    "The attackers also burned a house in the village. "
    "The army denied that it had killed civilians. "
    "Officials said that militants could attack the town again. "
    "The governor spoke to reporters."
)
MARKETS = (
    "Shares of the company rose 3 percent after it reported higher quarterly profit on strong sales. "
    "Analysts had expected net income of $1.2 billion. The software maker said revenue grew in Europe and Asia. "
    "The dollar fell against the euro, and oil prices were little changed in early trading on Wall Street."
)
HOSTILE = (
    'Gunmen killed two men in Gwoza on Monday.</td><script>alert(1)</script> <img src=x onerror="alert(2)">'
)


def case(text: str = STORY, *faults: Fault, **fields: str) -> Case:
    article = Article(id=fields.get("id", "a"), title=fields.get("title", ""), text=text)
    coding = Coder.load().code(article)
    verdict = Verdict(marks={}, faults=faults, gold=(("event", fields.get("gold", "an attack")),))
    return Case(set="made", article=article, coding=coding, verdict=verdict)


MISSED = Fault(kind="missed", gold="one", given="none")


def test_every_sentence_has_a_fate():
    """One opens, one joins or is refused with a reason, one names no act: the lines are the text's sentences."""
    told = trace(Coder.load(), Article(id="a", text=STORY), case().coding)
    assert [STORY[one.start : one.end] for one in told.lines] == re.split(r"(?<=\.) ", STORY)
    assert told.lines[0].part == "opens"
    assert "Attack" in told.lines[0].why
    assert told.lines[4].part == "silent"
    assert all(one.why for one in told.lines)


def test_a_threat_is_refused_as_one():
    """The only act of a text is a plan: no sentence is read on, and that one says why."""
    threat = "Officials said that militants could attack the town. The governor spoke to reporters."
    told = trace(Coder.load(), Article(id="a", text=threat), Coding(relevance=0.5, relevant=True))
    assert [one.part for one in told.lines] == ["refused"]
    assert "a plan, a threat" in told.lines[0].why


def test_words_of_acts_stand_in_the_text():
    """A live act and one that its words take back are told apart, at their places."""
    told = trace(Coder.load(), Article(id="a", text=STORY), case().coding)
    words = {STORY[one.start : one.end].lower(): one.live for line in told.lines for one in line.words}
    assert words["killed"] or words.get("gunmen killed")
    assert any(not live for live in words.values())


def test_an_article_below_the_gate_says_so():
    """News of markets is refused at the first look, and that is told of the whole."""
    told = trace(Coder.load(), Article(id="m", text=MARKETS), Coding(relevance=0.0, relevant=False))
    assert told.second is None
    assert "first look" in told.whole


@settings(max_examples=10, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_traced_and_shown(text: str):
    """No text makes the browser fail; every line lies within its text, in a terminal of any width."""
    made = show(Coder.load(), case(text, MISSED))
    assert all(0 <= one.start <= one.end <= len(text) for one in made.trace.lines)
    assert "\x1b" not in rendered(made, 60, colours=False)
    assert HTMLParser().feed(page([made], "t")) is None


def test_documents_are_chosen_by_kind_and_id():
    """Only the wrong ones, of a kind; one that is asked for by its id comes though it is right."""
    cases = [case(STORY, MISSED, id="wrong"), case(STORY, id="right")]
    assert [one.article.id for one in faulty(cases)] == ["wrong"]
    assert [one.article.id for one in faulty(cases, "false")] == []
    assert [one.article.id for one in faulty(cases, None, "right")] == ["right"]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_pieces_add_up_to_the_text(bounds: list[tuple[int, int]]):
    """However spans overlap, the pieces are the text, and each is covered by the spans that hold it."""
    text = "".join(chr(97 + n % 26) for n in range(30))
    spans = [Span(min(one), max(one), "evidence") for one in bounds]
    cut = list(pieces(text, 0, 30, spans))
    assert "".join(piece for piece, _ in cut) == text
    at = 0
    for piece, covering in cut:
        assert set(covering) == {one for one in spans if one.start <= at and one.end >= at + len(piece)}
        at += len(piece)


class Seen(HTMLParser):
    """Collects what a browser would make of a page: elements, attributes, links."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def hostile() -> Shown:
    bad = '"><script>alert(3)</script>'
    return show(
        Coder.load(), case(HOSTILE, Fault(kind="false", gold=bad, given=bad), id=bad, title=bad, gold=bad)
    )


def test_nothing_of_a_text_runs():
    """Markup in a text, title, id, gold or fault is shown as it is written: the page has its own script alone."""
    seen = Seen()
    seen.feed(page([hostile()], "<b>"))
    tags = [tag for tag, _ in seen.elements]
    assert tags.count("script") == 1
    assert "img" not in tags
    assert "b" not in tags
    assert not any(name.startswith("on") for _, attributes in seen.elements for name in attributes)


def test_the_page_loads_nothing():
    """No address in any attribute, and a policy that allows the page's own style and script by their hashes."""
    html = page([hostile()], "errors")
    seen = Seen()
    seen.feed(html)
    assert not any({"src", "href"} & attributes.keys() for _, attributes in seen.elements)
    policy = next(a["content"] for tag, a in seen.elements if tag == "meta" and "http-equiv" in a)
    for tag in ("style", "script"):
        body = html.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
        assert f"'sha256-{b64encode(sha256(body.encode()).digest()).decode()}'" in (policy or "")
    assert (policy or "").startswith("default-src 'none'")


def test_evidence_and_acts_are_marked_in_the_page():
    """What proves an incident and what names an act stand in marks; the reasons beside their sentences."""
    html = page([show(Coder.load(), case(STORY, MISSED))], "errors")
    assert '<mark class="evidence' in html
    assert "trigger" in html.partition("</style>")[2]
    assert "opens Attack" in html
    assert "names no act" in html


def test_words_of_the_gold_are_found_across_lines():
    """A place that the gold spells with a blank stands in the text with a line break; short words are left alone."""
    text = "Gunmen killed six farmers in San\n  Salvador on Monday. It is in San Salvadors."
    made = case(text, MISSED)
    verdict = Verdict(marks={}, quotes=("San Salvador", "in", "", "Lima"))
    shown = show(Coder.load(), Case(set="made", article=made.article, coding=made.coding, verdict=verdict))
    assert [text[one.start : one.end] for one in shown.spans if one.style == "gold"] == ["San\n  Salvador"]


@pytest.mark.parametrize("width", [50, 90, 140])
def test_a_terminal_of_any_width(width: int):
    """No line is wider than the terminal; gold, coding and every sentence are there; control characters are not."""
    told = rendered(show(Coder.load(), case(f"{STORY} \x1b[31mRed", MISSED)), width, colours=False)
    assert max(map(len, told.splitlines())) <= width
    flat = " ".join(told.split())
    assert "GOLD" in flat
    assert "\x1b" not in told


def test_colours_only_where_they_are_wanted():
    """With colours there are codes, without there are none."""
    made = show(Coder.load(), case(STORY, MISSED))
    assert "\x1b[" in rendered(made, 80, colours=True)
    assert "\x1b[" not in rendered(made, 80, colours=False)


def test_the_command_shows_errors(tmp_path: Path):
    """Piped: plain text of the wrong documents; by kind, by id, so many, and as a page."""
    data = tmp_path / "data"
    write(data, "incidents/satp_2014", *(satp_row(str(n), MATCH) for n in range(3)))
    shown = run(str(data), "--errors", "satp,ceha", "--limit", "2")
    assert shown.stdout.count("satp 0 missed") == 1
    assert "satp 2 missed" not in shown.stdout
    assert "ceha" in shown.stderr
    assert run(str(data), "--errors", "satp", "--kind", "type").stdout == ""
    assert "satp 2 missed" in run(str(data), "--errors", "satp", "--id", "2").stdout
    html = tmp_path / "errors.html"
    assert run(str(data), "--errors", "satp", "--html", str(html)).exit_code == 0
    assert html.read_text("utf-8").count("<section") == 3


def test_a_case_is_told_by_the_bench(tmp_path: Path):
    """What the browser shows is what the figures counted: the same coding, the same faults."""
    write(tmp_path, "incidents/satp_2014", satp_row())
    (known,) = Bench(tmp_path, Coder.load()).cases("satp")
    made = show(Coder.load(), known)
    assert made.faults == known.verdict.faults
    assert len(made.given) == len(known.coding.incidents) == 1
    assert json.dumps(made.given[0]).count("Attack") == 1
