"""Keys that are kept in memory alone: in a folder that a restart of the machine empties and that no backup has.

The processes of one machine share them.  What is sealed with one is lost with it, on purpose.
"""

import secrets
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12  # NIST SP 800-38D, 8.2.2
_NAME_BYTES = 16


class MemoryKeys:
    """The keys in `folder`, each in a file that only this account of the machine can read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def make(self) -> str:
        """Make a key and return its name, which says nothing."""
        name = secrets.token_hex(_NAME_BYTES)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._folder / name
        file.touch(mode=0o600)
        file.write_bytes(AESGCM.generate_key(256))
        return name

    def has(self, name: str) -> bool:
        return (self._folder / name).is_file()

    def names(self) -> set[str]:
        return {file.name for file in self._folder.iterdir()} if self._folder.is_dir() else set()

    def seal(self, name: str, plain: bytes) -> bytes:
        """Return `plain` so that only the key called `name` opens it; never twice the same."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher(name).encrypt(nonce, plain, name.encode())

    def unseal(self, name: str, sealed: bytes) -> bytes:
        """Return what was sealed.

        Raises:
            cryptography.exceptions.InvalidTag: it was not sealed with this key.
            FileNotFoundError: the key is gone.
        """
        return self._cipher(name).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], name.encode())

    def destroy(self, name: str) -> None:
        """Forget the key: nobody opens what it sealed, whatever copies there are."""
        (self._folder / name).unlink(missing_ok=True)

    def _cipher(self, name: str) -> AESGCM:
        return AESGCM((self._folder / name).read_bytes())
