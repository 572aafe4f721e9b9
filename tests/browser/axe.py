"""What axe-core finds on a page, once its styles are there: a page that is still coming has targets of any size."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def violations(page: Page) -> dict[str, list[str]]:
    """The rules of WCAG 2.2 AA that a page breaks, each with the elements that break it."""
    page.wait_for_load_state()
    found = Axe().run(page, options=RULES).response["violations"]
    return {item["id"]: [node["html"][:200] for node in item["nodes"]] for item in found}
