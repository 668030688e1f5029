"""What keeps words from a page: links that lead nowhere, HTML, pictures, markers that nothing fills.  Each in words."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from recruit.content.markers import BLANKS, markers

SHOWN = 60  # characters of what is wrong that a message repeats

_parser = MarkdownIt("commonmark", {"html": True}).enable("table")
_parser.validateLink = lambda url: True  # type: ignore[method-assign]  # what is wrong is said
_LINKED = re.compile(r"(mailto:[^@\s]+@[^@\s]+\.[^@\s]+|tel:\+?[0-9 ()-]{3,30})")


def faults(text: str) -> list[str]:
    """Return what is wrong with the Markdown `text`, as sentences without a full stop."""
    found = [*_fault_of_markers(text), *(fault for token in _tokens(text) if (fault := _fault_of(token)))]
    return list(dict.fromkeys(found))


def links_of(text: str) -> list[str]:
    """Return the addresses that the links of `text` lead to."""
    return [str(token.attrGet("href")) for token in _tokens(text) if token.type == "link_open"]


def fault_of_address(address: str) -> str:
    """Return what is wrong with an address on the web, as a sentence without a full stop; "" for nothing."""
    shown = _shown(address)
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return f"“{shown}” is not an address that a browser can open"
    if parts.scheme not in ("http", "https"):
        return f"“{shown}” must begin with https://"
    if "." not in host.strip(".") or parts.username is not None or re.search(r"[\s<>\\]", address):
        return f"“{shown}” is not an address that a browser can open"
    return ""


def _tokens(text: str) -> Iterator[Token]:
    for token in _parser.parse(text):
        yield token
        yield from token.children or ()


def _fault_of(token: Token) -> str:
    if token.type in ("html_block", "html_inline"):
        return f"HTML is not used here: take out “{_shown(token.content)}”, or write it as Markdown"
    if token.type == "image":
        return f"Pictures cannot be shown: take out the picture “{_shown(token.content)}”"
    return _fault_of_link(str(token.attrGet("href") or "")) if token.type == "link_open" else ""


def _fault_of_link(address: str) -> str:
    if not address:
        return "A link leads nowhere: write its address in the round brackets"
    if address.startswith("/") and not address.lower().startswith(("//", "/\\", "/%5c")):
        return ""
    if _LINKED.fullmatch(address):
        return ""
    if not address.startswith(("http://", "https://")):
        return f"The link to “{_shown(address)}” must begin with https://, with / for a page of ours, or with mailto:"
    fault = fault_of_address(address)
    return f"The link to {fault}" if fault else ""


def _fault_of_markers(text: str) -> Iterator[str]:
    for marker in markers(text):
        if marker.claim and not marker.is_alone:
            yield f"Put the claim “{marker.claim}” on a line of its own"
        elif not marker.claim and marker.words not in BLANKS:
            yield (
                f"Nothing fills in “{{{{ {_shown(marker.words)} }}}}”:"
                f" use claim and its name, or one of {', '.join(BLANKS)}"
            )


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[:SHOWN] + "…"
