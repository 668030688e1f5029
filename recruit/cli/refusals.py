"""What a command says when the service will not do it."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from recruit.core.errors import DomainError


@contextmanager
def told() -> Iterator[None]:
    """Turn a refusal into a line on the screen and exit status 1."""
    try:
        yield
    except DomainError as error:
        raise click.ClickException(str(error)) from error
