"""The references that people quote, write down and read out over the phone."""

import re
import secrets
from collections.abc import Callable

# Digits and consonants.  No vowels (nor Y), so that no code spells a word.  Of characters that look alike one or none
# is kept: 2 not Z, 5 not S, 6 not G, 8 not B; neither 0 nor O, neither 1 nor I nor L.
ALPHABET = "23456789CDFHJKMNPQRTVWX"
_MEANT = str.maketrans("ZSGB", "2568")  # what a reader takes for a character that we do use

CODE_LENGTH = 5  # characters: 23**5, about 6.4 million codes
_LONGEST_CODE = 10  # characters

_IGNORED = re.compile("[\\s\\-\u2010-\u2015\u2212]+")  # spaces, and the dashes that a word processor makes of a hyphen
_APPLICATION = re.compile(f"[{ALPHABET}]{{{CODE_LENGTH},{_LONGEST_CODE}}}")
_VACANCY = re.compile(r"CSW([0-9]{1,9})")
_LONGEST_TYPED = 40  # characters; nobody writes a reference in more


def new_application_code(choose: Callable[[str], str] = secrets.choice, length: int = CODE_LENGTH) -> str:
    """A new reference for an application, like "A-7K3QF".

    Not unique by itself: whoever keeps it tries again if it is taken.  It hides the number of applications; it does not
    protect one (who may see an application is decided elsewhere).

    Args:
        choose: picks one character of a string; the seeded `Random.choice` for demo data.
        length: characters after "A-", from 5 to 10.

    Raises:
        ValueError: `length` is out of range.
    """
    if not CODE_LENGTH <= length <= _LONGEST_CODE:
        raise ValueError(f"a code of {length} characters")
    return "A-" + "".join(choose(ALPHABET) for _ in range(length))


def normalise_reference(text: str) -> str | None:
    """What was typed for an application's reference, as we write it; None if it cannot be one.

    Accepts small letters, spaces, any dash or none, and the letters that we never use for the digits they look like:
    " a7k3 q s" is "A-7K3Q5".
    """
    typed = _typed(text)
    if typed is None or not typed.startswith("A"):
        return None
    code = typed[1:].translate(_MEANT)
    return f"A-{code}" if _APPLICATION.fullmatch(code) else None


def reference_of_code(text: str) -> str | None:
    """What was typed for an application's reference without its "A-", as we write it; None if it cannot be one.

    Only of the usual length: most of what is longer is something else.
    """
    typed = _typed(text)
    return normalise_reference(f"A{typed}") if typed is not None and len(typed) == CODE_LENGTH else None


def vacancy_reference(number: int) -> str:
    """The reference of the vacancy with this running number: 1 is "CSW-0001", 12345 is "CSW-12345".

    Raises:
        ValueError: `number` is less than 1.
    """
    if number < 1:
        raise ValueError(f"vacancy number {number}")
    return f"CSW-{number:04d}"


def normalise_vacancy_reference(text: str) -> str | None:
    """What was typed for a vacancy's reference, as we write it ("csw 1" is "CSW-0001"); None if it cannot be one."""
    typed = _typed(text)
    match = _VACANCY.fullmatch(typed) if typed is not None else None
    if match is None or int(match[1]) == 0:
        return None
    return vacancy_reference(int(match[1]))


def _typed(text: str) -> str | None:
    """Without spaces and dashes, in capitals; None for what is too long or not ASCII (capitals of "ſ" would be "S")."""
    if len(text) > _LONGEST_TYPED:
        return None
    bare = _IGNORED.sub("", text)
    return bare.upper() if bare.isascii() else None
