"""Furniture that asks a reader for something: consent, a judgement of the page, a vote; and small standing columns.

Owns rows, each kind in all our languages. ``tests/golden/clean`` holds lines that each kind takes
and lines that it must leave.
"""

from dateline.text.rules import Mode, Rule, Where, row

_PAGE = r"(?:article|story|page|post|content|report|answer|information|piece|explainer|video)"
_YES_NO = r"(?:[ :,?.|/–-]*(?:yes|no|thumbs (?:up|down)|👍|👎))*"
_SIGN = r"(?:aries|taurus|gemini|leo|virgo|libra|scorpio|sagittarius|capricorn|aquarius|pisces)"

FEEDBACK: tuple[Rule, ...] = (
    row(
        "feedback",
        "en",
        rf"(?:was|is) this {_PAGE} (?:useful|helpful|interesting|informative|worth (?:reading|your time))(?: (?:to|for) you)?{_YES_NO}(?:.{{0,6}}thank.{{0,40}})?",
        rf"(?:did|do) you (?:find|like|enjoy)(?: reading)? this {_PAGE}(?: (?:useful|helpful|interesting|informative))?{_YES_NO}",
        rf"how (?:useful|helpful|would you rate|do you rate|did you like) (?:was )?(?:this|the) {_PAGE}(?: .{{0,40}})?",
        rf"(?:please )?(?:rate|review|recommend|score) this {_PAGE}[ :–-]*\(?(?:[\d.,]+ ?(?:/ ?\d+|out of \d+|stars?|votes?|ratings?)?)?\)?.{{0,20}}",
        r"(?:your|average|current|overall|user|readers?'?) (?:rating|score)s?[ :–-]*.{0,30}",
        r"\(?\d[\d,.]* (?:votes?|ratings?|stars?)(?: cast)?(?:[,;] average:? .{1,20})?\)?",
        r"click on a star to rate (?:it|this).{0,20}",
        r"no votes so far.{0,40}",
        r"(?:we'd|we would) (?:love|like) (?:to hear )?your (?:feedback|opinion|thoughts).{0,60}",
        r"(?:give|send|leave|share) (?:us )?(?:your )?feedback(?: .{0,30})?",
        r"(?:yes|no)(?: ?[/|] ?(?:yes|no))+",
        r"thank(?:s| you) for your (?:feedback|rating|vote|opinion).{0,40}",
        max_words=22,
    ),
    row("feedback", "de", r"(?:war|ist|fanden sie) (?:dieser|diesen|der|den) (?:artikel|beitrag|inhalt|text) (?:hilfreich|nützlich|interessant|lesenswert).{0,30}", r"(?:diesen |den )?(?:artikel|beitrag) bewerten.{0,30}", r"wie (?:hat|gefällt) ihnen (?:der|dieser) (?:artikel|beitrag).{0,20}"),
    row("feedback", "es", r"¿?te (?:ha (?:sido|resultado|parecido)|fue|resultó|pareció) (?:útil|interesante).{0,40}", r"(?:valora|califica|puntúa) (?:este|esta|el|la) (?:artículo|noticia|nota).{0,30}"),
    row("feedback", "pt", r"(?:este|esse) (?:artigo|conteúdo) foi útil.{0,30}", r"(?:avalie|classifique) (?:este|esta|esse|essa) (?:artigo|notícia|matéria|conteúdo).{0,30}"),
    row("feedback", "fr", r"cet article vous a-t-il (?:été utile|plu|intéressé).{0,30}", r"(?:notez|évaluez|donnez une note à) (?:cet|l')\s?article.{0,30}"),
    row("feedback", "ru", r"(?:была ли )?(?:эта )?статья (?:была |вам )*(?:полезна|полезной|понравилась).{0,30}", r"оцените (?:статью|материал|новость|публикацию).{0,30}"),
    row("feedback", "uk", r"оцініть (?:статтю|матеріал|новину|публікацію).{0,30}", r"чи була (?:ця )?стаття корисною.{0,20}"),
    row("feedback", "tr", r"bu (?:haber|içerik|yazı)(?:yi|i|yı)? (?:faydalı|yararlı) (?:mı|buldunuz mu).{0,20}", r"(?:haberi|yazıyı) (?:oyla|puanla|değerlendir)\w*.{0,20}"),
    row("feedback", "ar", r"هل (?:كان|كانت|وجدت) (?:هذا|هذه)? ?(?:المقال|المقالة|الخبر|المحتوى) ?(?:مفيد\w*|مفيدا)?.{0,20}", r"قي[ّ]?م (?:هذا )?(?:المقال|الخبر).{0,20}"),
)  # fmt: skip

