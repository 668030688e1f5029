"""Interviews of the demo: times that are set and chosen, and a candidate who has still to choose."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.conversation import service as conversation
from recruit.core.calendar import london_day, working_days_after
from recruit.core.db import db
from recruit.core.targets import targets
from recruit.demo.applications import Applications
from recruit.demo.interviewed import hold_interviews
from recruit.interviews import choosing, hosting, queries
from recruit.panels import interviewing, question_sets, questions, setup
from recruit.panels.interviewing import Plan
from recruit.panels.moderation import Chaired
from recruit.rules import limits
from recruit.rules.access import NOBODY, Actor
from recruit.rules.interviews import InterviewKind
from recruit.vacancies.models import Vacancy

TRAINED_DAYS_AGO = 200
SEEN = 2  # of them have had their interview
OTHERS = 2  # on the shortlist besides the demo's candidate
SPARE = 2  # times more than there are people to choose
PLACE = "Civic Centre, Middlesbrough, room 4. Ask for the panel at reception."
FIRST, MINUTES, PAUSE = time(9, 30), 60, 15
QUESTION = "Is there somewhere to park near the Civic Centre? I come from a visit in Stokesley that morning."
ANSWER = "Yes: say your name at the barrier of the car park behind the building, and we let you in. See you there."
QUESTIONS = (
    "Tell us about an assessment that a family did not agree with. What did you do with what they said?",
    "When did you change your mind about a risk to a child? What made you, and whom did you tell?",
)
BANKED = ("why_children", "boundaries", "power")
SETS = (
    (InterviewKind.COMPETENCY, "Social worker: panel interview"),
    (InterviewKind.SAFEGUARDING, "Safeguarding interview of half an hour"),
)
A_DAY = 6  # times of one day, from half past nine to just before five


def load_interviews(
    applications: Applications, vacancies: Sequence[Vacancy], people: Mapping[str, User], *, now: datetime
) -> int:
    """Set times for the vacancy whose shortlist the demo's candidate is on, let all others choose; return how many.

    Args:
        applications: adds the others.
        vacancies: those of the data file.
        people: the demo accounts by address.
        now: this moment.
    """
    hr, candidate = people["hr@demo.example"].as_actor(), people["candidate@demo.example"]
    members = [user for email, user in sorted(people.items()) if email.startswith("panel.")]
    for vacancy in vacancies:
        shortlist = queries.shortlist_of(vacancy.id)
        if any(one.application.candidate_id == candidate.id for one in shortlist):
            at = now - timedelta(hours=5)
            applications.add_shortlisted(vacancy, OTHERS)
            db.session.flush()
            shortlist = queries.shortlist_of(vacancy.id)
            for member in members:
                setup.add_member(hr, vacancy, member.id, now=at)
            setup.record_training(hr, vacancy, members[0].id, london_day(at) - timedelta(days=TRAINED_DAYS_AGO), now=at)
            db.session.flush()
            _set_times(vacancy, members, len(shortlist) + SPARE, hr, at)
            waiting = [one.application for one in shortlist if one.application.candidate_id != candidate.id]
            seen = waiting[:SEEN]
            _ask(vacancy, hr, at)
            hold_interviews(vacancy, seen, members, hr, now=now)
            hosting.invite_shortlist(hr, vacancy, limit=limits.INTERVIEW_CHANGE_LIMIT, now=at)
            db.session.flush()
            _choose(vacancy, {candidate.id, *(one.candidate_id for one in seen)}, at + timedelta(hours=1))
            _write(next(one.application for one in shortlist if one.application.candidate_id == candidate.id), hr, at)
            return OTHERS
    return 0


def _ask(vacancy: Vacancy, hr: Actor, at: datetime) -> None:
    """Write what everybody is asked: by the criteria of the interview, in the panel's words, and from the bank."""
    panel = Chaired(vacancy, NOBODY)
    for line in questions.criteria_to_ask(vacancy):
        words = f"Tell us about a time when you showed this at work, and what came of it: {line.text}"
        questions.add_question(hr, panel, InterviewKind.COMPETENCY, words, criterion_id=line.id, now=at)
        db.session.flush()
    for words in QUESTIONS:
        questions.add_question(hr, panel, InterviewKind.COMPETENCY, words, now=at)
        db.session.flush()
    questions.add_banked(hr, panel, BANKED, now=at)
    db.session.flush()
    for kind, name in SETS:
        question_sets.keep_set(hr, panel, kind, name, now=at)
        db.session.flush()


def _set_times(vacancy: Vacancy, members: Sequence[User], number: int, hr: Actor, at: datetime) -> None:
    for place in range(-(-number // A_DAY)):
        day: date = working_days_after(london_day(at), targets().notice + 3 + place)
        plan = Plan(day, FIRST, MINUTES, PLACE, "", frozenset(member.id for member in members))
        count = min(A_DAY, number - place * A_DAY)
        interviewing.add_slots(hr, vacancy, InterviewKind.COMPETENCY, plan, number=count, pause=PAUSE, now=at)
        db.session.flush()


def _write(application: Application, hr: Actor, at: datetime) -> None:
    """Let the demo's candidate ask something, and HR answer."""
    candidate = application.candidate.as_actor()
    conversation.write_to_hr(candidate, application, QUESTION, now=at + timedelta(hours=2))
    conversation.write_to_candidate(hr, application, ANSWER, now=at + timedelta(hours=3))


def _choose(vacancy: Vacancy, besides: Collection[int], at: datetime) -> None:
    """Let everybody on the shortlist but the candidates `besides` take the first time that is free."""
    limit = limits.INTERVIEW_CHANGE_LIMIT
    for one in queries.shortlist_of(vacancy.id):
        if one.application.candidate_id not in besides:
            slot = queries.free_slots(vacancy.id, now=at, limit=limit)[0]
            choosing.choose_slot(one.application.candidate.as_actor(), one.application, slot.id, limit=limit, now=at)
            db.session.flush()
