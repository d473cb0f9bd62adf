"""HTTP to the host of a URL, over a connection that goes somewhere else: to the server under test."""

import http.client
import json
import socket
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from failure import LearnFailure

TIMEOUT = 30.0
"""Seconds for one request, as in MIT Learn."""

REDIRECTS = 30
"""How many redirects are followed for one request."""


@dataclass(frozen=True)
class Response:
    """An answer, after redirects."""

    url: str
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def json(self) -> Any:
        """The body as JSON, whatever the status."""
        try:
            return json.loads(self.body)
        except ValueError as error:
            raise LearnFailure(f"{self.url}: the answer ({self.status}) is not JSON") from error


class _Connection(http.client.HTTPConnection):
    """A connection to a fixed address: `HOST:PORT`, or `unix:PATH` for a socket in the file system."""

    def __init__(self, netloc: str, address: str) -> None:
        super().__init__(netloc, timeout=TIMEOUT)
        self.address = address

    def connect(self) -> None:
        if self.address.startswith("unix:"):
            self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.sock.settimeout(TIMEOUT)
            self.sock.connect(self.address.removeprefix("unix:"))
        else:
            host, _, port = self.address.rpartition(":")
            self.sock = socket.create_connection((host, int(port)), TIMEOUT)


class Server:
    """The server at `address`, which answers for every host."""

    def __init__(self, address: str) -> None:
        self.address = address

    def request(self, url: str, headers: dict[str, str] | None = None, method: str = "GET") -> Response:
        """Asks for `url` and follows redirects, as long as they stay on its host."""
        for _ in range(REDIRECTS):
            response = self._exchange(url, headers or {}, method)
            location = response.headers.get("Location")
            if response.status not in (301, 302, 303, 307, 308) or location is None:
                return response
            target = urljoin(url, location)
            if urlsplit(target).netloc != urlsplit(url).netloc:
                raise LearnFailure(f"{url}: redirects to another host: {location}")
            url = target
        raise LearnFailure(f"{url}: redirects without end")

    def _exchange(self, url: str, headers: dict[str, str], method: str) -> Response:
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection = _Connection(parts.netloc, self.address)
        try:
            connection.request(method, target, headers={"Accept": "application/json"} | headers)
            answer = connection.getresponse()
            return Response(url, answer.status, answer.headers, answer.read())
        except (OSError, http.client.HTTPException) as error:
            raise LearnFailure(f"{url}: no answer: {error!r}") from error
        finally:
            connection.close()
