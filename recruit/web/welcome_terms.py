"""The addresses of the terms of the welcome payment: each version has a page of its own, for as long as it is kept."""

from typing import Protocol


class _Scheme(Protocol):
    @property
    def code(self) -> str: ...


class _Terms(Protocol):
    @property
    def scheme(self) -> _Scheme: ...
    @property
    def number(self) -> int: ...


def terms_name(version: _Terms) -> str:
    """Return what names a version in addresses: "welcome-aboard-1"."""
    return f"{version.scheme.code}-{version.number}"


def terms_href(version: _Terms) -> str:
    """Return the address of its page."""
    return f"/welcome-payment/{terms_name(version)}"
