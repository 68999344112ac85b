"""Credits, origins, and counting who tells of an event on their own."""

import csv
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest

from dateline.dedup import agencies, publishers
from dateline.dedup.agencies import agency
from dateline.dedup.lineage import independent_sources, lineage, origin, placed, turned
from dateline.dedup.publishers import family, registrable
from dateline.incidents.record import ArticleRef
from dateline.model import Article, Disposition, Lineage, Removed
from dateline.resemblance import Verdict

STORY = "Gunmen raided a market near the river on Monday, residents said. " * 6

CREDITS = [
    ("KADOMA, Nov 3 (Reuters) - Gunmen raided a market.", "Reuters"),
    ("KADOMA (AP) — Gunmen raided a market.", "Associated Press"),
    ("New Town [State], November 3 (ANI): Gunmen raided a market.", "Asian News International"),
    ("KADOMA, November 3. /TASS/. Gunmen raided a market.", "TASS"),
    ("AFP - Gunmen raided a market.", "Agence France-Presse"),
    ("PTI: Gunmen raided a market.", "Press Trust of India"),
    ("Kadoma (dpa) - Gunmen raided a market.", "Deutsche Presse-Agentur"),
    ("KADOMA, 3 nov (EFE).- Unos hombres armados atacaron un mercado.", "EFE"),
    ("新华社11月3日电 (新华社) 袭击", "Xinhua"),
    (STORY + "\n\n(Reporting by A. Writer; Editing by B. Reader)", "Reuters"),
    (STORY + "\n\n(AFP)", "Agence France-Presse"),
    (STORY + "\n\nAFP/Reuters", "Agence France-Presse / Reuters"),
    (STORY + "\n\nThe army has not commented. (PTI)", "Press Trust of India"),
    (STORY + "\n\nThe army has not commented. — Bernama", "Bernama"),
    (STORY + "\n\nThis story originated in The River Post.", "The River Post"),
    (STORY + "\n\nThis article originally appeared on riverpost.example.", "riverpost.example"),
    (STORY + "\n\nFirst published by the Hill Tribune on 3 November.", "the Hill Tribune"),
    (STORY + "\n\nThis report was first published in Hill Tribune, a weekly.", "Hill Tribune"),
    (STORY + "\n\nSource: River Post", "River Post"),
    (STORY + "\n\nSource: AFP", "Agence France-Presse"),
    (STORY + "\n\nИсточник: Интерфакс", "Interfax"),
    (STORY + "\n\nFuente: Agencia EFE", "EFE"),
    (STORY + "\n\nRepublished with permission from River Post.", "River Post"),
    (STORY + "\n\n(With inputs from PTI)", "Press Trust of India"),
    (STORY + "\n\nThe Associated Press contributed to this report.", "Associated Press"),
    (STORY + "\n\nCopyright 2026 The Associated Press. All rights reserved.", "Associated Press"),
    (STORY + "\n\nCet article a été publié initialement dans Le Courrier.", "Le Courrier"),
    (STORY + "\n\nDieser Text ist zuerst erschienen in Neue Flusszeitung.", "Neue Flusszeitung"),
    (STORY, None),
    ("", None),
    (STORY + "\n\nCases of the fever first appeared in Upper Kadoma in May.", None),
    (STORY + "\n\nThe post Market raid appeared first on River Post.", "River Post"),
    ("The AP motion was lost. A reuters of sorts, said a man of the UNI.", None),
    ("The People's Alliance (PA) was found guilty. " + STORY, None),
    ("Police of Kadoma (a town in the north) said gunmen raided a market.", None),
    (STORY + "\n\nFirst published on Monday 3 November 2025.", None),
    (STORY + "\n\nThe crowd, according to Reuters, was large and loud on Monday.", None),
]


@pytest.mark.parametrize(("text", "expected"), CREDITS)
def test_a_credit_names_the_origin(text: str, expected: str | None) -> None:
    """A credit in the opening, the closing or the copyright line names the origin; prose does not."""
    assert origin(Article(id="a", text=text)) == expected


def test_the_author_line_and_removed_furniture_are_read() -> None:
    """An agency as author, or a credit that cleaning removed, is an origin too."""
    assert origin(Article(id="a", text=STORY, author="By AFP")) == "Agence France-Presse"
    removed = (Removed(rule="credit", text="This story originated in River Post"),)
    assert origin(Article(id="a", text=STORY, removed=removed)) == "River Post"


def test_an_agency_page_is_its_own_origin() -> None:
    """A page on an agency's site comes from that agency."""
    assert origin(Article(id="a", text=STORY, url="https://www.reuters.com/world/x")) == "Reuters"


def test_a_statement_wins_over_an_agency_credit() -> None:
    """What the page says of its origin is stronger than a credit for a part."""
    text = STORY + "\n\nThis story originated in River Post.\n\n(AFP)"
    assert origin(Article(id="a", text=text)) == "River Post"


