"""From a draft to the public: its team sends it, HR approves it or asks for changes.  Nobody approves their own."""

from datetime import datetime

from recruit.core.calendar import london_day, long_moment
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete
from recruit.core.text import clean_prose
from recruit.notifications import outbox
from recruit.pay.queries import welcome_version_in_force
from recruit.rules import limits
from recruit.rules.access import NOBODY, Actor, Permission, Role, authorise
from recruit.rules.lifecycle import VACANCY_MOVES, VacancyStatus, permit
from recruit.rules.notifications import Notification
from recruit.vacancies.authoring_queries import COMMENTED, number_of_comments
from recruit.vacancies.models import Vacancy, VacancyComment
from recruit.vacancies.moves import note, refuse_stale, take
from recruit.vacancies.pricing import NO_WELCOME, refuse_unseen, settlement
from recruit.vacancies.readiness import NotReady, missing_to_approve, missing_to_send, opening_moment
from recruit.vacancies.unfinished import left_typed

IN_TALKS = (VacancyStatus.AWAITING_APPROVAL, VacancyStatus.CHANGES_REQUESTED)
"""The statuses in which its team and HR write to each other about a vacancy."""


def send_for_approval(
    actor: Actor, vacancy: Vacancy, comment: str = "", *, seen_version: int | None = None, now: datetime
) -> None:
    """Ask HR to approve `vacancy` as it is now.

    Args:
        actor: a recruiter of its team.
        vacancy: a draft, or one that HR asked to be changed.
        comment: what HR should know; kept in the thread.
        seen_version: the version that the actor checked, if they saw one.
        now: the moment, aware, UTC.

    Raises:
        NotAllowed: it is another team's.
        Conflict: it is not to be written any more, or somebody saved it since.
        NotReady: something is missing, or dates do not fit.
        Incomplete: no pay table is in force, it lacks a point of the grade, or the comment is too long.
    """
    authorise(actor, Permission.VACANCY_SEND, vacancy)
    if seen_version is not None:
        refuse_stale(vacancy, seen_version)
    move = permit(VACANCY_MOVES, actor, vacancy, VacancyStatus.AWAITING_APPROVAL)
    comment = _short(comment)
    if findings := [*left_typed(vacancy), *missing_to_send(vacancy, now=now)]:
        raise NotReady(findings)
    settlement(vacancy, now=now)

    vacancy.sent_at = now
    vacancy.sent_by_id = actor.user_id if actor.user_id != NOBODY else None
    take(move, actor, vacancy, now)
    if comment:
        _write(actor, vacancy, comment, now)


def take_back(actor: Actor, vacancy: Vacancy, *, seen_version: int | None = None, now: datetime) -> None:
    """Make `vacancy` a draft again, before HR has decided.

    Raises:
        NotAllowed: it is another team's.
        Conflict: it does not wait for approval, or HR has decided since.
    """
    authorise(actor, Permission.VACANCY_SEND, vacancy)
    if seen_version is not None:
        refuse_stale(vacancy, seen_version)
    move = permit(VACANCY_MOVES, actor, vacancy, VacancyStatus.DRAFT)

    take(move, actor, vacancy, now)


def approve_vacancy(
    actor: Actor, vacancy: Vacancy, *, seen_version: int, seen_pay: str | None = None, now: datetime
) -> None:
    """Put `vacancy` before the public, at once or on its opening day, with its pay and welcome payment as they are now.

    Args:
        actor: somebody of HR who neither started, saved last nor sent it.
        vacancy: one that waits for approval.
        seen_version: the version that the actor read.
        seen_pay: `Settlement.mark` of the pay and the welcome payment that the actor read, if they read them.
        now: the moment, aware, UTC.

    Raises:
        NotAllowed: not HR, or it is their own.
        Conflict: it does not wait for approval, or it, its pay or its welcome payment were changed since it was read.
        NotReady: something is missing, or dates no longer fit.
        Incomplete: no pay table is in force, it lacks a point of the grade, or no welcome payment is in force.
    """
    authorise(actor, Permission.VACANCY_APPROVE, vacancy)
    refuse_stale(vacancy, seen_version)
    move = permit(VACANCY_MOVES, actor, vacancy, VacancyStatus.PUBLISHED)
    if findings := missing_to_approve(vacancy, now=now):
        raise NotReady(findings)
    settled = settlement(vacancy, now=now)
    if seen_pay is not None:
        refuse_unseen(seen_pay, settled)

    vacancy.pay_table = settled.table
    vacancy.salary_min_pence, vacancy.salary_max_pence = settled.low, settled.high
    vacancy.point_min, vacancy.point_max = vacancy.grade.point_min, vacancy.grade.point_max
    opens_at = vacancy.opens_at = opening_moment(vacancy, now)
    vacancy.published_at = now
    vacancy.welcome = settled.welcome
    take(move, actor, vacancy, now)
    opens = f"from {long_moment(opens_at)}" if opens_at > now else "now"
    _tell(Notification.VACANCY_APPROVED, actor, vacancy, now, opens=opens)


