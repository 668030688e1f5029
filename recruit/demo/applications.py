"""The demo's applications: sent through the service, so that each passes every check, then moved on."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select, update

from recruit.accounts.models import RoleGrant, User
from recruit.applications import moves, service, submitting
from recruit.applications.models import (
    Application,
    ContactDetails,
    Declaration,
    Evidence,
    HistoryEntry,
    Qualification,
    Referee,
    RegistrationAnswer,
    Section,
    SectionState,
)
from recruit.applications.personal import EligibilityAnswer, RelationshipAnswer, SupportAnswer
from recruit.core.calendar import london_day
from recruit.core.db import db
from recruit.core.errors import Incomplete
from recruit.demo.circumstances import CONTACT_BY, circumstances_of, situation_of
from recruit.demo.organisation import NO_SIGN_IN
from recruit.demo.people import People, Person
from recruit.notifications import outbox
from recruit.notifications.models import OutboxMessage
from recruit.review.models import ApplicationRead, ReviewNote
from recruit.rules.access import Role
from recruit.rules.lifecycle import APPLICATION_MOVES, REFUSALS, ApplicationStatus, VacancyStatus, permit
from recruit.vacancies.models import Vacancy

MOST = 12  # applications of one vacancy
ANSWERED_AFTER = timedelta(days=10)  # after closing
CARRIED = (
    EligibilityAnswer,
    RegistrationAnswer,
    Qualification,
    HistoryEntry,
    Referee,
    SupportAnswer,
    RelationshipAnswer,
    SectionState,
)
NOTES = (
    "Clear about thresholds. Ask at interview how they work with families who disagree.",
    "History checked: the pause in 2021 is explained.",
    "Rang to confirm we have everything. Prefers calls after 5pm.",
    "Referee from the current employer asked for before interview only.",
)


class Applications:
    """Adds applications to vacancies that are or were open.

    Args:
        people: where candidates come from.
        reviewers: the HR people who read and decide, the first of whom decides.
        now: this moment; everything happens before it.
    """

    def __init__(self, people: People, reviewers: Sequence[User], *, now: datetime) -> None:
        self._people, self._random, self._reviewers, self._now = people, people.random, reviewers, now

    def load(self, vacancies: Sequence[Vacancy], candidate: User) -> int:
        """Add applications in every state; return how many.  `candidate` gets a draft, one sent and one shortlisted."""
        open_ones = [
            vacancy
            for vacancy in vacancies
            if vacancy.status == VacancyStatus.PUBLISHED and vacancy.opens_at and vacancy.opens_at < self._now
        ]
        number = 0
        for vacancy in open_ones:
            for _ in range(self._random.randint(3, MOST)):
                self._one(vacancy, *self.account(self._people.draw()))
                number += 1
        own = self._people.draw(candidate.name, candidate.email)
        closing_last = sorted(open_ones, key=lambda vacancy: vacancy.closes_at or self._now, reverse=True)
        closed = [vacancy for vacancy in open_ones if vacancy.has_closed(self._now)]
        self.write(closing_last[0], candidate, own, is_whole=False)
        self._send(self.write(closing_last[1], candidate, self._again(candidate)), decided=None)
        self._send(self.write(closed[0], candidate, self._again(candidate)), decided=ApplicationStatus.SHORTLISTED)
        return number + 3

    def add_waiting(self, vacancy: Vacancy, number: int) -> None:
        """Add so many applications that nobody has decided on."""
        for _ in range(number):
            self._send(self.write(vacancy, *self.account(self._people.draw())), decided=None)

    def add_shortlisted(self, vacancy: Vacancy, number: int) -> None:
        """Add so many applications of people who are on the shortlist and know of it."""
        for _ in range(number):
            self._send(self.write(vacancy, *self.account(self._people.draw())), decided=ApplicationStatus.SHORTLISTED)

    def add_shortlist(self, vacancy: Vacancy, candidate: User, *, number: int, at: datetime) -> list[Application]:
        """Add applications of `candidate` and of so many others who were told of the shortlist at `at`."""
        drawn = [self.account(self._people.draw()) for _ in range(number)]
        applications = []
        for user, person in [(candidate, self._again(candidate)), *drawn]:
            application = self.write(vacancy, user, person)
            self._send(application, decided=None)
            self._decide(application, ApplicationStatus.SHORTLISTED, at)
            applications.append(application)
        return applications

    def appoint(self, applications: Sequence[Application], *, at: datetime) -> None:
        """Let all of these be told at `at` that we want to appoint them."""
        for application in applications:
            self._decide(application, ApplicationStatus.APPOINTED, at)

    def finish(self, vacancy: Vacancy, *, at: datetime) -> None:
        """Let everybody who waits for an answer about `vacancy`, which is over, have had it by `at`: a no."""
        closed_at = (vacancy.closes_at or at) + ANSWERED_AFTER
        for status, answer, when in (
            (ApplicationStatus.SUBMITTED, ApplicationStatus.NOT_SHORTLISTED, min(closed_at, at)),
            (ApplicationStatus.SHORTLISTED, ApplicationStatus.NOT_APPOINTED, at),
        ):
            waiting = select(Application).where(Application.vacancy_id == vacancy.id, Application.status == status)
            for application in db.session.scalars(waiting.order_by(Application.id)):
                self._decide(application, answer, when)

    def _again(self, candidate: User) -> Person:
        return self._people.draw(candidate.name, candidate.email)

    def account(self, person: Person) -> tuple[User, Person]:
        user = User(
            email=person.email,
            email_key=person.email.casefold(),
            name=person.name,
            password_hash=NO_SIGN_IN,
            confirmed_at=self._now,
            created_at=self._now - timedelta(days=30),
            grants=[RoleGrant(role=Role.CANDIDATE)],
        )
        db.session.add(user)
        return user, person

    def _one(self, vacancy: Vacancy, user: User, person: Person) -> None:
        chance = self._random.random()
        if chance < 0.12:
            self.write(vacancy, user, person, is_whole=False)
            return
        decided: ApplicationStatus | None = None
        late = vacancy.has_closed(self._now)
        if chance < 0.2:
            decided = ApplicationStatus.WITHDRAWN
        elif chance < (0.45 if late else 0.25):
            decided = ApplicationStatus.SHORTLISTED
        elif chance < (0.85 if late else 0.32):
            decided = ApplicationStatus.NOT_SHORTLISTED
        self._send(self.write(vacancy, user, person), decided=decided)

    def write(self, vacancy: Vacancy, user: User, person: Person, *, is_whole: bool = True) -> Application:
        """Add what somebody has written so far; a whole one is ready to send."""
        db.session.flush([user, *user.grants])
        latest = min(vacancy.closes_at or self._now, self._now) - timedelta(minutes=30)
        earliest = vacancy.opens_at or latest
        at = earliest + (latest - earliest) * self._random.random()
        application = service.start_application(user.as_actor(), user, vacancy, now=at)
        db.session.flush()
        key = application.id
        for model in CARRIED:  # somebody's second application begins with what is in the first; here each is its own
            db.session.execute(delete(model).where(model.application_id == key))
        application.history_since = date(person.left_school.year, person.left_school.month, 1)
        contact = db.session.get_one(ContactDetails, key)
        for name, value in self._people.address().items():
            setattr(contact, name, value)
        contact.contact_by = CONTACT_BY.get(key % 5)
        registration = RegistrationAnswer(
            application_id=key,
            **{"number": self._people.registration_number(), "has_conditions": False}
            | situation_of(key, london_day(self._now)),
        )
        rows: list[Qualification | HistoryEntry | Referee] = [*person.qualifications]
        rows += [*person.history, *person.referees] if is_whole else person.history[:1]
        for row in rows:
            row.application_id = key
        written = vacancy.asked if is_whole else vacancy.asked[:2]
        evidence = [
            Evidence(application_id=key, criterion_id=line.id, text=self._people.evidence(line.text))
            for line in written
        ]
        done = list(Section) if is_whole else [Section.CONTACT, Section.REGISTRATION, Section.QUALIFICATIONS]
        states = [SectionState(application_id=key, section=part, is_complete=True, saved_at=at) for part in done]
        declared = [Declaration(application_id=key, declared_at=at)] if is_whole else []
        personal = circumstances_of(key) if is_whole else []
        db.session.add_all([registration, *personal, *rows, *evidence, *states, *declared])
        db.session.flush()
        return application

    def _send(self, application: Application, *, decided: ApplicationStatus | None) -> None:
        sent_at = application.created_at + timedelta(minutes=25)
        try:
            submitting.send_application(application.candidate.as_actor(), application, now=sent_at)
        except Incomplete as error:
            raise AssertionError(f"the demo's people do not pass: {error}") from error
        db.session.flush()
        if decided is None:
            self._read(application, sent_at)
            return
        at = sent_at + (self._now - sent_at) * self._random.uniform(0.2, 0.9)
        if decided == ApplicationStatus.WITHDRAWN:
            reason = self._people.one_of("withdraw_reasons")
            service.withdraw_application(application.candidate.as_actor(), application, reason=reason, now=at)
        else:
            self._read(application, at)
            self._decide(application, decided, at)

    def _decide(self, application: Application, target: ApplicationStatus, at: datetime) -> None:
        """Move an application as HR would have, with the message long gone."""
        actor = self._reviewers[0].as_actor()
        move = permit(APPLICATION_MOVES, actor, application, target)
        criterion = self._random.choice(application.vacancy.asked[:4])
        is_yes = target in (ApplicationStatus.SHORTLISTED, ApplicationStatus.APPOINTED)
        reason = "" if is_yes else self._people.one_of("unsuccessful_reasons")["text"]
        assert move.notification is not None  # noqa: S101  both moves tell the candidate
        message = outbox.post(move.notification, application.candidate.email, at=at)
        is_no = target in REFUSALS
        moves.take(
            move,
            actor,
            application,
            now=at,
            message=message,
            reason=reason or "Meets all the essential criteria.",
            criterion_id=criterion.id if is_no else None,
        )

    def _read(self, application: Application, at: datetime) -> None:
        """Let some of HR have opened, taken on and annotated it."""
        reader = self._random.choice([*self._reviewers, None])
        if reader is None:
            return
        db.session.add(ApplicationRead(application_id=application.id, user_id=reader.id, at=at))
        if self._random.random() < 0.6:
            application.assigned_to_id = reader.id
        if self._random.random() < 0.25:
            text = self._random.choice(NOTES)
            db.session.add(ReviewNote(application_id=application.id, author_id=reader.id, text=text, at=at))


def mark_sent(*, now: datetime) -> None:
    """Mark every message as gone: the demo's past was told long ago, and its people have no post boxes."""
    db.session.flush()
    db.session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.sent_at.is_(None), OutboxMessage.cancelled_at.is_(None))
        .values(sent_at=now, context={}),
        execution_options={"synchronize_session": False},
    )
