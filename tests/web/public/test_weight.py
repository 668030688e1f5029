"""What a first visit fetches in all: page, styles, scripts and pictures."""

import re
from pathlib import Path

import pytest

from recruit.vacancies.models import Criterion
from tests.factories import VacancyFactory, WelcomeSchemeVersionFactory
from tests.visitor import Visitor

STATIC = Path(__file__).resolve().parents[3] / "static" / "dist"
MOST, MOST_SCRIPT = 100_000, 20_000  # bytes


def fetched(html: str) -> dict[str, int]:
    """Return what each file that the page names weighs as it is sent."""
    names = set(re.findall(r'(?:src|rel="stylesheet" href|rel="icon"[^>]* href)="/static/([^"]+)"', html))
    return {name: _sent(STATIC / name).stat().st_size for name in names}


def _sent(file: Path) -> Path:
    packed = file.with_name(f"{file.name}.br")
    return packed if packed.exists() else file


@pytest.mark.one_database
def test_a_first_visit_is_light_even_where_no_proxy_compresses_pages(visitor: Visitor):
    given = {
        "title": "Duty social worker",
        "description": "You meet families, write fair assessments and work in partnership with them. " * 40,
        "welcome": WelcomeSchemeVersionFactory(),
    }
    for _ in range(20):
        VacancyFactory(published=True, **given)
    text = "Works in partnership with families, schools and health colleagues"
    criteria = [Criterion(kind="essential", position=place, text=text) for place in range(12)]
    VacancyFactory(published=True, slug="the-longest", criteria=criteria, **given)

    for path in ("/jobs", "/jobs?q=duty", "/jobs/the-longest"):
        visitor.get(path)
        html = visitor.response.data
        files = fetched(html.decode())
        kinds = {name.rpartition(".")[2] for name in files}
        assert kinds == {"css", "js", "svg"}, path
        scripts = sum(size for name, size in files.items() if name.endswith(".js"))
        assert (scripts < MOST_SCRIPT, len(html) + sum(files.values()) < MOST) == (True, True), (path, len(html), files)
