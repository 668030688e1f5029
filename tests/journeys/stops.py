"""Every main page of the service with the demonstration's data, for every role, with its empty and its error state."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, select

from recruit.accounts.models import User
from recruit.alerts.links import new_link
from recruit.alerts.models import Alert, Frequency, LinkPurpose
from recruit.alerts.service import ask_for_alert
from recruit.applications.letters import LetterDraft
from recruit.applications.models import Application, HistoryEntry, Qualification, Section
from recruit.applications.openings import Opening
from recruit.appointments.employment_models import EmploymentDetails
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.document_requests.models import DocumentRequest
from recruit.documents.models import Document
from recruit.interviews.models import InterviewBooking, InterviewInvitation, InterviewSlot
from recruit.interviews.queries import interviewers_of
from recruit.notifications.models import OutboxMessage
from recruit.panels.models import PanelMember, Sift
from recruit.panels.questions import questions_of
from recruit.panels.reading import own_sheets
from recruit.panels.standings import Stage, standings_of
from recruit.rules import limits
from recruit.rules.document_requests import RequestStatus
from recruit.rules.employment import Part
from recruit.rules.lifecycle import ApplicationStatus, RevisionStatus, VacancyStatus
from recruit.rules.self_disclosure import DisclosureStatus, Question
from recruit.rules.sift import SheetStatus
from recruit.self_disclosures import disclosing, reading
from recruit.self_disclosures.models import SelfDisclosure
from recruit.vacancies.finder_query import Query
from recruit.vacancies.models import Vacancy
from recruit.vacancies.writing_models import VacancyRevision
from tests.databases import end_connections
from tests.journeys.extremes import LONG_NAMED, LONG_TITLE, app_of
from tests.self_disclosures.told import answered


@dataclass(frozen=True, slots=True)
class Stop:
    """One page to look at.

    Args:
        role: the demo account that sees it; empty for somebody who is not signed in.
        name: what its picture is called.
        path: its address.
        status: what the server answers.
        is_faulty: send the form without filling anything in: its error state.
        is_wrong: the page says that something is wrong with what came with its address or was filled in.
        fill: CSS selectors and what to type there before the form is sent; a choice is chosen, a file made.
    """

    role: str
    name: str
    path: str
    status: int = 200
    is_faulty: bool = False
    is_wrong: bool = False
    fill: Mapping[str, str] = field(default_factory=dict)

    @property
    def shows_error(self) -> bool:
        """Whether the page opens with an error summary, which takes the focus."""
        return self.is_faulty or self.is_wrong

    @property
    def kind(self) -> tuple[str, bool, int]:
        """What kind of page it is: addresses that differ by a reference or by what is asked are one kind."""
        return re.sub(r"[^/]*\d[^/]*", "#", self.path.partition("?")[0]), self.shows_error, self.status


def stops(environment: Mapping[str, str]) -> list[Stop]:
    """Return every stop, with addresses taken from the running service's database."""
    app = app_of(environment)
    with app.app_context():
        found = [*_public(), *_account(), *_candidate(), *_recruiter(), *_review(), *_approvals(), *_sift(), *_admin()]
        found += [*_content(), *_before_start(), *_disclosures()]
        db.session.remove()
        end_connections()
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
        "alert-new": "/alerts/new?q=fostering&hours=full_time",
        "alert-asked": "/alerts/check-email",
        "teams": "/teams",
        "team": f"/teams/{open_one.team.slug}",
        "your-pay": f"/jobs/{part_time.slug}/pay?hours=10&point={part_time.point_max}",
        "pay-points": "/pay-points",
        "pay-points-older": f"/pay-points/{open_one.pay_table.effective_on}",
        "welcome-payment": "/welcome-payment",
        "welcome-terms": "/welcome-payment/welcome-aboard-1",
        "welcome-check": "/welcome-payment/welcome-aboard-1/check",
        "welcome-check-answered": "/welcome-payment/welcome-aboard-1/check?post=secondment&employed=now&agency=no"
        "&newly_qualified=no",
        "living-here": "/living-here",
        "news": "/news",
        "news-one": "/news/open-evening",
        "stories": "/stories",
        "story": "/stories/sample-first-year",
        "why-work-here": "/why-work-here",
        "how-we-recruit": "/how-we-recruit",
        "newly-qualified": "/newly-qualified",
        "accessibility": "/accessibility-statement",
        "privacy": "/privacy",
        "cookies": "/cookies",
    }
    return [
        *(Stop("", name, path) for name, path in pages.items()),
        Stop("", "your-pay-odd", f"/jobs/{part_time.slug}/pay?hours=99", is_wrong=True),
        Stop("", "welcome-check-odd", "/welcome-payment/welcome-aboard-1/check?post=nonsense", is_wrong=True),
        Stop("", "alert-new-errors", pages["alert-new"], is_faulty=True),
        Stop("", "alert-old-link", "/alerts/manage/old", status=410),
        Stop("", "alert-ended-link", "/alerts/unsubscribe/old", status=410),
        Stop("", "interest", "/interest"),
        *_alerts(),
        Stop("", "vacancy-unknown", "/jobs/no-such-vacancy", status=404),
        Stop("", "not-found", "/no-such-page", status=404),
        Stop("", "vacancy-long", f"/jobs/{_by_title(LONG_TITLE).slug}"),
        Stop("", "vacancy-cancelled", f"/jobs/{_cancelled().slug}"),
        Stop("", "vacancy-paused", f"/jobs/{_first(VacancyStatus.PAUSED).slug}"),
    ]


