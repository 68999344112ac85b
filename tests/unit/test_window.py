"""The stream filter and the retellings it finds."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.dedup.shelf import FIRST, NEIGHBOURS, POSTINGS, Shelf
from dateline.dedup.tellings import Tellings
from dateline.dedup.vocabulary import TERMS, Vocabulary, terms_in, word_levels
from dateline.dedup.window import Window
from dateline.model import Disposition

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)

FERRY = (
    "Ferry Ardlow sinks off Port Kessary",
    (
        "At least 41 passengers drowned when the ferry Ardlow sank in a storm off Port Kessary on Monday night, the harbour "
        "master Tobin Rask said. Divers from the Kessary lifeboat station pulled 17 survivors from the hull. The vessel, built in "
        "1987, was sailing to the island of Mennoch with lorries on its deck. Mr Rask said the cargo had probably shifted."
    ),
)
FERRY_AGAIN = (
    "Dozens feared dead in Kessary ferry disaster",
    (
        "Rescue teams searched the sea near Port Kessary on Tuesday after the Ardlow, a car ferry bound for Mennoch, capsized "
        "in heavy weather overnight. Harbour master Tobin Rask put the number of dead at 41; 17 people were saved by lifeboat crews. "
        "Lorries that broke loose may have overturned the ship, which was almost forty years old."
    ),
)
OTHER_FERRY = (
    "Eleven missing as boat overturns on Lake Orvane",
    (
        "Eleven fishermen are missing after their boat overturned on Lake Orvane in the highlands of Sarn, police chief Dessa "
        "Quill told reporters in Brunnick. Villagers from Tolm saved four men. A search with two helicopters goes on, she said, "
        "although strong winds hindered it on Thursday. The lake is known for sudden squalls in autumn."
    ),
)
BUDGET = (
    "Parliament in Lisk passes budget",
    (
        "Lawmakers in Lisk approved a budget of 12 billion crowns after a debate of nine hours. Finance minister Orla Venn "
        "called it prudent; the opposition under Pell Harrow said hospitals would suffer. The central bank of Lisk expects growth of "
        "two percent. Trade unions plan a strike at the mint next week."
    ),
)


def add(window: Window, name: str, told: tuple[str, str], url: str = "", at: datetime | None = NOW):
    return window.add(name, told[0], told[1], url, at)


def test_the_first_article_is_novel_and_its_own_story() -> None:
    """Nothing came before it."""
    verdict = add(Window(capacity=10), "a", FERRY)
    assert (verdict.disposition, verdict.of, verdict.story) == (Disposition.NOVEL, None, "a")


def test_the_same_words_are_a_duplicate() -> None:
    """Another address with the same words is a duplicate of the first, in its story."""
    window = Window(capacity=10)
    add(window, "a", FERRY, "https://one.example/x")
    verdict = add(window, "b", ("New headline", FERRY[1].upper()), "https://two.example/y")
    assert (verdict.disposition, verdict.of, verdict.story) == (Disposition.DUPLICATE, "a", "a")


def test_the_same_address_is_a_duplicate_whatever_its_text() -> None:
    """A page that was rewritten is a revision; tracking parameters and www make no other page."""
    window = Window(capacity=10)
    add(window, "a", FERRY, "https://www.one.example/x?utm_source=feed")
    verdict = add(window, "b", BUDGET, "http://one.example/x")
    assert (verdict.disposition, verdict.of) == (Disposition.DUPLICATE, "a")
    assert verdict.similarity < 0.2


def test_a_front_page_names_no_article() -> None:
    """Two items that link to the front page of their site are compared by their words."""
    window = Window(capacity=10)
    add(window, "a", FERRY, "https://one.example/")
    assert add(window, "b", BUDGET, "https://one.example").disposition is Disposition.NOVEL


def test_a_cut_copy_is_a_reprint_of_the_first_of_its_kind() -> None:
    """A copy of a copy names the original."""
    window = Window(capacity=10)
    add(window, "a", FERRY)
    copy = FERRY[1][: len(FERRY[1]) * 4 // 5]
    assert add(window, "b", ("x", copy)).of == "a"
    verdict = add(window, "c", ("y", copy[: len(copy) * 9 // 10] + " More tomorrow."))
    assert (verdict.disposition, verdict.of, verdict.story) == (Disposition.REPRINT, "a", "a")


def test_the_same_event_in_other_words_is_a_retelling() -> None:
    """Shared names and figures make one story."""
    window = Window(capacity=10)
    add(window, "a", FERRY)
    add(window, "b", BUDGET)
    verdict = add(window, "c", FERRY_AGAIN, at=NOW + timedelta(days=1))
    assert (verdict.disposition, verdict.of, verdict.story) == (Disposition.RETELLING, "a", "a")


def test_another_event_of_the_same_kind_is_novel() -> None:
    """The kind of event is no proof of sameness."""
    window = Window(capacity=10)
    add(window, "a", FERRY)
    assert add(window, "b", OTHER_FERRY).disposition is Disposition.NOVEL


def test_a_telling_long_after_is_not_compared() -> None:
    """Three weeks apart, the same names are another story; an unknown time is near to all."""
    window = Window(capacity=10)
    add(window, "a", FERRY)
    assert add(window, "b", FERRY_AGAIN, at=NOW + timedelta(days=21)).disposition is Disposition.NOVEL
    window = Window(capacity=10)
    add(window, "a", FERRY)
    assert add(window, "b", FERRY_AGAIN, at=None).disposition is Disposition.RETELLING


def test_what_left_the_window_is_forgotten() -> None:
    """With a capacity of three, the fourth article pushes the first one out."""
    window = Window(capacity=3)
    add(window, "a", FERRY, "https://one.example/x")
    for number in range(3):
        filler = " ".join(f"w{number}x{place}" for place in range(50))
        add(window, f"f{number}", ("", filler))
    assert add(window, "b", FERRY, "https://one.example/x").disposition is Disposition.NOVEL


def test_empty_articles_are_novel() -> None:
    """Articles without words or address repeat nothing."""
    window = Window(capacity=3)
    for name in "abcde":
        assert add(window, name, ("", ""), at=None).disposition is Disposition.NOVEL


def test_a_window_holds_at_least_one() -> None:
    """A capacity of nothing is refused."""
    with pytest.raises(ValueError, match="capacity"):
        Window(capacity=0)


def test_the_arrays_do_not_grow() -> None:
    """What a window holds is as large after many articles as before the first."""

    def held(window: Window) -> int:
        parts = [window, window._tellings, window._vocabulary, window._shelf, window._stories]
        values = [value for part in parts for value in vars(part).values()]
        return sum(getattr(value, "nbytes", 0) for value in values) + len(window._ids)

    window = Window(capacity=16)
    before = held(window)
    for number in range(200):
        add(
            window,
            str(number),
            (f"title {number}", " ".join(f"w{number % 50}x{place}" for place in range(30))),
            f"https://one.example/{number}",
        )
    assert held(window) == before
    assert len(window._stories) <= 16
    shelf = window._shelf
    assert max(len(shelf._exact), len(shelf._address)) <= 16


def test_names_weigh_more_than_common_words() -> None:
    """The heaviest term of an article is a rare name, not the kind of event."""
    vocabulary = Vocabulary()
    terms = vocabulary.terms(*FERRY)
    weights = dict(zip(terms.slots.tolist(), terms.weights.tolist(), strict=True))
    name, common = vocabulary.terms("Kessary", "").slots[0], vocabulary.terms("", "monday").slots[0]
    assert weights[int(name)] > 2 * weights.get(int(common), 0.0)
    assert len(terms.slots) <= TERMS


def test_learning_makes_a_word_common() -> None:
    """A word that each article has soon tells nothing."""
    vocabulary = Vocabulary()
    before = vocabulary.terms("", "qualmish storm").weights
    for _ in range(300):
        vocabulary.learn(vocabulary.terms("", "qualmish weather"))
    after = vocabulary.terms("", "qualmish storm")
    assert not after.rare[list(after.slots).index(vocabulary.terms("", "qualmish").slots[0])]
    assert before.max() > 0


def test_terms_of_scripts_without_spaces_are_pairs() -> None:
    """Han text gives pairs of letters, other words stand beside them."""
    assert terms_in("東京で爆発 Reuters") == ["東京", "京で", "で爆", "爆発", "Reuters"]


def test_addresses_are_no_terms() -> None:
    """Links to one site make no event; a ticker is a name."""
    text = 'Orvan <A HREF="http://quotes.example/full.aspx?ticker=ORV">ORV</A> said on https://orvan.example/news <ORV> rose'
    assert terms_in(text) == ["Orvan", "ORV", "said", "ORV", "rose"]


def test_word_levels_are_shares() -> None:
    """A word in half of the documents has level 4; rare words and numbers are left out."""
    texts = ["storm river"] * 8 + ["river 2026"] * 8
    assert word_levels(texts, least=6) == "0 river\n4 storm\n"


def test_an_empty_ring_knows_no_telling() -> None:
    """Nothing to compare with gives nothing."""
    assert not len(Tellings(4).alike(0, Vocabulary().terms(*FERRY), None).numbers)


def test_a_copy_tells_where_the_words_stand() -> None:
    """The passages of a reprint are characters of both texts, and the shares tell which is the part."""
    window = Window(capacity=10)
    add(window, "a", FERRY)
    start = FERRY[1].index("Divers")
    verdict = add(window, "b", ("z", FERRY[1][start:]))
    assert verdict.disposition is Disposition.REPRINT
    assert verdict.share > 0.8 > verdict.other_share
    first = verdict.passages[0]
    assert first.other_start - first.start == start


def test_another_address_of_the_same_words_is_known() -> None:
    """A page that repeated the words of another is revised: its address is known although it was no news."""
    window = Window(capacity=10)
    add(window, "a", FERRY, "https://one.example/x")
    add(window, "b", FERRY, "https://two.example/y")
    assert add(window, "c", BUDGET, "https://two.example/y").of == "a"


def test_a_common_key_keeps_its_first_and_latest_articles() -> None:
    """Of a key that many share the first three and the latest five are found; no more than the limit of them."""
    shelf = Shelf(1000)
    for number in range(100):
        shelf.put(number, (7, 1000 + number), b"", 0)
    assert shelf.near(100, (7,)) == [*range(FIRST), *range(100 - POSTINGS + FIRST, 100)]
    assert len(shelf.near(100, tuple(range(1000, 1100)))) == NEIGHBOURS


def test_keys_that_many_share_count_less() -> None:
    """One rare key outweighs a common one; articles that left the ring are not found."""
    shelf = Shelf(50)
    for number in range(60):
        shelf.put(number, (7, 100 + number), b"", 0)
    near = shelf.near(60, (7, 130, 105))
    assert 30 in near
    assert 5 not in near


def test_words_of_another_language_are_weighed_by_length() -> None:
    """In a language that the table does not know the short words are the common ones, and are learned as such."""
    vocabulary = Vocabulary()
    text = "die der das und ein Überschwemmung Katastrophenschutz Oderbruch von mit auf dem den Deich"
    terms = vocabulary.terms("", text)
    assert not terms.known
    weights = dict(zip(terms.slots.tolist(), terms.weights.tolist(), strict=True))
    common, telling = vocabulary.terms("die", "").slots[0], vocabulary.terms("Oderbruch", "").slots[0]
    assert weights[int(telling)] > 2 * weights[int(common)]


def test_an_event_retold_in_a_script_without_spaces_is_a_retelling() -> None:
    """Pairs of letters carry the names; another event of the kind is novel."""
    window = Window(capacity=10)
    window.add(
        "a",
        "",
        "鹿児島県霧島市の新燃岳で三日午後、噴火が発生し噴煙が火口から三千メートルの高さまで上がった。福岡管区気象台は警戒レベルを三に引き上げ、"
        "霧島市は高千穂河原に通じる県道を通行止めにした。けが人の情報はない。",
        "",
        None,
    )
    again = window.add(
        "b",
        "",
        "気象台によると新燃岳の噴火は三日午後に起き、噴煙は三千メートルに達した。高千穂河原へ向かう県道は霧島市により閉鎖され、"
        "警戒レベルは三となった。登山者にけが人はいないという。",
        "",
        None,
    )
    other = window.add(
        "c",
        "",
        "北海道小樽市の港で四日朝、貨物船と漁船が衝突し、漁船の乗組員二人が海に投げ出された。小樽海上保安部が捜索を続けている。"
        "貨物船は石狩湾新港へ向かう途中だったという。",
        "",
        None,
    )
    assert (again.disposition, again.story) == (Disposition.RETELLING, "a")
    assert other.disposition is Disposition.NOVEL


def test_an_event_retold_in_another_language_is_a_retelling() -> None:
    """Without a table of its words, long words tell the event until the stream has shown which are common."""
    window = Window(capacity=20)
    usual = window._vocabulary.terms(
        "",
        "Am Montag oder Dienstag sind nach Angaben der Polizei Menschen bei einem Unfall oder Brand verletzt worden. Die Ursache "
        "war unklar, der Schaden wird auf Tausende Euro geschätzt, sagte ein Sprecher.",
    )
    for _ in range(20):
        window._vocabulary.learn(usual)
    first = (
        "Bei einem Brand in einem Lagerhaus in Norderfehn sind am Montag drei Feuerwehrleute verletzt worden. Das Feuer brach nach "
        "Angaben der Polizei in der Halle des Möbelhändlers Tamsen aus, die Ursache ist unklar. Der Schaden wird auf vier Millionen "
        "Euro geschätzt, sagte Brandmeisterin Wiebke Harms."
    )
    again = (
        "Drei Verletzte und ein Schaden von rund vier Millionen Euro: Nach dem Feuer beim Möbelhändler Tamsen in Norderfehn suchen "
        "Ermittler die Ursache. Das Lagerhaus brannte völlig aus. Die drei Feuerwehrleute seien auf dem Weg der Besserung, sagte "
        "Wiebke Harms, die den Einsatz leitete."
    )
    other = (
        "Bei einem Unfall auf der Landstraße nach Kirchdorf sind am Dienstag zwei Menschen verletzt worden. Der Wagen kam nach Angaben "
        "der Polizei von der Straße ab, die Ursache ist noch unklar. Der Schaden wird auf zwanzigtausend Euro geschätzt, sagte ein "
        "Sprecher der Polizei."
    )
    window.add("a", "", first, "", None)
    assert window.add("b", "", other, "", None).disposition is Disposition.NOVEL
    told = window.add("c", "", again, "", None)
    assert (told.disposition, told.story) == (Disposition.RETELLING, "a")
