"""Accounts: registering, signing in and out, passwords.  Open to everybody; what needs a signed-in person says so."""

from recruit.web.account import passwords, registering, sign_in, your_account, your_alerts, your_data
from recruit.web.account.blueprint import blueprint

__all__ = ["blueprint", "passwords", "registering", "sign_in", "your_account", "your_alerts", "your_data"]
