"""Words and phrases of credits, by language.

Owns the tables that ``agencies`` and ``credits`` read with. Refuses to decide.
"""

import re

NAME = r"(?P<name>[^;|()\[\]\n]{2,90})"
_WHAT = r"(?:story|article|report|piece|post|column|dispatch|content|text|version|interview|item|copy)"

GENERIC_FORMS = frozenset(
    (
        "agencies", "agency", "news agencies", "agency reports", "agencies reports", "news agency reports", "wire reports", "wire report", "wire", "wires",
        "wire services", "wire service", "wire service reports", "news wires", "newswires", "news services", "news service reports", "combined wire services",
        "wire agency", "news agency", "agency inputs", "staff and wire reports", "staff & agencies", "agency staff", "wire sources", "combined news services",
        "agences", "les agences", "agence", "agences de presse", "dépêches", "agencias", "agencia", "agencias de noticias", "cables", "agências",
        "agências internacionais", "agências de notícias", "agenzie", "agenzie di stampa", "agentur", "agenturen", "nachrichtenagenturen", "agenturmaterial",
        "persbureaus", "ajanslar", "ajans", "haber ajansları", "агентства", "агентств", "информагентства", "информационные агентства", "агенции", "агенції",
        "інформагентства", "وكالات", "الوكالات", "وكالات الأنباء", "وكالات أنباء", "خبرگزاری ها", "خبرگزاری‌ها", "एजेंसी", "एजेंसियां", "एजेंसियाँ", "एजेंसियों", "এজেন্সি",
        "সংবাদ সংস্থা", "بین الاقوامی خبر رساں ادارے", "ایجنسیاں", "综合外电", "外电", "综合报道", "綜合外電", "外電", "外媒", "通信社", "통신", "외신", "외신종합",
        "kantor berita", "agensi", "agencje", "agentury", "agencije", "агенције", "agenții", "πρακτορεία",
    )
)  # fmt: skip
"""Agencies without a name, casefolded."""

STAFF = frozenset(
    (
        "staff", "staff writer", "staff writers", "staff reporter", "staff reporters", "staff correspondent", "our correspondent", "our correspondents", "our reporter",
        "correspondent", "correspondents", "reporter", "reporters", "writer", "writers", "web desk", "news desk", "desk", "monitoring desk", "online desk", "newsroom",
        "redacción", "la redacción", "rédaction", "la rédaction", "redação", "da redação", "redazione", "la redazione", "redaktion", "redaktionen", "redactie",
        "web", "online", "editor", "editors", "internet desk", "international desk", "special correspondent", "bureau", "photographer", "national writer", "report",
        "news", "newsroom staff", "team", "haber merkezi", "редакция", "تحرير", "مراسل", "本报", "综合", "本报综合", "wire", "diplomatic", "national", "business", "sports",
    )
)  # fmt: skip
"""Parts of a credit that are the paper itself, casefolded."""

LOWER_CASE = frozenset(("ap", "afp", "dpa", "epd", "kna", "sid", "apa", "sda", "ats", "anp", "ntb", "tt", "rtr", "ritzau", "pap", "ansa", "efe", "pti", "ani", "ians", "tass", "lusa"))  # fmt: skip
"""Short forms that agencies, or the papers of their country, also sign in small letters."""

TITLE_CASE = frozenset(("efe", "ansa", "tass", "lusa", "fars", "mehr", "hina", "fena", "beta", "elta", "leta", "saba", "jiji", "wafa", "suna", "amaq"))  # fmt: skip
"""Short forms that are names and are signed as such."""

PLATFORMS = frozenset(("twitter", "x", "facebook", "instagram", "telegram", "youtube", "google", "google maps", "getty", "getty images", "shutterstock", "wikipedia", "wikimedia", "wikimedia commons", "internet", "social media", "tiktok", "linkedin", "pixabay", "unsplash", "istock", "alamy", "file", "archive", "supplied"))  # fmt: skip
"""Where pictures and posts come from; no story has its origin there."""

PICTURE = re.compile(
    r"\b(?:photos?|photograph\w*|images?|pictures?|pics?|pix|video|footage|fotos?|fotograf\w*|bild(?:er)?|archivbild|imag[ei]n|imagens|immagine|"
    r"photographie|getty|shutterstock|epa|handout|caption|illustration|graphic|map|фото\w*|снимок|изображение|zdjęci\w*|beeld|görsel|fotoğraf)\b"
    r"|صورة|تصوير|عکس|写真|画像|图片|圖片|图源|摄影|사진|तस्वीर|फोटो|ছবি",
    re.IGNORECASE,
)
"""A credit beside one of these is the picture's."""

