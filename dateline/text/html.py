"""From decoded HTML to a tree that is safe to extract from.

Owns what counts as HTML and the limits on structure, each set from measured cost. Refuses bytes
(``charset`` decodes) and meaning (``metadata`` and ``extract`` read the tree).

    parse(text) -> HtmlElement
"""

import re

from lxml import etree
from lxml import html as lxml_html

from dateline.errors import BadPage, Reason
from dateline.text import charset

MAX_CHARS = 5_000_000
"""Largest page. 20 MB took 11.5 s and 587 MB to extract; the fetcher cuts at 5 MB as well."""

MAX_NODES = 40_000
"""Elements of a page. Of 1,943 real pages the largest had 11,533; 100,000 paragraphs took 14 s."""

MAX_ATTRIBUTES = 60_000
"""Attributes of a page. Of 1,943 real pages the most was 17,735."""

MAX_ATTRIBUTES_OF_ONE = 1_000
"""Attributes of one element: their cost is quadratic. Of 1,943 real pages the most was 78."""

MAX_ROWS = 10_000
"""Table rows of a page; their cost is superlinear. Of 1,943 real pages the most was 1,377."""

MAX_LINKS = 15_000
"""Links of a page: each is weighed once for every element around it. 38,000 in 190 wrappers took 16 s; the real most: 2,215."""

MAX_BREAKS = 3_000
"""Line breaks of a page: in one paragraph their cost is quadratic, 38,000 took 68 s. The real most: 704."""

MAX_DEPTH = 200
"""Depth after flattening: extraction silently gives nothing above 250. Of 1,943 real pages, 98."""

CUT_DEPTH = 2_000
"""The parser silently drops what is nested deeper than 2,047, so nothing can be said of such a page."""

_NOT_HTML = (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"RIFF", b"PK\x03\x04", b"\x1f\x8b", b"BM", b"\x00\x00\x01\x00", b"OggS",
             b"ID3", b"\x7fELF", b"MZ", b"Rar!", b"7z\xbc\xaf", b"wOFF", b"wOF2", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"%!PS", b"fLaC", b"BZh")  # fmt: skip
_OTHER_TYPES = ("image/", "audio/", "video/", "font/", "application/pdf", "application/json", "application/zip", "application/octet-stream",
                "application/msword", "application/vnd", "application/javascript", "text/javascript", "text/css", "text/csv")  # fmt: skip
_TAG = re.compile(
    r"<(?:!doctype|!--|html|head|body|div|p|span|article|section|main|title|meta|h[1-6]|table|ul|ol|br|a|b|i|em|strong|img|font|center|blockquote)\b|<!--",
    re.IGNORECASE,
)
_TAG_START = re.compile(r"<[a-zA-Z]")
_TITLE = re.compile(r"<title\b[^>]{0,200}>", re.IGNORECASE)
_TITLE_END = re.compile(r"</title\s{0,9}>", re.IGNORECASE)
_SHELL = re.compile(r"</?(?:html|body|head)\b[^<>]{0,2000}>", re.IGNORECASE)
_ROOT = re.compile(r"<html\b[^<>]{0,2000}/>", re.IGNORECASE)
_END = re.compile(r"</html\s{0,9}>", re.IGNORECASE)
_HEAD_CHARS, _TITLE_MAX_CHARS = 100_000, 3_000
# A thousand attributes take four thousand characters.
_LONG = re.compile(rf"<[a-zA-Z][^<]{{{4 * MAX_ATTRIBUTES_OF_ONE}}}")
_QUOTED = re.compile(r"""=\s{0,9}(?:"[^"]*"|'[^']*')""")
_BARE = re.compile(r"\s[\w:-]+(?=\s)")
_LIMITS = (
    (etree.XPath("count(//*)"), MAX_NODES, "elements", Reason.TOO_MANY_NODES),
    (etree.XPath("count(//@*)"), MAX_ATTRIBUTES, "attributes", Reason.TOO_MANY_NODES),
    (etree.XPath("count(//a)"), MAX_LINKS, "links", Reason.TOO_MANY_NODES),
    (etree.XPath("count(//tr)"), MAX_ROWS, "table rows", Reason.EXTRACT_BUDGET),
    (etree.XPath("count(//br)"), MAX_BREAKS, "line breaks", Reason.EXTRACT_BUDGET),
)
_CUT_OFF = etree.XPath("boolean(" + "/*" * CUT_DEPTH + ")")
_DEEPER = etree.XPath("boolean(" + "/*" * (MAX_DEPTH + 1) + ")")
_OF_HEAD = frozenset(("title", "meta", "link", "script", "style", "base", "noscript", "object"))
_WRAPPERS = frozenset(
    (
        "div",
        "span",
        "section",
        "font",
        "center",
        "b",
        "i",
        "em",
        "strong",
        "blockquote",
        "article",
        "main",
        "ul",
        "ol",
        "li",
        "td",
        "tr",
        "tbody",
        "table",
        "p",
    )
)
_JSON = re.compile(r"\A\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")


