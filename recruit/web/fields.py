"""Dates as three boxes, months as two, one of a few: what WTForms lacks.  templates/components/form.html draws them.

Patterns: GOV.UK Design System, "Dates", and its date input's error messages.  What somebody types, however odd, is a
message beside the field, with what was typed kept; it is never an exception.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from wtforms import Field, RadioField, ValidationError
from wtforms.fields import choices
from wtforms.form import BaseForm

from recruit.applications.phone import WRONG_PHONE, is_phone

KEPT = 40  # characters of a box that come back to be mended; no date is as long
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100  # beyond these a year is a slip of the finger
MONTH_NAMES = (
    ("january", "february", "march", "april", "may", "june")
    + ("july", "august", "september", "october", "november", "december")
)  # fmt: skip


class FormData(Protocol):
    """What WTForms reads a request's form through."""

    def getlist(self, name: str, /) -> list[Any]:
        """Return what was sent under `name`, in order."""
        ...


@dataclass
class Part:
    """One box of a date: its name ("day"), its width in characters, and what stands in it."""

    name: str
    width: int
    text: str = ""


class DatePartsField(Field):
    """A day as three boxes, named `<name>-day`, `<name>-month` and `<name>-year`.  Its data is a date, or None.

    Use InputRequired("Enter the closing date") or Optional() beside it.  A month may be typed as a number or a name.

    Args:
        label: the question.
        thing: what the date is, to start a message with, such as "Closing date".
        not_real: the message for a date that does not exist, unless "<thing> must be a real date" says it well.
    """

    part_widths: Sequence[tuple[str, int]] = (("day", 2), ("month", 2), ("year", 4))
    real = "a real date"

    def __init__(
        self, label: str, validators: Sequence[Any] = (), *, thing: str, not_real: str = "", **kwargs: Any
    ) -> None:
        super().__init__(label, tuple(validators), **kwargs)
        self.thing = thing
        self.not_real = not_real or f"{thing} must be {self.real}"
        self.parts = [Part(name, width) for name, width in self.part_widths]
        self.faulty: frozenset[str] = frozenset()
        self.data: date | None

    @property
    def focus_id(self) -> str:
        """The id of the first box that is wrong; of the first box when none is wrong by itself."""
        first = next((part.name for part in self.parts if part.name in self.faulty), self.parts[0].name)
        return f"{self.id}-{first}"

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the boxes, when a form was sent; else show `data`, or the default."""
        if data is None or not isinstance(data, date):  # WTForms marks "nothing given" with an object of its own
            data = self.default() if callable(self.default) else self.default
        self.object_data = self.data = data
        self.process_errors = []
        self.faulty = frozenset()
        if formdata is None:
            self._show(data)
            return
        for part in self.parts:
            part.text = _first(formdata, f"{self.name}-{part.name}")
        typed = " ".join(part.text for part in self.parts if part.text)
        self.raw_data = [typed] if typed else []
        try:
            self.data = self._read() if typed else None
        except ValueError as error:
            self.data, self.process_errors = None, [str(error)]

    def post_validate(self, form: BaseForm, validation_stopped: bool) -> None:
        """A missing or refused date is wrong in all its boxes, unless some are known to be."""
        if self.errors and not self.faulty:
            self.faulty = frozenset(part.name for part in self.parts)

    def _show(self, data: date | None) -> None:
        for part in self.parts:
            part.text = str(getattr(data, part.name)) if data else ""

    def _read(self) -> date:
        """Return the date that the boxes make; raise ValueError with the message for a person."""
        missing = [part.name for part in self.parts if not part.text]
        if missing:
            raise self._wrong(missing, f"{self.thing} must include a {' and '.join(missing)}")
        numbers = {part.name: _number(part.text, part.name) for part in self.parts}
        unread = [name for name, number in numbers.items() if number is None]
        if unread == ["year"]:
            raise self._wrong(unread, f"{self.thing} must have a year of 4 numbers, like 2019")
        if unread:
            raise self._wrong(unread, self.not_real)
        year, month, day = numbers["year"] or 0, numbers["month"] or 0, numbers.get("day", 1) or 0
        if not EARLIEST_YEAR <= year <= LATEST_YEAR:
            raise self._wrong(["year"], f"{self.thing} must have a year between {EARLIEST_YEAR} and {LATEST_YEAR}")
        try:
            return date(year, month, day)
        except ValueError:
            raise self._wrong(_unreal(month, day), self.not_real) from None

    def _wrong(self, names: Sequence[str], message: str) -> ValueError:
        self.faulty = frozenset(names)
        return ValueError(message)


class MonthYearField(DatePartsField):
    """A month as two boxes, named `<name>-month` and `<name>-year`.  Its data is the month's first day, or None."""

    part_widths = (("month", 2), ("year", 4))
    real = "a real month and year, like 9 2019"


