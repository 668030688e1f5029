"""Addresses that do not show where a referee works."""

_PROVIDERS = frozenset(
    {
        "aol", "gmail", "gmx", "googlemail", "hotmail", "icloud", "live", "msn", "outlook", "proton", "protonmail",
        "yahoo", "ymail",
    }
)  # fmt: skip  # before .com, .co.uk and others
_DOMAINS = frozenset(
    {
        "blueyonder.co.uk", "btinternet.com", "btopenworld.com", "fastmail.com", "hey.com", "mac.com", "mail.com",
        "me.com", "ntlworld.com", "pm.me", "sky.com", "talktalk.net", "tiscali.co.uk", "virginmedia.com", "zoho.com",
    }
)  # fmt: skip


def is_private_email(email: str) -> bool:
    """Say whether an address is with a provider of private mail.

    Not refused, because some employers have no addresses of their own: HR is told, to find out by phone who it is.

    Source: safer recruitment practice asks for a referee's work address.
    """
    domain = email.strip().casefold().rpartition("@")[2]
    return domain in _DOMAINS or domain.partition(".")[0] in _PROVIDERS
