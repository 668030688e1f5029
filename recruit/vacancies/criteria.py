"""Changes of a person specification, one line at a time, the same for a draft, a set and a change that is asked for.

Lines are in the order in which they are shown, essential ones first; `place` counts from 0.
"""

from collections.abc import Sequence
from dataclasses import replace

from recruit.core.errors import Conflict, Incomplete
from recruit.core.text import clean_line
from recruit.rules import limits
from recruit.vacancies.details import CriterionText
from recruit.vacancies.models import CriterionKind

Lines = tuple[CriterionText, ...]
GONE = "This criterion is not there any more. Nothing was changed."


def in_order(lines: Sequence[CriterionText]) -> Lines:
    """Return the lines as they are shown: essential ones first, each kind in its own order."""
    return tuple(sorted(lines, key=lambda line: line.kind is not CriterionKind.ESSENTIAL))


def checked(lines: Sequence[CriterionText]) -> Lines:
    """Return the lines in order, if they can be kept.

    Raises:
        Incomplete: one says nothing or too much, or is there twice, or there are too many of a kind.
    """
    seen: set[str] = set()
    for line in lines:
        text = clean_line(line.text).casefold()
        if not text:
            raise Incomplete("Enter the criterion")
        if len(line.text) > limits.CRITERION_CHARACTERS:
            raise Incomplete(f"Criterion must be {limits.CRITERION_CHARACTERS} characters or fewer")
        if text in seen:
            raise Incomplete("This criterion is there already")
        seen.add(text)
    for kind in CriterionKind:
        if sum(line.kind is kind for line in lines) > limits.CRITERIA[1]:
            raise Incomplete(f"There can be at most {limits.CRITERIA[1]} {kind.value} criteria")
    return in_order(lines)


def added(lines: Lines, line: CriterionText) -> Lines:
    """Return the lines with one more, the last of its kind.

    Raises:
        Incomplete: it says nothing or too much, is there already, or there are too many of its kind.
    """
    return checked((*lines, line))


def changed(lines: Lines, place: int, line: CriterionText) -> Lines:
    """Return the lines with another one at `place`; it stays the same criterion.

    Raises:
        Conflict: there is none at `place`.
        Incomplete: as `added`.
    """
    kept = _at(lines, place)
    return checked((*lines[:place], replace(line, id=kept.id), *lines[place + 1 :]))


def moved(lines: Lines, place: int, *, down: bool) -> Lines:
    """Return the lines with the one at `place` a place up or down among its kind; the same where it cannot go further.

    Raises:
        Conflict: there is none at `place`.
    """
    line, other = _at(lines, place), place + (1 if down else -1)
    if not 0 <= other < len(lines) or lines[other].kind is not line.kind:
        return lines
    swapped = list(lines)
    swapped[place], swapped[other] = swapped[other], line
    return tuple(swapped)


def without(lines: Lines, place: int) -> Lines:
    """Return the lines without the one at `place`.

    Raises:
        Conflict: there is none at `place`.
    """
    _at(lines, place)
    return (*lines[:place], *lines[place + 1 :])


def joined(lines: Lines, more: Sequence[CriterionText]) -> Lines:
    """Return the lines with those of `more` that are not there yet.

    Raises:
        Incomplete: there would be too many of a kind.
    """
    known = {line.text.casefold() for line in lines}
    return checked((*lines, *(replace(line, id=None) for line in more if line.text.casefold() not in known)))


def _at(lines: Lines, place: int) -> CriterionText:
    if not 0 <= place < len(lines):
        raise Conflict(GONE)
    return lines[place]
