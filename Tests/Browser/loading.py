"""How pages load, and what every page must be like."""

from chrome import NARROW, Browser
from report import Report
from tree import Page, Site

_FACTS = """
const ids = {};
for (const element of document.querySelectorAll('[id]')) ids[element.id] = (ids[element.id] || 0) + 1;
const inner = window.innerWidth, root = document.documentElement;
const wide = root.scrollWidth > inner
    ? [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > inner + 0.5)
        .map(e => e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + (e.className ? '.' + e.className : ''))
    : [];
return {
    lang: root.lang, width: root.scrollWidth, inner: inner, wide: wide.slice(0, 3),
    headings: document.querySelectorAll('h1').length, mains: document.querySelectorAll('main').length,
    titles: document.querySelectorAll('head > title').length, title: document.title.trim(),
    repeated: Object.keys(ids).filter(id => ids[id] > 1),
    quirks: document.compatMode !== 'CSS1Compat',
    broken: [...document.images].filter(i => i.complete && i.naturalWidth === 0).map(i => i.getAttribute('src')),
};
"""


def check_loading(browser: Browser, pages: list[Page], report: Report) -> None:
    """Loads each page in the narrowest window."""
    browser.emulate(NARROW)
    for page in pages:
        browser.open(page)
        _check_page(browser, page, report)


def _check_page(browser: Browser, page: Page, report: Report) -> None:
    facts = browser.run(_FACTS)
    for complaint in browser.complaints(page):
        report.find(page.address, "console", complaint)
    for url in browser.outside_requests():
        report.find(page.address, "outside-request", url)
    if not facts["lang"]:
        report.find(page.address, "lang")
    for rule, count in [("one-h1", facts["headings"]), ("one-title", facts["titles"]), ("one-main", facts["mains"])]:
        if count != 1:
            report.find(page.address, rule, f"{count}")
    if facts["titles"] and not facts["title"]:
        report.find(page.address, "one-title", "it is empty")
    if facts["quirks"]:
        report.find(page.address, "doctype", "the browser is in quirks mode")
    for name in facts["repeated"]:
        report.find(page.address, "duplicate-id", name)
    for source in facts["broken"]:
        report.find(page.address, "broken-image", source or "")
    if facts["width"] > facts["inner"]:
        places = ", ".join(facts["wide"])
        report.find(page.address, "too-wide", f"{facts['width']} px in a window of {facts['inner']}: {places}")


_LINKS = """
const found = [], targets = new Set([location.href.split('#')[0]]);
[...document.links].forEach((link, place) => {
    const target = link.href.split('#')[0];
    if (!target.startsWith(arguments[0]) || targets.has(target) || link.target || !/(?:\\/|\\.html)$/.test(target)
        || !link.checkVisibility()) return;
    targets.add(target);
    found.push({place: place, href: link.getAttribute('href'), inMain: !!link.closest('main')});
});
return found;
"""


def check_disk(browser: Browser, pages: list[Page], site: Site, report: Report) -> None:
    """Opens pages from disk, and clicks links to other pages in it."""
    browser.emulate()
    files = {page.file for page in site.pages}
    for page in pages:
        browser.open(page)
        _check_page(browser, page, report)
        links = browser.run(_LINKS, browser.base)
        in_main = [link for link in links if link["inMain"]]
        elsewhere = [link for link in links if not link["inMain"]]
        for link in in_main[:2] + in_main[2:][-1:] + elsewhere[:1]:
            browser.open(page)
            browser.run("document.links[arguments[0]].click()", link["place"])
            _check_landing(browser, page, link["href"], files, report)


def _check_landing(browser: Browser, page: Page, href: str, files: set[str], report: Report) -> None:
    landed = browser.run("return new URL(location.href).pathname")
    start = browser.run("return new URL(arguments[0]).pathname", browser.base)
    file = browser.run("return decodeURIComponent(arguments[0])", landed.removeprefix(start))
    if landed.endswith("/") or not browser.run("return !!document.querySelector('main h1, h1')"):
        report.find(page.address, "disk-link", f"{href} does not lead to a page but to {landed.removeprefix(start)}")
    elif file == page.file:
        report.find(page.address, "disk-link", f"{href} leads nowhere")
    elif file not in files:
        report.find(page.address, "disk-link", f"{href} leads to {file}, which is no page")
    else:
        _check_console(browser, page, href, report)


def _check_console(browser: Browser, page: Page, href: str, report: Report) -> None:
    for complaint in browser.complaints():
        report.find(page.address, "console", f"after a click on {href}: {complaint}")
