"""Every page by the keyboard alone: each control in reading order, the focus seen, not under a bar; forced colours."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PASSWORD
from tests.journeys.stops import stops
from tests.journeys.visiting import NARROW, WIDE, by_role, new_page, open_stop, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.one_database]


def walk(page: Page, most: int) -> list[str]:
    """Press Tab from the top of the page through its controls, at most `most`; return what is wrong."""
    page.evaluate("document.activeElement.blur()")
    wanted = page.evaluate(NUMBER_CONTROLS)
    faults = []
    for number in range(min(wanted, most)):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is None or at["number"] != number:
            return [*faults, f"control {number} of {wanted} does not get the focus in its turn, but {at}"]
        faults += [f"{what}: {at['html']}" for what in ("no focus mark", "not in view") if at[what]]
    return faults


def walk_everywhere(chromium, service, width, most: int = 1000, **options) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for role, mine in by_role([stop for stop in stops(service.environment) if not stop.is_faulty]):
        page = new_page(chromium, service.url, width, **options)
        if role:
            sign_in(page, role, PASSWORD)
        for stop in mine:
            open_stop(page, stop)
            # The script of this form sends it and puts words in its place.
            expect(page.locator("[data-module=mark-read]")).to_have_count(0)
            if page.title().startswith("Error: "):
                continue  # the focus is in the error summary, not at the top
            if faults := walk(page, most):
                found[f"{stop.name} {stop.path}"] = faults
        page.context.close()
    return found


@pytest.mark.parametrize("width", [NARROW, WIDE], ids=["320", "1280"])
def test_tab_goes_through_every_control_and_shows_where_it_is(chromium, service, width):
    assert walk_everywhere(chromium, service, width) == {}


def test_the_focus_is_seen_in_forced_colours_and_nothing_moves_for_who_asked_for_that(chromium, service):
    faults: list[str] = []
    options = {"forced_colors": "active", "reduced_motion": "reduce", "faults": faults}

    assert walk_everywhere(chromium, service, NARROW, most=12, **options) == {}
    assert faults == []


def test_the_skip_link_comes_first_and_goes_to_the_content(open_page, service):
    page = open_page()
    page.goto("/jobs")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


NUMBER_CONTROLS = """
() => {
  const groups = new Map(), seen = [];
  const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  for (const one of document.querySelectorAll(kinds)) {
    if (one.disabled || one.tabIndex < 0 || !one.checkVisibility({visibilityProperty: true})) continue;
    const folded = one.closest("details:not([open])");
    if (folded && one.parentElement !== folded) continue;
    if (one.type === "radio") {
      const name = one.form?.action + " " + one.name;
      if (groups.has(name)) { one.dataset.turn = groups.get(name); continue; }
      groups.set(name, seen.length);
    }
    one.dataset.turn = seen.length;
    seen.push(one);
  }
  return seen.length;
}
"""
"""Number what Tab should come to, as the page is read.  A group of radios is one; so is what a closed details hides."""
FOCUSED = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const label = one.labels && one.labels[0], forced = matchMedia("(forced-colors: active)").matches;
  const styles = [getComputedStyle(one)];
  if (label) styles.push(getComputedStyle(label, "::before"));
  const marked = styles.some((style) =>
    (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || (!forced && style.boxShadow !== "none"));
  const places = [0.1, 0.5, 0.9];
  const seen = [...one.getClientRects()].some((box) => {
    const top = Math.max(box.top, 0), height = Math.min(box.bottom, innerHeight) - top;
    return height > 0 && places.some((x) => places.some((y) => {
      const there = document.elementFromPoint(box.left + box.width * x, top + height * y);
      return there && (one.contains(there) || (label && label.contains(there)));
    }));
  });
  return {
    number: Number(one.dataset.turn ?? -1), "no focus mark": !marked, "not in view": !seen,
    html: one.outerHTML.slice(0, 160),
  };
}
"""
"""Where the focus is.  In forced colours shadows are not painted, so only an outline counts."""