def _alerts() -> list[Stop]:
    """Return the pages of an alert that was confirmed, and of one that was not."""
    now = clock.now()
    with transaction():
        ask_for_alert("stops@demo.example", Query("fostering"), Frequency.DAILY, "I agree.", now=now)
        alert = db.session.scalars(select(Alert).where(Alert.email_key == "stops@demo.example")).one()
        unconfirmed = new_link(alert.id, LinkPurpose.CONFIRM, now=now)
        alert.confirmed_at = alert.kept_at = alert.asked_at = now
        token = new_link(alert.id, LinkPurpose.MANAGE, now=now)
    return [
        Stop("", "alert-confirm", f"/alerts/confirm/{unconfirmed}"),
        Stop("", "alert-manage", f"/alerts/manage/{token}"),
        Stop("", "alert-end", f"/alerts/unsubscribe/{token}"),
    ]


def _is_open(vacancy: Vacancy) -> bool:
    return vacancy.status == VacancyStatus.PUBLISHED and vacancy.is_open(clock.now())


def _by_title(title: str) -> Vacancy:
    return db.session.scalars(select(Vacancy).where(Vacancy.title == title)).one()


def _first(status: VacancyStatus) -> Vacancy:
    vacancy = db.session.scalars(select(Vacancy).where(Vacancy.status == status).order_by(Vacancy.id)).first()
    assert vacancy, f"the demonstration has a vacancy that is {status}"
    return vacancy


def _cancelled() -> Vacancy:
    return db.session.scalars(select(Vacancy).where(Vacancy.status == VacancyStatus.CANCELLED)).one()


def _account() -> list[Stop]:
    forms = {
        "sign-in": "/sign-in",
        "register": "/register",
        "reset-password": "/reset-password",
        "new-link": "/confirm-email/send",
    }
    return [
        *(Stop("", name, path) for name, path in forms.items()),
        *(Stop("", f"{name}-errors", path, is_faulty=True) for name, path in forms.items()),
        Stop("", "sign-in-wrong", "/sign-in", is_wrong=True, fill=WRONG_PASSWORD),
        Stop("", "check-email", "/check-email"),
        Stop("", "confirm-old-link", "/confirm-email?token=old", status=410),
        Stop("", "choose-password-old-link", "/reset-password/new?token=old", status=410),
        Stop("candidate", "account", "/account"),
        Stop("candidate", "your-data", "/account/data"),
        Stop("new.candidate", "saved-none", "/account/saved"),
        Stop("candidate", "change-email", "/account/email"),
        Stop("candidate", "change-email-errors", "/account/email", is_faulty=True),
        Stop("candidate", "change-email-sent", "/account/email/sent"),
        Stop("candidate", "change-email-old-link", "/account/email/confirm?token=old", status=410),
        Stop("", "undo-email-old-link", "/account/email/undo?token=old", status=410),
        Stop("candidate", "close-account", "/account/close"),
        Stop("candidate", "close-account-errors", "/account/close", is_faulty=True),
        Stop("hr", "close-account-staff", "/account/close"),
        Stop("hr", "equality-figures", "/equality"),
        Stop("", "stop-reminders-unknown", "/reminders/stop/1-nonsense", status=404),
        Stop("candidate", "change-password", "/account/password"),
        Stop("candidate", "change-password-errors", "/account/password", is_faulty=True),
    ]


