"""`flask --app wsgi organisation` and `teams`: what vacancies stand on, and who writes them."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click
from flask.cli import AppGroup

from recruit.accounts.administration import account_of
from recruit.cli.organisation_file import Unreadable, read_organisation
from recruit.cli.refusals import told
from recruit.core.entries import Kept
from recruit.core.transaction import transaction
from recruit.pay.grades import keep_grades
from recruit.pay.welcome import keep_welcome_version
from recruit.rules.access import SYSTEM
from recruit.vacancies import teams

organisation_group = AppGroup("organisation", help="Keep grades, teams and the welcome payment.")
teams_group = AppGroup("teams", help="Say who writes the vacancies of a team.")


@organisation_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_organisation(file: Path) -> None:
    """Add or change what FILE says, a TOML file: [[grades]], [[teams]], [welcome_payment].  All of it, or nothing."""
    try:
        found = read_organisation(file.read_bytes())
    except Unreadable as refusal:
        raise click.ClickException(f"nothing was imported.\n{refusal}") from None
    welcome = found.welcome_payment
    with told(), transaction():
        done = {
            "grades": keep_grades(SYSTEM, found.grades),
            "teams": teams.keep_teams(SYSTEM, found.teams),
            "welcome payment": [
                keep_welcome_version(SYSTEM, entry, is_used=teams.is_welcome_version_used)
                for entry in ([welcome] if welcome else [])
            ],
        }
    for name, kept in done.items():
        if kept:
            click.echo(f"{name}: {_counts(kept)}")


@teams_group.command("add-member")
@click.argument("email")
@click.argument("slug")
def add_team_member(email: str, slug: str) -> None:
    """Let the recruiter of EMAIL write the vacancies of the team SLUG."""
    with told(), transaction():
        teams.add_member(SYSTEM, teams.team_of(slug), account_of(email))
    click.echo("Added.")


@teams_group.command("remove-member")
@click.argument("email")
@click.argument("slug")
def remove_team_member(email: str, slug: str) -> None:
    """Let the recruiter of EMAIL write the vacancies of the team SLUG no more."""
    with told(), transaction():
        teams.remove_member(SYSTEM, teams.team_of(slug), account_of(email))
    click.echo("Removed.")


def _counts(kept: Iterable[Kept]) -> str:
    numbers = Counter(kept)
    return ", ".join(f"{numbers[change]} {change}" for change in Kept if numbers[change])