def test_an_origin_survives_hostile_lines() -> None:
    """Long runs of brackets, dashes and credit words are read in linear time and give nothing, wherever they stand."""
    for piece in (
        "(",
        "first published by ",
        "source: ",
        "-",
        "© ",
        "reporting by ",
        " contributed to this ",
    ):
        hostile = piece * 20_000
        line = piece * (390 // len(piece))
        removed = tuple(Removed(rule="credits", text=f"{line}{number}") for number in range(60))
        assert origin(Article(id="a", text=hostile)) is None
        assert (
            origin(Article(id="a", text="x", author=hostile, dateline=hostile, url=f"http://{hostile}"))
            is None
        )
        assert origin(Article(id="a", text="x", removed=removed)) is None


FAMILIES = [
    ("https://edition.example.com/a", "", "example.com"),
    ("https://www.example.co.uk/a?b=1", "", "example.co.uk"),
    ("http://news.example.com.au:8080/a", "", "example.com.au"),
    ("https://alice.blogspot.com/a", "", "alice.blogspot.com"),
    ("https://bob.substack.com/p/a", "", "bob.substack.com"),
    ("http://user@example.org/a", "", "example.org"),
    ("http://192.0.2.7/a", "", "192.0.2.7"),
    ("https://t.me/s/Channel/12", "", "t.me/channel"),
    ("https://www.bbc.co.uk/news", "", "bbc"),
    ("https://arabic.rt.com/x", "", "rossiya-segodnya"),
    ("", "RFE/RL", "usagm-rferl"),
    ("", "The Daily Example", "daily example"),
    ("", "Daily  Example!", "daily example"),
    ("", "example.com", "example.com"),
    ("", "", ""),
]


@pytest.mark.parametrize(("url", "publisher", "expected"), FAMILIES)
def test_a_publisher_has_one_family(url: str, publisher: str, expected: str) -> None:
    """All addresses and spellings of one publisher give one key."""
    assert family(url, publisher) == expected


def test_short_forms_count_only_as_whole_credits() -> None:
    """ "AP" is an agency, "AP style" and "(AP, Math)" are not; a given name in ordinary letters is a person."""
    assert agency("AP") == "Associated Press"
    assert agency("AP style") is None
    assert agencies.read("AP, Math").origin == ""
    assert agencies.read("AFP/Reuters").names == ("Agence France-Presse", "Reuters")
    assert agencies.read("Xinhua, Nov 3").names == ("Xinhua",)
    assert agency("Ana") is None
    assert agency("ANA") == "African News Agency"
    assert agencies.find("Mara Oldin, Associated Press").names == ("Associated Press",)
    assert agencies.find("Mara Oldin").origin == ""


def test_a_form_of_an_agency_stands_once() -> None:
    """No form names two agencies, no host is two agencies' own; every name is found by itself."""
    rows = rows_of(agencies, "agencies.csv")
    forms = [form.casefold() for row in rows for form in (*row["forms"].split("|"), row["name"]) if form]
    hosts = [host for row in rows for host in row["hosts"].split("|") if host]
    assert len(hosts) == len(set(hosts))
    assert all(agency(row["name"]) == row["name"] for row in rows)
    owners = {
        form: {row["name"] for row in rows if form in row["forms"].casefold().split("|")} for form in forms
    }
    assert not {form: names for form, names in owners.items() if len(names) > 1}


def test_families_have_their_form() -> None:
    """A family's key, hosts and names stand once; a host is a registrable domain or below one, never a suffix."""
    rows = rows_of(publishers, "families.csv")
    keys = [row["family"] for row in rows]
    hosts = [host for row in rows for host in row["hosts"].split("|") if host]
    names = [name.casefold() for row in rows for name in row["names"].split("|") if name]
    assert len(keys) == len(set(keys)) >= 150
    assert all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", key) for key in keys)
    assert not {host for host in hosts if hosts.count(host) > 1}
    assert not {name for name in names if names.count(name) > 1}
    for host in hosts:
        assert re.fullmatch(r"(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,8}", host), host
        labels = registrable(host).split(".")
        assert len(labels) >= 2
        assert not (len(labels) == 2 and labels[0] in {"co", "com", "net", "org", "gov", "ac"}), host
    assert not {
        host
        for host in hosts
        for other in hosts
        if host.endswith(f".{other}") and family(host, "") == family(other, "")
    }


def rows_of(module: ModuleType, name: str) -> list[dict[str, str]]:
    text = (Path(str(module.__file__)).parent / name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


NOVEL = Verdict(disposition=Disposition.NOVEL)


def ref(number: int, kind: str = "original", host: str | None = None) -> ArticleRef:
    return ArticleRef(id=f"a{number}", url=f"https://{host or f'site{number}.example'}/x", lineage=kind)  # type: ignore[arg-type]


def told(
    verdict: Verdict,
    origin: str | None,
    url: str,
    siblings: Iterable[ArticleRef],
    origins: Iterable[str] = (),
) -> Lineage:
    return lineage(verdict, origin, url=url, siblings=tuple(siblings), origins=tuple(origins))


def test_the_first_article_is_the_original() -> None:
    """Whoever it credits, the first article we have is the original."""
    assert told(NOVEL, "Reuters", "https://b.example/1", ()) is Lineage.ORIGINAL


@pytest.mark.parametrize("disposition", [Disposition.DUPLICATE, Disposition.REPRINT])
def test_copied_words_make_a_reprint(disposition: Disposition) -> None:
    """A duplicate or reprint by its words is a reprint for the incident."""
    assert told(Verdict(disposition=disposition), None, "https://b.example/1", [ref(1)]) is Lineage.REPRINT


def test_own_words_of_another_publisher_are_independent() -> None:
    """A novel text without a common origin is independent."""
    assert told(NOVEL, None, "https://b.example/1", [ref(1)]) is Lineage.INDEPENDENT


def test_a_common_agency_makes_a_retelling() -> None:
    """Two papers that credit one agency are one source."""
    assert told(NOVEL, "Reuters", "https://b.example/1", [ref(1)], ["Reuters"]) is Lineage.RETELLING


def test_crediting_a_sibling_makes_a_retelling() -> None:
    """A text that credits a publisher that told of the event before retells it, by name or host."""
    assert told(NOVEL, "site1.example", "https://b.example/1", [ref(1)]) is Lineage.RETELLING
    agency_page = ref(1, host="www.reuters.com")
    assert told(NOVEL, "Reuters", "https://b.example/1", [agency_page]) is Lineage.RETELLING
    named = ArticleRef(id="a1", publisher="The River Post")
    assert told(NOVEL, "River Post", "https://b.example/1", [named]) is Lineage.RETELLING


def test_the_agency_after_its_customer_is_no_second_source() -> None:
    """The agency's own page adds nothing to the paper that credited it."""
    url = "https://www.reuters.com/x"
    assert told(NOVEL, "Reuters", url, [ref(1)], ["Reuters"]) is Lineage.RETELLING


def test_a_late_original_takes_its_place() -> None:
    """The agency's page that its customer credits is the original; the customer's becomes the reprint."""
    paper = ArticleRef(id="a1", url="https://p.example/1", origin="Reuters")
    copied = Verdict(disposition=Disposition.REPRINT, of="a1")
    page = placed(ArticleRef(id="a2", url="https://www.reuters.com/x"), copied, [paper])
    assert page.lineage == "original"
    (turned_paper,) = turned([paper], page, copied)
    assert turned_paper.lineage == "reprint"
    assert independent_sources([turned_paper, page]) == 1
    assert turned([turned_paper, page], page, copied) == (turned_paper, page)


def test_the_teller_of_a_text_is_found_by_its_other_copies() -> None:
    """The article that the verdict names was turned into a copy before; ``kin`` leads to who took its place."""
    hour = datetime(2026, 3, 3, 6, tzinfo=UTC)
    turned_before = ArticleRef(id="a1", url="https://p.example/1", lineage="reprint", published_at=hour)
    other = ArticleRef(id="a2", url="https://q.example/1", lineage="independent", published_at=hour)
    teller = ArticleRef(id="a3", url="https://r.example/1", published_at=hour - timedelta(hours=1))
    siblings = (turned_before, other, teller)
    copied = Verdict(disposition=Disposition.REPRINT, of="a1")
    late = ArticleRef(id="a4", url="https://s.example/1", published_at=hour - timedelta(hours=2))
    assert placed(late, copied, siblings).lineage == "reprint"
    first = placed(late, copied, siblings, (), {"a1", "a3"})
    assert first.lineage == "original"
    assert [ref.lineage for ref in turned(siblings, first, copied, {"a1", "a3"})] == [
        "reprint",
        "independent",
        "reprint",
    ]


def test_a_publisher_is_never_independent_of_itself() -> None:
    """The second article of a publisher is a retelling."""
    assert told(NOVEL, None, "https://news.site1.example/2", [ref(1)]) is Lineage.RETELLING


def test_independent_sources_count_origins_once() -> None:
    """Reprints, retellings and a publisher's second article add nothing."""
    refs = [
        ref(1),
        ref(2, "reprint"),
        ref(3, "retelling"),
        ref(4, "independent"),
        ref(5, "independent", "site4.example"),
    ]
    assert independent_sources(refs) == 2
    assert independent_sources([ref(2, "reprint")]) == 1
    assert independent_sources([]) == 0
