"""`make test` and `make check`: every check in order, what could not run and why, and one status at the end.

With CI=true whatever could not run is a failure.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests import chromium, pango, templates

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTEST = (str(BIN / "pytest"), "-p", "no:cacheprovider", "--durations=5", "--durations-min=5")


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
TESTS = (
    Step("tests on SQLite", (*PYTEST, *PARALLEL, "-m", "not browser and not slow")),
    Step(
        "tests on PostgreSQL",
        (*PYTEST, *PARALLEL, "-m", "not browser and not slow and not one_database"),
        (("TEST_DATABASE", "postgresql"),),
    ),
    Step("processes, SQLite", (*PYTEST, *PARALLEL, "-m", "slow")),
    Step(
        "processes, PostgreSQL",
        (*PYTEST, *PARALLEL, "-m", "slow and not one_database"),
        (("TEST_DATABASE", "postgresql"),),
    ),
    Step("browser, SQLite", (*PYTEST, *PARALLEL, "-m", "browser")),
    Step(
        "browser, PostgreSQL",
        (*PYTEST, *PARALLEL, "-m", "browser and not one_database"),
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
    environment = {**os.environ, "RECRUIT_ENV": "test", templates.SHARED: shared_folder, **dict(step.environment)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # the steps start hundreds of processes: one of them compiles
    passed = subprocess.run(step.command, cwd=ROOT, env=environment, check=False).returncode == 0
    print(f"── {step.name}: {'passed' if passed else 'FAILED'} in {time.monotonic() - start:.0f} s", flush=True)
    return passed


def main(only_checks: bool) -> int:
    """Run the steps; return the status to exit with."""
    steps = list(CHECKS if only_checks else (*CHECKS, *TESTS))
    not_run: list[str] = []
    if not only_checks and chromium.find_or_install() is None:
        not_run.append(f"the browser tests: there is no Chromium. {chromium.HOW}")
        steps = [step for step in steps if not step.name.startswith("browser")]
    if not only_checks and not pango.find_or_install():
        not_run.append(f"the tests of PDFs: there is no Pango. {pango.HOW}")
    with tempfile.TemporaryDirectory() as shared_folder:
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
