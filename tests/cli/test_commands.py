"""The commands of `flask --app wsgi`, each where it is promised."""

import subprocess
import sys

import click
import pytest
from flask import Flask

from recruit.cli import COMMANDS, init_app
from tests.servers import ROOT


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_found_by_its_name_and_says_what_it_is_for(app: Flask, name: str):
    command = app.cli.get_command(click.Context(app.cli), name)

    assert command
    assert command.name == name
    assert command.get_short_help_str()


def test_no_other_command_is_found(app: Flask):
    assert app.cli.get_command(click.Context(app.cli), "nonsense") is None


def test_help_lists_them_all(app: Flask):
    page = app.test_cli_runner().invoke(args=["--help"])

    assert page.exit_code == 0
    listed = page.output.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in listed if line.startswith("  ") and line[2] != " "] == sorted(COMMANDS)


def test_a_blueprint_may_bring_one_of_its_own():
    app, own = Flask("other"), click.Command("own")
    app.cli.add_command(own)
    init_app(app)
    context = click.Context(app.cli)

    assert app.cli.get_command(context, "own") is own
    assert app.cli.list_commands(context) == sorted([*COMMANDS, "own"])


@pytest.mark.slow
@pytest.mark.one_database
@pytest.mark.parametrize("module", ["recruit.start", "recruit.serving.supervisor"])
def test_what_starts_the_service_does_not_load_it(module: str):
    look = f"import sys, {module}; print('flask' in sys.modules, 'recruit.app' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "False False\n"
