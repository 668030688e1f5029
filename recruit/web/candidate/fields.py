"""Fields that the form's sections share."""

from collections.abc import Callable, Iterable
from typing import Any

from wtforms import Field, RadioField, ValidationError
from wtforms.fields import choices
from wtforms.form import BaseForm

from recruit.accounts.addresses import email_address
from recruit.applications.completeness import WRONG_EMAIL
from recruit.applications.phone import WRONG_PHONE, is_phone
from recruit.applications.words import too_long
from recruit.web.forms import LineField, ProseField

YES, NO = "yes", "no"
Choices = Iterable[tuple[str, str]]


def select_choice(value: str, words: str, group: str | None = None) -> Any:
    """Return one choice as WTForms 3.3 wants it."""
    return choices.SelectChoice(value, words, optgroup=group)  # type: ignore[attr-defined]  # stubs of WTForms 3.2


class ChoiceField(RadioField):
    """One of a few.  Data is None when nothing was chosen.

    Args:
        label: the question.
        offered: value and words of each.
        missing: what is said to somebody who chose none, or something that was not offered.
        needed: whether one must be chosen.
        kind: makes what is kept of the value, such as an enumeration.
    """

    def __init__(
        self,
        label: str,
        offered: Choices,
        *,
        missing: str,
        needed: bool = True,
        kind: Callable[[str], Any] = str,
        **kwargs: Any,
    ) -> None:
        listed = [select_choice(str(value), words) for value, words in offered]
        super().__init__(label, choices=listed, **kwargs)
        self.offered = {choice.value for choice in listed}
        self.missing, self.needed, self.kind = missing, needed, kind

    @property
    def kept(self) -> Any:
        """What is kept of the choice; None if there is none."""
        return None if self.data is None else self.kind(self.data)

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what was not offered, in our words."""
        self.data = self.data or None
        if self.data is not None and self.data not in self.offered:
            self.data = None
            raise ValidationError(self.missing)
        if self.data is None and self.needed:
            raise ValidationError(self.missing)


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


class PhoneShape:
    """Refuse what cannot be a phone number."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        if field.data and not is_phone(field.data):
            raise ValidationError(WRONG_PHONE)
