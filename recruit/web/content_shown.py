"""A page of words as people read it: Markdown with its claims and blanks filled in, made into HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import current_app
from markupsafe import Markup

from recruit.applications.effort import words_to_apply
from recruit.content.shelf import Shelf, Words
from recruit.core.calendar import span_words
from recruit.core.targets import targets
from recruit.rules import limits
from recruit.web import markdown

USUAL_CRITERIA = 6  # essential criteria of a usual vacancy, for the time that the form takes


@dataclass(frozen=True, slots=True)
class Source:
    """Where what a page says comes from."""

    title: str
    publisher: str
    published: date
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its words and the day they are shown as of.  A story may have a recording, with its transcript."""

    title: str
    summary: str
    as_of: date
    body: Markup
    sources: Sequence[Source] = ()
    recording_url: str = ""
    transcript: Markup = Markup("")


def page_of(words: Words, shelf: Shelf, today: date) -> Page:
    """Return what readers see of `words` on `today`, with the claims of `shelf`."""
    filled_by = blanks(contact_of_settings())
    return Page(
        words.title,
        words.summary,
        words.dated_on,
        markdown.render(shelf.markdown_of(words.body, today, filled_by)),
        recording_url=words.recording_url,
        transcript=markdown.render(words.transcript),
    )


def contact_of_settings() -> str:
    """Return how to reach us, as the settings have it."""
    settings = current_app.config["SETTINGS"]
    return contact_words(settings.contact_email, settings.contact_phone)


def contact_words(email: str, phone: str) -> str:
    """Return how to reach us, to end a sentence of Markdown with: "email a@b or ring 01632 960 010".

    Args:
        email: the address.
        phone: the number; "" for none.
    """
    return f"email [{email}](mailto:{email})" + (f" or ring {phone}" if phone else "")


def blanks(contact: str) -> Mapping[str, str]:
    """Return what stands for the blanks of the pages: numbers of the rules, and `contact`, how to reach us."""
    return {
        "contact": contact,
        "effort": words_to_apply(USUAL_CRITERIA),
        "referees": str(limits.REFEREES[0]),
        "working_days": str(targets().shortlist),
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
