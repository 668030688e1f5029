"""What somebody disclosed, in words, for whoever it is about (UK GDPR, articles 15 and 20)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from recruit.applications.models import Application
from recruit.core.db import db
from recruit.rules.access import Actor
from recruit.rules.self_disclosure import Question
from recruit.self_disclosures import answers as kept
from recruit.self_disclosures.answers import Answers
from recruit.self_disclosures.contents import DisclosureAnswers, TextKind
from recruit.self_disclosures.disclosing import texts_of
from recruit.self_disclosures.models import SelfDisclosure


@dataclass(frozen=True, slots=True)
class OwnDisclosure:
    """One self-disclosure; `rows` are questions and answers, `additions` what was added and when."""

    application: str
    asked_at: datetime
    sent_at: datetime | None
    rows: Sequence[tuple[str, str]]
    additions: Sequence[tuple[datetime, str]]


def own_disclosures(actor: Actor) -> Sequence[OwnDisclosure]:
    """Return all that `actor` was asked and answered, drafts among it, the oldest first."""
    statement = (
        select(Application.reference, SelfDisclosure, DisclosureAnswers)
        .join(SelfDisclosure, SelfDisclosure.application_id == Application.id)
        .outerjoin(DisclosureAnswers, DisclosureAnswers.application_id == Application.id)
        .where(Application.candidate_id == actor.user_id)
        .order_by(SelfDisclosure.asked_at, Application.id)
    )
    return [
        OwnDisclosure(
            reference,
            disclosure.asked_at,
            disclosure.sent_at,
            rows_of(kept.read(row.answers)) if row else [],
            [(one.at, one.words) for one in texts_of(disclosure.application_id, TextKind.ADDITION)],
        )
        for reference, disclosure, row in db.session.execute(statement).tuples()
    ]


def rows_of(answers: Answers) -> list[tuple[str, str]]:
    """Return the answers as questions and words, without questions that were not answered."""
    rows = []
    for question in Question:
        answer = answers.answer_to(question)
        if answer is None:
            continue
        matters = [f"{one.when}: {one.what}. {one.outcome}" for _, one in answers.matters_of(question)]
        rows.append((answers.text_of(question), "\n".join(["Yes" if answer else "No", *matters])))
    return [*rows, ("Anything else", answers.given.more)] if answers.given.more else rows
