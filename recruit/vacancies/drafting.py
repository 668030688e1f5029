"""Writing a vacancy part by part: what is whole is saved, what is not is kept as it was typed, and resumed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from recruit.core.db import db
from recruit.rules.access import Actor, Permission, authorise
from recruit.vacancies import service
from recruit.vacancies.criteria import Lines
from recruit.vacancies.details import WORDS, Terms, Wording, wording_of
from recruit.vacancies.documents import copy_documents
from recruit.vacancies.models import Vacancy
from recruit.vacancies.moves import note, refuse_stale
from recruit.vacancies.readiness import Finding, NotReady, missing_to_send
from recruit.vacancies.unfinished import part_of
from recruit.vacancies.writing_models import Part, VacancyPart

TO_CHECK = "Check it"
_TERMS = frozenset(field.name for field in fields(Terms))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one part is.

    Args:
        status: in words.
        hint: what is wrong with it, if something is.
    """

    part: Part
    status: str
    hint: str = ""

    @property
    def is_done(self) -> bool:
        return self.status == "Completed"

    @property
    def is_to_check(self) -> bool:
        """Whether all that it needs was filled in from another vacancy, and nobody has looked at it yet."""
        return self.status == TO_CHECK and not self.hint


def start_vacancy(actor: Actor, values: Mapping[str, Any], *, now: datetime, finished: bool = True) -> Vacancy:
    """Keep a new draft with its first part.

    Args:
        values: of `Wording` and `Terms`, by name: at least a title, a team and a grade.
        finished: whether they said that the part is whole.

    Raises: as `service.create_vacancy`.
    """
    words = {name: value for name, value in values.items() if name in WORDS}
    terms = {name: value for name, value in values.items() if name in _TERMS}
    vacancy = service.create_vacancy(actor, Wording(**words), Terms(**terms), now=now)
    db.session.add(VacancyPart(vacancy=vacancy, part=Part.POST, is_finished=finished, saved_at=now))
    return vacancy


def copy_vacancy(actor: Actor, vacancy: Vacancy, *, now: datetime) -> Vacancy:
    """Keep a new draft from `vacancy`, each part still to be checked.

    Raises: as `service.copy_vacancy`.
    """
    copy = service.copy_vacancy(actor, vacancy, now=now)
    copy_documents(actor, vacancy, copy, now=now)
    mark_to_check(copy, now=now)
    return copy


def mark_to_check(vacancy: Vacancy, *, now: datetime) -> None:
    """Say of every part of a draft that was made from another vacancy that nobody has looked at it yet."""
    db.session.add_all(VacancyPart(vacancy=vacancy, part=part, is_finished=False, saved_at=now) for part in Part)


def save_part(
    actor: Actor,
    vacancy: Vacancy,
    part: Part,
    values: Mapping[str, Any],
    *,
    seen_version: int,
    now: datetime,
    finished: bool = True,
) -> None:
    """Keep one part of a draft; the others stay as they are.

    Args:
        values: of `Wording` and `Terms`, by name.
        finished: whether they said that the part is whole, or will come back to it.

    Raises: as `service.edit_vacancy`.
    """
    words = {name: value for name, value in values.items() if name in WORDS}
    terms = {name: value for name, value in values.items() if name in _TERMS}
    service.edit_vacancy(
        actor,
        vacancy,
        replace(wording_of(vacancy), **words),
        replace(service.terms_of(vacancy), **terms),
        seen_version=seen_version,
        now=now,
    )
    _mark(vacancy, part, now, is_finished=finished)


def save_criteria(actor: Actor, vacancy: Vacancy, lines: Lines, *, seen_version: int, now: datetime) -> None:
    """Keep the person specification of a draft.

    Raises: as `service.edit_vacancy`.
    """
    values = {"criteria": lines}
    save_part(actor, vacancy, Part.CRITERIA, values, seen_version=seen_version, now=now, finished=False)


