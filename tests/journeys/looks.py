"""What to look for on a page.  Each look returns what is wrong, in words; an empty list is a good page."""

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.stops import Stop

Look = Callable[[Page, Stop], list[str]]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},  # axe leaves this one out unless it is asked for
}
TAP = 44  # px; WCAG 2.5.5, which is stricter than the level that the service promises
FOR_CANDIDATES = ("", "candidate", "new.candidate", "long.candidate")
_AXE = Axe()


def axe(page: Page, _stop: Stop) -> list[str]:
    """Every rule of axe for WCAG 2.2 AA, and its best practice."""
    found = _AXE.run(page, options=RULES).response
    assert found["passes"], "axe looked at nothing"
    return [f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]]


def overflow(page: Page, _stop: Stop) -> list[str]:
    """Nothing is wider than the window, but for what scrolls within a frame of its own or is for screen readers."""
    return page.evaluate(BEYOND)


def targets(page: Page, stop: Stop) -> list[str]:
    """What candidates tap, other than links (those are axe's target-size), is at least 44 px high."""
    return page.evaluate(SMALL, TAP) if stop.role in FOR_CANDIDATES else []


def error_state(page: Page, stop: Stop) -> list[str]:
    """An error state says so in its title, takes the focus to its summary, and leads to what is to be mended."""
    if not stop.is_faulty:
        return ["an error where none was made"] if page.title().startswith("Error: ") != _is_wrong(stop) else []
    faults = [] if page.title().startswith("Error: ") else [f"the title is {page.title()}"]
    if page.locator(".govuk-error-summary").count() != 1:
        return [*faults, "no error summary"]
    if not page.evaluate("document.activeElement.matches('.govuk-error-summary')"):
        faults.append("the error summary does not have the focus")
    for link in page.locator(".govuk-error-summary a").all():
        link.click()
        if not page.evaluate(LEADS_TO, link.get_attribute("href")):
            faults.append(f"{link.get_attribute('href')} leads to no control in view")
    return faults


def _is_wrong(stop: Stop) -> bool:
    return stop.name == "sign-in-wrong"


BEYOND = """
() => [...document.body.querySelectorAll("*")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 1)
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .filter((one) => !one.closest(".table-frame, .example, svg, .govuk-visually-hidden"))
  .map((one) => `${Math.round(one.getBoundingClientRect().right)} px: ${one.outerHTML.slice(0, 140)}`)
"""
"""What ends beyond the window.  The page's own scrollWidth does not say: GOV.UK's template makes the root scroll."""
SMALL = """
(least) => [...document.querySelectorAll("main button, main input:not([type=hidden]), main select, main textarea")]
  .filter((one) => one.tabIndex >= 0 && one.checkVisibility())
  .filter((one) => one.getBoundingClientRect().height < least - 0.5)
  .map((one) => `${Math.round(one.getBoundingClientRect().height)} px: ${one.outerHTML.slice(0, 140)}`)
"""
LEADS_TO = """
(address) => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const is_control = one.matches("input, select, textarea, button, a");
  return "#" + one.id === address && is_control && box.bottom > 0 && box.top < innerHeight;
}
"""
