"""What merging keeps: claims, better places, actors, sources, evidence."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from dateline.dedup.lineage import placed
from dateline.incidents.evidence import MAX_EVIDENCE
from dateline.incidents.merge import (
    attach,
    open_incident,
    origins,
    update,
    update_needed,
)
from dateline.incidents.record import (
    Actor,
    Actors,
    ArticleRef,
    Claim,
    Count,
    Evidence,
    Group,
    Incident,
    Place,
    Source,
    Toll,
    When,
    decode_incident,
    encode,
)
from dateline.incidents.references import MAX_ARTICLES, SPUN_TRUST
from dateline.model import Disposition
from dateline.resemblance import Verdict

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
TOWN = Place(name="Velm", iso2="AA", lat=10.0, lon=20.0, geo_precision=1, geonameid=1)
REGION = Place(name="Orrin", iso2="AA", lat=10.3, lon=20.2, geo_precision=3, geonameid=5)
DAY = When(start=date(2026, 11, 18), end=date(2026, 11, 18), precision=1)
WEEK = When(start=date(2026, 11, 15), end=date(2026, 11, 21), precision=2)
GUNMEN = Actor(name="armed men")
FRONT = Actor(name="Orrin Front", id="OF")


def coded(killed: int | None = 7, most: int | None = 0, article: str = "", **fields: Any) -> Incident:
    toll = Toll() if killed is None else Toll(killed=Count(min=killed, max=killed if most == 0 else most))
    plain: dict[str, Any] = {
        "id": "mention",
        "class_": "fresh",
        "confidence": 0.7,
        "event_type": "Violence against civilians",
        "sub_event_type": "Attack",
        "disorder_type": "Political violence",
        "date": DAY,
        "place": TOWN,
        "toll": toll,
        "evidence": (
            Evidence(article=article, start=0, end=9, text="Gunmen in", supports=("type", "place")),
        ),
    }
    return Incident(**{**plain, **fields})


def ref(number: int, lineage: Any = "independent", host: str | None = None) -> ArticleRef:
    return ArticleRef(
        id=f"a{number}",
        url=f"https://{host or f's{number}.example'}/x",
        publisher=f"Paper {number}",
        lineage=lineage,
    )


def opened(**fields: Any) -> Incident:
    return open_incident(coded(**fields), ref(1, "original"), NOW, "i1")


def test_opening_gives_the_first_version() -> None:
    """Id, version 1, one article, one source, the moment, and the count as the article's claim."""
    incident = opened()
    assert (incident.id, incident.version, incident.independent_sources) == ("i1", 1, 1)
    assert (incident.first_seen_at, incident.updated_at) == (NOW, NOW)
    assert incident.articles == (ref(1, "original"),)
    assert incident.toll.killed is not None
    assert incident.toll.killed.claims == (Claim(source="Paper 1", min=7, max=7, article="a1"),)
    assert incident.evidence[0].article == "a1"
    assert decode_incident(encode(incident)) == incident


def test_the_cited_source_makes_the_claim() -> None:
    """A count belongs to who is cited for it; the publisher only where none is."""
    incident = opened(sources=(Source(name="police", kind="official"),))
    assert incident.toll.killed is not None
    assert incident.toll.killed.claims[0].source == "police"


def test_an_update_adds_a_claim_and_widens_the_range() -> None:
    """Both figures stay; the range spans them; version, time and the changed fields are told."""
    done = update(opened(), coded(killed=12), ref(2), LATER)
    assert done is not None
    incident, changed = done
    assert incident.toll.killed is not None
    assert (incident.toll.killed.min, incident.toll.killed.max) == (7, 12)
    assert [claim.min for claim in incident.toll.killed.claims] == [7, 12]
    assert changed == ("toll", "articles", "independent_sources", "evidence")
    assert (incident.id, incident.version, incident.first_seen_at, incident.updated_at) == (
        "i1",
        2,
        NOW,
        LATER,
    )


RANGES = [
    ((7, 0), (9, 0), (7, 9)),
    ((7, None), (9, 0), (7, 9)),
    ((7, 0), (9, None), (7, None)),
    ((7, 9), (8, 0), (7, 9)),
    ((7, None), (7, None), (7, None)),
    ((20, 0), (3, 0), (3, 20)),
]


@pytest.mark.parametrize(("first", "second", "expected"), RANGES)
def test_the_range_spans_all_claims(first: Any, second: Any, expected: Any) -> None:
    """Open at the top only while the highest claim is."""
    done = update(opened(killed=first[0], most=first[1]), coded(*second), ref(2), LATER)
    assert done is not None
    assert done[0].toll.killed is not None
    assert (done[0].toll.killed.min, done[0].toll.killed.max) == expected


