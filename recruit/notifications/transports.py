"""Ways out, by the address in MAIL_URL."""

from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from recruit.notifications.folder import Folder
from recruit.notifications.notify import ADDRESS, Notify
from recruit.notifications.smtp import Server, Smtp

PORTS = {"smtp": 25, "smtps": 465}
NOTIFY_KEY_CHARACTERS = 73  # a service's id, a hyphen and a secret, after the key's name


class Transport(Protocol):
    """A way out."""

    def send(self, mail: EmailMessage, key: str, *, is_retry: bool) -> None:
        """Hand one mail over, or raise why not (`errors.NotSent`).

        Args:
            mail: with one sender and one recipient.
            key: stays the same when it is tried again.
            is_retry: whether it may have been handed over before.
        """

    def returned(self) -> Mapping[str, str]:
        """Return why messages that were taken lately did not arrive, by their keys; some may have been told before.

        A way out that is not told of them returns none.

        Raises:
            NotSent: nobody answers.
        """

    def close(self) -> None:
        """Let go of what is held open; the next mail opens it again."""


def transport_for(url: str, *, hostname: str, within: float) -> Transport:
    """Return the way out that MAIL_URL names.

    Args:
        url: `file:///folder`, `smtp://[user:password@]host[:port][?starttls=1]`, `smtps://…`, or
            `notify://api-key?template=id[&base_url=…]`.
        hostname: the name we give for ourselves to a mail server.
        within: seconds that one message may take.

    Raises:
        ValueError: it is none of these.  The text does not repeat it: it may hold a password.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        return Folder(Path(url.removeprefix("file://")))
    if parts.scheme in PORTS and parts.hostname:
        return Smtp(_server(parts), hostname=hostname, within=within)
    given = {name: values[0] for name, values in parse_qs(parts.query).items()}
    key = unquote(parts.netloc)  # not `hostname`, which would be in small letters
    if parts.scheme == "notify" and len(key) >= NOTIFY_KEY_CHARACTERS and "template" in given:
        return Notify(key, given["template"], address=given.get("base_url", ADDRESS), within=within)
    raise ValueError("MAIL_URL must be file:///folder, smtp://…, smtps://… or notify://api-key?template=…")


def _server(parts: SplitResult) -> Server:
    return Server(
        parts.hostname or "",
        parts.port or PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        is_tls=parts.scheme == "smtps",
        starttls=parse_qs(parts.query).get("starttls") == ["1"],
    )
