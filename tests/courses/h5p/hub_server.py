"""A stand-in for the H5P Hub on the loopback interface that speaks its protocol."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

FIRST_SITE = "5f0b8c1e-hub-site"


def offered(machine_name: str, number: tuple[int, int, int], **changes: Any) -> dict[str, Any]:
    """One entry of the Hub's list, with the fields the real one has."""
    major, minor, patch = number
    return {
        "id": machine_name,
        "version": {"major": major, "minor": minor, "patch": patch},
        "coreApiVersionNeeded": {"major": 1, "minor": 24},
        "title": machine_name.removeprefix("H5P."),
        "summary": "Summary",
        "description": "Description",
        "icon": "",
        "createdAt": "2020-01-01T00:00:00.000Z",
        "updatedAt": "2024-01-01T00:00:00.000Z",
        "isRecommended": True,
        "popularity": 1,
        "screenshots": [],
        "license": {"id": "MIT", "attributes": {}},
        "owner": "Joubel",
        "example": "",
        "keywords": [],
        "categories": [],
    } | changes


class StandIn:
    """What it answers may be changed while it runs; what it was asked is kept."""

    def __init__(self) -> None:
        self.types: Any = []
        self.packages: Mapping[str, bytes] = {}
        self.status = 200
        self.body: bytes | None = None
        self.redirect = ""
        self.asked: list[tuple[str, str, dict[str, list[str]]]] = []
        self.url = ""

    def answer(self, method: str, path: str) -> tuple[int, bytes]:
        if self.status != 200 or self.body is not None:
            return self.status, self.body or b""
        if (method, path) == ("POST", "/v1/sites"):
            return 200, json.dumps({"uuid": FIRST_SITE}).encode()
        if (method, path) == ("POST", "/v1/content-types/"):
            listed = {"contentTypes": self.types, "apiVersion": {"major": 1, "minor": 0}}
            return 200, json.dumps(listed).encode()
        name = path.removeprefix("/v1/content-types/")
        if method == "GET" and name in self.packages:
            return 200, self.packages[name]
        return 404, b""


@contextmanager
def stand_in_hub() -> Iterator[StandIn]:
    hub = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length).decode()
            hub.asked.append((self.command, self.path, parse_qs(body, keep_blank_values=True)))
            if hub.redirect:
                self.send_response(302)
                self.send_header("Location", hub.redirect)
                self.end_headers()
                return
            status, answer = hub.answer(self.command, self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = _serve

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
