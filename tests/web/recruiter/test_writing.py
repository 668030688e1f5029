"""Writing vacancies: drafts, copies, changes."""

from tests import factories
from tests.visitor import Visitor

NEW = "/recruiter/vacancies/new"


def test_a_title_a_team_and_a_grade_are_enough_for_a_draft(recruiter: Visitor):
    grade = factories.GradeFactory()

    recruiter.submit(NEW, {"title": "Social worker", "grade_id": str(grade.id)})

    page = recruiter.follow()
    assert page.h1.get_text() == "Before you can publish"
    page = recruiter.get("/recruiter")
    assert [link.get_text() for link in page.select("tbody th a")] == ["Social worker"]
    recruiter.get("/recruiter/vacancies/CSW-0001")
    recruiter.get("/recruiter/vacancies/CSW-0001/edit")
    recruiter.get("/recruiter/vacancies/CSW-0001/cancel")
