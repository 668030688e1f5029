"""Changing what a published vacancy promises: posts, pay, hours, contract, criteria, closing date, what is paid beside.

Its team asks, the published text stays public, and somebody else approves: `applications.vacancy_change` applies it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from recruit.core.calendar import london_day, shown_closing
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.text import clean_prose
from recruit.pay.models import Grade, PayTable, WelcomeSchemeVersion
from recruit.pay.queries import range_for
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import REVISION_MOVES, Move, RevisionStatus, VacancyStatus, permit
from recruit.vacancies.before_and_after import POSTS, differences
from recruit.vacancies.criteria import Lines, checked
from recruit.vacancies.criteria_sets import as_json, line_from
from recruit.vacancies.models import CriterionKind, Vacancy
from recruit.vacancies.moves import note, refuse_stale
from recruit.vacancies.pricing import refuse_ruled_out, welcome_for
from recruit.vacancies.readiness import Finding, NotReady, is_too_long
from recruit.vacancies.revised_terms import is_another_post, post_of_change, terms_now
from recruit.vacancies.writing_models import VacancyRevision

OPEN = (RevisionStatus.DRAFT, RevisionStatus.AWAITING_APPROVAL)
LIVE = (VacancyStatus.PUBLISHED, VacancyStatus.PAUSED)
NOT_LIVE = "Only a published vacancy without an outcome can be changed. You can relist it as a copy."
CLOSED = "This vacancy has closed, so only its number of posts can change. You can relist it as a copy."
OVERTAKEN = "The vacancy itself has changed since this change was begun, so what would change is not what was read."
MAKE_AGAIN = "The change has to be dropped or declined, and made again from the vacancy as it is now."
STALE = "Somebody changed this change after you opened it. Nothing of yours was saved over theirs."


def open_revision(vacancy: Vacancy) -> VacancyRevision | None:
    """Return the change of `vacancy` that is being written or waits for approval, if there is one."""
    return open_revisions([vacancy.id]).get(vacancy.id)


def open_revisions(vacancy_ids: Iterable[int]) -> dict[int, VacancyRevision]:
    """Return the same of some vacancies, by their ids, in one statement; a vacancy has at most one."""
    statement = (
        select(VacancyRevision)
        .where(VacancyRevision.vacancy_id.in_(list(vacancy_ids)), VacancyRevision.status.in_(OPEN))
        .options(joinedload(VacancyRevision.author), joinedload(VacancyRevision.sent_by))
    )
    return {revision.vacancy_id: revision for revision in db.session.scalars(statement)}


def revisions_to_approve() -> Sequence[VacancyRevision]:
    """Return the changes that wait for approval, the longest first."""
    statement = (
        select(VacancyRevision)
        .where(VacancyRevision.status == RevisionStatus.AWAITING_APPROVAL)
        .options(joinedload(VacancyRevision.vacancy).joinedload(Vacancy.team), joinedload(VacancyRevision.sent_by))
        .order_by(VacancyRevision.sent_at, VacancyRevision.id)
        .limit(limits.APPROVALS_SHOWN)
    )
    return db.session.scalars(statement).all()


def waiting_revision(vacancy: Vacancy) -> VacancyRevision:
    """Return the change of `vacancy` that waits for approval.

    Raises:
        NotFound: there is none.
    """
    revision = open_revision(vacancy)
    if revision is None or revision.status is not RevisionStatus.AWAITING_APPROVAL:
        raise NotFound("No change of this vacancy is waiting for approval.")
    return revision


def start_revision(actor: Actor, vacancy: Vacancy, *, now: datetime) -> VacancyRevision:
    """Begin a change of `vacancy`, or go on with the one that is there.

    Raises:
        NotAllowed: it is another team's.
        Conflict: it is not published, or its outcome is recorded.
    """
    authorise(actor, Permission.VACANCY_EDIT, vacancy)
    if vacancy.status not in LIVE:
        raise Conflict(NOT_LIVE)
    if revision := open_revision(vacancy):
        return revision
    terms = terms_now(vacancy)
    revision = VacancyRevision(
        vacancy=vacancy,
        status=RevisionStatus.DRAFT,
        before=terms,
        after=terms,
        reason="",
        comment="",
        author_id=actor.user_id,
        edited_by_id=actor.user_id,
        created_at=now,
    )
    db.session.add(revision)
    return revision


def change_terms(
    actor: Actor,
    revision: VacancyRevision,
    *,
    grade: Grade,
    table: PayTable,
    welcome: str,
    closes_at: datetime,
    seen_version: int,
    now: datetime,
) -> None:
    """Write what the change says of pay, welcome payment and closing date.

    Args:
        welcome: "keep" what it has, "none", or "current" for the terms in force.

    Raises:
        NotAllowed: it is another team's.
        Conflict: it was sent, or somebody changed it since.
        Incomplete: the table lacks a point of the grade, no welcome payment is in force, or it is not for such a post.
        NotReady: the closing date does not fit.
    """
    begin(actor, revision, seen_version)
    low, high = range_for(grade, table)
    chosen = _welcome_chosen(revision, grade, welcome, now)
    if findings := wrong_closing(revision.vacancy, closes_at, now):
        raise NotReady(findings)
    pay = {
        "grade_id": grade.id, "pay_table_id": table.id, "point_min": grade.point_min, "point_max": grade.point_max,
        "salary_min_pence": low, "salary_max_pence": high,
    }  # fmt: skip
    is_same = (grade.id, table.id) == (revision.before["grade_id"], revision.before["pay_table_id"])
    pay = {name: revision.before[name] for name in pay} if is_same else pay
    revision.after = {**revision.after, **pay, "welcome_id": chosen, "closes_at": closes_at.isoformat()}
    revision.edited_by_id = actor.user_id


def change_criteria(actor: Actor, revision: VacancyRevision, lines: Lines, *, seen_version: int) -> None:
    """Write the person specification of the change.  One that is reworded is a new criterion to candidates.

    Raises:
        NotAllowed, Conflict: as `change_terms`.
        Incomplete: a line says nothing or too much or is there twice, or there are too many of a kind.
    """
    begin(actor, revision, seen_version)
    revision.after = {**revision.after, "criteria": [as_json(line) for line in checked(lines)]}
    revision.edited_by_id = actor.user_id


def send_revision(actor: Actor, revision: VacancyRevision, reason: str, *, seen_version: int, now: datetime) -> None:
    """Ask for approval of the change.

    Raises:
        NotAllowed: it is another team's.
        Conflict: it was sent already, somebody changed it since, or the vacancy changed meanwhile.
        Incomplete: nothing would change, no reason, or no essential criterion.
    """
    move = permit_revision(actor, revision, RevisionStatus.AWAITING_APPROVAL, seen_version)
    refuse_changed(revision, now)
    reason = clean_prose(reason)
    if not differences(revision):
        raise Incomplete("Nothing is changed yet")
    if not any(line.kind is CriterionKind.ESSENTIAL for line in lines_of(revision)):
        raise Incomplete("Enter at least 1 essential criterion")
    if not reason or len(reason) > limits.COMMENT_CHARACTERS:
        raise Incomplete(f"Enter why it should change, in at most {limits.COMMENT_CHARACTERS:,} characters")

    revision.status, revision.reason = move.target, reason
    revision.sent_at, revision.sent_by_id = now, actor.user_id
    note(actor, revision.vacancy, revision.vacancy.status, now, f"Change sent for approval\n{reason}")


def drop_revision(actor: Actor, revision: VacancyRevision, *, seen_version: int, now: datetime) -> None:
    """Ask for the change no more.

    Raises: as `send_revision`.
    """
    was_sent = revision.sent_at is not None
    revision.status = permit_revision(actor, revision, RevisionStatus.WITHDRAWN, seen_version).target
    if was_sent:
        note(actor, revision.vacancy, revision.vacancy.status, now, "Change taken back")


def permit_revision(
    actor: Actor, revision: VacancyRevision, target: RevisionStatus, seen_version: int
) -> Move[RevisionStatus]:
    """Wait for the change's row, and return the move to `target`, if it is open to `actor`.

    Raises:
        NotAllowed: not theirs to do.
        Conflict: it is elsewhere by now, or somebody changed it since the page that showed `seen_version`.
    """
    db.session.refresh(revision, with_for_update={"of": VacancyRevision})
    move = permit(REVISION_MOVES, actor, revision, target)
    if revision.version != seen_version:
        raise Conflict(STALE)
    return move


def lines_of(revision: VacancyRevision) -> Lines:
    """Return the criteria as they would be."""
    return tuple(line_from(line) for line in revision.after["criteria"])


def refuse_changed(revision: VacancyRevision, now: datetime) -> None:
    """Wait for the vacancy's row, and refuse if its terms are not those that the change began from.

    Raises:
        Conflict: they are not, it is not live any more, or it has closed and more than its posts would change.
    """
    vacancy = revision.vacancy
    refuse_stale(vacancy, vacancy.version)
    db.session.expire(vacancy, ["criteria"])
    if vacancy.status not in LIVE:
        raise Conflict(NOT_LIVE)
    if vacancy.has_closed(now) and any(part != POSTS for part, _, _ in differences(revision)):
        raise Conflict(CLOSED)
    if is_overtaken(revision):
        raise Conflict(f"{OVERTAKEN} Nothing was done. {MAKE_AGAIN}")


def is_overtaken(revision: VacancyRevision) -> bool:
    """Say whether the vacancy's terms are no longer those that the change began from."""
    now = terms_now(revision.vacancy)
    return now != {**now, **revision.before}


