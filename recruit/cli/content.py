"""`flask --app wsgi content`: the pages that come with the service."""

from collections import Counter

import click
from flask.cli import AppGroup

from recruit.accounts.administration import account_of
from recruit.cli.refusals import told
from recruit.content.importing import Loaded, load_shipped
from recruit.core import clock
from recruit.core.transaction import transaction

group = AppGroup("content", help="Load the pages that come with the service.")


@group.command("import")
@click.argument("email")
def import_content(email: str) -> None:
    """Load the pages and claims that come with the service; the account of EMAIL is told when claims must be checked.

    It can be done again at any time: what staff have changed is left as it is.
    """
    with told(), transaction():
        done = load_shipped(account_of(email), now=clock.now())
    for name, loaded in done.items():
        numbers = Counter(loaded)
        click.echo(f"{name}: {', '.join(f'{numbers[what]} {what}' for what in Loaded if numbers[what])}")
