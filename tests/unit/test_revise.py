"""What a revised article does to its incidents: its latest words stand, once; nobody else's are touched."""

from datetime import timedelta

from coded import mention, prose, result
from make import NOW
from msgspec.structs import replace

from dateline.incidents.merge import attach, open_incident, update
from dateline.incidents.plan import plan
from dateline.incidents.record import ArticleRef, Count, Evidence, Group, Incident, Place, Toll, When
from dateline.incidents.revise import pair, restate
from dateline.model import Disposition, Fate
from dateline.resemblance import Neighbour
from dateline.settlement import KnownIncident, LookUp, PageResult, Settlement

HOMS = Place(name="Homs", country="Syria", iso2="SY", lat=34.73, lon=36.71, geo_precision=1, geonameid=169577)
ALEPPO = Place(
    name="Aleppo", country="Syria", iso2="SY", lat=36.2, lon=37.16, geo_precision=1, geonameid=170063
)
LATER = NOW + timedelta(hours=1)


class World:
    """Incidents and articles as the store keeps them, revisions included."""

    def __init__(self) -> None:
        self.incidents: dict[str, KnownIncident] = {}
        self.told: dict[str, Settlement] = {}
        self.read: dict[str, PageResult] = {}

    def settle(self, read: PageResult, *followers: str) -> Settlement:
        before = self.told.get(read.article_id)
        neighbours = tuple(
            Neighbour(
                id=known,
                sketch=other.fingerprint.sketch,
                words=other.fingerprint.words,
                exact=other.fingerprint.exact == read.fingerprint.exact,
            )
            for known, other in self.read.items()
            if known != read.article_id
        )
        look_up = LookUp(
            neighbours=neighbours,
            incidents=dict(self.incidents),
            incidents_of={known: done.incidents for known, done in self.told.items()},
            own=before.incidents if before else (),
            statistics=before.statistic_keys if before else (),
            followers=followers,
        )
        settlement = plan(read, look_up, LATER)
        for change in settlement.changes:
            known = self.incidents.get(change.incident.id)
            assert change.expected_version == (known.version if known else 0)
            assert (change.event == "opened") is (known is None)
            self.incidents[change.incident.id] = KnownIncident(
                version=change.incident.version, record=change.incident
            )
        self.told[read.article_id] = settlement
        self.read[read.article_id] = read
        return settlement

    def only(self) -> Incident:
        (known,) = self.incidents.values()
        return known.record


def revised(number: int, *mentions: Incident, version: int = 2, **fields) -> PageResult:
    made = result(number, *mentions, **fields)
    return replace(made, version=version, article=replace(made.article, title=f"Story {number}, revised"))


def killed(incident: Incident) -> tuple[int, int | None]:
    assert incident.toll.killed
    return incident.toll.killed.min, incident.toll.killed.max


def test_a_toll_that_an_article_corrects_follows_it_up_and_down() -> None:
    """3, then 7, then 5 by one article: one incident, one reference, one claim, the latest word."""
    world = World()
    world.settle(result(1, mention(1, 3)))
    for version, toll in ((2, 7), (3, 5)):
        (change,) = world.settle(revised(1, mention(1, toll, start=30), version=version)).changes
        assert (change.event, change.incident.version) == ("updated", version)
        assert "toll" in change.changed
        assert killed(change.incident) == (toll, toll)
    incident = world.only()
    assert [ref.title for ref in incident.articles] == ["Story 1, revised"]
    assert [claim.min for claim in incident.toll.killed.claims] == [5]
    assert (incident.independent_sources, incident.first_seen_at) == (1, LATER)
    assert {item.start for item in incident.evidence} == {30}


def test_what_others_said_stands() -> None:
    """Another paper's 9 is not touched when the first corrects 7 to 5."""
    world = World()
    world.settle(result(1, mention(1, 7)))
    world.settle(result(2, mention(2, 9)))
    assert killed(world.only()) == (7, 9)
    world.settle(revised(1, mention(1, 5, start=20)))
    incident = world.only()
    assert killed(incident) == (5, 9)
    assert [ref.lineage for ref in incident.articles] == ["original", "independent"]
    assert [(claim.min, claim.article) for claim in incident.toll.killed.claims] == [
        (9, f"{2:016x}"),
        (5, f"{1:016x}"),
    ]


def test_a_harm_that_nobody_claims_any_more_goes() -> None:
    """The second version drops the wounded; the other article never named any."""
    world = World()
    both = replace(mention(1), toll=Toll(killed=Count(min=7, max=7), wounded=Count(min=20, max=20)))
    world.settle(result(1, both))
    world.settle(result(2, mention(2)))
    world.settle(revised(1, mention(1)))
    assert world.only().toll.wounded is None
    assert killed(world.only()) == (7, 7)


