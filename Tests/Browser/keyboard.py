"""Pages by keyboard alone: every stop is reached in order and seen, and none keeps the reader."""

from typing import Any

from chrome import WIDE, Browser
from report import Report
from tree import Page

_PREPARE = """
const focusable = 'a[href], area[href], button, input, select, textarea, summary, audio[controls], video[controls],'
    + ' iframe, [contenteditable], [tabindex]';
const groups = new Set();
const isStop = element => {
    if (element.tabIndex < 0 || element.matches(':disabled, [type=hidden]') || element.closest('[inert]')) return false;
    if (!element.checkVisibility({visibilityProperty: true})) return false;
    if (element.type === 'radio' && element.name) {
        const group = [...document.getElementsByName(element.name)].filter(e => e.form === element.form);
        return (group.find(e => e.checked) || group[0]) === element;
    }
    return true;
};
const stops = [...document.querySelectorAll(focusable)].filter(isStop);
// A card is marked as a whole for the link in it.
const shown = element => [[element], [element, '::before'], [element, '::after'],
    ...[element.closest('.card, .requirement-card')].filter(Boolean).map(card => [card])].map(([marked, part]) => {
    const style = getComputedStyle(marked, part);
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    return {
        outline: outlined ? [style.outlineStyle, style.outlineWidth, style.outlineColor].join(' ') : '',
        color: style.outlineColor, shadow: style.boxShadow, marked,
        isInside: parseFloat(style.outlineOffset) < 0,
    };
});
const name = element => element.tagName.toLowerCase() + (element.id ? '#' + element.id : '') + ' '
    + JSON.stringify((element.innerText || element.getAttribute('aria-label') || element.name || '').trim()
        .replace(/\\s+/g, ' ').slice(0, 40));
const channels = text => {
    const found = text.match(/^rgba?\\(([^)]*)\\)$/);
    if (!found) return null;
    const [r, g, b, a] = found[1].split(/[ ,/]+/).map(Number);
    return [r, g, b, a === undefined ? 1 : a];
};
const luminance = color => {
    const [r, g, b] = color.slice(0, 3).map(v => v / 255)
        .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
};
// The colour around an element, or in it; null where a picture is, or something half transparent.
const surroundings = (element, isInside) => {
    for (let e = isInside ? element : element.parentElement; e; e = e.parentElement) {
        const style = getComputedStyle(e), color = channels(style.backgroundColor);
        if (style.backgroundImage !== 'none' || !color) return null;
        if (color[3] === 1) return color;
        if (color[3] > 0) return null;
    }
    return matchMedia('(prefers-color-scheme: dark)').matches
        && getComputedStyle(document.documentElement).colorScheme.includes('dark') ? null : [255, 255, 255, 1];
};
const isSeen = element => {
    const box = [...element.getClientRects()].find(r => r.width > 0 && r.height > 0);
    if (!box) return false;
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    if (left >= right || top >= bottom) return false;
    for (const x of [0.1, 0.5, 0.9]) for (const y of [0.1, 0.5, 0.9]) {
        const hit = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
        if (hit && (element.contains(hit) || (hit !== document.body && hit !== document.documentElement
            && hit.contains(element)))) return true;
    }
    return false;
};
window.__flows = {stops, before: new Map(stops.map(e => [e, shown(e)])), shown, name, contrast, channels, surroundings,
    isSeen};
return stops.map(e => ({name: name(e), tabindex: e.tabIndex}));
"""

_HERE = """
const f = window.__flows, element = document.activeElement;
if (!element || element === document.body || element === document.documentElement) return {place: -1};
const place = f.stops.indexOf(element);
const style = getComputedStyle(element);
const result = {
    place, name: f.name(element), seen: f.isSeen(element),
    scrolls: element.scrollHeight > element.clientHeight || element.scrollWidth > element.clientWidth,
    inMain: !!element.closest('main'),
};
if (place >= 0) {
    const now = f.shown(element), before = f.before.get(element);
    const outlined = now.find((part, i) => part.outline && part.outline !== before[i].outline);
    const shadowed = now.some((part, i) => part.shadow !== 'none' && part.shadow !== before[i].shadow);
    const [color, around] = [outlined && f.channels(outlined.color), outlined && f.surroundings(outlined.marked, outlined.isInside)];
    result.marked = !!(outlined || shadowed) && !(outlined && !shadowed && color && color[3] === 0);
    result.contrast = outlined && !shadowed && color && color[3] === 1 && around ? f.contrast(color, around) : null;
}
return result;
"""

