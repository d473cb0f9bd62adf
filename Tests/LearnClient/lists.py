"""How MIT Learn walks a list (`spec/catalog.md` §5.3)."""

from typing import Any, Iterator
from urllib.parse import urlsplit, urlunsplit

from connection import Server
from failure import LearnFailure


def items(server: Server, url: str, headers: dict[str, str]) -> Iterator[Any]:
    """The items of all pages: the first is asked for with `?live=True`, each further one as `next` says.

    The status is not looked at: any JSON with `results` is a page.
    """
    first = urlsplit(url)
    target: str | None = urlunsplit(first._replace(query="live=True"))
    asked: set[str] = set()
    while target is not None:
        if target in asked:
            raise LearnFailure(f"{target}: next leads in a circle")
        asked.add(target)
        page = server.request(target, headers).json()
        if not isinstance(page, dict) or not isinstance(page.get("results"), list):
            raise LearnFailure(f"{target}: the answer has no results")
        yield from page["results"]
        target = _following(page.get("next"), target, f"{first.scheme}://{first.netloc}")


def _following(link: str | None, page: str, site: str) -> str | None:
    """The URL behind `next`: its path and query on the site of the first request; it may name no other host."""
    if link is None:
        return None
    parts = urlsplit(link)
    host = urlsplit(site).netloc
    if parts.netloc and parts.netloc.lower() != host.lower():
        raise LearnFailure(f"{page}: next names the host {parts.netloc}, not {host}")
    return site + parts.path + (f"?{parts.query}" if parts.query else "")
