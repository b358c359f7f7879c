"""What axe-core finds wrong with a page, by WCAG 2.2 AA and good practice."""

import json

from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page):
    """Each rule that is broken with the first elements that break it, as a text; empty where none is."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(Axe().axe_script)
    # Only what is said here: the rest of its report (all that passed) is larger than the page.
    found = page.evaluate(
        """(options) => axe.run(options).then((report) => report.violations.map(
             (rule) => [rule.id, ...rule.nodes.slice(0, 3).map((node) => node.html.slice(0, 300))]))""",
        {"resultTypes": ["violations"], "runOnly": RULES},
    )
    return "\n".join(json.dumps(rule) for rule in found)
