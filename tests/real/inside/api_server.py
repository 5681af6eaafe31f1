"""A small server in memory that answers as a cloud's API does, in a thread of the tests.

What it is asked is kept, so that a test can look at the bodies that a provider sent.
"""

from __future__ import annotations

import json
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")


@dataclass(frozen=True)
class Call:
    """A request: what was asked.

    Attributes:
        method: such as GET.
        path: without host and query, decoded.
        query: its last value by name.
        body: JSON as data; other text as it came; None where there was none.
        headers: by their names in lower case.
    """

    method: str
    path: str
    query: dict[str, str]
    body: Any
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """A response: what is said to a call. A body of None is sent as no bytes at all."""

    code: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


class Api:
    """What answers; a cloud's own is derived from it."""

    def __init__(self) -> None:
        self.calls: list[tuple[Call, int]] = []
        self.url = ""
        self._lock = threading.RLock()

    def answer(self, call: Call) -> Answer:
        """What the cloud says to a call; one call at a time comes in."""
        raise NotImplementedError

    def handle(self, call: Call) -> Answer:
        """Answer, and keep what was asked and how it ended."""
        with self._lock:
            said = self.answer(call)
            self.calls.append((call, said.code))
            return said

    def sent(self, path: str) -> list[Any]:
        """The bodies of all accepted calls whose path ends so, oldest first."""
        return [call.body for call, code in self.calls if code < 400 and call.path.endswith(path)]


@contextmanager
def serving(api: Api, certificate: tuple[Path, Path] | None = None) -> Iterator[None]:
    """Serve on a free port of 127.0.0.1 until the block ends; ``api.url`` says where.

    Args:
        api: what answers.
        certificate: files of certificate and key, for https.
    """
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(api))
    server.daemon_threads = True
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "http" if certificate is None else "https"
    api.url = f"{scheme}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def self_signed(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that vouches for itself, and its key, as files."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
        + ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
        + ["-addext", "basicConstraints=critical,CA:TRUE"]
        + ["-out", str(certificate), "-keyout", str(key)],
        check=True,
        capture_output=True,
    )
    return certificate, key


def _handler(api: Api) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *arguments: Any) -> None:
            """Say nothing: what was asked is kept in api.calls."""

        def handle_one(self) -> None:
            split = urlsplit(self.path)
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            query = dict(parse_qsl(split.query, keep_blank_values=True))
            headers = {name.lower(): value for name, value in self.headers.items()}
            said = api.handle(Call(self.command, unquote(split.path), query, _body(raw), headers))
            data = b"" if said.body is None else json.dumps(said.body).encode()
            self.send_response(said.code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

    return type("Handler", (Handler,), {f"do_{name}": Handler.handle_one for name in METHODS})


def _body(raw: bytes) -> Any:
    if not raw:
        return None
    try:
        return json.loads(raw)
    except ValueError:
        return raw.decode(errors="replace")
