"""How far an application is, in the words of its candidate: a draft's tasks, and what comes after it was sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from recruit.applications import queries
from recruit.applications.carrying import is_unchecked
from recruit.applications.completeness import SECTION_TITLES, problems_of
from recruit.applications.models import Application, Section, SectionState
from recruit.applications.promises import due_day, hear_by, is_told_after
from recruit.applications.saving import closed_words, is_editable
from recruit.applications.words import saved_ago
from recruit.core.calendar import closing_words, london_day, long_date, time_left
from recruit.rules.access import Actor
from recruit.rules.lifecycle import CANDIDATE_WORDS, OVER, ApplicationStatus, VacancyStatus

NOT_STARTED, IN_PROGRESS, PROBLEM, COMPLETED = "Not started", "In progress", "There is a problem", "Completed"
TO_CHECK = "Check it"
FROM_LAST = "From your last application"
FROM_INTEREST = "From what you told us when you registered interest"


@dataclass(frozen=True, slots=True)
class Task:
    """One section of the task list."""

    section: Section
    title: str
    status: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as its page shows it.

    Args:
        tasks: every section, in order.
        saved: how long ago anything was saved; empty if nothing was.
        closes: when the vacancy closes, in words.
        left: how much time is left in the last day; empty before it.
        closed: why it can no longer be sent; empty while it can.
    """

    tasks: Sequence[Task]
    saved: str
    closes: str
    left: str
    closed: str

    @property
    def done(self) -> int:
        """How many sections are completed."""
        return sum(task.status == COMPLETED for task in self.tasks)

    @property
    def to_check(self) -> int:
        """How many sections are filled in from before and not looked at yet."""
        return sum(task.status == TO_CHECK for task in self.tasks)

    @property
    def is_ready(self) -> bool:
        """Whether it can be checked and sent."""
        return self.done == len(self.tasks) and not self.closed


@dataclass(frozen=True, slots=True)
class Standing:
    """A sent application as its candidate may know it: where it is, what comes next and by when.

    Args:
        can_withdraw: whether it is still theirs to withdraw; else nothing is to come.
        has_interviews: whether there is a page of its interviews.
    """

    status: ApplicationStatus
    words: str
    where: str
    next: str
    can_withdraw: bool
    has_interviews: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """One line of a candidate's list."""

    application: Application
    standing: Standing | None = None
    done: int = 0
    saved: str = ""
    closes: str = ""
    closed: str = ""


def draft_of(application: Application, *, now: datetime) -> Draft:
    """Return the task list of a draft."""
    answers = queries.answers_of(application)
    today = london_day(now)
    tasks = []
    for section in Section:
        problems = problems_of(answers, section, today) if answers.is_complete(section) else []
        state = answers.states.get(section)
        status = _status(state, application.created_at, is_faulty=bool(problems))
        hint = problems[0].message if problems else _source(state) if status == TO_CHECK else ""
        tasks.append(Task(section, SECTION_TITLES[section], status, hint))
    closes_at = application.vacancy.closes_at
    return Draft(
        tasks=tasks,
        saved=_saved(answers.states, now),
        closes=closing_words(closes_at) if closes_at else "",
        left=(time_left(closes_at, now) or "") if closes_at else "",
        closed="" if is_editable(application, now) else closed_words(application),
    )


def _status(state: SectionState | None, started_at: datetime, *, is_faulty: bool) -> str:
    if state is None:
        return NOT_STARTED
    if is_unchecked(state, started_at):
        return TO_CHECK
    if not state.is_complete:
        return IN_PROGRESS
    return PROBLEM if is_faulty else COMPLETED


def _source(state: SectionState | None) -> str:
    return FROM_INTEREST if state is not None and state.is_from_interest else FROM_LAST


def last_saved(application: Application, *, now: datetime) -> str:
    """Return how long ago anything in `application` was saved: "2 minutes ago"; empty if nothing was."""
    return _saved(queries.section_states([application.id]).get(application.id, {}), now)


def _saved(states: Mapping[Section, SectionState], now: datetime) -> str:
    return saved_ago(max(state.saved_at for state in states.values()), now) if states else ""


def standing_of(application: Application, *, now: datetime) -> Standing:
    """Return where a sent application is, one sentence each, with nothing that the candidate may not know yet."""
    status = application.status_for_candidate()
    where, next_ = _SENTENCES[status](application, london_day(now))
    if application.vacancy.status == VacancyStatus.CANCELLED and status in (A.SUBMITTED, A.SHORTLISTED):
        next_ = "The vacancy has been cancelled, so there will be no interviews for it. You do not need to do anything."
    return Standing(status, CANDIDATE_WORDS[status], where, next_, status not in OVER)


