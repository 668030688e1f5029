"""The forms of accounts.  A password is kept exactly as typed, so its field has no filter and cuts nothing."""

from typing import Any

from wtforms import HiddenField, PasswordField, ValidationError
from wtforms.validators import InputRequired

from recruit.accounts.addresses import email_address
from recruit.rules import limits
from recruit.web.forms import Form, LineField

EMAIL_FORMAT = "Enter an email address in the correct format, like name@example.com"


def a_mail_address(_form: Any, field: Any) -> None:
    """Refuse what mail cannot be sent to."""
    if email_address(field.data or "") is None:
        raise ValidationError(EMAIL_FORMAT)


class SignInForm(Form):
    """Who, and the password.  It says nothing about the form of either: that is for registering."""

    email = LineField("Email address", [InputRequired("Enter your email address")], most=limits.EMAIL_CHARACTERS)
    password = PasswordField("Password", [InputRequired("Enter your password")])
    next = HiddenField()
