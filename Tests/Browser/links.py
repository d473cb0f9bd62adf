"""Links, ids and files that pages and styles name, read without any code of the site's makers."""

import os
import posixpath
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from multiprocessing import Pool
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from report import Report
from tree import Page, Site

_LOADED_LINKS = {"stylesheet", "icon", "apple-touch-icon", "preload", "modulepreload", "prefetch", "manifest",
                 "preconnect", "dns-prefetch", "mask-icon"}
_ADDRESSES = {"og:url", "og:image", "og:image:url", "og:image:secure_url", "twitter:image"}


class Link(NamedTuple):
    """An address in a page."""

    url: str
    loads: bool
    """Whether the browser asks for it by itself."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: dict[str, int] = {}
        self.links: set[Link] = set()
        self.has_base = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not attrs:
            return
        values = {name: value or "" for name, value in reversed(attrs)}
        if "id" in values:
            self.ids[values["id"]] = self.ids.get(values["id"], 0) + 1
        if tag == "base":
            self.has_base = True
        if tag == "link":
            loads = bool(set(values.get("rel", "").lower().split()) & _LOADED_LINKS)
            self.links.add(Link(values.get("href", ""), loads))
        elif "href" in values:
            self.links.add(Link(values["href"], loads=tag in ("use", "image")))
        for name in ("src", "poster", "data"):
            if name in values:
                self.links.add(Link(values[name], loads=True))
        for part in _candidates(values.get("srcset", "") + "," + values.get("imagesrcset", "")):
            self.links.add(Link(part, loads=True))
        if tag == "form" and "action" in values:
            self.links.add(Link(values["action"], loads=False))
        if tag == "meta" and values.get("property", values.get("name")) in _ADDRESSES:
            self.links.add(Link(values.get("content", ""), loads=False))


def _candidates(srcset: str) -> Iterator[str]:
    for part in srcset.split(","):
        if words := part.split():
            yield words[0]


class _Result(NamedTuple):
    page: Page
    ids: frozenset[str]
    findings: list[tuple[str, str]]
    anchors: set[tuple[str, str, str]]
    """The file, the fragment, and the link as it stands."""


class Resolver:
    """Finds the file that an address in a file of the site leads to."""

    def __init__(self, site: Site, origin: str | None, elsewhere: str | None) -> None:
        self.files = site.files
        self.folders = {posixpath.dirname(file) for file in site.files}
        self.origin = origin.rstrip("/") if origin else None
        self.elsewhere = re.compile(elsewhere) if elsewhere else None

    def target(self, file: str, link: Link) -> tuple[str | None, str | None, str]:
        """The file with the fragment, or what is wrong; neither for an address outside."""
        url = link.url.strip()
        if self.origin and (url == self.origin or url.startswith((self.origin + "/", self.origin + "?"))):
            url = url[len(self.origin):] or "/"
            if self.elsewhere and not link.loads and self.elsewhere.fullmatch(url):
                return None, None, ""
        parts = urlsplit(url)
        if parts.scheme or parts.netloc:
            if link.loads:
                return None, f"outside-file: {link.url}", ""
            if parts.scheme not in ("http", "https", "mailto", "tel"):
                return None, f"scheme: {link.url}", ""
            return None, None, ""
        fragment = unquote(parts.fragment)
        if not parts.path:
            return file, None, fragment
        path = unquote(parts.path)
        joined = path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(file), path)
        place = posixpath.normpath(joined) if joined else "."
        if place.startswith("../") or place == "..":
            return None, f"outside-folder: {link.url}", ""
        place = "" if place == "." else place
        if path.endswith(("/", "/.", "/..")) or path in (".", ".."):
            start = place + "/" if place else ""
            for name in ("index.html", "index.json"):
                if start + name in self.files:
                    return start + name, None, fragment
            return None, f"dead-link: {link.url}", ""
        if place in self.files:
            return place, None, fragment
        if place in self.folders:
            return None, f"no-slash: {link.url}", ""
        return None, f"dead-link: {link.url}", ""


_shared: tuple[Site, Resolver]


def _share(site: Site, resolver: Resolver) -> None:
    global _shared  # pylint: disable=global-statement
    _shared = (site, resolver)


def _read(page: Page) -> _Result:
    site, resolver = _shared
    reader = _Reader()
    reader.feed(site.text(page.file))
    reader.close()
    findings = [("duplicate-id", name) for name, count in reader.ids.items() if count > 1]
    findings += [("empty-id", "")] if "" in reader.ids else []
    findings += [("base", "links would not be what they seem")] if reader.has_base else []
    anchors = set()
    for link in reader.links:
        file, problem, fragment = resolver.target(page.file, link)
        if problem:
            rule, _, detail = problem.partition(": ")
            findings.append((rule, detail))
        elif file and fragment and fragment != "top" and file.endswith(".html"):
            anchors.add((file, fragment, link.url))
    return _Result(page, frozenset(reader.ids), sorted(findings), anchors)


def check_links(site: Site, origin: str | None, elsewhere: str | None, report: Report) -> None:
    """Follows every address to its file and its id."""
    resolver = Resolver(site, origin, elsewhere)
    ids: dict[str, frozenset[str]] = {}
    anchors: list[tuple[Page, str, str, str]] = []
    with Pool(os.cpu_count(), _share, (site, resolver)) as pool:
        for result in pool.imap(_read, site.pages, chunksize=8):
            ids[result.page.file] = result.ids
            for rule, detail in result.findings:
                report.find(result.page.address, rule, detail)
            anchors += [(result.page, *anchor) for anchor in sorted(result.anchors)]
    for page, file, fragment, url in anchors:
        if fragment not in ids[file]:
            report.find(page.address, "dead-fragment", url)
    for style in site.having(".css"):
        _check_style(site, style, resolver, report)
    report.remark("", "links", f"{len(site.pages)} pages")


_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]+))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""", re.I)


def _check_style(site: Site, file: str, resolver: Resolver, report: Report) -> None:
    text = re.sub(r"/\*.*?\*/", "", site.text(file), flags=re.S)
    for match in _URL.finditer(text):
        url = next(group for group in match.groups() if group is not None)
        _, problem, _ = resolver.target(file, Link(url, loads=True))
        if problem:
            rule, _, detail = problem.partition(": ")
            report.find(file, rule, detail)
