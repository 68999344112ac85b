"""XML trees from strangers, for the formats that feedparser does not read.

Owns the options of the one XML parser besides feedparser's: it expands no entity, loads no document
type and opens no address. Refuses to interpret: OPML and sitemaps do that.
"""

import re

from lxml import etree

from dateline.errors import BadFeed, Reason
from dateline.feeds.charset import mend_references

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")


def read(text: str) -> etree._Element:
    """Return the root of the tree; small breaks in the markup are mended.

    The text has passed the prescan, which bounds depth and attributes.

    Raises:
        BadFeed: not_a_feed when there is no tree in it.
    """
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(
            mend_references(_DECLARATION.sub("", text)).encode("utf-8", "replace"), parser
        )
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadFeed(f"XML not readable: {error}", Reason.NOT_A_FEED) from error
    if root is None:
        raise BadFeed("XML without a root", Reason.NOT_A_FEED)
    return root


def local_name(element: etree._Element) -> str:
    """Return the name of an element without namespace or undeclared prefix, in lower case; "" for no element."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""
