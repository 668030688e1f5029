"""The README's two pictures.  `README_IMAGES=1` keeps them in docs/images; otherwise they are only taken."""

import os
from pathlib import Path

import pytest

from tests.journeys.conftest import PASSWORD
from tests.journeys.stops import stops
from tests.journeys.visiting import NARROW, WIDE, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.one_database]
IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"


def test_the_readme_shows_a_vacancy_and_the_queue(open_page, service, tmp_path):
    folder = IMAGES if os.environ.get("README_IMAGES") else tmp_path
    folder.mkdir(exist_ok=True)
    vacancy = next(stop for stop in stops(service.environment) if stop.name == "vacancy")

    page = open_page(width=NARROW)
    page.goto(vacancy.path)
    page.screenshot(path=folder / "vacancy.png", clip={"x": 0, "y": 0, "width": 320, "height": 860}, full_page=True)
    page = open_page(width=WIDE)
    sign_in(page, "hr", PASSWORD)
    page.goto("/review")
    page.screenshot(path=folder / "queue.png")

    assert {file.name for file in IMAGES.glob("*.png")} == {"vacancy.png", "queue.png"}
