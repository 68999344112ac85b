"""Each judge on a document made up for it: marks and faults known by hand."""

from datetime import date
from typing import Any

import make
import msgspec
import pytest

from dateline.evaluation import days, documents, gunviolence, ordinary, others, summaries
from dateline.incidents.record import Coding, Count, Evidence, Incident, Place, Plover, Toll, When


def coding(*incidents: Incident, relevant: bool = True) -> Coding:
    return Coding(relevance=0.9 if relevant else 0.1, relevant=relevant, incidents=incidents)


def on(day: date) -> When:
    return When(start=day, end=day, precision=1)


def killing(count: int, **fields: Any) -> Incident:
    return make.incident(toll=Toll(killed=Count(min=count, max=count)), **fields)


def template(**fields: Any) -> dict[str, Any]:
    blank = {"type": "BOMBING", "optional": False, "date": "02 FEB 90", "location": "PERU: LIMA (CITY)"}
    lists = {"perp_org": [], "victim_name": ['"THE MAYOR"'], "victim_desc": [], "phys_target": []}
    return {**blank, **lists, **fields}


def muc_row(*templates: dict[str, Any]) -> dict[str, Any]:
    types = [one["type"] for one in templates]
    return {"labels": {"incident": bool(templates), "types": types}, "templates": list(templates)}


def bombing(words: str = "A BOMB KILLED THE MAYOR", **fields: Any) -> Incident:
    proof = Evidence(article="a", start=0, end=len(words), text=words)
    return make.incident(sub_event_type="Grenade", evidence=(proof,), date=on(date(1990, 2, 2)), **fields)


def test_a_document_of_newswire():
    """Found and relevant, its type right, its day exact: every mark is full and nothing is wrong."""
    found = documents.muc(muc_row(template()), coding(bombing()))
    assert found.faults == ()
    assert set(found.marks.values()) == {(1, 1, 1)}
    assert found.marks.keys() >= {
        "documents_coded",
        "documents_relevant",
        "type",
        "type/bombing",
        "days_exact",
    }
    assert found.sure == ((0.8, True),)


def test_a_missed_and_a_false_document():
    """Nothing coded where a template stands is missed; a coding where none stands is false."""
    missed = documents.muc(muc_row(template()), coding(relevant=False))
    assert [one.kind for one in missed.faults] == ["missed"]
    assert missed.marks["documents_coded"] == (0, 0, 1)
    assert missed.marks["type"] == (0, 0, 1)
    false = documents.muc(muc_row(), coding(bombing()))
    assert [one.kind for one in false.faults] == ["false"]
    assert false.marks["documents_coded"] == (0, 1, 0)


def test_a_wrong_type_is_no_day():
    """An attack for a bombing is a fault of type; its day is not judged, since it tells of no template."""
    found = documents.muc(muc_row(template()), coding(make.incident(sub_event_type="Attack")))
    assert [one.kind for one in found.faults] == ["type"]
    assert found.marks["type"] == (0, 1, 1)
    assert "days_exact" not in found.marks


def test_a_day_beside_the_templates():
    """One day off is within one day and not exact."""
    marks, faults = days.marks([template(date="03 FEB 90")], coding(bombing()))
    assert marks == {"days_exact": (0, 1, 1), "days_within_one": (1, 1, 1)}
    assert [one.kind for one in faults] == ["day"]


@pytest.mark.parametrize("text", ["- 30 DEC 89", "31 JUN 90", "-", "01 FEB 90 - 03 FEB 90"])
def test_only_single_days_are_days(text: str):
    """Spans, bounds, blanks and slips of the pen state no day."""
    assert days.day_of(text) is None
    assert days.marks([template(date=text)], coding(bombing())) == ({}, [])


def test_optional_templates_and_other_victims_have_no_day():
    """A template that the judges held optional, or whose victim no evidence names, is not judged."""
    assert days.marks([template(optional=True)], coding(bombing()))[0] == {}
    assert days.marks([template()], coding(bombing("A BOMB WENT OFF")))[0] == {}


