"""Words of datelines: agencies, cities that papers name without their country, and what looks alike.

Owns the tables. Refuses to be a gazetteer: a city stands here only because papers set it before a
colon or a dash without agency or day, where nothing else tells it from the words of a sentence.
"""

import re

AGENCIES = (
    "AP", "AFP", "Reuters", "REUTERS", "EFE", "ANSA", "dpa", "DPA", "dpa-AFX", "TASS", "Xinhua", "XINHUA", "AA", "DHA", "İHA", "IHA", "ANKA", "PTI", "ANI",
    "IANS", "UNI", "APP", "UNB", "BSS", "UPI", "CNN", "BBC", "IPS", "APA", "SDA", "ATS", "Keystone-SDA", "Keystone-ATS", "AFP/SDA", "Lusa", "LUSA", "Belga",
    "BELGA", "ANP", "NTB", "TT", "Ritzau", "STT", "PAP", "ČTK", "TASR", "SITA", "MTI", "Agerpres", "AGERPRES", "BTA", "Tanjug", "Beta", "Fena", "FENA", "SRNA",
    "Hina", "HINA", "STA", "ANTARA", "Antara", "Bernama", "BERNAMA", "VNA", "TTXVN", "Yonhap", "YONHAP", "Kyodo", "Jiji", "KCNA", "MENA", "SANA", "WAFA", "WAM",
    "SPA", "QNA", "KUNA", "BNA", "ONA", "Petra", "NNA", "INA", "IRNA", "ISNA", "Tasnim", "Fars", "MNA", "Pajhwok", "Anadolu", "Bloomberg", "NAN", "GNA", "APS",
    "MAP", "TAP", "SAnews", "ENA", "Fana", "ANGOP", "Angop", "Télam", "Notimex", "Prensa Latina", "PL", "ABI", "Andina", "ANDINA", "Europa Press", "EUROPA PRESS",
    "EP", "askanews", "Adnkronos", "AGI", "LaPresse", "Agência Brasil", "ABr", "Estadão Conteúdo", "Folhapress", "Interfax", "INTERFAX.RU", "Interfax-Ukraine",
    "Ukrinform", "KNA", "epd", "TNS", "RNS", "Canadian Press", "The Canadian Press", "Associated Press", "Agence France-Presse", "Agencies", "agencies", "Agencias", "sda", "afp", "apa", "ots", "ats",
    "Agences", "TEMPO.CO", "CNN Indonesia", "CNBC Indonesia", "Liputan6.com", "REPUBLIKA.CO.ID", "Kompas.com", "KOMPAS.com", "VOA", "RFI", "PNA", "CNA", "Kathpress",
    "ТАСС", "РИА Новости", "РИА", "Интерфакс", "ИТАР-ТАСС", "УНИАН", "УНІАН", "УНН", "Укринформ", "Укрінформ", "БЕЛТА", "БЕЛТА", "КазТАГ", "Sputnik", "ΑΠΕ-ΜΠΕ", "БТА",
    "Танјуг", "أ ف ب", "أ.ف.ب", "ا ف ب", "ا.ف.ب", "أ ب", "أ.ب", "د ب أ", "د.ب.أ", "فرانس برس", "رويترز", "واس", "وام", "بنا", "كونا", "قنا", "وفا", "سانا", "سبأ",
    "الأناضول", "الاناضول", "شينخوا", "بترا", "واع", "وكالات", "الوكالات", "معا", "وأج", "وات", "ایرنا", "ایسنا", "تسنیم", "فارس", "مهر", "پژواک", "اے ایف پی",
    "روئٹرز", "رائٹرز", "भाषा", "वार्ता", "एजेंसी", "आईएएनएस", "एएनआई", "রয়টার্স", "এএফপি", "বাসস", "ইউএনবি",
)  # fmt: skip
"""News agencies as they sign in datelines."""

AGENCY = re.compile("|".join(re.escape(name) for name in sorted(set(AGENCIES), key=len, reverse=True)))