BYLINE = re.compile(
    r"(?:by|author|from|von|par|por|di|door|av|af|от|автор|autor|text|texto|testo|بقلم|كتب)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
"""What stands before the author."""

SOURCE_WORDS = (
    r"original\s+source|news\s+source|story\s+source|source|sources|credits?|courtesy|quelle|quellen|fuente|fuentes|fonte|fontes|kaynak|bron|kilde|källa|"
    r"lähde|sumber|nguồn|źródło|zdroj|forrás|sursa|sursă|izvor|извор|источник|источники|джерело|джерела|крыніца|извадка|πηγή|المصدر|مصدر|منبع|ماخذ|"
    r"स्रोत|स्त्रोत|साभार|সূত্র|来源|來源|稿源|转自|轉自|转载自|出典|転載元|情報源|출처|자료|ที่มา"
)
SOURCE_LINE = re.compile(
    rf"^\W{{0,6}}(?:{SOURCE_WORDS})\s{{0,3}}(?:[:：]|\bof\b|\s[-–—])\s{{0,3}}(?P<name>[^;|\n]{{2,90}})$",
    re.IGNORECASE,
)
VIA_LINE = re.compile(r"^\W{0,6}via\s*:?\s+(?P<name>[^;|\n]{2,60})$", re.IGNORECASE)
SOURCE_TRIGGER = re.compile(rf"^\W{{0,6}}(?:{SOURCE_WORDS}|via)", re.IGNORECASE)

STATEMENTS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (triggers, re.compile(pattern, re.IGNORECASE))
    for triggers, pattern in (
        (("originated",), rf"\b{_WHAT}\s+(?:first\s+|originally\s+)?originated\s+(?:in|from|with|at|on)\s+{NAME}"),
        (("published",), rf"\b(?:first|originally|previously)\s+(?:been\s+)?published\s+(?:in|by|on|at|with)\s+{NAME}"),
        (("published", "appeared", "posted"), rf"\b(?:published|appeared|posted)\s+(?:first|originally)\s+(?:in|by|on|at|with)\s+{NAME}"),
        (("appeared", " ran ", "aired"), rf"\b{_WHAT}\s+(?:has\s+)?(?:first|originally|previously)\s+(?:appeared|ran|aired)\s+(?:in|on|at|with)\s+{NAME}"),
        (("republished", "reprinted", "reproduced", "syndicated"), rf"\b(?:republished|reprinted|reproduced|syndicated)\s+(?:here\s+)?(?:(?:with|by)\s+(?:\w+\s+)?permission\s+)?(?:from|of|by|courtesy\s+of)\s+{NAME}"),
        (("provided", "produced by", "supplied", "distributed by", "written by", "reported by"), rf"\b{_WHAT}\s+(?:is|was|has\s+been)\s+(?:originally\s+)?(?:provided|produced|supplied|distributed|written|reported)\s+(?:to\s+us\s+)?by\s+{NAME}"),
        (("on behalf of",), rf"\b(?:distributed|issued|released|published)\s+by\s+[^\n]{{2,60}}?\s+on\s+behalf\s+of\s+(?:the\s+)?{NAME}"),
        (("paru", "publi"), rf"\b(?:paru|publié)e?s?\s+(?:initialement|d['’]abord|à\s+l['’]origine|pour\s+la\s+première\s+fois)\s+(?:dans|sur|par|en)\s+{NAME}"),
        (("publi",), rf"\bpublicad[oa]s?\s+(?:originalmente|inicialmente|originariamente|por\s+primera\s+vez|pela\s+primeira\s+vez|primero)\s+(?:en|por|em|n[oa]|pel[oa])\s+{NAME}"),
        (("pubblicat",), rf"\bpubblicat[oa]\s+(?:originariamente|originalmente|inizialmente|per\s+la\s+prima\s+volta|prima)\s+(?:su|in|da|dal|sul|sulla|nel)\s+{NAME}"),
        (("zuerst", "ursprünglich"), rf"\b(?:zuerst|ursprünglich)\s+(?:erschienen|veröffentlicht|publiziert)\s+(?:worden\s+)?(?:in|bei|auf|im)\s+(?:der\s+|dem\s+)?{NAME}"),
        (("zuerst", "ursprünglich"), rf"\b(?:zuerst|ursprünglich)\s+(?:in|bei|auf|im)\s+(?:der\s+|dem\s+)?{NAME}\s+(?:erschienen|veröffentlicht)"),
        (("verscheen", "gepubliceerd"), rf"\b(?:verscheen\s+eerder|eerder\s+gepubliceerd|eerst\s+gepubliceerd)\s+(?:in|op|bij|door)\s+{NAME}"),
        (("впервые", "первоначально", "вперше"), rf"\b(?:впервые|первоначально|вперше)\s+(?:был[аои]?\s+|було\s+)?опубл\w+\s+(?:в|на|у)\s+{NAME}"),
        (("yayı",), rf"\bilk\s+(?:olarak|kez)\s+{NAME}\s+(?:tarafından\s+)?yayı[mn]lan"),
        (("转载自", "转自", "轉載自", "转载于", "首发于", "首發於"), r"(?:转载自|转自|轉載自|转载于|首发于|首發於)\s*[:：“《「]?\s*(?P<name>[^。，,;；\n”》」)）]{2,40})"),
    )
)  # fmt: skip
"""Sentences that say where a story was first, each with words one of which stands in it."""

