"""Shortlisting from the ranking: whom somebody ticked, in one step, each by itself."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from recruit.applications.models import Application
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed
from recruit.panels.deciding import decide
from recruit.panels.standings import ranked, standings_of
from recruit.review.releasing import RowResult
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import ApplicationStatus
from recruit.vacancies.models import Vacancy

GONE = "It is not in the ranking any more."
FROM_RANKING = "Shortlisted from the ranking of the panel’s scores."


class Ticked(NamedTuple):
    """An application as somebody saw it when they ticked it."""

    reference: str
    version: int


def shortlist(actor: Actor, vacancy: Vacancy, ticked: Iterable[Ticked], *, now: datetime) -> list[RowResult]:
    """Shortlist the ticked applications of the ranking; what cannot be is named, and the rest is done.

    All of it is part of the caller's one transaction.  Each waits to be told of like any other decision.

    Args:
        actor: an HR person.
        ticked: references as they were ticked, with the versions that the page showed.

    Raises:
        NotAllowed: not HR.
    """
    authorise(actor, Permission.PANEL_MANAGE, vacancy)
    versions = dict(ticked)
    in_ranking = {one.reference for one in ranked(standings_of(vacancy.id, vacancy.asked))}
    results = {reference: RowResult(reference, GONE) for reference in versions}
    found = db.session.scalars(
        select(Application)
        .where(Application.reference.in_(in_ranking & set(versions)), Application.vacancy_id == vacancy.id)
        .order_by(Application.id)  # so that two officers never wait for each other
    ).all()
    for application in found:
        reference = application.reference
        try:
            decide(
                actor,
                application,
                ApplicationStatus.SHORTLISTED,
                needs_scores=True,
                seen_version=versions[reference],
                reason=FROM_RANKING,
                now=now,
            )
        except (Conflict, Incomplete, NotAllowed) as refusal:
            results[reference] = RowResult(reference, str(refusal))
        else:
            results[reference] = RowResult(reference)
    return [results[reference] for reference in sorted(results)]
