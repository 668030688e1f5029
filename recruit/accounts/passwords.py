"""Which passwords are refused.

Source: the National Cyber Security Centre's advice on passwords for system owners, and ASVS 5.0.0, 6.2: a least length,
a list of common passwords, nothing about the person or the service, and no rules about kinds of characters.
"""

import re
from functools import lru_cache
from pathlib import Path

from recruit.core.text import unaccented
from recruit.rules import limits

COMMON_FILE = Path(__file__).parent / "data" / "common-passwords.txt"
TELLING = 4  # letters or digits; a shorter part of a name is in too many good passwords
SPARE = 4  # characters; a password with no more than these besides something known is that thing in a thin disguise
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn")
_ORNAMENT = "!?.,*#@$%&_- "
_NOT_WORD = re.compile(r"[^a-z0-9]+")

TOO_SHORT = f"Password must be {limits.PASSWORD_CHARACTERS[0]} characters or more"
TOO_LONG = f"Password must be {limits.PASSWORD_CHARACTERS[1]} characters or fewer"
COMMON = "This password is one of the most used, so it is easy to guess. Choose another, such as three random words"
PERSONAL = "Password must not be your name, your email address or the name of this service"
SIMPLE = "Password must not be one character repeated, or a row like 12345678"


def password_fault(password: str, *, about: tuple[str, ...] = ()) -> str | None:
    """Return why `password` is refused, in words for the person, or None if it is good.

    Args:
        password: exactly as typed.
        about: what others can guess first: the person's name and email address, the names of the service.
    """
    fewest, most = limits.PASSWORD_CHARACTERS
    if len(password) < fewest:
        return TOO_SHORT
    if len(password) > most:
        return TOO_LONG
    plain = unaccented(password)
    if _is_simple(plain):
        return SIMPLE
    if _is_known(plain, common_passwords()):
        return COMMON
    if _is_about(plain, about):
        return PERSONAL
    return None


@lru_cache(maxsize=1)
def common_passwords() -> frozenset[str]:
    """Return the passwords that are used most, in small letters."""
    lines = COMMON_FILE.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def _is_simple(plain: str) -> bool:
    """One or two characters over and over, or a piece of a row, forwards or backwards."""
    if len(set(plain)) <= 2:
        return True
    return any(_is_piece(plain, row * 2) or _is_piece(plain, row[::-1] * 2) for row in _ROWS)


def _is_piece(plain: str, row: str) -> bool:
    return plain in row or _repeats(plain, row)


def _repeats(plain: str, row: str) -> bool:
    """A short piece of a row repeated, such as 12341234."""
    for size in range(2, len(plain) // 2 + 1):
        piece = plain[:size]
        if piece in row and (piece * (len(plain) // size + 1)).startswith(plain):
            return True
    return False


def _is_known(plain: str, known: frozenset[str]) -> bool:
    if plain in known:
        return True
    cores = (plain.strip(_ORNAMENT), plain.strip(_ORNAMENT + "0123456789"))
    return any(len(plain) - len(core) <= SPARE and core in known for core in cores)


def _is_about(plain: str, about: tuple[str, ...]) -> bool:
    """Nothing but names that others know, with few characters besides."""
    bare = _NOT_WORD.sub("", plain)
    parts = {part for text in about for part in _parts(text)}
    for part in sorted(parts, key=lambda part: (-len(part), part)):
        if part in bare:
            rest = bare.replace(part, "")
            if len(rest) <= SPARE or rest in parts:
                return True
            bare = rest
    return False


def _parts(text: str) -> set[str]:
    plain = unaccented(text)
    words = _NOT_WORD.split(plain)
    return {part for part in (*words, "".join(words)) if len(part) >= TELLING}
