"""Every main page of the service with the demonstration's data, for every role, with its empty and its error state."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from recruit.accounts.models import User
from recruit.app import create_app
from recruit.applications.models import Application, Section
from recruit.config import Settings
from recruit.core import clock
from recruit.core.db import db
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus
from recruit.vacancies.models import Vacancy


@dataclass(frozen=True, slots=True)
class Stop:
    """One page to look at.

    Args:
        role: the demo account that sees it; empty for somebody who is not signed in.
        name: what its picture is called.
        path: its address.
        send: press the page's own button without filling anything in: its error state.
        status: what the server answers.
    """

    role: str
    name: str
    path: str
    send: bool = False
    status: int = 200


def stops(environment: Mapping[str, str]) -> list[Stop]:
    """Return every stop, with addresses taken from the running service's database."""
    settings = Settings(**{name.lower(): value for name, value in environment.items()})  # type: ignore[arg-type]
    app = create_app(settings.model_copy(update={"recruit_env": "test"}))
    with app.app_context():
        found = [*_public(), *_account(), *_candidate(), *_recruiter(), *_review(), *_admin()]
        db.session.remove()
        db.engine.dispose()
    return found


def _public() -> list[Stop]:
    vacancies = db.session.scalars(
        select(Vacancy).where(Vacancy.status == VacancyStatus.PUBLISHED).order_by(Vacancy.id)
    ).all()
    now = clock.now()
    open_one = next(vacancy for vacancy in vacancies if vacancy.is_open(now))
    part_time = next(vacancy for vacancy in vacancies if vacancy.is_open(now) and vacancy.weekly_hours < 37)
    closed = next(vacancy for vacancy in vacancies if vacancy.has_closed(now))
    pages = {
        "home": "/",
        "jobs": "/jobs",
        "jobs-filtered": "/jobs?grade=SW&hours=full_time&sort=closing",
        "jobs-search": "/jobs?q=children+in+care",
        "jobs-none": "/jobs?q=astronaut",
        "jobs-odd": "/jobs?grade=nonsense&page=99999",
        "vacancy": f"/jobs/{open_one.slug}",
        "vacancy-part-time": f"/jobs/{part_time.slug}",
        "vacancy-closed": f"/jobs/{closed.slug}",
        "apply-signed-out": f"/jobs/{open_one.slug}/apply",
        "teams": "/teams",
        "team": f"/teams/{open_one.team.slug}",
        "welcome-payment": "/welcome-payment",
        "why-work-here": "/why-work-here",
        "how-we-recruit": "/how-we-recruit",
        "newly-qualified": "/newly-qualified",
        "accessibility": "/accessibility-statement",
        "privacy": "/privacy",
        "cookies": "/cookies",
    }
    unknown = Stop("", "vacancy-unknown", "/jobs/no-such-vacancy", status=404)
    return [*(Stop("", name, path) for name, path in pages.items()), unknown]


def _account() -> list[Stop]:
    forms = {"sign-in": "/sign-in", "register": "/register", "reset-password": "/reset-password"}
    return [
        *(Stop("", name, path) for name, path in forms.items()),
        *(Stop("", f"{name}-errors", path, send=True) for name, path in forms.items()),
        Stop("candidate", "account", "/account"),
        Stop("candidate", "change-password-errors", "/account/password", send=True),
    ]


