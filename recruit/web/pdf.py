"""A page of ours as a PDF that screen readers can read (PDF/UA), and several as a zip.  Nothing is fetched for one.

WeasyPrint stands on Pango, a library of the system, and takes long to load.  So it is loaded for the first PDF, not
before; where Pango is missing, one line in the log says so, and pages offer what the browser can print in its place.
"""

import ctypes
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from io import RawIOBase
from typing import Any, Final
from zipfile import ZipFile, ZipInfo

import structlog
from flask import Flask, Response, current_app, render_template
from werkzeug.utils import import_string

from recruit.core.calendar import LONDON
from recruit.core.errors import Incomplete, Unavailable
from recruit.rules import limits

KIND: Final = "application/pdf"
VARIANT: Final = "pdf/ua-1"
TOO_LONG: Final = "This is too long for a PDF. Print the page in its place, or choose “Save as PDF” as the printer."
_PANGO: Final = ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll")
"""What its library is called on Linux, on a Mac and on Windows."""

logger = structlog.get_logger(__name__)


def init_app(app: Flask) -> None:
    """Let templates ask whether PDFs can be made here."""
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
    """Return the PDF of what `render_paper` made.  It takes the better part of a second.

    Raises:
        Unavailable: the system lacks what PDFs are made with.
    """
    return _maker()(markup)


def pdf_answer(made: bytes, name: str) -> Response:
    """Return what `make_pdf` made, to be kept as a file.

    Args:
        name: of the file, without its ending: a reference, never a person's name.
    """
    return _file(made, KIND, f"{name}.pdf")


def zip_answer(papers: Sequence[tuple[str, str]], name: str, *, now: datetime) -> Response:
    """Return a zip of PDFs, each made when the one before has been handed out, so that others are served in between.

    Args:
        papers: the name of each, without its ending, and what `render_paper` made.
        name: of the file, without its ending.

    Raises:
        Unavailable: the system lacks what PDFs are made with.
    """
    return _file(_zipped(papers, _maker(), now.astimezone(LONDON)), "application/zip", f"{name}.zip")


def _file(body: bytes | Iterator[bytes], kind: str, name: str) -> Response:
    answer = Response(body, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _maker() -> Callable[[str], bytes]:
    """Return what makes a PDF of markup, for this application, also after its request is over."""
    if not can_make_pdf():
        raise Unavailable("PDFs cannot be made here just now. Print the page in its place.")
    library, style_sheet = _library(), _style_sheet()
    nothing, base = _nothing(), current_app.config["SETTINGS"].public_url

    def make(markup: str) -> bytes:
        page = library.HTML(string=markup, base_url=base, url_fetcher=nothing)
        made: bytes = page.write_pdf(stylesheets=[style_sheet], pdf_variant=VARIANT)
        return made

    return make


def _zipped(papers: Sequence[tuple[str, str]], make: Callable[[str], bytes], at: datetime) -> Iterator[bytes]:
    sink = _Sink()
    with ZipFile(sink, "w") as file:
        for name, markup in papers:
            file.writestr(ZipInfo(f"{name}.pdf", at.timetuple()[:6]), make(markup))
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


def _nothing() -> Any:
    """Return what fetches nothing: no protocol is allowed."""
    return _library().urls.URLFetcher(allowed_protocols=())


@lru_cache(maxsize=1)
def _library() -> Any:
    """Return WeasyPrint, with nothing to say: what it complains of are words of documents, which are personal."""
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    return import_string("weasyprint")


@lru_cache(maxsize=1)
def _style_sheet() -> Any:
    assets = current_app.extensions["assets"]
    text = (assets.folder / assets.url("paper.css").rpartition("/")[2]).read_text("utf-8")
    return _library().CSS(string=text, url_fetcher=_nothing())
