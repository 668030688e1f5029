"""The demo's data files, read once."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


@cache
def content(name: str) -> dict[str, Any]:
    """Return the data file `name`, such as "teams"."""
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))
