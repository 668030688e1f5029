"""Pages of which there are many of one kind: their outline is kept, and what each has of its own is put into it.

What stands round an application, its forms and its buttons are the same for most of those that somebody opens.
"""

import re
import secrets
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import compress
from typing import Any, Final

import structlog
from flask import Flask, render_template
from markupsafe import Markup

from recruit.rules.access import Actor
from recruit.web.current import current_application, g, session
from recruit.web.form_tokens import form_token
from recruit.web.quick_templates import escaped

KEPT: Final = 128  # outlines that a process keeps, of some 20 kilobytes each
LONGEST_WORDS: Final = 120  # characters: longer ones are an application's own
WORDS_KEPT: Final = 1024  # that a process keeps as they are sent, such as the title of a vacancy
_SECRET: Final = secrets.token_hex(16)
_HOLE: Final = re.compile(f"hole{_SECRET}([a-z_]+)ends")
"""What stands where something is to be put: of letters and digits, which are the same in HTML and in an address, and
nothing that anybody can have written.
"""


class Piece(Markup):
    """Markup that is kept, to be put into outlines, with the bytes that are `sent` of it."""

    __slots__ = ("sent",)
    sent: bytes

    def __new__(cls, markup: Markup) -> "Piece":
        """Return `markup` as a piece."""
        piece = super().__new__(cls, markup)
        piece.sent = markup.encode()
        return piece


Own = Mapping[str, str]
logger = structlog.get_logger(__name__)


def outlined_page(template: str, made_of: Hashable, own: Own, variables: Callable[[Own], Mapping[str, Any]]) -> bytes:
    """Return a page, as it is sent.

    Args:
        template: it uses nothing but `variables` and what every page does, and prints what is a page's own as it is: it
            asks of it no more than whether there is any.  A page with a message that is shown once is made whole.
        made_of: what `variables` makes the template's of, beside `own`.  Two that are equal have the same outline.
        own: words or markup that are this page's own, by names of small letters; pieces where they are kept.
        variables: makes the template's of `own`, or of holes for the same names.
    """
    outline = None
    if "_flashes" not in session:
        named = tuple(compress(own, own.values()))
        kind = _Kind(current_application(), template, made_of, named, g.actor, form_token(), [own, variables])
        outline = _outline(kind)
    return render_template(template, **variables(own)).encode() if outline is None else _filled(outline, own)


def _filled(outline: bytes, own: Own) -> bytes:
    """Return an outline with its holes filled, in bytes: it has been made into them once, for all pages of its kind."""
    return outline % {
        _encoded(name): words.sent
        if type(words) is Piece
        else _sent(words)
        if len(words) <= LONGEST_WORDS
        else escaped(words).encode()
        for name, words in own.items()
    }


_encoded = lru_cache(maxsize=WORDS_KEPT)(str.encode)


@lru_cache(maxsize=WORDS_KEPT, typed=True)  # by their type too: of two that are equal one may be markup
def _sent(words: str) -> bytes:
    return escaped(words).encode()


@dataclass(frozen=True, slots=True)
class _Kind:
    app: Flask
    template: str
    made_of: Hashable
    named: tuple[str, ...]
    reader: Actor
    token: str
    first: list[Any] = field(compare=False)  # of its kind: what is its own, and what makes the variables


@lru_cache(maxsize=KEPT)
def _outline(kind: _Kind) -> bytes | None:
    """Return the outline of pages of a kind, as a format of what is their own.

    None where it does not make the first of them what its template makes it: a template may do more than print.
    """
    own, variables = kind.first
    kind.first.clear()  # no application is kept by the outline of its page
    holes = {name: Markup(f"hole{_SECRET}{name}ends") if words else words for name, words in own.items()}  # noqa: S704
    whole, page = (render_template(kind.template, **variables(its)) for its in (own, holes))
    outline = _HOLE.sub(r"%(\1)b", page.replace("%", "%%")).encode()
    if _filled(outline, own) != whole.encode():
        logger.error("no_outline", template=kind.template)
        return None
    return outline