def test_a_revision_that_says_the_same_publishes_nothing() -> None:
    """Its words about the incident are where they were."""
    world = World()
    made = result(1, mention(1))
    world.settle(made)
    assert world.settle(replace(made, version=2)).changes == ()


def test_a_corrected_day_and_place_move_the_incident() -> None:
    """The only teller says that it was elsewhere, in the same words: its incident moves, no twin is opened."""
    words = "The gunmen overran a checkpoint by the granite quarry and burned seventeen lorries there."
    proof = Evidence(article=f"{1:016x}", start=0, end=len(words), text=words, supports=("event_type",))
    world = World()
    world.settle(result(1, replace(mention(1, place=HOMS), evidence=(proof,))))
    day = NOW.date() - timedelta(days=6)
    elsewhere = replace(
        mention(1, place=ALEPPO, date=When(start=day, end=day, precision=1)), evidence=(proof,)
    )
    (change,) = world.settle(revised(1, elsewhere)).changes
    assert change.event == "updated"
    assert {"date", "place"} <= set(change.changed)
    assert world.only().place == ALEPPO


def test_another_event_in_a_running_page_is_another_incident() -> None:
    """A page that tells of Homs first and of Aleppo later has two incidents; the first stands."""
    world = World()
    world.settle(result(1, mention(1, place=HOMS)))
    settlement = world.settle(revised(1, mention(1, 30, place=ALEPPO)))
    assert [change.event for change in settlement.changes] == ["opened"]
    assert len(set(settlement.incidents)) == len(world.incidents) == 2
    assert settlement.reason == (
        "1 incidents opened, 0 mentions of known ones; 1 told by an earlier version stand as they were"
    )


def test_a_later_version_does_not_take_the_id_of_what_the_first_opened() -> None:
    """Number 0 of version 1 and number 0 of version 2 are two ids, each the same in a replay."""
    day = When(start=NOW.date(), end=NOW.date(), precision=1)
    world = World()
    world.settle(result(1, mention(1, place=HOMS, date=day)))
    other = revised(1, mention(1, 30, place=ALEPPO, date=day))
    first, second = plan(other, LookUp(), NOW), plan(other, LookUp(), LATER)
    assert first.incidents == second.incidents
    assert not set(first.incidents) & set(world.incidents)


def test_a_revision_that_tells_of_nothing_leaves_its_incident_alone() -> None:
    """Retraction is not ours to guess; the fate is the latest text's, and the incident is still found."""
    world = World()
    world.settle(result(1, mention(1)))
    before = world.only()
    settlement = world.settle(revised(1))
    assert (settlement.fate, settlement.changes) == (Fate.IRRELEVANT, ())
    assert settlement.incidents == (before.id,)
    (change,) = world.settle(revised(1, mention(1, 9), version=3)).changes
    assert change.event == "updated"
    assert world.only().id == before.id


def test_each_incident_of_a_round_up_gets_its_own_correction() -> None:
    """Two towns in one article, both tolls corrected, told in the other order."""
    world = World()
    world.settle(result(1, mention(1, 3, place=HOMS), mention(1, 20, start=60, place=ALEPPO)))
    world.settle(revised(1, mention(1, 24, place=ALEPPO), mention(1, 4, start=60, place=HOMS)))
    tolls = {known.record.place.name: killed(known.record) for known in world.incidents.values()}
    assert tolls == {"Homs": (4, 4), "Aleppo": (24, 24)}


def test_a_copy_of_the_first_version_is_no_judge_of_the_second() -> None:
    """The original stays the original, and its correction is told though a reprint of the old text stands."""
    world = World()
    text = prose(1, 200)
    world.settle(result(1, mention(1, 3), text=text))
    copy = world.settle(result(2, mention(2, 3), text=text))
    assert copy.fate is Fate.DUPLICATE
    settlement = world.settle(revised(1, mention(1, 7), text=text + " More."), f"{2:016x}")
    assert settlement.fate is Fate.INCIDENT
    assert settlement.verdict.disposition is Disposition.NOVEL
    incident = world.only()
    assert [ref.lineage for ref in incident.articles] == ["original", "reprint"]
    assert killed(incident) == (7, 7)


def test_who_spoke_first_is_heard_though_its_new_text_is_like_anothers() -> None:
    """A neighbour that did not copy us, and that the revision resembles, does not silence the correction."""
    world = World()
    world.settle(result(1, mention(1, 3)))
    world.settle(result(2, mention(2, 3)))
    settlement = world.settle(revised(1, mention(1, 3, start=5), text=prose(2)))
    assert settlement.verdict.disposition is Disposition.DUPLICATE
    assert settlement.fate is Fate.INCIDENT


