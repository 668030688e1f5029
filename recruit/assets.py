"""Where the built style sheet, scripts and images are: `static/dist`, made by `static/build.mjs`."""

import json
from pathlib import Path


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
