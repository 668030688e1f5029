"""The forms of accounts.  A password is kept exactly as typed, so its field has no filter and cuts nothing."""

from typing import Any

from flask import current_app
from wtforms import HiddenField, PasswordField, ValidationError
from wtforms.validators import InputRequired

from recruit.accounts.addresses import email_address, email_key
from recruit.accounts.passwords import password_fault
from recruit.rules import limits
from recruit.web.forms import Form, LineField

EMAIL_FORMAT = "Enter an email address in the correct format, like name@example.com"
PASSWORD_HINT = (
    f"Must be at least {limits.PASSWORD_CHARACTERS[0]} characters. Longer is safer: three random words are good. "
    "You can use spaces, and paste from a password manager."
)


def a_mail_address(_form: Any, field: Any) -> None:
    """Refuse what mail cannot be sent to."""
    if email_address(field.data or "") is None:
        raise ValidationError(EMAIL_FORMAT)


class _Email(Form):
    email = LineField(
        "Email address", [InputRequired("Enter your email address"), a_mail_address], most=limits.EMAIL_CHARACTERS
    )
    next = HiddenField()


class SignInForm(Form):
    """Who, and the password.  It says nothing about the form of either: that is for registering."""

    email = LineField("Email address", [InputRequired("Enter your email address")], most=limits.EMAIL_CHARACTERS)
    password = PasswordField("Password", [InputRequired("Enter your password")])
    next = HiddenField()


class RegisterForm(Form):
    """A new account."""

    name = LineField("Full name", [InputRequired("Enter your full name")])
    email = LineField(
        "Email address",
        [InputRequired("Enter your email address"), a_mail_address],
        most=limits.EMAIL_CHARACTERS,
        description="We send a link to this address, and write to it about your applications.",
    )
    password = PasswordField("Choose a password", [InputRequired("Choose a password")], description=PASSWORD_HINT)
    next = HiddenField()

    def validate_name(self, field: Any) -> None:
        """A name of nothing that can be seen is no name."""
        if not field.data:
            raise ValidationError("Enter your full name")

    def validate_password(self, field: Any) -> None:
        """Refuse what is easy to guess."""
        _refuse_weak(field, self.name.data or "", self.email.data or "")


class SendLinkForm(_Email):
    """Where to send a link."""


class ConfirmForm(Form):
    """The password that was chosen with the account whose link this is."""

    password = PasswordField("Password", [InputRequired("Enter your password")])
    token = HiddenField()
    next = HiddenField()


class ChoosePasswordForm(Form):
    """A new password for the account whose link this is."""

    password = PasswordField("New password", [InputRequired("Choose a password")], description=PASSWORD_HINT)
    token = HiddenField()
    next = HiddenField()

    def __init__(self, *args: Any, about: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about

    def validate_password(self, field: Any) -> None:
        """Refuse what is easy to guess."""
        _refuse_weak(field, *self.about)


class ChangeEmailForm(Form):
    """The new address, and the password."""

    email = LineField(
        "New email address",
        [InputRequired("Enter your new email address"), a_mail_address],
        most=limits.EMAIL_CHARACTERS,
    )
    current = PasswordField("Your password", [InputRequired("Enter your password")])

    def __init__(self, *args: Any, own_key: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_key = own_key

    def validate_email(self, field: Any) -> None:
        """Refuse the address that the account has."""
        if email_key(field.data or "") == self.own_key:
            raise ValidationError("Enter another address. This one is the address of your account")


class OwnPasswordForm(Form):
    """The password of whoever is signed in, before what only they may do."""

    current = PasswordField("Your password", [InputRequired("Enter your password")])


class PasskeySignInForm(Form):
    """What a script fills in: a passkey's answer, as JSON."""

    credential = HiddenField()
    next = HiddenField()


class AddPasskeyForm(Form):
    """A name, and what a script fills in: the passkey that a device made, as JSON."""

    name = LineField(
        "Name of this passkey",
        [InputRequired("Enter a name, such as the device it is on")],
        most=limits.PASSKEY_NAME_CHARACTERS,
        description="So that you know it again, such as “My phone” or the name of your password manager.",
    )
    credential = HiddenField()


class ButtonForm(Form):
    """Nothing but the token, and whose link it is."""

    token = HiddenField()


class ChangePasswordForm(Form):
    """The old password and a new one."""

    current = PasswordField("Current password", [InputRequired("Enter your current password")])
    password = PasswordField("New password", [InputRequired("Choose a password")], description=PASSWORD_HINT)

    def __init__(self, *args: Any, about: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about

    def validate_password(self, field: Any) -> None:
        """Refuse what is easy to guess."""
        _refuse_weak(field, *self.about)


def _refuse_weak(field: Any, *about: str) -> None:
    settings = current_app.config["SETTINGS"]
    fault = password_fault(field.data, about=(*about, settings.service_name, settings.organisation))
    if fault:
        raise ValidationError(fault)
