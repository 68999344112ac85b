"""`read`, `code`, `dedup`: the pure rooms as filters, without Redis.

Owns the lines that go in and out: JSON Lines, streaming, one line out per line in, in order. A
line that cannot be used gives a line that says so; the next one goes on. Pages are read and
articles coded in a killable child, so a hostile one costs its own line and nothing else.
"""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import msgspec
import typer

from dateline.cli import session
from dateline.errors import BadPage, ChildLost, DatelineError, Reason
from dateline.model import Article, Disposition
from dateline.sandbox import Sandbox, Target

if TYPE_CHECKING:
    from dateline.dedup.window import StreamVerdict

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode

File = Annotated[Path | None, typer.Argument(help="Input file; standard input when left out or '-'.")]


def read(
    file: File = None,
    url: Annotated[str, typer.Option(help="Address of the page, to resolve links and dates.")] = "",
    explain: Annotated[
        bool, typer.Option("--explain", help="Show how the page was read, for people: each line, and why.")
    ] = False,
) -> None:
    """HTML in, article JSON out: title, text, published_at, language, and the boilerplate removed.

    JSON Lines of {"id", "url", "html"} give one line each.

    Example: curl -s https://example.org/story | dateline read --url https://example.org/story
    """
    with _opened(file) as stream:
        head = stream.peek(64).lstrip() if hasattr(stream, "peek") else b""
        if explain:
            _explain(stream, url, by_line=head.startswith(b"{"))
            return
        if head.startswith(b"{"):
            _reader("")
            _filter(stream, _read_line)
            return
        body = stream.read()
    out = _in_child(_reader(url), body)
    typer.echo(_encode(out).decode())
    if "error" in out:
        raise typer.Exit(1)


def code(file: File = None) -> None:
    """JSON Lines of {"id", "title", "text", "url", "published_at"} in, coded incidents out.

    Each line gives {"id", "relevance", "relevant", "incidents"}: the records of every class; and "retractions" where the
    article takes something back.

    Example: dateline code articles.jsonl > coded.jsonl
    """
    from dateline.incidents.assemble import Coder
    from dateline.incidents.severity import graded

    coder = Coder.load()

    def code_line(line: bytes) -> bytes:
        given: dict[str, Any] = {}
        try:
            given = _object(line)
            coding = graded(coder.code(_article(given)))
        except DatelineError as error:
            return _encode({"id": given.get("id"), **_NOTHING, "error": error.reason, "detail": str(error)})
        told = msgspec.structs.asdict(coding)
        if not coding.retractions:
            del told["retractions"]
        return _encode({"id": given.get("id"), **told})

    with _opened(file) as stream:
        _filter(stream, code_line, _NOTHING)


def dedup(file: File = None) -> None:
    """JSON Lines of articles in stream order in, what each is to those before it out.

    Each line gives {"id", "disposition", "of", "story", "similarity"}; disposition is novel, duplicate,
    reprint or retelling. Of copies also "share" (of the text that stands in the other), "other_share",
    "passages" ([start, end, other_start, other_end] in characters), "spun", and "compared" where that is a
    later copy of "of". "merged" lists stories that go on under "story" from here on; "split" is the story that a
    rewritten page has left. Ids come back as they are given; an article without one is called by its line, from 0.
    The last 20,000 articles are remembered.

    Example: dateline dedup articles.jsonl > judged.jsonl
    """
    from dateline.dedup.window import Window

    window = Window()
    with _opened(file) as stream:
        for number, line in enumerate(stream):
            out: dict[str, Any] = {"id": None}
            try:
                given = _object(line)
                out["id"] = given.get("id")
                article = _article(given)
                # As JSON, so that 7 and "7" are two ids, and each comes back as it was given; 0 is an id.
                key = _encode(number if out["id"] in (None, "") else out["id"]).decode()
                verdict = window.add(key, article.title, article.text, article.url, article.published_at)
                out |= _judged(verdict)
            except DatelineError as error:
                out |= {"disposition": "novel", "of": None, "story": None, "error": error.reason}
            _emit(_encode(out))


def _judged(verdict: "StreamVerdict") -> dict[str, Any]:
    told: dict[str, Any] = {
        "disposition": verdict.disposition,
        "of": None if verdict.of is None else _given(verdict.of),
        "story": _given(verdict.story),
        "similarity": round(verdict.similarity, 3),
    }
    if verdict.disposition in (Disposition.DUPLICATE, Disposition.REPRINT):
        told |= {
            "share": round(verdict.share, 3),
            "other_share": round(verdict.other_share, 3),
            "passages": [[one.start, one.end, one.other_start, one.other_end] for one in verdict.passages],
            "spun": verdict.spun,
        }
        if verdict.compared:
            told["compared"] = _given(verdict.compared)
    if verdict.merged:
        told["merged"] = [_given(one.ended) for one in verdict.merged]
    if verdict.split:
        told["split"] = _given(verdict.split.left)
    return told