def test_relevance_of_descriptions():
    """CEHA: what is background only is not coded; an incident in a round-up is false."""
    labels = {"relevant": True, "why_not": "", "other": ""}
    background = make.incident(class_="background")
    assert documents.ceha({"labels": labels}, coding(background)).marks["documents_coded"] == (0, 0, 1)
    round_up = documents.ceha({"labels": {**labels, "relevant": False}}, coding(make.incident()))
    assert [one.kind for one in round_up.faults] == ["false"]
    assert round_up.sure == ((0.8, False),)


def satp_row(**where: Any) -> dict[str, Any]:
    place = {"district": "Dantewada", "state": "Chhattisgarh", "longitude": "18.90", "latitude": "81.35"}
    return {
        "labels": ["armed_assault"],
        "deaths": {"total_fatalities": "3"},
        "location_info": {**place, **where},
        "date": "2014-05-08",
    }


def at(lat: float, lon: float, **fields: Any) -> Place:
    return Place(
        name="Somewhere", admin1="Chhattisgarh", iso2="IN", lat=lat, lon=lon, geo_precision=1, **fields
    )


def test_a_summary_that_is_right():
    """Type, killed and a place 11 km off: all right."""
    found = summaries.satp(satp_row(), coding(killing(3, sub_event_type="Attack", place=at(19.0, 81.35))))
    assert found.faults == ()
    assert set(found.marks.values()) == {(1, 1, 1)}
    assert found.marks.keys() >= {"within_50_km", "district_right", "state", "action_type/armed_assault"}


def test_a_district_by_its_name():
    """Far from the point, but in the district by its longer name: the district is right, the distance is not."""
    place = at(19.9, 81.9, admin2="Dakshin Bastar Dantewada")
    found = summaries.satp(satp_row(), coding(killing(3, sub_event_type="Attack", place=place)))
    assert found.marks["within_50_km"] == (0, 1, 1)
    assert found.marks["district_right"] == (1, 1, 1)
    assert found.faults == ()


@pytest.mark.parametrize(
    ("name", "district", "same"),
    [
        ("Vishakhapatnam", "Visakhapatnam", True),
        ("Uttar Bastar Kanker", "Kanker", True),
        ("Gaya District", "Gaya", True),
        ("Balangir", "Bolangir", True),
        ("Paschim Medinipur", "West Midnapore", True),
        ("Pashchim Singhbhum", "West Singhbhum", True),
        ("Purba Singhbhum", "West Singhbhum", False),
        ("Kadapa", "Cuddapah (now YSR)", True),
        ("Banka", "Bankura", False),
        ("Goa", "Gaya", False),
        ("West Singhbhum", "East Singhbhum", False),
        ("Koraput", "Malkangiri", False),
        ("Koraput", "NA", False),
    ],
)
def test_spellings_of_districts(name: str, district: str, same: bool):
    """One district under two spellings is one; two districts are two."""
    assert summaries.is_district(Place(name=name), district) is same


def test_a_wrong_summary_tells_each_fault():
    """Type, toll and place are told one by one; nothing fresh is missed and has no place to judge."""
    wrong = summaries.satp(satp_row(), coding(killing(1, sub_event_type="Arrests", place=at(25.0, 85.0))))
    assert [one.kind for one in wrong.faults] == ["type", "toll", "place"]
    nothing = summaries.satp(satp_row(), coding())
    assert [one.kind for one in nothing.faults] == ["missed"]
    assert nothing.marks["district_right_of_all"] == (0, 1, 1)
    assert "district_right" not in nothing.marks


def test_a_summary_without_point_or_district_is_not_placed():
    """Where the set tells no place, none is judged."""
    row = satp_row(district="NA", longitude="NA", latitude="NA")
    assert not summaries.satp(row, coding(killing(3))).marks.keys() & {"district_right", "within_50_km"}


@pytest.mark.parametrize(("day", "right"), [("2014-05-08", 1), ("2014-06-02", 0)])
def test_a_state_that_was_divided(day: str, right: int):
    """What is Telangana now was Andhra Pradesh until the second of June 2014."""
    row = {**satp_row(state="Andhra Pradesh"), "date": day}
    place = Place(name="Khammam", admin1="Telangana", iso2="IN")
    assert summaries.satp(row, coding(killing(3, place=place))).marks["state"] == (right, 1, 1)


