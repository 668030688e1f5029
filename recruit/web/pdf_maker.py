"""Having PDFs made by a process of their own (`pdf_program`), so that this one answers others meanwhile.

The process is started for the first PDF and ends by itself.  Whatever becomes of it, whoever asked is answered: with a
PDF or, within `PDF_SECONDS` of its turn, with why there is none.
"""

import atexit
import json
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import BoundedSemaphore, Timer
from typing import IO, Final

import structlog

from recruit.core.errors import Unavailable
from recruit.rules import limits

PROGRAM: Final = Path(__file__).with_name("pdf_program.py")
BUSY: Final = "Others are having PDFs made just now. Try again in a minute, or print the page in its place."
BROKEN: Final = "The PDF could not be made. Try again, or print the page in its place."
_HEAD: Final = 5  # bytes that an answer begins with: what it is, and how long
_MADE: Final = b"+"

logger = structlog.get_logger(__name__)


class PDFMaker:
    """One process that makes PDFs, one after the other, for the process that this is in.

    Args:
        program: what makes them; another only in tests.
        within: seconds that one may take.
        waiting: most that may be asked for at one time.
    """

    def __init__(
        self, program: Path = PROGRAM, *, within: float = limits.PDF_SECONDS, waiting: int = limits.PDFS_WAITING
    ) -> None:
        self._program = program
        self._within = within
        self._places = BoundedSemaphore(waiting)
        self._thread: ThreadPoolExecutor | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, markup: str, *, base: str, style: Path, has_begun: bool = False) -> "Future[bytes]":
        """Ask for the PDF of `markup`; what comes of it is bytes, or `Unavailable`.

        Args:
            base: the address that links without one of their own stand on.
            style: the file of its style sheet.
            has_begun: whether it is part of something that cannot be refused any more.

        Raises:
            Unavailable: too many have asked already.
        """
        if not has_begun and not self._places.acquire(blocking=False):
            raise Unavailable(BUSY)
        if self._thread is None:  # not before: the server is forked after its import, without threads
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="pdf")
            atexit.register(self.close)
        wanted = json.dumps({"markup": markup, "base": base, "style": str(style)}).encode()
        future = self._thread.submit(self._make, wanted)
        if not has_begun:
            future.add_done_callback(lambda _: self._places.release())
        return future

    def close(self) -> None:
        """End the process, if it runs."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):  # what was not written before it died
                    _there(pipe).close()
            self._process = None

    def _make(self, wanted: bytes) -> bytes:
        """Ask the process; one that has ended since it was last asked is started again, once."""
        is_used = self._process is not None
        found = self._answer(wanted)
        if found is None and is_used and self._process is None:
            found = self._answer(wanted)
        kind, body = found or (b"", b"ended")
        if kind == _MADE:
            return body
        logger.error("pdf_failed", why=body.decode())
        raise Unavailable(BROKEN)

    def _answer(self, wanted: bytes) -> tuple[bytes, bytes] | None:
        """Return what the process says, and what it is; None when it ended without a word.

        One that takes too long is ended.
        """
        process = self._process = self._process or self._start()
        late = Timer(self._within, process.kill)
        late.start()
        try:
            _there(process.stdin).write(len(wanted).to_bytes(4) + wanted)
            _there(process.stdin).flush()
            head = _there(process.stdout).read(_HEAD)
            length = int.from_bytes(head[1:])
            body = _there(process.stdout).read(length)
            if len(head) == _HEAD and len(body) == length:
                return head[:1], body
        except OSError:  # it has ended: the pipe is broken
            pass
        finally:
            is_late = not late.is_alive()
            late.cancel()
        self.close()
        return (b"-", b"too slow") if is_late else None

    def _start(self) -> "subprocess.Popen[bytes]":
        """Start the process.

        What it writes to its error output may be personal, so nobody reads that.  It takes no module of this folder
        for another of that name (-P).
        """
        given = (limits.PDF_MEMORY, limits.PDF_IDLE_SECONDS, limits.PDFS_A_PROCESS)
        return subprocess.Popen(  # noqa: S603  a program of ours
            [sys.executable, "-P", str(self._program), *map(str, given)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )


def _there(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101  the process was started with pipes
    return pipe
