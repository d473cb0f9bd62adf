"""axe-core on pages, in light and dark, narrow and wide."""

from typing import Any

from chrome import NARROW, SCHEMES, WIDE, Browser
from report import Report
from tree import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
"""What must hold: WCAG 2.2 up to level AA."""

_RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {
    runOnly: {type: 'tag', values: [...arguments[0], 'best-practice']},
    rules: {'target-size': {enabled: true}},
    resultTypes: ['violations', 'incomplete'],
}).then(result => {
    const brief = rules => rules.map(rule => ({
        id: rule.id, tags: rule.tags, help: rule.help,
        places: rule.nodes.slice(0, 5).map(node => node.target.join(' ') + ': '
            + [...node.any, ...node.all, ...node.none].map(check => check.message).join('; ')),
    }));
    done({violations: brief(result.violations), incomplete: brief(result.incomplete), passes: result.passes.length});
}, error => done({failure: String(error)}));
"""


def check_accessibility(browser: Browser, pages: list[Page], axe: str, report: Report) -> None:
    """Runs the rules on each page four times; best practices and what axe could not decide are remarks."""
    for page in pages:
        browser.emulate(WIDE)
        browser.open(page)
        browser.run(axe)
        for width in (WIDE, NARROW):
            for scheme in SCHEMES:
                # Without motion: a colour half-way in a transition is no colour of the page.
                browser.emulate(width, scheme, moving=False)
                result = browser.driver.execute_async_script(_RUN, TAGS)
                _tell(page, f"{width} px, {scheme}", result, report)


def _tell(page: Page, circumstances: str, result: dict[str, Any], report: Report) -> None:
    if "failure" in result or not result["passes"]:
        report.find(page.address, "axe", f"{circumstances}: {result.get('failure', 'no rule has passed')}")
        return
    for rule in result["violations"]:
        tell = report.find if set(rule["tags"]) & set(TAGS) else report.remark
        for place in rule["places"]:
            tell(page.address, f"axe:{rule['id']}", f"{circumstances}: {rule['help']}: {place}")
    for rule in result["incomplete"]:
        for place in rule["places"]:
            report.remark(page.address, f"axe:{rule['id']}", f"{circumstances}: undecided: {place}")
