"""The box that finds an application."""

import pytest

from tests import factories
from tests.review.sent import sent_application


def heading(page) -> str:
    return " ".join(page.select_one("main h2").text.split())


def test_the_queue_leads_to_what_was_found(hr):
    application = sent_application(candidate=factories.UserFactory(name="Zoë Tremaine"))
    form = hr.get("/review").select_one("form[role=search]")
    assert (form["action"], form["method"], form.select_one("input")["name"]) == ("/review/search", "get", "q")

    page = hr.get("/review/search?q=tremaine")
    assert heading(page) == "1 application matches ‘tremaine’"
    link = page.select_one("table tbody th a")
    assert (link.text, link["href"]) == (application.reference, f"/review/applications/{application.reference}")
    assert page.select_one("#sought")["value"] == "tremaine"


def test_nothing_found_says_what_is_looked_for(hr):
    assert heading(hr.get("/review/search?q=nobody+here")) == "No application matches ‘nobody here’"


def test_a_vacancys_reference_leads_to_its_queue_where_there_is_one(hr):
    vacancy = sent_application().vacancy
    hr.get(f"/review/search?q={vacancy.reference.lower().replace('-', '+')}", status=302)
    assert hr.response.headers["Location"] == f"/review/vacancies/{vacancy.reference}"
    assert heading(hr.get("/review/search?q=CSW-9999")) == "No application matches ‘CSW-9999’"


def test_too_little_is_told(hr):
    assert "Enter at least 2 letters of a name" in hr.get("/review/search?q=a").text


def test_an_empty_search_is_the_box_alone(hr):
    page = hr.get("/review/search")
    assert page.select("main h2, table") == []


@pytest.mark.parametrize(
    "sought", ["%00", "%ED%A0%80", "%F0%9F%98%80" * 500, "<script>", "';--", "%E2%80%AE" * 3, "a" * 5000]
)
def test_any_text_is_answered(hr, sought: str):
    hr.get(f"/review/search?q={sought}")
