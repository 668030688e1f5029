"""Sixteen clients that ask for one page as fast as they are answered, for a bounded time, on loopback.

`wrk` does it where it is installed; else a small client of our own, which is slower and so flatters nobody.
"""

import http.client
import json
import re
import shutil
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

CLIENTS = 16
SECONDS = 4


@dataclass(frozen=True, slots=True)
class Rate:
    """Answers a second; milliseconds of half of them and of the slowest in a hundred; how many `failed` with another
    status; how many there were.
    """

    per_second: float
    p50: float
    p99: float
    failed: int
    answered: int


def measure(url: str, headers: Mapping[str, str] | None = None, seconds: int = SECONDS) -> Rate:
    """Ask for `url` for so many seconds."""
    if wrk := shutil.which("wrk"):
        return _by_wrk(wrk, url, headers or {}, seconds)
    path = urlsplit(url)
    jobs = [("GET", path.path + ("?" + path.query if path.query else ""), "", dict(headers or {}))]
    return drive(path.netloc, lambda _client: jobs * 1_000_000, seconds=seconds, expected=200)


def _by_wrk(wrk: str, url: str, headers: Mapping[str, str], seconds: int, *options: str) -> Rate:
    command = [wrk, "-t1", f"-c{CLIENTS}", f"-d{seconds}s", "--latency", *options]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    out = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    total = re.search(r"(\d+) requests in", out)
    assert rate, out
    assert total, out
    if "OUT\n" in out:
        raise ValueError("all was sent before the time was up")
    failed = out.count("WRONG\n") or (int(bad[1]) if bad else 0)
    return Rate(float(rate[1]), _within(out, 50), _within(out, 99), failed, int(total[1]))


def _within(out: str, share: int) -> float:
    """Return the milliseconds in which so many of a hundred were answered, as `wrk` says."""
    found = re.search(rf"{share}%\s+([\d.]+)(us|ms|s)", out)
    return float(found[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[found[2]] if found else 0.0


Job = tuple[str, str, str, dict[str, str]]
"""Method, path, body, headers."""

_ONE_AFTER_THE_OTHER = """
local jobs, at = {}, 0
for line in io.lines(%s) do
  local method, path, body, headers = line:match("([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)")
  local named = {}
  for name, value in headers:gmatch("([^\t]*)\t([^\t]*)\t?") do named[name] = value end
  jobs[#jobs + 1] = wrk.format(method, path, named, body)
end
function request()
  at = at + 1
  if at > #jobs then print("OUT") end
  return jobs[math.min(at, #jobs)]
end
"""
_LOOK = """
function response(status)
  if status ~= %d then print("WRONG") end
end
"""


def send(netloc: str, jobs: Sequence[Job], *, seconds: int, expected: int, look: bool = True) -> Rate:
    """Let sixteen clients send `jobs`, each once, for so many seconds.

    Args:
        expected: the status of each answer.
        look: whether to look at each for its status, and not for refusals alone.  To do so `wrk` hands each answer with
            all of its headers to a script: that takes of a page's time what nobody takes of the bare page's.

    Raises:
        ValueError: there were too few.
    """
    wrk = shutil.which("wrk")
    if wrk is None:
        return drive(netloc, lambda client: jobs[client::CLIENTS], seconds=seconds, expected=expected)
    with TemporaryDirectory() as folder:
        listed, script = Path(folder) / "jobs.txt", Path(folder) / "jobs.lua"
        lines = [
            "\t".join([method, path, body, *[part for header in headers.items() for part in header]])
            for method, path, body, headers in jobs
        ]
        listed.write_text("\n".join(lines) + "\n")
        script.write_text(_ONE_AFTER_THE_OTHER % json.dumps(str(listed)) + (_LOOK % expected if look else ""))
        return _by_wrk(wrk, f"http://{netloc}/", {}, seconds, "-s", str(script))


def drive(
    netloc: str, jobs_of: Callable[[int], Sequence[Job]], *, seconds: float, expected: int, clients: int = CLIENTS
) -> Rate:
    """Let each client work through its own jobs, one after the other, until they are done or time is up."""
    times: list[float] = []
    failed = 0
    lock = threading.Lock()
    start = time.perf_counter()

    def client(number: int) -> None:
        nonlocal failed
        connection = http.client.HTTPConnection(netloc, timeout=30)
        mine: list[float] = []
        wrong = 0
        for method, path, body, headers in jobs_of(number):
            if time.perf_counter() - start > seconds:
                break
            began = time.perf_counter()
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            answer.read()
            mine.append(time.perf_counter() - began)
            wrong += answer.status != expected
        connection.close()
        with lock:
            times.extend(mine)
            failed += wrong

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - start
    in_order = sorted(times)
    p50, p99 = (in_order[int(len(times) * share)] * 1000 if times else 0.0 for share in (0.5, 0.99))
    return Rate(len(times) / took, p50, p99, failed, len(times))


def median(rates: Sequence[Rate]) -> Rate:
    """Return the median of several runs of one page."""
    return Rate(
        statistics.median(rate.per_second for rate in rates),
        statistics.median(rate.p50 for rate in rates),
        statistics.median(rate.p99 for rate in rates),
        sum(rate.failed for rate in rates),
        sum(rate.answered for rate in rates),
    )