def wrong_closing(vacancy: Vacancy, closes_at: datetime, now: datetime) -> list[Finding]:
    """Return what is wrong with another closing moment; nothing where it is the one that it has."""
    if closes_at == vacancy.closes_at:
        return []
    if closes_at <= max(now, vacancy.opens_at or now):
        return [Finding("closes_on", "The closing date must be in the future, and after it opens")]
    if is_too_long(closes_at, vacancy, now):
        return [Finding("closes_on", f"The closing date must be at most {limits.MAXIMUM_ADVERT_DAYS} days away")]
    if vacancy.interview_on and london_day(shown_closing(closes_at)) >= vacancy.interview_on:
        return [Finding("closes_on", "The closing date must be before the interviews. Change their date first")]
    return []


def _welcome_chosen(revision: VacancyRevision, grade: Grade, welcome: str, now: datetime) -> int | None:
    """Return the id of the terms that the post would come with: those in force are for it, kept ones for its grade."""
    kept, post = revision.before["welcome_id"], post_of_change(revision, grade)
    if welcome == "current":
        return welcome_for(post, now=now).id
    if welcome != "keep" or kept is None:
        return None
    if is_another_post({**revision.after, "grade_id": grade.id}, revision.before):
        refuse_ruled_out(db.session.get_one(WelcomeSchemeVersion, kept), post)
    return int(kept)


def begin(actor: Actor, revision: VacancyRevision, seen_version: int) -> None:
    """Wait for the change's row, and refuse if the actor may not write it now.

    Raises:
        NotAllowed: it is another team's.
        Conflict: it was sent, or somebody changed it since.
    """
    authorise(actor, Permission.VACANCY_EDIT, revision)
    db.session.refresh(revision, with_for_update={"of": VacancyRevision})
    if revision.version != seen_version:
        raise Conflict(STALE)
    if revision.status is not RevisionStatus.DRAFT:
        raise Conflict("This change was sent for approval, so that HR approves what it reads. Drop it to make another.")
    as_it_is = terms_now(revision.vacancy)  # one that was begun before the post could change says nothing of it
    revision.before, revision.after = {**as_it_is, **revision.before}, {**as_it_is, **revision.after}
