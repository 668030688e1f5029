"""A real SMTP server that keeps what it is sent."""

import email
import re
import time
from email.message import EmailMessage
from email.policy import default
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller

from recruit.notifications.delivery import text_of
from tests.servers import free_port

ARRIVES_WITHIN = 15.0  # seconds


class _Keeper:
    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.messages.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 kept"


class Mailbox:
    """Everybody's post box.  A context manager."""

    def __init__(self) -> None:
        self._keeper, self.port = _Keeper(), free_port()
        self._controller = Controller(self._keeper, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, _kind: type | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self._controller.stop()

    def wait_for(self, recipient: str, subject: str) -> str:
        """Return the text of the first message to `recipient` whose subject has `subject` in it."""
        until = time.monotonic() + ARRIVES_WITHIN
        while time.monotonic() < until:
            for message in self._keeper.messages:
                if recipient in str(message["To"]) and subject.casefold() in str(message["Subject"]).casefold():
                    return text_of(message)
            time.sleep(0.1)
        subjects = [(str(message["To"]), str(message["Subject"])) for message in self._keeper.messages]
        raise AssertionError(f"no message “{subject}” to {recipient}; there are {subjects}")


def link_in(text: str) -> str:
    """Return the first address in a message."""
    found = re.search(r"https?://\S+", text)
    assert found, text
    return found[0].rstrip(".>)")
