"""The record of a vacancy: whole, by references alone, kept before it is shown, and no more than its reader may see."""

from hashlib import sha256

import pytest

from recruit.core.db import db
from recruit.record.models import DisclosedApplication, Disclosure, Taking
from recruit.rules import limits
from recruit.rules.access import Role
from tests import factories
from tests.panels import interview_scoring
from tests.panels.interview_scoring import WORDS, interviewed
from tests.panels.sifting import open_sift, panel_member, score
from tests.paper import needs_pango, read
from tests.review.sent import open_vacancy, sent_application
from tests.visitor import Visitor

REASON = "For the inspection in May"


def path_of(vacancy) -> str:
    return f"/review/vacancies/{vacancy.reference}/record"


def section(page, heading: str) -> str:
    """Return the words under a heading."""
    return " ".join(next(h.parent for h in page.select("section > h2") if h.text == heading).text.split())


@pytest.fixture
def scored(visit_as):
    """A vacancy whose applications were scored, the first of them shortlisted, and HR."""
    vacancy, applications, members, hr = open_sift()
    for application, points in zip(applications, ([3, 3, 3], [2, 1, 0]), strict=True):
        for member in members:
            score(application, member, points)
    one = visit_as(hr)
    first = applications[0]
    one.post(f"/review/applications/{first.reference}/shortlist", {"version": first.version, "reason": "Strongest"})
    return vacancy, applications, one


def test_nothing_is_shown_before_a_reason_is_kept(hr):
    application = sent_application()

    asked = hr.get(path_of(application.vacancy))
    refused = hr.post(path_of(application.vacancy), {"reason": " ", "as": "pdf"}, 200)

    for page in (asked, refused):
        assert page.h1.text == "Take out the record of a vacancy"
        assert application.reference not in page.text
    assert "Enter why you need it" in refused.text
    assert db.session.query(Disclosure).count() == 0


def test_it_has_terms_criteria_panel_scores_decisions_and_who_took_it(scored):
    vacancy, (first, second), hr = scored

    page = hr.post(path_of(vacancy), {"reason": REASON}, 200)

    assert "Social worker" in section(page, "The vacancy")
    assert "Essential, judged in the application, weight 1" in section(page, "Criteria and weights")
    assert "Member A Chair. Safer-recruitment training on 5 January 2026" in section(page, "The panel")
    assert "Opened at" in section(page, "The panel")
    rows = [[cell.text for cell in row.select("th, td")] for row in page.select("[aria-label=Ranking] tbody tr")]
    assert rows == [
        [first.reference, "1", "6", "3", "Yes", "Shortlisted"],
        [second.reference, "2", "3", "0", "No", "To review"],
    ]
    assert "The lowest total of essential criteria that was shortlisted is 6." in page.text
    assert f"{first.reference}: Shortlisted" in section(page, "Decisions")
    assert "Strongest" in section(page, "Decisions")
    assert REASON in section(page, "Files and records that applications were in")
    kept = db.session.query(Disclosure.taking, Disclosure.content, Disclosure.number, Disclosure.reason).all()
    assert kept == [(Taking.RECORD, f"vacancy {vacancy.reference}", 2, REASON)]
    taken = {key for (key,) in db.session.query(DisclosedApplication.application_id)}
    assert taken == {first.id, second.id}


def test_it_has_what_interviews_asked_and_scored(visit_as, session):
    interviews = interviewed(3)
    one, differs, two = interviews.applications
    told_so_far = [(0, 0, [2, 1]), (0, 1, [2, 2]), (1, 0, [3, 3]), (1, 1, [1, 3]), (2, 0, [3, 3])]
    for place, member, given in told_so_far:
        interview_scoring.score(interviews, interviews.members[member], given, place=place)

    page = visit_as(interviews.hr).post(path_of(interviews.vacancy), {"reason": REASON}, 200)

    told = section(page, "What interviews asked, and their scores")
    assert f"{WORDS[0]} ({interviews.vacancy.criteria[0].text}, weight 3)" in told
    assert f"{WORDS[1]} (not about a criterion, weight 1)" in told
    assert two.reference not in told  # whose interviewers are not all in
    rows = [[cell.text for cell in row.select("td, th")] for row in page.select("[aria-label^=Scores] tbody tr")]
    assert rows == [
        [differs.reference, "9", "For the chair", "Shortlisted"],
        [one.reference, "7.5", "Scored", "Shortlisted"],
    ]


