"""The keys of what is confidential in the database, as their setting gives them.

Plain values, because settings are read before anything else is loaded.
"""

import base64
import binascii
import hmac

KEY_BYTES = 32  # of a Fernet key: 16 that sign and 16 that encrypt
EXPECTED = (
    f"keys of {KEY_BYTES} bytes in base64, with commas between them; `openssl rand -base64 {KEY_BYTES}` prints one"
)


def keys_in(setting: str) -> tuple[str, ...]:
    """Return the keys of a setting in its order, in the alphabet that Fernet reads.

    Raises:
        ValueError: one of them is no key.
    """
    keys = tuple(key.strip().translate({ord("+"): "-", ord("/"): "_"}) for key in setting.split(",") if key.strip())
    if not all(_is_key(key) for key in keys):
        raise ValueError(EXPECTED)
    return keys


def key_made_of(secret: str) -> str:
    """Return the one key that is made of another secret; it tells nothing of it (RFC 5869, the step that expands)."""
    return base64.urlsafe_b64encode(hmac.digest(secret.encode(), b"field keys\x01", "sha256")).decode()


def _is_key(key: str) -> bool:
    try:
        return len(base64.b64decode(key, altchars=b"-_", validate=True)) == KEY_BYTES
    except (binascii.Error, ValueError):
        return False
