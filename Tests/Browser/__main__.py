"""Judges a folder with a rendered site as browsers, checkers and readers of other people see it.

    python3 Tests/Browser loading,accessibility,links --site output/current/public
    python3 Tests/Browser screenshots --site output/current/public --out /tmp/pictures --pages courses/a/ ""

What is found is printed, one JSON object a line: page, rule, detail, and whether it is but a remark. The status is 0
whatever is found. Pages are opened from disk, or with --connect from the server that listens on a socket.
"""

import argparse
import os
import sys
from contextlib import ExitStack

from accessibility import check_accessibility
from chrome import Browser
from data import check_data
from filtering import Scenario
from keyboard import check_keyboard
from links import check_links
from loading import check_disk, check_loading
from markup import check_markup
from picturing import check_printing, take_pictures
from relay import Relay
from report import Report
from tree import Page, Site

TOOLS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", ".build", "tools")


BROWSING = {
    "loading": "console, requests, and what every page must be like, at 320 pixels",
    "disk": "links lead to pages; without a server",
    "accessibility": "axe-core, WCAG 2.2 AA, light and dark, narrow and wide",
    "keyboard-light": "by the tabulator key alone",
    "keyboard-dark": "the same",
    "printing": "as a PDF",
    "screenshots": "pictures at three widths, light and dark",
    "filters": "the filters and the search box of a catalog page",
}
"""The checks that open pages."""

READING = {
    "markup": "the Nu HTML checker",
    "links": "links, ids and files",
    "data": "JSON-LD, iCalendar, sitemap, feed",
}
"""The checks that read all files."""


def arguments() -> argparse.Namespace:
    """What the command line says."""
    checks = BROWSING | READING
    parser = argparse.ArgumentParser(
        prog="Browser",
        description=__doc__ + "\nchecks:\n" + "".join(f"  {name:15} {text}\n" for name, text in checks.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("checks", metavar="CHECK[,CHECK...]")
    parser.add_argument("--site", required=True, metavar="FOLDER", help="holds the site's root")
    parser.add_argument("--connect", metavar="unix:PATH", help="the socket of the server to open pages from")
    parser.add_argument("--pages", nargs="*", metavar="ADDRESS", help="open these instead of one of each kind")
    parser.add_argument("--all", action="store_true", help="open every page instead of one of each kind")
    parser.add_argument("--origin", metavar="URL", help="what the site's absolute URLs begin with, for links and data")
    parser.add_argument("--elsewhere", metavar="PATTERN", help="the paths below it that another program answers")
    parser.add_argument("--patience", type=float, default=20, metavar="SECONDS", help="for each step of filters")
    parser.add_argument("--out", metavar="FOLDER", help="where screenshots are written to")
    options = parser.parse_args()
    options.checks = options.checks.split(",")
    for check in options.checks:
        if check not in checks:
            parser.error(f"no check {check}")
    if "screenshots" in options.checks and not options.out:
        parser.error("screenshots need --out")
    if "data" in options.checks and not options.origin:
        parser.error("data needs --origin")
    if "disk" in options.checks and options.connect:
        parser.error("disk goes without a server")
    return options


def main() -> None:
    """Runs the checks."""
    options = arguments()
    site, report = Site(options.site), Report()
    if not site.pages:
        raise SystemExit(f"{options.site}: no page")
    for check in options.checks:
        if check == "links":
            check_links(site, options.origin, options.elsewhere, report)
        elif check == "markup":
            check_markup(site, _tool("vnu.jar"), report)
        elif check == "data":
            check_data(site, options.origin.rstrip("/"), report)
    browsing = [check for check in options.checks if check in BROWSING]
    if browsing:
        with ExitStack() as stack:
            connect = options.connect
            origin = stack.enter_context(Relay(connect.removeprefix("unix:"))).origin if connect else None
            browser = stack.enter_context(Browser(site, origin))
            for check in browsing:
                _browse(check, browser, site, options, report)


def _browse(check: str, browser: Browser, site: Site, options: argparse.Namespace, report: Report) -> None:
    pages = _pages(options, site)
    if browser.from_disk:
        # The one is an answer to any address, and so names everything from the server's root. The others lead to folders,
        # and are for servers that do not do so themselves.
        pages = [page for page in pages if page.file != "404.html" and not site.leads_on(page)]
    if check == "loading":
        check_loading(browser, pages, report)
    elif check == "disk":
        check_disk(browser, pages, site, report)
    elif check == "accessibility":
        with open(_tool("axe.min.js"), encoding="utf-8") as stream:
            check_accessibility(browser, pages, stream.read(), report)
    elif check.startswith("keyboard-"):
        check_keyboard(browser, pages, check.removeprefix("keyboard-"), report)
    elif check == "printing":
        check_printing(browser, pages, report)
    elif check == "screenshots":
        take_pictures(browser, pages, options.out, report)
    elif check == "filters":
        for page in pages:
            Scenario(browser, page, options.patience, report).play()


def _pages(options: argparse.Namespace, site: Site) -> list[Page]:
    if options.all:
        return site.pages
    if options.pages is None:
        return site.representatives
    known = {page.address: page for page in site.pages}
    for address in options.pages:
        if address not in known:
            raise SystemExit(f"{options.site}: no page {address!r}")
    return [known[address] for address in options.pages]


def _tool(name: str) -> str:
    path = os.path.join(TOOLS, name)
    if not os.path.exists(path):
        raise SystemExit(f"{name} is missing: .ci/pypi.sh fetches it")
    return path


if __name__ == "__main__":
    sys.exit(main())
