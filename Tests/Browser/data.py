"""What is in a site for machines: JSON-LD, iCalendar, sitemap and feed, read by libraries of other people."""

import json
import re
import xml.etree.ElementTree as xml
from collections.abc import Iterator
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any

import icalendar
from pyld import jsonld

from links import Link, Resolver
from report import Report
from tree import Page, Site

SCHEMA = "https://schema.org/"

REQUIRED = {
    "Course": ["name", "description", "provider", "url"],
    "CourseInstance": ["courseMode"],
    "EducationalOccupationalProgram": ["name", "url"],
    "ItemList": ["itemListElement"],
    "ListItem": ["position"],
    "Organization": ["name"],
    "Offer": ["category"],
    "Person": ["name"],
    "Schedule": ["repeatFrequency"],
    "BreadcrumbList": ["itemListElement"],
}
"""What nodes of a type have, so that search engines can use them."""


def check_data(site: Site, origin: str, report: Report) -> None:
    """Reads everything."""
    for page in site.pages:
        _check_linked_data(page, site.text(page.file), report)
    seen: dict[str, bytes] = {}
    for file in site.having(".ics"):
        _check_calendar(site, file, seen, report)
    pages = Resolver(site, origin, None)
    for file in [name for name in site.having(".xml") if name.startswith("sitemap")]:
        _check_sitemap(site, file, origin, pages, report)
    for file in site.having(".atom"):
        _check_feed(site, file, origin, pages, report)


# JSON-LD


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_inside = tag == "script" and dict(attrs).get("type") == "application/ld+json"
        if self._is_inside:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._is_inside = False

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self.texts[-1] += data


def _load(url: str, _: Any = None) -> dict[str, Any]:
    """A context in which each name is one of schema.org's; the network is not asked for the true one."""
    if url.rstrip("/") not in (SCHEMA.rstrip("/"), "http://schema.org"):
        raise jsonld.JsonLdError(f"no context but schema.org's is known: {url}", "jsonld.LoadDocumentError")
    document = {"@context": {"@vocab": SCHEMA, "url": {"@type": "@id"}, "image": {"@type": "@id"}}}
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": document}


def _check_linked_data(page: Page, text: str, report: Report) -> None:
    if "application/ld+json" not in text:
        return
    scripts = _Scripts()
    scripts.feed(text)
    scripts.close()
    for script in scripts.texts:
        try:
            document = jsonld_document(script)
            expanded = jsonld.expand(document, {"documentLoader": _load})
        except (ValueError, jsonld.JsonLdError) as error:
            report.find(page.address, "json-ld", str(error).splitlines()[0])
            continue
        if not expanded:
            report.find(page.address, "json-ld", "it says nothing")
        for node in _nodes(expanded):
            _check_node(page, node, node in expanded, report)


def jsonld_document(text: str) -> Any:
    """The JSON of a script; a name that an object has twice is an error."""
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"{name!r} stands twice in an object")
        return dict(pairs)

    return json.loads(text, object_pairs_hook=unique)


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item)
    elif isinstance(value, dict) and "@value" not in value:
        if "@list" in value:
            yield from _nodes(value["@list"])
            return
        yield value
        for name, inner in value.items():
            if not name.startswith("@"):
                yield from _nodes(inner)


def _check_node(page: Page, node: dict[str, Any], is_subject: bool, report: Report) -> None:
    properties = [name for name in node if not name.startswith("@")]
    if not properties:
        return  # A reference to another node, by its id.
    types = node.get("@type", [])
    if not types:
        report.find(page.address, "json-ld-type", ", ".join(properties))
    for kind in types:
        name = kind.removeprefix(SCHEMA)
        if name not in REQUIRED:
            report.find(page.address, "json-ld-type", f"{name} is not one of those that are expected")
        # What has an id and is only mentioned is described where it is the subject.
        for needed in REQUIRED.get(name, []) if is_subject or "@id" not in node else []:
            if SCHEMA + needed not in node:
                report.find(page.address, "json-ld-property", f"{name} has no {needed}")
    for reference in ("@id", SCHEMA + "url", SCHEMA + "image"):
        values = node.get(reference, [])
        for value in [values] if isinstance(values, str) else values:
            url = value if isinstance(value, str) else value.get("@id", value.get("@value", ""))
            if not re.match(r"https?://[^/]+/|https?://[^/]+$|_:", url):
                report.find(page.address, "json-ld-url", f"{reference.removeprefix(SCHEMA)}: {url}")
    for moment in ("startDate", "endDate"):
        for value in node.get(SCHEMA + moment, []):
            if not _is_moment(value.get("@value", "")):
                report.find(page.address, "json-ld-date", f"{moment}: {value.get('@value')}")


def _is_moment(text: str) -> bool:
    try:
        return bool(datetime.fromisoformat(text.replace("Z", "+00:00")))
    except ValueError:
        return False


# iCalendar


