"""Judges a folder with a rendered site as browsers, checkers and readers of other people see it.

    python3 Tests/Browser loading --site output/current/public
    python3 Tests/Browser screenshots --site output/current/public --out /tmp/pictures --pages courses/a/ ""

What is found is printed, one JSON object a line: page, rule, detail, and whether it is but a remark. The status is 0
whatever is found. A site is opened from disk, or with --connect from the server that listens on a socket.
"""

import argparse
import os
import sys
from contextlib import ExitStack

from report import Report
from tree import Page, Site

TOOLS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", ".build", "tools")


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(
        prog="Browser", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in [
        ("loading", "console, requests, and what every page must be like, at 320 pixels"),
        ("disk", "opened from disk, links lead to pages"),
        ("accessibility", "axe-core, WCAG 2.2 AA"),
        ("keyboard", "by the tabulator key alone"),
        ("printing", "as a PDF"),
        ("screenshots", "pictures at three widths, light and dark"),
        ("filters", "the filters and the search box of a catalog page"),
        ("markup", "the Nu HTML checker"),
        ("links", "links, ids and files"),
        ("data", "JSON-LD, iCalendar, sitemap, feed"),
    ]:
        command = commands.add_parser(name, help=text)
        command.add_argument("--site", required=True, metavar="FOLDER")
        if name in ("links", "data"):
            command.add_argument("--origin", required=name == "data", metavar="URL", help="what the site's URLs begin with")
            continue
        if name == "markup":
            continue
        command.add_argument("--pages", nargs="*", metavar="ADDRESS", help="instead of one of each kind")
        command.add_argument("--all", action="store_true", help="every page instead of one of each kind")
        if name != "disk":
            command.add_argument("--connect", metavar="unix:PATH", help="the server's socket")
        if name == "keyboard":
            command.add_argument("--scheme", choices=["light", "dark"], default="light")
        if name == "screenshots":
            command.add_argument("--out", required=True, metavar="FOLDER")
    return parser.parse_args()


def main() -> None:
    """Runs one check."""
    options = arguments()
    site, report = Site(options.site), Report()
    if not site.pages:
        raise SystemExit(f"{options.site}: no page")
    if options.command == "links":
        from links import check_links

        check_links(site, options.origin, report)
    elif options.command == "markup":
        from markup import check_markup

        check_markup(site, _tool("vnu.jar"), report)
    elif options.command == "data":
        from data import check_data

        check_data(site, options.origin.rstrip("/"), report)
    else:
        _browse(options, site, report)


def _browse(options: argparse.Namespace, site: Site, report: Report) -> None:
    from accessibility import check_accessibility
    from chrome import Browser
    from filtering import Scenario
    from keyboard import check_keyboard
    from loading import check_disk, check_loading
    from picturing import check_printing, take_pictures
    from relay import Relay

    with ExitStack() as stack:
        connect = getattr(options, "connect", None)
        origin = stack.enter_context(Relay(connect.removeprefix("unix:"))).origin if connect else None
        pages = _pages(options, site)
        if origin is None:
            # It is an answer to any address, and so names everything from the server's root.
            pages = [page for page in pages if page.file != "404.html"]
        browser = stack.enter_context(Browser(site, origin))
        if options.command == "loading":
            check_loading(browser, pages, report)
        elif options.command == "disk":
            check_disk(browser, pages, site, report)
        elif options.command == "accessibility":
            with open(_tool("axe.min.js"), encoding="utf-8") as stream:
                check_accessibility(browser, pages, stream.read(), report)
        elif options.command == "keyboard":
            check_keyboard(browser, pages, options.scheme, report)
        elif options.command == "printing":
            check_printing(browser, pages, report)
        elif options.command == "screenshots":
            take_pictures(browser, pages, options.out, report)
        elif options.command == "filters":
            for page in pages:
                Scenario(browser, page, report).play()


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
