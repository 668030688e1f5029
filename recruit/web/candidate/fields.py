"""Fields that the form's sections share."""

from datetime import date
from typing import Any

from wtforms import Field, ValidationError
from wtforms.form import BaseForm

from recruit.accounts.addresses import email_address
from recruit.applications.completeness import WRONG_EMAIL
from recruit.applications.words import too_long
from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.web.fields import ChoiceField
from recruit.web.forms import LineField, ProseField

YES, NO = "yes", "no"


def this_month() -> date:
    """Return the first day of this month, in London."""
    return london_day(clock.now()).replace(day=1)


class YesNoField(ChoiceField):
    """Yes or no; True, False or None is kept."""

    def __init__(self, label: str, *, missing: str, needed: bool = True, **kwargs: Any) -> None:
        both = [(YES, "Yes"), (NO, "No")]
        super().__init__(label, both, missing=missing, needed=needed, kind=lambda value: value == YES, **kwargs)

    def process_data(self, value: Any) -> None:
        """Show a stored True or False."""
        self.data = {True: YES, False: NO}.get(value) if isinstance(value, bool) else value


class OptionalLineField(LineField):
    """One line that may stay empty, and says so."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.label.text = f"{label} (optional)"


class OptionalProseField(ProseField):
    """Several lines that may stay empty, and say so."""

    def __init__(self, label: str, validators: Any = (), **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.label.text = f"{label} (optional)"


class WordsAtMost:
    """Refuse text of more than `limit` words, and say how many to take out."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, form: BaseForm, field: Field) -> None:
        if message := too_long("Your answer", field.data or "", self.limit):
            raise ValidationError(message)


def finished_field() -> ChoiceField:
    """Return the question that each section ends with."""
    return ChoiceField(
        "Have you finished this section?",
        [(YES, "Yes, I have finished this section"), (NO, "No, I will come back later")],
        missing="Select whether you have finished this section",
    )


class EmailShape:
    """Refuse what mail cannot be sent to."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        if field.data and email_address(field.data) is None:
            raise ValidationError(WRONG_EMAIL)
