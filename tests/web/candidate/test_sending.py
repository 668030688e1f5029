"""Sending once and only once, and what comes after."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, update
from sqlalchemy.engine import Engine

from recruit.applications import queries as kept
from recruit.applications.counts import EqualityCount, EqualitySlip
from recruit.applications.models import Application, ApplicationEvent, HistoryEntry, Snapshot
from recruit.core.calendar import long_date
from recruit.core.db import db
from recruit.notifications.models import OutboxMessage
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus
from recruit.vacancies.models import Criterion, CriterionKind, Vacancy
from tests import factories
from tests.visitor import Visitor


def counts() -> tuple[int, ...]:
    db.session.expire_all()
    return tuple(db.session.query(model).count() for model in (ApplicationEvent, Snapshot, OutboxMessage))


@pytest.fixture
def sent(candidate: Visitor, ready: Application) -> Application:
    candidate.post(f"/applications/{ready.reference}/check")
    return ready


def test_sending_leads_to_the_confirmation(candidate: Visitor, sent: Application):
    assert candidate.response.location == f"/applications/{sent.reference}/confirmation"

    page = candidate.follow()

    assert page.select_one(".govuk-panel__body strong").get_text() == sent.reference
    assert counts() == (1, 1, 1)


@pytest.fixture
def meanwhile():
    """Return a way to run a statement of somebody else's, just after the answers of an application were read."""
    waiting: list[str] = []

    def run(_connection, _cursor, statement, _parameters, _context, _many):
        if waiting and "FROM section_state" in statement:
            with db.engine.connect() as other:
                other.exec_driver_sql(waiting.pop())
                other.commit()

    event.listen(Engine, "after_cursor_execute", run)
    yield waiting.append
    event.remove(Engine, "after_cursor_execute", run)


@pytest.mark.parametrize("table", ["application", "vacancy"])
def test_what_changed_while_it_was_sent_is_told_and_sent_at_the_next_try(
    candidate: Visitor, ready: Application, meanwhile, table: str
):
    key = ready.id if table == "application" else ready.vacancy_id
    meanwhile(f"UPDATE {table} SET version = version + 1 WHERE id = {key}")  # noqa: S608  our own words

    page = candidate.post(f"/applications/{ready.reference}/check", status=409)
    assert "This application has not been sent. Your answers, or the words of the vacancy, changed" in page.text
    assert page.select_one("main form button").text.strip() == "Send application"
    assert counts() == (0, 0, 0)

    candidate.post(f"/applications/{ready.reference}/check")
    assert counts() == (1, 1, 1)


def change_wording(vacancy: Vacancy) -> None:
    vacancy.description = "Other words"


def ask_more(vacancy: Vacancy) -> None:
    vacancy.description = "Other words"  # a change is a new version
    line = {"kind": CriterionKind.ESSENTIAL, "text": "Mentors others", "position": 9}
    db.session.add(Criterion(vacancy_id=vacancy.id, **line))


@pytest.mark.parametrize(("change", "left"), [(change_wording, []), (ask_more, ["Mentors others"])])
def test_a_vacancy_that_changes_after_the_answers_were_read_is_looked_at_again(
    candidate: Visitor, ready: Application, change: Callable[[Vacancy], None], left: list[str]
):
    address = f"/applications/{ready.reference}/check"
    seen = candidate.get(address).select_one("[name=seen]")["value"]
    change(ready.vacancy)
    db.session.commit()

    page = candidate.post(address, {"seen": seen}, 409)

    assert "This application has not been sent. Your answers, or the words of the vacancy, changed" in page.text
    assert "How I show it: Works with risk" in page.text
    todo = [link.text for link in page.select("[aria-labelledby=left-to-do] a")]
    assert [word for word in left if any(word in one for one in todo)] == left
    assert bool(todo) is bool(left)
    assert counts() == (0, 0, 0)
    candidate.submit(address) if not left else candidate.post(address, status=200)
    assert counts() == ((1, 1, 1) if not left else (0, 0, 0))


def test_a_pause_while_somebody_writes_loses_nothing_and_they_go_on_after_it(candidate: Visitor, ready: Application):
    criterion = ready.vacancy.criteria[0]
    base, text = f"/applications/{ready.reference}", {"text": "What I wrote meanwhile"}
    version = candidate.get(f"{base}/evidence/{criterion.id}").select_one("[name=version]")["value"]
    ready.vacancy.status = VacancyStatus.PAUSED
    db.session.commit()

    page = candidate.post(f"{base}/evidence/{criterion.id}", text, 409)
    assert page.select_one("#text").text.strip() == text["text"]
    assert "we email you when you can go on" in page.select_one(".govuk-error-summary").text
    assert "This vacancy is paused" in candidate.post(f"{base}/check", status=409).main.text
    assert "This vacancy is paused" in candidate.get(base).main.text
    assert "How I show it: Works with risk" in candidate.get(f"{base}/copy").main.text

    ready.vacancy.status = VacancyStatus.PUBLISHED
    db.session.commit()
    candidate.post(f"{base}/evidence/{criterion.id}", {**text, "version": version})
    assert text["text"] in candidate.get(f"{base}/copy").main.text


