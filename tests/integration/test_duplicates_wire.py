"""One story, once: copies, briefs, updates and late originals through real workers and a real Redis."""

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from command import dateline
from copied_wire import HEADLINE, MARCH, PRINTED, REPORT, STORY, accept, printed
from live import until
from make import NOW
from test_worker_processes import worker_process
from worker_bench import Bench, at_work

from dateline.cli.session import now as real_now
from dateline.incidents.assemble import Coder
from dateline.incidents.record import Envelope, Incident, decode_envelope
from dateline.model import Page
from dateline.settings import Settings
from dateline.store.door import Store
from workers import reading

pytestmark = pytest.mark.integration


#: Whom the story credits, by its usual name.
AGENCY = "Agence France-Presse"


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder.load()


@pytest.fixture
def bench(store: Store, settings: Settings, coder: Coder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    # Real addresses have real ids, which are no numbers.
    monkeypatch.setattr(Bench, "ingest", lambda self, ids: self._desk.ingest(ids))
    with at_work(store, settings, reading.target(coder)) as made:
        yield made


def envelopes(store: Store) -> list[Envelope]:
    return [decode_envelope(data) for _, data in store.incidents.events("0", count=1000)]


def fields(store: Store, made: Page) -> dict[str, str]:
    told = store.incidents.article(made.article_id)
    assert told
    return told.fields


def one_after_another(bench: Bench, *pages: Page) -> None:
    for made in pages:
        accept(bench.store, [made], bench.now)
        bench.work(after_s=1)


def only(store: Store) -> Incident:
    """The one incident that was opened, as it stands."""
    opened = {one.incident.id for one in envelopes(store) if one.event == "opened"}
    assert len(opened) == 1, [(one.event, one.incident.id, one.incident.evidence) for one in envelopes(store)]
    found = store.incidents.get(opened.pop())
    assert found
    return found


def killed(incident: Incident) -> tuple[int, int | None]:
    assert incident.toll.killed
    return incident.toll.killed.min, incident.toll.killed.max


def copies(first: int = 2) -> list[Page]:
    return [printed(first + place, *what) for place, what in enumerate(PRINTED)]


def test_ten_reprints_of_one_agency_story_are_one_source(bench: Bench) -> None:
    """One incident, eleven articles, one origin; opened once, and updated once for each article that joins."""
    first, rest = printed(1), copies()
    one_after_another(bench, first, *rest)
    incident = only(bench.store)
    assert [ref.lineage for ref in incident.articles] == ["original"] + ["reprint"] * 10
    assert {ref.origin for ref in incident.articles} == {AGENCY}
    assert incident.independent_sources == 1
    assert killed(incident)[0] == 7
    published = envelopes(bench.store)
    assert [one.event for one in published] == ["opened"] + ["updated"] * 10
    assert {one.changed for one in published[1:]} == {("articles",)}
    fates = bench.store.incidents.fates()
    assert (fates["entries"], fates["incident"], fates["duplicate"] + fates["reprint"]) == (11, 1, 10)
    assert {fields(bench.store, made)["story"] for made in (first, *rest)} == {first.article_id}


def test_reprints_in_one_batch_are_one_incident(bench: Bench) -> None:
    """All eleven are read before any of them is settled: the later ones are judged by the earlier all the same."""
    pages = [printed(1), *copies()]
    accept(bench.store, pages, bench.now)
    bench.work(after_s=1)
    incident = only(bench.store)
    assert len(incident.articles) == 11
    assert incident.independent_sources == 1
    assert len({fields(bench.store, made)["story"] for made in pages}) == 1


def test_a_brief_inside_a_long_story_is_attached(bench: Bench) -> None:
    """Two paragraphs of eleven, with a headline of their own: a reprint of a part, with both shares told."""
    whole, brief = printed(1), printed(2, "In brief: Baidoa", STORY[:2])
    one_after_another(bench, whole, brief)
    incident = only(bench.store)
    assert [ref.lineage for ref in incident.articles] == ["original", "reprint"]
    told = fields(bench.store, brief)
    assert (told["fate"], told["of"]) == ("reprint", whole.article_id)
    assert float(told["share"]) > 0.8
    assert float(told["other_share"]) < 0.6


def test_a_copy_with_a_new_toll_updates_the_incident(bench: Bench) -> None:
    """The second take of the agency has the same words and two dead more: its figure is added, nothing is lost."""
    later = tuple(one.replace("At least seven", "At least nine") for one in STORY)
    one_after_another(bench, printed(1), printed(2), printed(3, "Toll rises to nine in Baidoa", later))
    incident = only(bench.store)
    assert killed(incident) == (7, None) or killed(incident) == (7, 9)
    assert incident.toll.killed
    assert {claim.min for claim in incident.toll.killed.claims} == {7, 9}
    last = envelopes(bench.store)[-1]
    assert last.event == "updated"
    assert "toll" in last.changed
    assert incident.independent_sources == 1


def test_an_added_event_opens_an_incident_of_its_own(bench: Bench) -> None:
    """A paper adds what happened elsewhere: the copy is attached to the one, and the original of the other."""
    added = (
        "In a separate attack on Tuesday, gunmen shot dead four soldiers at a checkpoint in Kismayo, the army said.",
        "The four had been manning the post at the northern entrance of Kismayo when three men opened fire from a car.",
    )
    one_after_another(bench, printed(1), printed(2, "Bloodshed in Somalia", (*STORY, *added)))
    events = [(one.event, one.incident.place and one.incident.place.name) for one in envelopes(bench.store)]
    assert ("opened", "Baidoa") in events
    assert [event for event, _ in events].count("opened") == 2
    assert fields(bench.store, printed(2))["lineage"] == "reprint"


def test_a_late_original_takes_its_place(bench: Bench) -> None:
    """The agency's page comes after two papers that credit it: it is the original, they are its reprints."""
    first, second = printed(2, *PRINTED[0]), printed(3, *PRINTED[1])
    late = printed(1, published_at=NOW - timedelta(hours=2))
    one_after_another(bench, first, second, late)
    incident = only(bench.store)
    assert {ref.id: ref.lineage for ref in incident.articles} == {
        first.article_id: "reprint",
        second.article_id: "reprint",
        late.article_id: "original",
    }
    assert incident.independent_sources == 1
    assert fields(bench.store, late)["lineage"] == "original"
    assert fields(bench.store, late)["story"] == first.article_id


def test_twins_in_two_workers_at_once_are_one_incident(store: Store, tmp_path: Path) -> None:
    """Eleven pages, a job each, two worker processes: whoever is first, one incident, one original, one story."""
    pages = [printed(1), *copies()]
    with (
        worker_process(store.url, tmp_path / "a.log", "workers"),
        worker_process(store.url, tmp_path / "b.log", "workers"),
    ):
        until(lambda: store.queue.workers() == 2, 60, "both workers listen")
        accept(store, pages, real_now())
        store.queue.dispatch(real_now())

        def settled() -> bool:
            store.queue.dispatch(real_now())
            return all(fields(store, made).get("fate") for made in pages)

        until(settled, 60, "all have their fates")
    incident = only(store)
    assert len(incident.articles) == 11
    assert [ref.lineage for ref in incident.articles].count("original") == 1
    assert incident.independent_sources == 1
    versions = [one.incident.version for one in envelopes(store)]
    assert all(later == earlier + 1 for earlier, later in pairwise(versions))
    fates = store.incidents.fates()
    assert (fates["entries"], fates["incident"], fates["duplicate"] + fates["reprint"]) == (11, 1, 10)
    assert len({store.incidents.story(fields(store, made)["story"]) for made in pages}) == 1


def test_why_shows_what_a_copy_repeats_and_by_what(bench: Bench) -> None:
    """The original's title, publisher and address, both shares, passages with offsets, lineage, origin and story."""
    whole, copy = printed(1), printed(2, *PRINTED[2])
    one_after_another(bench, whole, copy)
    url = bench.store.url
    shown = dateline("why", copy.url, DATELINE_REDIS_URL=url).stdout
    assert f"judged     reprint of {whole.article_id}: " in shown
    assert f"repeats    {whole.article_id}  {HEADLINE} · Paper 1 · " in shown
    assert whole.url in shown
    assert "of this one stands in that" in shown
    assert "shared     characters 0–" in shown
    assert f"lineage    reprint, credits {AGENCY}" in shown
    assert f"story      {whole.article_id}  {HEADLINE}" in shown
    assert "2 articles, 1 independent" in shown
    told = json.loads(dateline("why", copy.article_id, "--json", DATELINE_REDIS_URL=url).stdout)
    assert told["fields"]["fate"] == "reprint"
    assert (told["lineage"], told["origin"], told["story"]["now"]) == ("reprint", AGENCY, whole.article_id)
    assert told["evidence"]["repeats"]["title"] == HEADLINE
    assert told["evidence"]["share"] > 0.9
    passage = told["evidence"]["passages"][0]
    assert passage["end"] > passage["start"] >= 0
    assert [one["id"] for one in told["incidents"]] == told["fields"]["incidents"].split()


def test_why_shows_what_a_revision_corrected(bench: Bench) -> None:
    """One figure of a long text: how much was kept, and the figure as it is and as it was."""
    one_after_another(bench, printed(1))
    later = tuple(one.replace("At least seven", "At least five") for one in STORY)
    one_after_another(bench, printed(1, HEADLINE.replace("seven", "five"), later, version=2))
    shown = dateline("why", printed(1).url, DATELINE_REDIS_URL=bench.store.url).stdout
    (changed,) = [line for line in shown.splitlines() if line.startswith("changed ")]
    assert "killed 5+, it was 7+" in changed
    assert "another title, it was" in changed
    assert f"story      {printed(1).article_id}  its own" in shown


def test_a_copy_that_ties_two_stories_merges_them(bench: Bench) -> None:
    """A text whose coding finds nothing, a report of the event, and a copy of the text that tells the event."""
    silent, report = (
        printed(1, "Traders count their losses", STORY[5:]),
        printed(2, "Blood and onions", REPORT),
    )
    tie = printed(3, "Market bomb: help for the families", (STORY[0], *STORY[5:]))
    one_after_another(bench, silent, report)
    before = [fields(bench.store, made)["story"] for made in (silent, report)]
    assert before == [silent.article_id, report.article_id]
    one_after_another(bench, tie)
    told = fields(bench.store, tie)
    assert (told["of"], told["story"], told["merged"]) == (
        silent.article_id,
        report.article_id,
        silent.article_id,
    )
    shown = dateline("why", silent.article_id, DATELINE_REDIS_URL=bench.store.url).stdout
    assert f"story      {silent.article_id}  its own (goes on as {report.article_id})" in shown
    shown = dateline("why", tie.article_id, DATELINE_REDIS_URL=bench.store.url).stdout
    assert f"merged     {silent.article_id}: the same story, as this article shows" in shown
    only(bench.store)


def test_a_page_used_again_leaves_its_story(bench: Bench) -> None:
    """Its address has other news today: the incident stands, the story keeps its name, and the split is told."""
    first = printed(1)
    one_after_another(bench, first, printed(2, *PRINTED[0]))
    one_after_another(bench, printed(1, "Teachers march in Garissa", MARCH, version=2))
    told = fields(bench.store, first)
    assert told["story"] not in {first.article_id, ""}
    assert f"left the story {first.article_id}" in told["revised"]
    assert fields(bench.store, printed(2))["story"] == first.article_id
    shown = dateline("why", first.article_id, DATELINE_REDIS_URL=bench.store.url).stdout
    assert f"left the story {first.article_id}, of whose events it tells no more" in shown