def test_a_reprint_that_is_revised_stays_a_reprint() -> None:
    """It never had a word of its own, and a revision without news gives it none."""
    world = World()
    text = prose(1, 200)
    world.settle(result(1, mention(1, 3), text=text))
    world.settle(result(2, mention(2, 3), text=text))
    settlement = world.settle(revised(2, mention(2, 3), text=text + " More."))
    assert settlement.fate is Fate.REPRINT
    assert settlement.changes == ()
    assert len(settlement.incidents) == 1


def test_groups_of_a_count_are_corrected_too() -> None:
    """Two children become four; a group that only another paper names stays."""

    def told(number: int, *groups: Group, toll: int = 9) -> Incident:
        return replace(mention(number), toll=Toll(killed=Count(min=toll, max=toll, breakdown=groups)))

    world = World()
    world.settle(result(1, told(1, Group(group="children", min=2))))
    world.settle(result(2, told(2, Group(group="women", min=1))))
    world.settle(revised(1, told(1, Group(group="children", min=4), toll=10)))
    assert world.only().toll.killed.breakdown == (Group(group="children", min=4), Group(group="women", min=1))


def test_a_statistic_is_published_once_by_an_article() -> None:
    """A revision tells it again elsewhere in its text: only the figure that is new goes out."""
    world = World()
    year = mention(1, 300, class_="aggregate", n_events=40)
    assert world.settle(result(1, year)).statistics == (year,)
    month = mention(1, 25, class_="aggregate")
    again = world.settle(revised(1, mention(1, 300, class_="aggregate", n_events=40, start=90), month))
    assert again.statistics == (month,)
    assert world.settle(revised(1, year, month, version=3)).statistics == ()


def test_the_only_mention_is_the_only_incident_where_nothing_speaks_against_it() -> None:
    """A vague first version, a country and a type, is found again by the full one."""
    vague = mention(
        1,
        2,
        place=Place(name="Syria", country="Syria", iso2="SY"),
        actors=replace(mention().actors, perpetrator=()),
    )
    opened = open_incident(replace(vague, id=""), ArticleRef(id=f"{1:016x}"), NOW, "SY-x")
    assert pair((mention(1, 40, place=HOMS),), (opened,), f"{1:016x}", NOW) == {0: "SY-x"}
    protest = replace(mention(1), event_type="Protests", sub_event_type="Peaceful protest")
    assert pair((protest,), (opened,), f"{1:016x}", NOW) == {}


def test_copies_do_not_keep_an_incident_from_following_its_teller() -> None:
    """A reprint is listed and has no word; with it the teller is still alone."""
    opened = open_incident(mention(1, 3, place=HOMS), ArticleRef(id=f"{1:016x}"), NOW, "SY-x")
    listed, _ = attach(opened, ArticleRef(id=f"{2:016x}", lineage="reprint"), NOW)
    after, changed = restate(listed, mention(1, 5, place=ALEPPO), ArticleRef(id=f"{1:016x}"), LATER)
    assert (after.place, killed(after), len(after.articles)) == (ALEPPO, (5, 5), 2)
    assert {"place", "toll"} <= set(changed)
    assert after.first_seen_at == NOW


def test_a_revised_spun_copy_stays_one() -> None:
    """Its new figure is a claim behind the clean ones, as its old one was; the range and the place stand."""
    opened = open_incident(mention(1, 3, place=HOMS), ArticleRef(id=f"{1:016x}"), NOW, "SY-x")
    spun = ArticleRef(id=f"{2:016x}", lineage="retelling", spun=True)
    told, _ = update(opened, mention(2, 30, place=HOMS), spun, NOW)
    plain = ArticleRef(id=f"{2:016x}", lineage="independent")
    after, changed = restate(told, mention(2, 40, place=ALEPPO), plain, LATER)
    assert (after.place, killed(after)) == (HOMS, (3, 3))
    assert [claim.min for claim in after.toll.killed.claims] == [3, 40]
    assert [ref.spun for ref in after.articles] == [False, True]
    assert set(changed) == {"toll"}
    assert restate(after, mention(2, 40, place=ALEPPO), plain, LATER) is None


def test_a_revision_that_credits_an_agency_is_counted_by_it() -> None:
    """Two papers turn out to have one agency: one source, though both were thought independent."""
    opened = open_incident(
        mention(1, 3), ArticleRef(id=f"{1:016x}", url="https://a.test/", origin="Reuters"), NOW, "SY-x"
    )
    second = ArticleRef(id=f"{2:016x}", url="https://b.test/", lineage="independent")
    told, _ = update(opened, mention(2, 3), second, NOW)
    assert told.independent_sources == 2
    after, _ = restate(told, mention(2, 3), replace(second, origin="Reuters"), LATER)
    assert after.independent_sources == 1
