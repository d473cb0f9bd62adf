"""The filters and the search box of a catalog page.

The page has `form#catalog-filters[role=search]` with `input[name=q]` and `select[name=department|topic|availability]`,
`#results` with one `article` or `li` for each course, and the count in `#result-count[role=status]`. What is chosen
stands in the query of the page's address, so that it can be linked, and so that Back leads to what was chosen before.
Without script the page shows all courses, and links to the pages of departments and topics.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chrome import Browser
from report import Report
from tree import Page

SELECTS = ("department", "topic", "availability")

_STATE = """
const results = document.getElementById('results'), form = document.getElementById('catalog-filters');
if (!results || !form) return {shown: [], texts: [], count: 'another page: ' + document.title, query: '', values: {}};
const cards = [...results.querySelectorAll('article, li')]
    .filter(e => e.querySelector('a[href]') && !e.parentElement.closest('#results article, #results li'));
const status = document.getElementById('result-count');
return {
    shown: cards.filter(e => e.checkVisibility()).map(e => e.querySelector('a[href]').getAttribute('href')),
    texts: cards.filter(e => e.checkVisibility()).map(e => e.innerText),
    count: status.innerText.trim(), query: location.search,
    values: Object.fromEntries([...form.elements].filter(e => e.name).map(e => [e.name, e.value])),
};
"""

_STRUCTURE = {
    "form#catalog-filters[role=search]": "the form",
    "form#catalog-filters input[name=q]": "the search box",
    **{f"form#catalog-filters select[name={name}]": f"the choice of {name}" for name in SELECTS},
    "#results": "the results",
    "#result-count[role=status]": "the count",
}

IMPATIENCE = 0.2
"""Seconds until something must have happened on a page on which something did not: the rest only says more about it."""


@dataclass(frozen=True)
class State:
    """What the page shows."""

    shown: tuple[str, ...]
    texts: tuple[str, ...]
    count: str
    query: str
    values: dict[str, str]

    @property
    def counted(self) -> int | None:
        """The number that the count begins with; 0 when it has none."""
        number = re.search(r"\d[\d,]*", self.count)
        return int(number.group().replace(",", "")) if number else 0


class Scenario:
    """What a reader does on a catalog page, and what must come of it."""

    def __init__(self, browser: Browser, page: Page, patience: float, report: Report) -> None:
        self.browser, self.page, self.report = browser, page, report
        # Seconds until something must have happened.
        self.patience = patience

    def play(self) -> None:
        """Plays all of it."""
        self.browser.emulate()
        self.browser.open(self.page)
        missing = [
            what for where, what in _STRUCTURE.items() if not self.browser.run(
                "return document.querySelectorAll(arguments[0]).length === 1", where)
        ]
        for what in missing:
            self.find("structure", f"{what} is missing, or there more than once")
        if missing:
            return
        whole = self.state()
        self.expect_count(whole, "at the beginning")
        if not whole.shown:
            self.find("results", "nothing is shown at the beginning")
            return
        self.search(whole)
        self.search_signs(whole)
        self.choose(whole)
        self.combine(whole)
        for complaint in self.browser.complaints():
            self.report.find(self.page.address, "console", complaint)
        self.without_script(whole)

    def search(self, whole: State) -> None:
        """A word of a title finds its course, nonsense finds none, and an empty box all."""
        word = max(re.findall(r"\w+", whole.texts[0].splitlines()[0] or whole.texts[0]), key=len, default="")
        self.type(word)
        found = self.until(lambda state: "q=" in state.query, "searching does not change the address")
        if whole.shown[0] not in found.shown:
            self.find("search", f"{word} does not find {whole.shown[0]}")
        if word.swapcase() != word:
            self.type(word.swapcase())
            self.until(lambda state: set(state.shown) == set(found.shown), "letter case changes what is found")
        self.press_enter()
        self.until(lambda state: set(state.shown) == set(found.shown), "Enter loses what was found")
        self.expect_linked(self.state())
        self.type("zqxjkv")
        none = self.until(lambda state: not state.shown, "what is nowhere is found")
        self.expect_count(none, "when nothing is found")
        self.type("")
        self.until(lambda state: state.shown == whole.shown, "an empty search box does not show all again")
        self.until(lambda state: "q=" not in state.query, "an empty search stays in the address")

    def search_signs(self, whole: State) -> None:
        """A word that ends in signs, such as C++, is found with them, and stands before what only has its letters."""
        words = (re.search(r"(?<!\w)\w+[+#]+(?![\w+#])", text) for text in whole.texts)
        word = next((word.group() for word in words if word), None)
        if not word:
            return
        named = {link for link, text in zip(whole.shown, whole.texts) if word in text}
        self.type(word)
        found = self.until(
            lambda state: "q=" in state.query and state.shown[:1] and state.shown[0] in named,
            f"{word} does not find {', '.join(sorted(named))} first", rule="search")
        if len(found.shown) == len(whole.shown) > len(named):
            self.find("search", f"{word} finds everything")
        self.expect_linked(found)
        self.type("")
        self.until(lambda state: state.shown == whole.shown, "an empty search box does not show all again")

    def choose(self, whole: State) -> None:
        """Each choice shows some of the courses, stands in the address, and can be left by Back."""
        narrowing = 0
        for name in SELECTS:
            for value in self.options(name)[:3]:
                self.browser.open(self.page)
                self.select(name, value)
                self.until(
                    lambda state: f"{name}=" in state.query, f"choosing {name} {value!r} does not change the address")
                chosen = self.state()
                self.expect_count(chosen, f"for {name} {value!r}")
                if not chosen.shown:
                    self.find("choice", f"{name} {value!r} shows nothing")
                narrowing += len(chosen.shown) < len(whole.shown)
                self.expect_linked(chosen)
                self.browser.open(self.page)
                self.select(name, value)
                self.until(lambda state: f"{name}=" in state.query, f"choosing {name} {value!r} again")
                self.browser.driver.back()
                self.until(
                    lambda state: state.shown == whole.shown and state.values.get(name) == whole.values[name],
                    f"Back does not undo the choice of {name} {value!r}")
        if not narrowing and len(whole.shown) > 1:
            self.find("choice", "no choice leaves out any course")

    def combine(self, whole: State) -> None:
        """Two choices together show what both show."""
        first, second = self.options("department")[:1], self.options("availability")[:1]
        if not first or not second:
            self.find("choice", "there is no department or no availability to choose")
            return
        shown = []
        for choices in ({"department": first[0]}, {"availability": second[0]}):
            self.browser.open(self.page)
            for name, value in choices.items():
                self.select(name, value)
                self.until(lambda state: f"{name}=" in state.query, f"choosing {name}")
            shown.append(set(self.state().shown))
        self.browser.open(self.page)
        self.select("department", first[0])
        self.select("availability", second[0])
        both = self.until(
            lambda state: set(state.shown) == shown[0] & shown[1], "two choices do not show what both show")
        self.expect_count(both, "for two choices")
        self.expect_linked(both)

    def without_script(self, whole: State) -> None:
        """All courses are there, and links to the pages of departments and topics."""
        self.browser.command("Emulation.setScriptExecutionDisabled", value=True)
        try:
            self.browser.open(self.page)
            bare = self.browser.run(
                """
                const cards = [...document.querySelectorAll('#results article, #results li')];
                return {
                    shown: cards.filter(e => e.checkVisibility()).length,
                    links: [...document.links].map(link => link.pathname),
                    form: document.getElementById('catalog-filters').checkVisibility(),
                };
                """
            )
        finally:
            self.browser.command("Emulation.setScriptExecutionDisabled", value=False)
        if bare["shown"] < len(whole.shown):
            self.find("scriptless", f"{bare['shown']} of {len(whole.shown)} courses are shown")
        if bare["form"]:
            self.find("scriptless", "a form is shown that does nothing")
        for kind in ("catalog/courses/", "catalog/topics/"):
            if not any(re.search(kind + "[^/]+/", path) for path in bare["links"]):
                self.find("scriptless", f"no link leads below {kind}")

    def expect_count(self, state: State, when: str) -> None:
        """The count says how many are shown."""
        self.until(
            lambda state: state.counted == len(state.shown),
            f"{when}, the count says {state.count!r} and {len(state.shown)} are shown", rule="count")

    def expect_linked(self, state: State) -> None:
        """The address as it is now, opened anew, shows the same."""
        self.browser.open(self.page, state.query)
        again = self.until(
            lambda now: now.shown == state.shown, f"opened anew, the address {state.query} does not show the same",
            rule="link")
        if again.values != state.values:
            self.find("link", f"opened anew, the address {state.query} fills in {again.values}")

    def state(self) -> State:
        """What the page shows now."""
        facts: dict[str, Any] = self.browser.run(_STATE)
        return State(
            tuple(facts["shown"]), tuple(facts["texts"]), facts["count"], facts["query"], facts["values"])

    def until(self, holds: Callable[[State], bool], otherwise: str, rule: str = "filter") -> State:
        """The state in which it holds, which may take a moment; else the last one, and a finding."""
        deadline = time.monotonic() + self.patience
        while not holds(state := self.state()):
            if time.monotonic() > deadline:
                self.find(rule, otherwise)
                return state
            time.sleep(0.02)
        return state

    def type(self, text: str) -> None:
        """Replaces what stands in the search box, as typing does."""
        self.browser.run("const box = document.querySelector('#catalog-filters [name=q]'); box.focus(); box.select()")
        if text:
            self.browser.command("Input.insertText", text=text)
        else:
            key = {"key": "Delete", "code": "Delete", "windowsVirtualKeyCode": 46}
            self.browser.command("Input.dispatchKeyEvent", type="keyDown", **key)
            self.browser.command("Input.dispatchKeyEvent", type="keyUp", **key)

    def press_enter(self) -> None:
        """Sends the form from the search box."""
        key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
        self.browser.command("Input.dispatchKeyEvent", type="keyDown", text="\r", **key)
        self.browser.command("Input.dispatchKeyEvent", type="keyUp", **key)

    def options(self, name: str) -> list[str]:
        """What can be chosen, without the choice of all."""
        return self.browser.run(
            "return [...document.querySelectorAll(arguments[0])].map(o => o.value).filter(v => v)",
            f"#catalog-filters select[name={name}] option")

    def select(self, name: str, value: str) -> None:
        """Chooses, as a reader does."""
        self.browser.run(
            """
            const select = document.querySelector(arguments[0]);
            select.focus();
            select.value = arguments[1];
            for (const kind of ['input', 'change']) select.dispatchEvent(new Event(kind, {bubbles: true}));
            """,
            f"#catalog-filters select[name={name}]", value)

    def find(self, rule: str, detail: str) -> None:
        """Something is not as it must be."""
        self.patience = min(self.patience, IMPATIENCE)
        self.report.find(self.page.address, f"filters:{rule}", detail)