def test_a_replay_changes_nothing() -> None:
    """The same article once more is no update, in any order of articles."""
    first, second = (coded(), ref(1, "original")), (coded(killed=12), ref(2))
    done = update(opened(), *second, LATER)
    assert done is not None
    assert update(done[0], *second, LATER) is None
    assert update(done[0], *first, LATER) is None


def test_a_better_place_and_day_are_adopted_and_kept() -> None:
    """A town beats a region, a day a week; the way back changes nothing."""
    done = update(opened(place=REGION, date=WEEK), coded(), ref(2), LATER)
    assert done is not None
    assert (done[0].place, done[0].date) == (TOWN, DAY)
    assert {"place", "date"} <= set(done[1])
    again = update(done[0], coded(place=REGION, date=WEEK), ref(3), LATER)
    assert again is not None
    assert (again[0].place, again[0].date) == (TOWN, DAY)


def test_an_event_day_beats_the_report_day() -> None:
    """The day of the report gives way to the day of the event."""
    report = msgspec.structs.replace(
        DAY, start=date(2026, 11, 19), end=date(2026, 11, 19), is_report_date=True
    )
    done = update(opened(date=report), coded(), ref(2), LATER)
    assert done is not None
    assert done[0].date == DAY


def test_a_name_takes_the_place_of_nobody() -> None:
    """Gunmen whom nobody named are the group that a later telling names."""
    nameless = Actor(name="Unidentified Armed Group", kind="Political militia")
    front = Actor(name=FRONT.name, id="front", kind="Rebel group")
    done = update(
        opened(actors=Actors(perpetrator=(nameless,))),
        coded(actors=Actors(perpetrator=(front,))),
        ref(2),
        LATER,
    )
    assert done is not None
    assert done[0].actors.perpetrator == (front,)


def test_nobody_stands_on_both_sides() -> None:
    """Whom one telling hits and another accuses stands where it was first proven; what is inferred gives way."""
    front = Actor(name=FRONT.name, id="front", kind="Rebel group")
    guessed = Actor(name=FRONT.name, id="front", kind="Rebel group", inferred=True)
    for first, then, doers, hit in (
        (Actors(perpetrator=(front,)), Actors(target=(front,)), (front,), ()),
        (Actors(target=(front,)), Actors(perpetrator=(front,)), (), (front,)),
        (Actors(perpetrator=(guessed,)), Actors(target=(front,)), (), (front,)),
        (Actors(perpetrator=(front,)), Actors(target=(guessed,)), (front,), ()),
    ):
        done = update(opened(actors=first), coded(actors=then), ref(2), LATER)
        assert done is not None
        assert (done[0].actors.perpetrator, done[0].actors.target) == (doers, hit)
        again = update(done[0], coded(actors=first), ref(1), LATER)
        assert again is None or again[0].actors == done[0].actors


def test_actors_are_united() -> None:
    """A named group joins, "armed men" add nothing to it."""
    done = update(
        opened(actors=Actors(perpetrator=(GUNMEN,))),
        coded(actors=Actors(perpetrator=(FRONT,))),
        ref(2),
        LATER,
    )
    assert done is not None
    assert done[0].actors.perpetrator == (GUNMEN, FRONT)
    named = update(
        opened(actors=Actors(perpetrator=(FRONT,))),
        coded(actors=Actors(perpetrator=(GUNMEN,))),
        ref(2),
        LATER,
    )
    assert named is not None
    assert named[0].actors.perpetrator == (FRONT,)


def test_the_higher_tactic_names_the_event() -> None:
    """An attack that others tell as a clash is a clash, and not back."""
    clash = coded(event_type="Battles", sub_event_type="Armed clash")
    done = update(opened(), clash, ref(2), LATER)
    assert done is not None
    assert done[0].sub_event_type == "Armed clash"
    back = update(done[0], coded(), ref(3), LATER)
    assert back is not None
    assert (back[0].event_type, back[0].sub_event_type) == ("Battles", "Armed clash")


def test_a_firm_report_beats_an_allegation() -> None:
    """Alleged becomes reported; reported never becomes alleged, and a denial stays its own."""
    done = update(opened(assertion="alleged"), coded(), ref(2), LATER)
    assert done is not None
    assert done[0].assertion == "reported"
    kept = update(opened(), coded(assertion="alleged"), ref(2), LATER)
    assert kept is not None
    assert kept[0].assertion == "reported"
    denied = update(opened(assertion="denied"), coded(), ref(2), LATER)
    assert denied is not None
    assert denied[0].assertion == "denied"