POLLS: tuple[Rule, ...] = (
    row(
        "poll",
        "en",
        r"(?:readers?'?s?'?|online|today's|our|quick|daily|weekly|latest|web|snap) (?:poll|vote)(?: of the (?:day|week))?",
        r"(?:cast your vote|vote now|have your say|view (?:the )?(?:poll )?results|see (?:the )?(?:poll )?results)",
        r"total votes?[ :]*[\d,.]*",
        opens=True,
    ),
    row(
        "horoscope",
        "en",
        r"(?:your |today's |daily |weekly )*(?:stars|horoscopes?)(?: (?:for )?(?:today|this week|tomorrow))?",
        r"(?:what (?:do )?(?:the|your) stars (?:say|hold).{0,40})",
    ),
    row("horoscope", "en", rf"{_SIGN}(?: \([^)]{{3,40}}\))?: (?!['\"“]).{{5,200}}", where=Where.TAIL, max_words=40),
    row(
        "market_note",
        "en",
        r"(?:stock |market |share )?(?:quotes|prices|market data|data)(?: are| is)? (?:delayed|real-?time)(?! (?:the|a|his|her|their|its|by (?:the|a))\b)(?: or delayed)?(?: by)?(?: at least)? ?(?:\d+ min(?:ute)?s?)?.{0,60}",
        max_words=24,
    ),
)  # fmt: skip

CONSENT: tuple[Rule, ...] = (
    row(
        "consent",
        "en",
        r"\bwe and (?:\w+ )?our (?:\d[\d,.]* )?(?:\w+ )?(?:partners|vendors)\b.{0,40}\b(?:store|use|process|access|ask|need|collect|place)\b",
        r"\bour \d[\d,.]* (?:\w+ )?(?:partners|vendors) (?:store|use|process|access|may|ask|need|collect)\b",
        r"\b(?:store|access|storing|accessing)(?:,? (?:and/or|and|or) (?:store|access|storing|accessing|retrieve))? information on (?:a|your|their|the user's) (?:device|browser|terminal)",
        r"\b(?:change|withdraw|manage|update|review) (?:your|my) (?:choices?|consent|privacy (?:settings|preferences|choices)|cookie (?:settings|preferences)|tracking preferences)\b.{0,40}(?:any ?time|here|below|link|footer|policy|button|by clicking)",
        r"\bwe (?:value|respect|care about) your privacy\b",
        r"\bwith your (?:permission|consent|agreement),? (?:we|our partners)\b",
        r"\b(?:consent|object) to (?:our|the|this) (?:use|processing) of (?:your )?(?:personal )?(?:data|cookies)\b",
        r"\bpersonali[sz]ed (?:ads|advertising|content)(?:,? and| and)? (?:content|ads|advertising)?,? ?(?:ad|advertising|content)(?: and content)? measurement\b",
        mode=Mode.PART,
        max_words=120,
    ),
    row("consent", "de", r"\bwir und unsere (?:bis zu )?(?:\d[\d.]* )?(?:partner|dienstleister|drittanbieter)\b", r"\b(?:ihre|deine) (?:einwilligung|auswahl|zustimmung) (?:jederzeit|können sie|kannst du)\b.{0,60}(?:widerruf|änder)", mode=Mode.PART, max_words=120),
    row("consent", "es", r"\bnosotros y nuestros (?:\d[\d.]* )?(?:socios|partners|proveedores)\b", mode=Mode.PART, max_words=120),
    row("consent", "pt", r"\bnós e (?:os )?nossos (?:\d[\d.]* )?(?:parceiros|fornecedores)\b", mode=Mode.PART, max_words=120),
    row("consent", "fr", r"\b(?:nous et nos|avec nos) (?:\d[\d ]* )?partenaires,? (?:stockons|utilisons|traitons|nous (?:stockons|utilisons)|souhait|accéd)", mode=Mode.PART, max_words=120),
    row("consent", "ru", r"(?:мы|сайт|этот сайт) использу(?:ем|ет) (?:файлы )?(?:cookie|куки)", mode=Mode.PART, max_words=90),
    row("consent", "tr", r"\b(?:sitemizde|bu (?:web )?site(?:si|de)?) .{0,40}çerez(?:ler)? kullan", mode=Mode.PART, max_words=90),
)  # fmt: skip