def test_a_criterion_that_goes_while_somebody_answers_it_is_said(candidate: Visitor, ready: Application):
    criterion = ready.vacancy.criteria[0]
    address = f"/applications/{ready.reference}/evidence/{criterion.id}"
    page = candidate.get(address)
    criterion.retired_at = datetime.now(UTC)
    db.session.commit()

    typed = {"text": "What I wrote meanwhile", "version": page.select_one("[name=version]")["value"]}
    page = candidate.post(address, typed, 409)

    assert "we do not ask about this any more" in page.main.text
    assert page.select_one("textarea").text.strip() == typed["text"]
    assert criterion.text not in candidate.get(f"/applications/{ready.reference}/check").main.text


def test_a_second_click_leads_to_the_same_confirmation(candidate: Visitor, sent: Application):
    candidate.post(f"/applications/{sent.reference}/check")

    assert candidate.response.location == f"/applications/{sent.reference}/confirmation"
    assert counts() == (1, 1, 1)


def test_the_check_page_of_a_sent_application_is_its_confirmation(candidate: Visitor, sent: Application):
    candidate.get(f"/applications/{sent.reference}/check", 302)

    assert candidate.response.location == f"/applications/{sent.reference}/confirmation"


def test_closing_between_page_and_click_is_told_and_keeps_the_answers(candidate: Visitor, ready: Application, close):
    candidate.get(f"/applications/{ready.reference}/check")
    close(ready)

    page = candidate.post(f"/applications/{ready.reference}/check", status=409)

    assert page.select_one(".govuk-warning-text__text").get_text().split()[1:5] == ["This", "vacancy", "closed", "at"]
    assert counts() == (0, 0, 0)
    copy = candidate.get(f"/applications/{ready.reference}/copy")
    assert "How I show it: Works with risk" in copy.get_text()


def test_what_is_not_ready_is_not_sent(candidate: Visitor, draft: Application):
    page = candidate.post(f"/applications/{draft.reference}/check", status=200)

    assert page.select_one("h1").get_text() == "Your answers so far"
    assert page.select_one("#left-to-do ~ ul a").get_text() == "Enter your full name"
    assert counts() == (0, 0, 0)


def test_a_section_that_became_wrong_is_shown_as_a_problem(candidate: Visitor, ready: Application):
    entry = max(kept.entries_of(ready, HistoryEntry), key=lambda one: one.started_month)
    entry.organisation, entry.started_month = "Elsewhere Trust", datetime.now(UTC).date().replace(day=1)
    db.session.commit()

    page = candidate.get(f"/applications/{ready.reference}")

    problems = [item.select_one("a").get_text() for item in page.select(".govuk-task-list__item")
                if "There is a problem" in item.get_text()]  # fmt: skip
    assert problems == ["Work, study and other activity"]
    candidate.post(f"/applications/{ready.reference}/check", status=200)
    assert counts() == (0, 0, 0)


def test_the_task_list_says_when_it_was_saved(candidate: Visitor, ready: Application):
    page = candidate.get(f"/applications/{ready.reference}")

    assert "10 of 10 sections finished, last saved 2 minutes ago." in page.get_text()


@pytest.mark.parametrize(("told", "shown"), [(ApplicationStatus.SUBMITTED, "With us"), (None, "Not taken forward")])
def test_a_held_decision_is_not_shown(candidate: Visitor, sent: Application, told, shown: str):
    sent.status, sent.told_status = ApplicationStatus.NOT_SHORTLISTED, told
    sent.untold_since = datetime.now(UTC) - timedelta(days=40) if told else None
    db.session.commit()

    for path in (f"/applications/{sent.reference}", "/applications", f"/applications/{sent.reference}/confirmation"):
        page = candidate.get(path).get_text()
        assert ("not taken your application" in page or "Not taken forward" in page or "feedback" in page) == (
            shown == "Not taken forward"
        )


def test_the_status_page_says_by_when(candidate: Visitor, sent: Application):
    page = candidate.get(f"/applications/{sent.reference}").get_text()

    assert f"We received your application on {long_date(sent.submitted_at)}." in page
    assert "tell you about interviews by" in page


def test_withdrawing_needs_a_reason_and_keeps_it(candidate: Visitor, sent: Application):
    page = candidate.submit(f"/applications/{sent.reference}/withdraw", {"detail": "Nearer"}, 200)
    assert page.select_one("#reason-error") is not None
    assert page.select_one("#detail").get_text().strip() == "Nearer"

    candidate.submit(f"/applications/{sent.reference}/withdraw", {"reason": "other_job", "detail": "Nearer"})

    assert kept.events_of(sent.id)[-1].reason == "I have taken another job: Nearer"
    candidate.get(f"/applications/{sent.reference}/withdraw", 302)


