"""`flask --app wsgi accounts`: what an operator of the machine does with accounts."""

from collections.abc import Callable

import click
from flask import current_app
from flask.cli import AppGroup

from recruit.accounts import administration, credentials
from recruit.accounts.passwords import password_fault
from recruit.cli.refusals import told
from recruit.core import clock
from recruit.core.transaction import transaction
from recruit.panels import absent
from recruit.rules.access import SYSTEM, Role

group = AppGroup("accounts", help="Add, disable and enable accounts.")


@group.command("create")
@click.argument("email")
@click.option("--name", required=True, help="as staff and the person see it")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="may be given again",
)
@click.option("--ask-password", is_flag=True, help="ask for the password here, instead of sending a link to choose one")
def create_account(email: str, name: str, roles: tuple[str, ...], ask_password: bool) -> None:
    """Add an account for EMAIL.  The person gets a link to choose a password, unless it is typed here."""
    password_hash = _ask_password(email, name) if ask_password else None
    with told(), transaction():
        administration.create_account(
            SYSTEM, email, name, [Role(role) for role in roles], password_hash, now=clock.now()
        )
    click.echo("Account created." if ask_password else "Account created. A link to choose a password is on its way.")


@group.command("disable")
@click.argument("email")
def disable_account(email: str) -> None:
    """Sign the person of EMAIL out everywhere and let them sign in no more.

    HR hears of what waits for them on panels.
    """
    with told(), transaction():
        user, now = administration.account_of(email), clock.now()
        administration.disable_account(SYSTEM, user, now=now)
    click.echo("Account disabled.")
    with told(), transaction():
        absent.tell_of_absence(user, now=now)


@group.command("enable")
@click.argument("email")
def enable_account(email: str) -> None:
    """Let the person of EMAIL sign in again."""
    with told(), transaction():
        user = administration.account_of(email)
        administration.enable_account(SYSTEM, user)
    click.echo("Account enabled.")
    with told(), transaction():
        absent.share_again(user, now=clock.now())


def _ask_password(email: str, name: str) -> str:
    settings = current_app.config["SETTINGS"]
    about = (email, name, settings.service_name, settings.organisation)
    return credentials.hash_password(
        click.prompt("Password", hide_input=True, confirmation_prompt=True, value_proc=_good_password(about))
    )


def _good_password(about: tuple[str, ...]) -> Callable[[str], str]:
    def check(password: str) -> str:
        fault = password_fault(password, about=about)
        if fault:
            raise click.UsageError(fault)
        return password

    return check
