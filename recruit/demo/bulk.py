"""Bulk data for measuring: plain rows in batches, each a transaction of its own, so that it can be stopped."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

import click
from sqlalchemy import delete, func, insert, select

from recruit.accounts.models import RoleGrant, User
from recruit.applications.applicants import ApplicantWord, rows_of_names
from recruit.applications.counts import StageCount
from recruit.applications.models import Application, ApplicationEvent, Section, Snapshot
from recruit.applications.promises import due_after
from recruit.applications.stages import ALL, of_team, of_vacancy
from recruit.core.counters import VACANCY_NUMBER, next_number, renew_public_pages
from recruit.core.db import db
from recruit.core.references import ALPHABET, vacancy_reference
from recruit.core.transaction import transaction
from recruit.demo.content import content
from recruit.demo.organisation import NO_SIGN_IN
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus
from recruit.vacancies.models import Criterion, CriterionKind, Team, Vacancy

BATCH = 2_000  # rows of a transaction
APPLICATIONS_A_PERSON = 5
STATUSES = (
    (ApplicationStatus.SUBMITTED, 0.30),
    (ApplicationStatus.SHORTLISTED, 0.15),
    (ApplicationStatus.NOT_SHORTLISTED, 0.45),
    (ApplicationStatus.WITHDRAWN, 0.10),
)
CODE = 6  # characters: one more than people's references have, so that the two cannot meet
SPREAD = 95_999_999  # odd and no multiple of the alphabet's length: every number gives another code


def load_bulk(vacancies: int, applications: int, *, live: float, now: datetime) -> None:
    """Add so many vacancies and applications, with a progress bar.  Stopping it keeps what was added, counted right.

    Args:
        vacancies: how many to add.
        applications: how many to add, over all vacancies that have opened.
        live: share of the vacancies that are open now; of the rest most have closed.
        now: this moment.
    """
    random = Random(vacancies + applications)  # noqa: S311  for fiction, not for secrets
    try:
        with click.progressbar(length=vacancies, label="Vacancies") as bar:
            for size in _batches(vacancies):
                with transaction():
                    _add_vacancies(size, random, live, now)
                bar.update(size)
        with click.progressbar(length=applications, label="Applications") as bar:
            chosen = _open_to_applications(now)
            for size in _batches(applications):
                with transaction():
                    _add_applications(size, random, chosen, now)
                bar.update(size)
    finally:
        click.echo("Counting …")
        with transaction():
            recount()
            renew_public_pages()


def recount() -> None:
    """Count every application anew: for after changes that bypass the service."""
    rows = db.session.execute(
        select(Application.vacancy_id, Vacancy.team_id, Application.status, func.count())
        .join(Vacancy, Vacancy.id == Application.vacancy_id)
        .where(Application.status != ApplicationStatus.DRAFT)
        .group_by(Application.vacancy_id, Vacancy.team_id, Application.status)
    )
    counts: dict[tuple[str, ApplicationStatus], int] = {}
    for vacancy_id, team_id, status, number in rows:
        for scope in (of_vacancy(vacancy_id), of_team(team_id), ALL):
            counts[scope, status] = counts.get((scope, status), 0) + number
    db.session.execute(delete(StageCount))
    if counts:
        values = [{"scope": scope, "status": status, "number": number} for (scope, status), number in counts.items()]
        db.session.execute(insert(StageCount), values)


def _batches(number: int) -> Iterator[int]:
    while number > 0:
        yield min(BATCH, number)
        number -= BATCH


def _add_vacancies(size: int, random: Random, live: float, now: datetime) -> None:
    models = db.session.scalars(
        select(Vacancy).where(Vacancy.salary_min_pence.is_not(None)).order_by(Vacancy.id).limit(30)
    ).all()
    teams = db.session.scalars(select(Team.id).order_by(Team.id)).all()
    rows = [_vacancy(random, random.choice(models), random.choice(teams), live, now) for _ in range(size)]
    ids = db.session.scalars(insert(Vacancy).returning(Vacancy.id, sort_by_parameter_order=True), rows).all()
    lines = [row["criteria"] for row in content("vacancies")["vacancies"]]
    criteria = [
        {"vacancy_id": key, "kind": CriterionKind(line["kind"]), "position": position, "text": line["text"]}
        for key in ids
        for position, line in enumerate(random.choice(lines)[:8], start=1)
    ]
    db.session.execute(insert(Criterion), criteria)


def _vacancy(random: Random, model: Vacancy, team_id: int, live: float, now: datetime) -> dict[str, Any]:
    """Return a vacancy like `model`, with another team, dates and words in another order."""
    number = next_number(VACANCY_NUMBER)
    opens_at = now - timedelta(minutes=random.randint(1, 60 * 24 * 30))
    closes_at = now + timedelta(minutes=random.randint(60, 60 * 24 * 60))
    if random.random() >= live:
        opens_at = now - timedelta(days=random.randint(60, 900))
        closes_at = opens_at + timedelta(days=21)
    paragraphs = model.description.split("\n\n")
    random.shuffle(paragraphs)
    names = [column.name for column in Vacancy.__table__.columns if column.name != "id"]
    return {name: getattr(model, name) for name in names} | {
        "reference": vacancy_reference(number),
        "slug": f"social-worker-{number}",
        "status": VacancyStatus.PUBLISHED,
        "team_id": team_id,
        "description": "\n\n".join(paragraphs),
        "opens_at": opens_at,
        "closes_at": closes_at,
        "interview_on": None,
        "published_at": opens_at,
        "created_at": opens_at,
        "version": 1,
    }


def _open_to_applications(now: datetime) -> Sequence[tuple[int, int, datetime, datetime]]:
    statement = select(Vacancy.id, Vacancy.team_id, Vacancy.opens_at, Vacancy.closes_at).where(
        Vacancy.status == VacancyStatus.PUBLISHED, Vacancy.opens_at <= now
    )
    return [tuple(row) for row in db.session.execute(statement)]


def _add_applications(
    size: int, random: Random, chosen: Sequence[tuple[int, int, datetime, datetime]], now: datetime
) -> None:
    people = _add_people(size // APPLICATIONS_A_PERSON + 1, random, now)
    first = (db.session.scalar(select(func.max(Application.id))) or 0) + 1
    rows: list[dict[str, Any]] = []
    for offset in range(size):
        vacancy_id, team_id, opens_at, closes_at = chosen[(first + offset * 7919) % len(chosen)]
        status = random.choices([row[0] for row in STATUSES], [row[1] for row in STATUSES])[0]
        sent_at = opens_at + (min(closes_at, now) - opens_at) * random.random()
        rows.append(
            {
                "reference": _code(first + offset),
                "candidate_id": people[offset // APPLICATIONS_A_PERSON][0],
                "vacancy_id": vacancy_id,
                "team_id": team_id,
                "status": status,
                "created_at": sent_at,
                "submitted_at": sent_at,
                "due_at": due_after(status, closes_at=closes_at, sent_at=sent_at, told_at=sent_at),
                "equality_asked": True,
                "version": 1,
            }
        )
    ids = db.session.scalars(insert(Application).returning(Application.id, sort_by_parameter_order=True), rows).all()
    snapshots = [{"application_id": key, "content": _content(random)} for key in ids]
    db.session.execute(insert(Snapshot), snapshots)
    names = dict(people)
    words = [
        word for key, row in zip(ids, rows, strict=True) for word in rows_of_names(key, [names[row["candidate_id"]]])
    ]
    db.session.execute(insert(ApplicantWord), words)
    events = [
        {
            "application_id": key,
            "actor_id": row["candidate_id"],
            "source": ApplicationStatus.DRAFT.value,
            "target": ApplicationStatus.SUBMITTED.value,
            "reason": "",
            "at": row["submitted_at"],
        }
        for key, row in zip(ids, rows, strict=True)
    ]
    db.session.execute(insert(ApplicationEvent), events)


def _add_people(size: int, random: Random, now: datetime) -> Sequence[tuple[int, str]]:
    """Add candidates; return the id and the name of each."""
    source = content("people")
    first = (db.session.scalar(select(func.max(User.id))) or 0) + 1
    rows: list[dict[str, Any]] = [
        {
            "email": f"bulk.{number}@people.example",
            "email_key": f"bulk.{number}@people.example",
            "name": f"{random.choice(source['first_names'])} {random.choice(source['last_names'])}",
            "password_hash": NO_SIGN_IN,
            "confirmed_at": now,
            "created_at": now,
            "version": 1,
        }
        for number in range(first, first + size)
    ]
    ids = db.session.scalars(insert(User).returning(User.id, sort_by_parameter_order=True), rows).all()
    db.session.execute(insert(RoleGrant), [{"user_id": key, "role": Role.CANDIDATE} for key in ids])
    return [(key, row["name"]) for key, row in zip(ids, rows, strict=True)]


def _code(number: int) -> str:
    """Return the reference of the `number`th application: different for each, and not in sequence."""
    value, letters = number * SPREAD % len(ALPHABET) ** CODE, []
    for _ in range(CODE):
        value, letter = divmod(value, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "A-" + "".join(letters)


def _content(random: Random) -> dict[str, Any]:
    """Return what a short application says, in the shape of `applications.snapshot`."""
    evidence = random.choice(content("people")["short_answers"])["text"]
    return {
        "format": 1,
        "vacancy": {},
        Section.CONTACT: {},
        Section.REGISTRATION: {"state": "registered", "number": f"SW{random.randint(1000, 99_999)}"},
        Section.QUALIFICATIONS: [],
        Section.HISTORY: {"since": None, "entries": []},
        Section.EVIDENCE: [{"criterion_id": 0, "kind": "essential", "criterion": "Works with risk", "text": evidence}],
        Section.REFEREES: [],
        Section.DECLARATION: {},
    }
