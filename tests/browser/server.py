"""A local server that answers as GitHub Pages does, with the site below /repo/.

Enters: a folder. Leaves: the address of a running server. Never leaves this machine.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

PREFIX = "/repo/"


class PagesHandler(SimpleHTTPRequestHandler):
    """Serve files below /repo/; 404.html with status 404 for all else; folders need their slash."""

    def do_GET(self) -> None:
        """Answer as GitHub Pages does."""
        path = unquote(urlsplit(self.path).path)
        file = Path(self.directory) / path.removeprefix(PREFIX)
        if path.startswith(PREFIX) and file.is_dir():
            if not path.endswith("/"):
                self.send_response(HTTPStatus.MOVED_PERMANENTLY)
                self.send_header("Location", path + "/")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            file /= "index.html"
        found = path.startswith(PREFIX) and file.is_file()
        self.answer(file if found else Path(self.directory) / "404.html", found=found)

    def answer(self, file: Path, *, found: bool) -> None:
        """Send a file, with the status that fits."""
        body = file.read_bytes() if file.is_file() else b"not found"
        self.send_response(HTTPStatus.OK if found else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is inherited
        """Say nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder, which may be filled later, at the address this returns."""
    handler = partial(PagesHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
        finally:
            server.shutdown()
            thread.join()
