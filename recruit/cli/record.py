"""`flask --app wsgi verify-record`: whether what was done is still what is written."""

import re

import click
from flask.cli import with_appcontext

from recruit.cli.refusals import told
from recruit.core.calendar import long_moment
from recruit.record.verifying import verify_record

_HEAD = re.compile(r"([0-9]{1,18}):([0-9a-f]{64})", re.ASCII)


def _head(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[int, str] | None:
    match = _HEAD.fullmatch(value) if value else None
    if value and match is None:
        raise click.BadParameter("it looks like 120:9f86d081…, as this command prints it")
    return (int(match[1]), match[2]) if match else None


@click.command("verify-record")
@click.option(
    "--head", callback=_head, metavar="POSITION:LINK", help="A head that was kept elsewhere: it must still be there."
)
@with_appcontext
def check_record(head: tuple[int, str] | None) -> None:
    """Check the record of moves, reads and exports; the exit status is 1 where it is broken."""
    with told():
        whole = verify_record(head)
    last = f", the last at {long_moment(whole.at)}" if whole.at else ""
    click.echo(f"The record is whole: {whole.sealed:,} rows are sealed{last}; {whole.waiting:,} wait for the worker.")
    if whole.sealed:
        click.echo(f"Head, to be kept elsewhere: {whole.sealed}:{whole.head}")
