"""What axe finds wrong on a page: names, contrast, roles, without asking another computer."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_RUN = "root => axe.run(root ?? document, { resultTypes: ['violations'] }).then(found => found.violations)"


def violations(page: Page, root: str | None = None) -> list[tuple[str, object, str]]:
    """Return the rules that are broken, where, and how; below an element, or on the whole page."""
    if page.evaluate("typeof axe === 'undefined'"):  # a page needs axe, which is large, but once
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(_RUN, root)
    return [(each["id"], node["target"], node["failureSummary"]) for each in found for node in each["nodes"]]
