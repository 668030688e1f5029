"""Makes PDFs in a process of its own, one after the other, until its input ends or nobody has asked for a while.

    python recruit/web/pdf_program.py 1073741824 60 50

It is run as a file and imports nothing of the project, so it loads little beside WeasyPrint.  What it takes in and
hands out are a length of four bytes and as much: JSON of what to make, then a PDF, or nothing but the kind of fault.
"""

import json
import logging
import os
import resource
import select
import signal
import struct
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Final

import weasyprint  # type: ignore[import-untyped]  # it has no types
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]  # as above

LENGTH: Final = struct.Struct(">cI")
"""How an answer begins: what it is, and how long."""
MADE, FAILED = b"+", b"-"
VARIANT: Final = "pdf/ua-1"
NICER: Final = 5  # whoever waits for a page goes first


def main(memory: int, idle: float, most: int, asked: IO[bytes], answered: IO[bytes]) -> None:
    """Make what is asked for.

    Args:
        memory: bytes of addresses that this process may have; beyond them a PDF fails.
        idle: seconds without being asked after which it ends.
        most: PDFs after which it ends, so that what they leave behind does not add up.
    """
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it complains of words of documents: they are personal
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal; the input ends when the server does
    os.nice(NICER)
    with suppress(ValueError, OSError):  # not every system has this limit
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    nothing, fonts = weasyprint.urls.URLFetcher(allowed_protocols=()), FontConfiguration()

    @lru_cache(maxsize=1)
    def style_sheet(path: str) -> Any:
        return weasyprint.CSS(string=Path(path).read_text("utf-8"), url_fetcher=nothing, font_config=fonts)

    def make(markup: str, base: str, style: str) -> bytes:
        page = weasyprint.HTML(string=markup, base_url=base, url_fetcher=nothing)
        made: bytes = page.write_pdf(stylesheets=[style_sheet(style)], pdf_variant=VARIANT, font_config=fonts)
        return made

    for _ in range(most):
        if not select.select([asked], [], [], idle)[0] or not (length := asked.read(4)):
            return
        wanted = json.loads(asked.read(int.from_bytes(length)))
        try:
            kind, body = MADE, make(**wanted)
        except Exception as error:  # its words may be a document's
            kind, body = FAILED, type(error).__name__.encode()
        answered.write(LENGTH.pack(kind, len(body)) + body)
        answered.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), sys.stdin.buffer, sys.stdout.buffer)
