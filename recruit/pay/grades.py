"""Keeping the council's grades."""

from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import Field, model_validator

from recruit.core.entries import Code, Entry, Kept, LineText, keep
from recruit.pay.models import Grade
from recruit.rules.access import Actor, Permission, authorise

Point = Annotated[int, Field(ge=1, le=99)]


class GradeEntry(Entry):
    """A grade as a file gives it: points of the national spine, and its place in lists."""

    code: Code
    title: LineText
    point_min: Point
    point_max: Point
    position: Annotated[int, Field(ge=1, le=1000)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.point_max < self.point_min:
            raise ValueError("point_max must not be less than point_min")
        return self


def keep_grades(actor: Actor, entries: Sequence[GradeEntry]) -> list[Kept]:
    """Add the grades, or change those that have the code already.  Pay that was published stays as it was.

    Args:
        actor: whoever asks.
        entries: grades with codes of their own.

    Returns:
        What was done with each.

    Raises:
        NotAllowed: only administrators keep grades.
    """
    authorise(actor, Permission.PAY_MANAGE)
    return keep(Grade, "code", entries)
