"""`make test` and `make check`: every check in order, what could not run and why, and one status at the end.

With CI=true whatever could not run is a failure.
"""

import ctypes
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from tests import chromium, pango, templates
from tests.marks import files_with_mark

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTEST = (str(BIN / "pytest"), "-p", "no:cacheprovider", "--durations=5", "--durations-min=5")
PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


@dataclass(frozen=True, slots=True)
class Step:
    """One check: its name, its command, what it needs in the environment."""

    name: str
    command: Sequence[str]
    environment: tuple[tuple[str, str], ...] = ()


def tool(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(BIN / name), *arguments)


CHECKS = (
    Step("linter", tool("ruff", "check", ".")),
    Step("format", tool("ruff", "format", "--check", "--quiet", ".")),
    Step("types", tool("mypy")),
    Step("import contracts", tool("lint-imports")),
    Step("dependencies", tool("deptry", ".")),
    Step("templates", tool("djlint", "templates", "--lint", "--quiet")),
)
PARALLEL = ("-n", "2", "--dist", "loadscope", "--no-loadscope-reorder")  # the order is that of tests/conftest.py
SLOW, BROWSER = (tuple(map(str, files_with_mark(name))) for name in ("slow", "browser"))
TESTS = (
    Step("tests on SQLite", (*PYTEST, *PARALLEL, "-m", "not browser and not slow")),
    Step(
        "tests on PostgreSQL",
        (*PYTEST, *PARALLEL, "-m", "not browser and not slow and not one_database"),
        (("TEST_DATABASE", "postgresql"),),
    ),
    Step("processes, SQLite", (*PYTEST, *PARALLEL, "-m", "slow", *SLOW)),
    Step(
        "processes, PostgreSQL",
        (*PYTEST, *PARALLEL, "-m", "slow and not one_database", *SLOW),
        (("TEST_DATABASE", "postgresql"),),
    ),
    Step("browser, SQLite", (*PYTEST, *PARALLEL, "-m", "browser", *BROWSER)),
    Step(
        "browser, PostgreSQL",
        (*PYTEST, *PARALLEL, "-m", "browser and not one_database", *BROWSER),
        (("TEST_DATABASE", "postgresql"),),
    ),
)


def run(step: Step, shared_folder: str) -> bool:
    """Run one step with its output shown; say how long it took and whether it passed.

    Args:
        step: what to run.
        shared_folder: where the steps keep what is made once for all of them.
    """
    print(f"\n── {step.name} ──", flush=True)
    start = time.monotonic()
    environment = environment_of(shared_folder) | dict(step.environment)
    passed = status_of(subprocess.Popen(step.command, cwd=ROOT, env=environment).pid) == 0
    print(f"── {step.name}: {'passed' if passed else 'FAILED'} in {time.monotonic() - start:.0f} s", flush=True)
    return passed


def environment_of(shared_folder: str) -> dict[str, str]:
    return {**os.environ, "RECRUIT_ENV": "test", templates.SHARED: shared_folder}


def adopt_orphans() -> None:
    """Let processes whose parent a test has killed become children of this one.

    Else they are the machine's first process's, which may take seconds to note that they have ended; until then they
    seem to be there, and PostgreSQL does not start while its last one does.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def status_of(process: int) -> int:
    """Wait until a child has ended, and let go of each other one that ends meanwhile; return its status."""
    while True:
        ended, status = os.wait()
        if ended == process:
            return os.waitstatus_to_exitcode(status)


@contextmanager
def templates_made_beside(shared_folder: str) -> Iterator[None]:
    """Make what tests begin from while the checks, which use one processor, run; who needs it sooner waits for it."""
    command, nothing = [sys.executable, "-m", "tests.templates", shared_folder], subprocess.DEVNULL
    making = subprocess.Popen(command, cwd=ROOT, env=environment_of(shared_folder), stdout=nothing, stderr=nothing)
    try:
        yield
    finally:
        making.terminate()
        making.wait()


def main(only_checks: bool) -> int:
    """Run the steps; return the status to exit with."""
    steps = list(CHECKS if only_checks else (*CHECKS, *TESTS))
    not_run: list[str] = []
    if not only_checks and chromium.find_or_install() is None:
        not_run.append(f"the browser tests: there is no Chromium. {chromium.HOW}")
        steps = [step for step in steps if not step.name.startswith("browser")]
    if not only_checks and not pango.find_or_install():
        not_run.append(f"the tests of PDFs: there is no Pango. {pango.HOW}")
    adopt_orphans()
    beside = nullcontext if only_checks else templates_made_beside
    with tempfile.TemporaryDirectory() as shared_folder, beside(shared_folder):
        failed = [step.name for step in steps if not run(step, shared_folder)]
    print()
    for why in not_run:
        print(f"Could not run {why}")
    if failed:
        print(f"Failed: {', '.join(failed)}.")
        return 1
    if not_run and os.environ.get("CI"):
        print("In CI what could not run is a failure.")
        return 1
    print("Everything passed." if not not_run else "Everything that could run passed.")
    return 0


if __name__ == "__main__":
    sys.exit(main(only_checks="check" in sys.argv[1:]))
