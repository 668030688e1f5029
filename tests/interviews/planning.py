"""A vacancy with a panel, people on its shortlist and times to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from recruit.accounts.models import User
from recruit.applications import moves
from recruit.applications.models import Application
from recruit.core import clock
from recruit.core.calendar import london_day, working_days_after
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.interviews import choosing, hosting
from recruit.interviews.models import InterviewBooking, InterviewInvitation, InterviewSlot
from recruit.notifications.delivery import render
from recruit.notifications.models import OutboxMessage
from recruit.panels import interviewing
from recruit.panels.interviewing import Plan
from recruit.rules import limits
from recruit.rules.interviews import InterviewKind
from recruit.rules.lifecycle import APPLICATION_MOVES, ApplicationStatus, permit
from recruit.vacancies.models import Vacancy
from tests.panels.sifting import closed_vacancy, hr_person, panel_member, with_panel
from tests.review.sent import SENDER

LIMIT = limits.INTERVIEW_CHANGE_LIMIT


def day_ahead(working_days: int = 6) -> date:
    """Return a working day that leaves the promised notice."""
    return working_days_after(london_day(clock.now()), working_days)


@dataclass
class Interviews:
    """What a test is about: its people and the times that are set."""

    vacancy: Vacancy
    applications: list[Application]
    members: list[User]
    hr: User
    slots: list[InterviewSlot]

    def plan(self, **given: object) -> Plan:
        """Return a plan for the first two members, with what a test is about in it."""
        plain = {
            "day": day_ahead(),
            "start": time(9, 30),
            "minutes": 60,
            "place": "Civic Centre, room 4",
            "link": "",
            "interviewer_ids": frozenset(one.id for one in self.members[:2]),
        }
        return Plan(**{**plain, **given})  # type: ignore[arg-type]

    def add(
        self, number: int = 1, kind: InterviewKind = InterviewKind.COMPETENCY, pause: int = 0, **given: object
    ) -> list[InterviewSlot]:
        with transaction():
            added = interviewing.add_slots(
                self.hr.as_actor(),
                self.vacancy,
                kind,
                self.plan(**given),
                number=number,
                pause=pause,
                now=clock.now(),
            )
        self.slots += added
        return added

    def invite(self) -> int:
        with transaction():
            return hosting.invite_shortlist(self.hr.as_actor(), self.vacancy, limit=LIMIT, now=clock.now())

    def choose(self, application: Application, slot: InterviewSlot, now: datetime | None = None) -> None:
        with transaction():
            choosing.choose_slot(
                application.candidate.as_actor(), application, slot.id, limit=LIMIT, now=now or clock.now()
            )

    def give_up(self, application: Application, slot: InterviewSlot, now: datetime | None = None) -> None:
        with transaction():
            choosing.give_up_slot(
                application.candidate.as_actor(), application, slot.id, limit=LIMIT, now=now or clock.now()
            )

    def holders(self) -> list[str | None]:
        """Return the reference that has each slot, in the order in which they were set."""
        db.session.expire_all()
        has = {one.slot_id: one.application.reference for one in db.session.query(InterviewBooking)}
        return [has.get(slot.id) for slot in self.slots]


def planned(number: int = 2, *, people: int = 3, slots: int = 0, invited: bool = False) -> Interviews:
    """Return a closed vacancy with so many people on its shortlist, who know of it, and so many times."""
    vacancy, applications = closed_vacancy(number)
    members, hr = [panel_member(f"Member {letter}") for letter in "ABCDE"[:people]], hr_person()
    with_panel(vacancy, members, hr)
    shortlist(applications, hr)
    interviews = Interviews(vacancy, applications, members, hr, [])
    if slots:
        interviews.add(slots)
    if invited:
        interviews.invite()
    return interviews


def shortlist(applications: Sequence[Application], hr: User) -> None:
    """Put applications on the shortlist, as candidates were told."""
    with transaction():
        for application in applications:
            move = permit(APPLICATION_MOVES, hr.as_actor(), application, ApplicationStatus.SHORTLISTED)
            moves.take(move, hr.as_actor(), application, now=clock.now() - timedelta(hours=2))


def held(interviews: Interviews, application: Application, *, days_ago: int = 2) -> InterviewSlot:
    """Give an application an interview that is over, as if it had been set and chosen in time."""
    ended = clock.now().replace(minute=0, second=0, microsecond=0) - timedelta(days=days_ago)
    slot = InterviewSlot(
        vacancy_id=interviews.vacancy.id,
        kind=InterviewKind.COMPETENCY,
        starts_at=ended - timedelta(hours=1),
        ends_at=ended,
        place="Civic Centre",
    )
    booking = InterviewBooking(
        key=f"{application.id:032x}",
        slot=slot,
        application_id=application.id,
        kind=InterviewKind.COMPETENCY,
        booked_at=ended - timedelta(days=9),
    )
    db.session.add_all([slot, booking])
    db.session.commit()
    return slot


def at_each_stage() -> Interviews:
    """Return a shortlist with one application at each stage of interviews, in the order of `InterviewStage`."""
    interviews = planned(4, slots=4, invited=True)
    to_invite, _, booked, interviewed = interviews.applications
    with transaction():
        db.session.delete(db.session.get_one(InterviewInvitation, to_invite.id))
    interviews.choose(booked, interviews.slots[0])
    held(interviews, interviewed)
    return interviews


def posted() -> list[tuple[str, str]]:
    """Return kind and recipient of every message about interviews, in the order in which they were posted."""
    rows = db.session.query(OutboxMessage).order_by(OutboxMessage.id)
    return [(row.notification.value, row.recipient) for row in rows if row.notification.value.startswith("interview_")]


def mails() -> list[str]:
    """Return the words of every such message, in the same order."""
    rows = db.session.query(OutboxMessage).order_by(OutboxMessage.id)
    told = [row for row in rows if row.notification.value.startswith("interview_")]
    whole = (render(row, SENDER, at=clock.now()) for row in told)
    bodies = (mail.get_body(("plain",)) for mail in whole)
    return [" ".join(body.get_content().split()) for body in bodies if body is not None]