def test_counts_of_a_shooting():
    """The largest count of the fresh incidents is compared; what is not told is nought."""
    row = {"labels": {"n_killed": 2, "n_injured": 0, "shooting_date": None}}
    found = gunviolence.gun_violence(row, coding(killing(1), killing(2, sub_event_type="Attack")))
    assert found.marks == {"coded": (1, 1, 1), "killed_exact": (1, 1, 1), "injured_exact": (1, 1, 1)}
    missed = gunviolence.gun_violence(row, coding())
    assert [one.kind for one in missed.faults] == ["missed", "toll"]


def test_ordinary_news_holds_nothing_fresh():
    """Background in ordinary news is no error; anything fresh is one, however much of it there is."""
    assert ordinary.ordinary({}, coding(make.incident(class_="background"))).marks == {
        "false_per_1000": (0, 1, 1)
    }
    two = ordinary.ordinary({}, coding(make.incident(), make.incident(2)))
    assert two.marks == {"false_per_1000": (1, 1, 1)}
    assert [one.kind for one in two.faults] == ["false", "false"]


def test_ordinary_sets_are_those_unseen_by_the_weights():
    """BBC's incidents are left out; of AG News and Reuters only rows that no weight has seen, the first so many."""
    assert [one["id"] for one in ordinary.bbc([{"id": 1, "labels": 0}, {"id": 2, "labels": 1}])] == [1]
    rows = [{"id": f"ag-{n}"} for n in range(10_000)]
    assert len(list(ordinary.agnews(rows))) == ordinary.AGNEWS_MAX


def test_descriptions_of_rand():
    """The dead where a number is coded, the city where the words name it."""
    row = {
        "text": "A bomb in Lima killed two.",
        "city": "Lima",
        "country": "Peru",
        "labels": {"nkill": "2", "nwound": "x"},
    }
    place = Place(name="Lima", text="Lima")
    assert set(others.rand(row, coding(killing(2, place=place))).marks.values()) == {(1, 1, 1)}
    wrong = others.rand(row, coding(killing(5, place=Place(name="Cusco"))))
    assert [one.kind for one in wrong.faults] == ["toll", "place"]
    unknown = others.rand({**row, "labels": {"nkill": "unknown", "nwound": "0"}}, coding())
    assert unknown.marks == {"coded": (0, 1, 1)}


def test_reports_of_the_police():
    """A killing stands when somebody is counted dead, an arrest when one is coded; other labels are not judged."""
    row = {"labels": ["KILL", "ARREST", "ANY_ACTION"]}
    found = others.police(row, coding(killing(1)))
    assert found.marks == {"kill": (1, 1, 1), "arrest": (0, 1, 1)}
    assert list(others.labelled([{"labels": ["FAIL"]}, row])) == [row]


def test_kinds_of_plover():
    """A fight is a fight; an agreement is left alone."""
    fight = make.incident(plover=Plover(event="FIGHT"))
    assert others.plover({"label": "FIGHT", "mode": None}, coding(fight)).marks == {"kind_coded": (1, 1, 1)}
    assert others.plover({"label": "AGREE", "mode": None}, coding(fight)).marks == {
        "words_left_alone": (0, 1, 1)
    }


def test_when_and_where_of_news():
    """The coded day is one of the coders' days, and the place is in their words."""
    labels = {
        "when": [{"text": "on Monday", "parsed": "2026-03-11"}],
        "where": [{"text": "near Tadmur, Syria"}],
        "who": [],
        "what": [],
    }
    found = others.questions({"labels": labels}, coding(make.incident(date=on(date(2026, 3, 11)))))
    assert found.marks == {"coded": (1, 1, 1), "when": (1, 1, 1), "where": (1, 1, 1)}
    off = make.incident(date=on(date(2026, 3, 9)), place=Place(name="Homs"))
    assert [one.kind for one in others.questions({"labels": labels}, coding(off)).faults] == ["day", "place"]


def test_sets_with_classes_of_their_own():
    """A summary must be coded; an analysis is only counted."""
    assert others.summary({"labels": [1]}, coding()).marks == {"coded": (0, 1, 1)}
    many = tuple(msgspec.structs.replace(make.incident(n), id=str(n)) for n in range(5))
    assert others.analysis({}, coding(*many)).marks == {"with_fresh": (1, 1, 1), "five_or_more": (1, 1, 1)}
