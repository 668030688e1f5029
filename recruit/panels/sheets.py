"""What a scorer does with their sheet: declare, score, submit, open again, leave; and what HR takes off."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from recruit.core.db import db, hold
from recruit.core.errors import Conflict, Incomplete
from recruit.panels import records
from recruit.panels.entry import Entry
from recruit.panels.lacking import tell_of_lack
from recruit.panels.models import ScoreSheet
from recruit.panels.offering import offer
from recruit.panels.rounds import lines_of, refuse_closed
from recruit.panels.standings import NONE, TABLES, Line, Stage, standings_of
from recruit.panels.telling import tell_to_settle
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import permit
from recruit.rules.reasons import needed_reason
from recruit.rules.sift import SHEET_MOVES, STOPPED_WORDS, Round, SheetStatus

ALL_IN = {
    True: "The other scorer’s scores are in as well, so both can no longer be changed.",
    False: "Everybody’s scores are in, so they can no longer be changed.",
}
"""Why submitted scores stay, in the sift and in interviews."""


def faults(criteria: Sequence[Line], entries: Mapping[int, Entry]) -> dict[int, tuple[str, str]]:
    """Return what keeps scores from being submitted, by line: the field, "score" or "note", and a sentence."""
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
    refuse_closed(sheet, now=now, is_begun=False)
    _refuse_unless_to_score(sheet)
    if sheet.declared_at is None:
        sheet.declared_at = now
        what = f"{actor.name} declared that they know of no connection"
        records.record(actor, sheet.application.vacancy_id, what, now=now, application_id=sheet.application_id)


def save_scores(
    actor: Actor, sheet: ScoreSheet, entries: Mapping[int, Entry], *, seen_version: int, now: datetime, submit: bool
) -> None:
    """Keep scores, to go on later or for good.

    What is there already is taken whatever page it comes from: a page whose answer was lost on the way sends it again.

    Args:
        entries: by line of the round; others are left out.
        seen_version: the sheet's version on the page that they were entered on.
        submit: hand them in: they can be changed no more, but for opening them again while the other's are not in.

    Raises:
        NotAllowed: not the scorer's own sheet.
        Conflict: changed in another window since, declared nothing yet, or not to be scored any more.
        Incomplete: handed in with a score or its note missing, or something out of range.
    """
    authorise(actor, Permission.SHEET_SCORE, sheet)
    _take_turn(sheet)
    refuse_closed(sheet, now=now)
    lines, rows = lines_of(sheet.application.vacancy, sheet.round), _rows(sheet)
    is_there = _is_there(rows, lines, entries)
    if submit and is_there and sheet.status == SheetStatus.SUBMITTED:
        return
    _refuse_unless_to_score(sheet)
    if sheet.declared_at is None:
        raise Conflict("Say first whether you know of a connection.")
    if sheet.version != seen_version and not is_there:
        raise Conflict("You saved these scores in another window since. Nothing of this page was saved.")
    if not lines:
        raise Conflict("No questions are written for this interview yet, so there is nothing to score.")
    _refuse_odd(entries)
    if submit and (found := faults(lines, entries)):
        raise Incomplete(next(iter(found.values()))[1])
    _keep(sheet, rows, lines, entries)
    if submit:
        move = permit(SHEET_MOVES, actor, sheet, SheetStatus.SUBMITTED)
        records.take(move, actor, sheet, f"{actor.name} submitted scores", now=now)
        _tell_chair(sheet, now)
    elif sheet.version == seen_version:
        flag_modified(sheet, "given_at")  # the sheet's version grows with what hangs on it


def _tell_chair(sheet: ScoreSheet, now: datetime) -> None:
    """Write to the chair when this application is the first that waits for them."""
    db.session.flush()
    vacancy, round_ = sheet.application.vacancy, sheet.round
    lines = lines_of(vacancy, round_)
    own = standings_of(vacancy.id, lines, round_=round_, application_id=sheet.application_id)
    if own[0].stage != Stage.DIFFERS:
        return
    waiting = [one for one in standings_of(vacancy.id, lines, round_=round_) if one.stage == Stage.DIFFERS]
    if len(waiting) == 1:
        tell_to_settle(vacancy, round_, now=now)


def _refuse_odd(entries: Mapping[int, Entry]) -> None:
    least, most = limits.SCORES
    for entry in entries.values():
        if entry.score is not None and not least <= entry.score <= most:
            raise Incomplete(f"A score is {least} to {most}")
        if len(entry.note) > limits.SCORE_NOTE_CHARACTERS:
            raise Incomplete(f"A note must be {limits.SCORE_NOTE_CHARACTERS:,} characters or fewer")


def _rows(sheet: ScoreSheet) -> dict[int, Any]:
    """Return what is kept of a sheet, by line."""
    scores = TABLES[sheet.round][0]
    return {row.line_id: row for row in db.session.scalars(select(scores).where(scores.sheet_id == sheet.id))}


def _is_there(rows: Mapping[int, Any], lines: Sequence[Line], entries: Mapping[int, Entry]) -> bool:
    """Say whether `entries` are what is kept, line by line."""
    kept = {key: Entry(row.score, row.note) for key, row in rows.items()}
    return all(kept.get(line.id, NONE) == entries.get(line.id, NONE) for line in lines)


def _keep(sheet: ScoreSheet, rows: Mapping[int, Any], lines: Sequence[Line], entries: Mapping[int, Entry]) -> None:
    scores = TABLES[sheet.round][0]
    for line in lines:
        entry = entries.get(line.id, NONE)
        row = rows.get(line.id)
        if row is None:
            row = scores(sheet_id=sheet.id, line_id=line.id)
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
    refuse_closed(sheet, now=now)
    move = permit(SHEET_MOVES, actor, sheet, SheetStatus.TO_SCORE)
    if all_are_in(sheet):
        raise Conflict(ALL_IN[sheet.round == Round.SIFT])
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
    refuse_closed(sheet, now=now, is_begun=False)
    move = permit(SHEET_MOVES, actor, sheet, target)
    what = f"{actor.name} {STOPPED_WORDS[target]}"
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
    refuse_closed(sheet, now=now, by_hr=True)
    move = permit(SHEET_MOVES, actor, sheet, SheetStatus.REMOVED)
    records.take(move, actor, sheet, f"{sheet.scorer.name} {STOPPED_WORDS[move.target]}", now=now, note=_reason(reason))
    _give_on(actor, sheet, now)


def all_are_in(sheet: ScoreSheet) -> bool:
    """Say whether everybody who scores this application in this round has submitted."""
    vacancy, round_ = sheet.application.vacancy, sheet.round
    found = standings_of(vacancy.id, lines_of(vacancy, round_), round_=round_, application_id=sheet.application_id)
    return bool(found) and found[0].both_in


def _give_on(actor: Actor, sheet: ScoreSheet, now: datetime) -> None:
    db.session.flush()
    vacancy_id = sheet.application.vacancy_id
    if sheet.round != Round.SIFT:
        return  # whoever interviewed is left; nobody can take over
    if offer([sheet.application_id], vacancy_id, now=now).lacking:
        what = "Nobody else on the panel can score it: add a member"
        records.record(actor, vacancy_id, what, now=now, application_id=sheet.application_id)
        tell_of_lack(actor, sheet.application.vacancy, [sheet.application_id], now=now)


def _take_turn(sheet: ScoreSheet) -> None:
    """Wait for others who do something with the same vacancy's panel, then read what is true now."""
    hold(f"panel:{sheet.application.vacancy_id}")
    db.session.refresh(sheet)
    db.session.refresh(sheet.application)


def _refuse_unless_to_score(sheet: ScoreSheet) -> None:
    if sheet.status != SheetStatus.TO_SCORE:
        raise Conflict("These scores are not open to you any more. Nothing was saved.")


def _reason(text: str) -> str:
    return needed_reason(text, most=limits.SCORE_NOTE_CHARACTERS)
