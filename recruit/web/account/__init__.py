"""Accounts: registering, signing in and out, passwords.  Open to everybody; what needs a signed-in person says so."""

from recruit.web.account import (
    closing,
    email,
    keeping_interest,
    passkey_sign_in,
    passkeys,
    passwords,
    registering,
    reminding,
    sign_in,
    your_account,
    your_alerts,
    your_data,
)
from recruit.web.account.blueprint import blueprint

__all__ = [
    "blueprint",
    "closing",
    "email",
    "keeping_interest",
    "passkey_sign_in",
    "passkeys",
    "passwords",
    "registering",
    "reminding",
    "sign_in",
    "your_account",
    "your_alerts",
    "your_data",
]
