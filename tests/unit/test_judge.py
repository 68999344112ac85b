"""Verdicts on near-duplicates."""

import random
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from dateline.dedup.fingerprint import fingerprint
from dateline.dedup.judge import judge
from dateline.model import Disposition
from dateline.resemblance import Fingerprint, Neighbour

HEADS = [
    "Kad",
    "Cheg",
    "Nort",
    "Rus",
    "Zvish",
    "Gok",
    "Mut",
    "Beit",
    "Kar",
    "Plum",
    "Nyan",
    "Gwan",
    "Bin",
    "Lup",
]
TAILS = ["oma", "utu", "ape", "avane", "we", "oko", "oi", "tree", "ga", "da", "dura", "ane", "esh", "wick"]
VERBS = [
    "repaired",
    "refused",
    "counted",
    "measured",
    "guarded",
    "painted",
    "flooded",
    "crossed",
    "left",
    "sold",
]
THINGS = [
    "ferry",
    "granary",
    "orchard",
    "turbine",
    "chapel",
    "reservoir",
    "viaduct",
    "kiln",
    "quarry",
    "lantern",
]
THINGS += ["bridge", "market", "harbour", "school", "tunnel", "mill", "garden", "station", "tower", "canal"]


def told(seed: int, sentences: int = 30) -> str:
    """A story of its own for each seed."""
    draw = random.Random(seed)

    def name() -> str:
        return draw.choice(HEADS) + draw.choice(TAILS)

    return " ".join(
        f"{name()} {draw.choice(VERBS)} the {draw.choice(THINGS)} of {name()} beside {draw.choice(THINGS)} "
        f"{draw.randint(2, 99)} before {name()} {draw.choice(VERBS)} a {draw.choice(THINGS)} in {name()}."
        for _ in range(sentences)
    )


STORY = told(1)
OTHER = told(2)
PARTS = STORY.split(". ")


def neighbour(
    name: str, text: str, like: Fingerprint | None = None, of: str = "", title: str = ""
) -> Neighbour:
    mark = fingerprint(text, title)
    exact = like is not None and mark.exact == like.exact
    return Neighbour(id=name, sketch=mark.sketch, words=mark.words, exact=exact, of=of)


def verdict(text: str, *earlier: tuple[str, str]):
    mark = fingerprint(text)
    return judge(mark, [neighbour(name, old, mark) for name, old in earlier])


def test_the_same_words_are_a_duplicate_of_the_first() -> None:
    """Of two with the same words, the earlier one is repeated."""
    found = verdict(STORY.upper(), ("a", STORY), ("b", STORY))
    assert (found.disposition, found.of, found.similarity) == (Disposition.DUPLICATE, "a", 1.0)
    assert (found.share, found.other_share) == (1.0, 1.0)


def test_no_neighbours_is_novel() -> None:
    """Nothing to compare with: novel, of nothing."""
    found = verdict(STORY)
    assert (found.disposition, found.of) == (Disposition.NOVEL, None)
    assert found.reason


def test_another_story_of_the_same_people_is_novel() -> None:
    """The same names and words in other sentences are no copy."""
    assert verdict(OTHER, ("a", STORY)).disposition is Disposition.NOVEL


REPRINTS = {
    "cut tail": ". ".join(PARTS[:20]),
    "cut head": ". ".join(PARTS[10:]),
    "brief": ". ".join(PARTS[:9]),
    "dropped sentences": ". ".join(part for at, part in enumerate(PARTS) if at % 4),
    "moved paragraphs": ". ".join([*PARTS[15:], *PARTS[:15]]),
    "agency prefix": "KADOMA, Nov 3 (Agency) - " + STORY,
    "furniture": f"{STORY[:900]} Sign up for our newsletter and follow us. {STORY[900:]} Read more here.",
    "longer": f"{told(7, 20)} {STORY}",
    "changed figures": STORY.replace("12", "13").replace(" 4", " 5"),
    "typing errors": STORY.replace("granary", "grannary").replace("chapel", "chaple"),
    "other spellings": STORY.replace("Zvish", "Svish").replace("Beit", "Bayt"),
    "light rewording": STORY.replace("repaired", "mended").replace("painted", "coloured"),
}


@pytest.mark.parametrize("kind", REPRINTS)
def test_an_edited_copy_is_a_reprint(kind: str) -> None:
    """Cutting, adding, moving and rewording a little keeps a copy a copy, with its evidence."""
    found = verdict(REPRINTS[kind], ("a", OTHER), ("b", STORY))
    assert (found.disposition, found.of) == (Disposition.REPRINT, "b")
    assert "b" in found.reason
    assert found.passages
    assert max(found.share, found.other_share) > 0.5
    assert not found.spun