def test_no_candidate_is_named_in_it(hr, visit_as):
    someone = factories.UserFactory(name="Xanthé Quillfeather", email="xq@private.example")
    application = sent_application(candidate=someone)
    visit_as(someone).post(f"/applications/{application.reference}/withdraw", {"reason": "other", "details": ""})

    page = hr.post(path_of(application.vacancy), {"reason": REASON}, 200)

    assert application.reference in page.text
    for words in ("Xanthé", "Quillfeather", "private.example", "01632 960 001"):
        assert words not in page.text


@needs_pango
def test_it_comes_as_a_pdf_that_is_kept_with_its_digest(scored):
    vacancy, (first, _second), hr = scored

    answer = hr.client.post(path_of(vacancy), data={"reason": REASON, "as": "pdf", "csrf_token": hr.token()})

    assert answer.headers["Content-Disposition"] == f'attachment; filename="record-{vacancy.reference}.pdf"'
    taken = db.session.query(Disclosure).one()
    assert (taken.taking, taken.number, taken.file_digest) == (Taking.PDF, 2, sha256(answer.data).hexdigest())
    paper = read(answer.data)
    assert paper.title.startswith(f"Record of vacancy {vacancy.reference} – ")
    assert {"H1", "H2", "Table", "TH"} <= paper.tags
    for words in (f"{first.reference} 1 6 3 Yes Shortlisted", "You will work with children", f"Why {REASON}"):
        assert words in paper.text


@needs_pango
def test_what_is_too_long_for_a_pdf_is_said_and_not_kept(hr, monkeypatch):
    vacancy = sent_application().vacancy
    monkeypatch.setattr(limits, "PDF_CHARACTERS", 100)

    page = hr.post(path_of(vacancy), {"reason": REASON, "as": "pdf"}, 200)

    assert "This is too long for a PDF." in page.text
    assert db.session.query(Disclosure).count() == 0


def test_whoever_applied_for_the_vacancy_or_is_no_hr_gets_no_record(scored, visit_as, recruiter: Visitor):
    vacancy, _applications, _hr = scored
    both = factories.UserFactory(roles=[Role.HR, Role.CANDIDATE])
    factories.ApplicationFactory(candidate=both, vacancy=vacancy)
    db.session.commit()

    for visitor, status in ((visit_as(both), 404), (visit_as(panel_member()), 403), (recruiter, 403)):
        visitor.get(path_of(vacancy), status)
        visitor.post(path_of(vacancy), {"reason": REASON, "as": "pdf"}, status)
    assert db.session.query(Disclosure).count() == 0


def test_drafts_and_unknown_ones_have_no_record(hr):
    hr.get(path_of(factories.VacancyFactory()), 404)
    hr.get("/review/vacancies/CSW-9999/record", 404)
    hr.get("/review/vacancies/nonsense/record", 404)


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_however_many_applied(hr, queries, number: int):
    vacancy = open_vacancy()
    for _ in range(number):
        sent_application(vacancy=vacancy)
    token = hr.token()
    queries.clear()

    hr.client.post(path_of(vacancy), data={"reason": REASON, "csrf_token": token})

    assert len(queries) == 27


def test_it_says_when_there_are_more_applications_than_it_lists(hr, monkeypatch):
    vacancy = open_vacancy()
    applications = sorted((sent_application(vacancy=vacancy) for _ in range(2)), key=lambda one: one.reference)
    monkeypatch.setattr(limits, "RECORD_APPLICATIONS", 1)

    page = hr.post(path_of(vacancy), {"reason": REASON}, 200)

    assert "The first 1 in the order of references; there are more." in page.text
    rows = [row.th.text for row in page.select("[aria-label=Applications] tbody tr")]
    assert rows == [applications[0].reference]
    assert db.session.query(DisclosedApplication.application_id).all() == [(applications[0].id,)]
