"""Counting equality answers: once, after sending, by the candidate."""

import pytest

from recruit.applications.counts import EqualityCount
from recruit.applications.equality import count_answers
from recruit.core.db import db
from recruit.core.errors import Conflict, NotAllowed
from recruit.core.transaction import transaction
from tests import factories
from tests.factories import NOW


def answer(application, actor=None, **answers: str) -> None:
    with transaction():
        count_answers(actor or application.candidate.as_actor(), application, answers, now=NOW)


def rows() -> list[tuple[int, str, str, int]]:
    found = db.session.query(EqualityCount).order_by(EqualityCount.question, EqualityCount.answer)
    return [(row.year, row.question, row.answer, row.number) for row in found]


def test_answers_of_two_candidates_add_up(session):
    answer(factories.ApplicationFactory(submitted=True), sex="Female", age="30 to 34")
    answer(factories.ApplicationFactory(submitted=True), sex="Female")

    assert rows() == [(2026, "age", "30 to 34", 1), (2026, "sex", "Female", 2)]


def test_what_was_not_offered_is_not_counted(session):
    answer(factories.ApplicationFactory(submitted=True), sex="Sam Taylor", height="tall")

    assert rows() == []


def test_they_are_counted_once(session):
    application = factories.ApplicationFactory(submitted=True)
    answer(application, sex="Male")

    with pytest.raises(Conflict):
        answer(application, sex="Male")

    assert rows() == [(2026, "sex", "Male", 1)]


def test_a_draft_is_asked_nothing(session):
    with pytest.raises(Conflict):
        answer(factories.ApplicationFactory(), sex="Male")


def test_nobody_else_answers(session):
    with pytest.raises(NotAllowed):
        answer(factories.ApplicationFactory(submitted=True), factories.UserFactory().as_actor(), sex="Male")
