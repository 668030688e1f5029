"""Pages of people who are signed in, kept as bytes by all that they are made of.

What a page says is read from the database each time; where it all is as before, and so is who reads it, its bytes are.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from flask import render_template

from recruit.core.remembered import Remembered
from recruit.web.current import current_application, g, request, session
from recruit.web.form_tokens import form_token

KEPT = 320  # pages a process keeps, of about 50 kilobytes each, and some 30 that it knows each by
LONGEST_KEPT = 150_000  # bytes of one: what is many times as long as others is made each time


def kept_page(template: str, made_of: Hashable, variables: Callable[[], Mapping[str, Any]]) -> bytes:
    """Return a page.

    Args:
        template: it uses nothing but `variables` and what every page does: who reads, the token of their forms, the
            way here, and messages that are shown once.  A page with such a message is not kept.
        made_of: what `variables` makes them of.  Two that are equal make the same page.
        variables: makes the template's, where the page is not kept.
    """
    return kept(template, made_of, lambda: render_template(template, **variables()).encode())


def kept(kind: str, made_of: Hashable, make: Callable[[], bytes]) -> bytes:
    """Return a page of a `kind`, which `make` makes where it is not kept; else as for `kept_page`."""
    if "_flashes" in session:
        return make()
    page = (current_application(), kind, made_of, g.actor, form_token(), request.path)
    found = _PAGES.get(page)
    if found is None:
        found = make()
        if len(found) <= LONGEST_KEPT:
            _PAGES.note(page, found)
    return found


_PAGES: Remembered[Hashable, bytes] = Remembered(KEPT)
