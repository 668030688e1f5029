"""Mail into a folder, one file a message: for demonstrations and tests."""

import os
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path

from recruit.notifications.delivery import text_of
from recruit.notifications.errors import Unreachable


class Folder:
    """A folder of .eml files.  A file is named by its message's key, so a second try replaces the first."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def send(self, mail: EmailMessage, key: str, *, is_retry: bool) -> None:
        """Write the file whole or not at all.

        Raises:
            Unreachable: the folder cannot be made or written.
        """
        legible = EmailMessage(policy=mail.policy)
        for name, value in mail.items():
            if not name.lower().startswith(("content-", "mime-")):
                legible[name] = value
        legible.set_content(text_of(mail), cte="8bit")  # as people read it: a link stays on one line
        for part in mail.iter_attachments():
            params = {"method": str(part["Content-Type"].params.get("method", "PUBLISH"))}
            legible.add_attachment(
                part.get_content(), subtype=part.get_content_subtype(), filename=part.get_filename(), params=params
            )
        draft = self.path / f".{key}"  # one that a killed worker left is written over by the next try
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as file:
                file.write(legible.as_bytes())
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.path / f"{key}.eml")
        except OSError as error:
            raise Unreachable(f"folder: {os.strerror(error.errno or 0)}") from error

    def returned(self) -> Mapping[str, str]:
        """Nobody tells us: what is refused is refused at once, and what comes back goes to the sender's mailbox."""
        return {}

    def close(self) -> None:
        """Nothing is held open."""
