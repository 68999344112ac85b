"""What a worker reads before it forks, so that no child pays for a first page.

Owns the invented pages: one for each language whose incidents are coded, with as many acts, counts, days,
sides and lines of page furniture as fit. Patterns that are compiled and tables that are read when they
are first asked for then stand in memory that every child shares. Refuses what a child reads later.
"""

from datetime import UTC, datetime
from html import escape

from dateline.incidents.tongues import tongue
from dateline.incidents.tongues.coding import Linguist
from dateline.model import Entry, Page
from dateline.store import pages
from dateline.text import clean
from workers import reading

_PUBLISHED_AT = datetime(2024, 5, 16, 8, tzinfo=UTC)

_ENGLISH = """
MAIDUGURI, Nigeria (Wire) - At least seven soldiers and two civilians were killed and a dozen others wounded on Tuesday when
suspected Boko Haram militants ambushed a military convoy near the town of Konduga in Borno State, officials said.
A roadside bomb exploded as the convoy passed, and gunmen on motorcycles then opened fire, a police spokesman told reporters.
The group claimed responsibility for the attack in a statement posted online; the army denied that a base had been overrun.
In a separate incident the day before, gunmen kidnapped three teachers from a school in Kaduna and set fire to a church.
Police arrested nine suspects and seized rifles, grenades and ammunition during a raid north of Kano on 12 May.
On Friday hundreds of protesters clashed with riot police in Lagos, who fired tear gas; one demonstrator was shot dead.
Government forces carried out airstrikes and shelled rebel positions in eastern Syria, killing 15 Islamic State fighters.
A suicide bomber blew himself up outside a market in Baghdad, according to the Iraqi interior ministry.
Five rebels surrendered and two were beheaded; villagers were raped, looted and driven from their homes by Fulani herdsmen.
More than 340 people have been killed in such attacks so far this year, up from 200 in the same period of 2023.
Earlier reports that a priest had been assassinated were false, the bishop said; the explosion was caused by a gas leak.
He was sentenced to life imprisonment in 2019 for the murder of a mayor. The strikers lost the championship by two goals.
It comes four days after a similar ambush. Nobody has claimed the killing, which the governor condemned on Wednesday.
"""

_CAPITALS = """
BOGOTA, 3 MAR 90 (RADIO) - [TEXT] GUERRILLAS OF THE ARMY OF NATIONAL LIBERATION DYNAMITED AN OIL PIPELINE IN ARAUCA LAST NIGHT.
TWO POLICEMEN WERE MURDERED AND A FORMER MAYOR WAS ABDUCTED NEAR MEDELLIN YESTERDAY, MILITARY SOURCES REPORTED TODAY.
THE MINISTER SAID THAT THE URBAN COMMANDOS ATTACKED THE U.S. EMBASSY IN SAN SALVADOR WITH ROCKETS; THERE WERE NO VICTIMS.
"""

_SPANISH = """
Bogotá, 15 may. Al menos cinco soldados murieron y otros tres resultaron heridos este martes en una emboscada que disidentes de
las FARC tendieron a una patrulla del Ejército en zona rural del municipio de Tibú, en el departamento de Norte de Santander.
Un coche bomba explotó frente a una estación de policía en Cali y dejó una docena de heridos, informaron las autoridades.
Hombres armados secuestraron a dos periodistas y quemaron un autobús; la policía detuvo a cuatro sospechosos el lunes.
Miles de personas protestaron en Quito contra el gobierno. En lo que va del año han sido asesinados 60 líderes sociales.
"""

_ARABIC = """
قُتل خمسة جنود وأصيب سبعة آخرون يوم الثلاثاء في هجوم شنه مسلحون من تنظيم الدولة الإسلامية على حاجز للجيش قرب مدينة تدمر في ريف حمص.
وانفجرت سيارة مفخخة في سوق شعبي وسط بغداد ما أسفر عن مقتل ثلاثة مدنيين وإصابة عشرات بجروح، بحسب وزارة الداخلية.
وخطف مسلحون مجهولون صحفيين اثنين، واعتقلت قوات الأمن أربعة مشتبه بهم. وقصفت طائرات حربية مواقع في محافظة إدلب أمس.
"""

_FURNITURE = (
    "Share this article", "Read more: Ten years on", "Advertisement", "Sign up for our newsletter", "Follow us on Facebook",
    "© 2024 The Wire. All rights reserved.", "Related stories", "Leave a comment", "Photo: A. Reporter/Wire", "By A. Reporter",
    "Last updated 3 hours ago", "Subscribe now for full access", "We use cookies to improve your experience.",
    "Compartir", "Lea también", "Todos los derechos reservados", "اقرأ أيضا", "جميع الحقوق محفوظة",
)  # fmt: skip

_TEXTS = (("en", _ENGLISH), ("en", _CAPITALS), ("es", _SPANISH), ("ar", _ARABIC))


def warm(coder: reading.Coder) -> None:
    """Read and code the invented pages, and compile what they can not reach. About a second. Raises nothing."""
    clean.load().compile_all()
    for code in tongue.codes():
        Linguist.load(code)
    for one in invented():
        reading.read_page(one, coder)


def invented() -> tuple[bytes, ...]:
    """Return the pages, as the store keeps them."""
    return tuple(_page(number, *one) for number, one in enumerate(_TEXTS))


def _page(number: int, language: str, text: str) -> bytes:
    told = "".join(f"<p>{escape(line)}</p>" for line in text.strip().splitlines())
    around = "".join(f"<p>{escape(line)}</p>" for line in _FURNITURE)
    listed = "".join(f"<li><a href='/{line.split()[0]}'>{escape(line)}</a></li>" for line in _FURNITURE)
    title = escape(text.strip().split(". ")[0][:90])
    body = (
        f"<html lang='{language}'><head><title>{title} | The Wire</title></head><body><nav><ul>{listed}</ul></nav>"
        f"<article><h1>{title}</h1>{told}<table><tr><td>1</td></tr></table><blockquote>{told[:200]}</blockquote>{around}</article>"
        f"<footer><ul>{listed}</ul></footer></body></html>"
    )
    return pages.encode(
        Page(
            article_id=f"{number:016x}",
            feed_id="warming",
            entry=Entry(guid=f"warming-{number}", title=title, published_at=_PUBLISHED_AT),
            url=f"http://warming.invalid/{number}",
            body=body.encode(),
            content_type="text/html; charset=utf-8",
            language=language,
            accepted_at=_PUBLISHED_AT,
        )
    )