def _candidate() -> list[Stop]:
    mine = db.session.scalars(
        select(Application)
        .join(User, User.id == Application.candidate_id)
        .where(User.email == "candidate@demo.example")
    ).all()
    by_status = {one.status: one for one in mine}
    draft, sent = by_status[ApplicationStatus.DRAFT], by_status[ApplicationStatus.SUBMITTED]
    base, sent_base = f"/applications/{draft.reference}", f"/applications/{sent.reference}"
    applied = {one.vacancy_id for one in mine}
    vacancies = db.session.scalars(select(Vacancy).order_by(Vacancy.id))
    other = next(one for one in vacancies if one.id not in applied and _is_open(one))
    pages = {
        "applications": "/applications",
        "apply": f"/jobs/{other.slug}/apply",
        "save": f"/jobs/{other.slug}/save",
        "task-list": base,
        **{f"section-{section.value}": f"{base}/{section.value}" for section in Section},
        "registration-situation": f"{base}/registration/situation",
        **_entries(draft),
        "check-answers": f"{base}/check",
        "status-sent": sent_base,
        "status-shortlisted": f"/applications/{by_status[ApplicationStatus.SHORTLISTED].reference}",
        "confirmation": f"{sent_base}/confirmation",
        "copy": f"{sent_base}/copy",
        "equality": f"{sent_base}/equality",
        "withdraw": f"{sent_base}/withdraw",
    }
    nothing = (
        "qualification-add",
        "history-add-work",
        "history-add-study",
        "history-add-other",
        "referee-add",
        "withdraw",
    )
    wrong = {
        "section-contact-details": {"#full_name": "", "#postcode": "nowhere", "#finished-0": ""},
        "section-eligibility": {"#hours_wanted": "30", "#finished-0": ""},
        "section-registration": {"#number": "nonsense", "#finished-0": ""},
        "section-history": {"#finished-0": ""},
        "section-referees": {"#finished-0": ""},
        "history-start": {"#since-month": "13"},
        "evidence-one": {"#text": "word " * (limits.EVIDENCE_WORDS + 1)},
    }
    return [
        *(Stop("candidate", name, path) for name, path in pages.items()),
        *(Stop("candidate", f"{name}-errors", pages[name], is_faulty=True) for name in nothing),
        *(Stop("candidate", f"{name}-errors", pages[name], is_faulty=True, fill=fill) for name, fill in wrong.items()),
        Stop("candidate", "refused-area", "/review", status=403),
        Stop("new.candidate", "applications-none", "/applications"),
        Stop("new.candidate", "interest-none", "/interest"),
        Stop("new.candidate", "interest-answers-errors", "/interest/answers", is_faulty=True),
        Stop("hr", "interested", "/interested"),
        Stop("long.candidate", "applications-long", "/applications"),
        Stop("long.candidate", "copy-long", f"/applications/{_long_named().reference}/copy"),
        Stop("long.candidate", "status-long", f"/applications/{_long_named().reference}"),
        Stop("long.candidate", "task-list-again", f"/applications/{_long_named(is_sent=False).reference}"),
        Stop("long.candidate", "check-answers-again", f"/applications/{_long_named(is_sent=False).reference}/check"),
    ]


def _before_start() -> list[Stop]:
    """Return the pages of somebody who is to be appointed, half filled in, and HR's of somebody who has sent."""
    statement = select(Application.reference).join(
        EmploymentDetails, EmploymentDetails.application_id == Application.id
    )
    asked = db.session.scalars(statement.where(EmploymentDetails.sent_at.is_(None))).first()
    sent = db.session.scalars(statement.where(EmploymentDetails.sent_at.is_not(None))).first()
    base, review = f"/applications/{asked}/before-you-start", f"/review/applications/{sent}/employment"
    wrong = {
        "identity": {"#born_on-month": "13", "#ni_number": "nonsense", "#finished-0": ""},
        "addresses": {"#finished-0": ""},
        "right-to-work": {"#proof-1": "", "#finished-0": ""},
        "bank-details": {"#account_number": "1", "#finished-0": ""},
    }
    return [
        Stop("candidate", "status-appointed", f"/applications/{asked}"),
        Stop("candidate", "details", base),
        Stop("candidate", "details-check", f"{base}/check"),
        Stop("candidate", "details-address", f"{base}/addresses/0"),
        Stop("candidate", "details-address-errors", f"{base}/addresses/add", is_faulty=True),
        *(Stop("candidate", f"details-{part.value}", f"{base}/{part.value}") for part in Part),
        *(
            Stop("candidate", f"details-{p}-errors", f"{base}/{p}", is_faulty=True, fill=fill)
            for p, fill in wrong.items()
        ),
        Stop("hr", "employment", review),
        Stop("hr", "starters", "/review/starters"),
        Stop("hr", "employment-check", f"{review}/checks/dbs"),
        Stop("hr", "employment-check-errors", f"{review}/checks/dbs", is_faulty=True),
        Stop("hr", "employment-correction", f"{review}/correction"),
    ]


def _entries(draft: Application) -> dict[str, str]:
    """Return the pages about the rows of a draft's lists."""
    base = f"/applications/{draft.reference}"
    qualification = db.session.scalars(select(Qualification).filter_by(application_id=draft.id)).first()
    entry = db.session.scalars(select(HistoryEntry).filter_by(application_id=draft.id)).first()
    assert qualification, "the demonstration's draft has a qualification"
    assert entry, "the demonstration's draft has a history"
    return {
        "qualification-add": f"{base}/qualifications/add",
        "qualification-change": f"{base}/qualifications/{qualification.id}",
        "qualification-remove": f"{base}/qualifications/{qualification.id}/remove",
        "history-start": f"{base}/history/start",
        "history-add-work": f"{base}/history/add?kind=work",
        "history-add-study": f"{base}/history/add?kind=study",
        "history-add-other": f"{base}/history/add?kind=other",
        "history-gaps": f"{base}/history/gaps",
        "history-change": f"{base}/history/{entry.id}",
        "history-remove": f"{base}/history/{entry.id}/remove",
        "evidence-one": f"{base}/evidence/{draft.vacancy.asked[0].id}",
        "referee-add": f"{base}/referees/add",
    }


