"""When a sift opens, what comes into it later, and when it is over."""

from datetime import datetime

from sqlalchemy import exists, select

from recruit.applications.models import Application
from recruit.core.calendar import long_moment
from recruit.core.db import db, hold
from recruit.core.errors import Conflict, Incomplete
from recruit.panels.composition import closing_day, members_of, missing
from recruit.panels.lacking import tell_of_lack
from recruit.panels.models import ScoreSheet, Sift
from recruit.panels.offering import can_score, offer, shares, waiting_applications
from recruit.panels.records import record
from recruit.panels.telling import tell_to_score
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus
from recruit.rules.sift import OVER, Round
from recruit.vacancies.models import Vacancy

ARRIVALS_A_STEP = 100  # applications that are shared out in one transaction


def open_sift(actor: Actor, vacancy: Vacancy, *, now: datetime) -> None:
    """Share the applications out among the members, who can score from now on.

    Of a rolling vacancy it opens while candidates can still apply, also before the first did.

    Raises:
        NotAllowed: not HR.
        Conflict: the vacancy is over, has not closed or is paused, the sift is open, or nothing waits for a decision.
        Incomplete: what the panel lacks.
    """
    authorise(actor, Permission.PANEL_MANAGE, vacancy)
    hold(f"panel:{vacancy.id}")
    if not vacancy.is_rolling:
        _refuse_before_closing(vacancy, now)
    sift = sift_of(vacancy.id)
    if sift.opened_at is not None:
        raise Conflict("The sift is open already.")
    refuse_when_over(vacancy)
    members = members_of(vacancy.id)
    if lacks := missing(members, closing_day(vacancy, now)):
        raise Incomplete(lacks[0])
    applications = waiting_applications(vacancy.id)
    if not applications and not vacancy.is_rolling:
        raise Conflict("No application of this vacancy waits for a decision.")
    sift.opened_at = now
    pairs = shares(applications, sorted(member.id for member in members))
    for application, scorer in pairs:
        db.session.add(ScoreSheet(application_id=application, scorer_id=scorer, given_at=now))
    tell_to_score(vacancy, {scorer for _, scorer in pairs}, now=now)
    number = len(applications)
    record(actor, vacancy.id, f"Sift opened with {number} application{'' if number == 1 else 's'}", now=now)


def share_arrivals(now: datetime) -> bool:
    """Share out a few applications that reached an open sift since; say whether there may be more.

    They come while a rolling vacancy is open, and where HR takes back a decision made before the sift opened.
    """
    is_given = exists().where(ScoreSheet.application_id == Application.id, ScoreSheet.round == Round.SIFT)
    waiting = (
        select(Application.id, Application.vacancy_id)
        .join(Sift, Sift.vacancy_id == Application.vacancy_id)
        .join(Vacancy, Vacancy.id == Application.vacancy_id)
        .where(
            Sift.opened_at.is_not(None),
            Sift.closed_at.is_(None),
            Application.status == ApplicationStatus.SUBMITTED,
            Vacancy.status.not_in(OVER),
            can_score(Vacancy.id),  # or what nobody can be given would come first each time
            ~is_given,
        )
        .order_by(Application.vacancy_id, Application.reference)
        .limit(ARRIVALS_A_STEP)
    )
    found: dict[int, list[int]] = {}
    for key, vacancy_id in db.session.execute(waiting).tuples():
        found.setdefault(vacancy_id, []).append(key)
    given = 0
    for vacancy_id, keys in found.items():
        hold(f"panel:{vacancy_id}")  # another worker, or HR, may have shared them out meanwhile: `offer` looks again
        offered = offer(keys, vacancy_id, now=now)
        given += offered.given
        if offered.given and offered.lacking:
            tell_of_lack(Actor(), db.session.get_one(Vacancy, vacancy_id), keys, now=now)
    return given > 0 and sum(map(len, found.values())) == ARRIVALS_A_STEP


def sift_of(vacancy_id: int) -> Sift:
    """Return how a vacancy's applications are shown to its panel; a new row where nothing was chosen yet."""
    sift = db.session.get(Sift, vacancy_id)
    if sift is None:
        sift = Sift(vacancy_id=vacancy_id, hides_employers=True, opened_at=None, closed_at=None)
        db.session.add(sift)
    return sift


def is_open(vacancy_id: int) -> bool:
    """Say whether a vacancy's sift was opened, and not closed since."""
    sift = db.session.get(Sift, vacancy_id)
    return sift is not None and sift.opened_at is not None and sift.closed_at is None


def refuse_unless_open(vacancy: Vacancy) -> None:
    """Refuse to score before HR opens the sift, after it was closed, and after the vacancy is over.

    Raises:
        Conflict: it is not the time.
    """
    refuse_when_over(vacancy)
    sift = db.session.get(Sift, vacancy.id, populate_existing=True)  # whoever waited for their turn asks anew
    if sift is None or sift.opened_at is None:
        raise Conflict("The sift is not open.")
    if sift.closed_at is not None:
        raise Conflict(
            f"The sift was closed at {long_moment(sift.closed_at)}, so nothing is scored any more, and nothing of this "
            "page was saved. HR or the chair can reopen it."
        )


def refuse_when_over(vacancy: Vacancy) -> None:
    """Refuse what belongs to a sift once its vacancy is over.

    Raises:
        Conflict: it is.
    """
    if vacancy.status in OVER:
        raise Conflict("The sift has closed: this vacancy is over, so nothing of it is scored any more.")


def _refuse_before_closing(vacancy: Vacancy, now: datetime) -> None:
    if vacancy.status == VacancyStatus.PAUSED:
        raise Conflict("The vacancy is paused, so it may take more applications. The sift opens after it has closed.")
    if not vacancy.has_closed(now):
        raise Conflict("The vacancy has not closed. The sift opens after that, with all applications at once.")
