"""What HR does with the details before a start: open them, and write down what each check found.

Nothing that candidates or recruiters see may reach this module: see pyproject.toml.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from recruit.applications.models import Application
from recruit.appointments.employment_models import EmploymentCheck, EmploymentDetails
from recruit.appointments.employment_queries import details_of
from recruit.appointments.employment_service import hold_details, note
from recruit.appointments.employment_standing import stands
from recruit.core.calendar import london_day
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete
from recruit.core.text import clean_line, clean_prose
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.employment import DBS_CHECKS, Act, Check, Finding
from recruit.rules.reasons import refuse_long

STALE = "Somebody has written down another finding since you opened the page. Look at it first. Yours was not saved."


def open_answers(actor: Actor, details: EmploymentDetails, *, now: datetime) -> None:
    """Keep that `actor` is about to read the answers.  Nothing is shown that was not kept first.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: they have not been sent, or are being corrected.
    """
    _keep_reading(actor, details, Act.OPENED, now)


def show_bank(actor: Actor, details: EmploymentDetails, *, now: datetime) -> None:
    """Keep that `actor` is about to read the bank details, which are hidden otherwise.

    Raises:
        NotAllowed, Conflict: as `open_answers`.
    """
    _keep_reading(actor, details, Act.BANK_SHOWN, now)


def _keep_reading(actor: Actor, details: EmploymentDetails, act: Act, now: datetime) -> None:
    authorise(actor, Permission.DETAILS_READ, details)
    if not details.is_sent:
        raise Conflict("The candidate has not sent these details, so nobody can read them yet.")
    note(actor, details.application_id, act, now)


def record_check(
    actor: Actor,
    application: Application,
    kind: Check,
    finding: Finding,
    checked_on: date,
    evidence: str,
    written: str,
    *,
    seen_number: int,
    now: datetime,
) -> None:
    """Write down how one check stands.  What was written before stays beneath it.

    Args:
        checked_on: the day it was checked.
        evidence: what was seen, such as "Passport, original".
        written: more about it, for HR.
        seen_number: of the finding that the page showed; 0 for none.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: nobody is to be appointed on it, or somebody wrote down another finding.
        Incomplete: the evidence is missing, something is too long, or the day is in the future.
    """
    authorise(actor, Permission.DETAILS_CHECK, application)
    details = details_of(application.id)
    if details is not None:
        hold_details(details)
    if details is None or details.closed_at is not None:
        raise Conflict("Checks are written down while somebody is to be appointed and knows it.")
    last = db.session.scalar(
        select(func.max(EmploymentCheck.number)).where(
            EmploymentCheck.application_id == application.id, EmploymentCheck.kind == kind
        )
    )
    if (last or 0) != seen_number:
        raise Conflict(STALE)
    evidence, written = clean_line(evidence), clean_prose(written)
    if finding in (Finding.CLEAR, Finding.NOT_CLEAR) and not evidence:
        raise Incomplete("Enter what you have seen")
    refuse_long(evidence, thing="What you have seen", most=limits.LINE_CHARACTERS)
    refuse_long(written, thing="The note")
    if checked_on > london_day(now):
        raise Incomplete("The day of the check must be today or in the past")

    db.session.add(
        EmploymentCheck(
            application_id=application.id,
            kind=kind,
            number=seen_number + 1,
            finding=finding,
            checked_on=checked_on,
            evidence=evidence,
            note=written,
            actor_id=actor.user_id,
            at=now,
        )
    )


def findings_of(application_id: int) -> Sequence[EmploymentCheck]:
    """Return all that was written down about the checks of an application, oldest first, with who did."""
    statement = (
        select(EmploymentCheck)
        .where(EmploymentCheck.application_id == application_id)
        .options(joinedload(EmploymentCheck.actor))
        .order_by(EmploymentCheck.id)
    )
    return db.session.scalars(statement).all()


def standing_of(application_id: int) -> Mapping[Check, EmploymentCheck]:
    """Return the finding that stands for each check that has one, with who wrote it down."""
    statement = (
        select(EmploymentCheck)
        .where(EmploymentCheck.application_id == application_id, stands())
        .options(joinedload(EmploymentCheck.actor))
    )
    return {one.kind: one for one in db.session.scalars(statement)}


def dbs_findings(actor: Actor, application: Application) -> Sequence[EmploymentCheck]:
    """Return what stands of the DBS and barred list checks: all of them that the safeguarding lead reads.

    Raises:
        NotAllowed: not a safeguarding lead, or their own application.
    """
    authorise(actor, Permission.DETAILS_DBS, application)
    standing = standing_of(application.id)
    return [standing[kind] for kind in Check if kind in DBS_CHECKS and kind in standing]