def _long_named(*, is_sent: bool = True) -> Application:
    return db.session.scalars(
        select(Application)
        .join(User, User.id == Application.candidate_id)
        .where(User.email == LONG_NAMED, Application.submitted_at.is_not(None) == is_sent)
    ).one()


def _recruiter() -> list[Stop]:
    vacancies = db.session.scalars(select(Vacancy).order_by(Vacancy.id)).all()
    draft = next(vacancy for vacancy in vacancies if vacancy.status == VacancyStatus.DRAFT)
    live = next(vacancy for vacancy in vacancies if vacancy.is_open(clock.now()))
    base, live_base = f"/recruiter/vacancies/{draft.reference}", f"/recruiter/vacancies/{live.reference}"
    waiting = f"/recruiter/vacancies/{_first(VacancyStatus.AWAITING_APPROVAL).reference}"
    changes = f"/recruiter/vacancies/{_first(VacancyStatus.CHANGES_REQUESTED).reference}"
    paused = f"/recruiter/vacancies/{_first(VacancyStatus.PAUSED).reference}"
    document = db.session.scalars(select(Document).order_by(Document.id)).first()
    documented = f"/recruiter/vacancies/{db.session.get_one(Vacancy, document.vacancy_id).reference}"
    pages = {
        "recruiter-vacancies": "/recruiter",
        "vacancy-new": "/recruiter/vacancies/new",
        "recruiter-vacancy": base,
        "recruiter-vacancy-live": live_base,
        "recruiter-vacancy-cancelled": f"/recruiter/vacancies/{_cancelled().reference}",
        "recruiter-vacancy-long": f"/recruiter/vacancies/{_by_title(LONG_TITLE).reference}",
        "vacancy-edit": f"{base}/edit",
        "vacancy-edit-post": f"{base}/edit/post",
        "vacancy-edit-pay": f"{base}/edit/pay",
        "vacancy-edit-work": f"{base}/edit/work",
        "vacancy-edit-dates": f"{base}/edit/dates",
        "vacancy-edit-live": f"{live_base}/edit",
        "vacancy-edit-live-dates": f"{live_base}/edit/dates",
        "criteria": f"{changes}/criteria",
        "criterion-add": f"{changes}/criteria/add",
        "criterion-edit": f"{changes}/criteria/1",
        "criteria-use": f"{changes}/criteria/use",
        "criteria-keep": f"{live_base}/criteria/keep",
        "criteria-sets": "/recruiter/criteria-sets",
        "criteria-set": "/recruiter/criteria-sets/1",
        "criteria-set-name": "/recruiter/criteria-sets/1/name",
        "templates": "/recruiter/templates",
        "change": f"/recruiter/vacancies/{_changing().reference}/change",
        "change-terms": f"/recruiter/vacancies/{_changing().reference}/change/terms",
        "change-post": f"/recruiter/vacancies/{_changing().reference}/change/post",
        "change-posts": f"/recruiter/vacancies/{_changing().reference}/change/posts",
        "template-keep": f"{live_base}/template",
        "vacancy-preview": f"{base}/preview",
        "vacancy-send": f"{base}/send",
        "vacancy-payments": f"{base}/beside-salary",
        "vacancy-documents-none": f"{base}/documents",
        "vacancy-documents": f"{documented}/documents",
        "vacancy-document": f"{documented}/documents/{document.key}",
        "recruiter-vacancy-waiting": waiting,
        "vacancy-preview-waiting": f"{waiting}/preview",
        "recruiter-vacancy-changes": changes,
        "vacancy-send-again": f"{changes}/send",
        "recruiter-vacancy-paused": paused,
        "recruiter-vacancy-unfilled": f"/recruiter/vacancies/{_first(VacancyStatus.UNFILLED).reference}",
        "vacancy-extend": f"{live_base}/extend",
        "vacancy-pause": f"{live_base}/pause",
        "vacancy-end": f"{live_base}/end",
        "vacancy-resume": f"{paused}/resume",
        "vacancy-outcome": f"{paused}/outcome",
        "vacancy-cancel": f"{live_base}/cancel",
        "vacancy-delete": f"{base}/cancel",
    }
    return [
        *(Stop("recruiter", name, path) for name, path in pages.items()),
        Stop("recruiter", "vacancy-new-errors", pages["vacancy-new"], is_faulty=True),
        Stop("recruiter", "vacancy-payment-errors", f"{base}/beside-salary/market_supplement", is_faulty=True),
        Stop("recruiter", "vacancy-edit-errors", pages["vacancy-edit-dates"], is_faulty=True, fill=WRONG_VACANCY),
        Stop("recruiter", "vacancy-document-errors", f"{base}/documents/upload", is_faulty=True),
        Stop("recruiter", "criterion-errors", pages["criterion-add"], is_faulty=True),
        Stop("recruiter", "vacancy-cancel-errors", pages["vacancy-cancel"], is_faulty=True),
        Stop("recruiter", "vacancy-extend-errors", pages["vacancy-extend"], is_faulty=True),
        Stop("recruiter", "recruiter-vacancy-unknown", "/recruiter/vacancies/CSW-9999-999", status=404),
        Stop("new.recruiter", "recruiter-vacancies-none", "/recruiter"),
        Stop("new.recruiter", "criteria-sets-none", "/recruiter/criteria-sets"),
        Stop("new.recruiter", "templates-none", "/recruiter/templates"),
    ]


