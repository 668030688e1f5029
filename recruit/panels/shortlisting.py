"""Shortlisting from the ranking: whom somebody ticked, in one step, each by itself."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from recruit.applications.models import Application
from recruit.core.db import hold
from recruit.panels.deciding import shortlist_scored
from recruit.panels.standings import ranked, standings_of
from recruit.review.rows import RowResult, each_row, held_rows
from recruit.rules.access import Actor, Permission, authorise
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
    found = held_rows(
        select(Application).where(Application.reference.in_(versions), Application.vacancy_id == vacancy.id)
    )
    hold(f"panel:{vacancy.id}")  # as it is ranked now, until all are decided
    in_ranking = {one.reference for one in ranked(standings_of(vacancy.id, vacancy.asked))}

    def decide(application: Application, version: int) -> None:
        shortlist_scored(actor, application, seen_version=version, reason=FROM_RANKING, now=now)

    return each_row([one for one in found if one.reference in in_ranking], versions, decide, missing=GONE)
