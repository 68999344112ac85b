"""Serves the sample wire: ``python -m services.sample [--port 0] [--base-day YYYY-MM-DD]``.

Owns the socket and the clock. Refuses to be reached from elsewhere: it binds 127.0.0.1 only.
Prints one line, ``listening http://127.0.0.1:PORT/``, once it can be asked.
"""

import argparse
import signal
import sys
import threading
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import FrameType
from typing import Any

from services.sample.site import Rendered, render

HOST = "127.0.0.1"


def unchanged(answer: Rendered, if_none_match: str | None, if_modified_since: str | None) -> bool:
    """Say whether a conditional request gets a 304 (RFC 9110: the entity tag wins over the date)."""
    if not answer.etag or answer.last_modified is None:
        return False
    if answer.sticky:
        return bool(if_none_match or if_modified_since)
    if if_none_match is not None:
        tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
        return answer.etag in tags or "*" in tags
    if if_modified_since is None:
        return False
    try:
        return answer.last_modified <= parsedate_to_datetime(if_modified_since).astimezone(UTC)
    except (ValueError, TypeError):
        return False


class SampleServer(ThreadingHTTPServer):
    """An HTTP server that knows its base day."""

    daemon_threads = True

    def __init__(self, port: int, base_day: date) -> None:
        super().__init__((HOST, port), Handler)
        self.base_day = base_day
        self.origin = f"http://{HOST}:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over a client that hung up; tell of anything else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD; says nothing on stderr."""

    protocol_version = "HTTP/1.1"
    server: SampleServer
    timeout = 30  # seconds that an idle connection is kept

    def do_GET(self) -> None:
        path = self.path.partition("?")[0].partition("#")[0]
        answer = render(path, self.server.base_day, self.server.origin)
        if answer is None:
            answer = Rendered(status=404, body=b"<html><body><h1>Page not found</h1></body></html>")
        if unchanged(answer, self.headers["If-None-Match"], self.headers["If-Modified-Since"]):
            self._send(304, answer, b"")
        else:
            self._send(answer.status, answer, answer.body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _send(self, status: int, answer: Rendered, body: bytes) -> None:
        self.send_response(status)
        if answer.etag:
            self.send_header("ETag", answer.etag)
        if answer.last_modified is not None:
            self.send_header("Last-Modified", format_datetime(answer.last_modified, usegmt=True))
        if answer.location:
            self.send_header("Location", answer.location)
        if status != 304:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet: the reader of the wire is the poller, whose log tells the same."""


def main() -> None:
    """Serve until SIGTERM or Ctrl-C, then leave quietly with status 0."""
    options = argparse.ArgumentParser(
        prog="services.sample", description="Serve the sample wire on loopback."
    )
    options.add_argument("--port", type=int, default=0, help="0: the system chooses")
    options.add_argument("--base-day", type=date.fromisoformat, default=None, help="YYYY-MM-DD; today in UTC")
    given = options.parse_args()
    server = SampleServer(given.port, given.base_day or datetime.now(UTC).date())

    def stop(_signal: int, _frame: FrameType | None) -> None:
        # shutdown() waits for the serving loop, which this handler interrupts: hence the thread.
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    sys.stdout.write(f"listening {server.origin}/\n")
    sys.stdout.flush()
    with server:
        server.serve_forever(poll_interval=0.1)


if __name__ == "__main__":
    main()
