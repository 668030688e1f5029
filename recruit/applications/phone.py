"""Phone numbers as people write them."""

import re

WRONG_PHONE = "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192"

_WRITTEN = re.compile(r"\+?[0-9() .\-]{6,}(?: ?(?:x|ext\.?|extension) ?[0-9]{1,6})?", re.IGNORECASE)


def is_phone(text: str) -> bool:
    """Say whether `text` may be a phone number: 6 to 15 digits, spaces, dashes, brackets, a plus and an extension.

    Loose on purpose, and never rewritten: the number is read by a person.  Source: GOV.UK Design System, "Phone
    numbers"; the longest number of ITU E.164 has 15 digits.
    """
    digits = sum(character in "0123456789" for character in text.lower().partition("x")[0].partition("e")[0])
    return _WRITTEN.fullmatch(text.strip()) is not None and 6 <= digits <= 15
