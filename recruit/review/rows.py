"""The same done with many applications in one transaction: what cannot be done is named, and the rest is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Select

from recruit.applications import stages
from recruit.applications.models import Application
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed

Wanted = TypeVar("Wanted")


class NeedsReason(Conflict):
    """What is not done unless somebody says why it should be."""


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one ticked row: `refusal` is empty where it was done; a reason may be all that it lacks."""

    reference: str
    refusal: str = ""
    needs_reason: bool = False


def held_rows(statement: Select[tuple[Application]]) -> Sequence[Application]:
    """Return the applications of `statement` as they are now, with the rows of all of them held.

    They are taken at once and by id, before anything else is, so that two batches never wait for each other.
    """
    return db.session.scalars(
        statement.order_by(Application.id)
        .with_for_update(of=Application, key_share=True)  # who only names it in a row of their own need not wait
        .execution_options(populate_existing=True)
    ).all()


def each_row(
    found: Iterable[Application],
    wanted: Mapping[str, Wanted],
    do: Callable[[Application, Wanted], None],
    *,
    missing: str = "There is no such application.",
) -> list[RowResult]:
    """Do something with each application; a row that is refused leaves nothing behind, because services check first.

    Args:
        found: the applications of `wanted` that there are, from `held_rows`.
        wanted: what somebody saw of each row that they ticked, by reference.
        missing: what is said of those that are not found.
    """
    results = {reference: RowResult(reference, missing) for reference in wanted}
    with stages.counted_together():
        for application in found:
            reference = application.reference
            try:
                do(application, wanted[reference])
            except (Conflict, Incomplete, NotAllowed) as refusal:
                results[reference] = RowResult(reference, str(refusal), isinstance(refusal, NeedsReason))
            else:
                results[reference] = RowResult(reference)
    return [results[reference] for reference in sorted(results)]
