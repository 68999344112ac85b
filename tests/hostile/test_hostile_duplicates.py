"""Who publishes in order to be taken for the source of others' news, and texts that no newsroom writes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from coded import mention, prose, result
from command import dateline, json_lines, lines
from make import NOW
from msgspec.structs import replace
from wire_world import World

from dateline.dedup.lineage import BELIEVED_S, independent_sources, placed, turned
from dateline.dedup.window import Window
from dateline.incidents.record import ArticleRef
from dateline.model import Disposition
from dateline.resemblance import Verdict
from dateline.settlement import PageResult

COPIED = Verdict(disposition=Disposition.REPRINT, of="a", similarity=0.9, share=0.9, other_share=0.9)
REWORDED = Verdict(
    disposition=Disposition.REPRINT, of="a", similarity=0.5, share=0.6, other_share=0.6, spun=True
)
LONG_AGO = timedelta(seconds=BELIEVED_S + 60)


def ref(name: str, url: str, publisher: str = "", at: datetime | None = NOW, **fields: str) -> ArticleRef:
    return ArticleRef(
        id=name,
        url=url,
        publisher=publisher,
        published_at=at,
        lineage="original",
        origin=fields.get("origin", ""),
    )


def joined(
    head: ArticleRef, late: ArticleRef, verdict: Verdict = COPIED, seen_at: datetime | None = NOW
) -> list[tuple[str, bool]]:
    """Lineage and spin of the head and of the one that joins it."""
    told = placed(late, verdict, (head,), seen_at=seen_at)
    refs = (*turned((head,), told, verdict, seen_at=seen_at), told)
    assert independent_sources(refs) == 1
    return [(str(one.lineage), one.spun) for one in refs]


PAPER = ref("a", "https://orrinpost.test/1")


@pytest.mark.parametrize("verdict", [COPIED, REWORDED])
def test_a_copy_dated_back_is_no_original(verdict: Verdict) -> None:
    """What says that it was published more than a day before it was seen takes nobody's place by that."""
    kept = ("original", False)
    late = ref("b", "https://parrot.test/1", at=NOW - LONG_AGO)
    assert joined(PAPER, late, verdict)[0] == kept
    assert (
        joined(PAPER, ref("b", "https://parrot.test/1", at=datetime.min.replace(tzinfo=NOW.tzinfo)), verdict)[
            0
        ]
        == kept
    )


def test_an_original_that_comes_late_by_hours_is_believed() -> None:
    """Feeds are polled twice a day at least; what came in within that is taken by its own clock."""
    late = ref("b", "https://village.test/1", at=NOW - timedelta(hours=13))
    assert joined(PAPER, late) == [("reprint", False), ("original", False)]


def test_a_newsroom_that_is_known_is_no_machine() -> None:
    """A reworded copy that is dated back by an hour does not make a listed paper's own text the spun one."""
    known = ref("a", "https://www.theguardian.com/world/1")
    late = ref("b", "https://parrot.test/1", at=NOW - timedelta(hours=1))
    assert joined(known, late, REWORDED) == [("original", False), ("retelling", True)]


@pytest.mark.parametrize("verdict", [COPIED, Verdict(disposition=Disposition.NOVEL)])
def test_a_page_that_calls_itself_an_agency_is_not_it(verdict: Verdict) -> None:
    """Papers that credit Reuters have nothing from a stranger's site of that name; from the agency's page they have."""
    paper = ref("a", "https://orrinpost.test/1", origin="Reuters")
    (kept, _), (posed, _) = joined(paper, ref("b", "https://parrot.test/1", "Reuters"), verdict)
    assert (kept, posed) == ("original", "reprint" if verdict.of else "retelling")
    (behind, _), (own, _) = joined(paper, ref("b", "https://www.reuters.com/1", "Reuters"), verdict)
    assert (behind, own) == ("reprint" if verdict.of else "retelling", "original")


def test_posing_as_two_newsrooms_does_not_make_them_one() -> None:
    """Two pages of one host, each under another's name: those two still count as two sources."""
    own = [
        ref("a", "https://www.bbc.com/news/1", "BBC News"),
        ref("b", "https://www.aljazeera.com/news/1", "Al Jazeera"),
    ]
    posed = [ref("c", "https://parrot.test/1", "BBC News"), ref("d", "https://parrot.test/2", "Al Jazeera")]
    assert independent_sources([*own, *posed]) == independent_sources(own) == 2


def published(number: int, at: datetime, killed: int, text: str) -> PageResult:
    told = result(number, mention(number, killed), text=text)
    assert told.article
    return replace(told, article=replace(told.article, published_at=at), accepted_at=NOW)


def test_a_copy_dated_back_leaves_the_incident_as_it_was() -> None:
    """The wire's record names the same original, day and first figure; the copy is listed as a reprint."""
    world = World()
    world.settle(published(1, NOW - timedelta(hours=1), 7, prose(1)))
    world.settle(published(2, NOW - timedelta(days=400), 7, f"{prose(1)} Seen here first."))
    incident = world.only()
    assert [one.lineage for one in incident.articles] == ["original", "reprint"]
    assert incident.independent_sources == 1
    assert world.story(2) == world.story(1)


