"""Stories told by several hands end in one incident, in every order; look-alikes stay apart. Own texts."""

from datetime import UTC, datetime
from itertools import permutations

import pytest

from dateline.dedup.lineage import origin, placed
from dateline.incidents.assemble import Coder
from dateline.incidents.match import blocks, lookup_blocks, match, open_incident, update
from dateline.incidents.record import ArticleRef, Incident
from dateline.model import Article, Disposition
from dateline.resemblance import Verdict

NOW = datetime(2024, 5, 16, 12, tzinfo=UTC)
WEDNESDAY = datetime(2024, 5, 15, 18, tzinfo=UTC)


def mentions(name: str, text: str) -> list[Incident]:
    coding = Coder.load().code(Article(id=name, text=text, published_at=WEDNESDAY))
    return [one for one in coding.incidents if one.class_ == "fresh"]


def merged(texts: tuple[str, ...]) -> list[Incident]:
    """Return the incidents that the texts end in, one after the other."""
    known: list[Incident] = []
    for number, text in enumerate(texts):
        reference = ArticleRef(id=f"a{text[:40]}", url="", title="", publisher="", published_at=WEDNESDAY)
        for one in mentions(reference.id, text):
            keys = set(lookup_blocks(one, NOW))
            found = match(one, [each for each in known if keys & set(blocks(each))], NOW)
            if found is None:
                known.append(open_incident(one, reference, NOW, f"i{number}-{len(known)}"))
            elif (changed := update(found, one, reference, NOW)) is not None:
                known = [changed[0] if each.id == found.id else each for each in known]
    return known


ONE_STORY = [
    (
        "Armed men ambushed an army convoy near Kidal in northern Mali on Monday, killing at least four soldiers, the army said.",
        "Mali's army has confirmed that seven soldiers were killed on Monday in an ambush of their convoy near Kidal.",
        "Seven Malian soldiers died when jihadists ambushed a convoy in Kidal on Monday. Nine soldiers were wounded.",
    ),
    (
        (
            "Fighters of the Islamic State group killed at least 15 people in a village near Bunia in the Democratic Republic of "
            "Congo on Monday."
        ),
        (
            "Rebels of the Allied Democratic Forces killed 15 people in an attack on a village near Bunia in eastern Congo on "
            "Monday night, civil society leaders said on Tuesday."
        ),
    ),
    (
        (
            "Gunmen in boats abducted eight fishermen near Gwoza in Nigeria's Borno state on Sunday, a local chief said. The "
            "kidnappers want a ransom."
        ),
        (
            "Eight fishermen were kidnapped by suspected Boko Haram members near Gwoza in Nigeria on Sunday. A ransom has been "
            "demanded for the fishermen, a chief said."
        ),
    ),
    (
        "A suicide bomber killed six people at a mosque in Kandahar in Afghanistan on Tuesday, the police said.",
        (
            "The number of people killed by a suicide bombing in Kandahar in Afghanistan on Tuesday has risen to eight, a doctor "
            "said on Wednesday. A further 20 people were still being treated."
        ),
    ),
]


@pytest.mark.parametrize("texts", ONE_STORY)
def test_every_order_of_tellings_ends_in_one_incident(texts: tuple[str, ...]) -> None:
    """A growing toll, "near" against "in", a brand against the group itself: still one event."""
    for order in permutations(texts):
        found = merged(order)
        assert len(found) == 1
        assert len(found[0].articles) == len(texts)


LOOK_ALIKES = [
    (
        "A bomb killed three people at a market in Maiduguri in Nigeria on Monday.",
        "A bomb killed two people at a bus station in Kano in Nigeria on Monday.",
    ),
    (
        "Rebels killed four farmers in a village near Bunia in eastern Congo on Monday.",
        "Rebels killed 21 people in a raid on a church near Bunia in eastern Congo on Sunday.",
    ),
    (
        "Gunmen kidnapped three nurses near Kumba in Cameroon on Monday.",
        "Gunmen kidnapped eleven pupils from a school in Bamenda in Cameroon on Monday.",
    ),
]


@pytest.mark.parametrize("texts", LOOK_ALIKES)
def test_look_alikes_stay_apart(texts: tuple[str, ...]) -> None:
    """The same tactic in one country within a day is no proof."""
    for order in permutations(texts):
        assert len(merged(order)) == len(texts)


AGENCY_STORY = (
    ("https://a.test/1", "KIDAL (AFP) - " + ONE_STORY[0][0]),
    ("https://b.test/1", ONE_STORY[0][1] + "\n\n(avec AFP)"),
    ("https://c.test/1", "By Agence France-Presse\n\n" + ONE_STORY[0][2]),
    ("https://www.afp.com/en/1", ONE_STORY[0][0] + " The convoy carried food."),
)


def test_one_agency_in_many_words_is_one_source() -> None:
    """Read, coded, matched and counted: three papers that credit an agency, and its own page, are one source."""
    novel = Verdict(disposition=Disposition.NOVEL)
    for order in permutations(AGENCY_STORY):
        known: Incident | None = None
        for url, text in order:
            bare = ArticleRef(
                id=url,
                url=url,
                published_at=WEDNESDAY,
                origin=origin(Article(id=url, url=url, text=text)) or "",
            )
            for one in mentions(url, text):
                if known is None:
                    known = open_incident(one, placed(bare, novel, ()), NOW, "i1")
                    continue
                assert match(one, [known], NOW) is known
                ref = placed(bare, novel, known.articles)
                changed = update(known, one, ref, NOW, verdict=novel)
                known = changed[0] if changed else known
        assert known is not None
        assert {ref.url: ref.lineage for ref in known.articles} == {
            url: "original" if "afp.com" in url else "retelling" for url, _ in AGENCY_STORY
        }
        assert known.independent_sources == 1
