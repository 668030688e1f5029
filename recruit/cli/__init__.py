"""Commands of `flask --app wsgi`: thin, like views.  Each is imported when it is asked for: pages need none."""

import click
from flask import Flask
from flask.cli import AppGroup
from werkzeug.utils import import_string

COMMANDS = {
    "accounts": "recruit.cli.accounts:group",
    "content": "recruit.cli.content:group",
    "db": "flask_migrate.cli:db",
    "demo": "recruit.cli.demo:group",
    "lifecycle": "recruit.cli.lifecycle:print_lifecycle",
    "organisation": "recruit.cli.organisation:organisation_group",
    "pay": "recruit.cli.pay:group",
    "prepare": "recruit.cli.prepare:prepare",
    "seal-again": "recruit.cli.sealing:seal_again",
    "teams": "recruit.cli.organisation:teams_group",
    "verify-record": "recruit.cli.record:check_record",
    "worker": "recruit.cli.worker:run_worker",
}
"""Each command's name, and where it is."""


class Commands(AppGroup):
    """The application's commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the name of every command, in order."""
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name; None where there is none."""
        if cmd_name in COMMANDS:
            command: click.Command = import_string(COMMANDS[cmd_name])
            return command
        return super().get_command(ctx, cmd_name)


def init_app(app: Flask) -> None:
    """Give `app` its commands, beside any that its blueprints have brought."""
    app.cli = Commands(app.name, commands=app.cli.commands)
