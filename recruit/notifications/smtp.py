"""Mail to a server that speaks SMTP."""

import os
import re
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage

from recruit.notifications.errors import Delayed, Refused, Unreachable

_ENHANCED = re.compile(rb"\s*([245]\.\d{1,3}\.\d{1,3})\b")  # RFC 3463


@dataclass(frozen=True)
class Server:
    """Where the mail server is and how it is spoken to.

    Args:
        host: its name or address.
        port: its port.
        user: who signs in; nobody does if empty.
        password: of that user.
        is_tls: whether the connection is encrypted from the start (smtps).
        starttls: whether it is encrypted before anything is said; a server that cannot is not used.
    """

    host: str
    port: int
    user: str = ""
    password: str = ""
    is_tls: bool = False
    starttls: bool = False


class Smtp:
    """A connection to `server`, opened for the first message and kept for the next ones until `close`.

    Args:
        server: where to.
        hostname: the name we give for ourselves.
        within: seconds that one message may take; then the connection is cut, so that nobody else begins it meanwhile.
    """

    def __init__(self, server: Server, *, hostname: str, within: float) -> None:
        self.server = server
        self.hostname = hostname
        self.within = within
        self.connection: smtplib.SMTP | None = None

    def send(self, mail: EmailMessage, key: str, *, is_retry: bool) -> None:
        """Hand `mail` over.

        Raises:
            Unreachable: no server answers, or it lets us not in.
            Delayed: the server does not take it now.
            Refused: the server will never take it (a code from 500 for the recipient or the text).
        """
        deadline = time.monotonic() + self.within
        connection = self.connection or self._connect(deadline)
        self.connection = connection
        to = mail["To"].addresses[0].addr_spec
        try:
            with _until(deadline, connection):
                connection.send_message(mail, mail["From"].addresses[0].addr_spec, [to])
        except smtplib.SMTPRecipientsRefused as error:
            self._refused("recipient", *next(iter(error.recipients.values())), is_lasting=True)
        except smtplib.SMTPDataError as error:
            self._refused("text", error.smtp_code, error.smtp_error, is_lasting=True)
        except smtplib.SMTPResponseException as error:  # our own address, or the greeting: a setting, not this message
            self._refused("sender", error.smtp_code, error.smtp_error, is_lasting=False)
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise Delayed(f"smtp: {_kind(error)}") from error

    def returned(self) -> Mapping[str, str]:
        """Nobody tells us: what is refused is refused at once, and what comes back goes to the sender's mailbox."""
        return {}

    def close(self) -> None:
        """Say goodbye, if there is a connection."""
        if self.connection:
            deadline = time.monotonic() + self.within
            with suppress(smtplib.SMTPException, OSError), _until(deadline, self.connection):
                self.connection.quit()
            self._drop()

    def _connect(self, deadline: float) -> smtplib.SMTP:
        server, patience = self.server, self.within / 2
        try:
            if server.is_tls:
                connection: smtplib.SMTP = smtplib.SMTP_SSL(
                    server.host, server.port, self.hostname, timeout=patience, context=ssl.create_default_context()
                )
            else:
                connection = smtplib.SMTP(server.host, server.port, self.hostname, timeout=patience)
        except (smtplib.SMTPException, OSError) as error:
            raise Unreachable(f"smtp: {_kind(error)}") from error
        try:
            with _until(deadline, connection):
                if connection.sock:
                    connection.sock.settimeout(self.within)  # the patience was for each address of the server
                if server.starttls:
                    connection.starttls(context=ssl.create_default_context())
                if server.user:
                    connection.login(server.user, server.password)
        except (smtplib.SMTPException, OSError) as error:
            connection.close()
            raise Unreachable(f"smtp: {_kind(error)}") from error
        return connection

    def _refused(self, what: str, code: int, words: bytes | str, *, is_lasting: bool) -> None:
        """Say no in our words: the server's own may name the recipient."""
        if not self.connection or self.connection.sock is None or code == 421:  # it has hung up
            self._drop()
        raw = words if isinstance(words, bytes) else words.encode()
        enhanced = match[1].decode() if (match := _ENHANCED.match(raw)) else ""
        reason = f"smtp: {what} {code} {enhanced}".rstrip()
        raise Refused(reason) if is_lasting and 500 <= code <= 599 else Delayed(reason)

    def _drop(self) -> None:
        if self.connection:
            self.connection.close()
        self.connection = None


@contextmanager
def _until(deadline: float, connection: smtplib.SMTP) -> Iterator[None]:
    """Cut the connection at `deadline`: a time limit for each read alone lets a trickle go on for ever.

    Raises:
        TimeoutError: it has passed, so nothing is said.
    """
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    timer = threading.Timer(seconds, _cut, [connection.sock])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(line: socket.socket | None) -> None:
    if line:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)


def _kind(error: Exception) -> str:
    """Return what happened without the server's words."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}"
    if isinstance(error, OSError) and error.errno and not isinstance(error, smtplib.SMTPException | ssl.SSLError):
        return f"{type(error).__name__} ({os.strerror(error.errno)})" if error.errno > 0 else "the name is not known"
    return type(error).__name__
