"""`flask --app wsgi lifecycle`: the rules as pictures."""

import click

from recruit.rules.lifecycle import APPLICATION_MOVES, VACANCY_MOVES, mermaid


@click.command("lifecycle")
def print_lifecycle() -> None:
    """Print the moves of vacancies and applications as Mermaid diagrams."""
    click.echo(mermaid(VACANCY_MOVES))
    click.echo(mermaid(APPLICATION_MOVES))
