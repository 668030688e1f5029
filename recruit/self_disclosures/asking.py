"""What the worker does: asks those who know that they are on a shortlist, reminds once, forgets what will not be sent.

A decision is told in several ways (a letter released, or by phone).  Asking looks at where the application stands, so
that none of them can forget it, and nobody is asked who has not been told.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Exists, delete, exists, func, or_, select
from sqlalchemy.orm import joinedload

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.applications.service import message_words, tell_candidate
from recruit.core.calendar import london_day, long_date, working_days_between
from recruit.core.db import db, hold
from recruit.interviews.models import InterviewBooking, InterviewSlot
from recruit.notifications import outbox
from recruit.notifications.hours import is_by_day
from recruit.notifications.models import OutboxMessage
from recruit.rules import limits
from recruit.rules.lifecycle import OVER, ApplicationStatus, VacancyStatus
from recruit.rules.notifications import Notification
from recruit.rules.self_disclosure import UNSENT, Act, DisclosureStatus
from recruit.self_disclosures.contents import DisclosureAnswers
from recruit.self_disclosures.models import SelfDisclosure
from recruit.self_disclosures.noting import note
from recruit.self_disclosures.standing import first_interviews, needed_by
from recruit.vacancies.models import Vacancy

GOING_ON = (VacancyStatus.PUBLISHED, VacancyStatus.PAUSED)
"""Where a vacancy stands whose people are still to be met."""


def ask_and_remind(now: datetime) -> bool:
    """Ask, remind and forget, some of each; say whether there are more to ask."""
    hold("self-disclosures")  # of several workers, one at a time
    forget_drafts(now)
    remind(now)
    return len(ask_shortlisted(now)) == limits.DISCLOSURES_AT_ONCE


def ask_shortlisted(now: datetime) -> Sequence[Application]:
    """Ask everybody on a shortlist who knows of it and was not asked yet; return whose applications these are."""
    applications = db.session.scalars(
        select(Application)
        .join(Vacancy, Vacancy.id == Application.vacancy_id)
        .join(User, User.id == Application.candidate_id)
        .outerjoin(SelfDisclosure, SelfDisclosure.application_id == Application.id)
        .where(
            Application.status == ApplicationStatus.SHORTLISTED,
            Application.told_status.is_(None),
            Application.due_at > now - limits.DISCLOSURE_ASKED_WITHIN,
            Vacancy.status.in_(GOING_ON),
            User.disabled_at.is_(None),
            SelfDisclosure.application_id.is_(None),
        )
        .options(joinedload(Application.candidate), joinedload(Application.vacancy))
        .order_by(Application.id)
        .limit(limits.DISCLOSURES_AT_ONCE)
        .with_for_update(of=Application, key_share=True, skip_locked=True)
    ).all()
    interviews = first_interviews([one.id for one in applications])
    for application in applications:
        begin(application, now=now)
        _tell(Notification.SELF_DISCLOSURE_ASKED, application, needed_by(now, interviews.get(application.id)), now)
    return applications


def begin(application: Application, *, now: datetime) -> SelfDisclosure:
    """Keep that it is asked for.  A candidate who is quicker than the worker begins it by writing."""
    disclosure = SelfDisclosure(application_id=application.id, status=DisclosureStatus.ASKED, asked_at=now)
    db.session.add(disclosure)
    note(None, application.id, Act.ASKED, now=now)
    db.session.flush()
    return disclosure


def remind(now: datetime) -> int:
    """Remind those who have not sent theirs, once, some working days before it is needed; return how many."""
    if not is_by_day(now):
        return 0
    waiting = db.session.scalars(
        select(SelfDisclosure)
        .join(Application, Application.id == SelfDisclosure.application_id)
        .join(User, User.id == Application.candidate_id)
        .join(Vacancy, Vacancy.id == Application.vacancy_id)
        .where(
            SelfDisclosure.status == DisclosureStatus.ASKED,
            SelfDisclosure.reminder_id.is_(None),
            SelfDisclosure.asked_at <= now - limits.REMIND_AFTER_SAVING,
            Application.status == ApplicationStatus.SHORTLISTED,
            Application.told_status.is_(None),  # else it would tell of a decision that waits to be released
            Vacancy.status.in_(GOING_ON),
            User.disabled_at.is_(None),
            or_(SelfDisclosure.asked_at > now - limits.DISCLOSURE_DUE_WITHIN, _is_met_soon(now)),
        )
        .options(
            joinedload(SelfDisclosure.application).joinedload(Application.candidate),
            joinedload(SelfDisclosure.application).joinedload(Application.vacancy),
        )
        .order_by(SelfDisclosure.application_id)
    ).all()
    interviews = first_interviews([one.application_id for one in waiting])
    due = [(one, needed_by(one.asked_at, interviews.get(one.application_id))) for one in waiting]
    due = [(one, by) for one, by in due if _is_near(by, london_day(now))][: limits.DISCLOSURES_AT_ONCE]
    for disclosure, by in due:
        message = _tell(Notification.SELF_DISCLOSURE_REMINDER, disclosure.application, by, now)
        db.session.flush()
        disclosure.reminder_id = message.id
    return len(due)


def _is_met_soon(now: datetime) -> Exists:
    """Return the condition that an interview is at hand; of these `_is_near` tells whose day it is."""
    return exists().where(
        InterviewBooking.application_id == SelfDisclosure.application_id,
        InterviewSlot.id == InterviewBooking.slot_id,
        InterviewSlot.starts_at > now - timedelta(days=1),
        InterviewSlot.starts_at < now + limits.DISCLOSURE_DUE_WITHIN,
    )


def _is_near(day: date, today: date) -> bool:
    return today <= day and working_days_between(today, day) <= limits.DISCLOSURE_REMINDER_DAYS


def forget_drafts(now: datetime) -> int:
    """Delete what was not sent for applications that are over for their candidates; return how many.

    A cancelled vacancy ends it for those who are appointed as well: they stay so, and cannot send anything.
    """
    stands = func.coalesce(Application.told_status, Application.status)
    is_over = or_(stands.in_([one.value for one in OVER]), Vacancy.status == VacancyStatus.CANCELLED)
    ended = (
        select(SelfDisclosure.application_id)
        .join(Application, Application.id == SelfDisclosure.application_id)
        .join(Vacancy, Vacancy.id == Application.vacancy_id)
        .where(is_over)
    )
    keys = db.session.scalars(
        select(DisclosureAnswers.application_id).where(
            DisclosureAnswers.application_id.in_(ended.where(SelfDisclosure.status.in_(UNSENT)))
        )
    ).all()
    if keys:
        db.session.execute(delete(DisclosureAnswers).where(DisclosureAnswers.application_id.in_(keys)))
    for key in keys:
        note(None, key, Act.DRAFT_REMOVED, now=now)
    return len(keys)


def call_back_reminder(disclosure: SelfDisclosure, *, now: datetime) -> None:
    """Take back a reminder that has not gone: what it asks for is here."""
    message = db.session.get(OutboxMessage, disclosure.reminder_id) if disclosure.reminder_id else None
    if message is not None:
        outbox.call_back(message, at=now)


def _tell(notification: Notification, application: Application, by: date, now: datetime) -> OutboxMessage:
    path = f"{message_words(application)['path']}/self-disclosure"
    return tell_candidate(notification, application, now=now, path=path, by=long_date(by))
