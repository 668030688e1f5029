"""Reading pay tables, grades and the welcome payment."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from recruit.core.calendar import short_date
from recruit.core.db import db
from recruit.core.errors import Incomplete
from recruit.pay.models import Grade, PayPoint, PayTable, TermsEvent, WelcomeScheme, WelcomeSchemeVersion
from recruit.rules.terms import TermsStatus

TERMS_EVENTS = 50  # shown of one version


def pay_tables() -> Sequence[PayTable]:
    """Return every pay table, the newest first, without its points."""
    return db.session.scalars(select(PayTable).order_by(PayTable.effective_on.desc())).all()


def pay_tables_with_points() -> Sequence[PayTable]:
    """Return every pay table with its points, the newest first, in two queries."""
    statement = select(PayTable).options(selectinload(PayTable.points)).order_by(PayTable.effective_on.desc())
    return db.session.scalars(statement).all()


def pay_table_in_force(day: date) -> PayTable | None:
    """Return the pay table that holds on `day`: the newest that took effect by then; None before the first."""
    statement = select(PayTable).where(PayTable.effective_on <= day).order_by(PayTable.effective_on.desc()).limit(1)
    return db.session.scalars(statement).one_or_none()


def pay_table_of(day: date) -> PayTable | None:
    """Return the pay table that took effect on this very day, with its points, or None; two queries."""
    statement = select(PayTable).where(PayTable.effective_on == day).options(selectinload(PayTable.points))
    return db.session.scalars(statement).one_or_none()


def range_for(grade: Grade, table: PayTable) -> tuple[int, int]:
    """Return what `grade` pays on `table`: its lowest and its highest point, pence a year for full time.

    Raises:
        Incomplete: the table lacks one of the grade's points; the message names them.
    """
    statement = select(PayPoint.point, PayPoint.annual_pence).where(
        PayPoint.pay_table_id == table.id, PayPoint.point.between(grade.point_min, grade.point_max)
    )
    return pay_range(grade, table, dict(db.session.execute(statement).tuples().all()))


def pay_range(grade: Grade, table: PayTable, points: dict[int, int]) -> tuple[int, int]:
    """As `range_for`, for points at hand: pence a year by point.

    Raises:
        Incomplete: a point of the grade is missing.
    """
    missing = [str(point) for point in range(grade.point_min, grade.point_max + 1) if point not in points]
    if missing:
        named = f"point {missing[0]}" if len(missing) == 1 else f"points {', '.join(missing[:-1])} and {missing[-1]}"
        day = short_date(table.effective_on)
        raise Incomplete(f"The pay table of {day} has no {named}, so it cannot pay the grade {grade.title}.")
    return points[grade.point_min], points[grade.point_max]


def grades() -> Sequence[Grade]:
    """Return every grade, in the council's order."""
    return db.session.scalars(select(Grade).order_by(Grade.position, Grade.id)).all()


def find_grade(key: int | None) -> Grade | None:
    """Return the grade with this id, or None."""
    return db.session.get(Grade, key) if key is not None else None


def find_pay_table(key: int | None) -> PayTable | None:
    """Return the pay table with this id, or None."""
    return db.session.get(PayTable, key) if key is not None else None


def welcome_versions() -> Sequence[WelcomeSchemeVersion]:
    """Return every version of every welcome payment's terms, the newest first within a scheme; no deleted drafts."""
    statement = (
        select(WelcomeSchemeVersion)
        .where(WelcomeSchemeVersion.status != TermsStatus.DISCARDED)
        .join(WelcomeSchemeVersion.scheme)
        .options(joinedload(WelcomeSchemeVersion.scheme))
        .order_by(WelcomeScheme.name, WelcomeScheme.id, WelcomeSchemeVersion.number.desc())
    )
    return db.session.scalars(statement).all()


def welcome_version_in_force(day: date) -> WelcomeSchemeVersion | None:
    """Return the terms of the welcome payment that hold on `day`: the newest of several; None when there are none."""
    return db.session.scalars(_in_force(day).limit(1)).one_or_none()


def welcome_versions_in_force(day: date) -> Sequence[WelcomeSchemeVersion]:
    """Return the terms that hold on `day`: of each scheme its newest, and the newest of all first."""
    newest: dict[int, WelcomeSchemeVersion] = {}
    for version in db.session.scalars(_in_force(day)):
        newest.setdefault(version.scheme_id, version)
    return list(newest.values())


def terms_of(key: int) -> WelcomeSchemeVersion | None:
    """Return the terms with this id, approved or not, with their scheme; or None."""
    statement = (
        select(WelcomeSchemeVersion)
        .options(joinedload(WelcomeSchemeVersion.scheme))
        .where(WelcomeSchemeVersion.id == key)
    )
    return db.session.scalars(statement).one_or_none()


def terms_events(version: WelcomeSchemeVersion) -> Sequence[TermsEvent]:
    """Return what was done to terms last, newest first, with who did it."""
    statement = (
        select(TermsEvent)
        .where(TermsEvent.terms_id == version.id)
        .options(joinedload(TermsEvent.actor))
        .order_by(TermsEvent.id.desc())
        .limit(TERMS_EVENTS)
    )
    return db.session.scalars(statement).all()


def welcome_version_of(code: str, number: int) -> WelcomeSchemeVersion | None:
    """Return this version of a scheme's terms, once approved; or None."""
    statement = (
        select(WelcomeSchemeVersion)
        .join(WelcomeSchemeVersion.scheme)
        .options(joinedload(WelcomeSchemeVersion.scheme))
        .where(
            WelcomeScheme.code == code,
            WelcomeSchemeVersion.number == number,
            WelcomeSchemeVersion.status == TermsStatus.APPROVED,
        )
    )
    return db.session.scalars(statement).one_or_none()


def _in_force(day: date) -> Select[tuple[WelcomeSchemeVersion]]:
    return (
        select(WelcomeSchemeVersion)
        .where(
            WelcomeSchemeVersion.status == TermsStatus.APPROVED,
            WelcomeSchemeVersion.valid_from <= day,
            func.coalesce(WelcomeSchemeVersion.valid_until, day) >= day,
        )
        .order_by(WelcomeSchemeVersion.valid_from.desc(), WelcomeSchemeVersion.id.desc())
    )