def _changing() -> Vacancy:
    """The vacancy whose change waits for approval."""
    waits = VacancyRevision.status == RevisionStatus.AWAITING_APPROVAL
    return db.session.scalars(select(VacancyRevision).where(waits).order_by(VacancyRevision.id)).first().vacancy


WRONG_PASSWORD = {"#email": "nobody@demo.example", "#password": "wrong password"}
WRONG_VACANCY = {
    "#interview_on-day": "32",
    "#contact_email": "not an address",
}


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
    pages = {
        "queue": "/review",
        "queue-shortlisted": "/review?status=shortlisted",
        "queue-any": "/review?status=any",
        "queue-empty": "/review?status=withdrawn&age=14&assigned=me&unread=yes",
        "queue-odd": "/review?status=nonsense&age=x&vacancy=nothing&after=!",
        "queue-ready": "/review/ready",
        "queue-mine": "/review?assigned=me&status=todo",
        "queue-keys": "/review/keys",
        "queue-my-vacancies": "/review?mine=yes&status=todo",
        "labels": "/review/labels",
        "label-rename": "/review/labels/1/rename",
        "undelivered": "/review/messages",
        "undelivered-told": f"/review/messages/{_undelivered()}/told",
        "bulk-label": "/review/bulk?do=label&which=page",
        "views": "/review/views",
        "view-keep": "/review/views/keep?due=0",
        "templates": "/review/templates",
        "template-add": "/review/templates/add",
        "bulk-message": "/review/bulk?do=message&which=page",
        "bulk-assign": "/review/bulk?do=assign&which=page",
        "bulk-shortlist": "/review/bulk?do=shortlist&which=page",
        "bulk-unsuccessful": f"/review/bulk?do=unsuccessful&which=ticked&ticked={sent.reference}",
        "queue-search": "/review/search?q=ro",
        "queue-search-none": "/review/search?q=nobody+here",
        "record": f"{base}/record",
        "openings": f"{base}/openings",
        "export": "/review/export?status=any",
        "queue-vacancy": f"/review/vacancies/{sent.vacancy.reference}",
        "application": base,
        "application-unsuccessful": f"/review/applications/{unsuccessful.reference}",
        "application-long": f"/review/applications/{_long_named().reference}",
        "decline": f"{base}/unsuccessful",
        "decline-too-late": f"/review/applications/{unsuccessful.reference}/unsuccessful",
    }
    reason = "Your example did not show how you saw the children alone. Tell us next time what each of them said."
    return [
        *(Stop("hr", name, path) for name, path in pages.items()),
        Stop("hr", "view-errors", pages["view-keep"], is_faulty=True),
        Stop("hr", "template-errors", pages["template-add"], is_faulty=True),
        Stop("hr", "bulk-preview", pages["bulk-message"], fill={"#text": "Dear {candidate_name}, please ring us."}),
        Stop("hr", "queue-ready-asked", "/review/ready?tick=all", fill={"input[name=ticked]": ""}),
        Stop("hr", "undelivered-told-errors", pages["undelivered-told"], is_faulty=True),
        Stop("hr", "bulk-errors", pages["bulk-unsuccessful"], is_faulty=True),
        Stop("hr", "decline-errors", pages["decline"], is_faulty=True),
        Stop("hr", "record-errors", pages["record"], is_faulty=True),
        Stop("hr", "record-shown", pages["record"], fill={"#reason": "For the inspection in May"}),
        Stop("hr", "export-errors", pages["export"], is_faulty=True),
        Stop("hr", "decline-preview", pages["decline"], fill={"#criterion-0": "", "#reason": reason}),
        *_letters(unsuccessful),
        Stop("hr", "application-unknown", "/review/applications/A-22222", status=404),
    ]


def _undelivered() -> int:
    waits = OutboxMessage.unsettled_since.is_not(None)
    return db.session.scalars(select(OutboxMessage.id).where(waits).order_by(OutboxMessage.id)).first()