CITIES = frozenset(
    name.casefold()
    for name in (
        "Abidjan", "Abuja", "Accra", "Addis Ababa", "Aden", "Algiers", "Amman", "Amsterdam", "Ankara", "Athens", "Atlanta", "Baghdad", "Baku", "Bamako", "Bangkok",
        "Beijing", "Beirut", "Belgrade", "Bengaluru", "Berlin", "Bogotá", "Bogota", "Boston", "Brasilia", "Brussels", "Bucharest", "Budapest", "Buenos Aires", "Cairo",
        "Caracas", "Chennai", "Chicago", "Colombo", "Copenhagen", "Dakar", "Damascus", "Delhi", "Dhaka", "Doha", "Dubai", "Dublin", "Faisalabad", "Gaza", "Gaza City",
        "Geneva", "Goma", "Guwahati", "Hanoi", "Harare", "Havana", "Helsinki", "Hong Kong", "Hyderabad", "Imphal", "Islamabad", "Istanbul", "Jaipur", "Jakarta", "Jammu",
        "Jerusalem", "Johannesburg", "Kabul", "Kampala", "Kano", "Karachi", "Kathmandu", "Khartoum", "Kigali", "Kinshasa", "Kolkata", "Kuala Lumpur", "Kuwait City",
        "Kyiv", "Kharkiv", "Lagos", "Lahore", "Lima", "Lisbon", "London", "Los Angeles", "Lucknow", "Madrid", "Maiduguri", "Manama", "Manila", "Maputo", "Mexico City",
        "Miami", "Mogadishu", "Monrovia", "Moscow", "Multan", "Mumbai", "Muscat", "N'Djamena", "Nairobi", "New Delhi", "New York", "Niamey", "Oslo", "Ottawa",
        "Ouagadougou", "Paris", "Patna", "Peshawar", "Phnom Penh", "Port-au-Prince", "Prague", "Quetta", "Quito", "Rabat", "Ramallah", "Rawalpindi", "Riyadh", "Rome",
        "Sanaa", "Santiago", "Sao Paulo", "Sarajevo", "Seoul", "Shanghai", "Singapore", "Sofia", "Srinagar", "Stockholm", "Sydney", "Taipei", "Tashkent", "Tbilisi",
        "Tehran", "The Hague", "Tel Aviv", "Tokyo", "Tripoli", "Tunis", "United Nations", "Vienna", "Vilnius", "Warsaw", "Washington", "Yangon", "Yaounde", "Yerevan", "Zagreb",
        "नई दिल्ली", "मुंबई", "लखनऊ", "पटना", "काठमांडू", "भोपाल", "जयपुर", "श्रीनगर", "रांची", "अहमदाबाद", "اسلام آباد", "کراچی", "لاہور", "پشاور", "کوئٹہ", "راولپنڈی",
    )
)  # fmt: skip
"""Cities that stand alone before a colon or a dash."""

NO_PLACE = frozenset(("breaking", "news", "local", "world", "sports", "business", "politics", "health", "weather", "crime", "update", "updated", "exclusive", "live", "watch", "video", "videos", "photo", "photos", "opinion", "analysis", "editorial", "explainer", "listen", "read", "note", "warning", "alert", "interview", "review", "report", "nato", "nasa", "uefa", "fifa", "opec", "unicef", "unesco", "unhcr", "aids", "covid", "covid-19", "who", "eu", "un", "us", "usa", "uk", "fbi", "cia", "imf", "police", "trump", "biden", "obama", "putin", "zelensky", "modi", "fact", "facts", "just", "urgent", "urgente", "exclusivo", "exclusiva", "exclusif", "direct", "directo", "vivo", "vídeo", "foto", "fotos", "última", "ultima", "hora", "opinión", "opinião", "análisis", "análise", "analyse", "kommentar", "eilmeldung", "exklusiv", "son", "dakika", "özel", "haber", "flaş", "срочно", "видео", "фото", "анализ", "эксклюзив", "мнение", "обновлено", "терміново", "відео", "ексклюзив", "оновлено", "esclusiva", "aggiornamento", "spoiler", "summary", "background", "context", "transcript", "question", "answer", "host", "correction", "clarification", "editor's", "editors", "sponsored", "advertisement", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "i", "we", "he", "she", "it", "they", "the", "a", "an", "this", "that", "these", "those", "what", "why", "how", "when", "where", "here", "there", "if", "but", "and", "or", "so", "yes", "no"))  # fmt: skip
"""Words in capitals, or alone before a dash, that are no places."""

IN_SENTENCE = frozenset(
    ("of", "at", "in", "on", "to", "for", "with", "by", "from", "after", "as", "over", "not", "no", "up")
)
"""Words in capitals that make capitals a headline, not a town."""

SMALL = frozenset(("de", "del", "della", "delle", "di", "da", "do", "dos", "das", "la", "las", "le", "les", "el", "al", "of", "the", "and", "y", "e", "et", "und", "i", "dan", "sur", "am", "an", "der", "im", "in", "den", "upon", "ibn", "bin"))  # fmt: skip
"""Words in lower case inside the names of places."""

CJK = tuple(
    re.compile(pattern)
    for pattern in (
        r"[（(]?(?P<agency>新华社|新華社|中新社|中新网|中新網|中央社|法新社|路透社|美联社|美聯社|德新社|塔斯社|韩联社|共同社|央视网|人民网)(?:记者|記者)?(?P<place>[^\d\s（()）電电，。]{0,12}?)(?P<day>(?:\d{1,2}月)?\d{1,2}日)(?:综合|綜合|外電)?[电電讯訊]",
        r"[【［\[](?P<place>[^】］\]\d=＝・\s]{1,14}?)[=＝・\s]{0,2}(?P<day>\d{1,2}日)?\s?(?P<agency>AFP[=＝]?時事|時事通信|時事|共同通信|共同|ロイター|AFP|CNN|聯合ニュース|新華社|ＡＦＰ時事)[】］\]](?:\s?-\s)?",
        r"【(?P<place>[^】\d=＝\s]{2,14}?)[=＝](?P<agency>)(?P<day>)[^】]{2,14}】",
        r"[(\[【](?P<place>[^=\d\s()\[\]]{1,20})=(?P<agency>연합뉴스|뉴시스|뉴스1|뉴스핌|연합뉴스TV|AP|AFP|로이터)(?P<day>)(?:[^)\]】]{0,20})[)\]】]\s?(?:[^\s=.,]{2,6}(?:\s[^\s=.,]{2,6}){0,2}\s?=\s)?",
    )
)
"""Datelines of Chinese, Japanese and Korean agencies: 新华社北京3月5日电, 【パリ時事】, (서울=연합뉴스)."""
