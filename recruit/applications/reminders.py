"""Reminding candidates, once, of a draft whose vacancy closes soon.

Nobody is reminded who opted out, has closed the account, has sent the application, or has just been writing it.  A
reminder that still waits (the mail server was down) is called back when it is not true any more.
"""

from datetime import datetime

import structlog
from sqlalchemy import ForeignKey, func, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column

from recruit.accounts.mail_codes import mail_code, user_of_mail_code
from recruit.accounts.models import User
from recruit.applications import queries
from recruit.applications.models import Application, Section
from recruit.applications.service import message_words
from recruit.core.calendar import closing_words
from recruit.core.db import Model, db, hold
from recruit.core.errors import NotFound
from recruit.notifications import outbox
from recruit.notifications.hours import is_by_day
from recruit.notifications.models import OutboxMessage
from recruit.rules import limits
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus
from recruit.rules.notifications import Notification
from recruit.vacancies.models import Vacancy

LINK = "reminders"

log = structlog.get_logger(__name__)


class Reminder(Model):
    """That a candidate was reminded of a draft, once, and by which message."""

    __tablename__ = "application_reminder"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("outbox_message.id"), index=True)
    at: Mapped[datetime]


def remind(secret: str, *, now: datetime) -> int:
    """Post the reminders that are due, and call back those that wait and are not true any more; return how many due.

    Args:
        secret: what the links that end reminders are made with.
        now: this moment, aware, UTC.  By night, in London, nobody is reminded.
    """
    hold("reminders")  # of several workers, one at a time; the next sees what this one has posted
    _call_back(now)
    if not is_by_day(now):
        return 0
    drafts = db.session.scalars(
        select(Application)
        .join(Vacancy, Vacancy.id == Application.vacancy_id)
        .join(User, User.id == Application.candidate_id)
        .outerjoin(Reminder, Reminder.application_id == Application.id)
        .where(
            Reminder.application_id.is_(None),
            Application.status == ApplicationStatus.DRAFT,
            func.coalesce(Application.saved_at, Application.created_at) <= now - limits.REMIND_AFTER_SAVING,
            Vacancy.status == VacancyStatus.PUBLISHED,
            Vacancy.closes_at >= now + limits.REMIND_AT_LEAST,
            Vacancy.closes_at <= now + limits.REMIND_BEFORE_CLOSING,
            User.wants_reminders,
            User.disabled_at.is_(None),
        )
        .options(joinedload(Application.candidate), joinedload(Application.vacancy))
        .order_by(Vacancy.closes_at, Application.id)
        .limit(limits.REMINDERS_AT_ONCE)
    ).all()
    states = queries.section_states([draft.id for draft in drafts])
    for draft in drafts:
        done = sum(state.is_complete for state in states.get(draft.id, {}).values())
        _remind_of(draft, done, secret, now)
    if drafts:
        log.info("reminded", number=len(drafts))
    return len(drafts)


def _remind_of(draft: Application, done: int, secret: str, now: datetime) -> None:
    closes_at = draft.vacancy.closes_at
    message = outbox.post(
        Notification.APPLICATION_REMINDER,
        draft.candidate.email,
        at=now,
        closes=closing_words(closes_at) if closes_at else "",
        done=str(done),
        sections=str(len(Section)),
        unsubscribe=unsubscribe_path(draft.candidate_id, secret),
        **message_words(draft),
    )
    db.session.flush()
    db.session.add(Reminder(application_id=draft.id, message_id=message.id, at=now))


def _call_back(now: datetime) -> None:
    """Take back what waits although it was sent meanwhile, the vacancy closed, or the candidate wants none."""
    waiting = select(OutboxMessage).join(Reminder, Reminder.message_id == OutboxMessage.id)
    untrue = or_(
        Application.status != ApplicationStatus.DRAFT,
        Vacancy.status != VacancyStatus.PUBLISHED,
        Vacancy.closes_at <= now,
        User.wants_reminders.is_(False),
        User.disabled_at.is_not(None),
    )
    statement = (
        waiting.join(Application, Application.id == Reminder.application_id)
        .join(Vacancy, Vacancy.id == Application.vacancy_id)
        .join(User, User.id == Application.candidate_id)
        .where(outbox.is_waiting(), untrue)
    )
    for message in db.session.scalars(statement).all():
        outbox.call_back(message, at=now)


def unsubscribe_path(user_id: int, secret: str) -> str:
    """Return the address that ends somebody's reminders without signing in (RFC 8058): nobody can make another's."""
    return f"/reminders/stop/{mail_code(LINK, user_id, secret)}"


def user_of_code(code: str, *secrets: str) -> User:
    """Return whose reminders the link with `code` ends.

    Args:
        code: the last part of the link's address.
        secrets: today's secret and earlier ones: old mails keep working when it changes.

    Raises:
        NotFound: we made no such link, or the account is no more.
    """
    user = user_of_mail_code(LINK, code, *secrets)
    if user is not None:
        return user
    raise NotFound("This link is not one of ours, or the account is closed. No reminders will come.")


def want_reminders(user: User, *, wants: bool) -> None:
    """Keep whether `user` wants to be reminded of drafts.  What waits is called back by the worker."""
    user.wants_reminders = wants
    log.info("reminders", user_id=user.id, wants=wants)
