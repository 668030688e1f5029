"""E-mail addresses as people type them, and the one key that each is found by."""

from email_validator import EmailNotValidError, validate_email

from recruit.core.text import clean_line
from recruit.rules import limits


def email_address(typed: str) -> str | None:
    """Return `typed` as the address that mail goes to, or None if mail cannot go there.

    The part before the @ stays as typed; an international domain is written in ASCII, which every mail server takes.
    """
    address = clean_line(typed)
    if len(address) > limits.EMAIL_CHARACTERS or "@" not in address:
        return None
    try:
        checked = validate_email(address, check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError:
        return None
    ascii_email: str = checked.ascii_email or ""
    return ascii_email if 0 < len(ascii_email) <= limits.EMAIL_CHARACTERS else None


def email_key(typed: str) -> str:
    """Return what the account of `typed` is found by: the address without regard to capitals; empty if it is none."""
    return (email_address(typed) or "").casefold()
