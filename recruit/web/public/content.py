"""Pages whose words are a Markdown file with a front matter, in the folder `pages` beside this."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import current_app
from markupsafe import Markup

from recruit.applications.effort import words_to_apply
from recruit.core.calendar import span_words
from recruit.rules import limits
from recruit.web import markdown

FOLDER = Path(__file__).parent / "pages"
FENCE = "+++\n"
USUAL_CRITERIA = 6  # essential criteria of a usual vacancy, for the time that the form takes
BLANK = "{{"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim comes from."""

    title: str
    publisher: str
    published: date
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its words, the day they were true, and where its claims come from."""

    title: str
    summary: str
    as_of: date
    sources: Sequence[Source]
    body: Markup


def content_page(name: str) -> Page:
    """Return the page in `pages/<name>.md`, read once, with its blanks filled in by the settings.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it has no front matter between two lines of `+++`, or a blank that nothing fills.
    """
    settings = current_app.config["SETTINGS"]
    return _read(name, contact_words(settings.contact_email, settings.contact_phone))


def contact_words(email: str, phone: str) -> str:
    """Return how to reach us, to end a sentence of Markdown with: "email a@b or ring 01632 960 010".

    Args:
        email: the address.
        phone: the number; "" for none.
    """
    return f"email [{email}](mailto:{email})" + (f" or ring {phone}" if phone else "")


@lru_cache
def _read(name: str, contact: str) -> Page:
    return parse((FOLDER / f"{name}.md").read_text(encoding="utf-8"), blanks(contact))


def blanks(contact: str) -> dict[str, str]:
    """Return what stands for the blanks of the pages: numbers of the rules, and `contact`, how to reach us."""
    return {
        "contact": contact,
        "effort": words_to_apply(USUAL_CRITERIA),
        "referees": str(limits.REFEREES[0]),
        "working_days": str(limits.SHORTLIST_WORKING_DAYS),
        "idle": span_words(limits.SESSION_IDLE_CANDIDATE),
        "idle_staff": span_words(limits.SESSION_IDLE_STAFF),
        "signed_in": span_words(limits.SESSION_LIFE_CANDIDATE),
        "signed_in_staff": span_words(limits.SESSION_LIFE_STAFF),
        "together": str(limits.EQUALITY_TOGETHER),
        "shown_from": str(limits.EQUALITY_SHOWN_FROM),
        "confirm_link": span_words(limits.CONFIRM_LINK_LIVES),
        "reset_link": span_words(limits.RESET_LINK_LIVES),
        "undo_link": span_words(limits.EMAIL_UNDO_LIVES),
        "alert_unconfirmed": span_words(limits.ALERT_UNCONFIRMED_KEPT),
        "alert_answer": span_words(limits.ALERT_ANSWER_WITHIN),
    }


def parse(text: str, blanks: Mapping[str, str] | None = None) -> Page:
    """Return the page that `text` says.

    Args:
        text: a front matter and Markdown.
        blanks: what stands for `{{ name }}` in the Markdown.

    Raises:
        ValueError: it has no front matter between two lines of `+++`, that lacks something, or a blank stays empty.
    """
    start, fence, rest = text.partition(FENCE)
    front, end, body = rest.partition(FENCE)
    if start or not fence or not end:
        raise ValueError("a page begins with a front matter between two lines of +++")
    about: dict[str, Any] = tomllib.loads(front)
    if missing := {"title", "summary", "as_of", "sources"} - about.keys():
        raise ValueError(f"the front matter lacks {', '.join(sorted(missing))}")
    for name, words in (blanks or {}).items():
        body = body.replace(f"{BLANK} {name} }}}}", words)
    if BLANK in body:
        raise ValueError("nothing fills in a blank of the page")
    sources = tuple(Source(**source) for source in about["sources"])
    return Page(about["title"], about["summary"], about["as_of"], sources, markdown.render(body))
