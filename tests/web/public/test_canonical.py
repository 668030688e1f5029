"""One address for each public page, and what it looks like where people share it."""

from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

from tests.factories import TeamFactory, VacancyFactory
from tests.visitor import Visitor


@pytest.fixture(autouse=True)
def _vacancy(session):
    VacancyFactory(published=True, slug="this", title='A "b" & <c>', team=TeamFactory(slug="fostering"))


def canonical(page: BeautifulSoup) -> str:
    [link] = page.select("head link[rel=canonical]")
    return str(link["href"])


def shared(page: BeautifulSoup) -> dict[str, str]:
    return {str(tag["property"]): str(tag["content"]) for tag in page.select("head meta[property]")}


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("/", "/"),
        ("/?utm_source=mail", "/"),
        ("/jobs", "/jobs"),
        ("/jobs/", "/jobs"),
        ("/jobs?utm_source=mail", "/jobs"),
        ("/jobs?page=1&sort=newest", "/jobs"),
        ("/jobs?team=FOSTERING&q=social", "/jobs?" + urlencode({"q": "social", "team": "fostering"})),
        ("/jobs/this", "/jobs/this"),
        ("/jobs/this?next=/", "/jobs/this"),
        ("/teams", "/teams"),
        ("/teams/fostering", "/teams/fostering"),
        ("/why-work-here", "/why-work-here"),
        ("/how-we-recruit", "/how-we-recruit"),
        ("/newly-qualified", "/newly-qualified"),
        ("/welcome-payment", "/welcome-payment"),
        ("/accessibility-statement", "/accessibility-statement"),
        ("/privacy", "/privacy"),
        ("/cookies", "/cookies"),
    ],
)
def test_a_public_page_names_its_one_address(visitor: Visitor, asked: str, address: str):
    page = visitor.get(asked)

    assert canonical(page) == f"http://localhost{address}"
    assert shared(page)["og:url"] == f"http://localhost{address}"


def test_a_shared_vacancy_says_what_it_is(visitor: Visitor):
    page = visitor.get("/jobs/this")
    said = shared(page)
    image = said.pop("og:image")

    assert said == {
        "og:type": "website",
        "og:site_name": "Children’s social work jobs",
        "og:title": 'A "b" & <c>',
        "og:description": "Work with children and their families.",
        "og:url": "http://localhost/jobs/this",
        "og:image:alt": "The mark of Middlesbrough Council’s recruitment",
        "og:locale": "en_GB",
    }
    with visitor.client.get(image.removeprefix("http://localhost")) as picture:
        assert picture.status_code == 200


@pytest.mark.parametrize(
    ("path", "status"), [("/jobs/none", 404), ("/nowhere", 404), ("/sign-in", 200), ("/register", 200)]
)
def test_what_is_no_public_page_has_none(visitor: Visitor, path: str, status: int):
    assert visitor.get(path, status).select("link[rel=canonical], meta[property]") == []


def test_robots_are_led_to_the_sitemap(visitor: Visitor):
    text = visitor.client.get("/robots.txt").text

    assert text.endswith("\n\nSitemap: http://localhost/sitemap.xml\n")
    assert "Disallow: /jobs" not in text


@pytest.mark.parametrize(
    ("asked", "title", "feed"),
    [
        ("/jobs", "Open vacancies", "/jobs.atom"),
        ("/jobs?sort=closing", "Open vacancies", "/jobs.atom"),
        ("/jobs?q=social&sort=closing&page=1", "These vacancies", "/jobs.atom?q=social"),
        ("/jobs?team=fostering&hours=full_time", "These vacancies", "/jobs.atom?team=fostering&hours=full_time"),
    ],
)
def test_the_list_leads_to_its_feed(visitor: Visitor, asked: str, title: str, feed: str):
    [link] = visitor.get(asked).select("link[rel=alternate]")

    assert (link["type"], link["title"], link["href"]) == ("application/atom+xml", title, feed)
