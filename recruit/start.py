"""`make run`: migrate, load the demonstration, start the web server and the worker, say where and how to sign in.

Nobody is answered before this is over, so it loads the application only when there is something to prepare.
"""

import os
import shlex
import subprocess
import sys
from typing import NoReturn

from recruit import database_state
from recruit.config import Settings
from recruit.demo.sign_ins import ACCOUNTS, COLLEAGUE
from recruit.serving import supervisor
from recruit.wrong_settings import STATUS, WrongSettings, read_settings

WIDTH = 32  # characters of the list of sign-ins' first column
FLASK = [sys.executable, "-m", "flask", "--app", "wsgi"]
INTERRUPTED = 130  # a shell's status for Ctrl-C


def main() -> NoReturn:
    """Prepare everything and become the supervisor; exit with 2 if a setting is wrong."""
    try:
        settings = read_settings()
    except WrongSettings as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(STATUS)
    if not is_prepared(settings):
        _prepare()
    workers = settings.web_workers or os.cpu_count() or 1
    web = [sys.executable, "-m", "recruit.serving.run", "wsgi:app", "--host", settings.host]
    web += ["--port", str(settings.port), "--workers", str(workers)]
    commands = {"web": web, "worker": ["nice", *FLASK, "worker"]}
    sys.stdout.write(_welcome(settings))
    sys.stdout.flush()
    # The supervisor takes this process over as a file of its own: what was loaded to prepare is not kept in memory.
    os.execv(  # noqa: S606  our own program, with our own words
        sys.executable,
        [sys.executable, supervisor.__file__, *(f"{name}={shlex.join(line)}" for name, line in commands.items())],
    )


def is_prepared(settings: Settings) -> bool:
    """Say whether a look at the database is enough to know that `flask prepare` would do and find nothing.

    It is not where a production's database has an account of the demonstration: then it depends on which.
    """
    if not os.access(settings.data_dir, os.W_OK):
        return False
    found = database_state.look(settings.database_url)
    if found is None or found.versions != {database_state.newest_migration()}:
        return False
    return not found.demo_accounts if settings.is_production() else COLLEAGUE[0] in found.demo_accounts


def _prepare() -> None:
    """Have `flask prepare` done by a process of its own; exit as it does if it fails."""
    try:
        done = subprocess.run([*FLASK, "prepare"], check=False)  # noqa: S603  our own program, with our own words
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    if done.returncode:
        sys.exit(done.returncode)


def _welcome(settings: Settings) -> str:
    lines = ["", f"  {settings.service_name}: {settings.public_url}"]
    if not settings.is_production():
        lines += ["", "  Demonstration: sign in as one of"]
        lines += [f"    {address:<{WIDTH}}{', '.join(roles)}" for address, (_, roles) in ACCOUNTS.items()]
        lines += [f"  with the password  {settings.demo_password()}"]
    return "\n".join([*lines, "", "  Ctrl-C stops everything.", "", ""])


if __name__ == "__main__":
    main()
