"""Fields of the vacancy form that WTForms lacks: hours, a time of day, lines that grow."""

import re
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from typing import Any

from wtforms import Field, ValidationError
from wtforms.form import BaseForm

from recruit.core.text import clean_line
from recruit.rules import limits
from recruit.web.number_fields import TypedField

_WHOLE = re.compile(r"[0-9]{1,9}")
_HOURS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))? ?([ap])\.?m?\.?", re.IGNORECASE)
_TIME_24 = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})")


def row_id(value: str) -> int | None:
    """Return the id that an option of a list stands for, or None for what is none."""
    return int(value) if _WHOLE.fullmatch(value) else None


class HoursField(TypedField):
    """Hours a week, up to full time, with up to two decimals."""

    def _read(self, typed: str) -> Decimal:
        if not _HOURS.fullmatch(typed):
            raise ValueError("Hours a week must be a number, like 37 or 22.2")
        hours = Decimal(typed)
        if not 0 < hours <= limits.FULL_TIME_HOURS:
            raise ValueError(f"Hours a week must be more than 0 and at most {limits.FULL_TIME_HOURS}")
        return hours

    def _shown(self, data: Decimal) -> str:
        return f"{data:f}".rstrip("0").rstrip(".") if "." in f"{data:f}" else f"{data:f}"


class TimeField(TypedField):
    """A time of day, like 5pm, 5:30pm, 17:30 or midday."""

    def _read(self, typed: str) -> time:
        if typed.casefold() in ("midday", "noon"):
            return time(12)
        found = _TIME.fullmatch(typed) or _TIME_24.fullmatch(typed)
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
        if found and found.re is _TIME:
            hour = hour % 12 + (12 if found[3] in "pP" else 0) if 1 <= hour <= 12 else 99
        if hour > 23 or minute > 59:
            raise ValueError("Closing time must be a time, like 5pm or 11:59pm")
        return time(hour, minute)

    def _shown(self, data: time) -> str:
        minutes = f":{data.minute:02d}" if data.minute else ""
        return f"{data.hour % 12 or 12}{minutes}{'pm' if data.hour >= 12 else 'am'}"


@dataclass
class Row:
    """One line of a `LinesField`: what stands in it and what is wrong with it."""

    id: str
    text: str
    error: str = ""


class LinesField(Field):
    """Lines of one kind, each in a box of its own, all sent under one name.  Its data is the lines that are not empty.

    Args:
        label: the question.
        rows: boxes shown at first; `add_rows` shows more.
        most: lines at most.
        characters: characters of one line at most.
        thing: one of them, to start a message with, such as "Criterion".
    """

    data: list[str]

    def __init__(self, label: str, *, rows: int, most: int, characters: int, thing: str, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.shown, self.most, self.characters, self.thing = rows, most, characters, thing
        self.rows: list[Row] = []

    @property
    def focus_id(self) -> str:
        """The id of the first box that is wrong, else of the first."""
        return next((row.id for row in self.rows if row.error), f"{self.id}-0")

    @property
    def can_grow(self) -> bool:
        return len(self.rows) < self.most

    def add_rows(self, count: int = 4) -> None:
        """Show `count` more empty boxes, up to the most."""
        room = min(count, self.most - len(self.rows))
        self.rows += [Row(f"{self.id}-{len(self.rows) + number}", "") for number in range(room)]

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the boxes, when a form was sent; else show `data`."""
        self.process_errors, self.raw_data = [], []
        given = list(data) if isinstance(data, list | tuple) else []
        if formdata is not None:
            given = [clean_line(text) for text in formdata.getlist(self.name)[: self.most * 2] if isinstance(text, str)]
        self.data = [text for text in given if text]
        shown = max(self.shown, len(self.data), min(len(given), self.most))
        padded = [*self.data, *[""] * (shown - len(self.data))]
        self.rows = [Row(f"{self.id}-{number}", text) for number, text in enumerate(padded)]

    def pre_validate(self, form: BaseForm) -> None:
        seen: set[str] = set()
        for row in self.rows:
            if len(row.text) > self.characters:
                row.error = f"{self.thing} must be {self.characters} characters or fewer"
            elif row.text and row.text.casefold() in seen:
                row.error = f"{self.thing} is there twice"
            seen.add(row.text.casefold())
        if len(self.data) > self.most:
            raise ValidationError(f"There can be at most {self.most}")
        if wrong := [row.error for row in self.rows if row.error]:
            raise ValidationError(wrong[0])
