"""Asking a virus scanner, ClamAV's daemon, about bytes.  Only the worker asks: an answer can take seconds."""

import socket
import struct
from urllib.parse import urlsplit

from recruit.core.errors import Unavailable

PIECE = 64 * 1024  # bytes sent at once
PATIENCE = 20.0  # seconds for each step
_AWAY = "The virus scanner does not answer."


class Scanner:
    """A scanner that speaks clamd's INSTREAM.

    Args:
        url: `clamd://host:port`.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._address = (parts.hostname or "", parts.port or 3310)

    def is_clean(self, content: bytes) -> bool | None:
        """Say whether nothing was found in `content`; None where it says something else, such as that it is too long.

        Raises:
            Unavailable: it does not answer.
        """
        try:
            with socket.create_connection(self._address, timeout=PATIENCE) as line:
                line.sendall(b"zINSTREAM\0")
                for start in range(0, len(content), PIECE):
                    piece = content[start : start + PIECE]
                    line.sendall(struct.pack("!I", len(piece)) + piece)
                line.sendall(struct.pack("!I", 0))
                answer = b"".join(iter(lambda: line.recv(4096), b"")).rstrip(b"\0")
        except OSError as error:
            raise Unavailable(_AWAY) from error
        if answer == b"stream: OK":
            return True
        if not answer:
            raise Unavailable(_AWAY)
        return False if answer.endswith(b" FOUND") else None


def scanner_for(url: str) -> Scanner | None:
    """Return the scanner that a setting names; None where none is set."""
    return Scanner(url) if url else None