A = ApplicationStatus


def late_words(by: date) -> str:
    """Return what is said of a promise that has passed."""
    return f"You should have heard from us by {long_date(by)}. We are late. Please ask us how it stands."


def _submitted(application: Application, today: date) -> tuple[str, str]:
    by = hear_by(application)
    where = f"We received your application on {long_date(application.submitted_at or application.created_at)}."
    if by < today:
        return where, late_words(by)
    return where, f"We compare every application with the criteria, and tell you about interviews by {long_date(by)}."


def _shortlisted(application: Application, today: date) -> tuple[str, str]:
    on, by = application.vacancy.interview_on, due_day(application.due_at)
    where = "You are on the shortlist. We would like to meet you."
    if by is not None and by < today:
        return where, late_words(by)
    until = f" by {long_date(by)}" if by is not None else ""
    if on is None or (by is not None and is_told_after(on, by)):
        return where, f"We will write to you{until} to agree a day for your interview."
    if on < today:
        return where, f"We will write to you about the outcome of the interviews{until}."
    return where, f"Interviews are on {long_date(on)}. We will write to you{until} with the time and the place."


def _not_shortlisted(application: Application, _today: date) -> tuple[str, str]:
    return (
        "We have not taken your application forward this time. Thank you for the work you put into it.",
        "There is nothing to wait for. You can ask us for feedback, and you can apply for our other vacancies.",
    )


def _appointed(_application: Application, _today: date) -> tuple[str, str]:
    return (
        "Congratulations, and thank you for coming to meet us.",
        "We will write to you about the offer and the checks that come before it. No day is set for that yet, so ask "
        "us whenever you want to know how it stands. Please do not give notice yet.",
    )


def _reserve(_application: Application, _today: date) -> tuple[str, str]:
    return (
        "You did well at interview, and we had more good people than posts. You are on our reserve list.",
        "We will write to you if a post becomes free, and if we take you off the list. No day is set for either, so do "
        "not wait for us: go on applying for our other vacancies.",
    )


def _not_appointed(_application: Application, _today: date) -> tuple[str, str]:
    return (
        "We have not appointed you this time. Thank you for coming to meet us.",
        "There is nothing to wait for. The email has our feedback. You can apply for our other vacancies.",
    )


def _withdrawn(application: Application, _today: date) -> tuple[str, str]:
    return (
        "We have stopped looking at it, as you asked.",
        "There is nothing to wait for or to do. You can apply again while the vacancy is open.",
    )


def _vacancy_cancelled(_application: Application, _today: date) -> tuple[str, str]:
    return (
        "The vacancy was cancelled, so your application for it has ended. That says nothing about what you wrote.",
        "There is nothing to wait for or to do. You can apply for our other vacancies, and begin with what you wrote "
        "here.",
    )


_SENTENCES = {
    A.SUBMITTED: _submitted,
    A.SHORTLISTED: _shortlisted,
    A.NOT_SHORTLISTED: _not_shortlisted,
    A.APPOINTED: _appointed,
    A.RESERVE: _reserve,
    A.NOT_APPOINTED: _not_appointed,
    A.WITHDRAWN: _withdrawn,
    A.VACANCY_CANCELLED: _vacancy_cancelled,
}


def own_overview(actor: Actor, *, now: datetime) -> tuple[list[Overview], list[Overview]]:
    """Return the candidate's drafts, those that close first at the top, and what they have sent, newest first.

    Two queries, however many there are.
    """
    applications = queries.own_applications(actor)
    drafts = [application for application in applications if application.status == A.DRAFT]
    states = queries.section_states([application.id for application in drafts])
    drafts.sort(key=lambda draft: (not is_editable(draft, now), draft.vacancy.closes_at or now, draft.id))
    sent = [application for application in applications if application.status != A.DRAFT]
    sent.sort(key=lambda one: (one.submitted_at or one.created_at, one.id), reverse=True)
    return (
        [_draft_line(draft, states.get(draft.id, {}), now) for draft in drafts],
        [Overview(application, standing_of(application, now=now)) for application in sent],
    )


def _draft_line(draft: Application, states: Mapping[Section, SectionState], now: datetime) -> Overview:
    closes_at = draft.vacancy.closes_at
    return Overview(
        draft,
        done=sum(state.is_complete for state in states.values()),
        saved=_saved(states, now),
        closes=closing_words(closes_at) if closes_at else "",
        closed="" if is_editable(draft, now) else closed_words(draft),
    )