def _given(key: str) -> Any:
    """Return the id of an article as its line gave it; of a story that has a name of its own, that name."""
    key, behind, number = key.rpartition("~") if key[-1:].isdigit() and "~" in key else (key, "", "")
    return f"{_decode(key)}~{number}" if behind else _decode(key)


_NOTHING: dict[str, Any] = {"relevance": 0.0, "relevant": False, "incidents": []}


def _opened(file: Path | None) -> BinaryIO:
    if file is None or str(file) == "-":
        return sys.stdin.buffer
    try:
        return file.open("rb")
    except OSError as error:
        raise typer.BadParameter(f"cannot read {file}: {error.strerror}") from error


def _filter(lines: BinaryIO, target: Target, nothing: dict[str, Any] | None = None) -> None:
    sandbox = _sandbox(target)
    for line in lines:
        try:
            _emit(sandbox.call(line, session.settings().page_deadline_s))
        except ChildLost as error:
            _emit(
                _encode({"id": _id_of(line), **(nothing or {}), "error": error.reason, "detail": str(error)})
            )


def _in_child(target: Target, item: bytes) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = _decode(_sandbox(target).call(item, session.settings().page_deadline_s))
    except ChildLost as error:
        return {"error": error.reason, "detail": str(error)}
    return answer


def _sandbox(target: Target) -> Sandbox:
    return Sandbox(target, memory_bytes=session.settings().child_memory_bytes)


def _explain(stream: BinaryIO, url: str, *, by_line: bool) -> None:
    """Show how each page was read; exit code 1 when the only one was not."""
    from rich.console import Console

    from dateline.cli import explain, show_page

    _reader("")

    def explained(item: bytes) -> bytes:
        try:
            body, address = _page(_object(item)) if by_line else (item, url)
        except BadPage as error:
            return _encode(explain.Explanation(error=error.reason, detail=str(error)))
        return _encode(explain.of(body, url=address))

    console, sandbox = Console(highlight=False), _sandbox(explained)
    for item in stream if by_line else (stream.read(),):
        try:
            answer = sandbox.call(item, session.settings().page_deadline_s)
            told = msgspec.json.decode(answer, type=explain.Explanation)
        except ChildLost as error:
            told = explain.Explanation(error=error.reason, detail=str(error))
        show_page.page(told, console)
        if by_line:
            console.print()
        elif told.article is None:
            raise typer.Exit(1)


def _emit(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def _reader(url: str) -> Target:
    from dateline.text import extract

    extract.load()  # before the fork, so that each new child has it

    def read_html(body: bytes) -> bytes:
        try:
            return _encode(extract.read_html(body, url=url))
        except BadPage as error:
            return _encode({"url": url, "error": error.reason, "detail": str(error)})

    return read_html


def _read_line(line: bytes) -> bytes:
    given: dict[str, Any] = {}
    try:
        given = _object(line)
        body, url = _page(given)
        out = _decode(_reader(url)(body))
    except DatelineError as error:
        out = {"error": error.reason, "detail": str(error)}
    return _encode({**out, "id": given.get("id", out.get("id"))})


def _page(given: dict[str, Any]) -> tuple[bytes, str]:
    """Return the bytes and the address of the page in a line."""
    html, url = given.get("html"), given.get("url") or ""
    if not isinstance(html, str) or not isinstance(url, str):
        raise BadPage('a line needs "html" as text', Reason.BAD_RECORD)
    return html.encode("utf-8", "surrogatepass"), url


def _object(line: bytes) -> dict[str, Any]:
    try:
        given = _decode(line)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise BadPage(f"not JSON: {error}", Reason.BAD_RECORD) from error
    if not isinstance(given, dict):
        raise BadPage("not a JSON object", Reason.BAD_RECORD)
    return given


def _id_of(line: bytes) -> Any:
    try:
        return _object(line).get("id")
    except DatelineError:
        return None


def _article(given: dict[str, Any]) -> Article:
    texts = {name: given.get(name) or "" for name in ("title", "text", "url", "publisher")}
    if not all(isinstance(value, str) for value in texts.values()):
        raise BadPage("title, text, url and publisher are texts", Reason.BAD_RECORD)
    language, country = given.get("language"), given.get("country")
    return Article(
        id=str(given.get("id") or texts["url"] or "-"),
        published_at=_instant(given.get("published_at")),
        language=language if isinstance(language, str) else None,
        country=country if isinstance(country, str) else None,
        title=texts["title"],
        text=texts["text"],
        url=texts["url"],
        publisher=texts["publisher"],
    )


def _instant(value: object) -> datetime | None:
    from dateline.feeds import dates

    return dates.read(value).at if isinstance(value, str) else None


COMMANDS = (read, code, dedup)
