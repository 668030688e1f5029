"""What this service tells browsers about passkeys, and the challenge that a browser was given, in its signed cookie."""

from datetime import UTC, datetime
from enum import StrEnum

from flask import abort, current_app, session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from recruit.accounts.challenges import Challenge, new_challenge
from recruit.accounts.passkeys import RelyingParty


class Given(StrEnum):
    """What a challenge was given for; the name of its place in the cookie."""

    TO_ADD = "passkey_add"
    TO_SIGN_IN = "passkey_sign_in"


def party_or_none() -> RelyingParty | None:
    """Return this service as passkeys know it; None at an address that they cannot belong to."""
    settings = current_app.config["SETTINGS"]
    home = settings.passkey_home()
    return RelyingParty(home[0], home[1], settings.service_name) if home else None


def party() -> RelyingParty:
    """Return this service as passkeys know it, or answer that there is no such page."""
    return party_or_none() or abort(404)


def give(given: Given, *, now: datetime) -> Challenge:
    """Return a new challenge, and note it in this browser's cookie."""
    challenge = new_challenge(now=now)
    session[given] = [bytes_to_base64url(challenge.value), int(challenge.until.timestamp())]
    return challenge


def given_challenge(given: Given) -> Challenge | None:
    """Return the challenge that this browser was given last, or None."""
    noted = session.get(given)
    if not noted:
        return None
    text, until = noted
    return Challenge(base64url_to_bytes(text), datetime.fromtimestamp(until, UTC))


def take(given: Given) -> Challenge | None:
    """Return the challenge that this browser was given last, and take it out of its cookie."""
    challenge = given_challenge(given)
    session.pop(given, None)
    return challenge