def _letters(told: Application) -> list[Stop]:
    """Return the pages of a decision that waits, and of one whose candidate knows of it."""
    draft = db.session.scalars(select(LetterDraft).where(LetterDraft.template == "application_not_shortlisted")).first()
    assert draft, "the demonstration has a decision that waits"
    waits = db.session.get_one(Application, draft.application_id).reference
    reopen = f"/review/applications/{told.reference}/reopen"
    return [
        Stop("hr", "letter", f"/review/ready/{waits}"),
        Stop("hr", "letter-errors", f"/review/ready/{waits}", fill={"#opening": "", "#next_steps": ""}, is_faulty=True),
        Stop("hr", "letter-aside", f"/review/ready/{waits}/told"),
        Stop("hr", "application-decided", f"/review/applications/{waits}"),
        Stop("hr", "reopen", reopen),
        Stop("hr", "reopen-errors", reopen, is_faulty=True),
    ]


def _approvals() -> list[Stop]:
    base = f"/review/approvals/{_first(VacancyStatus.AWAITING_APPROVAL).reference}"
    pages = {
        "approvals": "/review/approvals",
        "approval": base,
        "approval-preview": f"{base}/preview",
        "pay-award": "/review/approvals/pay-award",
        "vacancy-ends": "/review/approvals/ends",
        "approval-change": f"/review/approvals/{_changing().reference}/change",
        "approval-changes": f"/review/approvals/{_first(VacancyStatus.CHANGES_REQUESTED).reference}",
        "approval-cancel": f"/review/approvals/{_by_title(LONG_TITLE).reference}/cancel",
        "approval-pause": f"/review/approvals/{_by_title(LONG_TITLE).reference}/pause",
        "approval-approved": f"/review/approvals/{_by_title(LONG_TITLE).reference}",
    }
    return [
        *(Stop("hr", name, path) for name, path in pages.items()),
        Stop("hr", "approval-errors", base, is_faulty=True),
        Stop("hr", "approval-cancel-errors", pages["approval-cancel"], is_faulty=True),
        Stop("hr", "approval-unknown", "/review/approvals/CSW-9999", status=404),
    ]


def _sift() -> list[Stop]:
    """HR's and the panel's pages of a sift under way, and of a vacancy without a panel."""
    member = db.session.scalars(select(User).where(User.email == "panel.two@demo.example")).one()
    is_theirs = PanelMember.vacancy_id == Sift.vacancy_id, PanelMember.user_id == member.id
    sifts = db.session.scalars(select(Sift).where(*is_theirs).order_by(Sift.vacancy_id)).all()
    vacancy = db.session.get_one(Vacancy, [one for one in sifts if one.closed_at is None][-1].vacancy_id)
    over = db.session.get_one(Vacancy, next(one for one in sifts if one.closed_at is not None).vacancy_id)
    standings = standings_of(vacancy.id, vacancy.asked)
    by_stage = {one.stage: one.reference for one in standings}
    mine = {sheet.status: sheet.reference for sheet in own_sheets(member.as_actor(), vacancy.id)}
    hr, own = f"/review/vacancies/{vacancy.reference}/panel", f"/panel/{vacancy.reference}"
    to_score, done = mine[SheetStatus.TO_SCORE], mine[SheetStatus.SUBMITTED]
    first_scorer = standings[0].sheets[0].scorer_id
    remove = f"{hr}/applications/{standings[0].reference}/scorers/{first_scorer}"
    return [
        Stop(
            "hr",
            "vacancy-record-shown",
            f"/review/vacancies/{vacancy.reference}/record",
            fill={"#reason": "For the inspection in May"},
        ),
        Stop("hr", "sift-panel", hr),
        Stop("hr", "sift-panel-none", f"/review/vacancies/{_by_title(LONG_TITLE).reference}/panel"),
        Stop("hr", "sift-close", f"{hr}/close"),
        Stop("hr", "sift-panel-closed", f"/review/vacancies/{over.reference}/panel"),
        Stop("hr", "sift-reopen", f"/review/vacancies/{over.reference}/panel/reopen"),
        Stop("hr", "sift-applications", f"{hr}/applications"),
        Stop("hr", "sift-application", f"{hr}/applications/{by_stage[Stage.DIFFERS]}"),
        Stop("hr", "sift-remove-scorer", remove),
        Stop("hr", "sift-remove-scorer-errors", remove, is_faulty=True),
        Stop("hr", "sift-ranking", f"{hr}/ranking?line=12"),
        Stop("hr", "sift-ranking-odd", f"{hr}/ranking?line=many"),
        Stop("panel.one", "panels", "/panel"),
        *_interviews(),
        Stop("panel.one", "panel-chair", own),
        Stop("panel.one", "panel-close", f"{own}/close"),
        Stop("panel.one", "panel-settle", f"{own}/{by_stage[Stage.DIFFERS]}/settle"),
        Stop("panel.one", "panel-settle-errors", f"{own}/{by_stage[Stage.DIFFERS]}/settle", is_faulty=True),
        Stop("panel.one", "panel-ranking", f"{own}/ranking?line=12"),
        Stop("panel.two", "panel", own),
        Stop("panel.two", "panel-download", f"{own}/download"),
        Stop("panel.two", "panel-declare", f"{own}/{to_score}"),
        Stop("panel.two", "panel-declare-errors", f"{own}/{to_score}", is_faulty=True),
        Stop("panel.two", "panel-scored", f"{own}/{done}"),
        Stop("panel.two", "panel-connection", f"{own}/{to_score}/connection"),
        Stop("panel.two", "panel-abstain", f"{own}/{to_score}/abstain"),
        Stop("panel.two", "panel-abstain-errors", f"{own}/{to_score}/abstain", is_faulty=True),
        Stop("panel.two", "panel-reopen", f"{own}/{done}/reopen"),
        Stop("panel.two", "panel-refused", f"{own}/ranking", status=403),
        Stop("panel.two", "panel-unknown", "/panel/CSW-9999", status=404),
    ]


