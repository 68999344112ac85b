"""The commands that talk to a wire: feeds, quarantine, why, tail and doctor, on a real Redis."""

import xml.etree.ElementTree as ET
from pathlib import Path
from subprocess import CompletedProcess

import msgspec
import pytest
from coded import mention, result
from command import dateline, lines
from make import NOW, feed, page

from dateline.errors import Reason
from dateline.feeds.cadence import first_rhythm
from dateline.incidents.plan import plan, wanted_blocks
from dateline.incidents.record import decode_envelope
from dateline.model import FeedState
from dateline.store.door import Store
from dateline.store.feeds import UNPACED, Finish
from dateline.store.ledger import Outcome
from dateline.text import urls

pytestmark = pytest.mark.integration


class Wire:
    """A store with some articles settled and some not, and the command to look at it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.ids: dict[int, str] = {}

    def run(self, *words: str, **settings: str) -> CompletedProcess[str]:
        return dateline(*words, DATELINE_REDIS_URL=self.store.url, **settings)

    def accept(self, *numbers: int) -> None:
        self.store.catalog.put([feed()], NOW)
        self.store.catalog.due_now(["feed1"], NOW)
        (claim,) = self.store.feeds.claim("me", NOW, 10, 20, UNPACED)
        for number in numbers:
            url = urls.canonical(f"http://news.test/story-{number}")
            self.ids[number] = urls.article_id(url)
        made = [page(number, article_id=self.ids[number]) for number in numbers]
        self.store.feeds.accept(claim, made, NOW)
        self.store.feeds.finish([Finish(claim=claim, state=FeedState(rhythm=first_rhythm(NOW)))], NOW)

    def settle(self, number: int, *mentions) -> None:
        told = result(number, *mentions, article_id=self.ids[number])
        seen = self.store.ledger.look_up(told.article_id, told.fingerprint, (), wanted_blocks(told, NOW), NOW)
        settled = self.store.ledger.settle(plan(told, seen, NOW), told.fingerprint, seen, NOW)
        assert settled.outcome is Outcome.SETTLED

    def quarantine(self, number: int) -> str:
        self.store.outbox.quarantine(self.ids[number], Reason.CHILD_DIED, "died: SIGKILL", NOW)
        return self.ids[number]


@pytest.fixture
def wire(store: Store) -> Wire:
    return Wire(store)


def test_feeds_are_added_listed_exported_and_removed(wire: Wire, tmp_path: Path) -> None:
    """What goes in as OPML or one by one comes out as OPML, groups kept."""
    added = wire.run("feeds", "add", "https://news.test/rss", "--group", "Sahel", "--language", "fr")
    again = wire.run("feeds", "add", "https://news.test/rss", "--group", "Sahel")
    assert (added.returncode, again.returncode) == (0, 0)
    assert added.stdout.startswith("added ")
    assert again.stdout.startswith("changed ")
    opml = tmp_path / "my.opml"
    assert wire.run("feeds", "export", str(opml)).returncode == 0
    outlines = [one.attrib for one in ET.fromstring(opml.read_bytes()).iter("outline")]
    assert [one["xmlUrl"] for one in outlines if "xmlUrl" in one] == ["https://news.test/rss"]
    assert "Sahel" in str(outlines)
    assert wire.run("feeds", "remove", "https://news.test/rss").returncode == 0
    gone = wire.run("feeds", "remove", "https://news.test/rss")
    assert (gone.returncode, gone.stderr.strip()) == (1, "not in the catalog: https://news.test/rss")
    assert wire.run("feeds", "import", str(opml)).stdout.strip() == "1 feeds, 1 new"
    (row,) = lines(wire.run("feeds", "list", "--json").stdout)
    assert (row["feed"]["url"], row["feed"]["groups"]) == ("https://news.test/rss", ["Sahel"])


def test_feeds_come_from_a_plain_list_too(wire: Wire, tmp_path: Path) -> None:
    """A file of addresses is a catalog; importing it twice adds nothing."""
    listed = tmp_path / "feeds.txt"
    listed.write_text("# our feeds\nhttps://news.test/a.xml\nhttps://news.test/b.xml\n")
    assert wire.run("feeds", "import", str(listed)).stdout.strip() == "2 feeds, 2 new"
    assert wire.run("feeds", "import", str(listed)).stdout.strip() == "2 feeds, 0 new"
    shown = wire.run("feeds", "list").stdout.splitlines()
    assert [line.split() for line in shown] == [
        ["new", "https://news.test/a.xml"],
        ["new", "https://news.test/b.xml"],
    ]


def poll(wire: Wire, feed_id: str, **state: object) -> None:
    """Let a poll of the feed end in this state."""
    wire.store.catalog.put([feed(int(feed_id[4:]), groups=("Sahel",))], NOW)
    wire.store.catalog.due_now([feed_id], NOW)
    claims = wire.store.feeds.claim("me", NOW, 10, 20, UNPACED)
    streak = state.pop("error_streak", 0)
    rhythm = msgspec.structs.replace(first_rhythm(NOW), error_streak=streak)
    ends = [
        Finish(claim=claim, state=FeedState(rhythm=rhythm, **state))
        for claim in claims
        if claim.feed.id == feed_id
    ]
    assert len(ends) == 1
    assert wire.store.feeds.finish(ends, NOW) == set()


def test_unhealthy_feeds_are_told_with_every_trouble(wire: Wire) -> None:
    """`--unhealthy` leaves out what works; below the line stands each trouble in a sentence, and the last error."""
    poll(
        wire,
        "feed1",
        error_streak=4,
        last_error="no answer",
        last_error_reason="deadline",
        troubles=("failing",),
    )
    poll(wire, "feed2")
    poll(wire, "feed3", troubles=("dropping", "undated"), dropped_polls=5, undated_polls=3)
    told = wire.run("feeds", "list", "--unhealthy").stdout
    assert [line.split()[-1] for line in told.splitlines() if not line.startswith(" ")] == [
        "http://feeds.test/1.xml", "http://feeds.test/3.xml",
    ]  # fmt: skip
    for part in (
        "failing: its last 4 polls failed",
        "deadline: no answer",
        "dropping: all new entries",
        "undated: ",
    ):
        assert part in told
    (one, _) = lines(wire.run("feeds", "list", "--unhealthy", "--json").stdout)
    assert (one["standing"], len(one["explained"]), one["state"]["rhythm"]["error_streak"]) == (
        "failing",
        1,
        4,
    )
    assert wire.run("feeds", "list", "--unhealthy", "--group", "Africa").stdout == ""
    assert len(wire.run("feeds", "list", "--group", "Sahel").stdout.splitlines()) == 3


def test_retired_feeds_are_told_and_revived(wire: Wire) -> None:
    """A feed that is gone stays visible with what can be done; revived, it is asked at once."""
    poll(wire, "feed1", retired_at=NOW, error_streak=1)
    poll(wire, "feed2")
    poll(
        wire, "feed3", retired_at=NOW, last_error="moved to http://feeds.test/2.xml, which is polled as feed2"
    )
    told = wire.run("feeds", "list", "--retired").stdout
    assert "ago: moved to http://feeds.test/2.xml" in told
    wire.run("feeds", "remove", "feed3")
    told = wire.run("feeds", "list", "--retired").stdout
    assert "http://feeds.test/1.xml" in told
    assert "dateline feeds revive feed1" in told
    assert "2.xml" not in told
    done = wire.run("feeds", "revive", "https://feeds.test/1.xml")
    assert (done.returncode, done.stdout.strip()) == (0, "due now: https://feeds.test/1.xml")
    assert wire.run("feeds", "list", "--retired").stdout == ""
    (row,) = [row for row in wire.store.catalog.rows() if row.feed.id == "feed1"]
    assert row.state is not None
    assert row.state.retired_at is None
    gone = wire.run("feeds", "revive", "https://nowhere.test/")
    assert (gone.returncode, gone.stderr.strip()) == (1, "not in the catalog: https://nowhere.test/")


def test_a_feed_is_found_by_its_old_address(wire: Wire) -> None:
    """One that moved is removed by id, by its address, and by the address that it had."""
    wire.store.catalog.put([feed(1)], NOW)
    (claim,) = wire.store.feeds.claim("me", NOW, 10, 20, UNPACED)
    moved = msgspec.structs.replace(
        claim.feed, url="https://new.test/rss", moved_from=("http://feeds.test/1.xml",)
    )
    wire.store.feeds.finish([Finish(claim=claim, state=FeedState(rhythm=first_rhythm(NOW)), feed=moved)], NOW)
    assert "https://new.test/rss" in wire.run("feeds", "list").stdout
    assert wire.run("feeds", "remove", "http://feeds.test/1.xml").returncode == 0
    assert wire.store.catalog.rows() == []


def test_a_feeds_toml_is_laid_over_the_catalog(wire: Wire, tmp_path: Path) -> None:
    """Imported, it changes what it names and leaves the rest; the rules of hosts are added."""
    wire.run(
        "feeds", "add", "https://news.test/rss", "--group", "Africa", "--group", "Sahel", "--language", "fr"
    )
    rows = tmp_path / "feeds.toml"
    rows.write_text(
        '[[feed]]\nurl = "https://news.test/rss"\ncountry = "ML"\nheaders = { X-Key = "secret:key" }\n'
        '[[host]]\nhost = "news.test"\nat_once = 2\n'
    )
    assert wire.run("feeds", "import", str(rows)).stdout.strip() == "1 feeds, 0 new"
    (row,) = wire.store.catalog.rows()
    assert (row.feed.groups, row.feed.language, row.feed.country) == (("Africa", "Sahel"), "fr", "ML")
    assert row.feed.secrets == (("X-Key", "key"),)
    assert wire.store.catalog.hosts()["news.test"].at_once == 2
    exported = wire.run("feeds", "export")
    assert "secret" not in exported.stdout
    assert "1 feeds use secrets" in exported.stderr


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "my.toml",
            '[[feed]]\nurl = "https://a.test/"\nspeed = 1\n',
            "my.toml: [[feed]] 1 (https://a.test/): ",
        ),
        ("my.opml", "<opml><body>", "my.opml: "),
        ("my.txt", "", "my.txt lists no feeds"),
    ],
)
def test_a_file_that_is_no_catalog_is_not_imported(
    wire: Wire, tmp_path: Path, name: str, text: str, said: str
) -> None:
    """The sentence names file, row and key; exit code 2, and nothing is added."""
    (tmp_path / name).write_text(text)
    done = wire.run("feeds", "import", str(tmp_path / name))
    assert done.returncode == 2
    assert said in done.stderr
    assert wire.store.catalog.rows() == []


def test_adding_again_changes_what_is_given_only(wire: Wire) -> None:
    """A new group does not cost a feed its language."""
    wire.run("feeds", "add", "https://news.test/rss", "--language", "fr", "--country", "ML")
    changed = wire.run("feeds", "add", "http://news.test/rss", "--group", "Sahel")
    assert changed.stdout.startswith("changed ")
    (row,) = wire.store.catalog.rows()
    assert (row.feed.groups, row.feed.language, row.feed.country) == (("Sahel",), "fr", "ML")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("https://news.test/rss", "--language", "French"), "ISO 639"),
        (("https://news.test/rss", "--country", "ml"), "ISO 3166"),
        (("news.test",), "no http(s) address"),
    ],
)
def test_what_is_no_feed_is_not_added(wire: Wire, words: tuple[str, ...], said: str) -> None:
    """A wrong code or address is a usage error, and the catalog stays as it was."""
    done = wire.run("feeds", "add", *words)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())
    assert wire.store.catalog.rows() == []


def test_quarantine_is_listed_shown_retried_and_dropped(wire: Wire) -> None:
    """A person sees what failed, with its page, and decides; the books stay whole."""
    wire.accept(1, 2)
    first, second = wire.quarantine(1), wire.quarantine(2)
    assert {row["id"] for row in lines(wire.run("quarantine", "list", "--json").stdout)} == {first, second}
    assert "child_died" in wire.run("quarantine", "list").stdout
    shown = wire.run("quarantine", "show", first)
    assert "reason: child_died" in shown.stdout
    assert "<p>Text.</p>" in shown.stdout
    assert wire.run("quarantine", "retry", first).stdout.strip() == "1 to be tried again"
    assert wire.run("quarantine", "show", first).returncode == 1
    assert wire.run("quarantine", "drop", "--all").stdout.strip() == "1 dropped"
    missing = wire.run("quarantine", "drop", second)
    assert (missing.returncode, missing.stderr.strip()) == (1, f"not in quarantine: {second}")
    assert wire.store.incidents.fates() == {"entries": 2, "quarantined": 0, "rejected": 1}
    assert wire.store.outbox.depths().outbox == 1
    assert wire.store.outbox.page(second) is None


def test_why_tells_each_step(wire: Wire) -> None:
    """By address or by id: listed, accepted, judged, and the one fate with its reason."""
    wire.accept(1, 2, 3)
    wire.settle(1, mention(1))
    quarantined = wire.quarantine(2)
    told = wire.run("why", "http://news.test/story-1").stdout
    (known,) = [one.id for one in wire.store.incidents.since(NOW)]
    for part in ("listed by  feed1", "judged     novel", "fate       incident: 1 incidents opened", known):
        assert part in told
    assert f"next       dateline quarantine retry {quarantined}" in wire.run("why", quarantined).stdout
    assert "waiting in the outbox" in wire.run("why", "http://news.test/story-3").stdout
    assert (
        lines(wire.run("why", "http://news.test/story-1", "--json").stdout)[0]["fields"]["fate"] == "incident"
    )
    unseen = wire.run("why", "http://news.test/never")
    assert (unseen.returncode, unseen.stdout) == (1, "")
    assert "never seen" in unseen.stderr


def test_tail_gives_all_that_is_kept(wire: Wire) -> None:
    """From 0, without following: every envelope once, in order, as it stands in the stream."""
    wire.accept(1, 2)
    wire.settle(1, mention(1))
    wire.settle(2, mention(2, 9))
    done = wire.run("tail", "--from", "0", "--no-follow", "--json")
    assert done.returncode == 0
    got = [decode_envelope(line) for line in done.stdout.splitlines()]
    assert [line.encode() for line in done.stdout.splitlines()] == [
        data for _, data in wire.store.incidents.events("0")
    ]
    assert [one.event for one in got] == ["opened", "updated"]
    behind = wire.run("tail", "--from", got[0].seq, "--no-follow", "--json").stdout
    assert [decode_envelope(line) for line in behind.splitlines()] == got[1:]
    people = wire.run("tail", "--since", "1h", "--no-follow").stdout.splitlines()
    assert len(people) == 2
    assert "Tadmur" in people[0]
    assert wire.run("tail", "--no-follow").stdout == ""


def test_doctor_without_redis_says_what_to_do(tmp_path: Path) -> None:
    """Exit code 1, settings and models good, and whether a Redis can be started."""
    done = dateline("doctor", "--json", DATELINE_DATA_DIR=str(tmp_path), DATELINE_WATCH="")
    found = {(one["check"], one["ok"]) for one in lines(done.stdout)}
    assert done.returncode == 1
    assert {("settings", True), ("models", True), ("redis", False), ("redis", True)} == found
    assert "dateline up" in done.stdout
    wrong = dateline("doctor", DATELINE_NONSENSE="1")
    assert (wrong.returncode, wrong.stdout.split()[:2]) == (1, ["FAIL", "settings"])


def test_doctor_with_redis_checks_the_books(wire: Wire) -> None:
    """A wire in order is all ok; without feeds, or with entries that are nowhere, it says so."""
    assert wire.run("doctor").returncode == 1  # no feeds yet
    wire.accept(1, 2)
    wire.settle(1, mention(1))
    good = wire.run("doctor")
    assert good.returncode == 0
    assert "2 acknowledged = 1 ended + 1 waiting" in good.stdout
    assert "FAIL" not in good.stdout
    wire.store.client.zrem(wire.store.keys.outbox, wire.ids[2])
    lost = wire.run("doctor", "--json")
    assert lost.returncode == 1
    assert [one["check"] for one in lines(lost.stdout) if not one["ok"]] == ["accounts"]
