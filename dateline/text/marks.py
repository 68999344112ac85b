"""What class names, ids and box headings say of the part of a page that bears them.

Owns the words, in two degrees of certainty, and how a name is cut into words. Refuses the tree
(``prune`` weighs a word against what the element holds).

    kind("Promo-sc-0p newsletterSignup") is Kind.SURE
"""

import re
from enum import IntEnum
from functools import lru_cache


class Kind(IntEnum):
    """How surely a name tells of furniture."""

    NONE = 0
    #: Names that bodies and headers bear as well: they count for small parts only.
    LIKELY = 1
    SURE = 2


_SURE = (
    r"(?:related|recirc\w*|recommend(?:ed|ations?|er)|most-?(?:read|popular|viewed|shared|commented|recent|watched)|popular-?(?:posts|stories|articles|news)"
    r"|trending|more-?(?:stories|news|articles|from|on|like|links|headlines|coverage)|(?:read|up|watch)-next|next-up|read-(?:more|also|too)|also-read|see-also|must-read|other-(?:news|stories|articles)"
    r"|latest-(?:news|stories|posts|articles|headlines)|(?:top|other|recent|popular|suggested|featured|similar)-(?:stories|articles|posts|news|headlines)|editors?-?(?:s-)?(?:picks?|choice)"
    r"|you-(?:may|might)(?:-also)?-like|dont-miss|around-the-web|read-it-next|suggested|suggestions"
    r"|newsletters?|subscribe|subscription|signup|sign-up|mailing-list|share-?(?:bar|buttons?|tools|links?|icons?|this|list|box|widget|menu|count|wrapper|container|block)|sharing|sharedaddy|social-?(?:share|sharing|links|icons|bar|buttons|tools|follow|list|nav|networks?)"
    r"|addtoany|addthis|shareaholic|sociable|follow-?us|comments?-(?:list|area|section|form|container|wrapper|thread|count|link|box|block|respond)|comments|respond|reply-title|disqus\w*|livefyre|fb-comments"
    r"|cookies?-?(?:banner|consent|notice|bar|message|policy|law|info|popup|warning)|consent|gdpr|cmp-?(?:banner|container|ui|consent|popup|wrapper)|onetrust|didomi|qc-cmp2?"
    r"|right-?col(?:umn)?|left-?col(?:umn)?|left-?nav|right-?(?:rail|bar|side)|left-?(?:rail|bar|side)|side-?bar|rail|side-?col(?:umn)?|navbar|nav|navigation|nav-?menu|main-?menu|sub-?menu|menu|bread-?crumbs?|crumbs?"
    r"|footer|masthead|ticker|news-?ticker|horoscopes?|author-?(?:bio|box|info|card|description|about)|about-(?:the-)?author|bio-?box"
    r"|advert(?:s|isement|isements|ising|orial|iser)?|ads|adslot|ad-(?:slot|unit|wrapper|container|box|mpu|banner|label|block|space|zone|holder|placeholder)|adsbygoogle|mpu|dfp|gpt-ad|google-ads?|sponsor(?:s|ed)?|outbrain|taboola|revcontent|zergnet|mgid|nativo"
    r"|app-(?:box|promo|banner|download|links?)|download-app|print-?(?:tools|button|link)|(?:article|story|page|post)-?tools|toolbar|tool-?box"
    r"|roll-?over(?:-\w+)?-block|tool-?tips?|hover-?cards?|pop-?overs?|rate|rate-?this|star-?ratings?|feedback|tag-?(?:list|cloud|links|s)|tags|topics|key-?words|post-tags|entry-tags|skip-?(?:link|nav|to-content)|pagination|pager|paging|post-nav(?:igation)?|prev-?next|next-?prev|nav-?(?:links|previous|next)"
    r"|pay-?wall-?(?:promo|offer|banner|message|prompt)|reg-?wall|subscriber-?(?:only|wall|promo)|meter|donat(?:e|ion)|login|log-in|sign-?in)"
)  # fmt: skip
"""Words that only furniture bears. ``-`` parts words; other letters around a match are no match."""

