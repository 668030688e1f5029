"""Each time that staff are shown an application, or a part of it, is kept before the answer leaves (ADR 31).

A view says what it shows by one call, beside where it makes its page; what it said is kept once the page is made.
Where it cannot be kept, nobody is shown anything.
"""

from collections.abc import Sequence
from typing import Any, Final

import structlog
from flask import Flask, Response, current_app, url_for
from sqlalchemy.exc import SQLAlchemyError

from recruit.core import clock
from recruit.core.calendar import long_moment
from recruit.core.errors import Unavailable
from recruit.record.openings import Shown, keep_openings
from recruit.record.readers import Opened
from recruit.rules import limits
from recruit.rules.openings import PART_WORDS, Part
from recruit.web.current import current_g, request
from recruit.web.row_values import whole_number

NOT_KEPT: Final = (
    "We record everybody who reads an application. That does not work at the moment, so we cannot show you this one."
)
STATUSES: Final = (200, 409)
"""The statuses of pages that show what was asked for: also the one that shows it again with a form that was refused."""
EARLIER: Final = "earlier"
"""What an address calls the row that a page of openings begins before; "before" is a place in the queue."""

logger = structlog.get_logger(__name__)


def init_app(app: Flask) -> None:
    """Keep what was shown.  Call it last: what is answered in place of a page then becomes an answer like any other."""
    app.after_request(_keep)


def note_opening(part: Part, *application_ids: int) -> None:
    """Say that whoever asks is shown `part` of applications by the page that is being made."""
    now, own = clock.now(), current_g()
    noted: list[Shown] = own.setdefault("openings", [])
    noted += [Shown(key, own.actor.user_id, part, now) for key in application_ids]


def _keep(response: Response) -> Response:
    own = current_g()
    noted: list[Shown] | None = own.pop("openings", None)
    if not noted or response.status_code not in STATUSES or request.method == "HEAD":
        return response
    kept = own.get("kept_ahead", ())
    to_keep = [one for one in noted if one[:3] not in kept] if kept else noted
    if not to_keep:
        return response
    try:
        keep_openings(to_keep)
    except SQLAlchemyError as error:
        logger.error("opening_not_kept", kind=type(error).__name__)
        return current_app.make_response(current_app.handle_user_exception(Unavailable(NOT_KEPT)))
    return response


def page_asked() -> int:
    """Return before which row the page of a list of openings begins that an address asks for."""
    number = whole_number(request.args.get(EARLIER))
    return number if number > 0 else limits.LARGEST_ID


def list_of_openings(found: tuple[Sequence[Opened], bool], **address: Any) -> dict[str, Any]:
    """Return what a page that lists openings shows: when, who, which application, what; and the ways along.

    Args:
        found: the page, and whether there are more.
        address: what the page's own address is made of.
    """
    rows, has_more = found
    endpoint = request.endpoint or ""
    return {
        "openings": [(long_moment(one.at), one.who, one.reference, PART_WORDS[one.part]) for one in rows],
        "first": url_for(endpoint, **address) if EARLIER in request.args else None,
        "next": url_for(endpoint, **address, earlier=rows[-1].id) if has_more else None,
    }
