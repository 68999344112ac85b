"""Row 39: what is no HTML, whatever the header calls it."""

import gzip
import random
import zlib

from hostile_story import HTML, PARAGRAPHS, TEXT, Case, Cases, case, page, whole

from dateline.errors import Reason

_RANDOM = random.Random(7)
_NOISE = _RANDOM.randbytes(200_000)
_PDF = (
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>stream\n"
    + zlib.compress(page().encode())
    + b"\nendstream"
)

_BODIES = {
    "a PDF": _PDF,
    "a PDF behind blanks": b"\r\n  " + _PDF,
    "a PDF that holds a page": b"%PDF-1.4\n" + page().encode(),
    "a PNG": b"\x89PNG\r\n\x1a\n" + _NOISE,
    "a PNG that holds a page": b"\x89PNG\r\n\x1a\n" + page().encode(),
    "a JPEG": b"\xff\xd8\xff\xe0\x00\x10JFIF" + _NOISE,
    "a GIF": b"GIF89a" + _NOISE,
    "a GIF that is script": b"GIF89a/*" + page().encode() + b"*/=1;",
    "a WebP": b"RIFF\x24\x00\x00\x00WEBPVP8 " + _NOISE,
    "an AVIF": b"\x00\x00\x00\x1cftypavif" + _NOISE,
    "an MP4": b"\x00\x00\x00\x18ftypmp42" + _NOISE,
    "an MP3": b"ID3\x03" + _NOISE,
    "a ZIP": b"PK\x03\x04" + _NOISE,
    "a gzip in a gzip": gzip.compress(gzip.compress(page().encode())),
    "zlib": zlib.compress(page().encode()),
    "a program": b"\x7fELF" + _NOISE,
    "a font": b"wOF2" + _NOISE,
    "a Word file": b"\xd0\xcf\x11\xe0" + _NOISE,
    "RTF": b"{\\rtf1 " + " ".join(PARAGRAPHS).encode(),
    "noise": _NOISE,
    "noise behind noise": bytes(range(128, 256)) * 1_000,
    "nothing": b"",
    "blanks": b" \r\n\t" * 1_000,
    "NUL": b"\0" * 100_000,
    "NUL and a letter": b"\0\0\0a" * 100_000,
    "plain text": "\n\n".join(PARAGRAPHS).encode(),
    "JSON with markup": b'{"title": "x", "html": "<p>' + TEXT.encode() + b'</p>"}',
    "a list of JSON": b'[{"html": "<p>x</p>"}]',
    "style": b"p { color: red } div > p { color: blue }" * 1_000,
    "program text": b"function a(b) { return b < 1 && b > 0; }" * 1_000,
}

CASES: Cases = {
    **{name: lambda body=body: Case(body, Reason.NOT_HTML, HTML) for name, body in _BODIES.items()},
    **{
        f"{kind[:30]!r} by header, noise by nature": lambda kind=kind: Case(_NOISE, Reason.NOT_HTML, kind)
        for kind in ("image/jpeg", "application/pdf", "application/octet-stream", "video/mp4", "", "\x00" * 9)
    },
    **{
        f"{kind[:30]!r} by header, a page by nature": lambda kind=kind: case(page(), whole, kind)
        for kind in ("image/png", "application/pdf", "application/octet-stream", "text/plain", "text/xml", "", "/", "text/html;" * 10_000)
    },
    "a page of no text": lambda: case("<html><body></body></html>", Reason.NO_TEXT),
    "a page that is a script": lambda: case("<html><body><div id=app></div><script>" + f'var a="{TEXT}"'.replace("\n", "") + "</script></body></html>", Reason.NO_TEXT),
}  # fmt: skip