def _candidate() -> list[Stop]:
    mine = db.session.scalars(
        select(Application)
        .join(User, User.id == Application.candidate_id)
        .where(User.email == "candidate@demo.example")
    ).all()
    draft = next(one for one in mine if one.status == ApplicationStatus.DRAFT)
    sent = next(one for one in mine if one.status == ApplicationStatus.SUBMITTED)
    shortlisted = next(one for one in mine if one.status == ApplicationStatus.SHORTLISTED)
    base = f"/applications/{draft.reference}"
    sections = [Stop("candidate", f"section-{section.value}", f"{base}/{section.value}") for section in Section]
    criterion = draft.vacancy.criteria[0].id
    return [
        Stop("candidate", "applications", "/applications"),
        Stop("candidate", "task-list", base),
        *sections,
        Stop("candidate", "section-contact-details-errors", f"{base}/contact-details", send=True),
        Stop("candidate", "qualification-add", f"{base}/qualifications/add"),
        Stop("candidate", "qualification-add-errors", f"{base}/qualifications/add", send=True),
        Stop("candidate", "history-add", f"{base}/history/add"),
        Stop("candidate", "history-add-errors", f"{base}/history/add", send=True),
        Stop("candidate", "evidence-one", f"{base}/evidence/{criterion}"),
        Stop("candidate", "referee-add", f"{base}/referees/add"),
        Stop("candidate", "referee-add-errors", f"{base}/referees/add", send=True),
        Stop("candidate", "check-answers", f"{base}/check"),
        Stop("candidate", "status-sent", f"/applications/{sent.reference}"),
        Stop("candidate", "status-shortlisted", f"/applications/{shortlisted.reference}"),
        Stop("candidate", "confirmation", f"/applications/{sent.reference}/confirmation"),
        Stop("candidate", "copy", f"/applications/{sent.reference}/copy"),
        Stop("candidate", "equality", f"/applications/{sent.reference}/equality"),
        Stop("candidate", "withdraw", f"/applications/{sent.reference}/withdraw"),
        Stop("candidate", "withdraw-errors", f"/applications/{sent.reference}/withdraw", send=True),
        Stop("candidate", "refused-area", "/review", status=403),
    ]


def _recruiter() -> list[Stop]:
    vacancies = db.session.scalars(select(Vacancy).order_by(Vacancy.id)).all()
    draft = next(vacancy for vacancy in vacancies if vacancy.status == VacancyStatus.DRAFT)
    live = next(vacancy for vacancy in vacancies if vacancy.is_open(clock.now()))
    base, live_base = f"/recruiter/vacancies/{draft.reference}", f"/recruiter/vacancies/{live.reference}"
    return [
        Stop("recruiter", "recruiter-vacancies", "/recruiter"),
        Stop("recruiter", "vacancy-new", "/recruiter/vacancies/new"),
        Stop("recruiter", "vacancy-new-errors", "/recruiter/vacancies/new", send=True),
        Stop("recruiter", "recruiter-vacancy", base),
        Stop("recruiter", "vacancy-edit", f"{base}/edit"),
        Stop("recruiter", "vacancy-edit-live", f"{live_base}/edit"),
        Stop("recruiter", "vacancy-preview", f"{base}/preview"),
        Stop("recruiter", "vacancy-publish", f"{base}/publish"),
        Stop("recruiter", "vacancy-cancel", f"{live_base}/cancel"),
    ]


def _review() -> list[Stop]:
    sent = db.session.scalars(
        select(Application)
        .where(Application.status == ApplicationStatus.SUBMITTED)
        .order_by(Application.submitted_at, Application.id)
    ).first()
    unsuccessful = db.session.scalars(
        select(Application).where(Application.status == ApplicationStatus.NOT_SHORTLISTED).order_by(Application.id)
    ).first()
    assert sent, "the demonstration has an application to review"
    assert unsuccessful, "the demonstration has one that was unsuccessful"
    base = f"/review/applications/{sent.reference}"
    return [
        Stop("hr", "queue", "/review"),
        Stop("hr", "queue-shortlisted", "/review?status=shortlisted"),
        Stop("hr", "queue-empty", "/review?status=withdrawn&age=14&assigned=me&unread=1"),
        Stop("hr", "queue-vacancy", f"/review/vacancies/{sent.vacancy.reference}"),
        Stop("hr", "application", base),
        Stop("hr", "application-unsuccessful", f"/review/applications/{unsuccessful.reference}"),
        Stop("hr", "application-unknown", "/review/applications/A-22222", status=404),
    ]


def _admin() -> list[Stop]:
    pages = {
        "administration": "/admin",
        "pay-tables": "/admin/pay-tables",
        "grades": "/admin/grades",
        "admin-teams": "/admin/teams",
        "welcome-payments": "/admin/welcome-payments",
        "accounts": "/admin/accounts",
    }
    return [Stop("admin", name, path) for name, path in pages.items()]