CONTRIBUTIONS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (triggers, re.compile(pattern, re.IGNORECASE))
    for triggers, pattern in (
        (("with inputs", "with input", "additional", "with report", "with agency", "with material", "with files", "with informa", "with contrib"), r"\b(?:with|additional)\s+(?:\w+\s+)?(?:inputs?|material|reporting|reports?|information|files?|contributions?)\s+(?:from|by)\s+(?P<name>[^.;\n)]{2,80})"),
        (("with a", "with pti", "with reuters", "with dpa"), r"^\W{0,3}with\s+(?P<name>(?:agency\s+(?:inputs|reports)|agencies|[A-Z]{2,5}\b|Reuters)[^.;\n)]{0,60})\W{0,3}$"),
        (("contributed",), r"(?:^|[.;|(—–])\s{0,3}(?P<name>[^.;|\n(]{2,150}?)\s+contributed\s+to\s+this\s+(?:report|story|article)"),
        (("copyright", "©", "(c)", "ⓒ"), r"(?:copyright|©|ⓒ|\(c\))[\s:,]{0,3}(?:\(c\)|©|copyright)?[\s:,]{0,3}(?:\d{4})?[\s,]{0,3}(?:by\s+)?(?P<name>[^.;|\n(]{2,60})"),
        (("feed", "syndicat", "wire"), r"\b(?:syndicated|wire|agency)\s+(?:news\s+)?(?:agency\s+)?feed\s+(?:from|of|by|provided\s+by)\s+(?P<name>[^.;|\n()]{2,60})"),
        (("feed",), r"\b(?P<name>(?:news|wire)\s+agency)\s+feed\b"),
        (("feed",), r"\ba\s+syndicated\s+(?P<name>feed)\b"),
        (("from wire", "from news", "from combined", "from staff", "from agenc"), r"^\W{0,3}(?:compiled\s+)?from\s+(?:staff\s+and\s+)?(?P<name>(?:combined\s+|news\s+|wire\s+){0,2}(?:wires?|agenc(?:y|ies)|services?)(?:\s+reports?)?)\W{0,3}$"),
        (("avec ",), r"^\W{0,3}avec\s+(?:l['’]\s*|les\s+|des\s+)?(?P<name>[^.;\n)]{2,60})\W{0,3}$"),
        (("con informa", "con datos", "con reportes", "con material", "com informa"), r"\b(?:con|com)\s+(?:informaci[óo]n(?:es)?|informações|datos|reportes|material|agencias)\s+(?:de\s+las?\s+|de\s+los\s+|del?\s+|d[aeo]s?\s+)(?P<name>[^.;\n)]{2,80})"),
        (("con a", "com a", "con efe", "con reuters"), r"^\W{0,3}(?:con|com)\s+(?P<name>agencias|agências|[A-Z]{2,5}(?:\s+[ye]\s+[A-Z]{2,5})?)\W{0,3}$"),
        (("mit material", "mit informa", "mit agentur", "mit angaben"), r"\bmit\s+(?:material|informationen|agenturmaterial|angaben)\s+(?:von|der|des)\s+(?:der\s+)?(?P<name>[^.;\n)]{2,60})"),
        (("mit a", "mit dpa", "mit reuters", "mit epd", "mit sda"), r"^\W{0,3}mit\s+(?P<name>agenturmaterial|agenturen|dpa|afp|reuters|apa|epd|ap|sda)(?:[/,\s\w]{0,30})\W{0,3}$"),
        (("по материалам", "по информации", "за матеріалами"), r"^\W{0,3}(?:по материалам|по информации|за матеріалами)\s+(?P<name>[^.;\n)]{2,60})"),
        (("brought to you",), r"\bbrought\s+to\s+you\s+by\s+(?P<name>[^.;\n)]{2,60})"),
        (("dpa:",), r"\b(?P<name>dpa):\d{6}"),
        (("無断転載", "配信", "提供"), r"(?:配信|提供)\s*[:：]\s*(?P<name>[^。\n）)]{2,20})"),
    )
)  # fmt: skip
"""Lines that name whose material a story holds; only agencies count in them."""
