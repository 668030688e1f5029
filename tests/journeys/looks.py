"""What to look for on a page.  Each look returns what is wrong, in words; an empty list is a good page."""

from collections.abc import Callable
from functools import partial

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.journeys.keyboard import walk
from tests.journeys.stops import Stop

Look = Callable[[Page, Stop], list[str]]
CONTRAST = "color-contrast"
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},  # axe asks for it by name alone
    "resultTypes": ["violations"],  # what is right is counted, not described
}
FEW = 12  # controls from where a walk begins
TAP = 44  # px; WCAG 2.5.5, which is stricter than the level that the service promises
FOR_CANDIDATES = ("", "candidate", "new.candidate", "long.candidate")


def axe(page: Page, _stop: Stop, *, known: set[int]) -> list[str]:
    """Every rule of axe for WCAG 2.2 AA, and its best practice.

    Contrast takes axe four times as long as all its other rules.  It is the same wherever the same styles meet, so each
    place is looked at where it is first met: a text with the styles of all that it stands in.

    Args:
        page: where it looks.
        known: the places whose contrast was looked at; those of this page are added.
    """
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN_AXE, {"rules": RULES, "contrast": CONTRAST, "known": list(known)})
    assert found["passed"], "axe looked at nothing"
    known.update(found["places"])
    return found["violations"]


def overflow(page: Page, _stop: Stop) -> list[str]:
    """Nothing is wider than the window, but for what scrolls within a frame of its own or is for screen readers."""
    return page.evaluate(BEYOND)


def targets(page: Page, stop: Stop) -> list[str]:
    """What candidates tap, other than links (those are axe's target-size), is at least 44 px high."""
    return page.evaluate(SMALL, TAP) if stop.role in FOR_CANDIDATES else []


def keyboard(page: Page, stop: Stop, *, known: set[str]) -> list[str]:
    """Tab comes to each control in reading order, marked and in view; after an error the focus is in its summary."""
    return [] if stop.shows_error else walk(page, known=known)


def error_state(page: Page, stop: Stop) -> list[str]:
    """An error state says so in its title, and as it opens its summary has the focus."""
    if not stop.is_faulty:
        return [] if page.title().startswith("Error: ") == stop.is_wrong else ["an error where none was made, or none"]
    faults = [] if page.title().startswith("Error: ") else [f"the title is {page.title()}"]
    if page.locator(".govuk-error-summary").count() != 1:
        return [*faults, "no error summary"]
    if not page.evaluate("document.activeElement.matches('.govuk-error-summary')"):
        faults.append("the error summary does not have the focus")
    return faults


def error_links(page: Page, stop: Stop) -> list[str]:
    """What an error summary says leads to what is to be mended."""
    faults = []
    for link in page.locator(".govuk-error-summary a").all() if stop.is_faulty else []:
        link.click()
        if not page.evaluate(LEADS_TO, link.get_attribute("href")):
            faults.append(f"{link.get_attribute('href')} leads to no control in view")
    return faults


def in_forced_colours(page: Page, stop: Stop, *, known: set[str]) -> list[str]:
    """The first controls are marked and in view where colours are forced and nothing is to move."""
    if stop.shows_error:
        return []
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    found = walk(page, most=FEW, known=known)
    page.emulate_media(forced_colors="null", reduced_motion="null")
    return found


def of_one_visit() -> dict[str, Look]:
    """Return all looks of one width by name, in the order to take: the last ones go about.

    What a visit has seen of contrast, and of what surrounds each page, it does not look at again.
    """
    return {
        "axe": partial(axe, known=set()),
        "width": overflow,
        "targets": targets,
        "keyboard": partial(keyboard, known=set()),
        "forced colours": partial(in_forced_colours, known=set()),
        "links": error_links,
    }


RUN_AXE = """
async ({rules, contrast, known}) => {
  const seen = new Set(known), places = [], paths = new Map([[null, 0]]);
  const styles = "color backgroundColor backgroundImage opacity fontSize fontWeight textShadow fill".split(" ");
  const mix = (number, text) => [...text].reduce((sum, sign) => (Math.imul(sum, 31) + sign.codePointAt(0)) | 0, number);
  const path = (one) => {
    if (!paths.has(one)) {
      const style = getComputedStyle(one), own = styles.map((name) => style[name]);
      paths.set(one, mix(path(one.parentElement), [one.localName, one.getAttribute("class"), ...own].join("|")));
    }
    return paths.get(one);
  };
  for (const one of document.body.querySelectorAll("*")) {
    const has_text = one.matches("input, select, textarea")
      || [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!has_text || !one.checkVisibility() || seen.has(path(one))) continue;
    seen.add(path(one)); places.push(path(one)); one.dataset.unseen = "";
  }
  axe.configure({rules: [{id: contrast, selector: "[data-unseen]"}]});
  const found = await axe.run(document, rules);
  for (const one of document.querySelectorAll("[data-unseen]")) delete one.dataset.unseen;
  const say = (one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 200)}`);
  return {passed: found.passes.length, violations: found.violations.flatMap(say), places};
}
"""
"""What is wrong alone comes back: all that axe says of a long page takes longer to send than to find."""
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
