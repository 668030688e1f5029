"""How many posts a published vacancy is for: a change of that, and whom they are promised to already."""

from dataclasses import replace

from sqlalchemy import func, select

from recruit.applications.models import Application
from recruit.core.db import db
from recruit.core.errors import Incomplete
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import ApplicationStatus
from recruit.vacancies.models import Vacancy
from recruit.vacancies.revised_post import change_post
from recruit.vacancies.revised_terms import Post, terms_now
from recruit.vacancies.writing_models import VacancyRevision


def change_posts(actor: Actor, revision: VacancyRevision, posts: int, *, seen_version: int) -> None:
    """Write how many posts there are after the change.

    Raises:
        NotAllowed: it is another team's.
        Conflict: it was sent, or somebody changed it since.
        Incomplete: fewer than people who are to be appointed, or more than a vacancy has.
    """
    authorise(actor, Permission.VACANCY_EDIT, revision)
    refuse_too_few(revision.vacancy, posts)

    post = Post.read({**terms_now(revision.vacancy), **revision.after})
    change_post(actor, revision, replace(post, posts=posts), seen_version=seen_version)


def refuse_too_few(vacancy: Vacancy, posts: int) -> None:
    """Refuse to make it so many posts where more people than that are to be appointed.

    Raises:
        Incomplete: with how many they are.
    """
    statement = select(func.count()).select_from(Application)
    of_vacancy = (Application.vacancy_id == vacancy.id, Application.status == ApplicationStatus.APPOINTED)
    filled = db.session.scalars(statement.where(*of_vacancy)).one()
    if posts < filled:
        people = "1 person is" if filled == 1 else f"{filled} people are"
        raise Incomplete(f"{people} to be appointed already, so there must be at least as many posts")
