"""Deciding on an application once its panel is through with it: the way that every decision of HR takes."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from recruit.applications.models import Application
from recruit.core.db import db, hold
from recruit.core.errors import Conflict
from recruit.interviews import prompting
from recruit.panels.records import record
from recruit.panels.standings import Stage, sifts_of
from recruit.review import service
from recruit.review.rows import NeedsReason
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import ApplicationStatus
from recruit.vacancies.models import Vacancy


class ScoresMissing(NeedsReason):
    """A decision that waits for the panel, unless somebody says why it does not."""


class PromptsOpen(Conflict):
    """An appointment although something in the history is not explained, unless somebody says why."""


def decide(
    actor: Actor,
    application: Application,
    target: ApplicationStatus,
    *,
    needs_scores: bool,
    without_scores: str = "",
    unexplained: str = "",
    seen_version: int,
    reason: str = "",
    criterion_id: int | None = None,
    now: datetime,
) -> None:
    """Decide on `application` as `review.service.move_application` does, after the panel where it is to come first.

    Args:
        needs_scores: whether decisions on the sift wait for the panel where the vacancy does not say.
        without_scores: why this one does not wait; kept in the panel's history.
        unexplained: why somebody is appointed although their history leaves something to explain; kept there too.

    Raises:
        ScoresMissing: the panel is to come first, is not through with it, and nothing says why not to wait.
        PromptsOpen: it is an appointment, a prompt about the history is not explained, and nothing says why.
        NotAllowed, Conflict, Incomplete: as there.
    """
    authorise(actor, Permission.APPLICATION_REVIEW, application)
    service.refuse_what_was_not_seen(actor, application, seen_version)
    if scores_first(application.vacancy, needs_scores=needs_scores):
        hold(f"panel:{application.vacancy_id}")  # after the row, as everybody who takes both: what is scored stays so
    is_early = lacks_scores(application, needs_scores=needs_scores)
    if is_early and not without_scores.strip():
        raise ScoresMissing("Both scores are not in yet. Wait for the panel, or enter why you decide without them")
    leaves_open = target == ApplicationStatus.APPOINTED and bool(prompting.unexplained(application))
    if leaves_open and not unexplained.strip():
        raise PromptsOpen("Something in the history is not explained. Enter why you appoint all the same")
    if max(len(without_scores), len(unexplained)) > limits.NOTE_CHARACTERS:
        raise Conflict(f"What you write must be {limits.NOTE_CHARACTERS:,} characters or fewer")
    service.move_application(
        actor,
        application,
        target,
        seen_version=seen_version,
        reason=reason,
        criterion_id=criterion_id,
        now=now,
    )
    if is_early:
        what = "Decided before the panel’s scores were in"
        record(actor, application.vacancy_id, what, now=now, note=without_scores, application_id=application.id)
    if leaves_open:
        what = "Appointed although the history leaves something to explain"
        record(actor, application.vacancy_id, what, now=now, note=unexplained, application_id=application.id)


def shortlist_scored(actor: Actor, application: Application, *, seen_version: int, reason: str, now: datetime) -> None:
    """Shortlist what the caller, who has the panel's turn, found scored: it is not looked at once more for each.

    Raises:
        NotAllowed, Conflict, Incomplete: as `review.service.move_application`.
    """
    target = ApplicationStatus.SHORTLISTED
    service.move_application(actor, application, target, seen_version=seen_version, reason=reason, now=now)


def lacks_scores(application: Application, *, needs_scores: bool) -> bool:
    """Say whether a decision on the sift of `application` is to wait for its panel, which is not through with it.

    Args:
        needs_scores: what counts where the vacancy does not say.
    """
    return bool(lacking_scores([application], needs_scores=needs_scores))


def lacking_scores(applications: Iterable[Application], *, needs_scores: bool) -> set[int]:
    """Return the ids of those that `lacks_scores`, in no statement where none is to wait, else in five at most."""
    waiting = {
        one.id: one.vacancy
        for one in applications
        if one.status == ApplicationStatus.SUBMITTED and scores_first(one.vacancy, needs_scores=needs_scores)
    }
    if not waiting:
        return set()
    vacancies = {vacancy.id: vacancy for vacancy in waiting.values()}
    if len(vacancies) > 1:  # one asks for its criteria itself
        wanted = select(Vacancy).where(Vacancy.id.in_(vacancies)).options(selectinload(Vacancy.criteria))
        db.session.scalars(wanted).all()
    found = sifts_of(waiting, {key: vacancy.asked for key, vacancy in vacancies.items()})
    return set(waiting) - {one.application_id for one in found if one.stage == Stage.SCORED}


def scores_first(vacancy: Vacancy, *, needs_scores: bool) -> bool:
    """Say whether decisions on a vacancy's sift wait for its panel.

    Args:
        needs_scores: what counts where the vacancy does not say.
    """
    return needs_scores if vacancy.scores_first is None else vacancy.scores_first
