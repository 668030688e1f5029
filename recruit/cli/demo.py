"""`flask --app wsgi demo`: the demonstration, and bulk data for measuring.  Never in production."""

import click
from flask import current_app
from flask.cli import AppGroup

from recruit.config import Settings
from recruit.core import clock
from recruit.core.transaction import transaction
from recruit.demo import bulk
from recruit.demo.load import is_loaded, load_demo

group = AppGroup("demo", help="Load fictional data.  Refused in production.")


@group.command("load")
def load_demonstration() -> None:
    """Add the demonstration's teams, vacancies, people and applications; does nothing the second time."""
    settings = _not_in_production()
    if is_loaded():
        click.echo("The demonstration is loaded.")
        return
    password = settings.demo_password()
    with transaction():
        loaded = load_demo(password, current_app.extensions["documents"], now=clock.now())
    click.echo(f"Loaded {loaded['vacancies']} vacancies and {loaded['applications']} applications.")


@group.command("bulk")
@click.option("--vacancies", type=click.IntRange(0, 1_000_000), default=0, help="how many to add")
@click.option("--applications", type=click.IntRange(0, 10_000_000), default=0, help="how many to add")
@click.option(
    "--live", type=click.FloatRange(0, 1), default=0.2, show_default=True, help="share of vacancies that are open"
)
def load_bulk(vacancies: int, applications: int, live: float) -> None:
    """Add bulk data for measuring, with a progress bar.  Needs the demonstration's teams and grades."""
    _not_in_production()
    if not is_loaded():
        raise click.ClickException("Load the demonstration first: flask --app wsgi demo load")
    bulk.load_bulk(vacancies, applications, live=live, now=clock.now())


def _not_in_production() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    if settings.is_production():
        raise click.ClickException("Production never has demonstration data.")
    return settings
