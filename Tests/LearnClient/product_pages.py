"""MIT Learn's product pages: a browser on another site asks for one course or program (`spec/catalog.md` §5.4)."""

from typing import Any
from urllib.parse import urlencode

from connection import Response, Server
from failure import LearnFailure

TYPES = {"courses": "cms.coursepage", "programs": "cms.programpage"}
"""The lists of products, with the type of their pages."""

HEADER = "X-CSRFToken"
"""A header that makes a browser ask the server's leave first."""


class Browser:
    """Reads across origins as a browser does: with cookies, and only what the server lets its page see."""

    def __init__(self, server: Server, site: str, origin: str) -> None:
        self.server = server
        self.site = site
        self.origin = origin

    def read(self, path: str, query: dict[str, str]) -> Any:
        """The JSON document at an address."""
        url = f"{self.site}{path}?{urlencode(query, safe='*')}"
        asking = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": HEADER.lower()}
        leave = self.server.request(url, {"Origin": self.origin} | asking, method="OPTIONS")
        self._check(leave)
        allowed = leave.headers.get("Access-Control-Allow-Headers", "").lower().replace(" ", "").split(",")
        if not 200 <= leave.status < 300 or HEADER.lower() not in allowed:
            raise LearnFailure(f"{url}: the preflight ({leave.status}) does not allow {HEADER}")
        response = self.server.request(url, {"Origin": self.origin, HEADER: "token"})
        self._check(response)
        if response.status != 200:
            raise LearnFailure(f"{url}: status {response.status}")
        return response.json()

    def _check(self, response: Response) -> None:
        if response.headers.get("Access-Control-Allow-Origin") != self.origin:
            raise LearnFailure(f"{response.url}: {self.origin} may not read the answer ({response.status})")
        if response.headers.get("Access-Control-Allow-Credentials") != "true":
            raise LearnFailure(f"{response.url}: the answer ({response.status}) may not be read with credentials")
        if "origin" not in ", ".join(response.headers.get_all("Vary", [])).lower().split(", "):
            raise LearnFailure(f"{response.url}: a cache would show the answer ({response.status}) to other origins")


def read_product(browser: Browser, kind: str, readable_id: str) -> dict[str, Any]:
    """The product of a list, and its page."""
    found = browser.read(f"/api/v2/{kind}/", {"readable_id": readable_id, "live": "true"})
    pages = browser.read("/api/v2/pages/", {"fields": "*", "type": TYPES[kind], "readable_id": readable_id})
    return {
        "product": _only(found, "results", f"{readable_id} in {kind}"),
        "page": _only(pages, "items", f"the page of {readable_id}"),
    }


def _only(document: Any, field: str, name: str) -> Any:
    found = document.get(field) if isinstance(document, dict) else None
    if not isinstance(found, list) or len(found) != 1:
        raise LearnFailure(f"{name}: {field} is not a list of one")
    return found[0]
