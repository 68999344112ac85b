"""The errors as one HTML file that needs nothing else: a list to the left, gold, coding and text to the right.

Owns the page. Everything that comes from a set is escaped, and the page's own policy lets run nothing but
the style and the script that stand in it, so a hostile text stays a text.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from html import escape

from dateline.evaluation.page_looks import SCRIPT, STYLE
from dateline.evaluation.shown import Shown, Span, pieces

_STYLES = ("evidence", "gold", "trigger", "taken_back")


def page(documents: Sequence[Shown], title: str) -> str:
    """Return the page over some documents, in their order."""
    kinds = sorted({one.kind for shown in documents for one in shown.faults})
    sets = list(dict.fromkeys(one.set for one in documents))
    policy = (
        f"default-src 'none'; style-src 'sha256-{_digest(STYLE)}'; script-src 'sha256-{_digest(SCRIPT)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>",
        f'<nav><h1>{escape(title)}: <span id="count">{len(documents)}</span></h1>',
        _choice("kind", "Kind of fault", kinds),
        _choice("set", "Set", sets),
        "<ol>",
        *(_entry(number, one) for number, one in enumerate(documents)),
        "</ol></nav>\n<main>",
        *(_section(number, one) for number, one in enumerate(documents)),
        f"</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _choice(name: str, label: str, values: Iterable[str]) -> str:
    options = "".join(f'<option value="{escape(one)}">{escape(one)}</option>' for one in values)
    return (
        f'<label>{escape(label)} <select id="{name}"><option value="">all</option>{options}</select></label>'
    )


def _entry(number: int, one: Shown) -> str:
    kinds = " ".join(dict.fromkeys(fault.kind for fault in one.faults))
    return (
        f'<li data-to="d{number}" data-set="{escape(one.set)}" data-kinds="{escape(kinds)}">'
        f'<button type="button">{escape(one.id)}<small>{escape(one.set)}: {escape(kinds or "right")}</small></button></li>'
    )


def _section(number: int, one: Shown) -> str:
    told = one.trace
    second = "" if told.second is None else f", then {told.second:.2f} (counts from {told.threshold:.2f})"
    faults = "".join(
        f'<tr><th scope="row" class="fault">{escape(each.kind)}</th><td>{escape(each.gold)}</td><td>{escape(each.given)}</td></tr>'
        for each in one.faults
    )
    return "\n".join(
        (
            f'<section id="d{number}"{" hidden" if number else ""}>',
            f"<h2>{escape(one.title or one.id)}</h2>",
            f"<p>{escape(one.set)} {escape(one.id)} {escape(one.published)}<br>",
            f"relevance {told.first:.2f} (gate {told.gate:.2f}){second}. {escape(told.whole)}</p>",
            f"<table><tr><th>fault</th><th>gold</th><th>given</th></tr>{faults}</table>" if faults else "",
            f'<div class="columns"><div><h3>Gold</h3>{_pairs(one.gold)}</div>',
            f"<div><h3>Coded</h3>{_pairs(one.given)}</div></div>",
            f'<h3>Text</h3><table class="text">{"".join(_lines(one))}</table></section>',
        )
    )


def _pairs(rows: Sequence[tuple[str, str]]) -> str:
    if not rows:
        return "<p>nothing</p>"
    return f"<dl>{''.join(f'<dt>{escape(name)}</dt><dd>{escape(value)}</dd>' for name, value in rows)}</dl>"


def _lines(one: Shown) -> Iterator[str]:
    """Yield the sentences with what became of them; what is no sentence (furniture) stands between, dimmed."""
    ends = [(0, 0), *((line.start, line.end) for line in one.trace.lines), (len(one.text), len(one.text))]
    for (_, before), (start, _), line in zip(ends, ends[1:], (*one.trace.lines, None), strict=False):
        if one.text[before:start].strip():
            yield f'<tr class="outside"><td>{_marked(one, before, start)}</td><td>left out: not prose</td></tr>'
        if line is not None:
            score = "" if line.score is None else f" ({line.score:+.1f})"
            yield (
                f'<tr class="{line.part}"><td>{_marked(one, line.start, line.end)}</td>'
                f"<td>{escape(line.why)}{score}</td></tr>"
            )


def _marked(one: Shown, start: int, end: int) -> str:
    return "".join(_piece(text, spans) for text, spans in pieces(one.text, start, end, one.spans))


def _piece(text: str, spans: Sequence[Span]) -> str:
    if not spans:
        return escape(text)
    styles = [style for style in _STYLES if any(one.style == style for one in spans)]
    labels = "; ".join(dict.fromkeys(one.label for one in spans if one.label))
    return f'<mark class="{" ".join(styles)}" title="{escape(labels)}">{escape(text)}</mark>'