DISCLAIMERS: tuple[Rule, ...] = (
    row(
        "disclaimer",
        "en",
        r"\bis not responsible for the (?:content|contents|accuracy) of (?:external|third[- ]party|other|linked) (?:web ?)?(?:sites?|links?|pages?)\b",
        r"\b(?:read about our approach to|terms and conditions apply to) (?:external linking|this (?:site|offer))\b",
        mode=Mode.PART,
        max_words=45,
    ),
)

_ITEM = r"[^|.!?\d]{2,28}"
#: A menu that was set as a line; figures and sentences between bars are data.
_BAR = rf"(?:{_ITEM}\|){{3,14}}{_ITEM}"

LEFTOVERS: tuple[Rule, ...] = (
    row("navigation", "en", rf"(?:home|front page|news|menu|sections|latest)\s?\|{_BAR}", max_words=45),
    row("navigation", "*", _BAR, where=Where.TAIL, max_words=45),
    row("advertisement", "*", r"(?-i:ADVERTISEMENT|Advertisement):? ?(?-i:[A-Z]).{3,100}", max_words=16),
    row(
        "timestamp",
        "en",
        r"(?:first )?(?:published|posted|created|issued)(?: on| at)? ?:? ?.{0,50}\d{4}.{0,40}(?:updated|modified|edited)(?: on| at)? ?:? ?.{0,50}\d.{0,30}",
        max_words=24,
    ),
    row(
        "byline",
        "en",
        r"(?:(?:senior|chief|staff|special|foreign|political|security|crime) )?(?:reporter|correspondent|staff writer|editor|bureau chief)(?: at|,) (?:the )?(?-i:[A-Z])[\w'’-]+(?: (?-i:[A-Z])[\w'’-]+){0,4}",
        where=Where.HEAD,
        max_words=9,
    ),
    row(
        "newsletter",
        "en",
        r"(?:receive|get) (?:our|the|these) (?:\w+ ){0,2}(?:bulletins?|briefings?|digests?|reports?|updates?|alerts?|newsletters?) (?:by|via|in your) e-?mail.{0,40}",
        max_words=18,
    ),
    row(
        "author_bio",
        "en",
        r"(?:our|the) (?:[\w-]+ ){0,2}(?:correspondent|reporter|writer|author|editor)s? (?:covers?|reports? on|writes? (?:about|on|for))\b.{1,200}",
        r"view all posts(?: by .{1,40})?",
        where=Where.TAIL,
        max_words=40,
    ),
    row(
        "disclaimer",
        "en",
        r"\b(?:boundaries|designations|names)\b.{0,120}\b(?:do|does) not imply (?:any |the )?(?:official |expression )?(?:endorsement|acceptance|recognition|of any opinion)",
        r"\bis a registered (?:charity|non-?profit|charitable)\b",
        mode=Mode.PART,
        where=Where.TAIL,
        max_words=70,
    ),
)

ROWS: tuple[Rule, ...] = (*FEEDBACK, *POLLS, *CONSENT, *DISCLAIMERS, *LEFTOVERS)
