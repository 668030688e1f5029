"""What every saving of a section has in common: may it, can it, is it the same that the person saw, is it finished.

Nothing that was typed is lost: what can be kept is kept, finished or not, and what is wrong is told besides.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from recruit.applications import queries
from recruit.applications.completeness import Problem, problems_of
from recruit.applications.models import Application, Declaration, Section, SectionState
from recruit.core.calendar import closing_words, london_day
from recruit.core.db import Model, db
from recruit.core.errors import Conflict
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus

ALREADY_SENT = "You have sent this application, so its answers can no longer be changed."


@dataclass(frozen=True, slots=True)
class Entered:
    """What somebody sent from one page of the form.

    Args:
        values: answers by column.  What could not be read (a date that does not exist) is left out and stays as it was.
        seen: `version_of` the row when the page was opened.
        finished: whether they said that they have finished the section.
        is_whole: whether everything that was typed could be read.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    seen: str = ""
    finished: bool = False
    is_whole: bool = True


class SavedElsewhere(Conflict):
    """The same answers were changed in another window since the page was opened."""


def is_editable(application: Application, now: datetime) -> bool:
    """Say whether the answers can still be changed at `now`: not sent, and the vacancy open."""
    return application.status == ApplicationStatus.DRAFT and application.vacancy.is_open(now)


def closed_words(application: Application) -> str:
    """Return why the vacancy takes no applications, and what becomes of the draft."""
    vacancy = application.vacancy
    if vacancy.status == VacancyStatus.PAUSED:
        return (
            "This vacancy is paused, so this application cannot be changed or sent for now."
            " It is kept, and we email you when you can go on."
        )
    if vacancy.status == VacancyStatus.CANCELLED or vacancy.closes_at is None:
        return "This vacancy has been cancelled, so this application cannot be sent."
    return f"This vacancy closed at {closing_words(vacancy.closes_at)}, so this application cannot be changed or sent."


def begin(actor: Actor, application: Application, *, now: datetime) -> None:
    """The first lines of every change: may it, can it.  The application stays locked until the transaction ends.

    Raises:
        NotAllowed: it is somebody else's.
        Conflict: it was sent, or the vacancy has closed.
    """
    authorise(actor, Permission.APPLICATION_EDIT, application)
    db.session.refresh(application, with_for_update={"of": Application})  # not the vacancy, team and account beside it
    if application.status != ApplicationStatus.DRAFT:
        raise Conflict(ALREADY_SENT)
    if not application.vacancy.is_open(now):
        raise Conflict(closed_words(application))
    application.saved_at = now
    flag_modified(application, "saved_at")  # the version grows with every change, even within one moment


def put(row: Model, entered: Entered, *, is_new: bool = False) -> bool:
    """Write what was entered into `row`, unless another window changed it meanwhile to something else.

    Args:
        row: where to.
        entered: what was sent.
        is_new: the row was made just now.

    Returns:
        Whether anything is other than it was.

    Raises:
        SavedElsewhere: it did; nothing is changed.
    """
    differs = {name: value for name, value in entered.values.items() if getattr(row, name) != value}
    if differs and entered.seen != ("" if is_new else version_of(row)):
        raise SavedElsewhere("You saved other answers here in another window.")
    for name, value in differs.items():
        setattr(row, name, value)
    return bool(differs)


def version_of(row: Model | tuple[Any, ...] | None) -> str:
    """Return a short text that changes with every answer in `row`; empty for a row that does not exist.

    A tuple stands for answers that are part of a row.
    """
    if row is None:
        return ""
    values = list(row) if isinstance(row, tuple) else _columns(row)
    return hashlib.sha256(repr(values).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _columns(row: Model) -> list[tuple[str, Any]]:
    return [(column.key, getattr(row, column.key)) for column in row.__mapper__.column_attrs]


def finish(
    application: Application, section: Section, entered: Entered, *, changed: bool, now: datetime
) -> list[Problem]:
    """Note that `section` was saved, and whether it is finished.

    Args:
        changed: whether an answer is other than it was.

    Returns:
        What keeps it from being finished although the candidate said so; none if it is, or if they come back later.
    """
    state = touch(application, section, changed=changed, now=now)
    problems = _problems(application, section, now) if entered.finished else []
    state.is_complete = entered.finished and entered.is_whole and not problems
    return problems


def touch(application: Application, section: Section, *, changed: bool = True, now: datetime) -> SectionState:
    """Note that something in `section` was saved at `now`; whether it is finished stays as it was.

    Args:
        changed: whether an answer is other than it was: the declaration was not made of that one.
    """
    state = db.session.get(SectionState, (application.id, section))
    if state is None:
        state = SectionState(application_id=application.id, section=section, is_complete=False)
        db.session.add(state)
    state.saved_at = now
    if changed and section != Section.DECLARATION:
        _undeclare(application)
    return state


def _undeclare(application: Application) -> None:
    """Take the declaration back: it was made of other answers, so the candidate makes it again before sending."""
    declaration = db.session.get(Declaration, application.id)
    if declaration is not None:
        db.session.delete(declaration)
        declared = db.session.get(SectionState, (application.id, Section.DECLARATION))
        if declared is not None:
            declared.is_complete = False


def _problems(application: Application, section: Section, now: datetime) -> list[Problem]:
    return problems_of(queries.answers_of(application), section, london_day(now))
