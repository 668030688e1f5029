"""What HR and panel members may read of a sift.  Who asks is in the WHERE clause."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.applications.queries import counts_by_status, snapshot_of
from recruit.applications.stages import of_vacancy
from recruit.core.calendar import london_day
from recruit.core.db import db
from recruit.core.errors import NotFound
from recruit.panels.blind import BlindReading, blind_reading
from recruit.panels.composition import has_applied
from recruit.panels.entry import Entry
from recruit.panels.models import PanelMember, Redaction, ScoreSheet, Sift, SiftEvent
from recruit.panels.moderation import Chaired
from recruit.panels.own_panels import COUNTS
from recruit.panels.redacting import redactions_of
from recruit.panels.standings import NONE, TABLES
from recruit.rules.access import NOBODY, Actor
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.sift import LIVE, SIFTED_WORDS, Round, SheetStatus
from recruit.vacancies.models import Vacancy

NO_PANEL = "You are on no panel of that reference."
NO_SHEET = "There is no application of that reference for you to score."


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """One application in a scorer's list."""

    reference: str
    status: SheetStatus
    sifted: str
    """What became of an application that is decided, in words; "" while it waits."""
    due_at: datetime | None
    """Until when its candidate waits for an answer."""


def own_panel(actor: Actor, reference: str) -> tuple[Chaired, Sift | None]:
    """Return a vacancy whose panel `actor` is on, with its criteria and chair, and its sift.

    Raises:
        NotFound: there is none of that reference with them on its panel, or they applied for it.
    """
    is_on = exists().where(PanelMember.vacancy_id == Vacancy.id, PanelMember.user_id == actor.user_id)
    return _panel(reference, is_on & ~has_applied(actor.user_id, Vacancy.id), NO_PANEL)


def _panel(reference: str, condition: object, sentence: str) -> tuple[Chaired, Sift | None]:
    chair = select(PanelMember.user_id).where(PanelMember.vacancy_id == Vacancy.id, PanelMember.is_chair)
    row = (
        db.session.execute(
            select(Vacancy, chair.scalar_subquery(), Sift)
            .outerjoin(Sift, Sift.vacancy_id == Vacancy.id)
            .where(Vacancy.reference == reference, Vacancy.published_at.is_not(None), condition)  # type: ignore[arg-type]
            .options(joinedload(Vacancy.criteria), joinedload(Vacancy.team))
        )
        .unique()
        .one_or_none()
    )
    if row is None:
        raise NotFound(sentence)
    vacancy, chair_id, sift = row
    return Chaired(vacancy, chair_id or NOBODY), sift


def panel_for_hr(actor: Actor, reference: str) -> tuple[Chaired, Sift | None]:
    """Return a vacancy that was published, with its criteria and chair, and its sift.

    Raises:
        NotFound: there is none of that reference, or the reader applied for it.
    """
    applied = exists().where(Application.vacancy_id == Vacancy.id, Application.candidate_id == actor.user_id)
    return _panel(reference, ~applied, "There is no published vacancy of that reference whose panel you can see.")


def own_sheets(actor: Actor, vacancy_id: int) -> list[OwnSheet]:
    """Return the applications that `actor` scores, or scored before they were decided, in the order of references."""
    rows = db.session.execute(
        select(Application.reference, ScoreSheet.status, Application.status, Application.due_at)
        .join(ScoreSheet, ScoreSheet.application_id == Application.id)
        .where(
            Application.vacancy_id == vacancy_id,
            ScoreSheet.scorer_id == actor.user_id,
            ScoreSheet.round == Round.SIFT,
            COUNTS,
        )
        .order_by(Application.reference)
    )
    return [
        OwnSheet(reference, status, SIFTED_WORDS.get(stands_at, ""), due_at)
        for reference, status, stands_at, due_at in rows
    ]


def opened_by(actor: Actor, vacancy_id: int) -> list[tuple[int, str]]:
    """Return the applications that `actor` scores and said of that they know of no connection: id and reference."""
    rows = db.session.execute(
        select(Application.id, Application.reference)
        .join(ScoreSheet, ScoreSheet.application_id == Application.id)
        .where(
            Application.vacancy_id == vacancy_id,
            Application.status == ApplicationStatus.SUBMITTED,
            ScoreSheet.scorer_id == actor.user_id,
            ScoreSheet.status.in_(LIVE),
            ScoreSheet.declared_at.is_not(None),
        )
        .order_by(Application.reference)
    )
    return list(rows.tuples())


