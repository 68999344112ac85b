"""News agencies by the names and short forms that credit lines use.

Owns: the table of agencies, their sites, and reading a credit's few words. Refuses running text: "AP"
in a sentence is not a credit, so callers hand in the credit only.
"""

import re
from functools import cache

# Name, then every form seen in credits. Forms are compared casefolded; short forms are safe here because
# only credits are looked at. Compiled by hand from the agencies' own style of signing.
_TABLE = """
Reuters|thomson reuters|reuters staff|reuters news agency|reuters.com|рейтер|رويترز|路透社|ロイター|로이터
Thomson Reuters Foundation|trf|context news
Associated Press|ap|the associated press|associated press writer|ap news|apnews.com|美联社|أسوشيتد برس|أ ب|ассошиэйтед пресс
Agence France-Presse|afp|agence france presse|afp news agency|afp.com|أ ف ب|ا ف ب|فرانس برس|афп|法新社
Deutsche Presse-Agentur|dpa|dpa international|dpa-afx|deutsche presse agentur|د ب أ
Austria Presse Agentur|apa
EFE|efe news|agencia efe|agencias/efe
Europa Press|europapress|ep
ANSA|agenzia ansa
Adnkronos|adnkronos international
Lusa|agência lusa|agencia lusa
TASS|tass news agency|itar-tass|тасс
RIA Novosti|ria|риа новости|sputnik|ria novosti
Interfax|интерфакс|interfax-russia
Interfax-Ukraine|интерфакс-украина|інтерфакс-україна
Ukrinform|укринформ|укрінформ
Xinhua|xinhua news agency|新华社|新華社|新华网
China News Service|中新社|中新网
Kyodo News|kyodo|共同通信|共同
Jiji Press|jiji|時事通信|時事
Yonhap|yonhap news agency|연합뉴스
Press Trust of India|pti
Asian News International|ani
Indo-Asian News Service|ians
United News of India|uni
Associated Press of Pakistan|app
Bangladesh Sangbad Sangstha|bss
United News of Bangladesh|unb
PA Media|pa|press association|pa news agency|the press association|pa news
United Press International|upi
Australian Associated Press|aap|aapnewswire
Canadian Press|the canadian press|cp|la presse canadienne
Anadolu|aa|anadolu agency|anadolu ajansı|الأناضول
Demirören News Agency|dha
SANA|syrian arab news agency|سانا
IRNA|islamic republic news agency|ایرنا
Tasnim|tasnim news agency|تسنیم
Fars News|fars|fars news agency|فارس
Mehr News|mehr|mehr news agency
Middle East News Agency|mena
Saudi Press Agency|spa|واس
Emirates News Agency|wam|وام
Kuwait News Agency|kuna|كونا
National News Agency|nna
Petra|petra news agency|jordan news agency
News Agency of Nigeria|nan
Ghana News Agency|gna
Kenya News Agency|kna
Agenzia Fides|fides
Algérie Presse Service|aps
Maghreb Arabe Presse|map
Tunis Afrique Presse|tap
African Press Agency|apanews|apa news
PANA|panapress
Polska Agencja Prasowa|pap
Czech News Agency|ctk|čtk
MTI|magyar távirati iroda
Agerpres|agerpres national news agency
BelTA|белта
BNS|baltic news service
TT|tt nyhetsbyrån
NTB|norsk telegrambyrå
Ritzau|ritzaus bureau
STT|stt-lehtikuva
ANP|algemeen nederlands persbureau
Belga|belga news agency|agence belga
Keystone-SDA|sda|ats
Antara|antara news
Bernama|bernama news agency
Vietnam News Agency|vna
Philippine News Agency|pna
Notimex|agencia notimex
Prensa Latina|pl
Telam|télam
Agência Brasil|agencia brasil
Agencia Peruana de Noticias|andina
Bloomberg|bloomberg news
Dow Jones Newswires|dow jones
Inter Press Service|ips
AllAfrica|allafrica.com
Amaq|amaq news agency|أعماق
"""

AGENCY_SITES = {
    "reuters.com": "Reuters",
    "apnews.com": "Associated Press",
    "ap.org": "Associated Press",
    "afp.com": "Agence France-Presse",
    "dpa.com": "Deutsche Presse-Agentur",
    "dpa-international.com": "Deutsche Presse-Agentur",
    "efe.com": "EFE",
    "ansa.it": "ANSA",
    "lusa.pt": "Lusa",
    "tass.com": "TASS",
    "tass.ru": "TASS",
    "ria.ru": "RIA Novosti",
    "interfax.ru": "Interfax",
    "interfax.com.ua": "Interfax-Ukraine",
    "ukrinform.net": "Ukrinform",
    "ukrinform.ua": "Ukrinform",
    "xinhuanet.com": "Xinhua",
    "news.cn": "Xinhua",
    "kyodonews.net": "Kyodo News",
    "yna.co.kr": "Yonhap",
    "ptinews.com": "Press Trust of India",
    "aninews.in": "Asian News International",
    "ians.in": "Indo-Asian News Service",
    "upi.com": "United Press International",
    "aap.com.au": "Australian Associated Press",
    "thecanadianpress.com": "Canadian Press",
    "aa.com.tr": "Anadolu",
    "sana.sy": "SANA",
    "irna.ir": "IRNA",
    "tasnimnews.com": "Tasnim",
    "farsnews.ir": "Fars News",
    "mehrnews.com": "Mehr News",
    "app.com.pk": "Associated Press of Pakistan",
    "spa.gov.sa": "Saudi Press Agency",
    "wam.ae": "Emirates News Agency",
    "antaranews.com": "Antara",
    "bernama.com": "Bernama",
    "allafrica.com": "AllAfrica",
}
"""Registrable domain of an agency's own pages, and the agency."""

_SPLIT = re.compile(r"\s*(?:[/,;&+|–—]|\band\b|\bund\b|\bet\b|\by\b)\s*")
_STRIP = " \t\r\n.:'\"“”‘’*()[]-_"


def agency(credit: str) -> str | None:
    """Return the usual name of the agency that a credit of a few words names as a whole, or None."""
    return _forms().get(_form(credit)) if 2 <= len(credit) <= 60 else None


def agency_names() -> frozenset[str]:
    """Return the usual name of every agency that is known."""
    return frozenset(_forms().values())


def agencies_in(credit: str) -> tuple[str, ...]:
    """Return the agencies of a credit that may name several ("AFP/Reuters"), in its order.

    Empty when any part of a short form's company is not an agency: "(AP, Math)" is none.
    """
    whole = agency(credit)
    if whole:
        return (whole,)
    if len(credit) > 80:
        return ()
    parts = [part for part in _SPLIT.split(credit) if part.strip(_STRIP)]
    named = [agency(part) for part in parts]
    # A date beside the agency is part of the credit: "[AFP, Nov 3]", "Xinhua, 3 November".
    others = [part for part, name in zip(parts, named, strict=True) if name is None and not _dated(part)]
    return () if others else tuple(name for name in named if name)


def _dated(part: str) -> bool:
    return any(letter.isdigit() for letter in part)


def _form(credit: str) -> str:
    return " ".join(credit.casefold().split()).strip(_STRIP).removeprefix("the ")


@cache
def _forms() -> dict[str, str]:
    table: dict[str, str] = {}
    for row in _TABLE.strip().splitlines():
        name, *forms = row.split("|")
        for form in (name, *forms):
            table.setdefault(_form(form), name)
    return table