def request_changes(actor: Actor, vacancy: Vacancy, comment: str, *, seen_version: int, now: datetime) -> None:
    """Give `vacancy` back to its team, with what is to be changed.

    Args:
        actor: somebody of HR who could approve it.
        vacancy: one that waits for approval.
        comment: what is to be changed; kept in the thread and sent to its author.
        seen_version: the version that the actor read.
        now: the moment, aware, UTC.

    Raises:
        NotAllowed: not HR, or it is their own.
        Conflict: it does not wait for approval, or it was changed since it was read.
        Incomplete: no comment, or a very long one.
    """
    authorise(actor, Permission.VACANCY_APPROVE, vacancy)
    refuse_stale(vacancy, seen_version)
    move = permit(VACANCY_MOVES, actor, vacancy, VacancyStatus.CHANGES_REQUESTED)
    comment = _short(comment)
    if not comment:
        raise Incomplete("Enter what should change")

    take(move, actor, vacancy, now, comment)
    db.session.add(VacancyComment(vacancy=vacancy, author_id=actor.user_id, text=comment, at=now))
    _tell(Notification.VACANCY_CHANGES_REQUESTED, actor, vacancy, now, comment=comment)


def add_comment(actor: Actor, vacancy: Vacancy, comment: str, *, now: datetime) -> None:
    """Keep a comment in the thread of `vacancy`.  Of HR's comments its author is told.

    Raises:
        NotAllowed: neither HR nor of its team.
        Conflict: it is no longer, or not yet, between its team and HR, or the thread is full.
        Incomplete: nothing was written, or very much.
    """
    authorise(actor, Permission.VACANCY_COMMENT, vacancy)
    if vacancy.status not in IN_TALKS:
        raise Conflict("This vacancy is not waiting for approval, so nothing can be added to its comments.")
    if number_of_comments(vacancy) >= limits.COMMENTS:
        raise Conflict("There are too many comments on this vacancy. Ring each other instead.")
    comment = _short(comment)
    if not comment:
        raise Incomplete("Enter a comment")

    _write(actor, vacancy, comment, now)
    if Role.HR in actor.roles:
        _tell(Notification.VACANCY_COMMENTED, actor, vacancy, now, comment=comment)


def welcome_id(now: datetime) -> int:
    """Return the id of the welcome payment's terms in force.

    Raises:
        Incomplete: none are.
    """
    version = welcome_version_in_force(london_day(now))
    if version is None:
        raise Incomplete(NO_WELCOME)
    return version.id


def _short(comment: str) -> str:
    comment = clean_prose(comment)
    if len(comment) > limits.COMMENT_CHARACTERS:
        raise Incomplete(f"Your comment must be {limits.COMMENT_CHARACTERS:,} characters or fewer")
    return comment


def _write(actor: Actor, vacancy: Vacancy, comment: str, now: datetime) -> None:
    db.session.add(VacancyComment(vacancy=vacancy, author_id=actor.user_id, text=comment, at=now))
    note(actor, vacancy, vacancy.status, now, COMMENTED)


def _tell(
    notification: Notification, actor: Actor, vacancy: Vacancy, now: datetime, *, opens: str = "", comment: str = ""
) -> None:
    """Post `notification` to who started the vacancy and to who sent it, but not to the actor."""
    people = {user.id: user for user in (vacancy.author, vacancy.sent_by) if user and user.disabled_at is None}
    for user in people.values():
        if user.id == actor.user_id:
            continue
        outbox.post(
            notification,
            user.email,
            at=now,
            name=user.name,
            who=actor.name,
            vacancy=vacancy.title,
            reference=vacancy.reference,
            path=f"/recruiter/vacancies/{vacancy.reference}",
            opens=opens,
            comment=comment,
        )
