"""`flask --app wsgi seal-again`: after a key was turned, so that the old one can be left out."""

import click
from flask.cli import with_appcontext

from recruit.core.db import db
from recruit.core.sealing_again import seal_rows, sealed_columns
from recruit.core.transaction import transaction


@click.command("seal-again")
@with_appcontext
def seal_again() -> None:
    """Seal with the first key of FIELD_KEYS what another of them sealed; the exit status is 1 where no key opens."""
    sealed = lost = 0
    for table, column in sealed_columns(db.metadata):
        after = None
        while True:
            with transaction():
                step = seal_rows(table, column, after)
            sealed, lost, after = sealed + step.sealed, lost + step.lost, step.after
            if after is None:
                break
    click.echo(f"{sealed:,} values were sealed anew. All others had the first key already.")
    if lost:
        raise click.ClickException(f"{lost:,} values are opened by none of the keys. Was one left out too early?")
