"""Saved vacancies as a candidate meets them."""

import pytest

from recruit.core import clock
from recruit.core.transaction import transaction
from recruit.vacancies.saved import save_vacancy
from tests.factories import VacancyFactory
from tests.visitor import Visitor


def test_a_vacancy_is_saved_from_its_page_and_taken_away_from_the_list(candidate: Visitor):
    vacancy = VacancyFactory(published=True, title="Fostering officer")

    button = candidate.get(f"/jobs/{vacancy.slug}").select_one(f"form[action='/jobs/{vacancy.slug}/save'] button")
    candidate.post(f"/jobs/{vacancy.slug}/save")
    saved = candidate.follow()
    candidate.submit("/account/saved")
    left = candidate.follow()

    assert button.text == "Save this vacancy"
    assert [heading.text for heading in saved.select("h2.entry__title")] == [f"Fostering officer, {vacancy.team.name}"]
    assert left.select(".entry") == []
    assert "will be here" in left.text


def test_a_stranger_is_led_to_sign_in_and_back(visitor: Visitor, candidate: Visitor):
    vacancy = VacancyFactory(published=True)

    link = visitor.get(f"/jobs/{vacancy.slug}").find("a", string="Save this vacancy")["href"]
    visitor.get(link, 302)
    candidate.submit(link)

    assert visitor.response.headers["Location"] == f"/sign-in?next=/jobs/{vacancy.slug}/save"
    assert candidate.follow().select_one(".entry") is not None
    candidate.get(link, 302)
    assert candidate.response.headers["Location"] == "/account/saved"


def test_staff_are_offered_no_button(hr: Visitor):
    vacancy = VacancyFactory(published=True)

    assert "Save this vacancy" not in hr.get(f"/jobs/{vacancy.slug}").text
    hr.get("/account/saved", 403)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(candidate: Visitor, queries: list[str], count: int):
    with transaction():
        for vacancy in VacancyFactory.create_batch(count, published=True):
            save_vacancy(candidate.user.as_actor(), vacancy, now=clock.now())
    queries.clear()

    page = candidate.get("/account/saved")

    assert len(page.select(".entry")) == count
    assert len([query for query in queries if query.startswith("SELECT")]) == 2  # who is asking; the list
