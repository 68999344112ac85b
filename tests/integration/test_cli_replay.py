"""`dateline replay`: captured pages through a real pipeline, each ending in exactly one fate."""

import gzip
import os
import signal
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from command import dateline, json_lines, lines
from typer.testing import CliRunner
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dateline.cli import app, captures, replay
from dateline.cli.wire import Wire
from dateline.errors import BadRecord
from dateline.incidents.record import decode_envelope
from dateline.model import Fate, Page

pytestmark = pytest.mark.integration

NOW = datetime(2026, 3, 12, 9, tzinfo=UTC)

CLASH = (
    "Four soldiers were killed on Wednesday when gunmen attacked an army post near Tadmur in Syria, the army said. "
    "The attackers fled towards the desert before dawn. Nobody has claimed responsibility for the attack on the post. "
    "The road from Homs stays closed until further notice, a police officer told reporters at the scene."
)
BRIDGE = (
    "The town council met to talk about the new bridge over the river, and put its decision off until the summer. "
    "Members could not agree on the colour of the railings, nor on who should pay for the lamps along the way. "
    "A painter from the village offered to do the work for nothing, provided that she may choose the paint herself."
)


def html(title: str, *paragraphs: str) -> str:
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    return f'<html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1>{text}</article></body></html>'


#: Six pages: news, its copy elsewhere, the same address again, no news, no text, no page.
PAGES = [
    {"url": "https://one.test/clash", "html": html("Soldiers killed near Tadmur", CLASH), "published_at": "2026-03-12T06:00:00Z"},
    {"url": "https://two.test/copy", "html": html("Soldiers killed near Tadmur", CLASH), "published_at": "2026-03-12T07:00:00Z"},
    {"url": "https://one.test/clash", "html": html("Soldiers killed near Tadmur", CLASH)},
    {"url": "https://one.test/bridge", "html": html("A bridge too many", BRIDGE)},
    {"id": "no address", "html": "<html><body></body></html>"},
    {"url": "https://one.test/odd", "html": "\x00\x01\x02"},
]  # fmt: skip


def taken(path: Path) -> tuple[list[Page], list[str]]:
    found = list(captures.read(path, "feed", NOW))
    return (
        [one for one in found if isinstance(one, Page)],
        [str(one) for one in found if isinstance(one, BadRecord)],
    )


class Writer(WARCWriter):
    """warcio's writer, less the temporary files that it leaves open."""

    _create_temp_file = staticmethod(BytesIO)


def warc(path: Path) -> Path:
    """Write two pages, a picture, and a request, as a crawler would."""
    with path.open("wb") as stream:
        writer = Writer(stream, gzip=path.suffix == ".gz")
        for row in (PAGES[0], PAGES[3]):
            writer.write_record(
                response(writer, row["url"], "text/html; charset=utf-8", row["html"].encode())
            )
        writer.write_record(response(writer, "https://one.test/lamp.png", "image/png", b"\x89PNG"))
        writer.write_record(
            writer.create_warc_record("https://one.test/", "request", payload=BytesIO(b"GET /"))
        )
    return path


def response(writer: WARCWriter, url: str, content_type: str, body: bytes):
    head = StatusAndHeaders("200 OK", [("Content-Type", content_type)], protocol="HTTP/1.1")
    return writer.create_warc_record(url, "response", payload=BytesIO(body), http_headers=head)


def test_every_replayed_page_ends_in_exactly_one_fate(tmp_path: Path) -> None:
    """A private wire is started, works the pages off, tells its figures, and is gone; nothing is lost, and
    what can't be a page is told and left out."""
    path, out = tmp_path / "pages.jsonl", tmp_path / "out.jsonl"
    path.write_text(json_lines(PAGES) + "not JSON\n\n" + json_lines([{"url": "https://one.test/none"}]))
    done = dateline(
        "replay",
        str(path),
        "--workers",
        "1",
        "--json",
        "--out",
        str(out),
        DATELINE_DATA_DIR=str(tmp_path / "var"),
    )
    assert done.returncode == 0, done.stderr
    (figures,) = lines(done.stdout)
    assert (figures["pages"], figures["articles"], figures["refused"], figures["lost"]) == (6, 5, 2, 0)
    assert sum(figures["fates"].values()) == 5
    assert set(figures["fates"]) <= set(Fate)
    assert figures["fates"]["duplicate"] == 1
    assert figures["fates"]["unreadable"] == 2
    assert done.stderr.count("left out: line") == 2
    envelopes = [decode_envelope(line) for line in out.read_bytes().splitlines()]
    assert len(envelopes) == figures["opened"] + figures["updated"]
    assert sum(one.event == "opened" for one in envelopes) == figures["opened"]
    assert not (tmp_path / "var").exists()


def test_a_warc_is_replayed(tmp_path: Path) -> None:
    """Its HTML responses are the pages; pictures and requests are not."""
    path = warc(tmp_path / "crawl.warc.gz")
    done = dateline("replay", str(path), "--workers", "1", DATELINE_DATA_DIR=str(tmp_path / "var"))
    assert done.returncode == 0, done.stderr
    figures = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert [figures[name] for name in ("pages", "articles", "lost", "refused")] == ["2", "2", "0", "0"]


