"""Vacancies that a team starts others from."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from recruit.core.db import db
from recruit.core.errors import Incomplete
from recruit.core.text import clean_line
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Vacancy
from recruit.vacancies.writing_models import VacancyTemplate


def templates_for(actor: Actor) -> Sequence[VacancyTemplate]:
    """Return the templates of the actor's teams, by name, with their vacancies; a deleted draft is none."""
    is_there = or_(Vacancy.status != VacancyStatus.CANCELLED, Vacancy.published_at.is_not(None))
    statement = (
        select(VacancyTemplate)
        .join(Vacancy, Vacancy.id == VacancyTemplate.vacancy_id)
        .where(Vacancy.team_id.in_(actor.team_ids), is_there)
        .options(
            joinedload(VacancyTemplate.vacancy).options(joinedload(Vacancy.team), joinedload(Vacancy.grade)),
        )
        .order_by(VacancyTemplate.name, VacancyTemplate.vacancy_id)
        .limit(limits.TEMPLATES)
    )
    return db.session.scalars(statement).all()


def template_of(vacancy: Vacancy) -> VacancyTemplate | None:
    """Return the template that `vacancy` is, if it is one."""
    return db.session.get(VacancyTemplate, vacancy.id)


def keep_template(actor: Actor, vacancy: Vacancy, name: str, *, now: datetime) -> None:
    """Let the team of `vacancy` start others from it, under `name`; the second time it is a new name.

    Raises:
        NotAllowed: the team is not one of theirs.
        Incomplete: no name, or a very long one.
    """
    authorise(actor, Permission.VACANCY_CREATE, vacancy)
    name = clean_line(name)
    if not name or len(name) > limits.LINE_CHARACTERS:
        raise Incomplete(f"Enter a name of at most {limits.LINE_CHARACTERS} characters")

    template = template_of(vacancy) or VacancyTemplate(vacancy_id=vacancy.id, author_id=actor.user_id, made_at=now)
    template.name = name
    db.session.add(template)


def drop_template(actor: Actor, vacancy: Vacancy) -> None:
    """Start no others from `vacancy`.  It stays what it is; nothing happens where it is no template.

    Raises:
        NotAllowed: the team is not one of theirs.
    """
    authorise(actor, Permission.VACANCY_CREATE, vacancy)
    if template := template_of(vacancy):
        db.session.delete(template)
