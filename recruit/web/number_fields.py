"""Numbers told in words: whole ones, money, paid weeks.

WTForms' own numbers take any script's digits, "NaN" and "1e999"; these take what a person means by a number.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from wtforms import Field, StringField
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from recruit.core.money import pounds
from recruit.core.text import clean_line
from recruit.rules import limits

KEPT = 40  # characters of a number or a time that come back to be mended

_WHOLE = re.compile(r"[0-9]{1,9}")
_MONEY = re.compile(r"£? ?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})(?:\.([0-9]{2}))?")
_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")


class TypedField(StringField, ABC):
    """One line whose data is what `_read` makes of it.  What was typed comes back; nothing typed is None."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return _short(self.raw_data[0])
        return self._shown(self.data) if self.data is not None else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = _short(valuelist[0]) if valuelist else ""
        self.data = None
        if typed:
            self.data = self._read(typed)

    def _shown(self, data: Any) -> str:
        return str(data)

    @abstractmethod
    def _read(self, typed: str) -> Any:
        """Return what was typed as data.

        Raises:
            ValueError: it is none; the message is a sentence for the person who typed it.
        """


class Needed:
    """Refuses a field of which nothing was read, with a sentence.  A space is nothing: `InputRequired` takes it."""

    def __init__(self, message: str) -> None:
        self.message = message
        self.field_flags = {"required": True}

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Stop where there is no data; what was wrong with what was typed is said already."""
        if field.data is None:
            raise StopValidation("" if field.errors else self.message)


class WholeNumberField(TypedField):
    """A whole number within two bounds, told in words: "Posts must be between 1 and 50"."""

    def __init__(
        self, label: str, validators: Sequence[Any] = (), *, thing: str, bounds: tuple[int, int], **kwargs: Any
    ) -> None:
        super().__init__(label, list(validators), **kwargs)
        self.thing, self.bounds = thing, bounds

    def _read(self, typed: str) -> int:
        least, most = self.bounds
        if not _WHOLE.fullmatch(typed):
            raise ValueError(f"{self.thing} must be a whole number, like {least}")
        if not least <= int(typed) <= most:
            raise ValueError(f"{self.thing} must be between {least} and {most}")
        return int(typed)


class MoneyField(TypedField):
    """Pounds, with pence if need be; its data is whole pence.

    Args:
        thing: what it is, to start a message with, such as "Amount".
        bounds: the least and the most, pence.
    """

    def __init__(
        self, label: str, validators: Sequence[Any] = (), *, thing: str, bounds: tuple[int, int], **kwargs: Any
    ) -> None:
        super().__init__(label, list(validators), **kwargs)
        self.thing, self.bounds = thing, bounds

    def _read(self, typed: str) -> int:
        found = _MONEY.fullmatch(typed)
        if found is None:
            raise ValueError(f"{self.thing} must be an amount in pounds, like 2000 or 2000.50")
        pence = int(found[1].replace(",", "")) * 100 + int(found[2] or 0)
        least, most = self.bounds
        if not least <= pence <= most:
            raise ValueError(f"{self.thing} must be between {pounds(least)} and {pounds(most)}")
        return pence

    def _shown(self, data: int) -> str:
        return pounds(data).removeprefix("£")


class PaidWeeksField(TypedField):
    """Paid weeks a year, with up to two decimals; nothing typed means all of the year."""

    def _read(self, typed: str) -> Decimal:
        least, most = limits.PAID_WEEKS
        if not _DECIMAL.fullmatch(typed):
            raise ValueError("Paid weeks must be a number, like 44.6")
        weeks = Decimal(typed)
        if not least <= weeks <= most:
            raise ValueError(f"Paid weeks must be between {least} and {most}. Leave it empty for all of the year")
        return weeks

    def _shown(self, data: Decimal) -> str:
        return f"{data:.2f}".rstrip("0").rstrip(".")


def _short(value: Any) -> str:
    return clean_line(value[: KEPT * 4])[:KEPT] if isinstance(value, str) else ""
