"""What a search found is marked on its cards, and is what the vacancy says now."""

import pytest
from flask import Flask

from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.vacancies.models import Vacancy
from tests.factories import TeamFactory, VacancyFactory
from tests.visitor import Visitor


def test_cards_mark_what_was_found_and_nothing_that_people_wrote_is_markup(visitor: Visitor):
    VacancyFactory(
        published=True, title="Senior <b>social worker</b>", team=TeamFactory(name="Looked after children"),
        summary="Settled team. Work with <i>children in our care</i> & carers.", description="Evening visits.",
    )  # fmt: skip

    page = visitor.get("/jobs?q=LAC+evening")

    assert [mark.get_text() for mark in page.select("main mark")] == ["Evening", "Looked after children"]
    assert page.select_one(".vacancy__passage").get_text() == "Evening visits."
    page = visitor.get("/jobs?q=LAC+social")
    assert [mark.get_text() for mark in page.select("main mark")] == [
        "social", "Social", "children in our care", "Looked after children",
    ]  # fmt: skip
    assert page.select_one(".vacancy__link").get_text() == "Senior <b>social worker</b>"
    assert page.select("main b, main i") == []
    assert visitor.get("/jobs").select("main mark, .vacancy__passage") == []


@pytest.mark.parametrize("count", [1, 3])
def test_marking_costs_one_statement_the_first_time(visitor: Visitor, queries: list[str], count: int):
    VacancyFactory.create_batch(count, published=True, summary="Fostering.")
    visitor.get("/jobs")
    queries.clear()

    assert len(visitor.get("/jobs?q=fostering").select("mark")) == count
    assert len([one for one in queries if "vacancy" in one]) == 1
    queries.clear()
    assert len(visitor.get("/jobs?q=fostering&sort=closing").select("mark")) == count
    assert [one for one in queries if "vacancy" in one] == []


def test_a_changed_sentence_is_shown_as_it_is_now(visitor: Visitor, app: Flask):
    number = VacancyFactory(published=True, summary="Fostering by day.").id
    visitor.get("/jobs?q=fostering")
    with app.app_context(), transaction():
        db.session.get_one(Vacancy, number).summary = "Fostering by night."
    app.extensions["public_pages"].clear()

    assert visitor.get("/jobs?q=fostering").select_one(".vacancy__passage").get_text() == "Fostering by night."
