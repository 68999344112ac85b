"""The section of its site that an article stands in.

Owns choosing among records, meta elements and breadcrumbs. Refuses tags and keywords: an article
has many of them and one section.

    choose(recorded, named, crumbs, title, site) -> str
"""

import re
from collections.abc import Sequence

_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+\Z")
SECTION_CHARS = 60
"""A section's name is no longer; what is longer is a headline or a list."""

_HOME = frozenset(
    ("home", "homepage", "start", "startseite", "accueil", "inicio", "início", "portada", "главная", "головна", "anasayfa", "ana sayfa", "الرئيسية", "خانه", "עמוד הבית", "ホーム", "トップ", "首页", "首頁", "홈", "beranda", "trang chủ", "strona główna", "domů", "forside", "hem", "etusivu", "αρχική", "होम", "news home", "front page")
)  # fmt: skip
_NONE = frozenset(("tags", "tag", "all", "post", "posts", "blog", "page", "pages", "uncategorized", "uncategorised", "none", "null", "undefined", "article", "articles", "default", "other", "sin categoría", "non classé", "allgemein", "без рубрики", "genel"))  # fmt: skip


def choose(
    recorded: Sequence[str], named: Sequence[str], crumbs: Sequence[str], title: str, site: str
) -> str:
    """Return the section as the publisher writes it, or "".

    Args:
        recorded: Sections in the article's record, the first is its own.
        named: Those of the page's meta elements, the surest first.
        crumbs: Names of the breadcrumbs, from the front page on.
        title: The headline, which trails end with.
        site: The site's name, which trails begin with.
    """
    parted = (
        text.split(",", maxsplit=1)[0] if text.count(",") >= 2 else text for text in (*recorded[:1], *named)
    )
    foreign = {_key(title), _key(site), ""}
    for text in parted:
        is_one = (key := _key(text)) not in foreign and key not in _NONE and not _HOST.match(text)
        if is_one and len(text) <= SECTION_CHARS:
            return text
    for text in crumbs:
        key = _key(text)
        is_other = key in foreign or key in _HOME or key in _NONE or _key(title).startswith(key)
        if not is_other and len(text) <= SECTION_CHARS:
            return text
    return ""


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()
