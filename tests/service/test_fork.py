"""What the web server's processes may share: the application's code, and nothing that is open."""

import json
import os
import subprocess
import sys
from itertools import combinations

import psutil
import pytest

from recruit.rules import limits
from recruit.serving.run import own_limit
from tests.servers import ROOT
from tests.service.place import Place, Service, ask

pytestmark = pytest.mark.slow

LOOK = """
import json, os, psutil, sys
import wsgi
own = psutil.Process()
print(json.dumps({
    "threads": own.num_threads(),
    "files": [file.path for file in own.open_files()],
    "connections": len(own.net_connections()),
    "modules": sorted(sys.modules),
}))
"""
COMMANDS_ALONE = ("recruit.demo", "recruit.notifications.transports", "recruit.notifications.worker")
"""What no page needs, beside the commands themselves."""


@pytest.fixture(scope="module")
def imported(place: Place):
    """What a process has after importing the application, and nothing more."""
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=ROOT,
        env={**os.environ, **place.environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_importing_the_application_opens_nothing_and_starts_no_thread(imported):
    assert (imported["threads"], imported["files"], imported["connections"]) == (1, [], 0)


def test_the_web_server_loads_no_command_and_nothing_that_only_commands_need(imported):
    found = [name for name in imported["modules"] if name.startswith(("recruit.cli.", *COMMANDS_ALONE))]

    assert found == []


def test_workers_share_no_connection_with_each_other_or_their_parent(place: Place, service: Service):
    for _ in range(40):
        assert ask(service.port, "GET", "/readyz").status == 200
    parent = service.web()
    held = [connections(process) for process in (parent, *parent.children())]

    assert [file.path for file in parent.open_files() if "sqlite" in file.path] == []
    assert [one & other for one, other in combinations(held, 2)] == [set()] * 3
    assert max(len(one) for one in held) > 0


def connections(process: psutil.Process) -> set[str]:
    """Return the connections that a process has open, by the numbers that the system gives them."""
    ends = [one for one in process.net_connections("all") if one.fd > 2 and one.status in ("ESTABLISHED", "NONE")]
    return {os.readlink(f"/proc/{process.pid}/fd/{one.fd}") for one in ends}


def test_the_server_takes_bodies_as_long_as_the_application_does(place: Place):
    assert own_limit(place.app) == limits.REQUEST_BYTES
    assert own_limit(lambda _environ, _start: []) == 0
