"""The built style sheet, scripts and images: `static/dist`, made by `static/build.mjs`."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from wsgiref.headers import Headers

from whitenoise import WhiteNoise

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

YEAR = 365 * 24 * 60 * 60  # seconds


class NotBuilt(RuntimeError):
    """The front-end assets are not there, or not the one that was asked for."""


class Assets:
    """The built files by their plain names, read once.

    Args:
        folder: holds the built files and `manifest.json`.
        prefix: the path they are served under, such as "/static/".

    Raises:
        NotBuilt: there is no manifest, or it is not one.
    """

    def __init__(self, folder: Path, prefix: str = "/static/") -> None:
        self.folder = folder
        try:
            names = json.loads((folder / "manifest.json").read_text("utf-8"))
            self._urls = {name: f"{prefix.rstrip('/')}/{hashed}" for name, hashed in names.items()}
        except (OSError, ValueError, AttributeError) as error:
            raise NotBuilt(f"The front-end assets in {folder.name} are not built: run `make assets`.") from error

    def url(self, name: str) -> str:
        """Return the address of `name`, such as "app.css".  It carries a hash, so it may be cached for ever.

        Raises:
            NotBuilt: no such file was built.
        """
        try:
            return self._urls[name]
        except KeyError:
            raise NotBuilt(f"{name} is not among the front-end assets: {', '.join(sorted(self._urls))}.") from None


class BuiltFiles(WhiteNoise):  # type: ignore[misc]  # WhiteNoise has no types
    """Answers requests for the built files, as they were when it began; all else is the application's.

    Args:
        application: what answers where there is no such file.
        folder: holds the built files.
        prefix: the path they are served under, such as "/static/".
        add_headers: called with a file's headers, its path and its address, to add to the headers.
    """

    def __init__(
        self,
        application: "WSGIApplication",
        folder: Path,
        prefix: str = "/static/",
        *,
        add_headers: Callable[[Headers, str, str], None],
    ) -> None:
        super().__init__(
            application,
            root=str(folder),
            prefix=prefix,
            max_age=YEAR,
            immutable_file_test=_is_hashed,
            allow_all_origins=False,
            add_headers_function=add_headers,
        )

    def serve(self, static_file: Any, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer with a file, or, where a new build has taken it away since, as for one that never was."""
        try:
            answer: Iterable[bytes] = super().serve(static_file, environ, start_response)
        except FileNotFoundError:
            return self.application(environ, start_response)  # type: ignore[no-any-return]  # as above
        return answer


def _is_hashed(path: str, _url: str) -> bool:
    """Say whether a built file's name carries the hash of its content, so that it never changes."""
    return len(Path(path).suffixes) > 1
