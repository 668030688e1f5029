"""Who scores which application: shared out evenly and always in the same way."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Exists, Select, exists, func, select

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core.db import db
from recruit.panels.composition import Number, has_applied
from recruit.panels.models import PanelMember, ScoreSheet
from recruit.panels.telling import tell_to_score
from recruit.panels.to_score import is_to_score
from recruit.rules import limits
from recruit.rules.access import NOBODY
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.sift import LIVE, Round
from recruit.vacancies.models import Vacancy


def shares(applications: Sequence[int], members: Sequence[int]) -> list[tuple[int, int]]:
    """Return pairs of application and scorer: two scorers each, and as many for each member as can be.

    The second scorer moves on by one after each round, so that the same two do not always meet.

    Args:
        applications: ids in the order of references.
        members: ids of at least two members, in a fixed order.
    """
    number, pairs = len(members), []
    for index, application in enumerate(applications):
        apart = 1 + (index // number) % (number - 1)
        pairs += [(application, members[index % number]), (application, members[(index + apart) % number])]
    return pairs


class Offered(NamedTuple):
    """How many scorers applications were given, and how many they still lack because nobody is left."""

    given: int
    lacking: int


def offer(application_ids: Sequence[int], vacancy_id: int, *, now: datetime) -> Offered:
    """Give each of the applications the scorers that it lacks.  Whoever had nothing to score before is written to.

    Nobody is asked again about an application that they scored, left or are connected with, nor anybody who applied for
    the vacancy meanwhile or cannot sign in any more.  Who has least to do comes first.
    """
    members = db.session.scalars(
        select(PanelMember.user_id).where(*_can_score(vacancy_id)).order_by(PanelMember.user_id)
    ).all()
    load = Counter(
        dict(
            db.session.execute(
                select(ScoreSheet.scorer_id, func.count())
                .join(Application, Application.id == ScoreSheet.application_id)
                .where(
                    Application.vacancy_id == vacancy_id,
                    ScoreSheet.round == Round.SIFT,
                    ScoreSheet.status.in_(LIVE),
                )
                .group_by(ScoreSheet.scorer_id)
            )
            .tuples()
            .all()
        )
    )
    of_these = ScoreSheet.application_id.in_(application_ids) & (ScoreSheet.round == Round.SIFT)
    sheets = db.session.scalars(select(ScoreSheet).where(of_these)).all()
    vacancy, asked, lacking = db.session.get_one(Vacancy, vacancy_id), [], 0
    busy = set(db.session.scalars(_to_score(vacancy_id)))
    for key in application_ids:
        had = {sheet.scorer_id for sheet in sheets if sheet.application_id == key}
        needed = limits.SCORERS - sum(sheet.application_id == key and sheet.status in LIVE for sheet in sheets)
        free = sorted((member for member in members if member not in had), key=lambda member: (load[member], member))
        for member in free[: max(needed, 0)]:
            db.session.add(ScoreSheet(application_id=key, scorer_id=member, given_at=now))
            load[member] += 1
            asked.append(member)
        lacking += max(needed - len(free), 0)
    tell_to_score(vacancy, set(asked) - busy, now=now)
    return Offered(len(asked), lacking)


def _can_score(vacancy_id: Number) -> Sequence[ColumnElement[bool]]:
    """Return the conditions of a member who can score: they can sign in, and did not apply themselves."""
    return (
        PanelMember.vacancy_id == vacancy_id,
        exists().where(User.id == PanelMember.user_id, User.disabled_at.is_(None)),
        ~has_applied(PanelMember.user_id, PanelMember.vacancy_id),
    )


def can_score(vacancy_id: Number, *, but: int = NOBODY) -> Exists:
    """Return the condition that somebody on the panel of a vacancy can score.

    Args:
        but: somebody who does not count.
    """
    return exists(select(PanelMember.user_id).where(*_can_score(vacancy_id), PanelMember.user_id != but))


def _to_score(vacancy_id: int) -> Select[tuple[int]]:
    return (
        select(ScoreSheet.scorer_id)
        .join(Application, Application.id == ScoreSheet.application_id)
        .where(*is_to_score(vacancy_id))
    )


def waiting_applications(vacancy_id: int) -> Sequence[int]:
    """Return the ids of a vacancy's applications that wait for a decision, in the order of references."""
    return db.session.scalars(
        select(Application.id)
        .where(Application.vacancy_id == vacancy_id, Application.status == ApplicationStatus.SUBMITTED)
        .order_by(Application.reference)
    ).all()