_LIKELY = (
    r"(?:promo|promos|promotion|teasers?|(?:promo|related|news|article|story|teaser|link|product)-cards?|banner|popular|share|social|social-media|follow|comment|cookies?|weather|poll|ratings?"
    r"|sr-only|screen-reader-text|visually-?hidden|modal|popup|pop-up|overlay|links?|link-list|ad|bio|tools|recs?|carousel|app|search|alert|edition|topnav|subnav|topbar|top-bar|jump|email|upsell|cta|box-?links"
    r"|headlines|news-?list|story-?list|article-?list|live-?(?:bar|ticker)|previous|categories|next-(?:article|story|post)|widget-?area|aux)"
)  # fmt: skip

_FIRST = re.compile(rf"-(?:{_SURE})(?=-)")
_SECOND = re.compile(rf"-(?:{_LIKELY})(?=-)")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_GAP = re.compile(r"[^a-z0-9]+")

NAME_MAX_CHARS = 300
"""Longer attribute values are lists of generated names; what says something stands first."""


@lru_cache(maxsize=8192)
def kind(name: str) -> Kind:
    """Return what the words of a class, id or role say; ``mostRead``, ``most-read`` and ``most_read`` are one."""
    words = f"-{_GAP.sub('-', _CAMEL.sub('-', name[:NAME_MAX_CHARS]).lower())}-"
    if _FIRST.search(words):
        return Kind.SURE
    return Kind.LIKELY if _SECOND.search(words) else Kind.NONE


_LABEL = re.compile(
    r"[\W\d_]{0,6}(?:(?:related|recommended|suggested|similar|trending|popular|featured|latest|recent|top|other|more)(?: \w+){0,2}? (?:stories|story|news|articles?|posts?|content|coverage|headlines|topics|reading|links|videos?|reports)"
    r"|related|recommended(?: for you)?|trending(?: now| today)?|popular(?: now)?|(?:most|best) (?:read|popular|viewed|shared|watched|recent|commented|discussed).{0,20}|up next|(?:read|watch) (?:next|also|more|too)|also (?:read|on|in|see) ?.{0,20}|see also"
    r"|more (?:on|from|in|about|to read|like this|for you|by)\b.{0,40}|editor(?:s|'s|’s|s'|s’)?['’]? (?:picks?|choice|recommendations?)|you (?:may|might) (?:also )?(?:like|be interested in|have missed).{0,20}|(?:don['’]t|do not) miss|in case you missed it|around the web|from (?:the|our) (?:web|partners|archives?|sponsors)"
    r"|newsletters?|(?:sign up|subscribe)\b.{0,60}|(?:your|my) stars(?: today)?|horoscopes?|(?:readers['’]?|online|today['’]s|our) poll|follow us.{0,30}|share this.{0,30}|(?:leave a|post a) (?:comment|reply)|comments?(?: \(?\d+\)?)?|\d+ comments?|topics|tags|keywords|about the authors?|advertisement|sponsored.{0,20}|what to read next|next (?:story|article|post)|further reading"
    r"|rate this (?:story|article|page)|was this (?:article|page|story).{0,30}"
    r"|(?:artículos|noticias|notas|contenidos?) relacionad[oa]s|relacionad[oa]s?|te puede interesar|lo más (?:leído|visto)|más (?:leídas?|noticias|sobre .{1,40})|lea también|(?:notícias|matérias) relacionadas|leia (?:também|mais)|mais lidas|veja também"
    r"|à lire (?:aussi|également)|lire aussi|sur le même (?:sujet|thème)|les plus lus|articles (?:liés|similaires|les plus lus)|mehr zum thema|das könnte (?:sie|dich) auch interessieren|meistgelesen|lesen sie auch|auch interessant|leggi anche|articoli correlati|i più letti|lees ook|meest gelezen|czytaj (?:też|także|również)|ilgili haberler|çok okunanlar"
    r"|читайте (?:также|ещё|еще)|(?:по|в) теме|материалы по теме|популярное|самое читаемое|читайте також|اقرأ أيض[اً]+|مواضيع ذات صلة|الأكثر قراءة|بیشتر بخوانید|مطالب مرتبط)[\s:.…»›>→*|-]{0,4}",
    re.IGNORECASE,
)  # fmt: skip
LABEL_MAX_CHARS = 60


def is_label(text: str) -> bool:
    """Return whether a heading opens a box of other stories, a form or a widget rather than a section of the text."""
    return len(text) <= LABEL_MAX_CHARS and _LABEL.fullmatch(text) is not None