def _first_member(slot: InterviewSlot) -> int:
    return min(person.id for person in interviewers_of([slot.id])[slot.id])


def _question(vacancy_id: int) -> int:
    return questions_of(vacancy_id)[0].id


def _interviews() -> list[Stop]:
    slot = db.session.scalars(
        select(InterviewSlot)
        .join(InterviewBooking, InterviewBooking.slot_id == InterviewSlot.id)
        .order_by(InterviewSlot.id)
    ).first()
    invited = db.session.scalars(
        select(Application)
        .join(InterviewInvitation, InterviewInvitation.application_id == Application.id)
        .join(User, User.id == Application.candidate_id)
        .where(User.email_key == "candidate@demo.example", Application.status == ApplicationStatus.SHORTLISTED)
    ).one()
    assert slot, "the demonstration has an interview that somebody chose"
    began = (InterviewSlot.starts_at < clock.now()) & (InterviewSlot.vacancy_id == invited.vacancy_id)
    held = db.session.scalars(select(InterviewSlot).where(began).order_by(InterviewSlot.id)).all()
    theirs = db.session.scalars(select(DocumentRequest).where(DocumentRequest.status == RequestStatus.RECEIVED)).one()
    sender = theirs.application.reference
    base, own = f"/review/vacancies/{slot.vacancy.reference}/interviews", f"/applications/{invited.reference}/interview"
    return [
        Stop("hr", "interviews", base),
        Stop("hr", "interviews-new", f"{base}/new"),
        Stop("hr", "interviews-new-errors", f"{base}/new", is_faulty=True),
        Stop("hr", "interview-change", f"{base}/{slot.id}"),
        Stop("hr", "interview-cancel", f"{base}/{slot.id}/cancel"),
        Stop("candidate", "interview", own),
        Stop("candidate", "document-asked", f"/applications/{invited.reference}/documents/1/upload"),
        Stop("candidate", "document-errors", f"/applications/{invited.reference}/documents/1/upload", is_faulty=True),
        Stop("hr", "documents-hr", f"/review/applications/{sender}/documents"),
        Stop("hr", "document-ask-errors", f"/review/applications/{sender}/documents/ask", is_faulty=True),
        Stop("hr", "document-again", f"/review/applications/{sender}/documents/1/again"),
        Stop("candidate", "messages", f"/applications/{invited.reference}/messages"),
        Stop("candidate", "messages-errors", f"/applications/{invited.reference}/messages", is_faulty=True),
        Stop("hr", "messages-hr", f"/review/applications/{invited.reference}/messages"),
        Stop("candidate", "interview-errors", own, is_faulty=True),
        Stop("panel.one", "interviews-held", "/interviews"),
        Stop("panel.one", "interview-declare", f"/interviews/{slot.id}"),
        Stop("panel.one", "interview-declare-errors", f"/interviews/{slot.id}", is_faulty=True),
        Stop("panel.one", "interview-scored", f"/interviews/{held[0].id}"),
        Stop("panel.one", "interview-history", f"/interviews/{held[0].id}/history"),
        Stop("panel.one", "interview-settle-errors", f"/interviews/{held[0].id}/settle", is_faulty=True),
        Stop("panel.one", "interview-reopen", f"/interviews/{held[1].id}/reopen"),
        Stop("hr", "interview-scores", f"{base}/scores"),
        Stop("hr", "interview-scorer-errors", f"{base}/{held[1].id}/scorers/{_first_member(held[1])}", is_faulty=True),
        Stop("hr", "questions", f"{base}/questions"),
        Stop("hr", "question-new-errors", f"{base}/questions/new", is_faulty=True),
        Stop("hr", "question-bank", f"{base}/questions/bank"),
        Stop("hr", "question-sets", f"{base}/questions/sets/competency"),
        Stop("hr", "question-set-rename", f"{base}/questions/sets/competency/1/rename"),
        Stop("hr", "question-set-keep-errors", f"{base}/questions/sets/safeguarding/keep", is_faulty=True),
        Stop("hr", "question-change", f"{base}/questions/{_question(slot.vacancy_id)}"),
    ]


