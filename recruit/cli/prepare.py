"""`flask --app wsgi prepare`: what must be done before visitors come."""

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from recruit.cli.refusals import told
from recruit.core import clock
from recruit.core.transaction import transaction
from recruit.demo.load import is_loaded, load_demo
from recruit.web.ops import checks


@click.command("prepare")
@with_appcontext
def prepare() -> None:
    """Bring the database up to date and, outside production, load the demonstration once.

    Outside production DATA_DIR remembers what it is for.  Fails if something would keep visitors away.
    """
    settings = current_app.config["SETTINGS"]
    if not settings.is_production():
        settings.remember_environment()
    upgrade()
    if found := checks.faults(settings):
        raise click.ClickException("\n".join(["This cannot start.", *found]))
    if not settings.is_production() and not is_loaded():
        click.echo("Loading the demonstration …")
        password = settings.demo_password()
        with told(), transaction():
            load_demo(password, current_app.extensions["documents"], now=clock.now())