def _check_calendar(site: Site, file: str, seen: dict[str, bytes], report: Report) -> None:
    with open(site.path(file), "rb") as stream:
        content = stream.read()
    if b"\n" in content.replace(b"\r\n", b"") or not content.endswith(b"\r\n"):
        report.find(file, "ics-lines", "a line does not end with CR LF")
    for line in content.split(b"\r\n"):
        if len(line) > 75:
            report.find(file, "ics-lines", f"{len(line)} bytes in a line")
    try:
        calendar = icalendar.Calendar.from_ical(content)
    except ValueError as error:
        report.find(file, "ics", str(error))
        return
    for name in ("VERSION", "PRODID"):
        if name not in calendar:
            report.find(file, "ics-property", f"the calendar has no {name}")
    events = calendar.walk("VEVENT")
    if not events:
        report.find(file, "ics", "no event")
    own: set[str] = set()
    for event in events:
        _check_event(file, event, report)
        uid = str(event.get("UID", ""))
        if uid in own or seen.get(uid, event.to_ical()) != event.to_ical():
            report.find(file, "ics-uid", f"{uid} is the id of another event too")
        own.add(uid)
        seen[uid] = event.to_ical()


def _check_event(file: str, event: icalendar.Event, report: Report) -> None:
    for component, error in event.errors:
        report.find(file, "ics", f"{component}: {error}")
    for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY"):
        if not event.get(name):
            report.find(file, "ics-property", f"an event has no {name}")
    if not event.get("DTSTART") or not event.get("DTEND"):
        return
    start, end = event.decoded("DTSTART"), event.decoded("DTEND")
    if isinstance(start, datetime) != isinstance(end, datetime):
        report.find(file, "ics-order", "DTSTART and DTEND are of two kinds")
    elif start > end:
        report.find(file, "ics-order", f"{start} is after {end}")


# Sitemap

_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def _check_sitemap(site: Site, file: str, origin: str, pages: Resolver, report: Report) -> None:
    try:
        root = xml.parse(site.path(file)).getroot()
    except xml.ParseError as error:
        report.find(file, "sitemap", str(error))
        return
    if root.tag not in (_SITEMAP + "urlset", _SITEMAP + "sitemapindex"):
        report.find(file, "sitemap", f"the root is {root.tag}")
        return
    places = []
    for entry in root:
        places.append((entry.findtext(_SITEMAP + "loc") or "").strip())
        changed = entry.findtext(_SITEMAP + "lastmod")
        if changed is not None and not _is_day(changed):
            report.find(file, "sitemap-lastmod", changed)
    for place in places:
        if not place.startswith(origin + "/"):
            report.find(file, "sitemap-url", f"{place} does not begin with {origin}/")
        elif problem := pages.target(file, Link(place, loads=False))[1]:
            report.find(file, "sitemap-url", problem)
    if places != sorted(places):
        report.find(file, "sitemap-order", next(b for a, b in zip(places, places[1:]) if b < a))
    if len(set(places)) != len(places):
        report.find(file, "sitemap-order", "an address stands twice")
    if not 0 < len(places) <= 50_000:
        report.find(file, "sitemap", f"{len(places)} addresses")


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


# Atom

_ATOM = "{http://www.w3.org/2005/Atom}"
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


def _check_feed(site: Site, file: str, origin: str, pages: Resolver, report: Report) -> None:
    try:
        root = xml.parse(site.path(file)).getroot()
    except xml.ParseError as error:
        report.find(file, "feed", str(error))
        return
    if root.tag != _ATOM + "feed":
        report.find(file, "feed", f"the root is {root.tag}")
        return
    entries = root.findall(_ATOM + "entry")
    for element in [root, *entries]:
        for name in ("id", "title", "updated"):
            if len(element.findall(_ATOM + name)) != 1 or not (element.findtext(_ATOM + name) or "").strip():
                report.find(file, "feed-element", f"{element.tag.removeprefix(_ATOM)} has no {name}, or two")
        for moment in (element.findtext(_ATOM + name) for name in ("updated", "published")):
            if moment is not None and not (_RFC3339.fullmatch(moment) and _is_moment(moment)):
                report.find(file, "feed-time", moment)
        for link in element.findall(_ATOM + "link"):
            address = link.get("href", "")
            if not address.startswith(("https://", "http://")):
                report.find(file, "feed-link", f"{address} is not absolute")
            elif problem := pages.target(file, Link(address, loads=False))[1]:
                report.find(file, "feed-link", problem)
    ids = [entry.findtext(_ATOM + "id") for entry in entries]
    if len(set(ids)) != len(ids):
        report.find(file, "feed-element", "an entry's id stands twice")
    if root.find(_ATOM + "author") is None and any(entry.find(_ATOM + "author") is None for entry in entries):
        report.find(file, "feed-element", "an entry has no author, nor has the feed")
    updates = [entry.findtext(_ATOM + "updated") or "" for entry in entries]
    if updates and root.findtext(_ATOM + "updated") != max(updates):
        report.find(file, "feed-time", "the feed was not updated with its latest entry")
