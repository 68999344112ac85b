"""The promises of services.poller.secrets: values are read from files and never seen."""

import logging
from pathlib import Path

import pytest

from dateline.errors import FetchFailed, Reason
from services.poller.secrets import MAX_SECRET_BYTES, Headers, Secrets, vet_header


def put(folder: Path, name: str, value: bytes) -> None:
    (folder / name).write_bytes(value)


def test_a_secret_is_the_text_of_its_file(tmp_path: Path) -> None:
    """One file a secret; a closing line end is not part of it."""
    put(tmp_path, "wire-token", b"Bearer abc.def==\n")
    put(tmp_path, "key", b"k1\r\n")
    headers = Secrets(str(tmp_path)).headers([("Authorization", "wire-token"), ("X-Api-Key", "key")])
    assert dict(headers) == {"Authorization": "Bearer abc.def==", "X-Api-Key": "k1"}


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    """A secret that is rotated counts at the next poll, also when a new file took its place."""
    secrets = Secrets(str(tmp_path))
    for number in range(3):
        fresh = tmp_path / "fresh"
        fresh.write_bytes(b"value%d" % number)
        fresh.replace(tmp_path / "token")
        assert secrets.headers([("X-Key", "token")])["X-Key"] == f"value{number}"
    (tmp_path / "token").unlink()
    with pytest.raises(FetchFailed):
        secrets.headers([("X-Key", "token")])


@pytest.mark.parametrize(
    ("folder", "name"),
    [("", "token"), ("here", "missing"), ("here", "../token"), ("here", ".."), ("here", ""), ("here", "a/b")],
)
def test_a_missing_secret_is_a_setting(tmp_path: Path, folder: str, name: str) -> None:
    """What is not there, or lies elsewhere, fails the fetch with reason setting and the name of the secret."""
    put(tmp_path, "token", b"x")
    (tmp_path / "sub").mkdir()
    with pytest.raises(FetchFailed) as caught:
        Secrets(str(tmp_path / "sub") if folder else "").headers([("X-Key", name)])
    assert caught.value.reason is Reason.SETTING
    assert repr(name) in str(caught.value)


@pytest.mark.parametrize(
    "value",
    [b"", b"\n", b"a\r\nX-Evil: 1", b"a\nb", b"a\rb", b"a\0b", "käse".encode(), b" a", b"a ", b"x" * 9000],
)
def test_what_is_no_header_value_is_refused(tmp_path: Path, value: bytes) -> None:
    """Line breaks, controls, other scripts and great lengths shape no request; the value is not told."""
    put(tmp_path, "token", value)
    with pytest.raises(FetchFailed) as caught:
        Secrets(str(tmp_path)).headers([("X-Key", "token")])
    assert caught.value.reason is Reason.SETTING
    told = f"{caught.value!s}{caught.value!r}{caught.value.__cause__!r}{caught.value.__context__!r}"
    assert "Evil" not in told
    assert "x" * 100 not in told
    assert len(value) <= MAX_SECRET_BYTES or value == b"x" * 9000


@pytest.mark.parametrize(
    "name",
    [
        "Host", "host", "Content-Length", "content-type", "Content-Encoding", "Transfer-Encoding", "Connection",
        "User-Agent", "Accept-Encoding", "TE", "Upgrade", "Proxy-Authorization", "If-None-Match", "Expect",
        "Sec-Fetch-Site", "X-Forwarded-For", "", "a b", "a:b", "a\r\nb", "ä", "x" * 200,
    ],
)  # fmt: skip
def test_headers_by_which_requests_are_made_cannot_be_set(tmp_path: Path, name: str) -> None:
    """The frame of a request is ours; names that are none are refused."""
    put(tmp_path, "token", b"value")
    with pytest.raises(ValueError, match="cannot be set"):
        vet_header(name)
    with pytest.raises(FetchFailed) as caught:
        Secrets(str(tmp_path)).headers([(name, "token")])
    assert caught.value.reason is Reason.SETTING


@pytest.mark.parametrize("name", ["Authorization", "Cookie", "X-Api-Key", "Accept-Language", "api_key"])
def test_ordinary_headers_can_be_set(name: str) -> None:
    """Keys, tokens and languages are what feeds ask for."""
    vet_header(name)


def test_values_are_not_shown(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Neither the mapping nor the reader shows a value, however it is printed."""
    put(tmp_path, "token", b"hidden")
    secrets = Secrets(str(tmp_path))
    headers = secrets.headers([("X-Key", "token")])
    logging.getLogger("t").warning("headers %s %r", headers, {"h": headers})
    shown = f"{headers} {headers!r} {secrets!r} {[headers]} {caplog.text}"
    assert "hidden" not in shown
    assert "X-Key" in shown
    assert "hidden" not in repr(Headers(headers))
