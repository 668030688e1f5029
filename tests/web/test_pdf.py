"""A PDF is made of what we give and of nothing else."""

import socket

import pytest
from flask import Flask

from recruit.core.errors import Incomplete, Unavailable
from recruit.rules import limits
from recruit.web import pdf
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
