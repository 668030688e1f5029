"""When something is due, as HR reads it: in words, so that nothing hangs on a colour."""

from datetime import date
from typing import Final

from recruit.core.calendar import working_days_between
from recruit.rules import limits

DUE_CHOICES: Final = {str(days): f"Within {days} working days" if days else "Overdue" for days in limits.QUEUE_DUE}
"""What the queue can be narrowed down to, by what an address says."""


def due_words(due_on: date | None, today: date) -> str:
    """Return how far away a promised day is: "Due today", "Due in 3 working days", "2 working days overdue"."""
    if due_on is None:
        return "Nothing is due"
    if due_on == today:
        return "Due today"
    is_late = due_on < today
    days = working_days_between(due_on, today) if is_late else working_days_between(today, due_on)
    if not days:
        return "Overdue"
    counted = f"{days} working day{'' if days == 1 else 's'}"
    return f"{counted} overdue" if is_late else f"Due in {counted}"


def late_words(due_on: date | None, today: date) -> str:
    """Return how long a promised day has passed; "" where it has not."""
    return due_words(due_on, today) if due_on and due_on < today else ""
