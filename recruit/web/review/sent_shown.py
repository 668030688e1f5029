"""What was sent with an application, as markup: it stays as it is, so it is kept for whoever opens it next."""

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from recruit.review.reading import Sent, reading_of_sent
from recruit.web.outlines import Piece
from recruit.web.quick_templates import markup_of

KEPT = 256  # applications that a process keeps, of some 60 kilobytes each: more than are decided on in a morning
LONGEST_KEPT = 100_000  # characters of one: what is many times as long as others is made each time


@dataclass(frozen=True, slots=True)
class SentShown:
    """What was sent, as it is shown, and what of it the page needs by itself.

    Args:
        to_look_at: the markup of what is to be looked at, a line each; may be empty.
        to_history: the markup of the sections up to the history.
        from_qualifications: the markup of those after it.
    """

    name: str
    registration_number: str
    to_look_at: Piece
    to_history: Piece
    from_qualifications: Piece


def sent_shown(sent: Sent) -> SentShown:
    """Return what was frozen when an application was sent."""
    return _kept(sent) or _made(sent)


@lru_cache(maxsize=KEPT)
def _kept(sent: Sent) -> SentShown | None:
    made = _made(sent)
    return made if len(made.to_history) + len(made.from_qualifications) <= LONGEST_KEPT else None


def _made(sent: Sent) -> SentShown:
    reading = reading_of_sent(sent)
    to_history, from_qualifications = (
        Piece(markup_of("review/_sent.html", part, reading)) for part in ("to_history", "from_qualifications")
    )
    to_look_at = Piece(Markup("\n").join([Markup("<li>{}</li>").format(flag) for flag in reading.flags]))
    return SentShown(reading.name, reading.registration_number, to_look_at, to_history, from_qualifications)
