"""Turns at SQLite's writer: fair to all processes, and never for ever."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy.exc import TimeoutError as NoTurn

from recruit.core import turns
from recruit.core.patience import REST, awaited, rest
from tests.servers import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.one_database]

PROGRAM = """
import sys, time
from recruit.core.turns import turn
worst, number, until = 0.0, 0, time.monotonic() + 4
while time.monotonic() < until:
    began = time.monotonic()
    with turn(sys.argv[1]):
        worst, number = max(worst, time.monotonic() - began), number + 1
        time.sleep(0.004)
print(number, worst)
"""
HOLD = "import sys, time\nfrom recruit.core.turns import turn\nwith turn(sys.argv[1]):\n    print('in', flush=True)\n"
HOLD += "    time.sleep(60)"


def test_four_greedy_processes_have_turns_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "data")]
    processes = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    found = [process.communicate(timeout=30)[0].split() for process in processes]
    numbers, worst = [int(number) for number, _ in found], max(float(wait) for _, wait in found)
    with capsys.disabled():
        print(f"\nturns {numbers}, longest wait {worst:.3f} s", end="")

    assert min(numbers) > 0.3 * max(numbers)
    assert worst < 1


def test_a_holder_that_hangs_is_waited_for_in_bounds_and_once(tmp_path: Path):
    file = str(tmp_path / "data")
    with subprocess.Popen([sys.executable, "-c", HOLD, file], cwd=ROOT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "in\n"
        waits = []
        for _ in range(2):
            began = time.monotonic()
            with awaited(), pytest.raises(NoTurn), turns.turn(file):
                pass
            waits.append(time.monotonic() - began)
        holder.kill()
        holder.wait()
        time.sleep(REST)
        with awaited(), turns.turn(file):
            is_resting = rest.is_on()

    assert turns.PATIENCE <= waits[0] < turns.PATIENCE + 0.5
    assert waits[1] < 0.1
    assert not is_resting
