"""Equality monitoring: questions that everybody may skip, answers that become counts and nothing else.

Source: GOV.UK Design System, "Equality information", with the harmonised standards of the Office for National
Statistics.  Instead of a date of birth an age band is asked: no more is needed to count.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from recruit.applications.models import Application
from recruit.core.calendar import london_day
from recruit.core.db import db
from recruit.core.errors import Conflict
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import ApplicationStatus

PREFER_NOT = "Prefer not to say"


@dataclass(frozen=True, slots=True)
class Question:
    """One question and its answers, in order; every one can also be left out."""

    key: str
    words: str
    answers: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]] | None = None


_ETHNIC_GROUPS: Mapping[str, tuple[str, ...]] = {
    "White": (
        "English, Welsh, Scottish, Northern Irish or British",
        "Irish",
        "Gypsy or Irish Traveller",
        "Roma",
        "Any other White background",
    ),
    "Mixed or multiple ethnic groups": (
        "White and Black Caribbean",
        "White and Black African",
        "White and Asian",
        "Any other mixed or multiple ethnic background",
    ),
    "Asian or Asian British": ("Indian", "Pakistani", "Bangladeshi", "Chinese", "Any other Asian background"),
    "Black, African, Caribbean or Black British": (
        "African",
        "Caribbean",
        "Any other Black, African or Caribbean background",
    ),
    "Other ethnic group": ("Arab", "Any other ethnic group"),
}

QUESTIONS = (
    Question("sex", "What is your sex?", ("Female", "Male")),
    Question("gender", "Is the gender you identify with the same as your sex registered at birth?", ("Yes", "No")),
    Question(
        "age",
        "How old are you?",
        ("16 to 24", "25 to 29", "30 to 34", "35 to 39", "40 to 44", "45 to 49", "50 to 54", "55 to 59", "60 to 64")
        + ("65 or over",),
    ),
    Question(
        "condition",
        "Do you have a physical or mental health condition or illness that has lasted, or is expected to last, "
        "12 months or more?",
        ("Yes", "No"),
    ),
    Question(
        "condition-effect",
        "If you do, does it reduce your ability to carry out day-to-day activities?",
        ("Yes, a lot", "Yes, a little", "Not at all"),
    ),
    Question(
        "ethnic-group",
        "What is your ethnic group?",
        tuple(answer for answers in _ETHNIC_GROUPS.values() for answer in answers),
        _ETHNIC_GROUPS,
    ),
    Question(
        "marital-status",
        "What is your marital or civil partnership status?",
        (
            "Never married and never registered in a civil partnership",
            "Married",
            "In a registered civil partnership",
            "Separated, but still legally married",
            "Separated, but still legally in a civil partnership",
            "Divorced",
            "Formerly in a civil partnership which is now legally dissolved",
            "Widowed",
            "Surviving partner from a registered civil partnership",
        ),
    ),
    Question(
        "religion",
        "What is your religion?",
        ("No religion", "Christian", "Buddhist", "Hindu", "Jewish", "Muslim", "Sikh", "Any other religion"),
    ),
    Question(
        "orientation",
        "Which of these best describes your sexual orientation?",
        ("Heterosexual or straight", "Gay or lesbian", "Bisexual", "Other"),
    ),
    Question(
        "caring",
        "Do you look after anyone because of a long-term illness, a disability or old age? Do not count paid work",
        ("No", "9 hours a week or less", "10 to 19 hours a week", "20 to 34 hours a week")
        + ("35 to 49 hours a week", "50 hours a week or more"),
    ),
)

_ADD = text(
    "INSERT INTO equality_count (year, question, answer, number) VALUES (:year, :question, :answer, 1)"
    " ON CONFLICT (year, question, answer) DO UPDATE SET number = equality_count.number + 1"
)


def count_answers(actor: Actor, application: Application, answers: Mapping[str, str], *, now: datetime) -> None:
    """Add `answers` to this year's counts, once, and forget whose they were.  Empty answers: they were skipped.

    Args:
        actor: whoever asks; must be the candidate.
        application: what was sent; it only learns that the questions were asked.
        answers: words by the question's key.  What was not offered is not counted.
        now: the moment, aware, UTC; only its year in London is kept.

    Raises:
        NotAllowed: it is somebody else's application.
        Conflict: it was not sent yet, or the questions were answered before.
    """
    authorise(actor, Permission.APPLICATION_EQUALITY, application)
    db.session.refresh(application, with_for_update={"of": Application})
    if application.status == ApplicationStatus.DRAFT:
        raise Conflict("These questions come after you have sent your application.")
    if application.equality_asked:
        raise Conflict("You have answered these questions for this application.")

    application.equality_asked = True
    year = london_day(now).year
    rows = [  # in the questions' order, so that two people who answer at once cannot wait for each other
        {"year": year, "question": question.key, "answer": answers[question.key]}
        for question in QUESTIONS
        if answers.get(question.key) in (*question.answers, PREFER_NOT)
    ]
    if rows:
        db.session.execute(_ADD, rows)
