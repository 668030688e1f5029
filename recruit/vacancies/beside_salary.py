"""Writing what a vacancy pays beside salary.  Approval settles it with the other terms."""

from datetime import datetime

from recruit.core.errors import Conflict
from recruit.pay.additions import KIND_WORDS, Addition, Kind, additions_of, kept_as
from recruit.rules.access import NOBODY, Actor, Permission, authorise
from recruit.vacancies.models import Vacancy
from recruit.vacancies.moves import note, refuse_stale
from recruit.vacancies.service import refuse_settled


def set_addition(actor: Actor, vacancy: Vacancy, addition: Addition, *, seen_version: int, now: datetime) -> None:
    """Give `vacancy` a payment beside salary, in place of the one of its kind if there is one.

    Args:
        actor: a recruiter of its team.
        vacancy: a draft, or one that HR asked to be changed.
        addition: the payment.
        seen_version: the version that the actor's page showed.
        now: the moment, aware, UTC.

    Raises:
        NotAllowed: it is another team's.
        Conflict: it is not to be written any more, or somebody saved it since.
    """
    _may_write(actor, vacancy, seen_version)
    others = [one for one in additions_of(vacancy.additions) if one.kind is not addition.kind]

    vacancy.additions = kept_as([*others, addition])
    _noted(actor, vacancy, now, f"{addition.name}: {addition.amount}")


def remove_addition(actor: Actor, vacancy: Vacancy, kind: Kind, *, seen_version: int, now: datetime) -> None:
    """Take the payment of this kind off `vacancy`.

    Raises:
        NotAllowed: it is another team's.
        Conflict: it has none, it is not to be written any more, or somebody saved it since.
    """
    _may_write(actor, vacancy, seen_version)
    kept = additions_of(vacancy.additions)
    others = [one for one in kept if one.kind is not kind]
    if len(others) == len(kept):
        raise Conflict("This vacancy has no such payment.")

    vacancy.additions = kept_as(others)
    _noted(actor, vacancy, now, f"{KIND_WORDS[kind]} removed")


def _may_write(actor: Actor, vacancy: Vacancy, seen_version: int) -> None:
    authorise(actor, Permission.VACANCY_EDIT, vacancy)
    refuse_stale(vacancy, seen_version)
    refuse_settled(vacancy)


def _noted(actor: Actor, vacancy: Vacancy, now: datetime, what: str) -> None:
    vacancy.edited_by_id = actor.user_id if actor.user_id != NOBODY else None
    note(actor, vacancy, vacancy.status, now, what)
