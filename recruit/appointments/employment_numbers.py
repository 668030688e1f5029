"""Numbers and codes as people copy them from a card, and as they are kept: spaces, dots and hyphens do not matter.

Each returns None for what cannot be one.  Whether such a number exists is not looked up.
"""

import re

_GAPS = re.compile(r"[\s.\-]+")
_LONGEST_TYPED = 40  # characters; none is as long with any spacing
_ROLL_CHARACTERS = 18

WRONG_NI = (
    "Enter a National Insurance number in the right format: 2 letters, 6 numbers, then A, B, C or D."
    " Check the first 2 letters: some pairs are never used"
)
WRONG_SHARE_CODE = "Enter a share code of 9 letters and numbers that begins with W, R or S, like W8A 6CX 7D2"
WRONG_CERTIFICATE = "Enter the 12 numbers of your certificate, like 001234567890"
WRONG_SORT_CODE = "Enter a sort code of 6 numbers, like 30 94 30"
WRONG_ACCOUNT = "Enter an account number of 6 to 8 numbers"
WRONG_ROLL = f"The roll number must be letters, numbers, spaces, hyphens, dots or slashes, at most {_ROLL_CHARACTERS}"

_NI = re.compile(
    r"(?!BG|GB|KN|NK|NT|TN|ZZ)"
    r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]"
)


def ni_number(text: str) -> str | None:
    """Return a National Insurance number without spaces: "QQ 12 34 56 C" would be "QQ123456C" if QQ were given out.

    Source: HM Revenue and Customs, National Insurance Manual NIM39110 (format; letters and prefixes never used).
    """
    return _matching(_NI, text)


def share_code(text: str) -> str | None:
    """Return a share code: W for work, R for renting or S for another purpose, then 8 letters and numbers.

    A code for work begins with W; the others are taken, because a person checks each of them.
    Source: GOV.UK, “Check a job applicant’s right to work: use their share code” (9 characters).
    """
    return _matching(re.compile("[WRS][A-Z0-9]{8}"), text)


def certificate_number(text: str) -> str | None:
    """Return the number of a DBS certificate: 12 digits.  Source: DBS, Update Service applicant guide."""
    return _matching(re.compile("[0-9]{12}"), text)


def sort_code(text: str) -> str | None:
    """Return a sort code: 6 digits.  Source: GOV.UK Design System, “Bank details”."""
    return _matching(re.compile("[0-9]{6}"), text)


def account_number(text: str) -> str | None:
    """Return the number of an account: 6 to 8 digits, with zeros before it to 8, as payments write it.

    Source: GOV.UK Design System, “Bank details”.
    """
    found = _matching(re.compile("[0-9]{6,8}"), text)
    return found.zfill(8) if found else None


def roll_number(text: str) -> str | None:
    """Return the number that a building society adds, as typed; "" for none.

    Source: GOV.UK Design System, “Bank details”.
    """
    typed = text.strip()
    return typed if re.fullmatch(rf"[A-Za-z0-9 ./\-]{{0,{_ROLL_CHARACTERS}}}", typed) else None


def hidden_but_last(number: str, shown: int = 2) -> str:
    """Return a number with all but its last characters hidden; "" for none."""
    return f"{'•' * (len(number) - shown)}{number[-shown:]}" if number else ""


def _matching(pattern: re.Pattern[str], text: str) -> str | None:
    if not text.isascii() or len(text) > _LONGEST_TYPED:
        return None
    bare = _GAPS.sub("", text).upper()
    return bare if pattern.fullmatch(bare) else None