def finish_criteria(actor: Actor, vacancy: Vacancy, *, now: datetime) -> None:
    """Note that the person specification is whole.

    Raises:
        NotAllowed: it is another team's.
        Conflict: it is not to be written any more.
        NotReady: there is no essential criterion.
    """
    _permit(actor, vacancy)
    if findings := [one for one in missing_to_send(vacancy, now=now) if one.field == "criteria"]:
        raise NotReady(findings)
    _mark(vacancy, Part.CRITERIA, now, is_finished=True)


def keep_typed(
    actor: Actor, vacancy: Vacancy, part: Part, typed: Mapping[str, list[str]], *, seen_version: int, now: datetime
) -> None:
    """Keep what was typed on one part and cannot be saved yet, for whoever comes back to it.

    Raises:
        NotAllowed: it is another team's.
        Conflict: it is not to be written any more, or somebody saved it since.
    """
    authorise(actor, Permission.VACANCY_EDIT, vacancy)
    refuse_stale(vacancy, seen_version)
    _permit(actor, vacancy)
    _mark(vacancy, part, now, is_finished=False, typed=dict(typed))
    flag_modified(vacancy, "title")  # it is a new version: who opened the page before is told, and overwrites nothing
    note(actor, vacancy, vacancy.status, now, "Kept what was typed, to be finished later")


def parts_of(vacancy: Vacancy) -> dict[Part, VacancyPart]:
    """Return what is known of the parts of `vacancy`, in one query."""
    rows = db.session.scalars(select(VacancyPart).where(VacancyPart.vacancy_id == vacancy.id))
    return {row.part: row for row in rows}


def progress_of(vacancy: Vacancy, parts: Mapping[Part, VacancyPart], *, now: datetime) -> list[Progress]:
    """Return how far each part of a draft is at `now`, in their order."""
    findings = missing_to_send(vacancy, now=now)
    return [_progress(vacancy, part, parts.get(part), findings) for part in Part]


def missing_in(vacancy: Vacancy, part: Part, row: VacancyPart | None, *, now: datetime) -> list[Finding]:
    """Return what keeps a part from being completed that its writer has called whole; nothing of another one."""
    if row is None or row.typed is not None or not row.is_finished:
        return []
    return [finding for finding in missing_to_send(vacancy, now=now) if part_of(finding.field) is part]


def next_part(progress: Sequence[Progress], after: Part | None = None) -> Part | None:
    """Return the first part that is not done, from the one that follows `after` on, and then from the start."""
    order = list(progress)
    start = 0 if after is None else list(Part).index(after) + 1
    turned = order[start:] + order[:start]
    return next((one.part for one in turned if not one.is_done and one.part is not after), None)


def _progress(vacancy: Vacancy, part: Part, row: VacancyPart | None, findings: Iterable[Finding]) -> Progress:
    missing = [finding.message for finding in findings if part_of(finding.field) is part]
    if row is None:
        return Progress(part, "Not started")
    if row.typed is not None:
        return Progress(part, "In progress", "Something you typed is kept, but not saved yet")
    if not row.is_finished and row.saved_at == vacancy.created_at:
        return Progress(part, TO_CHECK, missing[0] if missing else "")
    if not row.is_finished:
        return Progress(part, "In progress")
    return Progress(part, "There is a problem", missing[0]) if missing else Progress(part, "Completed")


def _permit(actor: Actor, vacancy: Vacancy) -> None:
    authorise(actor, Permission.VACANCY_EDIT, vacancy)
    service.refuse_settled(vacancy)


def _mark(
    vacancy: Vacancy, part: Part, now: datetime, *, is_finished: bool, typed: dict[str, list[str]] | None = None
) -> None:
    row = db.session.get(VacancyPart, (vacancy.id, part))
    if row is None:
        row = VacancyPart(vacancy_id=vacancy.id, part=part)
        db.session.add(row)
    row.is_finished, row.typed, row.saved_at = is_finished, typed, now
