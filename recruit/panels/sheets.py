"""What a scorer does with their sheet: declare, score, submit, open again, leave; and what HR takes off."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from recruit.core.db import db, hold
from recruit.core.errors import Conflict, Incomplete
from recruit.panels import records
from recruit.panels.entry import Entry
from recruit.panels.models import CriterionScore, ScoreSheet
from recruit.panels.offering import offer
from recruit.panels.opening import refuse_unless_open
from recruit.panels.standings import Stage, standings_of
from recruit.panels.telling import tell_to_settle
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import ApplicationStatus, permit
from recruit.rules.reasons import needed_reason
from recruit.rules.sift import SHEET_MOVES, SheetStatus
from recruit.vacancies.models import Criterion


def faults(criteria: Sequence[Criterion], entries: Mapping[int, Entry]) -> dict[int, tuple[str, str]]:
    """Return what keeps scores from being submitted, by criterion: the field, "score" or "note", and a sentence."""
    found = {}
    for criterion in criteria:
        entry = entries.get(criterion.id, Entry(None, ""))
        if entry.score is None:
            found[criterion.id] = ("score", f"Select a score for “{criterion.text}”")
        elif entry.score in limits.SCORES and not entry.note.strip():
            found[criterion.id] = ("note", f"Enter the evidence for your score of {entry.score} for “{criterion.text}”")
    return found


def declare_none(actor: Actor, sheet: ScoreSheet, *, now: datetime) -> None:
    """Keep that the scorer knows of no connection with whoever this is; it opens the application to them.

    Raises:
        NotAllowed: not the scorer's own sheet.
        Conflict: it is not to be scored any more.
    """
    authorise(actor, Permission.SHEET_SCORE, sheet)
    _take_turn(sheet)
    _refuse_unless_to_score(sheet)
    if sheet.declared_at is None:
        sheet.declared_at = now
        what = f"{actor.name} declared that they know of no connection"
        records.record(actor, sheet.application.vacancy_id, what, now=now, application_id=sheet.application_id)


def save_scores(
    actor: Actor, sheet: ScoreSheet, entries: Mapping[int, Entry], *, seen_version: int, now: datetime, submit: bool
) -> None:
    """Keep scores, to go on later or for good.

    Args:
        entries: by criterion of the vacancy; others are left out.
        seen_version: the sheet's version on the page that they were entered on.
        submit: hand them in: they can be changed no more, but for opening them again while the other's are not in.

    Raises:
        NotAllowed: not the scorer's own sheet.
        Conflict: changed in another window since, declared nothing yet, or not to be scored any more.
        Incomplete: handed in with a score or its note missing, or something out of range.
    """
    authorise(actor, Permission.SHEET_SCORE, sheet)
    _take_turn(sheet)
    _refuse_unless_to_score(sheet)
    if sheet.declared_at is None:
        raise Conflict("Say first whether you know of a connection.")
    if sheet.version != seen_version:
        raise Conflict("You saved these scores in another window since. Nothing of this page was saved.")
    criteria = sheet.application.vacancy.asked
    _refuse_odd(entries)
    if submit and (found := faults(criteria, entries)):
        raise Incomplete(next(iter(found.values()))[1])
    _keep(sheet, criteria, entries)
    if submit:
        move = permit(SHEET_MOVES, actor, sheet, SheetStatus.SUBMITTED)
        records.take(move, actor, sheet, f"{actor.name} submitted scores", now=now)
        _tell_chair(sheet, now)
    else:
        flag_modified(sheet, "given_at")  # the sheet's version grows with what hangs on it


def _tell_chair(sheet: ScoreSheet, now: datetime) -> None:
    """Write to the chair when this application is the first that waits for them."""
    db.session.flush()
    vacancy = sheet.application.vacancy
    own = standings_of(vacancy.id, vacancy.asked, application_id=sheet.application_id)
    if own[0].stage != Stage.DIFFERS:
        return
    waiting = [one for one in standings_of(vacancy.id, vacancy.asked) if one.stage == Stage.DIFFERS]
    if len(waiting) == 1:
        tell_to_settle(vacancy, now=now)


def _refuse_odd(entries: Mapping[int, Entry]) -> None:
    least, most = limits.SCORES
    for entry in entries.values():
        if entry.score is not None and not least <= entry.score <= most:
            raise Incomplete(f"A score is {least} to {most}")
        if len(entry.note) > limits.SCORE_NOTE_CHARACTERS:
            raise Incomplete(f"A note must be {limits.SCORE_NOTE_CHARACTERS:,} characters or fewer")


def _keep(sheet: ScoreSheet, criteria: Sequence[Criterion], entries: Mapping[int, Entry]) -> None:
    statement = select(CriterionScore).where(CriterionScore.sheet_id == sheet.id)
    rows = {row.criterion_id: row for row in db.session.scalars(statement)}
    for criterion in criteria:
        entry = entries.get(criterion.id, Entry(None, ""))
        row = rows.get(criterion.id)
        if row is None:
            row = CriterionScore(sheet_id=sheet.id, criterion_id=criterion.id)
            db.session.add(row)
        row.score, row.note = entry.score, entry.note


def reopen(actor: Actor, sheet: ScoreSheet, reason: str, *, now: datetime) -> None:
    """Let a scorer change submitted scores, as long as the other's are not in.

    Raises:
        NotAllowed: not the scorer's own sheet.
        Conflict: the other scorer's are in, so that both are fixed; or they are not submitted.
        Incomplete: no reason, or one that is too long.
    """
    authorise(actor, Permission.SHEET_SCORE, sheet)
    _take_turn(sheet)
    _refuse_decided(sheet)
    move = permit(SHEET_MOVES, actor, sheet, SheetStatus.TO_SCORE)
    if other_is_in(sheet):
        raise Conflict("The other scorer’s scores are in as well, so both can no longer be changed.")
    records.take(move, actor, sheet, f"{actor.name} opened their scores again", now=now, note=_reason(reason))


def leave(actor: Actor, sheet: ScoreSheet, target: SheetStatus, reason: str, *, now: datetime) -> None:
    """Stop being a scorer of an application, which is given to another member.

    Args:
        target: abstained, with a reason; or connected, for somebody who knows who it is, with one if they like.

    Raises:
        NotAllowed: not the scorer's own sheet.
        Conflict: they are no scorer of it any more, or it has been decided.
        Incomplete: no reason where one is needed, or one that is too long.
    """
    authorise(actor, Permission.SHEET_SCORE, sheet)
    _take_turn(sheet)
    _refuse_decided(sheet)
    move = permit(SHEET_MOVES, actor, sheet, target)
    what = {
        SheetStatus.ABSTAINED: f"{actor.name} left it to another member",
        SheetStatus.CONNECTED: f"{actor.name} declared a connection",
    }[target]
    note = _reason(reason) if move.needs_reason or reason.strip() else ""
    records.take(move, actor, sheet, what, now=now, note=note)
    _give_on(actor, sheet, now)


def remove_scorer(actor: Actor, sheet: ScoreSheet, reason: str, *, now: datetime) -> None:
    """Take a scorer off an application: HR knows who it is, and may learn of a connection that the scorer cannot see.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: they are no scorer of it any more, or it has been decided.
        Incomplete: no reason, or one that is too long.
    """
    authorise(actor, Permission.SHEET_REMOVE, sheet)
    _take_turn(sheet)
    _refuse_decided(sheet)
    move = permit(SHEET_MOVES, actor, sheet, SheetStatus.REMOVED)
    records.take(move, actor, sheet, f"{sheet.scorer.name} was taken off", now=now, note=_reason(reason))
    _give_on(actor, sheet, now)


def other_is_in(sheet: ScoreSheet) -> bool:
    """Say whether another scorer's sheet of the same application is submitted."""
    statement = select(func.count()).where(
        ScoreSheet.application_id == sheet.application_id,
        ScoreSheet.id != sheet.id,
        ScoreSheet.status == SheetStatus.SUBMITTED,
    )
    return bool(db.session.scalar(statement))