def test_a_story_that_grew_is_news() -> None:
    """An article that holds an earlier brief among much else is not a reprint: it brings what the brief had not."""
    assert verdict(STORY, ("a", ". ".join(PARTS[:4]))).disposition is Disposition.NOVEL


def test_the_most_similar_neighbour_wins_and_the_first_of_equals() -> None:
    """The order of neighbours matters only between equals."""
    near, far = STORY + " One more line.", ". ".join(PARTS[:20])
    assert verdict(STORY + " One line.", ("far", far), ("near", near)).of == "near"
    assert verdict(STORY + " One line.", ("first", near), ("second", near)).of == "first"


def test_of_a_copy_of_a_copy_the_origin_is_named() -> None:
    """Where the origin of the closest copy is among the neighbours and passes, it is what is repeated."""
    mark = fingerprint(STORY + " One line.")
    origin, copy = ". ".join(PARTS[:24]), STORY + " One more line."
    chain = [neighbour("origin", origin), neighbour("copy", copy, of="origin")]
    assert judge(mark, chain).of == "origin"
    assert judge(mark, chain[1:]).of == "copy"
    assert judge(mark, [neighbour("origin", OTHER), *chain[1:]]).of == "copy"


def test_an_empty_article_is_novel_beside_another() -> None:
    """No words prove nothing, even where the store finds the same empty hash."""
    mark = fingerprint("")
    empty = Neighbour(id="a", sketch=mark.sketch, words=0, exact=True)
    assert judge(mark, [empty]).disposition is Disposition.NOVEL


FORM = "Shares of {name} closed at {price} after {volume} thousand changed hands on the exchange, dealers said. The yield was {rate} pct against {last} pct in the week before, the lowest since {year}, they added."


def filled(seed: int) -> str:
    draw = random.Random(seed)
    return FORM.format(
        name=draw.choice(HEADS) + draw.choice(TAILS) + " Mills",
        price=draw.randint(100, 999),
        volume=draw.randint(100, 999),
        rate=draw.randint(10, 99),
        last=draw.randint(10, 99),
        year=draw.randint(1950, 1999),
    )


def test_reports_in_one_form_are_articles_of_their_own() -> None:
    """Other names and figures in the same sentences are another report, once the form is known from others."""
    earlier = [neighbour(str(seed), filled(seed)) for seed in range(10, 14)]
    assert judge(fingerprint(filled(3)), earlier).disposition is Disposition.NOVEL


def test_a_report_in_a_form_sent_again_is_a_reprint() -> None:
    """The same case in the same form: its names and figures are shared, too."""
    earlier = [neighbour(str(seed), filled(seed)) for seed in range(10, 14)]
    found = judge(fingerprint("Kadoma, Nov 3 (Agency) - " + filled(12)), earlier)
    assert (found.disposition, found.of) == (Disposition.REPRINT, "12")


SHORT = "Two fishermen drowned off Kadoma harbour on Tuesday when their boat overturned in heavy seas, the coast guard said. Divers found Anil Deshmukh, 43, near the breakwater."


def test_one_changed_word_does_not_part_short_copies() -> None:
    """Nor does another headline that speaks of the same."""
    mark = fingerprint(SHORT.replace("heavy", "rough"), "Boat capsizes in storm near Kadoma")
    found = judge(mark, [neighbour("a", SHORT, title="Two fishermen drown")])
    assert found.disposition is Disposition.REPRINT


NOTICES = [
    "Subscribe now to read the rest of this story",
    "This content is for subscribers only. Already registered? Log in to your account to go on reading, or choose one of our monthly offers and support independent journalism in your town.",
]


@pytest.mark.parametrize("notice", NOTICES)
def test_a_notice_that_pages_share_makes_no_twins(notice: str) -> None:
    """Two headlines over the same notice are two articles."""
    mark = fingerprint(notice, "Gunmen raid a market in the river town, witnesses tell")
    found = judge(mark, [neighbour("a", notice, title="Parliament passes its budget after a night of talks")])
    assert found.disposition is Disposition.NOVEL


