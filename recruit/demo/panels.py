"""Two panels in the middle of their sift, with what a chair has to settle, and one whose sift is closed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core.db import db
from recruit.demo.applications import Applications
from recruit.panels import closing, opening, setup, sheets
from recruit.panels.entry import Entry
from recruit.panels.models import ScoreSheet
from recruit.panels.moderation import Chaired
from recruit.panels.offering import waiting_applications
from recruit.rules.access import NOBODY
from recruit.rules.lifecycle import VacancyStatus
from recruit.rules.sift import SheetStatus
from recruit.vacancies.models import Vacancy

PANELS = (7, 5)  # more applications of each
CLOSED_WITH = 4  # applications of the panel whose sift is closed
TRAINED_DAYS_AGO = 200
NOTES = (
    "No example of their own: it says what a team should do.",
    "A start, but not what they did themselves.",
    "A clear example, with what came of it.",
    "Saw each child alone, wrote down their words, and the plan changed.",
)


def load_panels(
    applications: Applications, vacancies: Sequence[Vacancy], people: Mapping[str, User], *, now: datetime
) -> int:
    """Give the vacancies that closed last a panel, and let it score some of what they received; return how many more.

    Args:
        applications: adds the ones that wait.
        people: the demo accounts by address.
        now: this moment.
    """
    hr = people["hr@demo.example"]
    members = [user for email, user in sorted(people.items()) if email.startswith("panel.")]
    closed = sorted(
        (one for one in vacancies if one.status == VacancyStatus.PUBLISHED and one.has_closed(now)),
        key=lambda one: one.closes_at or now,
        reverse=True,
    )
    for vacancy, number in zip(closed, PANELS, strict=False):
        applications.add_waiting(vacancy, number)
        db.session.flush()
        _set_up(vacancy, members, hr, now)
        _score(vacancy, members, now)
        members = members[::-1]  # the second panel has another chair
    return sum(PANELS) + _close_one(applications, closed[len(PANELS) :], members, people, now)


def _close_one(
    applications: Applications,
    vacancies: Sequence[Vacancy],
    members: Sequence[User],
    people: Mapping[str, User],
    now: datetime,
) -> int:
    """Have everything of one vacancy scored and its sift closed by HR; return how many more applications it has."""
    candidate = people["candidate@demo.example"]
    theirs = set(db.session.scalars(select(Application.vacancy_id).where(Application.candidate_id == candidate.id)))
    vacancy = next(one for one in vacancies if one.id not in theirs)
    applications.add_waiting(vacancy, CLOSED_WITH)
    db.session.flush()
    hr = people["hr@demo.example"]
    _set_up(vacancy, members, hr, now)
    _score(vacancy, members, now, is_over=True)
    closing.close_sift(hr.as_actor(), Chaired(vacancy, NOBODY), now=now - timedelta(hours=1))
    return CLOSED_WITH


def _set_up(vacancy: Vacancy, members: Sequence[User], hr: User, now: datetime) -> None:
    actor, at = hr.as_actor(), now - timedelta(hours=30)
    for member in members:
        setup.add_member(actor, vacancy, member.id, now=at)
    trained_on: date = (now - timedelta(days=TRAINED_DAYS_AGO)).date()
    setup.record_training(actor, vacancy, members[0].id, trained_on, now=at)
    db.session.flush()
    opening.open_sift(actor, vacancy, now=at + timedelta(minutes=20))
    db.session.flush()


def _score(vacancy: Vacancy, members: Sequence[User], now: datetime, *, is_over: bool = False) -> None:
    """Let most sheets be in: agreeing ones, one that differs by two, one for another member, and some still to do.

    Args:
        is_over: whether all are in, and agree.
    """
    accounts = {member.id: member for member in members}
    keys = waiting_applications(vacancy.id)
    for place, key in enumerate(keys):
        rows = db.session.query(ScoreSheet).filter_by(application_id=key).order_by(ScoreSheet.id).all()
        for second, sheet in enumerate(rows):
            at = now - timedelta(hours=20 - place) + timedelta(minutes=7 * second)
            actor = accounts[sheet.scorer_id].as_actor()
            if not is_over and place >= len(keys) - 2 and (second or place == len(keys) - 1):
                continue  # still to score
            sheets.declare_none(actor, sheet, now=at)
            db.session.flush()
            if not is_over and place == 1 and second:
                reason = "I trained somebody who writes about the same project, so another member should read it."
                sheets.leave(actor, sheet, SheetStatus.ABSTAINED, reason, now=at)
                continue
            entries = _agreed(sheet.application, place) if is_over else _entries(sheet.application, place, second)
            sheets.save_scores(
                actor, sheet, entries, seen_version=sheet.version, now=at + timedelta(minutes=5), submit=True
            )
            db.session.flush()


def _agreed(application: Application, place: int) -> dict[int, Entry]:
    """Return scores that both members gave, other ones for each application."""
    entries = {}
    for index, line in enumerate(application.vacancy.asked):
        is_weak = index in range(place // 2)  # the first two meet all criteria, the next all but one, and so on
        score = 1 if is_weak else 2 + (place * index + index) % 2
        entries[line.id] = Entry(score, NOTES[score])
    return entries


def _entries(application: Application, place: int, second: int) -> dict[int, Entry]:
    """Return plausible scores: near to each other, but far apart on one criterion of every third application."""
    entries = {}
    for index, line in enumerate(application.vacancy.asked):
        score = 2 + (place + index) % 2
        if second and index == place % 4:
            score = max(score - 2, 0) if place % 3 == 0 else score
        entries[line.id] = Entry(score, NOTES[score])
    return entries