def test_breakdowns_are_united() -> None:
    """A part that only the second article tells is added."""
    first = coded(toll=Toll(killed=Count(min=9, max=9, breakdown=(Group(group="children", min=2, max=2),))))
    second = coded(toll=Toll(killed=Count(min=9, max=9, breakdown=(Group(group="women", min=3, max=3),))))
    done = update(open_incident(first, ref(1, "original"), NOW, "i1"), second, ref(2), LATER)
    assert done is not None
    assert done[0].toll.killed is not None
    assert [group.group for group in done[0].toll.killed.breakdown] == ["children", "women"]


def test_origins_are_kept_for_lineage() -> None:
    """The agency an article credits is remembered among the sources."""
    incident = open_incident(coded(), ref(1, "original"), NOW, "i1", origin="Reuters")
    done = update(incident, coded(), ref(2), LATER, origin="EFE")
    assert done is not None
    assert origins(done[0]) == {"Reuters", "EFE"}


def test_a_reprint_adds_its_reference_only() -> None:
    """Attached once; no source more, no claim more."""
    done = attach(opened(), ref(2, "reprint"), LATER)
    assert done is not None
    incident, changed = done
    assert changed == ("articles",)
    assert (incident.independent_sources, incident.toll, incident.version) == (1, opened().toll, 2)
    assert attach(incident, ref(2, "reprint"), LATER) is None


def test_references_are_capped_and_sources_still_counted() -> None:
    """Copies give way to independent articles; copies beyond the cap leave no trace."""
    incident = opened()
    for number in range(2, MAX_ARTICLES + 1):
        done = attach(incident, ref(number, "reprint"), LATER)
        assert done is not None
        incident = done[0]
    assert attach(incident, ref(900, "reprint"), LATER) is None
    done = update(incident, coded(), ref(901), LATER)
    assert done is not None
    assert len(done[0].articles) == MAX_ARTICLES
    assert done[0].articles[-1].id == "a901"
    assert done[0].independent_sources == 2
    assert update(done[0], coded(), ref(901), LATER) is None


def test_evidence_is_capped_and_each_field_stays_proven() -> None:
    """The only proof of the date survives thirty proofs of the place; a replay still changes nothing."""
    proof = Evidence(article="a1", start=20, end=29, text="on Monday", supports=("date",))
    incident = open_incident(coded(evidence=(proof,)), ref(1, "original"), NOW, "i1")
    mentions = []
    for number in range(2, 32):
        piece = Evidence(article=f"a{number}", start=0, end=4, text="Velm", supports=("place", "killed"))
        mentions.append((coded(evidence=(piece,)), ref(number)))
        done = update(incident, *mentions[-1], LATER)
        assert done is not None
        incident = done[0]
    assert len(incident.evidence) == MAX_EVIDENCE
    assert proof in incident.evidence
    assert incident.evidence[-1].article == "a31"
    assert all(update(incident, *mention, LATER) is None for mention in mentions)


NEW_FIGURES = [
    (coded(killed=7), False),
    (coded(killed=9), True),
    (coded(killed=7, most=None), True),
    (coded(killed=None), False),
    (coded(killed=None, toll=Toll(wounded=Count(min=3, max=3))), True),
]


@pytest.mark.parametrize(("mention", "expected"), NEW_FIGURES)
def test_a_reprint_with_a_new_figure_is_an_update(mention: Incident, expected: bool) -> None:
    """Only a figure that no claim has makes a copy news."""
    assert update_needed(opened(), mention) is expected


SPUN = Verdict(disposition=Disposition.RETELLING, of="a1", spun=True)


def spun_ref(number: int) -> ArticleRef:
    return msgspec.structs.replace(ref(number, "retelling"), spun=True)


def test_a_spun_copy_changes_nothing_but_the_list_of_claims() -> None:
    """Its figures go behind and outside the range; place, day, sides and evidence stay; no source more."""
    first = opened(place=REGION, date=WEEK, actors=Actors(perpetrator=(FRONT,)))
    other = Actor(name="Orrin Anterior")
    said = coded(killed=70, actors=Actors(perpetrator=(other,)))
    done = update(first, said, spun_ref(2), LATER, verdict=SPUN)
    assert done is not None
    incident, changed = done
    assert changed == ("toll", "articles")
    assert incident.toll.killed is not None
    assert (incident.toll.killed.min, incident.toll.killed.max) == (7, 7)
    assert [(claim.min, claim.article) for claim in incident.toll.killed.claims] == [(7, "a1"), (70, "a2")]
    assert (incident.independent_sources, incident.place, incident.date) == (1, REGION, WEEK)
    assert update(incident, said, spun_ref(2), LATER) is None
    clean = update(incident, coded(killed=9), ref(3), LATER)
    assert clean is not None
    assert clean[0].toll.killed is not None
    assert [claim.min for claim in clean[0].toll.killed.claims] == [7, 9, 70]
    assert (clean[0].toll.killed.min, clean[0].toll.killed.max) == (7, 9)