def test_a_replay_outlives_its_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker of the private wire that is killed is started again; no page is lost with it."""
    killed = []

    def kill_once(wire: Wire) -> None:
        (worker,) = [one for one in wire.children if one.name == "worker-1"]
        if not killed and wire.store.outbox.depths().outbox:
            killed.append(worker.pid)
            os.kill(worker.pid, signal.SIGKILL)
        watch(wire)

    watch = Wire.watch
    monkeypatch.setattr(Wire, "watch", kill_once)
    monkeypatch.setenv("DATELINE_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("DATELINE_METRICS_PORT", "0")
    monkeypatch.setenv("DATELINE_OVERDUE_S", "2")
    path = tmp_path / "pages.jsonl"
    path.write_text(json_lines(PAGES))
    shown = CliRunner().invoke(app, ["replay", str(path), "--workers", "1", "--json"])
    assert shown.exit_code == 0
    (figures,) = lines(shown.stdout)
    assert killed
    assert (sum(figures["fates"].values()), figures["lost"]) == (5, 0)


def test_without_a_worker_a_replay_does_not_wait_for_ever(
    redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a wire that runs but has no worker it says what is missing, and accepts nothing."""
    path = tmp_path / "pages.jsonl"
    path.write_text(json_lines(PAGES))
    monkeypatch.setenv("DATELINE_REDIS_URL", redis_url)
    monkeypatch.setenv("DATELINE_PREFIX", "nobody:")
    monkeypatch.setattr(replay, "_STALLED_S", 0.2)
    shown = CliRunner().invoke(app, ["replay", str(path)])
    assert shown.exit_code == 1
    assert "dateline work" in shown.stderr


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_a_warc_gives_its_pages(name: str, tmp_path: Path) -> None:
    """Packed or not: address, type and body as they were captured."""
    pages, refused = taken(warc(tmp_path / name))
    assert refused == []
    assert [one.url for one in pages] == ["https://one.test/clash", "https://one.test/bridge"]
    assert pages[0].body.decode() == PAGES[0]["html"]
    assert pages[0].content_type == "text/html; charset=utf-8"


def test_a_warc_cut_off_gives_what_is_whole(tmp_path: Path) -> None:
    """A crawl that broke off loses its end, not its beginning, and never ends in a trace."""
    for name in ("crawl.warc", "crawl.warc.gz"):
        whole = warc(tmp_path / name).read_bytes()
        counts = []
        for cut in range(2, len(whole), 41):
            (tmp_path / f"cut-{name}").write_bytes(whole[:cut])
            pages, refused = taken(tmp_path / f"cut-{name}")
            assert len(refused) <= 1
            counts.append(len(pages))
        assert counts == sorted(counts)
        assert counts[-1] == 2


def test_packed_lines_cut_off_give_what_is_whole(tmp_path: Path) -> None:
    """Half a gzip file gives its first lines and says that it breaks off."""
    rows = [{"id": str(number), "html": html(f"{number}", CLASH)} for number in range(2000)]
    path = tmp_path / "pages.jsonl.gz"
    path.write_bytes(gzip.compress(json_lines(rows).encode())[:-2000])
    pages, refused = taken(path)
    assert 0 < len(pages) < 2000
    assert "cannot be read further" in refused[-1]
    assert len(refused) <= 2


def test_lines_are_taken_packed_or_plain(tmp_path: Path) -> None:
    """The title and date given stand in the entry; without an address the id says which page it is."""
    plain, packed = tmp_path / "pages.jsonl", tmp_path / "pages.jsonl.gz"
    plain.write_text(json_lines(PAGES))
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    pages, refused = taken(plain)
    assert taken(packed) == (pages, refused)
    assert (len(pages), refused) == (6, [])
    assert pages[0].entry.published_at == datetime(2026, 3, 12, 6, tzinfo=UTC)
    assert (pages[4].url, pages[4].entry.guid) == ("", "no address")
    assert pages[0].article_id == pages[2].article_id != pages[1].article_id


def test_lines_that_are_no_page_are_told(tmp_path: Path) -> None:
    """Each with its number and reason; the ones around it go on."""
    nest = "[" * 100_000
    bad = ["{", "[]", '{"url": "https://one.test/"}', '{"html": 7}', nest, '"html"']
    path = tmp_path / "pages.jsonl"
    path.write_text("\n".join([*bad, json_lines(PAGES[:1])]))
    pages, refused = taken(path)
    assert len(pages) == 1
    assert [one.split()[1] for one in refused] == [str(number) for number in range(1, len(bad) + 1)]


def test_two_pages_without_address_and_id_are_two(tmp_path: Path) -> None:
    """Then the bytes themselves say which page it is."""
    path = tmp_path / "pages.jsonl"
    path.write_text(json_lines({"html": html("Untitled", text)} for text in (CLASH, BRIDGE, CLASH)))
    first, second, third = taken(path)[0]
    assert first.article_id != second.article_id
    assert third == first
