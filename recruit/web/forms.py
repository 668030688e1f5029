"""What every form stands on: cleaned text, one token, and refusals of the domain shown beside the right field."""

import re
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, StringField, TextAreaField, ValidationError
from wtforms.form import BaseForm
from wtforms.validators import Length

from recruit.core.text import clean_line, clean_prose, word_count
from recruit.rules import limits

_VERSION = re.compile(r"[0-9]{1,9}")


class Form(FlaskForm):
    """Base of every form.  `form_errors` holds what concerns no single field."""


class VersionedForm(Form):
    """A form that knows which version of the thing its page showed."""

    version = HiddenField()

    def seen_version(self) -> int:
        """Return the version, or 0, which nothing has, for what is not one."""
        text = self.version.data or ""
        return int(text) if _VERSION.fullmatch(text) else 0


class LineField(StringField):
    """One line of text, cleaned of what cannot be typed on purpose, at most `most` characters."""

    def __init__(self, label: str, validators: Any = (), *, most: int = limits.LINE_CHARACTERS, **kwargs: Any) -> None:
        too_long = Length(max=most, message=f"{label} must be {most} characters or fewer")
        super().__init__(label, [*validators, too_long], filters=[_clean_line], **kwargs)


class ProseField(TextAreaField):
    """Text of any number of lines, cleaned.  `words` is the most that may be written, shown and checked alike."""

    def __init__(self, label: str, validators: Any = (), *, words: int | None = None, **kwargs: Any) -> None:
        self.words = words
        checks = [*validators, Length(max=limits.PROSE_CHARACTERS, message=f"{label} is too long")]
        if words:
            checks.append(MaxWords(words, label))
        super().__init__(label, checks, filters=[_clean_prose], **kwargs)


class MaxWords:
    """Refuse text of more than `limit` words.

    Args:
        limit: words, as a person would count them: runs of non-space.
        thing: what the text is, to start the message with, such as "Personal statement".
    """

    def __init__(self, limit: int, thing: str) -> None:
        self.limit, self.thing = limit, thing

    def __call__(self, form: BaseForm, field: Field) -> None:
        if word_count(field.data or "") > self.limit:
            raise ValidationError(f"{self.thing} must be {self.limit} words or fewer")


class MaxCharacters:
    """Refuse text of more than `limit` characters.

    Args:
        limit: characters, a line's end counted as one.
        thing: what the text is, to start the message with, such as "Note".
    """

    def __init__(self, limit: int, thing: str) -> None:
        self.limit, self.thing = limit, thing

    def __call__(self, form: BaseForm, field: Field) -> None:
        if len(field.data or "") > self.limit:
            raise ValidationError(f"{self.thing} must be {self.limit:,} characters or fewer")


def _clean_line(value: Any) -> Any:
    return clean_line(value) if isinstance(value, str) else value


def _clean_prose(value: Any) -> Any:
    return clean_prose(value) if isinstance(value, str) else value
