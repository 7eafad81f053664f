"""Addresses are fetched from a server of the test's own."""

from __future__ import annotations

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from summarize.errors import InputError
from summarize.inputs import Reading, find_items, web

TEXT = b"The weir is closed in May. Nobody in the town knows why it leaks so much."


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.startswith("/loop"):
            self.send_response(302)
            self.send_header("Location", "/loop?again")
            self.end_headers()
            return
        if self.path == "/old":
            self.send_response(301)
            self.send_header("Location", "/a.txt")
            self.end_headers()
            return
        if self.path == "/file":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
            return
        body = {"/a.txt": TEXT, "/agent": self.headers["User-Agent"].encode(), "/packed": gzip.compress(TEXT)}
        body["/bomb"] = gzip.compress(bytes(3_000_000))
        if self.path not in body:
            self.send_error(404)
            return
        self.send_response(200)
        if self.path in ("/packed", "/bomb"):
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body[self.path])

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/a.txt", "/old", "/packed"])
def test_a_document_is_fetched(server, path):
    assert web.fetch(server + path, allow_private=True) == TEXT


def test_the_server_is_told_the_name_of_the_program(server):
    assert web.fetch(f"{server}/agent", allow_private=True).startswith(b"summarize/")
    assert web.fetch(f"{server}/agent", user_agent="me", allow_private=True) == b"me"


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/none", "the server answers 404 Not Found"),
        ("/loop", "redirects more than 5 times"),
        ("/file", "redirects to 'file:///etc/passwd'; accepted: http and https"),
    ],
)
def test_what_cannot_be_fetched_is_an_input_error(server, path, problem):
    with pytest.raises(InputError, match=problem):
        web.fetch(server + path, allow_private=True)


def test_too_large_a_document_is_refused(server, monkeypatch):
    monkeypatch.setattr(web, "MAX_BYTES", 1_000_000)
    with pytest.raises(InputError, match="found more than 1,000,000 bytes"):
        web.fetch(f"{server}/bomb", allow_private=True)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "0x7f000001"]
)
def test_private_addresses_are_refused(host):
    with pytest.raises(InputError, match=r"is in a private network|is not known"):
        web.fetch(f"http://{host}/")


def test_an_address_in_a_list_is_not_fetched(server):
    url = f"{server}/a.txt"
    [item] = find_items([url], Reading(allow_private=True))
    assert item.kind == "problem"
    [item] = find_items([url], Reading(allow_private=True, addresses=(url,)))
    assert item.content == TEXT
