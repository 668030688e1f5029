"""Where the bytes of documents are: a folder of this machine, or object storage.  Rows say what there is.

Bytes come before their row and go after it, so a row never stands for bytes that are not there; what has no row is
swept (`sweeping`).  Names are random: nothing that a person typed becomes a path.
"""

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import cast

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from recruit.core.errors import Unavailable

AWAY = "The file could not be kept or read just now. Nothing is lost: try again in a few minutes."
ANSWERS_WITHIN = timedelta(seconds=10)  # of object storage, for one call with its tries


class DocumentStore:
    """The store of one process, opened when it is first used: an application is imported before its processes part.

    Args:
        url: `s3://bucket/prefix`, with what AWS's own settings say of keys and region; empty for the folder.
        folder: a folder of this machine that no web server hands out.
    """

    def __init__(self, url: str, folder: Path) -> None:
        self._url, self._folder = url, folder

    def keep(self, content: bytes) -> str:
        """Keep `content` and read it back; return its name here.

        Raises:
            Unavailable: it is not there as it was given.
        """
        name = secrets.token_hex(16)
        with _in_words():
            obstore.put(self._store, name, content)
            if not self._url:
                _settle(self._folder, name)
            if sha256(self._read(name)).digest() != sha256(content).digest():
                raise Unavailable(AWAY)
        return name

    def read(self, name: str) -> bytes:
        """Return what is kept under `name`.

        Raises:
            Unavailable: it is not there, or the store does not answer.
        """
        with _in_words():
            return self._read(name)

    def names_before(self, moment: datetime) -> Iterator[str]:
        """Return the names of what was kept before `moment`.

        Raises:
            Unavailable: the store does not answer.
        """
        with _in_words():
            for chunk in obstore.list(self._store):
                yield from (found["path"] for found in chunk if found["last_modified"] < moment)

    def forget(self, names: Iterable[str]) -> None:
        """Remove what is kept under `names`; what is not there is no fault.

        Raises:
            Unavailable: the store does not answer.
        """
        with _in_words():
            for name in names:
                try:
                    obstore.delete(self._store, name)
                except FileNotFoundError:
                    continue

    def _read(self, name: str) -> bytes:
        return bytes(obstore.get(self._store, name).bytes())

    @cached_property
    def _store(self) -> ObjectStore:
        if not self._url:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return LocalStore(self._folder)
        patience = {"max_retries": 2, "retry_timeout": ANSWERS_WITHIN}
        client = {"timeout": ANSWERS_WITHIN, "connect_timeout": timedelta(seconds=2), "allow_http": True}
        return cast(ObjectStore, from_url(self._url, client_options=client, retry_config=patience))  # type: ignore[call-overload]  # of the schemes it knows, ours is S3


def _settle(folder: Path, name: str) -> None:
    """Wait until a file is on the disk, and its name in the folder."""
    for path in (folder / name, folder):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except (BaseError, OSError) as error:
        raise Unavailable(AWAY) from error
