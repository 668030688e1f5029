"""How often something that can be guessed or abused may be tried, for one account and from one network address.

Tries are rows of the database, so that several processes count together.  A row says neither who nor where: its key is
an HMAC that only the holder of the secret key can make.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, func, insert, select

from recruit.accounts.models import Attempt
from recruit.accounts.networks import network_of
from recruit.core.db import db, hold
from recruit.rules import limits


class Purpose(StrEnum):
    """What is tried."""

    SIGN_IN = "sign-in"
    MAIL = "mail"
    ALERT = "alert"


class Verdict(StrEnum):
    """Whether a try may go on."""

    ALLOWED = "allowed"
    ACCOUNT_LIMIT = "account_limit"
    ADDRESS_LIMIT = "address_limit"


@dataclass(frozen=True, slots=True)
class Limit:
    """The most tries within `window`: for one account, from one network address."""

    account: int
    address: int
    window: timedelta


LIMITS = {
    Purpose.SIGN_IN: Limit(limits.SIGN_IN_TRIES_ACCOUNT, limits.SIGN_IN_TRIES_ADDRESS, limits.SIGN_IN_WINDOW),
    Purpose.MAIL: Limit(limits.MAIL_TRIES_ACCOUNT, limits.MAIL_TRIES_ADDRESS, limits.MAIL_WINDOW),
    Purpose.ALERT: Limit(limits.ALERT_TRIES_ACCOUNT, limits.ALERT_TRIES_ADDRESS, limits.ALERT_WINDOW),
}


@dataclass(frozen=True, slots=True)
class Asker:
    """Where a request comes from, and the secret that keeps it out of the database and the logs."""

    address: str
    secret: str = field(repr=False)

    def key(self, purpose: Purpose, kind: str, value: str) -> str:
        """Return the name under which tries are counted: 64 hexadecimal digits that say nothing."""
        text = "\0".join((purpose, kind, value)).encode("utf-8", "surrogatepass")
        return hmac.new(self.secret.encode(), text, hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Try:
    """One try, counted before it is known how it ends: the same moment cannot be used twice."""

    verdict: Verdict
    source: str  # the start of the network's key, for the log
    ids: tuple[int, ...] = ()


def begin(asker: Asker, purpose: Purpose, account: str, *, now: datetime) -> Try:
    """Count a try for `account` from `asker`, unless one of them has none left.

    A try that an account's limit refuses still counts for the network address; a try that an address's limit refuses
    counts for nothing, so that refused tries do not keep the owner of an account out.

    Args:
        account: what the tries are for, such as an e-mail address's key.
    """
    limit = LIMITS[purpose]
    for_account, for_address = (
        asker.key(purpose, "account", account),
        asker.key(purpose, "address", network_of(asker.address)),
    )
    source = for_address[:12]
    for key in sorted((for_account, for_address)):  # in one order, so that no two wait for each other
        hold(key)
    statement = select(Attempt.key, func.count()).where(
        Attempt.key.in_((for_account, for_address)), Attempt.at > now - limit.window
    )
    counts = dict(db.session.execute(statement.group_by(Attempt.key)).tuples().all())
    if counts.get(for_address, 0) >= limit.address:
        return Try(Verdict.ADDRESS_LIMIT, source)
    if counts.get(for_account, 0) >= limit.account:
        _count(for_address, now=now)
        return Try(Verdict.ACCOUNT_LIMIT, source)
    return Try(Verdict.ALLOWED, source, _count(for_account, for_address, now=now))


def take_back(attempt: Try) -> None:
    """Do not count `attempt`: it was no guess.  Earlier ones stay: a success must not give a guesser new tries."""
    db.session.execute(delete(Attempt).where(Attempt.id.in_(attempt.ids)))


def forgive(asker: Asker, purpose: Purpose, account: str) -> None:
    """Forget the tries for `account`: its owner has shown to be the owner in another way, such as by their mail."""
    db.session.execute(delete(Attempt).where(Attempt.key == asker.key(purpose, "account", account)))


def _count(*keys: str, now: datetime) -> tuple[int, ...]:
    rows = [{"key": key, "at": now} for key in keys]
    return tuple(db.session.scalars(insert(Attempt).returning(Attempt.id), rows))