def test_a_copy_that_names_its_original_and_is_polled_first_takes_nothing_from_it() -> None:
    """Whoever copies a text and calls the paper's address canonical leaves the paper a source, and the original."""
    world = World()
    text = prose(1)
    early = published(2, NOW - timedelta(minutes=1), 7, text)
    world.settle(early)
    world.settle(published(1, NOW - timedelta(minutes=20), 7, f"{text} One line more."), early.article_id)
    told = {one.id: one.lineage for one in world.only().articles}
    assert told == {f"{1:016x}": "original", early.article_id: "reprint"}
    assert world.only().independent_sources == 1


def test_a_second_address_of_one_publisher_is_no_second_source() -> None:
    """The same page of the same paper under two addresses is listed once."""
    world = World()
    early = published(2, NOW - timedelta(minutes=1), 7, prose(1))
    world.settle(early)
    assert early.article
    late = published(1, NOW - timedelta(minutes=1), 7, prose(1))
    assert late.article
    late = replace(late, article=replace(late.article, url=f"{early.article.url}?print=1"))
    world.settle(late, early.article_id)
    assert [one.id for one in world.only().articles] == [early.article_id]


FIRE = (
    (
        "PORT VELLA (Meridian) - Fire swept through a cotton shed on the quays of Port Vella early on Tuesday, killing "
        "eleven workers who slept on its upper floor, the harbour police said."
    ),
    (
        "The flames were seen at about 3 a.m. by the crew of a tug, who sounded their horn to wake the neighbouring sheds. "
        "It took six engines and a fireboat four hours to bring the blaze under control."
    ),
    (
        '"The stairs were gone within minutes," said Ilse Marchetti, who guards the cold store across the road. "Two men '
        'jumped onto bales that others had thrown out for them."'
    ),
    (
        "Inspector Rolf Adeyemi said that the owner, a trader named Vasco Pellegrin, was held, and that the shed had no "
        "licence for lodging. Its only emergency door had been bricked up in spring, after a series of thefts."
    ),
    "Nineteen people were taken to the Saint Brendan infirmary, four of them with burns that doctors called grave.",
    (
        "The mayor announced a look at all ninety sheds of the free zone and three days of mourning. Unions called a strike "
        "for Thursday and demanded that the customs office, which rents them out, answer for a death trap."
    ),
)
ADDED = (
    "A cousin of one of the dead lives in Kessburg. Councillor Amara Lindqvist said that money would be collected at "
    "the parish hall on Sunday, and that the town's own depot on Mill Lane was looked at last year."
)


def swapped(text: str) -> str:
    """Every twenty-third letter and its neighbour change places."""
    letters = list(text)
    for at in range(5, len(letters) - 1, 23):
        letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)


PAPERS = {
    "cut": "\n".join(FIRE[:4]),
    "by staff": "\n".join(("By Staff", *FIRE)),
    "a paragraph of its own": "\n".join((*FIRE, ADDED)),
    "another dateline": "\n".join((FIRE[0].replace("(Meridian) ", "Wednesday "), *FIRE[1:])),
    "misprints": swapped("\n".join(FIRE)),
    "a brief": " ".join((FIRE[0], FIRE[4])),
    "the middle": "\n".join(FIRE[2:4]),
    "other spellings": "\n".join(FIRE).replace("harbour", "harbor").replace("licence", "license"),
    "capitals": "\n".join(FIRE).upper(),
    "one paragraph": " ".join((FIRE[0], *FIRE[2:])),
    "furniture": "\n".join(("Ten best beaches", "Subscribe for more.", *FIRE[:3], "Log in to read on.")),
    "hidden signs": "\n".join(FIRE).replace("e", "e\u200b"),
}


def said_of(rows: Sequence[dict[str, object]]) -> list[dict[str, Any]]:
    """What `dateline dedup` says of these lines."""
    told = dateline("dedup", given=json_lines(rows))
    assert told.returncode == 0, told.stderr
    return lines(told.stdout)


@pytest.mark.integration
def test_what_papers_make_of_an_agency_story_is_one_story() -> None:
    """Cut, headed, misprinted, shortened or in capitals: each is a copy of the first, under its story."""
    rows = [{"id": kind, "title": f"Paper: {kind}", "text": text} for kind, text in PAPERS.items()]
    agency = {"id": "agency", "title": "Fire kills eleven", "text": "\n".join(FIRE)}
    first, *copies = said_of([agency, *rows])
    assert first["disposition"] == "novel"
    assert {one["id"]: (one["of"], one["story"]) for one in copies} == dict.fromkeys(
        PAPERS, ("agency", "agency")
    )
    assert {one["disposition"] for one in copies} <= {"duplicate", "reprint"}


