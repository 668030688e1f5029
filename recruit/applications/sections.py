"""Saving the sections that are one form each: contact details, registration, evidence, declaration."""

from dataclasses import replace
from datetime import datetime

from recruit.applications import queries, saving
from recruit.applications.completeness import Problem
from recruit.applications.models import (
    Application,
    ContactDetails,
    Declaration,
    Evidence,
    RegistrationAnswer,
    Section,
)
from recruit.applications.postcode import is_abroad, normalise_postcode
from recruit.applications.registration import normalise_registration_number
from recruit.applications.saving import Entered
from recruit.applications.words import too_long
from recruit.core.db import db
from recruit.rules import limits
from recruit.rules.access import Actor


def save_contact_details(actor: Actor, application: Application, entered: Entered, *, now: datetime) -> list[Problem]:
    """Keep the contact details as entered; a postcode is kept as Royal Mail writes it if it is one.

    Returns:
        What keeps the section from being finished, if the candidate said that it is.

    Raises:
        NotAllowed: it is somebody else's application.
        Conflict: it was sent, the vacancy has closed, or another window saved other details (`SavedElsewhere`).
    """
    saving.begin(actor, application, now=now)
    row = db.session.get(ContactDetails, application.id)
    is_new = row is None
    row = row or ContactDetails(application_id=application.id)
    postcode = normalise_postcode(entered.values.get("postcode") or "")
    is_home = not is_abroad(entered.values.get("country") or "")
    values = {**entered.values, "postcode": postcode} if postcode and is_home else entered.values
    changed = saving.put(row, replace(entered, values=values), is_new=is_new)
    db.session.add(row)
    return saving.finish(application, Section.CONTACT, entered, changed=changed, now=now)


def save_registration(actor: Actor, application: Application, entered: Entered, *, now: datetime) -> list[Problem]:
    """Keep how the candidate stands with Social Work England; a number is kept as the register writes it if it is one.

    Returns, raises: as `save_contact_details`.
    """
    saving.begin(actor, application, now=now)
    row = db.session.get(RegistrationAnswer, application.id)
    is_new = row is None
    row = row or RegistrationAnswer(application_id=application.id)
    number = entered.values.get("number")
    normal = normalise_registration_number(number) if number else None
    values = {**entered.values, "number": normal} if normal else entered.values
    changed = saving.put(row, replace(entered, values=values), is_new=is_new)
    db.session.add(row)
    return saving.finish(application, Section.REGISTRATION, entered, changed=changed, now=now)


def save_situation(actor: Actor, application: Application, entered: Entered, *, now: datetime) -> None:
    """Keep which situation the candidate is in, the value "state"; a new one has questions of its own to finish.

    Raises: as `save_contact_details`.
    """
    saving.begin(actor, application, now=now)
    row = db.session.get(RegistrationAnswer, application.id)
    is_new = row is None
    row = row or RegistrationAnswer(application_id=application.id)
    before = row.state
    changed = saving.put(row, entered, is_new=is_new)
    db.session.add(row)
    section = saving.touch(application, Section.REGISTRATION, changed=changed, now=now)
    section.is_complete = section.is_complete and row.state == before


def save_evidence(
    actor: Actor, application: Application, criterion_id: int, entered: Entered, *, now: datetime
) -> list[Problem]:
    """Keep the evidence for one criterion, the value "text", however long it is.

    Returns:
        That it has too many words, if it has.

    Raises:
        NotFound: the vacancy has no such criterion.
        NotAllowed, Conflict: as `save_contact_details`.
    """
    saving.begin(actor, application, now=now)
    criterion = queries.criterion_of(application, criterion_id)
    row = db.session.get(Evidence, (application.id, criterion_id))
    is_new = row is None
    row = row or Evidence(application_id=application.id, criterion_id=criterion_id)
    changed = saving.put(row, entered, is_new=is_new)
    if "text" in entered.values:  # else it was too long to be kept at all
        db.session.add(row)
    saving.touch(application, Section.EVIDENCE, changed=changed, now=now)
    message = too_long("Your answer", row.text or "", limits.EVIDENCE_WORDS)
    return [Problem(Section.EVIDENCE, message, criterion.id, "text")] if message else []


def finish_section(
    actor: Actor, application: Application, section: Section, entered: Entered, *, now: datetime
) -> list[Problem]:
    """Note what the candidate says of a section whose answers are saved one by one.

    Returns, raises: as `save_contact_details`.
    """
    saving.begin(actor, application, now=now)
    return saving.finish(application, section, entered, changed=False, now=now)


def declare(actor: Actor, application: Application, *, confirmed: bool, now: datetime) -> list[Problem]:
    """Keep that the candidate declares the application to be true, or that they no longer do.

    Returns, raises: as `save_contact_details`.
    """
    saving.begin(actor, application, now=now)
    row = db.session.get(Declaration, application.id)
    if confirmed and row is None:
        db.session.add(Declaration(application_id=application.id, declared_at=now))
    if not confirmed and row is not None:
        db.session.delete(row)
    return saving.finish(application, Section.DECLARATION, Entered(finished=True), changed=False, now=now)