def refuse_other_kinds(body: bytes, content_type: str) -> None:
    """Return when ``body`` may be HTML.

    Raises:
        BadPage: empty, or a PDF, an image, an archive or another binary (not_html).
    """
    head = body.lstrip()[:512]
    if not head:
        raise BadPage("the page is empty", Reason.NOT_HTML)
    kind = content_type.split(";", maxsplit=1)[0].strip().lower()
    looks = _TAG.search(body[:4096].replace(b"\x00", b"").decode("latin-1"))
    if head.startswith(_NOT_HTML) or (kind.startswith(_OTHER_TYPES) and not looks):
        raise BadPage(f"not HTML but {kind or head[:4]!r}", Reason.NOT_HTML)
    if charset.is_noise(body):
        raise BadPage("bytes that are no text", Reason.NOT_HTML)


def parse(text: str) -> lxml_html.HtmlElement:
    """Return the tree of an HTML text, wrappers without content of their own flattened.

    Raises:
        BadPage: not_html, too_many_nodes, too_deep.
    """
    if len(text) > MAX_CHARS:
        text = text[:MAX_CHARS]
    if not _TAG.search(text) or _JSON.match(text):
        raise BadPage("no HTML element in it", Reason.NOT_HTML)
    _refuse_swarms(text)
    # A declaration of the encoding in a str would be refused by lxml; the characters are known by now.
    text = _repaired(text)
    parser = lxml_html.HTMLParser(huge_tree=True, collect_ids=False, remove_comments=True, remove_pis=True)
    try:
        tree = lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise BadPage(f"HTML that can not be parsed: {error}", Reason.NOT_HTML) from error
    _refuse_excess(tree)
    _one_body(tree)
    _flatten(tree)
    return tree


def _repaired(text: str) -> str:
    """Return the text without what makes the parser lose the page.

    An XML declaration; a root that is closed at once; a second page behind the end of the first;
    a title left open, which swallows the rest.
    """
    if text.lstrip()[:5].lower() == "<?xml":
        end = text.find(">", 0, 2000)
        text = text[end + 1 :] if end >= 0 else text.replace("<?", "", 1)
    if root := _ROOT.search(text, 0, _HEAD_CHARS):
        text = f"{text[: root.end() - 2]}>{text[root.end() :]}"
    ended = _END.search(text)
    if ended and text.find("<", ended.end()) >= 0:
        text = text[: ended.start()] + _SHELL.sub("", text[ended.start() :])
    start = _TITLE.search(text, 0, _HEAD_CHARS)
    if start and not _TITLE_END.search(text, start.end(), start.end() + _TITLE_MAX_CHARS):
        cut = text.find("<", start.end())
        if cut > 0:
            return f"{text[:cut]}</title>{text[cut:]}"
    return text


def _refuse_swarms(text: str) -> None:
    # Before the parser runs: counting characters is cheap, a tree of them is not.
    if text.count("<") > 2 * MAX_NODES and len(_TAG_START.findall(text)) > MAX_NODES:
        raise BadPage(f"more than {MAX_NODES} tags", Reason.TOO_MANY_NODES)
    for start in _LONG.finditer(text):
        end = text.find("<", start.end())
        piece = text[start.start() : end if end >= 0 else len(text)]
        inside = _QUOTED.sub("=", piece).partition(">")[0]
        if max(inside.count("="), len(_BARE.findall(inside))) > MAX_ATTRIBUTES_OF_ONE:
            raise BadPage("an element with thousands of attributes", Reason.TOO_MANY_NODES)


def _refuse_excess(tree: lxml_html.HtmlElement) -> None:
    for count, limit, what, reason in _LIMITS:
        if (number := int(count(tree))) > limit:
            raise BadPage(f"{number} {what}", reason)


def _one_body(tree: lxml_html.HtmlElement) -> None:
    """Put what stands beside the body, or in the head, into it, as browsers do."""
    if tree.tag != "html":
        return
    head, body = tree.find("head"), tree.find("body")
    strays = [child for child in tree if child.tag not in ("head", "body")]
    if body is None:
        body = etree.SubElement(tree, "body")
        strays = (
            [child for child in head if child.tag not in _OF_HEAD] + strays if head is not None else strays
        )
    behind = set(body.itersiblings())
    body[0:0] = [child for child in strays if child.getparent() is tree and child not in behind]
    body.extend([child for child in strays if child.getparent() is not body])


def _flatten(tree: lxml_html.HtmlElement) -> None:
    """Take out wrappers that hold one element and no text, when the page is too deep to extract."""
    if not _DEEPER(tree):
        return
    if _CUT_OFF(tree):
        raise BadPage(f"nested more than {CUT_DEPTH} deep", Reason.TOO_DEEP)
    for element in reversed(
        list(tree.iter(*_WRAPPERS))
    ):  # from within: what is taken out may part two of a kind
        parent = element.getparent()
        if (
            parent is None
            or len(element) != 1
            or (element.text or "").strip()
            or (element[0].tail or "").strip()
        ):
            continue
        child = element[0]
        if child.tag == element.tag or element.tag in ("div", "span", "section", "font", "center"):
            child.tail = element.tail
            parent.replace(element, child)
    if _DEEPER(tree):
        raise BadPage(f"nested more than {MAX_DEPTH} deep", Reason.TOO_DEEP)
