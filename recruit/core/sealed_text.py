"""Text that only this service can read: the database and its backups hold it sealed, the keys are a setting.

A column of what is most confidential is declared `mapped_column(SealedText())` and is then used like any other text,
except that no statement can search or sort by it.  Two rows that say the same do not look the same, and an empty text
looks like a short one.  Read such columns only where somebody may see them: see `docs/adr/0033-self-disclosure.md`.
"""

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import current_app
from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from recruit.core.errors import Unavailable

NO_KEY = "This is kept sealed, and the key that opens it is not set. Nothing is lost. Tell whoever runs the service."


class SealedText(TypeDecorator[str]):
    """Text that is sealed on its way into the database and opened on its way out."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else seal(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else unseal(value)


def seal(plain: str) -> str:
    """Return `plain` so that only the service's keys open it; never twice the same."""
    return box().encrypt(plain.encode()).decode()


def unseal(sealed: str) -> str:
    """Return what was sealed with any of the service's keys.

    Raises:
        Unavailable: with none of them, or somebody changed it.
    """
    try:
        return box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unavailable(NO_KEY) from error


def box() -> MultiFernet:
    """Return what seals and opens with the service's keys."""
    return _box_of(current_app.config["FIELD_KEYS"])


@lru_cache(maxsize=8)
def _box_of(keys: tuple[str, ...]) -> MultiFernet:
    """Return what seals with the first key and opens with any."""
    return MultiFernet([Fernet(key) for key in keys])