_TAB = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
_ENTER = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}

LIMIT = 1500
"""How many stops of a page are visited at most."""


def press(browser: Browser, key: dict[str, Any]) -> None:
    """Presses a key and lets it go."""
    browser.command("Input.dispatchKeyEvent", type="keyDown", **key)
    browser.command("Input.dispatchKeyEvent", type="keyUp", **{k: v for k, v in key.items() if k != "text"})


def check_keyboard(browser: Browser, pages: list[Page], scheme: str, report: Report) -> None:
    """Goes through each page with the tabulator key. Motion is off: a mark that fades in would be seen too early."""
    browser.emulate(WIDE, scheme, moving=False)
    for page in pages:
        browser.open(page)
        stops = browser.run(_PREPARE)
        for stop in stops:
            if stop["tabindex"] > 0:
                report.find(page.address, "tabindex", f"{stop['name']} jumps the order")
        _walk(browser, page, [stop["name"] for stop in stops], report)
        browser.open(page)
        browser.run(_PREPARE)
        _check_skip_link(browser, page, report)


def _walk(browser: Browser, page: Page, stops: list[str], report: Report) -> None:
    reached: list[int] = []
    last, repeats, ended = None, 0, False
    for _ in range(min(len(stops), LIMIT) + 40):
        press(browser, _TAB)
        here = browser.run(_HERE)
        place = here["place"]
        if place < 0 and "name" not in here or reached and place == reached[0] and here["name"] != last:
            ended = True
            break
        repeats = repeats + 1 if here["name"] == last and reached and place == reached[-1] else 0
        last = here["name"]
        if repeats == 2:
            break
        if repeats:
            continue
        _check_stop(page, here, report)
        if place >= 0:
            reached.append(place)
    if not ended and len(reached) < LIMIT:
        report.find(page.address, "keyboard-trap", f"at {last}")
        return
    if reached != sorted(reached):
        wrong = next(b for a, b in zip(reached, reached[1:]) if b < a)
        report.find(page.address, "keyboard-order", f"{stops[wrong]} comes after what follows it")
    if len(reached) < LIMIT:
        for place in sorted(set(range(len(stops))) - set(reached)):
            report.find(page.address, "keyboard-unreached", stops[place])


def _check_stop(page: Page, here: dict[str, Any], report: Report) -> None:
    if not here["seen"]:
        report.find(page.address, "focus-unseen", f"{here['name']} is focused but not in sight")
    if here["place"] < 0:
        if not here["scrolls"]:
            report.find(page.address, "keyboard-stop", f"{here['name']} is focused, for no reason that is known")
    elif not here["marked"]:
        report.find(page.address, "focus-unmarked", here["name"])
    elif here["contrast"] is not None and here["contrast"] < 3:
        report.find(page.address, "focus-contrast", f"{here['name']}: {here['contrast']:.2f} is less than 3")


_TARGET = """
const link = document.activeElement;
if (!link || !link.hash || link.href.split('#')[0] !== location.href.split('#')[0]) return null;
const target = document.getElementById(decodeURIComponent(link.hash.slice(1))), main = document.querySelector('main');
return {name: link.innerText, leads: !!target && !!main && (main.contains(target) || target.contains(main))};
"""

_AFTER = """
const main = document.querySelector('main'), here = document.activeElement;
const stops = window.__flows.stops.filter(e => main.contains(e));
return !here || here === document.body ? 'nowhere' : main.contains(here) ? 'main'
    : stops.length === 0 && (main.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING) ? 'main'
    : window.__flows.name(here);
"""


def _check_skip_link(browser: Browser, page: Page, report: Report) -> None:
    press(browser, _TAB)
    link = browser.run(_TARGET)
    if link is None:
        report.find(page.address, "skip-link", "the first stop is no link within the page")
        return
    if not link["leads"]:
        report.find(page.address, "skip-link", f"{link['name']!r} does not lead to the main part")
        return
    press(browser, _ENTER)
    if browser.run(_AFTER) == "main":
        return
    press(browser, _TAB)
    place = browser.run(_AFTER)
    if place not in ("main", "nowhere") or place == "nowhere" and browser.run(
        "return window.__flows.stops.some(e => document.querySelector('main').contains(e))"
    ):
        report.find(page.address, "skip-link", f"after it, the focus is not in the main part but at {place}")