def test_a_told_decision_cannot_be_withdrawn_from(candidate: Visitor, sent: Application):
    sent.status = ApplicationStatus.NOT_SHORTLISTED
    db.session.commit()

    candidate.post(f"/applications/{sent.reference}/withdraw", {"reason": "other"}, 302)

    db.session.expire_all()
    assert sent.status == ApplicationStatus.NOT_SHORTLISTED


def test_after_withdrawing_one_can_apply_again(candidate: Visitor, sent: Application):
    candidate.submit(f"/applications/{sent.reference}/withdraw", {"reason": "not_said"})

    candidate.submit(f"/jobs/{sent.vacancy.slug}/apply")

    assert candidate.response.location != f"/applications/{sent.reference}"


def slips() -> int:
    db.session.rollback()
    return db.session.query(EqualitySlip).count()


def test_equality_answers_are_sealed_and_the_application_learns_only_that_they_were_asked(candidate, sent):
    page = candidate.get(f"/applications/{sent.reference}/equality")
    assert "wait until 5 people have answered" in page.main.text
    candidate.post(
        f"/applications/{sent.reference}/equality",
        {"sex": "Female", "ethnic_group": "Roma", "age": "Prefer not to say", "religion": "Jedi", "orientation": ""},
    )

    assert (slips(), db.session.query(EqualityCount).count()) == (1, 0)
    db.session.refresh(sent)
    assert sent.equality_asked is True


def test_equality_questions_are_asked_once_a_stage(candidate: Visitor, sent: Application):
    address = f"/applications/{sent.reference}/equality"
    candidate.post(address, {"sex": "Female"})
    candidate.get(address, 302)
    candidate.post(address, {"sex": "Female"})
    assert slips() == 1
    assert "Answer some questions" not in candidate.get(f"/applications/{sent.reference}").text

    db.session.execute(update(Application).values(status=ApplicationStatus.SHORTLISTED))
    db.session.commit()
    assert "Answer some questions" in candidate.get(f"/applications/{sent.reference}").text
    assert "You have been shortlisted, so we ask again." in candidate.get(address).main.text
    candidate.post(address, {"sex": "Female"})
    candidate.get(address, 302)
    assert slips() == 2


def test_skipping_looks_like_answering(candidate: Visitor, sent: Application):
    candidate.post(f"/applications/{sent.reference}/equality", {"skip": "yes", "sex": "Female"})

    assert (slips(), db.session.query(EqualityCount).count()) == (1, 0)
    assert "Answer some questions" not in candidate.get(f"/applications/{sent.reference}").get_text()


def test_equality_comes_after_sending(candidate: Visitor, draft: Application):
    candidate.post(f"/applications/{draft.reference}/equality", {"sex": "Female"})

    assert db.session.query(EqualityCount).count() == 0


def test_anybody_may_read_what_applying_takes(visitor: Visitor):
    vacancy = factories.VacancyFactory(published=True)

    page = visitor.get(f"/jobs/{vacancy.slug}/apply")

    links = [link["href"] for link in page.select("main a.govuk-button")]
    assert links == [f"/register?next=/jobs/{vacancy.slug}/apply", f"/sign-in?next=/jobs/{vacancy.slug}/apply"]
    visitor.post(f"/jobs/{vacancy.slug}/apply")
    assert visitor.response.location.startswith("/sign-in")


def test_an_application_is_started_once(candidate: Visitor):
    vacancy = factories.VacancyFactory(published=True)
    for _ in range(2):
        candidate.post(f"/jobs/{vacancy.slug}/apply")

    (application,) = kept.own_applications(candidate.user.as_actor())
    assert candidate.response.location == f"/applications/{application.reference}"
    candidate.get(f"/jobs/{vacancy.slug}/apply", 302)


def test_a_closed_vacancy_opens_no_form(candidate: Visitor, draft: Application, close):
    other = factories.VacancyFactory(published=True, closes_at=datetime.now(UTC) - timedelta(minutes=1))

    page = candidate.get(f"/jobs/{other.slug}/apply")

    assert page.select_one("h1").get_text() == "You can no longer apply"
    assert page.select("main form") == []
    candidate.post(f"/jobs/{other.slug}/apply", status=409)


def test_no_page_asks_what_must_not_be_asked(candidate: Visitor, ready: Application):
    names = set()
    for path in ("contact-details", "registration", "qualifications/add", "history/add", "referees/add"):
        page = candidate.get(f"/applications/{ready.reference}/{path}")
        names |= {control["name"] for control in page.select("main [name]")}
        assert page.select("input[type=file]") == []

    assert {
        name for name in names if any(word in name for word in ("birth", "insurance", "health", "convict", "cv"))
    } == set()
