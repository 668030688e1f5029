"""What HR does with many applications of the queue at once."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from recruit.applications.labels import Label
from recruit.applications.models import Application
from recruit.conversation.service import write_to_candidate
from recruit.core.db import db, hold
from recruit.core.errors import Conflict
from recruit.review.choices import hr_people
from recruit.review.filling import filler
from recruit.review.labels import put_label, take_label
from recruit.review.rows import RowResult, each_row, held_rows
from recruit.review.service import assign_application
from recruit.rules import limits
from recruit.rules.access import Actor
from recruit.rules.lifecycle import STAFF_WORDS, ApplicationStatus
from recruit.vacancies.models import Vacancy

Decide = Callable[..., None]
"""Decides on one application: takes what `service.move_application` takes.  What it refuses leaves nothing behind."""


class Seen(NamedTuple):
    """An application as somebody saw it when they chose it: its version, and who had it (0 for nobody)."""

    reference: str
    version: int
    assignee_id: int


def chosen_applications(actor: Actor, references: Iterable[str]) -> Sequence[Application]:
    """Return the applications of `references` that `actor` may review, by vacancy and reference, in one statement.

    Args:
        references: at most `BULK_APPLICATIONS` of them are looked at.
    """
    wanted = list(references)[: limits.BULK_APPLICATIONS]
    return db.session.scalars(_of(actor, wanted).order_by(Application.vacancy_id, Application.reference)).all()


def shortlist_each(
    actor: Actor, seen: Iterable[Seen], reason: str, *, decide: Decide, now: datetime
) -> list[RowResult]:
    """Shortlist each by `decide`; `reason` is for the record."""

    def shortlist(application: Application, one: Seen) -> None:
        target = ApplicationStatus.SHORTLISTED
        _refuse_decided(application, one)
        decide(actor, application, target, seen_version=one.version, reason=reason, now=now)

    return _decide_each(actor, seen, shortlist)


def decline_each(
    actor: Actor,
    seen: Iterable[Seen],
    criterion_id: int,
    reason: str,
    *,
    decide: Decide,
    now: datetime,
) -> list[RowResult]:
    """Mark each as unsuccessful by `decide`: one criterion of their vacancy, and the same feedback to everybody."""

    def decline(application: Application, one: Seen) -> None:
        _refuse_decided(application, one)
        decide(
            actor,
            application,
            ApplicationStatus.NOT_SHORTLISTED,
            seen_version=one.version,
            reason=reason,
            criterion_id=criterion_id,
            now=now,
        )

    return _decide_each(actor, seen, decline)


def assign_each(actor: Actor, seen: Iterable[Seen], assignee_id: int | None, *, now: datetime) -> list[RowResult]:
    """Give each to one person of HR, or to nobody."""
    people = [person.id for person in hr_people()]

    def assign(application: Application, one: Seen) -> None:
        assign_application(
            actor,
            application,
            assignee_id,
            seen_assignee_id=one.assignee_id or None,
            people=people,
            is_open=False,
            now=now,
        )

    return _each(actor, seen, assign)


def label_each(actor: Actor, seen: Iterable[Seen], label: Label, *, is_on: bool, now: datetime) -> list[RowResult]:
    """Put a label on each, or take it off."""
    change = put_label if is_on else take_label

    def label_one(application: Application, _one: Seen) -> None:
        change(actor, application, label, now=now)

    return _each(actor, seen, label_one)


def write_each(actor: Actor, seen: Iterable[Seen], text: str, *, now: datetime) -> list[RowResult]:
    """Write to the candidate of each, with the fields of `text` filled in for them."""

    by_reference = _by_reference(seen)
    found = held_rows(_of(actor, by_reference))
    fill = filler(found, text)

    def write(application: Application, _one: Seen) -> None:
        write_to_candidate(actor, application, fill(application), now=now)

    return each_row(found, by_reference, write)


def _each(actor: Actor, seen: Iterable[Seen], do: Callable[[Application, Seen], None]) -> list[RowResult]:
    by_reference = _by_reference(seen)
    return each_row(held_rows(_of(actor, by_reference)), by_reference, do)


def _decide_each(actor: Actor, seen: Iterable[Seen], do: Callable[[Application, Seen], None]) -> list[RowResult]:
    """As `_each`, after the turns of all panels that a decision may look at: rows first, turns next, counts last."""
    by_reference = _by_reference(seen)
    found = held_rows(_of(actor, by_reference))
    for vacancy_id in sorted({one.vacancy_id for one in found}):
        hold(f"panel:{vacancy_id}")
    return each_row(found, by_reference, do)


def why_left(application: Application) -> str:
    """Return why a decision about shortlisting leaves `application` as it is; "" where it need not."""
    if application.status != ApplicationStatus.SUBMITTED:
        return f"It is at “{STAFF_WORDS[application.status]}” already."
    if application.told_status is not None:
        return "The candidate has not been told of the last decision. Release its message, or undo it first."
    return ""


def _refuse_decided(application: Application, one: Seen) -> None:
    """Say of what was past this decision when it was ticked that it was: nobody changed it since."""
    if application.version == one.version and application.status != ApplicationStatus.SUBMITTED:
        raise Conflict(f"It was at “{STAFF_WORDS[application.status]}” already, and is left there.")


def _by_reference(seen: Iterable[Seen]) -> dict[str, Seen]:
    return {one.reference: one for one in list(seen)[: limits.BULK_APPLICATIONS]}


def _of(actor: Actor, references: Iterable[str]) -> Select[tuple[Application]]:
    return (
        select(Application)
        .where(
            Application.reference.in_(list(references)),
            Application.submitted_at.is_not(None),
            Application.candidate_id != actor.user_id,
        )
        .options(
            joinedload(Application.candidate),
            joinedload(Application.vacancy).joinedload(Vacancy.team),
            joinedload(Application.assigned_to),
        )
    )
