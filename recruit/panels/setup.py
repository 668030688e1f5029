"""What HR does with a panel: members, chair, training, what the panel sees, and whether decisions wait for it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from recruit.applications.models import Application
from recruit.core.calendar import london_day, short_date
from recruit.core.db import db, hold
from recruit.core.errors import Conflict, Incomplete
from recruit.panels.composition import Member, closing_day, members_of, missing, people_to_choose
from recruit.panels.lacking import tell_of_lack
from recruit.panels.models import PanelMember, SaferRecruitmentTraining, ScoreSheet
from recruit.panels.offering import offer, waiting_applications
from recruit.panels.opening import is_open, sift_of
from recruit.panels.records import record
from recruit.panels.telling import tell_joined
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.sift import LIVE, SheetStatus
from recruit.vacancies.models import Vacancy


def add_member(actor: Actor, vacancy: Vacancy, user_id: int, *, now: datetime) -> None:
    """Put somebody on the panel; the first is its chair.  In an open sift they are given what lacks a scorer.

    Raises:
        NotAllowed: not HR.
        Incomplete: they cannot be on it, or it is full.
    """
    authorise(actor, Permission.PANEL_MANAGE, vacancy)
    _take_turn(vacancy)
    members = members_of(vacancy.id)
    names = dict(people_to_choose(vacancy.id))
    if user_id not in names:
        raise Incomplete("Select a person from the list")
    if len(members) >= limits.PANEL_MEMBERS[1]:
        raise Incomplete(f"A panel has {limits.PANEL_MEMBERS[1]} members at most")
    is_first = not any(member.is_chair for member in members)
    db.session.add(PanelMember(vacancy_id=vacancy.id, user_id=user_id, is_chair=is_first, added_at=now))
    db.session.flush()
    record(actor, vacancy.id, f"{names[user_id]} joined the panel" + (" as its chair" if is_first else ""), now=now)
    tell_joined(vacancy, user_id, is_chair=is_first, now=now)
    if is_open(vacancy.id):
        offer(waiting_applications(vacancy.id), vacancy.id, now=now)


def remove_member(actor: Actor, vacancy: Vacancy, user_id: int, *, now: datetime) -> None:
    """Take somebody off the panel.  What they scored stays and counts; what they have not is given to others.

    Of somebody who applied for the vacancy nothing counts: all that they had is given to others.

    Raises:
        NotAllowed: not HR.
        Conflict: they are not on it, or the sift is open and the panel would lack what it has.
    """
    authorise(actor, Permission.PANEL_MANAGE, vacancy)
    _take_turn(vacancy)
    members = members_of(vacancy.id)
    leaver = _member(members, user_id)
    opened = is_open(vacancy.id)
    lacks = _lacking_without(leaver, members, closing_day(vacancy, now))
    if opened and lacks:
        raise Conflict(f"The sift is open, and without {leaver.name} the panel is not complete. {lacks[0]}")
    db.session.delete(db.session.get_one(PanelMember, (vacancy.id, user_id)))
    record(actor, vacancy.id, f"{leaver.name} left the panel", now=now)
    ended = LIVE if leaver.applied else (SheetStatus.TO_SCORE,)
    left = db.session.scalars(
        select(ScoreSheet)
        .join(Application, Application.id == ScoreSheet.application_id)
        .where(
            Application.vacancy_id == vacancy.id,
            ScoreSheet.scorer_id == user_id,
            ScoreSheet.status.in_(ended),
        )
    ).all()
    for sheet in left:
        sheet.status = SheetStatus.REMOVED
    db.session.flush()
    if opened and offer(waiting_applications(vacancy.id), vacancy.id, now=now).lacking:
        tell_of_lack(actor, vacancy, [sheet.application_id for sheet in left], now=now)


def _lacking_without(leaver: Member, members: Sequence[Member], on: date) -> list[str]:
    """Return what a panel lacks without somebody that it has with them, and what those of it who can score then lack.

    What it lacks in any case, such as the account of another member, keeps nobody on it; that fewer would be left of
    too few does.
    """
    able = [member for member in members if member.is_panel and not member.applied]
    found = _more_missing(leaver, members, on)
    if leaver in able:
        found += [f"Of those who can score, {one[0].lower()}{one[1:]}" for one in _more_missing(leaver, able, on)]
    return found


def _more_missing(leaver: Member, people: Sequence[Member], on: date) -> list[str]:
    lacked = missing(people, on)
    return [one for one in missing([one for one in people if one is not leaver], on) if one not in lacked]


def choose_chair(actor: Actor, vacancy: Vacancy, user_id: int, *, now: datetime) -> None:
    """Make a member the chair.

    Raises:
        NotAllowed: not HR.
        Conflict: they are not on the panel.
    """
    authorise(actor, Permission.PANEL_MANAGE, vacancy)
    _take_turn(vacancy)
    members = members_of(vacancy.id)
    new = _member(members, user_id)
    if new.is_chair:
        return
    for member in members:
        if member.is_chair:
            db.session.get_one(PanelMember, (vacancy.id, member.id)).is_chair = False
    db.session.flush()  # never two at once
    db.session.get_one(PanelMember, (vacancy.id, user_id)).is_chair = True
    record(actor, vacancy.id, f"{new.name} is the chair", now=now)
    tell_joined(vacancy, user_id, is_chair=True, now=now)


def record_training(actor: Actor, vacancy: Vacancy, user_id: int, trained_on: date, *, now: datetime) -> None:
    """Keep when a member had their safer-recruitment training.  It counts for `limits.SAFER_RECRUITMENT_YEARS`.

    Raises:
        NotAllowed: not HR.
        Conflict: they are not on the panel.
        Incomplete: the day is still to come, or too long ago to be meant.
    """
    authorise(actor, Permission.PANEL_MANAGE, vacancy)
    member = _member(members_of(vacancy.id), user_id)
    if not date(1990, 1, 1) <= trained_on <= london_day(now):
        raise Incomplete("Enter the day of the training, today at the latest")
    until = _years_later(trained_on, limits.SAFER_RECRUITMENT_YEARS)
    training = db.session.get(SaferRecruitmentTraining, user_id)
    values = {"trained_on": trained_on, "valid_until": until, "recorded_by_id": actor.user_id, "recorded_at": now}
    if training is None:
        db.session.add(SaferRecruitmentTraining(user_id=user_id, **values))
    else:
        for name, value in values.items():
            setattr(training, name, value)
    words = f"Safer-recruitment training of {member.name}: {short_date(trained_on)}, counts until {short_date(until)}"
    record(actor, vacancy.id, words, now=now)


def choose_employers(actor: Actor, vacancy: Vacancy, *, hides: bool, now: datetime) -> None:
    """Say whether the panel is shown employers' names.

    Raises:
        NotAllowed: not HR.
        Conflict: the sift is open: all scorers are shown the same.
    """
    authorise(actor, Permission.PANEL_MANAGE, vacancy)
    sift = sift_of(vacancy.id)
    if sift.opened_at is not None:
        raise Conflict("The sift is open, and all scorers are shown the same, so this can no longer be changed.")
    if sift.hides_employers != hides:
        sift.hides_employers = hides
        record(actor, vacancy.id, f"Employers are {'hidden from' if hides else 'shown to'} the panel", now=now)


def choose_scores_first(actor: Actor, vacancy: Vacancy, *, needed: bool, now: datetime) -> None:
    """Say whether HR decides on this vacancy's sift only once both scores are in.

    Raises:
        NotAllowed: not HR.
    """
    authorise(actor, Permission.PANEL_MANAGE, vacancy)
    if vacancy.scores_first != needed:
        vacancy.scores_first = needed
        what = "Decisions wait for both scores, or say why not" if needed else "Decisions need not wait for scores"
        record(actor, vacancy.id, what, now=now)


def _take_turn(vacancy: Vacancy) -> None:
    hold(f"panel:{vacancy.id}")


def _member(members: Sequence[Member], user_id: int) -> Member:
    for member in members:
        if member.id == user_id:
            return member
    raise Conflict("This person is not on the panel any more.")


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
