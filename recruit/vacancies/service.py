"""Writing vacancies, copying and cancelling them.  `approval` puts them before the public."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from recruit.core.calendar import london_day
from recruit.core.counters import VACANCY_NUMBER, next_number
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.references import vacancy_reference
from recruit.core.text import clean_prose, slugify
from recruit.pay.models import Grade, PayTable
from recruit.pay.queries import welcome_version_in_force
from recruit.rules import limits
from recruit.rules.access import NOBODY, Actor, Permission, authorise
from recruit.rules.lifecycle import ENDED, VACANCY_MOVES, WRITABLE, VacancyStatus, permit
from recruit.rules.outcomes import REASONS, WORDS, OutcomeReason
from recruit.vacancies.approval import welcome_id
from recruit.vacancies.criteria import checked
from recruit.vacancies.details import CriterionText, Terms, Wording, wording_of, write_wording
from recruit.vacancies.models import Criterion, CriterionKind, Team, Vacancy
from recruit.vacancies.moves import note, refuse_stale, take
from recruit.vacancies.readiness import NotReady, missing_wording

TITLE_IN_SLUG = 90  # characters; the column has 120
SETTLED = (
    "This vacancy has been published, so its grade, pay, posts, hours, contract, criteria and dates change through"
    " approval. Open its page to change its wording, or to begin a change."
)
WAITING = (
    "This vacancy is waiting for approval, so that HR approves what it reads."
    " To change it, take it back first, then send it again."
)

CANCELLED = "This vacancy has been cancelled, so it can no longer be changed."
OVER = "The outcome of this vacancy has been recorded, so it can no longer be changed. You can relist it as a copy."
UNCHANGING = {
    VacancyStatus.CANCELLED: CANCELLED,
    VacancyStatus.AWAITING_APPROVAL: WAITING,
    **dict.fromkeys(ENDED, OVER),
}
"""The statuses in which nothing of a vacancy can be changed, and why."""


def create_vacancy(
    actor: Actor, wording: Wording, terms: Terms, *, now: datetime, begun: str = "Draft started"
) -> Vacancy:
    """Keep a new draft under the next reference.

    Args:
        actor: a recruiter of the team.
        wording: what it says; a draft needs a title only.
        terms: the team, the grade, hours, dates and criteria.
        now: the moment, aware, UTC.
        begun: how its history begins.

    Returns:
        The draft.  Its address follows its title until it is published.

    Raises:
        NotAllowed: the team is not one of theirs.
        NotFound: there is no such team, grade or pay table.
        Incomplete: criteria that cannot be kept, full time of fewer hours, or a closing moment not after the opening.
    """
    authorise(actor, Permission.VACANCY_CREATE, terms)
    _check_terms(terms)

    vacancy = Vacancy(
        reference=vacancy_reference(next_number(VACANCY_NUMBER)),
        status=VacancyStatus.DRAFT,
        author_id=actor.user_id,
        created_at=now,
        criteria=[],
    )
    _write(vacancy, wording, terms, now)
    db.session.add(vacancy)
    note(actor, vacancy, VacancyStatus.DRAFT, now, begun)
    return vacancy


def copy_vacancy(actor: Actor, vacancy: Vacancy, *, now: datetime) -> Vacancy:
    """Keep a new draft with the words and terms of `vacancy`, without its dates and its pay table.

    Raises:
        NotAllowed: the team is not one of theirs.
    """
    authorise(actor, Permission.VACANCY_CREATE, vacancy)

    wording, terms = copied_terms(vacancy, now=now)
    copy = create_vacancy(actor, wording, terms, now=now, begun=f"Copied from {vacancy.reference}")
    copy.additions = list(vacancy.additions)
    return copy


def copied_terms(vacancy: Vacancy, *, now: datetime) -> tuple[Wording, Terms]:
    """Return what a copy of `vacancy` made at `now` says: without its dates and its pay table."""
    day = london_day(now)
    terms = replace(
        terms_of(vacancy),
        opens_at=None,
        closes_at=None,
        pay_table_id=None,
        has_welcome_payment=vacancy.welcome_id is not None and welcome_version_in_force(day) is not None,
    )
    return replace(wording_of(vacancy), interview_on=None), terms


def edit_vacancy(
    actor: Actor, vacancy: Vacancy, wording: Wording, terms: Terms | None, *, seen_version: int, now: datetime
) -> None:
    """Change what `vacancy` says; for a draft its terms too.

    Args:
        actor: a recruiter of its team, and of the team it is moved to.
        vacancy: a draft, one that HR asked to be changed, or a published vacancy.
        wording: all of it, changed or not.
        terms: all of them before publication; None for a published vacancy, whose terms are settled.
        seen_version: the version that the actor's page showed.
        now: the moment, aware, UTC.

    Raises:
        NotAllowed: it is another team's.
        Conflict: somebody saved it since (the message says who and when), it waits for approval, it was published
            since, it was cancelled, or its outcome has been recorded.
        NotReady: a published vacancy would lack something.
        Incomplete: criteria that cannot be kept, full time of fewer hours, or a closing moment not after the opening.
    """
    authorise(actor, Permission.VACANCY_EDIT, vacancy)
    refuse_stale(vacancy, seen_version)
    if vacancy.status in UNCHANGING:
        raise Conflict(UNCHANGING[vacancy.status])
    if (terms is None) is (vacancy.status in WRITABLE):
        raise Conflict(SETTLED)
    if terms is not None:
        authorise(actor, Permission.VACANCY_EDIT, terms)
        _check_terms(terms)

    if terms is not None:
        _write(vacancy, wording, terms, now)
        vacancy.edited_by_id = actor.user_id if actor.user_id != NOBODY else None
        flag_modified(vacancy, "title")  # a change of the criteria alone is a new version too
        note(actor, vacancy, vacancy.status, now, "Draft saved")
        return
    changed = write_wording(vacancy, wording)
    if findings := missing_wording(vacancy, now=now):
        raise NotReady(findings)
    if changed:
        note(actor, vacancy, vacancy.status, now, f"Changed: {', '.join(changed)}")


def edit_wording(
    actor: Actor, vacancy: Vacancy, values: Mapping[str, Any], *, seen_version: int, now: datetime
) -> None:
    """Change some of the words of a published vacancy; the others stay as they are.

    Args:
        values: of `Wording`, by name.

    Raises: as `edit_vacancy`.
    """
    words = replace(wording_of(vacancy), **values)
    edit_vacancy(actor, vacancy, words, None, seen_version=seen_version, now=now)


def cancel_vacancy(
    actor: Actor,
    vacancy: Vacancy,
    reason: str = "",
    *,
    why: OutcomeReason = OutcomeReason.OTHER,
    seen_version: int | None = None,
    now: datetime,
) -> None:
    """Take `vacancy` from the public, or delete a draft.  Its rows stay, for its history.

    Args:
        actor: a recruiter of its team; for a published vacancy HR, too.
        vacancy: a draft, one that HR asked to be changed, or a published vacancy.
        reason: why, in words; needed once it is published.
        why: the main reason, to be counted; kept once it is published.
        seen_version: the version that the actor's page showed, if it showed one.
        now: the moment, aware, UTC.

    Raises:
        NotAllowed: it is another team's.
        Conflict: it waits for approval, it is cancelled already, or somebody changed it since.
        Incomplete: no reason, where one is needed, or a very long one.
    """
    move = permit(VACANCY_MOVES, actor, vacancy, VacancyStatus.CANCELLED)
    if seen_version is not None:
        refuse_stale(vacancy, seen_version)
    reason = clean_prose(reason)
    if move.needs_reason and not reason:
        raise Incomplete("Enter why the vacancy is cancelled")
    if len(reason) > limits.PROSE_CHARACTERS:
        raise Incomplete("The reason is too long")

    if move.needs_reason:
        if why not in REASONS[VacancyStatus.CANCELLED]:
            raise Incomplete("Select the main reason")
        vacancy.outcome_reason = why
        reason = reason if why is OutcomeReason.OTHER else f"{WORDS[why]}. {reason}"
    take(move, actor, vacancy, now, reason)


def refuse_settled(vacancy: Vacancy) -> None:
    """Refuse where the terms of `vacancy` cannot be written any more, or not now.

    Raises:
        Conflict: it waits for approval, has been published, is cancelled, or its outcome has been recorded.
    """
    if vacancy.status not in WRITABLE:
        raise Conflict(UNCHANGING.get(vacancy.status, SETTLED))


def terms_of(vacancy: Vacancy) -> Terms:
    """Return the terms that `vacancy` has."""
    names = (name for name in Terms.__dataclass_fields__ if name not in ("has_welcome_payment", "criteria"))
    criteria = tuple(text_of(criterion) for criterion in vacancy.criteria)
    values = {name: getattr(vacancy, name) for name in names}
    return Terms(has_welcome_payment=vacancy.welcome_id is not None, criteria=criteria, **values)


def text_of(criterion: Criterion) -> CriterionText:
    """Return what `criterion` says."""
    return CriterionText(criterion.kind, criterion.text, criterion.assessed_at, criterion.weight, criterion.id)


def _check_terms(terms: Terms) -> None:
    for model, key in ((Team, terms.team_id), (Grade, terms.grade_id), (PayTable, terms.pay_table_id)):
        if key is not None and db.session.get(model, key) is None:
            raise NotFound(f"There is no such {model.__name__.lower()}.")
    if terms.closes_at and terms.opens_at and terms.closes_at <= terms.opens_at:
        raise Incomplete("The closing date must be after the opening date")
    if terms.full_time and terms.weekly_hours != limits.FULL_TIME_HOURS:
        raise Incomplete(f"Hours a week must be {limits.FULL_TIME_HOURS} while full time is selected")
    checked(terms.criteria)


def _write(vacancy: Vacancy, wording: Wording, terms: Terms, now: datetime) -> None:
    write_wording(vacancy, wording)
    for name in Terms.__dataclass_fields__:
        if name not in ("has_welcome_payment", "criteria"):
            setattr(vacancy, name, getattr(terms, name))
    if not (terms.has_welcome_payment and vacancy.welcome_id):  # one that it has is looked at again when it is approved
        vacancy.welcome_id = welcome_id(now) if terms.has_welcome_payment else None
    vacancy.slug = "-".join(filter(None, (slugify(vacancy.title, TITLE_IN_SLUG), vacancy.reference.partition("-")[2])))
    _write_criteria(vacancy, terms.criteria)


def _write_criteria(vacancy: Vacancy, criteria: tuple[CriterionText, ...]) -> None:
    """Make the draft's criteria those given, essential ones first.  Nobody has answered them: it was never public."""
    ordered = sorted(criteria, key=lambda criterion: criterion.kind is not CriterionKind.ESSENTIAL)
    while len(vacancy.criteria) > len(ordered):
        vacancy.criteria.pop()
    for position, wanted in enumerate(ordered, 1):
        if position > len(vacancy.criteria):
            vacancy.criteria.append(Criterion())
        kept = vacancy.criteria[position - 1]
        kept.kind, kept.position, kept.text = wanted.kind, position, wanted.text
        kept.assessed_at, kept.weight = wanted.assessed_at, wanted.weight
