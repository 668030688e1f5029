"""Self-disclosures of the demonstration: asked for, sent, to discuss, talked of, one that the chair is told of."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.applications.saving import Entered, version_of
from recruit.core.db import db
from recruit.panels.models import PanelMember
from recruit.rules.access import Actor
from recruit.rules.self_disclosure import DisclosureStatus, Question
from recruit.self_disclosures import concluding, disclosing, reading
from recruit.self_disclosures.answers import Given, Matter
from recruit.self_disclosures.asking import ask_shortlisted
from recruit.self_disclosures.models import SelfDisclosure

CAUTION = Matter("June 2011", "Criminal damage: I broke a window at a party.", "A caution. I was 19 and paid for it.")
INQUIRY = Matter(
    "Autumn 2019",
    "My employer looked into records that I had written up late.",
    "No sanction. I asked for a smaller caseload, and wrote a plan with my manager.",
)
WARNING = Matter("May 2021", "I drove at work while my licence was suspended for points.", "A final written warning.")
NOTE = "We talked on the phone. What happened fits what is written here."
TOLD = (
    "The candidate had a final written warning in 2021 for driving at work without a valid licence. The licence has"
    " been in order since 2022. The post needs a driver: please ask how visits are planned and confirm the licence."
)
WHY = "Driving is part of the work, and the candidate agrees that the chair knows."


def load_disclosures(people: Mapping[str, User], *, now: datetime) -> None:
    """Ask everybody on a shortlist, and let some answer.

    Args:
        people: the demo accounts by address; the demo's candidate still has to answer.
    """
    lead = people["safeguarding@demo.example"].as_actor()
    asked = list(ask_shortlisted(now - timedelta(days=2)))
    db.session.flush()
    mine = people["candidate@demo.example"].id
    others = [one for one in asked if one.candidate_id != mine]
    others.sort(key=lambda one: (not _has_panel(one), one.id))  # the first is read by the chair of a panel
    stories: Sequence[tuple[Question | None, Matter, DisclosureStatus | None]] = (
        (Question.DISCIPLINED, WARNING, DisclosureStatus.RELEASED),
        (Question.SPENT, CAUTION, DisclosureStatus.TO_DISCUSS),
        (Question.DISCIPLINED, INQUIRY, None),
        (None, Matter(), DisclosureStatus.NOTHING_RELEVANT),
        (None, Matter(), None),
    )
    at = now - timedelta(hours=20)
    for application, (question, matter, conclusion) in zip(others, stories, strict=False):
        _send(application, question, matter, at)
        if conclusion is not None:
            _conclude(lead, application, conclusion, now - timedelta(hours=2))
    for application in others[len(stories) : len(stories) + 1]:
        disclosing.ask_to_talk(application.candidate.as_actor(), application, now=at)
    db.session.flush()


def _has_panel(application: Application) -> bool:
    chairs = select(PanelMember.user_id).where(PanelMember.vacancy_id == application.vacancy_id, PanelMember.is_chair)
    return db.session.scalar(chairs) is not None


def _send(application: Application, question: Question | None, matter: Matter, at: datetime) -> None:
    actor = application.candidate.as_actor()
    given = {one.value: one is question for one in Question}
    disclosing.answer_questions(actor, application, Entered(given, version_of(Given())), now=at)
    db.session.flush()
    if question is not None:
        disclosing.save_matter(actor, application, question, None, Entered(matter._asdict()), now=at)
        db.session.flush()
    mark = disclosing.own_disclosure(application).mark
    disclosing.send(actor, application, confirmed=True, seen_mark=mark, now=at)
    db.session.flush()


def _conclude(lead: Actor, application: Application, target: DisclosureStatus, at: datetime) -> None:
    disclosure = db.session.get_one(SelfDisclosure, application.id)
    reading.open_disclosure(lead, disclosure, now=at)
    db.session.flush()
    is_released = target is DisclosureStatus.RELEASED
    concluding.conclude(
        lead,
        disclosure,
        target,
        words=NOTE if is_released else "",
        told=TOLD if is_released else "",
        reason=WHY if is_released else "",
        seen_version=disclosure.version,
        now=at,
    )
    db.session.flush()
