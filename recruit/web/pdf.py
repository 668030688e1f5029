"""A page of ours as a PDF that screen readers can read (PDF/UA), and several as a zip.  Nothing is fetched for one.

WeasyPrint takes long and stands on Pango, a library of the system.  So a process of its own makes PDFs (`pdf_maker`)
while this one answers others; where Pango is missing, one line in the log says so, and pages offer what the browser
can print in its place.
"""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from io import RawIOBase
from typing import Any, Final
from zipfile import ZipFile, ZipInfo

import structlog
from flask import Flask, Response, current_app, has_request_context, render_template, request

from recruit.core.calendar import LONDON
from recruit.core.errors import Incomplete, Unavailable
from recruit.core.transaction import end_reading
from recruit.rules import limits
from recruit.serving.waiting import WAIT
from recruit.web.pdf_maker import PDFMaker

KIND: Final = "application/pdf"
TOO_LONG: Final = "This is too long for a PDF. Print the page in its place, or choose “Save as PDF” as the printer."
_PANGO: Final = ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll")
"""What its library is called on Linux, on a Mac and on Windows."""

logger = structlog.get_logger(__name__)


def init_app(app: Flask) -> None:
    """Have what makes PDFs at hand, and let templates ask whether any can be made here."""
    app.extensions["pdf"] = PDFMaker()
    app.jinja_env.globals["has_pdf"] = can_make_pdf


@lru_cache(maxsize=1)
def can_make_pdf() -> bool:
    """Say whether the system has what PDFs are made with.  It is looked for once; a restart looks again."""
    for name in _PANGO:
        with suppress(OSError):
            ctypes.CDLL(name)
            return True
    logger.warning("no_pdf", why="Pango is not installed; Debian: libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")
    return False


def render_paper(template: str, **values: Any) -> str:
    """Return a template of `layouts/paper.html` as markup, to be made into a PDF.

    Raises:
        Incomplete: it is longer than what one PDF is made of.
    """
    markup = render_template(template, **values)
    if len(markup) > limits.PDF_CHARACTERS:
        raise Incomplete(TOO_LONG)
    return markup


def make_pdf(markup: str) -> bytes:
    """Return the PDF of what `render_paper` made.  It takes the better part of a second; others are served meanwhile.

    The connection to the database is given back first: what was read is read again when it is next used.

    Raises:
        Unavailable: the system lacks what PDFs are made with, or it could not be made.
    """
    make = _maker()
    end_reading()
    return make(markup)


def pdf_answer(made: bytes, name: str) -> Response:
    """Return what `make_pdf` made, to be kept as a file.

    Args:
        name: of the file, without its ending: a reference, never a person's name.
    """
    return _file(made, KIND, f"{name}.pdf")


def zip_answer(papers: Sequence[tuple[str, str]], name: str, *, now: datetime) -> Response:
    """Return a zip of PDFs, each made when the one before has been handed out; the first of them is made now.

    Args:
        papers: the name of each, without its ending, and what `render_paper` made; at least one.
        name: of the file, without its ending.

    Raises:
        Unavailable: the system lacks what PDFs are made with, or the first could not be made.
    """
    make = _maker(has_begun=True)
    end_reading()
    body = _zipped(papers, make(papers[0][1]), make, now.astimezone(LONDON))
    return _file(body, "application/zip", f"{name}.zip")


def _file(body: bytes | Iterator[bytes], kind: str, name: str) -> Response:
    answer = Response(body, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _maker(*, has_begun: bool = False) -> Callable[[str], bytes]:
    """Return what makes a PDF of markup, for this application, also after its request is over.

    Args:
        has_begun: whether it is part of a file that is sent already, and so waits however many others do.
    """
    if not can_make_pdf():
        raise Unavailable("PDFs cannot be made here just now. Print the page in its place.")
    wait: Callable[[Future[bytes]], bytes] = Future.result
    if has_request_context():
        wait = request.environ.get(WAIT, wait)
    maker, assets = current_app.extensions["pdf"], current_app.extensions["assets"]
    style = assets.folder / assets.url("paper.css").rpartition("/")[2]
    base = current_app.config["SETTINGS"].public_url
    return lambda markup: wait(maker.ask(markup, base=base, style=style, has_begun=has_begun))


def _zipped(
    papers: Sequence[tuple[str, str]], first: bytes, make: Callable[[str], bytes], at: datetime
) -> Iterator[bytes]:
    sink = _Sink()
    with ZipFile(sink, "w") as file:
        for place, (name, markup) in enumerate(papers):
            file.writestr(ZipInfo(f"{name}.pdf", at.timetuple()[:6]), make(markup) if place else first)
            yield sink.take()
    yield sink.take()


class _Sink(RawIOBase):
    """What was written and not handed on yet."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, some: Any) -> int:
        self._written.append(bytes(some))
        return len(some)

    def take(self) -> bytes:
        """Return what was written since, and forget it."""
        taken = b"".join(self._written)
        self._written.clear()
        return taken
