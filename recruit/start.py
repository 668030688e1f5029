"""`make run`: migrate, load the demonstration, start the web server and the worker, say where and how to sign in."""

import os
import shlex
import sys
from collections.abc import Sequence
from typing import NoReturn

import click
from flask_migrate import upgrade
from pydantic import ValidationError

from recruit.app import create_app
from recruit.cli.demo import demo_password
from recruit.config import Settings
from recruit.core import clock
from recruit.core.transaction import transaction
from recruit.demo.load import ACCOUNTS, is_loaded, load_demo
from recruit.serving import supervisor
from recruit.web.ops import checks

WIDTH = 32  # characters of the list of sign-ins' first column


def main() -> NoReturn:
    """Prepare everything and become the supervisor; exit with 2 if a setting is wrong."""
    try:
        settings = Settings()
    except ValidationError as error:
        click.echo(f"A setting is wrong: {error}", err=True)
        sys.exit(2)
    _prepare(settings)
    workers = settings.web_workers or os.cpu_count() or 1
    python = sys.executable
    web = [python, "-m", "recruit.serving.run", "wsgi:app", "--host", settings.host, "--port", str(settings.port)]
    commands = {"web": [*web, "--workers", str(workers)], "worker": [python, "-m", "flask", "--app", "wsgi", "worker"]}
    click.echo(_welcome(settings))
    sys.stdout.flush()
    # The supervisor takes this process over as a file of its own: what was loaded to prepare is not kept in memory.
    os.execv(  # noqa: S606  our own program, with our own words
        python, [python, supervisor.__file__, *(f"{name}={shlex.join(command)}" for name, command in commands.items())]
    )


def _prepare(settings: Settings) -> None:
    """Bring the database up to date and, outside production, load the demonstration once.

    Outside production the folder remembers what it is for.  Exit with 1 if something would keep visitors away.
    """
    app = create_app(settings)
    if not settings.is_production():
        settings.remember_environment()
    with app.app_context():
        upgrade()
        if found := checks.faults(settings):
            click.echo("\n".join(["This cannot start.", *found]), err=True)
            sys.exit(1)
        if not settings.is_production() and not is_loaded():
            click.echo("Loading the demonstration …")
            password = demo_password(settings)
            with transaction():
                load_demo(password, now=clock.now())


def _welcome(settings: Settings) -> str:
    lines = ["", f"  {settings.service_name}: {settings.public_url}"]
    if not settings.is_production():
        lines += ["", *_sign_ins(list(ACCOUNTS), demo_password(settings))]
    return "\n".join([*lines, "", "  Ctrl-C stops everything.", ""])


def _sign_ins(addresses: Sequence[str], password: str) -> list[str]:
    lines = ["  Demonstration: sign in as one of"]
    lines += [f"    {address:<{WIDTH}}{', '.join(ACCOUNTS[address][1])}" for address in addresses]
    return [*lines, f"  with the password  {password}"]


if __name__ == "__main__":
    main()
