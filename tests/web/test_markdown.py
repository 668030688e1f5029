"""What recruiters and we write in Markdown can do no harm to whoever reads it."""

import pytest
from bs4 import BeautifulSoup

from recruit.web.markdown import render

pytestmark = pytest.mark.one_database


def links(text: str) -> list[str | None]:
    return [link.get("href") for link in BeautifulSoup(render(text), "html.parser").select("a")]


@pytest.mark.parametrize(
    "address",
    [
        "https://www.gov.uk/x?a=1#b", "http://example.com/", "mailto:jobs@council.test", "tel:+441642000000", "/jobs",
        "/jobs?q=fostering", "#pay", "page", "../up", "/", "HTTPS://www.gov.uk/",
    ],
)  # fmt: skip
def test_ordinary_links_stay(address: str):
    assert links(f"[words]({address})") == [address]


@pytest.mark.parametrize(
    "address",
    ["//evil.example", "//evil.example/jobs", "///evil.example", "<//evil example>", "//", "&#47;/evil.example"],
)
def test_links_to_another_host_without_a_scheme_lead_nowhere(address: str):
    assert links(f"[words]({address})") == [None]


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("/\\evil.example", "/%5Cevil.example"),  # a browser takes a bare backslash for a slash
        ("\\\\\\\\evil.example", "%5C%5Cevil.example"),
        ("</\t/evil.example>", "/%09/evil.example"),  # and takes a tab out
        ("<java\tscript:alert(1)>", "java%09script:alert(1)"),
    ],
)
def test_what_a_browser_would_read_differently_is_written_out(address: str, href: str):
    assert links(f"[words]({address})") == [href]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "javascript&colon;alert(1)", "&#106;avascript:alert(1)",
        "< javascript:alert(1)>", "data:text/html;base64,PHNjcmlwdD4=", "data:image/png;base64,AAAA", "vbscript:x",
        "file:///etc/passwd", "blob:x", "ftp://example.com/",
    ],
)  # fmt: skip
def test_links_that_run_or_hold_something_lead_nowhere(address: str):
    assert [href for href in links(f"[words]({address})") if href is not None] == []
    assert "words" in render(f"[words]({address})")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "![x](https://evil.example/track.png)",
        '<a href="/" onclick="alert(1)">x</a>', "<style>*{display:none}</style>", "<iframe src=//x.example></iframe>",
        '<p style="position:fixed">x</p>', "[x](/ 'title\" onmouseover=alert(1)')",
    ],
)  # fmt: skip
def test_markup_is_text(text: str):
    page = BeautifulSoup(render(text), "html.parser")

    assert {tag.name for tag in page.find_all(True)} <= {"p", "a"}
    assert {name for tag in page.find_all(True) for name in tag.attrs} <= {"class", "href", "rel", "title"}