SCRIPTS = {
    "Japanese": (
        "東京都内のビルで12日朝、爆発があり、3人がけがをした。警視庁によると、爆発は地下1階の飲食店で起き、店員の男性らが病院に運ばれた。ガス漏れが原因とみて調べている。消防車20台が出動した。",
        ("男性", "男"),
    ),
    "Thai": (
        "ตำรวจจับกุมผู้ต้องสงสัยสามคนในคดียิงกันที่ตลาดกลางเมืองเมื่อคืนวันอังคาร มีผู้เสียชีวิตสองคนและบาดเจ็บห้าคน พยานเล่าว่าคนร้ายหลบหนีไปทางสะพาน",
        ("หลบหนี", "วิ่งหนี"),
    ),
    "Arabic": (
        "قُتِلَ ثَلاثَةُ أشخاص في انفجار سيارة مفخخة وسط مدينة حلب صباح الثلاثاء، وقالت الشرطة إن الانفجار وقع قرب سوق مزدحم، وأصيب آخرون نقلوا إلى المستشفى.",
        ("صباح", "مساء"),
    ),
    "Russian": (
        "Три человека погибли при взрыве автомобиля в центре города во вторник утром, сообщила полиция. Взрыв произошёл рядом с рынком, ещё пять человек доставлены в больницу.",
        ("утром", "вечером"),
    ),
    "Hindi": (
        "मंगलवार सुबह शहर के बीचोंबीच एक कार में हुए धमाके में तीन लोगों की मौत हो गई, पुलिस ने बताया। धमाका एक व्यस्त बाज़ार के पास हुआ और अन्य लोगों को अस्पताल ले जाया गया।",
        ("सुबह", "शाम"),
    ),
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_copies_are_told_in_every_script(script: str) -> None:
    """With a word changed and a line added, in scripts without spaces as well."""
    text, (word, another) = SCRIPTS[script]
    mark = fingerprint(f"{text.replace(word, another)} (AFP)")
    assert set(mark.keys) & set(fingerprint(text).keys)
    found = judge(mark, [neighbour("a", text)])
    assert found.disposition is Disposition.REPRINT
    others = [neighbour(name, other) for name, (other, _) in SCRIPTS.items() if name != script]
    assert judge(mark, others).disposition is Disposition.NOVEL


def test_vowel_signs_are_no_difference() -> None:
    """A text with Arabic vowel signs and without them has the same words."""
    text = SCRIPTS["Arabic"][0]
    bare = "".join(letter for letter in text if not "\u064b" <= letter <= "\u0652")
    assert bare != text
    assert verdict(bare, ("a", text)).disposition is Disposition.DUPLICATE


def test_the_same_short_report_under_another_headline_is_a_copy() -> None:
    """With figures it is a report, not a notice, whatever its headline speaks of."""
    report = "Quarterly dividend 20 cents against 18 cents before. Pay April 15. Record March 23."
    mark = fingerprint(report, "Kadoma Mills sets its payout")
    found = judge(mark, [neighbour("a", report, title="Payout raised by Kadoma")])
    assert (found.disposition, found.of) == (Disposition.REPRINT, "a")


NOON = datetime(2030, 3, 4, 12, tzinfo=UTC)


def told_on(text: str, old: str, days: float, title: str = "", old_title: str = "") -> Disposition:
    """The verdict on a text published so many days after the earlier one."""
    stub = msgspec.structs.replace(neighbour("a", old, title=old_title), published_at=NOON)
    return judge(fingerprint(text, title), [stub], NOON + timedelta(days=days)).disposition


RATES = "The central bank sold foreign currency again at {rate} shillings to the dollar in the Gokwe auction, where lenders offered less than demanded. Dealers said the shilling opened at {open} and that most importers had covered what they need until the end of the month, while exporters held back in the hope of a better price. The next auction is held when the board has reviewed reserves."


def test_a_report_that_recurs_with_other_figures_is_another() -> None:
    """The same form days later with other figures is news; on the same day it is a correction."""
    first, later = RATES.format(rate="44.10", open="45.20"), RATES.format(rate="46.35", open="47.80")
    assert told_on(later, first, 7) is Disposition.NOVEL
    assert told_on(later, first, 0.1) is Disposition.REPRINT


@pytest.mark.parametrize("kind", ["cut tail", "cut head", "agency prefix", "furniture", "dropped sentences"])
def test_a_late_reprint_is_found(kind: str) -> None:
    """Weeks later too: the same words and figures are the same report."""
    assert told_on(REPRINTS[kind], STORY, 30) is Disposition.REPRINT


def test_times_count_only_where_both_are_known() -> None:
    """An article without a time is judged by its words alone."""
    first, later = RATES.format(rate="44.10", open="45.20"), RATES.format(rate="46.35", open="47.80")
    stub = msgspec.structs.replace(neighbour("a", first), published_at=NOON)
    assert judge(fingerprint(later), [stub]).disposition is Disposition.REPRINT
    assert judge(fingerprint(later), [neighbour("a", first)], NOON).disposition is Disposition.REPRINT


def test_a_notice_of_another_company_is_another() -> None:
    """Two short reports of one form on one day, whose headlines name two cases."""
    notice = "Monthly dividend 7.1 cents against 7.1 cents before. Pay April 30. Record April 15. {} Tax Free Income Fund."
    titles = ("Kadoma fund sets monthly payout", "Chegutu fund sets monthly payout")
    texts = (notice.format("Kadoma"), notice.format("Chegutu"))
    assert told_on(texts[1], texts[0], 0, titles[1], titles[0]) is Disposition.NOVEL
    assert told_on(texts[0] + " Agency.", texts[0], 0, titles[0], titles[0]) is Disposition.REPRINT


def test_a_table_with_other_figures_is_another() -> None:
    """Prices of the same goods ten minutes later."""
    table = "Gokwe wheat May {} up {} July {} off {} September 277 up 1 December 280 unchanged"
    assert told_on(table.format(285, 2, 281, 3), table.format(284, 1, 280, 1), 0) is Disposition.NOVEL


FOREIGN = {
    "German": (
        "Bei einem Brand in einem Wohnhaus am Hafen sind in der Nacht zum Dienstag drei Menschen verletzt worden. Die Feuerwehr rückte nach eigenen Angaben mit 40 Kräften an und brachte zwölf Bewohner über eine Drehleiter ins Freie. Warum das Feuer im Keller ausbrach, ist noch nicht bekannt, die Polizei ermittelt.",
        "Bei einem Überfall auf eine Tankstelle an der Autobahn hat ein Mann am Dienstag die Kassiererin bedroht. Die Polizei suchte nach eigenen Angaben mit einem Hubschrauber nach dem Täter, der mit 300 Euro floh. Ob er noch in der Stadt ist, ist nicht bekannt, die Ermittler hoffen auf Zeugen aus der Nachbarschaft.",
    ),
    "French": (
        "Un autocar transportant des lycéens s'est renversé mardi matin près du viaduc de la rivière, faisant onze blessés dont deux graves, selon la préfecture. Les secours ont dépêché quatre hélicoptères et le chauffeur a été placé en garde à vue après un contrôle de son alcoolémie.",
        "Un incendie s'est déclaré mardi soir dans un entrepôt de peinture près de la gare, sans faire de blessé, selon la préfecture. Les pompiers ont maîtrisé les flammes après quatre heures, et les riverains ont été invités à garder leurs fenêtres fermées jusqu'au lendemain.",
    ),
    "Spanish": (
        "Un deslizamiento de tierra sepultó la madrugada del martes tres viviendas en la ladera del cerro y dejó cinco muertos, informó la alcaldía. Los rescatistas buscan entre el lodo a dos niños, mientras el ejército instaló un albergue en la escuela para las cuarenta familias evacuadas.",
        "Un grupo de hombres armados asaltó la madrugada del martes un camión con medicinas en la carretera del norte y huyó hacia la frontera, informó la fiscalía. Los agentes buscan un vehículo gris, mientras el conductor declaró que lo dejaron atado junto a un puente.",
    ),
    "Turkish": (
        "Kentin batısındaki bir tekstil fabrikasında salı sabahı çıkan yangında iki işçi hayatını kaybetti, yedi kişi dumandan etkilendi. Valilik, kazan dairesindeki patlamanın nedeninin araştırıldığını ve üretimin bir hafta durdurulduğunu açıkladı.",
        "Kentin doğusundaki bir pazar yerinde salı akşamı çıkan silahlı kavgada iki kardeş yaralandı, üç kişi gözaltına alındı. Emniyet, tartışmanın park yeri yüzünden başladığını ve güvenlik kameralarının incelendiğini duyurdu.",
    ),
    "Chinese": (
        "当地时间周二清晨，港口一座化工仓库发生爆炸，造成四人死亡、十余人受伤。消防部门表示，大火在三小时后被扑灭，附近两所学校临时停课，事故原因正在调查，两名仓库负责人已被警方控制。",
        "当地时间周二夜间，山区一条公路发生塌方，一辆长途客车被埋，造成六人失踪。救援部门表示，连日大雨使道路中断，搜救人员只能徒步进入，附近村庄已有百余名居民转移到安全地带。",
    ),
    "Korean": (
        "화요일 새벽 항구 도시의 냉동 창고에서 불이 나 작업자 세 명이 숨지고 다섯 명이 다쳤다고 소방당국이 밝혔다. 불은 네 시간 만에 꺼졌으며 경찰은 용접 작업 중 튄 불꽃이 단열재에 옮겨붙은 것으로 보고 있다.",
        "화요일 저녁 산간 마을의 다리가 무너져 버스 승객 두 명이 실종되고 여섯 명이 구조됐다고 소방당국이 밝혔다. 며칠째 이어진 폭우로 강물이 불어났으며 군은 헬기와 잠수부를 보내 수색하고 있다.",
    ),
}


@pytest.mark.parametrize("language", FOREIGN)
def test_copies_and_other_news_are_told_apart_in_every_language(language: str) -> None:
    """A text with a tail cut and a credit is a reprint; news of one kind, from one newsroom, is none."""
    text, other = FOREIGN[language]
    cut = f"{text[: len(text) * 3 // 4]} (AFP)"
    assert set(fingerprint(cut).keys) & set(fingerprint(text).keys)
    assert verdict(cut, ("a", other), ("b", text)).of == "b"
    assert verdict(other, ("b", text)).disposition is Disposition.NOVEL