def test_a_harm_that_only_a_spun_copy_tells_is_not_taken() -> None:
    """The clean article knows of no wounded; a machine's figure makes none."""
    said = coded(toll=Toll(killed=Count(min=7, max=7), wounded=Count(min=30, max=30)))
    done = update(opened(), said, spun_ref(2), LATER, verdict=SPUN)
    assert done is not None
    assert done[0].toll.wounded is None


def test_an_incident_of_spun_copies_only_is_for_review() -> None:
    """Its confidence is lowered, whatever the coding says; a second spun copy does not raise it."""
    alone = open_incident(coded(), msgspec.structs.replace(ref(1, "original"), spun=True), NOW, "i1")
    assert (alone.confidence, alone.needs_review) == (round(0.7 * SPUN_TRUST, 2), True)
    done = update(alone, coded(), spun_ref(2), LATER)
    assert done is not None
    assert (done[0].confidence, done[0].needs_review) == (alone.confidence, True)


def test_the_clean_sibling_speaks_for_the_spun_copy() -> None:
    """It comes later, was published sooner: its place, day, sides and figures stand, the spun claims go behind."""
    early = msgspec.structs.replace(ref(2), published_at=NOW - timedelta(hours=3))
    late = msgspec.structs.replace(ref(1, "original"), published_at=NOW)
    wrong = coded(
        killed=70,
        place=msgspec.structs.replace(TOWN, name="Velmer", geonameid=9),
        actors=Actors(perpetrator=(Actor(name="Orrin Anterior"),)),
    )
    first = open_incident(wrong, late, NOW, "i1")
    clean = placed(early, SPUN, first.articles)
    assert clean.lineage == "original"
    right = coded(actors=Actors(perpetrator=(FRONT,)), place=TOWN)
    done = update(first, right, clean, LATER, verdict=SPUN)
    assert done is not None
    incident = done[0]
    assert [(one.id, one.lineage, one.spun) for one in incident.articles] == [
        ("a1", "retelling", True),
        ("a2", "original", False),
    ]
    assert incident.toll.killed is not None
    assert (incident.toll.killed.min, incident.toll.killed.max) == (7, 7)
    assert [claim.min for claim in incident.toll.killed.claims] == [7, 70]
    assert (incident.place, incident.actors.perpetrator) == (TOWN, (FRONT,))
    assert incident.independent_sources == 1
    assert update(incident, right, clean, LATER, verdict=SPUN) is None
    assert update(incident, wrong, late, LATER) is None


def test_a_late_original_is_listed_as_such() -> None:
    """The agency's page joins its customer's: the customer's is the reprint, and there is one source."""
    paper = msgspec.structs.replace(ref(1, "original"), origin="Reuters")
    first = open_incident(coded(), paper, NOW, "i1")
    copied = Verdict(disposition=Disposition.REPRINT, of="a1")
    page = placed(ref(2, host="www.reuters.com"), copied, first.articles)
    done = attach(first, page, LATER, verdict=copied)
    assert done is not None
    assert [one.lineage for one in done[0].articles] == ["reprint", "original"]
    assert done[0].independent_sources == 1
    assert attach(done[0], page, LATER, verdict=copied) is None


def test_a_clean_sibling_that_is_only_listed_leaves_the_incident_for_review() -> None:
    """What a spun copy told is known to be such, and no clean word stands against it yet."""
    late = msgspec.structs.replace(ref(1, "original"), published_at=NOW)
    first = open_incident(coded(), late, NOW, "i1")
    clean = placed(
        msgspec.structs.replace(ref(2), published_at=NOW - timedelta(hours=1)), SPUN, first.articles
    )
    done = attach(first, clean, LATER, verdict=SPUN)
    assert done is not None
    assert (done[0].confidence, done[0].needs_review) == (round(0.7 * SPUN_TRUST, 2), True)
    assert attach(done[0], clean, LATER, verdict=SPUN) is None
