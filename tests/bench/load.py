"""Sixteen clients that ask for one page as fast as they are answered, for a bounded time, on loopback.

`wrk` does it where it is installed; else a small client of our own, which is slower and so flatters nobody.
"""

import http.client
import re
import shutil
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

CLIENTS = 16
SECONDS = 4


@dataclass(frozen=True, slots=True)
class Rate:
    """Answers a second; milliseconds of the slowest in a hundred; how many `failed` with another status."""

    per_second: float
    p99: float
    failed: int


def measure(url: str, headers: Mapping[str, str] | None = None, seconds: int = SECONDS) -> Rate:
    """Ask for `url` for so many seconds."""
    if wrk := shutil.which("wrk"):
        return _by_wrk(wrk, url, headers or {}, seconds)
    path = urlsplit(url)
    jobs = [("GET", path.path + ("?" + path.query if path.query else ""), "", dict(headers or {}))]
    return drive(path.netloc, lambda _client: jobs * 1_000_000, seconds=seconds, expected=200)


def _by_wrk(wrk: str, url: str, headers: Mapping[str, str], seconds: int) -> Rate:
    command = [wrk, "-t1", f"-c{CLIENTS}", f"-d{seconds}s", "--latency"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    out = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
    tail = re.search(r"99%\s+([\d.]+)(us|ms|s)", out)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    assert rate, out
    scale = {"us": 0.001, "ms": 1.0, "s": 1000.0}
    p99 = float(tail[1]) * scale[tail[2]] if tail else 0.0
    return Rate(float(rate[1]), p99, int(bad[1]) if bad else 0)


Job = tuple[str, str, str, dict[str, str]]
"""Method, path, body, headers."""


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
    p99 = statistics.quantiles(times, n=100)[98] * 1000 if len(times) > 1 else 0.0
    return Rate(len(times) / took, p99, failed)


def median(rates: Sequence[Rate]) -> Rate:
    """Return the median of several runs of one page."""
    return Rate(
        statistics.median(rate.per_second for rate in rates),
        statistics.median(rate.p99 for rate in rates),
        sum(rate.failed for rate in rates),
    )