class DateBetween:
    """Refuse a date outside two bounds, each told in the caller's words.

    Args:
        earliest: gives the first date allowed; None for no bound.
        latest: gives the last date allowed; None for no bound.
        too_early: the message, such as "Closing date must be in the future".
        too_late: the message, such as "The month you left must be in the past".
    """

    def __init__(
        self,
        earliest: Callable[[], date] | None = None,
        latest: Callable[[], date] | None = None,
        *,
        too_early: str = "",
        too_late: str = "",
    ) -> None:
        self.earliest, self.latest, self.too_early, self.too_late = earliest, latest, too_early, too_late

    def __call__(self, form: BaseForm, field: Field) -> None:
        if field.data is None:
            return
        if self.earliest and field.data < self.earliest():
            raise ValidationError(self.too_early)
        if self.latest and field.data > self.latest():
            raise ValidationError(self.too_late)


def choice(value: str, words: str, group: str | None = None) -> Any:
    """Return one choice as WTForms 3.3 wants it."""
    return choices.SelectChoice(value, words, optgroup=group)  # type: ignore[attr-defined]  # stubs of WTForms 3.2


class ChoiceField(RadioField):
    """One of a few.  Data is None when nothing was chosen.  With `widget=Select()` it is a list and no radio buttons.

    Args:
        label: the question.
        offered: value and words of each; a form that knows them later sets `choices`.
        missing: what is said to somebody who chose none, or something that was not offered.
        needed: whether one must be chosen.
        kind: makes what is kept of the value, such as an enumeration.
    """

    def __init__(
        self,
        label: str,
        offered: Iterable[tuple[str, str]] = (),
        *,
        missing: str,
        needed: bool = True,
        kind: Callable[[str], Any] = str,
        **kwargs: Any,
    ) -> None:
        listed = [choice(str(value), words) for value, words in offered]
        super().__init__(label, choices=listed, **kwargs)
        self.missing, self.needed, self.kind = missing, needed, kind

    @property
    def kept(self) -> Any:
        """What is kept of the choice; None if there is none."""
        return self.kind(self.data) if self.data else None

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what was not offered, in our words."""
        self.data = self.data or None
        offered = {choice.value for choice in self.iter_choices()}  # type: ignore[attr-defined]  # as above
        if self.data is not None and self.data not in offered:
            self.data = None
            raise ValidationError(self.missing)
        if self.data is None and self.needed:
            raise ValidationError(self.missing)


class PhoneShape:
    """Refuse what cannot be a phone number."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        if field.data and not is_phone(field.data):
            raise ValidationError(WRONG_PHONE)


def _first(formdata: FormData, name: str) -> str:
    """Return the first text sent under `name`, without what cannot be shown, and not too long to show."""
    sent = formdata.getlist(name)
    text = sent[0] if sent and isinstance(sent[0], str) else ""
    shown = "".join(character for character in text[: KEPT * 4] if character.isprintable())
    return shown.strip()[:KEPT]


def _number(text: str, name: str) -> int | None:
    """Return the number in a box, or None.  Only 0 to 9 count as digits: int() would take those of any script."""
    if re.fullmatch("[0-9]{4}" if name == "year" else "[0-9]{1,2}", text):
        return int(text)
    if name == "month":
        return _named_month(text.lower().rstrip("."))
    return None


def _named_month(text: str) -> int | None:
    """Return the number of "september", "sept" or "sep", or None."""
    found = [number for number, month in enumerate(MONTH_NAMES, 1) if len(text) >= 3 and month.startswith(text)]
    return found[0] if found else None


def _unreal(month: int, day: int) -> list[str]:
    """Return which boxes are wrong when year, month and day make no date."""
    wrong = [name for name, number, most in (("day", day, 31), ("month", month, 12)) if not 1 <= number <= most]
    return wrong or ["day"]
