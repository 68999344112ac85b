"""Addresses that stand for an article without being its own.

Pure. Owns the table of aggregators, link shorteners and feed proxies whose links only lead on.
Refuses to follow them: ``visit`` does, under the guard.
"""

from urllib.parse import SplitResult, urlsplit

_SHORTENERS = """
    t.co bit.ly j.mp tinyurl.com goo.gl is.gd v.gd ow.ly buff.ly dlvr.it ift.tt trib.al fb.me lnkd.in
    wp.me cutt.ly rb.gy rebrand.ly shorturl.at t.ly tiny.cc soo.gd bl.ink amzn.to youtu.be reut.rs
    nyti.ms wapo.st bbc.in cnn.it apne.ws on.ft.com bloom.bg econ.st gu.com on.wsj.com politi.co
    f24.my p.dw.com sptnkne.ws hubs.li spr.ly flip.it zpr.io shar.es sco.lt u.to clck.ru
"""
SHORTENERS = frozenset(_SHORTENERS.split())
"""Hosts whose every path stands for another address: shorteners, those of large publishers with them."""

REDIRECTORS: tuple[tuple[str, str], ...] = (
    ("news.google.com", "/rss/articles/"),
    ("news.google.com", "/articles/"),
    ("news.google.com", "/read/"),
    ("news.google.com", "/__i/rss/rd/articles/"),
    ("www.google.com", "/url"),
    ("www.google.com", "/alerts/"),
    ("google.com", "/url"),
    ("feedproxy.google.com", "/"),
    ("feeds.feedburner.com", "/~r/"),
    ("feeds2.feedburner.com", "/~r/"),
    ("rss.feedsportal.com", "/"),
    ("www.bing.com", "/news/apiclick.aspx"),
    ("bing.com", "/news/apiclick.aspx"),
    ("www.msn.com", "/r/"),
    ("r.search.yahoo.com", "/"),
    ("click.mlsend.com", "/"),
    ("redirect.viglink.com", "/"),
    ("l.facebook.com", "/l.php"),
    ("lm.facebook.com", "/l.php"),
    ("out.reddit.com", "/"),
    ("www.baidu.com", "/link"),
    ("rss.nytimes.com", "/c/"),
    ("rss.cnn.com", "/~r/"),
    ("feeds.reuters.com", "/~r/"),
    ("feeds.bbci.co.uk", "/~r/"),
)
"""(host, beginning of the path) of aggregators' and proxies' links. Their other paths are pages."""

_PATHS: dict[str, tuple[str, ...]] = {
    host: tuple(path for other, path in REDIRECTORS if other == host) for host, _ in REDIRECTORS
}
_ARTICLE_QUERIES = ("p=", "id=", "article", "story", "news")
_DEAD_ENDS = ("consent.", "accounts.", "login.", "signin.", "auth.")


def is_redirector(url: str) -> bool:
    """Return whether ``url`` belongs to an aggregator or shortener and only leads to an article. Total."""
    parts = _split(url)
    if parts is None:
        return False
    host = _host(parts)
    if host in SHORTENERS:
        return len(parts.path) > 1
    return any(_leads_on(parts.path, begin) for begin in _PATHS.get(host, ()))


def resolved(url: str, final_url: str) -> str | None:
    """Return the article's own address when following ``url`` left the redirector and came to an article.

    None when it ended at the aggregator, at a wall (consent, login), or at a bare front page: then
    nothing is known that ``url`` did not say.
    """
    begin, end = _split(url), _split(final_url)
    if begin is None or end is None or is_redirector(final_url):
        return None
    host = _host(end)
    if host == _host(begin) or host.startswith(_DEAD_ENDS):
        return None
    if len(end.path.strip("/")) > 0 or any(mark in end.query for mark in _ARTICLE_QUERIES):
        return final_url
    return None


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts if parts.scheme in {"http", "https"} and parts.hostname else None


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").removesuffix(".")


def _leads_on(path: str, begin: str) -> bool:
    return path.startswith(begin) and (not begin.endswith("/") or len(path) > len(begin))
