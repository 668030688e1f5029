"""What boxes of rows carry: a reference, and numbers that say how the row was when its page was made."""

from collections.abc import Iterable, Iterator
from typing import Any

from recruit.core.references import normalise_reference

_HIGHEST = 2**63 - 1  # of a number that the database can hold
_KEPT = 80  # characters of one row's value that are read


def whole_number(text: Any) -> int:
    """Return a number that came with a form; -1, which is no id and no version, for anything else."""
    value = str(text or "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 20 and int(value) <= _HIGHEST else -1


def row_values(values: Iterable[str], *, numbers: int) -> Iterator[tuple[str, list[int]]]:
    """Return rows as they came, each as "reference:number:number"; what has no reference is left out.

    Args:
        numbers: how many belong to each; one that is missing or odd is -1.
    """
    for value in values:
        reference, *rest = value[:_KEPT].split(":")
        if found := normalise_reference(reference):
            yield found, [whole_number(text) for text in [*rest, *[""] * numbers][:numbers]]
