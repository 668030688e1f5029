"""Another try at a vacancy that is over: a copy that knows what it was copied from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import or_, select

from recruit.core.db import db
from recruit.core.errors import Conflict
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.documents import copy_documents
from recruit.vacancies.drafting import mark_to_check
from recruit.vacancies.models import Vacancy
from recruit.vacancies.moves import note, refuse_stale
from recruit.vacancies.service import copied_terms, create_vacancy
from recruit.vacancies.standing import standing_of
from recruit.vacancies.steps import OVER


def relist_vacancy(actor: Actor, vacancy: Vacancy, *, seen_version: int, now: datetime) -> Vacancy:
    """Keep a new draft with the words and terms of `vacancy`, for the posts that were not filled.

    Args:
        actor: a recruiter of its team.
        vacancy: one that has closed, with or without an outcome, or was cancelled.
        seen_version: the version that the actor's page showed.
        now: the moment, aware, UTC.

    Returns:
        The draft.  Its dates and its pay table are to be chosen; all its posts are to fill if all had been filled.

    Raises:
        NotAllowed: the team is not one of theirs.
        Conflict: it is not over, it has been relisted (the message says as what), or somebody changed it since.
    """
    authorise(actor, Permission.VACANCY_CREATE, vacancy)
    refuse_stale(vacancy, seen_version)
    if vacancy.published_at is None or standing_of(vacancy, now) not in OVER:
        raise Conflict("This vacancy is not over, so it cannot be relisted. You can copy it to a new draft.")
    if earlier := relisted_as(vacancy):
        raise Conflict(f"This vacancy has been relisted as {earlier[0].reference} already.")

    wording, terms = copied_terms(vacancy, now=now)
    left = vacancy.posts - (vacancy.filled or 0)
    terms = replace(terms, posts=left or vacancy.posts)
    copy = create_vacancy(actor, wording, terms, now=now, begun=f"Relisted from {vacancy.reference}")
    copy.relisted_from = vacancy
    copy.additions = list(vacancy.additions)
    copy_documents(actor, vacancy, copy, now=now)
    mark_to_check(copy, now=now)
    note(actor, vacancy, vacancy.status, now, f"Relisted as {copy.reference}")
    return copy


def relisted_as(vacancy: Vacancy) -> Sequence[Vacancy]:
    """Return what `vacancy` was relisted as, the newest first; a draft that was deleted since does not count."""
    is_there = or_(Vacancy.status != VacancyStatus.CANCELLED, Vacancy.published_at.is_not(None))
    statement = select(Vacancy).where(Vacancy.relisted_from_id == vacancy.id, is_there).order_by(Vacancy.id.desc())
    return db.session.scalars(statement).all()
