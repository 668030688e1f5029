"""Signing in with a passkey: the browser offers whichever of this service it has, so no address is asked for.

Whatever is wrong, the answer is the same, but for a passkey that seems to have been copied: only whoever holds it can
be told so.  The log tells all apart.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import structlog
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    options_to_json,
    verify_authentication_response,
)
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers.structs import UserVerificationRequirement

from recruit.accounts import attempts, challenges, sessions
from recruit.accounts.attempts import Asker, Purpose, Verdict
from recruit.accounts.challenges import Challenge
from recruit.accounts.models import Passkey, User
from recruit.accounts.passkeys import CHALLENGE_MILLISECONDS, RelyingParty
from recruit.accounts.registration import first_name
from recruit.core.db import db
from recruit.core.errors import Incomplete
from recruit.notifications.outbox import post
from recruit.rules import limits
from recruit.rules.notifications import Notification

logger = structlog.get_logger(__name__)


class Outcome(StrEnum):
    """How a try ends.  Only the first opens a session; only the second is told apart from the others."""

    SIGNED_IN = "signed_in"
    COPIED = "passkey_copied"
    CHALLENGE_OVER = "challenge_over"
    UNKNOWN = "unknown_passkey"
    WRONG = "wrong_passkey"
    DISABLED = "disabled"
    ACCOUNT_LIMIT = "account_limit"
    ADDRESS_LIMIT = "address_limit"


@dataclass(frozen=True, slots=True)
class Asking:
    """The browser that asks: where from, what it was given, the session that it leaves, what it is called."""

    asker: Asker
    challenge: Challenge | None
    leaving: str
    device: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it: the new session's token and whose it is, where there is one."""

    outcome: Outcome
    user: User | None = None
    token: str = ""


def options_to_sign_in(challenge: Challenge, party: RelyingParty) -> str:
    """Return what the browser is asked to sign, as JSON.  It is the same for everybody: nobody is named."""
    options = generate_authentication_options(
        rp_id=party.host,
        challenge=challenge.value,
        timeout=CHALLENGE_MILLISECONDS,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def read_answer(text: str) -> dict[str, object]:
    """Return what a browser sent of a passkey.

    Raises:
        Incomplete: it is no such thing.
    """
    wrong = Incomplete("What your browser sent is not a passkey’s answer. Go back and try again.")
    if len(text) > limits.PASSKEY_CREDENTIAL_CHARACTERS:
        raise wrong
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise wrong from error
    if not isinstance(answer, dict) or not isinstance(answer.get("id"), str):
        raise wrong
    return answer


def sign_in(answer: dict[str, object], asking: Asking, party: RelyingParty, *, now: datetime) -> Result:
    """Check `answer`, log the try as every sign-in, and for a right one of a live account open a session."""
    key = _key_of(answer)
    attempt = attempts.begin(asking.asker, Purpose.SIGN_IN, f"passkey {key.hex()}", now=now)
    passkey = _passkey_with(key)
    user = passkey.user if passkey else None
    if attempt.verdict is not Verdict.ALLOWED:
        outcome = Outcome(attempt.verdict.value)
    elif not challenges.spend(asking.challenge, now=now):
        outcome = Outcome.CHALLENGE_OVER
    else:
        outcome = _checked(answer, passkey, asking.challenge, party, now)
    logger.info("sign_in", outcome=outcome, user_id=user.id if user else None, source=attempt.source, by="passkey")
    if user is None or outcome is not Outcome.SIGNED_IN:
        return Result(outcome)
    attempts.take_back(attempt)
    if asking.leaving:
        sessions.end_session(asking.leaving)
    return Result(outcome, user, sessions.open_session(user, device=asking.device, now=now))


def _checked(
    answer: dict[str, object], passkey: Passkey | None, challenge: Challenge | None, party: RelyingParty, now: datetime
) -> Outcome:
    """Say what `answer` is worth, and note the use of the passkey if it is right."""
    if passkey is None or challenge is None:
        return Outcome.UNKNOWN
    verified = _verified(answer, passkey, challenge, party)
    if verified is None:
        return Outcome.WRONG
    if passkey.user.disabled_at is not None or passkey.user.confirmed_at is None:
        return Outcome.DISABLED
    is_counted = passkey.sign_count or verified.new_sign_count  # many devices always say 0
    if is_counted and verified.new_sign_count <= passkey.sign_count:
        user = passkey.user
        post(Notification.ACCOUNT_PASSKEY_COPIED, user.email, at=now, first_name=first_name(user.name))
        return Outcome.COPIED
    passkey.sign_count, passkey.last_used_at = verified.new_sign_count, now
    return Outcome.SIGNED_IN


def _key_of(answer: dict[str, object]) -> bytes:
    """Return the id of the passkey that `answer` claims to be of; empty if it is none."""
    try:
        key = base64url_to_bytes(str(answer["id"]))
    except ValueError:
        return b""
    return key if len(key) <= limits.PASSKEY_CREDENTIAL_ID_BYTES else b""


def _passkey_with(key: bytes) -> Passkey | None:
    """Return the passkey, locked, so that of two uses at one moment the second sees the first one's count."""
    statement = (
        select(Passkey)
        .where(Passkey.credential_id == key)
        .options(joinedload(Passkey.user, innerjoin=True).selectinload(User.grants))
        .with_for_update(of=Passkey)
    )
    return db.session.scalars(statement).one_or_none()


def _verified(
    answer: dict[str, object], passkey: Passkey, challenge: Challenge, party: RelyingParty
) -> VerifiedAuthentication | None:
    try:
        handle = base64url_to_bytes(answer["response"]["userHandle"])  # type: ignore[index]  # a stranger's: see below
        verified = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge.value,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=0,  # compared by us, when the signature is known to be right
            require_user_verification=True,
        )
    except Exception:  # bytes of a stranger: whatever a parser meets in them is a refusal
        return None
    return verified if handle == passkey.user_handle else None
