"""A change of what a published vacancy promises: asked for, read, approved by somebody else, applied."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from recruit.applications import queries as applications
from recruit.applications import sections, submitting
from recruit.applications.saving import Entered
from recruit.core import clock
from recruit.core.calendar import london_day, shown_closing
from recruit.core.db import db
from recruit.core.errors import Conflict
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.panels.models import Sift
from recruit.rules.lifecycle import RevisionStatus, VacancyStatus
from recruit.rules.notifications import Notification
from recruit.vacancies.models import Criterion, Vacancy, VacancyEvent
from recruit.vacancies.writing_models import VacancyRevision
from tests import factories
from tests.applications.answers import complete_application
from tests.review.sent import sent_application
from tests.visitor import Visitor

OTHER = "The vacancy itself has changed since this change was begun"


def _own(vacancy: Vacancy, end: str = "") -> str:
    return f"/recruiter/vacancies/{vacancy.reference}{end}"


def _hr(vacancy: Vacancy, end: str = "") -> str:
    return f"/review/approvals/{vacancy.reference}/change{end}"


def _press(who: Visitor, path: str, end: str, status: int = 302) -> Any:
    form = who.get(path).select_one(f"form[action$='{end}']")
    return who.post(form["action"], {"version": form.select_one("[name=version]")["value"]}, status=status)


def _date(name: str, day: Any) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def _changes(page: Any) -> list[list[str]]:
    rows = page.select(".changes__row")
    return [[re.sub("^(Now|After): ", "", cell.get_text()) for cell in row.select("dt, dd")] for row in rows]


def _errors(page: Any) -> str:
    return page.select_one(".govuk-error-summary__list").get_text(" ", strip=True)


@pytest.fixture
def live(recruiter: Visitor) -> Vacancy:
    return factories.VacancyFactory(
        team=recruiter.team,
        author_id=recruiter.user.id,
        published=True,
        contact_role="Manager",
        contact_email="a@demo.example",
    )


@pytest.fixture
def waiting(recruiter: Visitor, live: Vacancy) -> Vacancy:
    """A change that waits: another grade, a later closing date, a criterion more and one less."""
    factories.GradeFactory(code="senior", title="Senior social worker", point_min=30, point_max=34)
    later = london_day(live.closes_at) + timedelta(days=7)
    recruiter.post(_own(live, "/change/start"))
    page = recruiter.get(_own(live, "/change/terms"))
    senior = next(option["value"] for option in page.select("#grade_id option") if "Senior" in option.get_text())
    recruiter.submit(_own(live, "/change/terms"), {"grade_id": senior, **_date("closes_on", later)})
    recruiter.submit(_own(live, "/criteria/add"), {"text": "Mentors others", "weight": "2"})
    _press(recruiter, _own(live, "/criteria"), "/2/remove")
    recruiter.submit(_own(live, "/change"), {"reason": "Nobody senior applied."})
    return live


def _draft(vacancy: Vacancy) -> Any:
    draft = factories.ApplicationFactory(vacancy=vacancy)
    for line, text in zip(vacancy.criteria, ("I assessed.", "I weighed risk."), strict=False):
        with transaction():
            sections.save_evidence(
                draft.candidate.as_actor(), draft, line.id, Entered(values={"text": text}), now=vacancy.opens_at
            )
    return draft


def test_the_published_text_stays_until_somebody_else_approves(app, recruiter, hr: Visitor, waiting, visitor):
    before = visitor.get(f"/jobs/{waiting.slug}").get_text()
    assert "Mentors others" not in before

    assert "Nobody senior applied." in hr.get(_hr(waiting)).get_text()
    assert [row[0] for row in _changes(hr.get(_hr(waiting)))] == [
        "Grade and pay", "Closes", "Criterion", "New criterion",
    ]  # fmt: skip
    assert _changes(hr.get(_hr(waiting)))[2] == [
        "Criterion", "Works with risk (essential, in the application)", "Not asked any more",
    ]  # fmt: skip
    assert waiting.title in hr.get("/review/approvals").get_text()
    assert "1 vacancy or change is waiting for approval" in hr.get("/review").get_text()
    _press(hr, _hr(waiting), "/approve")

    app.extensions["public_pages"].clear()  # the public reads it within a second
    after = visitor.get(f"/jobs/{waiting.slug}").select_one("main").get_text()
    assert "Mentors others" in after
    assert "Works with risk" not in after
    assert "£34,700 to £38,700" in after
    hr.get(_hr(waiting), status=404)
    assert hr.get("/review/approvals").select(".worklist__item") == []
    history = recruiter.get(_own(waiting)).select_one("#history + ol").get_text()
    assert "Change approved: grade and pay; closes; criterion; new criterion" in history


def test_criteria_stay_once_a_panel_scores_by_them(hr: Visitor, waiting: Vacancy):
    db.session.add(Sift(vacancy_id=waiting.id, opened_at=factories.NOW))

    page = _press(hr, _hr(waiting), "/approve", status=409)

    assert "The panel has begun to score by the criteria as they are, so they stay" in _errors(page)
    db.session.refresh(waiting)
    assert "Mentors others" not in [line.text for line in waiting.criteria]


def test_other_terms_change_while_a_panel_scores(hr: Visitor, recruiter: Visitor, live: Vacancy):
    later = london_day(live.closes_at) + timedelta(days=7)
    recruiter.post(_own(live, "/change/start"))
    recruiter.submit(_own(live, "/change/terms"), _date("closes_on", later))
    recruiter.submit(_own(live, "/change"), {"reason": "Few applied."})
    db.session.add(Sift(vacancy_id=live.id, opened_at=factories.NOW))

    _press(hr, _hr(live), "/approve")

    assert london_day(shown_closing(live.closes_at)) == later


def test_who_has_a_draft_is_told_and_keeps_everything(hr: Visitor, waiting, session):
    draft, sent = _draft(waiting), sent_application(vacancy=waiting)
    snapshot = applications.snapshot_of(sent.id).content

    _press(hr, _hr(waiting), "/approve")

    session.expire_all()
    answers = applications.answers_of(draft)
    assert [line.text for line in answers.criteria] == [
        "Assesses the needs of children", "Mentors others", "Knows the family court",
    ]  # fmt: skip
    assert [(line.text, answers.evidence[line.id]) for line in answers.unasked] == [
        ("Works with risk", "I weighed risk.")
    ]
    assert answers.evidence[answers.criteria[0].id] == "I assessed."
    assert applications.snapshot_of(sent.id).content == snapshot
    statement = select(OutboxMessage).where(OutboxMessage.notification == Notification.VACANCY_CHANGED)
    [message] = session.scalars(statement).all()
    assert message.recipient == draft.candidate.email
    assert "- Not asked any more: Works with risk" in message.context["changed"]
    assert len(session.scalars(select(Criterion).where(Criterion.retired_at.is_not(None))).all()) == 1


def test_new_criteria_alone_stop_what_was_checked_by_the_old_ones(recruiter, hr, live, session):
    draft = complete_application(factories.ApplicationFactory(vacancy=live))
    recruiter.post(_own(live, "/change/start"))
    recruiter.submit(_own(live, "/criteria/1"), {"text": "Assesses children and parents"})
    recruiter.submit(_own(live, "/change"), {"reason": "It was too narrow."})
    seen, actor, now = live.version, draft.candidate.as_actor(), clock.now()
    checked = submitting.check_application(actor, draft, now=now)

    _press(hr, _hr(live), "/approve")

    session.refresh(live)
    assert live.version > seen
    with pytest.raises(Conflict, match="the words of the vacancy, changed"), transaction():
        submitting.submit_application(actor, checked, now=now)


def test_a_reworded_criterion_is_another_one_and_the_old_answer_stays_readable(recruiter, hr, live, session):
    draft = _draft(live)
    recruiter.post(_own(live, "/change/start"))
    recruiter.submit(_own(live, "/criteria/1"), {"text": "Assesses children and parents"})
    recruiter.submit(_own(live, "/change"), {"reason": "It was too narrow."})

    _press(hr, _hr(live), "/approve")

    session.expire_all()
    answers = applications.answers_of(draft)
    assert answers.criteria[0].text == "Assesses children and parents"
    assert answers.evidence.get(answers.criteria[0].id) is None
    assert [answers.evidence[line.id] for line in answers.unasked] == ["I assessed."]


def test_a_change_of_what_changed_meanwhile_is_refused_in_words(recruiter, hr: Visitor, waiting, visitor, session):
    pages = [(recruiter, _own(waiting)), (recruiter, _own(waiting, "/change")), (hr, _hr(waiting))]
    assert [who.get(path).select(".prose > .govuk-inset-text") for who, path in pages[1:]] == [[], []]
    session.get_one(Vacancy, waiting.id).closes_at += timedelta(days=1)
    session.commit()

    page = _press(hr, _hr(waiting), "/approve", status=409)
    for who, path in pages:
        said = " ".join(one.text for one in who.get(path).select(".govuk-inset-text"))
        assert "The vacancy has changed since" in said
        assert "cannot be approved" in said

    assert OTHER in _errors(page)
    assert "Mentors others" not in visitor.get(f"/jobs/{waiting.slug}").get_text()
    assert session.scalars(select(VacancyRevision.status)).one() is RevisionStatus.AWAITING_APPROVAL


def test_new_words_do_not_make_a_change_stale(recruiter, hr: Visitor, waiting):
    recruiter.submit(_own(waiting, "/edit/post"), {"title": "Better words"})

    _press(hr, _hr(waiting), "/approve")

    assert hr.follow().select(".worklist__item") == []


def test_pay_that_changed_since_it_was_sent_is_refused(hr: Visitor, waiting, session):
    factories.GradeFactory(code="senior").point_max = 35
    revision = session.scalars(select(VacancyRevision)).one()
    table = session.get_one(Vacancy, waiting.id).pay_table
    next(point for point in table.points if point.point == 34).annual_pence += 1
    session.commit()

    page = _press(hr, _hr(waiting), "/approve", status=409)

    assert "What the grade pays changed" in _errors(page)
    assert revision.decided_at is None


def test_nobody_approves_their_own_change(recruiter, waiting, visit_as):
    both = factories.UserFactory(roles=["recruiter", "hr"])
    revision = db.session.scalars(select(VacancyRevision)).one()
    revision.edited_by_id = both.id
    db.session.commit()
    who = visit_as(both)

    assert "somebody else in HR decides" in who.get(_hr(waiting)).get_text()
    who.post(_hr(waiting, "/approve"), {"version": str(revision.version)}, status=403)
    recruiter.post(_hr(waiting, "/approve"), {"version": str(revision.version)}, status=403)


def test_a_second_approval_and_one_of_an_unread_change_do_nothing(hr: Visitor, waiting, session):
    old = str(session.scalars(select(VacancyRevision.version)).one() - 1)
    page = hr.post(_hr(waiting, "/approve"), {"version": old}, status=409)
    assert "after you opened it" in _errors(page)

    _press(hr, _hr(waiting), "/approve")
    hr.post(_hr(waiting, "/approve"), {"version": old}, status=404)
    reasons = session.scalars(select(VacancyEvent.reason)).all()
    assert sum(reason.startswith("Change approved") for reason in reasons) == 1


def test_declining_leaves_it_as_it_is_and_says_why(hr: Visitor, waiting, visitor, session):
    version = str(session.scalars(select(VacancyRevision.version)).one())
    page = hr.post(_hr(waiting), {"version": version, "comment": " "}, status=200)
    assert _errors(page) == "Enter why it should stay as it is"

    hr.post(_hr(waiting), {"version": version, "comment": "The post was graded last month."})

    assert "Mentors others" not in visitor.get(f"/jobs/{waiting.slug}").get_text()
    [message] = session.scalars(select(OutboxMessage)).all()
    assert message.notification is Notification.VACANCY_CHANGE_DECIDED
    assert message.context["comment"] == "The post was graded last month."


def test_a_change_needs_a_difference_a_reason_and_an_essential_criterion(recruiter, live):
    recruiter.get(_own(live, "/change"), status=409)
    recruiter.post(_own(live, "/change/start"))
    recruiter.post(_own(live, "/change/start"))  # the same one
    version = recruiter.get(_own(live, "/change")).select_one("[name=version]")["value"]

    page = recruiter.post(_own(live, "/change"), {"version": version, "reason": "Why not."}, status=200)
    assert _errors(page) == "Nothing is changed yet"
    _press(recruiter, _own(live, "/criteria"), "/1/remove")
    page = recruiter.submit(_own(live, "/change"), {"reason": " "}, status=200)
    assert _errors(page) == "Enter why it should change"
    _press(recruiter, _own(live, "/criteria"), "/1/remove")
    page = recruiter.submit(_own(live, "/change"), {"reason": "Fewer."}, status=200)
    assert _errors(page) == "Enter at least 1 essential criterion"
    page = recruiter.submit(_own(live, "/change/terms"), _date("closes_on", london_day(live.opens_at)), status=200)
    assert _errors(page) == "The closing date must be in the future, and after it opens"
    _press(recruiter, _own(live, "/change"), "/drop")
    recruiter.get(_own(live, "/change"), status=409)
    recruiter.get(_own(live, "/criteria"), status=409)


def test_only_what_is_live_is_changed_and_only_by_its_team(recruiter, live, visit_as, session):
    stranger = factories.UserFactory(roles=["recruiter"])
    factories.TeamMemberFactory(team_id=factories.TeamFactory().id, user_id=stranger.id)
    who = visit_as(stranger)
    who.post(_own(live, "/change/start"), status=404)
    who.get(_own(live, "/change"), status=404)
    draft = factories.VacancyFactory(team=recruiter.team)

    recruiter.post(_own(draft, "/change/start"), status=409)
    live.status = VacancyStatus.CANCELLED
    session.commit()
    recruiter.post(_own(live, "/change/start"), status=409)


def test_a_grade_that_the_pay_table_cannot_pay_is_refused_and_the_choice_stays(recruiter: Visitor, live: Vacancy):
    lead = factories.GradeFactory(code="lead", title="Lead", point_min=35, point_max=38)
    recruiter.post(_own(live, "/change/start"))

    page = recruiter.submit(_own(live, "/change/terms"), {"grade_id": str(lead.id)}, status=200)

    assert "so it cannot pay the grade Lead." in _errors(page)
    assert page.select_one("#grade_id option[selected]")["value"] == str(lead.id)
    assert "Nothing yet." in recruiter.get(_own(live, "/change")).get_text()


def test_more_posts_are_asked_for_and_approved_after_closing(recruiter: Visitor, hr: Visitor, live: Vacancy, session):
    live.closes_at = live.opens_at + timedelta(hours=1)
    session.commit()
    assert "Change the number of posts" in recruiter.get(_own(live)).get_text()
    recruiter.post(_own(live, "/change/start"))
    page = recruiter.follow()
    assert [link.get_text() for link in page.select("main .prose a")] == ["Change the number of posts"]
    assert recruiter.get(_own(live)).find("a", string="Go on with the change")
    page = recruiter.submit(_own(live, "/change/posts"), {"posts": "none"}, status=200)
    assert _errors(page) == "Posts must be a whole number, like 1"
    assert page.select_one("#posts")["value"] == "none"
    page = recruiter.submit(_own(live, "/change/posts"), {"posts": "2", "version": "0"}, status=409)
    assert page.select_one("#posts")["value"] == "2"
    assert "Nothing of yours was saved over theirs" in _errors(page)
    recruiter.submit(_own(live, "/change/posts"), {"posts": "2"})
    recruiter.submit(_own(live, "/change"), {"reason": "Both were very good."})

    page = recruiter.get(_own(live))
    assert "A change of it is waiting for approval" in page.get_text()
    assert page.select("form[action$='/change/start']") == []
    assert "no candidate is written to" in hr.get(_hr(live)).get_text()
    _press(hr, _hr(live), "/approve")

    assert "Approved: the vacancy’s page says so now." in hr.follow().get_text()
    assert session.get_one(Vacancy, live.id).posts == 2


def test_hours_contract_and_payments_are_written_on_pages_of_their_own(recruiter: Visitor, live: Vacancy):
    recruiter.post(_own(live, "/change/start"))
    post, payment = _own(live, "/change/post"), _own(live, "/beside-salary/retention")
    part_time = {"full_time": "", "part_time": "y", "weekly_hours": "22.2"}

    page = recruiter.submit(post, {**part_time, "weekly_hours": "40", "contract": "fixed_term"}, status=200)
    assert "Hours a week must be more than 0 and at most 37" in _errors(page)
    assert "Enter how many months the contract is for" in _errors(page)
    assert page.select_one("#weekly_hours")["value"] == "40"
    recruiter.submit(post, part_time)
    recruiter.submit(payment, {"amount": "1000", "paid": "once", "after_months": "12"})
    assert recruiter.follow().find("a", string="Go on with the change")

    page = recruiter.get(_own(live, "/change"))
    assert [row[0] for row in _changes(page)] == ["Grade and pay", "Hours", "Retention payment"]
    recruiter.submit(payment, {"amount": "2000", "paid": "once", "after_months": "12", "version": "0"}, status=409)
    _press(recruiter, payment, "/remove")
    assert [row[0] for row in _changes(recruiter.get(_own(live, "/change")))] == ["Grade and pay", "Hours"]
    assert live.additions == []
    recruiter.submit(_own(live, "/change"), {"reason": "Few applied."})
    recruiter.get(payment, 409)
