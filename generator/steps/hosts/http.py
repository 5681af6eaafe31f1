"""Requests to an API: JSON in, JSON out, tried again where the server asks for it."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from typing import Any

from generator.errors import UsageError

_TIMEOUT = 60  # seconds
_TRIES = 4
_WAIT = 2.0  # seconds before the second try; doubled for each further one
# Too many requests, and what stands before a server when that is away.
_AGAIN = (429, 502, 503, 504)


class Api:
    """One API below an address."""

    def __init__(self, address: str, headers: Mapping[str, str]) -> None:
        """Nothing is asked yet.

        Args:
            address: what all paths follow.
            headers: of every request.
        """
        self._address, self._headers = address.rstrip("/"), dict(headers)

    def call(self, method: str, path: str, body: Any = None, **query: str | int) -> Any:
        """What one request comes to.

        Args:
            method: GET, POST, PATCH, PUT.
            path: below the address, quoted, or a whole address of the same server.
            body: sent as JSON.
            query: what follows the question mark.

        Raises:
            UsageError: the server says no, or does not answer.
        """
        return self._ask(method, path, body, query)[0]

    def pages(self, path: str, **query: str | int) -> Iterator[Any]:
        """The entries of all pages of a list; the next page is named by a Link header.

        Raises:
            UsageError: as of ``call``.
        """
        at: str | None = path
        given: Mapping[str, str | int] = query
        while at is not None:
            entries, at = self._ask("GET", at, None, given)
            yield from entries
            given = {}

    def _ask(
        self, method: str, path: str, body: Any, query: Mapping[str, str | int]
    ) -> tuple[Any, str | None]:
        address = path if path.startswith(f"{self._address}/") else f"{self._address}/{path}"
        if query:
            address += f"?{urllib.parse.urlencode(query)}"
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "User-Agent": "dativo", **self._headers}
        # The address is the code host's own, from the pipeline's environment.
        request = urllib.request.Request(address, data, headers, method=method)  # noqa: S310
        wait = _WAIT
        for left in reversed(range(_TRIES)):
            try:
                with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
                    text, link = answer.read(), answer.headers.get("Link", "")
                return (json.loads(text) if text else None), _next(link)
            except urllib.error.HTTPError as error:
                if error.code not in _AGAIN or not left:
                    reason = " ".join(error.read(2000).decode(errors="replace").split())[:300]
                    raise UsageError(f"{method} {address}: {error.code} {reason}") from None
                asked = error.headers.get("Retry-After") or ""
                time.sleep(min(int(asked), 60) if asked.isdigit() else wait)
            except (OSError, ValueError) as error:
                if not left or method != "GET":
                    raise UsageError(f"{method} {address}: {error}") from None
                time.sleep(wait)
            wait *= 2
        raise AssertionError("the last try raises")


def _next(link: str) -> str | None:
    """The next page of a Link header (RFC 8288)."""
    for part in link.split(","):
        address, _, attributes = part.partition(">")
        if 'rel="next"' in attributes:
            return address.strip().removeprefix("<")
    return None