def _give_on(actor: Actor, sheet: ScoreSheet, now: datetime) -> None:
    db.session.flush()
    vacancy_id = sheet.application.vacancy_id
    if offer([sheet.application_id], vacancy_id, now=now).lacking:
        what = "Nobody else on the panel can score it: add a member"
        records.record(actor, vacancy_id, what, now=now, application_id=sheet.application_id)


def _take_turn(sheet: ScoreSheet) -> None:
    """Wait for others who do something with the same vacancy's panel, then read what is true now."""
    hold(f"panel:{sheet.application.vacancy_id}")
    db.session.refresh(sheet)
    db.session.refresh(sheet.application)


def _refuse_unless_to_score(sheet: ScoreSheet) -> None:
    _refuse_decided(sheet)
    if sheet.status != SheetStatus.TO_SCORE:
        raise Conflict("These scores are not open to you any more. Nothing was saved.")


def _refuse_decided(sheet: ScoreSheet) -> None:
    if sheet.application.status != ApplicationStatus.SUBMITTED:
        raise Conflict("This application has been decided or withdrawn, so it is not scored any more.")
    refuse_unless_open(sheet.application.vacancy)


def _reason(text: str) -> str:
    return needed_reason(text, most=limits.SCORE_NOTE_CHARACTERS)
