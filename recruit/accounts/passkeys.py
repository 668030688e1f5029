"""The passkeys of an account: which there are, adding one, removing one.

Adding and removing follow a right password (ASVS 7.5.1): whoever finds a browser signed in cannot make themselves at
home.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import delete, select
from webauthn import generate_registration_options, options_to_json, verify_registration_response
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from recruit.accounts import attempts, challenges
from recruit.accounts.attempts import Try
from recruit.accounts.challenges import Challenge
from recruit.accounts.models import Passkey, User
from recruit.accounts.registration import first_name
from recruit.accounts.signing_in import Check, Outcome
from recruit.core.db import db, hold
from recruit.core.errors import Conflict, NotFound
from recruit.core.text import clean_line
from recruit.notifications.outbox import post
from recruit.rules import limits
from recruit.rules.notifications import Notification

UNNAMED = "Passkey"
CHALLENGE_MILLISECONDS = int(limits.CHALLENGE_LIVES.total_seconds() * 1000)

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """This service, as passkeys know it: `host` is what they belong to, `origin` where they may be used."""

    host: str
    origin: str
    name: str


def passkeys_of(user_id: int) -> Sequence[Passkey]:
    """Return somebody's passkeys, the oldest first."""
    own = select(Passkey).where(Passkey.user_id == user_id)
    return db.session.scalars(own.order_by(Passkey.created_at, Passkey.id)).all()


def options_to_add(user: User, challenge: Challenge, party: RelyingParty) -> str:
    """Return what the browser is asked to make, as JSON: a passkey that asks for its owner's face, finger or PIN."""
    own = passkeys_of(user.id)
    options = generate_registration_options(
        rp_id=party.host,
        rp_name=party.name,
        user_id=_handle(own, challenge),
        user_name=user.email,
        user_display_name=user.name,
        challenge=challenge.value,
        timeout=CHALLENGE_MILLISECONDS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one.credential_id) for one in own],
    )
    return options_to_json(options)


def add_passkey(
    user: User, name: str, answer: dict[str, object], challenge: Challenge, party: RelyingParty, *, now: datetime
) -> str:
    """Keep the passkey that a browser made, and say so by mail.

    Args:
        user: its owner, who has given the password before the challenge was given.
        name: as its owner will know it.
        answer: what the browser sent.
        challenge: what it was asked to sign.

    Returns:
        Why it is not kept, in words; empty if it is.
    """
    hold(f"passkeys {user.id}")
    if not challenges.spend(challenge, now=now):
        return "That took too long, or it was sent twice. Start again."
    made = _verified(answer, challenge, party)
    if made is None or len(made.credential_id) > limits.PASSKEY_CREDENTIAL_ID_BYTES:
        logger.info("passkey_refused", user_id=user.id)
        return "Your device’s answer does not fit what we asked for, so nothing was added. Start again."
    hold(f"passkey {made.credential_id.hex()}")
    if db.session.scalar(select(Passkey.id).where(Passkey.credential_id == made.credential_id)) is not None:
        return "This passkey is in use here already. Choose another device or password manager."
    own = passkeys_of(user.id)
    if len(own) >= limits.PASSKEYS:
        return f"You have {limits.PASSKEYS} passkeys, which is the most. Remove one first."
    db.session.add(
        Passkey(
            user_id=user.id,
            user_handle=_handle(own, challenge),
            credential_id=made.credential_id,
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            name=clean_line(name)[: limits.PASSKEY_NAME_CHARACTERS] or UNNAMED,
            created_at=now,
        )
    )
    post(Notification.ACCOUNT_PASSKEY_ADDED, user.email, at=now, first_name=first_name(user.name))
    logger.info("passkey_added", user_id=user.id)
    return ""


def remove_passkey(user: User, passkey: Passkey, checked: Check, attempt: Try, *, now: datetime) -> None:
    """Forget a passkey of somebody who knows the password, and say so by mail.

    Raises:
        NotFound: it is somebody else's.
        Conflict: the password was changed meanwhile.
    """
    if passkey.user_id != user.id:
        raise NotFound("There is no such passkey.")
    confirm(user, checked, attempt)
    db.session.delete(passkey)
    post(Notification.ACCOUNT_PASSKEY_REMOVED, user.email, at=now, first_name=first_name(user.name))
    logger.info("passkey_removed", user_id=user.id)


def confirm(user: User, checked: Check, attempt: Try) -> None:
    """Go on with what only the owner may do, after `checked` of the password.

    Raises:
        Conflict: the password was changed meanwhile.
    """
    if checked.outcome is not Outcome.SIGNED_IN or user.password_hash != checked.kept:
        raise Conflict("Your password was changed a moment ago. Sign in with the new one.")
    attempts.take_back(attempt)


def remove_all(user: User) -> None:
    """Forget every passkey: whoever has got into the account may have added one of theirs."""
    db.session.execute(delete(Passkey).where(Passkey.user_id == user.id))


def _handle(own: Sequence[Passkey], challenge: Challenge) -> bytes:
    """Return what devices know the account by: random, and made of the challenge, so that it is the same afterwards."""
    return own[0].user_handle if own else hashlib.sha256(b"user handle" + challenge.value).digest()


def _verified(answer: dict[str, object], challenge: Challenge, party: RelyingParty) -> VerifiedRegistration | None:
    try:
        return verify_registration_response(
            credential=answer,
            expected_challenge=challenge.value,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except Exception:  # bytes of a stranger: whatever a parser meets in them is a refusal
        return None
