"""Commands of `flask --app wsgi`: thin, like views."""

import click
from flask import Flask

from recruit.cli import accounts, demo, organisation, pay
from recruit.cli.worker import run_worker
from recruit.rules.lifecycle import APPLICATION_MOVES, VACANCY_MOVES, mermaid


@click.command("lifecycle")
def print_lifecycle() -> None:
    """Print the moves of vacancies and applications as Mermaid diagrams."""
    click.echo(mermaid(VACANCY_MOVES))
    click.echo(mermaid(APPLICATION_MOVES))


def init_app(app: Flask) -> None:
    """Add the commands to `app`."""
    app.cli.add_command(print_lifecycle)
    app.cli.add_command(run_worker)
    app.cli.add_command(accounts.group)
    app.cli.add_command(demo.group)
    app.cli.add_command(organisation.organisation_group)
    app.cli.add_command(organisation.teams_group)
    app.cli.add_command(pay.group)