def _admin() -> list[Stop]:
    pages = {
        "administration": "/admin",
        "pay-tables": "/admin/pay-tables",
        "pay-table": "/admin/pay-tables/1",
        "pay-tables-import": "/admin/pay-tables/import",
        "emails": "/admin/emails",
        "grades": "/admin/grades",
        "admin-teams": "/admin/teams",
        "admin-welcome-payment": "/admin/welcome-payment",
        "admin-terms": "/admin/welcome-payment/2",
        "accounts": "/admin/accounts",
        "synonyms": "/admin/synonyms",
        "synonyms-edit": "/admin/synonyms/synfrontdoor",
        "openings-day": "/admin/openings",
        "openings-person": f"/admin/openings/{_reader()}",
    }
    table = {"#file": "scp,2030-04-01\n2,30000\n3,30500\n", "#source": "A circular"}
    return [
        *(Stop("admin", name, path) for name, path in pages.items()),
        Stop("admin", "admin-terms-errors", "/admin/welcome-payment/new", is_faulty=True),
        Stop("admin", "synonyms-new-errors", "/admin/synonyms/new", is_faulty=True),
        Stop("admin", "pay-tables-import-errors", pages["pay-tables-import"], is_faulty=True),
        Stop("admin", "pay-tables-confirm", pages["pay-tables-import"], fill=table),
    ]


def _reader() -> int:
    """Return whoever opened an application last."""
    return db.session.scalars(select(Opening.actor_id).order_by(Opening.id.desc()).limit(1)).one()


def _content() -> list[Stop]:
    page, news = "/content/page/newly-qualified", "/content/news/open-evening"
    pages = {
        "pages": "/content",
        "page": page,
        "page-edit": f"{page}/edit",
        "page-preview": f"{page}/preview",
        "page-version": f"{page}/versions/2",
        "page-new-story": "/content/new/story",
        "page-new-team": "/content/new/team",
        "page-withdraw": f"{news}/withdraw",
        "claims": "/content/claims",
        "claim": "/content/claims/sample-caseload",
        "claim-new": "/content/new-claim",
    }
    wrong_page = {"#body": "[nowhere](/no-such-page)", "#summary": ""}
    return [
        *(Stop("hr", name, path) for name, path in pages.items()),
        Stop("hr", "page-edit-errors", pages["page-edit"], is_faulty=True, fill=wrong_page),
        Stop("hr", "page-new-story-errors", pages["page-new-story"], is_faulty=True),
        Stop("hr", "page-withdraw-errors", pages["page-withdraw"], is_faulty=True),
        Stop("hr", "claim-new-errors", pages["claim-new"], is_faulty=True),
        Stop("hr", "page-unknown", "/content/news/none", status=404),
    ]


def _disclosures() -> list[Stop]:
    """Return the pages of self-disclosures: one that was begun, one that was sent, one that the chair is told of."""
    begun = _disclosure_of(ApplicationStatus.SHORTLISTED, User.email == "candidate@demo.example")
    sent = _disclosure_of(ApplicationStatus.SHORTLISTED, SelfDisclosure.status == DisclosureStatus.TO_DISCUSS)
    released = _disclosure_of(ApplicationStatus.SHORTLISTED, SelfDisclosure.status == DisclosureStatus.RELEASED)
    chairs = select(User.email).join(PanelMember, PanelMember.user_id == User.id)
    chair = db.session.scalars(
        chairs.where(PanelMember.vacancy_id == released.application.vacancy_id, PanelMember.is_chair)
    ).one()
    lead = db.session.scalars(select(User).where(User.email == "safeguarding@demo.example")).one()
    note, actor, application = f"/interviews/notes/{released.application_id}", lead.as_actor(), begun.application
    if not disclosing.own_disclosure(application).answers.matters:
        answered(application, Question.SPENT)
    with transaction():
        reading.open_disclosure(actor, sent, now=clock.now())
    base, cover = f"/applications/{begun.application.reference}/self-disclosure", sent.application.reference
    pages = {"": base, "-questions": f"{base}/questions", "-matters": f"{base}/matters"}
    return [
        *(Stop("candidate", f"disclosure{name}", path) for name, path in pages.items()),
        Stop("candidate", "disclosure-matter-errors", f"{base}/matters/spent/add", is_faulty=True),
        Stop("candidate", "disclosure-check-errors", f"{base}/check", is_faulty=True),
        Stop("safeguarding", "disclosures", "/review/disclosures"),
        Stop("safeguarding", "disclosure-cover", f"/review/disclosures/{cover}"),
        Stop("safeguarding", "disclosure-content", f"/review/disclosures/{cover}/content"),
        Stop(chair.partition("@")[0], "disclosure-note", note),
    ]


def _disclosure_of(status: ApplicationStatus, *wanted: ColumnElement[bool]) -> SelfDisclosure:
    statement = (
        select(SelfDisclosure)
        .join(Application, Application.id == SelfDisclosure.application_id)
        .join(User, User.id == Application.candidate_id)
        .where(Application.status == status, *wanted)
        .order_by(SelfDisclosure.application_id)
    )
    return db.session.scalars(statement).first()
