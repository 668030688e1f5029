"""Equality monitoring: questions that everybody may skip, answers that become counts by stage and nothing else.

Who was shortlisted is asked again, and so is who was appointed: a link that could carry an answer from stage to stage
would say whose it is (docs/adr/0026).

Source: GOV.UK Design System, "Equality information", with the harmonised standards of the Office for National
Statistics.  Instead of a date of birth an age band is asked: no more is needed to count.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from recruit.applications import equality_box
from recruit.applications.models import Application
from recruit.core.calendar import london_day
from recruit.core.db import db
from recruit.core.errors import Conflict
from recruit.core.memory_keys import MemoryKeys
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.equality import REACHED, EqualityStage
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

_OFFERED = tuple((question.key, (*question.answers, PREFER_NOT)) for question in QUESTIONS)
_ASKED = {
    EqualityStage.SENT: "equality_asked",
    EqualityStage.SHORTLISTED: "equality_asked_shortlisted",
    EqualityStage.APPOINTED: "equality_asked_appointed",
}
"""The attribute of an application that says that the questions were put at a stage."""


def stage_to_ask(application: Application) -> EqualityStage | None:
    """Return the stage that the candidate can answer the questions for; None if that was done, or not yet.

    It is the furthest that they know of: a decision that they have not been told gives itself away nowhere.
    """
    stage = REACHED.get(application.status_for_candidate())
    return stage if stage and not getattr(application, _ASKED[stage]) else None


def count_answers(
    actor: Actor, application: Application, answers: Mapping[str, str], keys: MemoryKeys, *, now: datetime
) -> set[str]:
    """Put `answers` with those of others, to be counted together, and forget whose they were.

    Args:
        actor: whoever asks; must be the candidate.
        application: what was sent; it only learns that the questions were put at this stage.
        answers: words by the question's key; empty if they were skipped.  What was not offered is not counted.
        keys: what seals them.
        now: the moment, aware, UTC; only its year in London is kept.

    Returns:
        The names of keys to destroy once this is committed.

    Raises:
        NotAllowed: it is somebody else's application.
        Conflict: it was not sent yet, or the questions were answered before.
    """
    authorise(actor, Permission.APPLICATION_EQUALITY, application)
    db.session.refresh(application, with_for_update={"of": Application})
    if application.status == ApplicationStatus.DRAFT:
        raise Conflict("These questions come after you have sent your application.")
    stage = stage_to_ask(application)
    if stage is None:
        raise Conflict("You have answered these questions for this application.")

    setattr(application, _ASKED[stage], True)
    return equality_box.put(stage, london_day(now).year, dict(answers), _OFFERED, keys)
