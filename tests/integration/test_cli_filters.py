"""The filters: JSON Lines in, one line out per line in, in order, whatever the line."""

import subprocess
from pathlib import Path

import pytest
from command import COMMAND, dateline, environment, json_lines, lines, running
from jsonschema import Draft202012Validator

from dateline.incidents.record import json_schema

pytestmark = pytest.mark.integration

PARAGRAPH = (
    "Three soldiers were killed on Tuesday when gunmen attacked an army post near Tadmur in Syria. "
    "The governor said that nobody has claimed the attack, and that the road will stay closed. "
)
PAGE = f"""<html lang="en"><head><title>Attack on a post</title>
<meta property="article:published_time" content="2026-03-11T08:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Attack on a post</h1><p>{PARAGRAPH * 3}</p><p>{PARAGRAPH}</p></article></body></html>"""

NESTED = "[" * 200_000 + "]" * 200_000

#: Lines that are no article; each is answered, with its id where it has one.
BAD = {
    "not JSON": "story",
    "half a line": '{"id": "a", "title": "x"',
    "an empty line": "",
    "a list": "[1, 2]",
    "a number": "7",
    "null": "null",
    "a wrong type": '{"id": "a", "text": ["x"], "html": 7}',
    "a deep nest": NESTED,
    "a deep nest in an object": f'{{"id": "a", "x": {NESTED}}}',
    "not UTF-8": b'{"id": "\xff"}',
    "a lone surrogate": r'{"id": "\ud800"}',
    "a NUL": "\0",
}


def given(good: dict) -> bytes:
    """Every bad line between two good ones."""
    rows = [json_lines([good]).encode()]
    for bad in BAD.values():
        rows += [(bad if isinstance(bad, bytes) else bad.encode()) + b"\n", json_lines([good]).encode()]
    return b"".join(rows)


def article(number: int) -> dict[str, str]:
    """A short article of its own."""
    return {
        "id": f"a{number}",
        "title": f"Attack number {number}",
        "text": f"{number} people were killed in raid {number * 7919} near the town of Tadmur on Tuesday, police said. "
        f"Witness {number * 31} told paper {number * 17} that house {number * 13} was on fire for {number} hours.",
        "url": f"https://news.test/{number}",
        "published_at": "2026-03-11T08:00:00Z",
    }


def test_read_turns_a_page_into_an_article() -> None:
    """HTML on standard input gives title, text, date, language and what was removed."""
    done = dateline("read", "--url", "https://news.test/post", given=PAGE)
    (out,) = lines(done.stdout)
    assert done.returncode == 0
    assert out["title"] == "Attack on a post"
    assert out["text"].count("Three soldiers") == 4
    assert "Sport" not in out["text"]
    assert (out["published_at"], out["language"], out["url"]) == (
        "2026-03-11T08:00:00Z",
        "en",
        "https://news.test/post",
    )
    assert isinstance(out["removed"], list)


def test_read_takes_a_file_and_says_why_it_could_not(tmp_path: Path) -> None:
    """A page without text is answered with its named reason and exit code 1; a missing file is a usage error."""
    page = tmp_path / "page.html"
    page.write_text(PAGE)
    assert lines(dateline("read", str(page)).stdout)[0]["title"] == "Attack on a post"
    empty = dateline("read", given="<html><body></body></html>")
    assert (empty.returncode, lines(empty.stdout)[0]["error"]) == (1, "no_text")
    missing = dateline("read", str(tmp_path / "none"))
    assert (missing.returncode, missing.stdout) == (2, "")
    assert "cannot read" in missing.stderr


def test_read_takes_json_lines() -> None:
    """Lines of id, url and html are answered in order, each with its own id; a bad one costs itself only."""
    good = {"id": 7, "url": "https://news.test/a", "html": PAGE}
    done = dateline("read", given=given(good))
    out = lines(done.stdout)
    assert done.returncode == 0
    assert len(out) == 2 * len(BAD) + 1
    assert {(one["id"], one["title"]) for one in out[::2]} == {(7, "Attack on a post")}
    assert [name for name, one in zip(BAD, out[1::2], strict=True) if not one.get("error")] == []


def test_code_answers_every_line_in_order() -> None:
    """Each line gives id, relevance, relevant and the records; a bad one says so and finds nothing."""
    done = dateline("code", given=given(article(1)))
    out = lines(done.stdout)
    assert done.returncode == 0
    assert len(out) == 2 * len(BAD) + 1
    for one in out[::2]:
        assert list(one) == ["id", "relevance", "relevant", "incidents"]
        assert (one["id"], 0 <= one["relevance"] <= 1) == ("a1", True)
    for name, one in zip(BAD, out[1::2], strict=True):
        assert one["error"], name
        assert (one["relevance"], one["relevant"], one["incidents"]) == (0.0, False, []), name
    assert len({str(one) for one in out[::2]}) == 1


