"""`flask --app wsgi lifecycle`: the rules as pictures."""

import click

from recruit.rules.content import CONTENT_MOVES
from recruit.rules.document_requests import REQUEST_MOVES
from recruit.rules.interview_stages import stage_diagram, stage_table
from recruit.rules.lifecycle import (
    APPLICATION_MOVES,
    APPLICATION_REOPENINGS,
    REVISION_MOVES,
    VACANCY_CHANGES,
    VACANCY_MOVES,
    mermaid,
)
from recruit.rules.sift import SHEET_MOVES
from recruit.rules.terms import TERMS_MOVES


@click.command("lifecycle")
def print_lifecycle() -> None:
    """Print every table of moves as a Mermaid diagram, and what the moves of interviews need."""
    click.echo(mermaid((*VACANCY_MOVES, *VACANCY_CHANGES.values())))
    click.echo(mermaid(REVISION_MOVES))
    click.echo(mermaid((*APPLICATION_MOVES, *APPLICATION_REOPENINGS)))
    click.echo(stage_diagram())
    click.echo(stage_table())
    click.echo(mermaid(REQUEST_MOVES))
    click.echo(mermaid(SHEET_MOVES))
    click.echo(mermaid(TERMS_MOVES))
    click.echo(mermaid(CONTENT_MOVES))