WIDE = " ".join(f"w{number * 7919 % 50021}" for number in range(300_000))
ODD: tuple[dict[str, object], ...] = (
    {"id": "none", "title": "", "text": ""},
    {"id": "null", "title": None, "text": None, "url": None, "published_at": None},
    {"id": "word", "text": "Help"},
    {"id": "emoji", "text": "😀😃😄 🎉"},
    {"id": "other emoji", "text": "🔥🔥"},
    {"id": "digits", "text": "12 34 56 78 90"},
    {"id": "marks", "text": "a" + "\u0301" * 5000},
    {"id": "right to left", "text": "\u202e" + "\u200f ".join(FIRE) + "\u202c"},
    {"id": "nul", "text": "A\0B " * 100},
    {"id": "spaces", "text": " \t\n\u3000" * 50_000},
    {"id": "wide", "text": WIDE},
    {"id": "one word", "text": "b" * 1_000_000},
    {"id": "thai", "text": "กขคงจฉชซ" * 20_000},
    {"id": "grows in its normal form", "text": "ﷺ" * 50_000},
    {"id": "undated", "text": FIRE[1], "published_at": "the day after"},
    {
        "id": "first of days",
        "text": "Nobody was hurt when a barge sank.",
        "published_at": "0001-01-01T00:00:00+14:00",
    },
    {
        "id": "last of days",
        "text": "A ferry went aground off Kell.",
        "published_at": "9999-12-31T23:59:59-14:00",
    },
    {"id": "bad address", "text": "Drivers of trams went back to work.", "url": "http://[::bad"},
    {"text": "An article that has no id, about the price of salt."},
    {"id": 0, "text": "A lamp factory in the hills of Orre will close at the end of May."},
    {"id": "again", "text": "A lamp factory in the hills of Orre will close at the end of May."},
    {"id": "none", "text": "Another article under an id that was given before, about bees."},
)


@pytest.mark.integration
def test_odd_articles_cost_themselves_only() -> None:
    """Each line has an answer in its place, without an error; what has no words is nobody's copy; an id may be 0."""
    told = said_of(ODD)
    assert [one["id"] for one in told] == [row.get("id") for row in ODD]
    assert not any("error" in one for one in told)
    copies = {str(one["id"]): one["of"] for one in told if one["of"] is not None}
    assert copies.pop("again") == 0
    assert set(copies) <= {"right to left", "undated", "one word"}
    stories = [one["story"] for one in told if one["disposition"] == "novel"]
    assert len(set(stories)) == len(stories)


def test_a_text_that_comes_in_any_script_is_known_again() -> None:
    """Cut to three fifths, or its beginning dropped and a line added: a copy, with spaces between words or without."""
    texts = (
        (
            "El incendio en un almacén de algodón del puerto causó la muerte de once trabajadores que dormían en la planta "
            "alta, informó el martes la policía. Las llamas fueron vistas hacia las tres por la tripulación de un remolcador. "
            "Diecinueve personas fueron llevadas al hospital y el alcalde anunció una inspección de los noventa almacenes."
        ),
        (
            "Пожар на складе хлопка в порту унёс жизни одиннадцати рабочих, которые спали на верхнем этаже, сообщила во "
            "вторник портовая полиция. Пламя около трёх часов ночи заметил экипаж буксира. Девятнадцать человек доставлены "
            "в больницу, четверо в тяжёлом состоянии. Мэр объявил проверку всех девяноста складов свободной зоны."
        ),
        (
            "أدى حريق في مستودع للقطن في الميناء إلى مقتل أحد عشر عاملا كانوا نائمين في الطابق العلوي حسبما قالت الشرطة يوم "
            "الثلاثاء. وشاهد طاقم قاطرة ألسنة اللهب حوالي الساعة الثالثة فجرا. ونقل تسعة عشر شخصا إلى المستشفى أربعة منهم في "
            "حالة حرجة. وأعلن رئيس البلدية تفتيش جميع المستودعات في المنطقة الحرة."
        ),
        (
            "港口一座棉花仓库周二凌晨发生火灾，造成睡在楼上的十一名工人死亡，警方说。凌晨三点左右，一艘拖船的船员首先看到火焰。"
            "十九人被送往医院，其中四人伤势危重。仓库主人被拘留，市长宣布对自由区的九十座仓库进行检查，并哀悼三天。"
        ),
        (
            "बंदरगाह के एक कपास गोदाम में मंगलवार तड़के आग लगने से ऊपरी मंजिल पर सो रहे ग्यारह मजदूरों की मौत हो गई, पुलिस ने "
            "बताया। सुबह करीब तीन बजे एक नाव के चालक दल ने लपटें देखीं। उन्नीस लोगों को अस्पताल ले जाया गया, जिनमें चार की "
            "हालत गंभीर है। गोदाम के मालिक को हिरासत में लिया गया और महापौर ने जांच की घोषणा की।"
        ),
    )
    window = Window(64)
    for number, text in enumerate(texts):
        kept = (text, text[: len(text) * 3 // 5], text[len(text) // 4 :])
        told = [window.add(f"{number} {at}", "", one, "", None) for at, one in enumerate(kept)]
        assert [one.disposition for one in told[1:]] == [Disposition.REPRINT] * 2, text
        assert {one.story for one in told} == {f"{number} 0"}
