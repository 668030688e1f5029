"""What somebody enters for one criterion."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """Points, or None where none were chosen yet, and the note beside them."""

    score: int | None
    note: str
