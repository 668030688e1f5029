"""A PDF is made of what we give and of nothing else."""

import socket
from concurrent.futures import Future
from pathlib import Path

import pytest
from flask import Flask

from recruit.core.errors import Incomplete, Unavailable
from recruit.rules import limits
from recruit.web import pdf
from recruit.web.pdf_maker import PDFMaker
from tests.paper import needs_pango, read

PAGE = '<!doctype html><html lang="en-GB"><head><title>T</title>{}</head><body><h1>One</h1>{}</body></html>'


@needs_pango
def test_nothing_is_fetched_from_the_network_or_from_a_file(app: Flask, tmp_path):
    style = tmp_path / "other.css"
    style.write_text('h1::after { content: " fetched" }')
    with socket.create_server(("127.0.0.1", 0)) as server, app.app_context():
        server.setblocking(False)
        there = f"http://127.0.0.1:{server.getsockname()[1]}"
        links = "".join(f'<link rel="stylesheet" href="{one}/a.css">' for one in (there, style.parent.as_uri()))
        body = f'<img src="{there}/a.png" alt="a"><p style="background: url({there}/b.png)">Two</p>'
        made = pdf.make_pdf(PAGE.format(links + f'<link rel="stylesheet" href="{style.as_uri()}">', body))
        with pytest.raises(BlockingIOError):
            server.accept()

    assert "One" in read(made).text
    assert "fetched" not in read(made).text


def test_what_is_too_long_is_refused_before_it_is_made(app: Flask, monkeypatch):
    monkeypatch.setattr(limits, "PDF_CHARACTERS", 100)
    with app.test_request_context(), pytest.raises(Incomplete, match="too long for a PDF"):
        pdf.render_paper("errors/unavailable.html")


def test_without_the_library_of_the_system_it_says_so(app: Flask, monkeypatch):
    with monkeypatch.context() as changed, app.app_context():
        changed.setattr(pdf, "_PANGO", ("libno-such-pango.so.0",))
        pdf.can_make_pdf.cache_clear()
        with pytest.raises(Unavailable, match="Print the page in its place"):
            pdf.make_pdf(PAGE.format("", ""))
    pdf.can_make_pdf.cache_clear()


PROGRAM = """
import json, os, sys, time
while length := sys.stdin.buffer.read(4):
    wanted = json.loads(sys.stdin.buffer.read(int.from_bytes(length)))["markup"]
    if wanted == "die":
        os._exit(1)
    if wanted == "sleep":
        time.sleep(60)
    said = str(os.getpid()).encode()
    sys.stdout.buffer.write((b"-" if wanted == "fail" else b"+") + len(said).to_bytes(4) + said)
    sys.stdout.buffer.flush()
    if wanted == "last":
        break
"""


@pytest.fixture
def maker(tmp_path):
    """What has PDFs made, with a program that fails in its ways when it is asked to, and else says who it is."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    maker = PDFMaker(program, within=0.5, waiting=2)
    yield maker
    maker.close()


def ask(maker: PDFMaker, markup: str) -> Future[bytes]:
    return maker.ask(markup, base="", style=Path("paper.css"))


def test_one_process_makes_them_all_and_another_takes_its_place(maker: PDFMaker):
    first, second = ask(maker, "a").result(), ask(maker, "last").result()
    third = ask(maker, "b").result()

    assert first == second != third


@pytest.mark.parametrize("fault", ["die", "fail", "sleep"])
def test_a_process_that_dies_fails_or_takes_too_long_is_told_and_the_next_pdf_is_made(maker: PDFMaker, fault: str):
    ask(maker, "a").result()
    with pytest.raises(Unavailable, match="The PDF could not be made"):
        ask(maker, fault).result()

    assert ask(maker, "b").result().isdigit()


def test_whoever_asks_while_many_wait_is_told_at_once_but_not_in_the_middle_of_a_file(maker: PDFMaker):
    waiting = [ask(maker, "sleep"), ask(maker, "a")]
    with pytest.raises(Unavailable, match="Others are having PDFs made"):
        ask(maker, "b")
    part = maker.ask("c", base="", style=Path("paper.css"), has_begun=True)

    assert waiting[1].result().isdigit()
    assert part.result() == waiting[1].result()
    with pytest.raises(Unavailable):
        waiting[0].result()
    assert ask(maker, "d").result().isdigit()