def test_what_code_gives_fits_the_record_schema() -> None:
    """The records of the filter are those of the wire."""
    (out,) = lines(dateline("code", given=json_lines([{"id": "a", "title": "", "text": PARAGRAPH}])).stdout)
    schema = json_schema()
    validator = Draft202012Validator({"$ref": "#/$defs/Incident", "$defs": schema["$defs"]})
    for one in out["incidents"]:
        validator.validate(one)


def test_dedup_answers_every_line_in_order() -> None:
    """Novel, then duplicates of the first; a bad line is novel, says so, and is no neighbour to anybody."""
    done = dateline("dedup", given=given(article(1)))
    out = lines(done.stdout)
    assert done.returncode == 0
    assert len(out) == 2 * len(BAD) + 1
    assert (out[0]["id"], out[0]["disposition"], out[0]["of"]) == ("a1", "novel", None)
    assert {(one["disposition"], one["of"]) for one in out[2::2]} == {("duplicate", "a1")}
    for name, one in zip(BAD, out[1::2], strict=True):
        assert (one["disposition"], one["of"]) == ("novel", None), name
        assert one["error"] == "bad_record", name


def test_dedup_tells_a_copy_from_another_story() -> None:
    """A reprint names what it repeats, and both are of one story."""
    text = " ".join(article(number)["text"] for number in range(5))
    rows = [
        {"id": "one", "title": "A", "text": text},
        {"id": "other", "title": "B", "text": "A quite different matter of bridges and boats. " * 8},
        {"id": "copy", "title": "C", "text": f"{text} Our desk added this line."},
    ]
    one, other, copy = lines(dateline("dedup", given=json_lines(rows)).stdout)
    assert (one["disposition"], other["disposition"]) == ("novel", "novel")
    assert (copy["disposition"], copy["of"], copy["story"]) == ("reprint", "one", one["story"])
    assert other["story"] != one["story"]
    assert 0.3 < copy["similarity"] < 1


def test_dedup_gives_ids_back_as_they_came() -> None:
    """7 and "7" are two articles; a copy names its original by the very id; a story of its own name keeps it."""
    text = article(1)["text"]
    rows = [
        {"id": 7, "text": text},
        {"id": "7", "text": "A quite different matter of bridges and boats on the lake. " * 8},
        {"id": 8, "text": text},
        {"id": 7, "text": "Seventeen violins vanished overnight; detectives suspect musicians."},
    ]
    first, other, copy, again = lines(dateline("dedup", given=json_lines(rows)).stdout)
    assert (first["story"], other["story"], copy["of"], copy["story"]) == (7, "7", 7, 7)
    assert again["story"].startswith("7~")


@pytest.mark.parametrize("name", ["code", "dedup"])
def test_a_filter_answers_each_line_before_the_next(name: str) -> None:
    """A program may write a line, read its answer and go on: nothing waits in a buffer."""
    with running(name) as process:
        assert [process.ask(article(number))["id"] for number in (3, 1, 2)] == ["a3", "a1", "a2"]
        process.process.stdin.close()
        assert process.process.wait(10) == 0


def peak_bytes(pid: int) -> int:
    """The most memory that the process and its children have held, summed."""
    status = Path(f"/proc/{pid}/status").read_text().split()
    own = int(status[status.index("VmHWM:") + 1]) * 1024
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return own + sum(peak_bytes(int(child)) for child in children)


@pytest.mark.parametrize("name", ["code", "dedup"])
def test_a_filter_does_not_grow_with_its_input(name: str) -> None:
    """From 500 lines to 3,000 the process tree grows by less than 20 MB."""
    with running(name) as process:
        for number in range(500):
            process.ask(article(number))
        before = peak_bytes(process.process.pid)
        for number in range(500, 3000):
            process.ask(article(number))
        assert peak_bytes(process.process.pid) - before < 20_000_000


def test_a_reader_that_goes_away_ends_the_filter_quietly() -> None:
    """`| head` is no error to tell: no trace, exit code 1."""
    command = [*COMMAND, "dedup"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as process:
        process.stdin.write(json_lines([article(1)]).encode())
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(json_lines([article(2), article(3)]).encode())
        process.stdin.close()
        assert process.wait(10) == 1
        assert b"Traceback" not in process.stderr.read()
