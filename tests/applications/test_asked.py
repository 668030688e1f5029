"""Which criteria candidates write evidence for, and what becomes of answers to those that are not asked any more."""

from typing import Any

import pytest
from sqlalchemy import select

from recruit.applications import queries, sections
from recruit.applications.completeness import problems_of
from recruit.applications.models import Application, Section
from recruit.applications.saving import Entered
from recruit.applications.snapshot import snapshot_of
from recruit.core.calendar import london_day
from recruit.core.errors import Conflict, NotFound
from recruit.core.transaction import transaction
from recruit.review.service import criteria_to_decide
from recruit.rules.lifecycle import ApplicationStatus
from recruit.vacancies.models import Assessment, Criterion, CriterionKind
from tests import factories
from tests.factories import NOW
from tests.visitor import Visitor


@pytest.fixture
def draft(session: Any) -> Application:
    lines = [
        Criterion(kind=CriterionKind.ESSENTIAL, position=1, text="Listens"),
        Criterion(kind=CriterionKind.ESSENTIAL, position=2, text="Chairs", assessed_at=Assessment.INTERVIEW),
        Criterion(kind=CriterionKind.ESSENTIAL, position=3, text="Registered", assessed_at=Assessment.CHECK, weight=3),
    ]
    vacancy = factories.VacancyFactory(published=True, criteria=lines)
    return factories.ApplicationFactory(vacancy=vacancy)


def _answer(draft: Application, criterion: Criterion, text: str) -> None:
    with transaction():
        entered = Entered(values={"text": text})
        actor = draft.candidate.as_actor()
        sections.save_evidence(actor, draft, criterion.id, entered, now=draft.vacancy.opens_at)


def test_only_what_is_assessed_at_application_is_asked(draft: Application):
    answers = queries.answers_of(draft)

    assert [line.text for line in answers.criteria] == ["Listens"]
    assert [line.text for line in draft.vacancy.assessed(Assessment.CHECK)] == ["Registered"]
    assert [problem.message for problem in problems_of(answers, Section.EVIDENCE, london_day(NOW))] == [
        "Enter your evidence for “Listens”"
    ]
    with pytest.raises(NotFound):
        queries.criterion_of(draft, draft.vacancy.criteria[1].id)


@pytest.mark.parametrize(
    "change", [{"retired_at": NOW}, {"assessed_at": Assessment.INTERVIEW}], ids=["retired", "asked later"]
)
def test_an_answer_to_what_is_not_asked_any_more_can_be_read_and_is_not_sent(draft, visit_as, session, change):
    line = draft.vacancy.criteria[0]
    _answer(draft, line, "I listened to a boy of 9.")
    for name, value in change.items():
        setattr(line, name, value)
    session.commit()
    session.expire_all()

    answers = queries.answers_of(draft)
    assert ([one.text for one in answers.criteria], [one.text for one in answers.unasked]) == ([], ["Listens"])
    assert snapshot_of(answers)[Section.EVIDENCE] == []
    page = visit_as(draft.candidate).get(f"/applications/{draft.reference}/evidence")
    assert "I listened to a boy of 9." in page.select_one("main").get_text()
    with pytest.raises(Conflict, match="we do not ask about this any more"):
        queries.criterion_of(draft, line.id)


def test_a_retired_criterion_leaves_the_vacancy_but_not_the_record(draft: Application, session, visitor: Visitor):
    draft.vacancy.criteria[0].retired_at = NOW
    session.commit()
    session.expire_all()

    assert [line.text for line in draft.vacancy.criteria] == ["Chairs", "Registered"]
    assert len(session.scalars(select(Criterion)).all()) == 3
    page = visitor.get(f"/jobs/{draft.vacancy.slug}").select_one("[aria-labelledby=specification]")
    assert [" ".join(item.get_text().split()) for item in page.select("li")] == [
        "Chairs (judged at interview)", "Registered (checked before you start)",
    ]  # fmt: skip


def test_before_an_interview_a_refusal_names_what_the_application_answered(draft: Application):
    assert len(draft.vacancy.criteria) == 3, "read before the status is set: nothing of this is kept"
    draft.status = ApplicationStatus.SUBMITTED
    assert [line.text for line in criteria_to_decide(draft)] == ["Listens"]

    draft.status = ApplicationStatus.SHORTLISTED
    assert [line.text for line in criteria_to_decide(draft)] == ["Listens", "Chairs", "Registered"]