def own_sheet(actor: Actor, vacancy_reference: str, reference: str) -> ScoreSheet:
    """Return the sheet of `actor` for one application, with the vacancy and its criteria, but no candidate.

    Raises:
        NotFound: they are not on the panel, applied for the vacancy themselves, were not given the application, or are
            connected with whoever sent it.
    """
    sheet = (
        db.session.scalars(
            select(ScoreSheet)
            .join(Application, Application.id == ScoreSheet.application_id)
            .join(Vacancy, Vacancy.id == Application.vacancy_id)
            .join(PanelMember, PanelMember.vacancy_id == Vacancy.id)
            .where(
                Application.reference == reference,
                ~has_applied(actor.user_id, Vacancy.id),
                Vacancy.reference == vacancy_reference,
                PanelMember.user_id == actor.user_id,
                ScoreSheet.scorer_id == actor.user_id,
                ScoreSheet.round == Round.SIFT,
                ScoreSheet.status.in_(LIVE),
            )
            .options(
                joinedload(ScoreSheet.application).joinedload(Application.vacancy).joinedload(Vacancy.criteria),
            )
        )
        .unique()
        .one_or_none()
    )
    if sheet is None:
        raise NotFound(NO_SHEET)
    return sheet


def entries_of(sheet: ScoreSheet) -> dict[int, Entry]:
    """Return what a scorer entered so far, by line; of submitted scores, nothing for what was not asked then."""
    scores = TABLES[sheet.round][0]
    rows = db.session.scalars(select(scores).where(scores.sheet_id == sheet.id))
    found = {row.line_id: Entry(row.score, row.note) for row in rows}
    if sheet.status == SheetStatus.SUBMITTED and sheet.round == Round.SIFT:
        found.update({line.id: NONE for line in sheet.application.vacancy.asked if line.id not in found})
    return found


def reading_for_panel(application_id: int, hides_employers: bool) -> BlindReading:
    """Return what the panel is shown of an application that was sent, in three statements."""
    name, email, sent_at = db.session.execute(
        select(User.name, User.email, Application.submitted_at)
        .join(Application, Application.candidate_id == User.id)
        .where(Application.id == application_id)
    ).one()
    snapshot = snapshot_of(application_id)
    assert snapshot is not None  # noqa: S101  what was sent was frozen
    return blind_reading(
        snapshot.content,
        account=(name, email),
        redactions=[redaction.phrase for redaction in redactions_of(application_id)],
        hides_employers=hides_employers,
        until=london_day(sent_at),
    )


def sift_application(vacancy_id: int, reference: str) -> Application:
    """Return an application of a vacancy that was sent, without its candidate.

    Raises:
        NotFound: there is none of that reference.
    """
    application = db.session.scalars(
        select(Application).where(
            Application.reference == reference,
            Application.vacancy_id == vacancy_id,
            Application.submitted_at.is_not(None),
        )
    ).one_or_none()
    if application is None:
        raise NotFound("There is no application of that reference for this vacancy.")
    return application


def number_waiting(vacancy_id: int) -> int:
    """Return how many applications of a vacancy wait for a decision, as the queue counts them."""
    return counts_by_status(of_vacancy(vacancy_id)).get(ApplicationStatus.SUBMITTED, 0)


def applications_to_look_through(vacancy_id: int) -> list[tuple[str, int]]:
    """Return the applications that wait for a decision and how many phrases HR hides in each, by reference."""
    hidden = select(func.count()).where(Redaction.application_id == Application.id).scalar_subquery()
    rows = db.session.execute(
        select(Application.reference, hidden)
        .where(Application.vacancy_id == vacancy_id, Application.status == ApplicationStatus.SUBMITTED)
        .order_by(Application.reference)
    )
    return list(rows.tuples())


def all_sheets(application_id: int, *rounds: Round) -> Sequence[ScoreSheet]:
    """Return every sheet of an application, of those too who score it no more, in the order they were given.

    Args:
        rounds: of which rounds; of the sift where none is named.
    """
    of_these = (ScoreSheet.application_id == application_id) & ScoreSheet.round.in_(rounds or (Round.SIFT,))
    statement = select(ScoreSheet).where(of_these).order_by(ScoreSheet.id)
    return db.session.scalars(statement.options(joinedload(ScoreSheet.scorer))).all()


def happenings(vacancy_id: int, application_id: int | None = None) -> Sequence[SiftEvent]:
    """Return what happened with a panel, or with one application in its sift, oldest first."""
    statement = select(SiftEvent).where(SiftEvent.vacancy_id == vacancy_id)
    if application_id is None:
        statement = statement.where(SiftEvent.application_id.is_(None))
    else:
        statement = statement.where(SiftEvent.application_id == application_id)
    return db.session.scalars(statement.options(joinedload(SiftEvent.actor)).order_by(SiftEvent.id)).all()
