"""How grave an incident is: each row of the table, the floors by type, and what is never grave."""

import re
from pathlib import Path

import msgspec
import pytest
from make import NOW, incident

from dateline.incidents.record import Actor, Actors, ArticleRef, Claim, Coding, Count, Incident, Toll
from dateline.incidents.severity import RANK, TABLE, figure, graded, severity, severity_why
from dateline.incidents.taxonomy import SUB_TYPES, Code

GUIDE = Path(__file__).parents[2] / "docs/watch.md"


def told(code: Code = Code.PEACEFUL, **fields) -> Incident:
    """An incident of a kind with a toll; by default one that is low."""
    kind = SUB_TYPES[code]
    counts = {name: fields.pop(name) for name in Toll.__struct_fields__ if name in fields}
    toll = Toll(**{name: Count(min=least, max=least) for name, least in counts.items()})
    return incident(1, event_type=kind.event_type, sub_event_type=kind.name, toll=toll, **fields)


@pytest.mark.parametrize(
    ("expected", "one"),
    [
        ("critical", told(killed=20)),
        ("high", told(killed=19)),
        ("critical", told(Code.ATTACK, killed=10, civilian_targeting=True)),
        ("high", told(Code.ARMED_CLASH, killed=10)),
        ("critical", told(abducted=50)),
        ("critical", told(wounded=100)),
        ("critical", told(Code.CHEMICAL, killed=1)),
        ("high", told(killed=5)),
        ("high", told(Code.ATTACK, killed=3, civilian_targeting=True)),
        ("medium", told(Code.ARMED_CLASH, killed=3)),
        ("high", told(abducted=10)),
        ("high", told(wounded=20)),
        ("high", told(Code.SUICIDE)),
        ("high", told(Code.CHEMICAL)),
        ("high", told(Code.NSA_OVERTAKES)),
        ("high", told(Code.GOV_REGAINS)),
        ("high", told(Code.EXCESSIVE_FORCE, killed=1)),
        ("medium", told(killed=1)),
        ("medium", told(wounded=5)),
        ("low", told(wounded=4)),
        ("medium", told(abducted=1)),
        ("medium", told(missing=2)),
        ("medium", told(arrested=50)),
        ("low", told(Code.ARRESTS, arrested=49)),
        ("medium", told(Code.SHELLING)),
        ("medium", told(Code.ABDUCTION)),
        ("medium", told(Code.MOB)),
        ("low", told(Code.PEACEFUL)),
        ("low", told(Code.AGREEMENT)),
        ("low", told(Code.VIOLENT_DEMO)),
    ],
)
def test_each_row_of_the_table(expected: str, one: Incident) -> None:
    """The figure of a row is the least that counts; one less is a row lower."""
    assert severity(one) == expected


def test_a_strike_on_civilians_alone_is_on_civilians() -> None:
    """Who names no target but civilians has aimed at them, whatever ACLED's type; a mixed target has not."""
    people, army = Actor(name="Civilians", kind="Civilians"), Actor(name="Army", kind="State forces")
    alone = told(Code.AIR_DRONE, killed=10, actors=Actors(target=(people,)))
    mixed = told(Code.AIR_DRONE, killed=10, actors=Actors(target=(people, army)))
    assert (severity(alone), severity(mixed)) == ("critical", "high")


def claim(least: int, article: str, hour: int | None = None) -> Claim:
    as_of = None if hour is None else NOW.replace(hour=hour)
    return Claim(source=article, min=least, article=article, as_of=as_of)


@pytest.mark.parametrize(
    ("expected", "claims"),
    [
        (4, []),
        (12, [claim(12, "a", 1)]),
        # one article: its lowest
        (12, [claim(12, "a", 1), claim(50, "a", 1)]),
        # a toll that rises, one that is corrected downwards
        (31, [claim(12, "a", 1), claim(31, "b", 2)]),
        (12, [claim(31, "a", 1), claim(12, "b", 2)]),
        # an outlier is overruled by the next report; what two reach is not
        (13, [claim(12, "a", 1), claim(31, "b", 2), claim(13, "c", 3)]),
        (30, [claim(31, "a", 1), claim(30, "b", 2), claim(3, "c", 3)]),
        # without instants all are the latest
        (5, [claim(5, "a"), claim(9, "b")]),
        (9, [claim(5, "a"), claim(9, "b", 1)]),
        (7, [claim(7, "a", 1), claim(40, "spun", 2)]),
        (40, [claim(40, "spun", 2), claim(50, "spun", 2)]),
    ],
    ids=range(11),
)
def test_the_figure_that_counts(expected: int, claims: list[Claim]) -> None:
    """The lowest of the latest article, and none less than what two articles reach; spun copies say nothing."""
    count = Count(min=min((one.min for one in claims), default=4), max=60, claims=tuple(claims))
    one = incident(1, toll=Toll(killed=count), articles=(ArticleRef(id="spun", spun=True),))
    assert figure(count, one) == expected


def test_a_toll_that_rises_makes_an_incident_graver() -> None:
    """The first report's figure does not hold it down."""
    claims = (claim(3, "a", 1), claim(31, "b", 5))
    assert severity(incident(1, toll=Toll(killed=Count(min=3, max=31, claims=claims)))) == "critical"


@pytest.mark.parametrize(
    ("assertion", "expected"), [("attempted", "medium"), ("denied", "low"), ("alleged", "high")]
)
def test_what_was_foiled_or_is_denied_has_another_floor(assertion: str, expected: str) -> None:
    """A bomber who was stopped is violence; what is denied is as grave as the harm that is told of it."""
    assert severity(told(Code.SUICIDE, assertion=assertion)) == expected
    assert severity(told(Code.SUICIDE, assertion=assertion, killed=20)) == "critical"


def test_a_statistic_is_low() -> None:
    """A month's total is no event."""
    assert severity(told(Code.ATTACK, killed=300, class_="aggregate")) == "low"


def test_a_coding_is_graded_whole() -> None:
    """Every record that `dateline code` prints carries its severity; nothing else of it changes."""
    one = told(killed=30)
    (found,) = graded(Coding(relevance=0.9, relevant=True, incidents=(one,))).incidents
    assert found == msgspec.structs.replace(one, severity="critical")


def test_the_table_is_ordered_and_says_why() -> None:
    """The gravest rows stand first, so that the first that holds decides; each has its words."""
    ranks = [RANK[row.severity] for row in TABLE]
    assert ranks == sorted(ranks, reverse=True)
    assert all(row.when and row.reason for row in TABLE)
    assert severity_why(told(killed=20)) == "at least 20 killed"
    assert severity_why(told()) == "none of the rows above"


def test_the_guide_shows_the_table() -> None:
    """docs/watch.md has the rows of the code, with their reasons, in order."""
    text = GUIDE.read_text("utf-8")
    rows = re.findall(r"^\| (critical|high|medium) \| (.+?) \| (.+?) \|$", text, re.MULTILINE)
    assert rows == [(row.severity, row.when, row.reason) for row in TABLE]
