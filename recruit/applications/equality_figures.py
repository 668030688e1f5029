"""What may be seen of the equality counts of a year: by question, answer and stage, nothing under five."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from recruit.applications.counts import EqualityCount
from recruit.applications.equality import PREFER_NOT, QUESTIONS
from recruit.core.db import db
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.equality import EqualityStage, shown


@dataclass(frozen=True, slots=True)
class Line:
    """One answer, and how many gave it at each stage: None for fewer than five."""

    answer: str
    numbers: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """One question with its answers."""

    question: str
    lines: tuple[Line, ...]


def years(actor: Actor) -> Sequence[int]:
    """Return the years that something was counted in, the newest first.

    Raises:
        NotAllowed: not for this actor.
    """
    authorise(actor, Permission.EQUALITY_READ)
    return db.session.scalars(select(EqualityCount.year).distinct().order_by(EqualityCount.year.desc())).all()


def figures_of(actor: Actor, year: int) -> list[Figures]:
    """Return the figures of `year`, every answer that was offered among them, whether or not anybody gave it.

    Raises:
        NotAllowed: not for this actor.
    """
    authorise(actor, Permission.EQUALITY_READ)
    found = db.session.scalars(select(EqualityCount).where(EqualityCount.year == year))
    counts = {(row.question, row.answer, row.stage): row.number for row in found}
    return [
        Figures(
            question.words,
            tuple(
                Line(answer, tuple(shown(counts.get((question.key, answer, stage), 0)) for stage in EqualityStage))
                for answer in (*question.answers, PREFER_NOT)
            ),
        )
        for question in QUESTIONS
    ]
