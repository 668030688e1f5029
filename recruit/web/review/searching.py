"""Finding an application by whose it is."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.core.references import normalise_vacancy_reference
from recruit.core.text import clean_line
from recruit.review.choices import is_for_review
from recruit.review.search import find_applications
from recruit.rules import limits
from recruit.web.current import g, request
from recruit.web.kept_pages import kept_page
from recruit.web.review.blueprint import blueprint
from recruit.web.review.list_rows import rows_shown

KEPT = 200  # characters of what was typed that are read


@blueprint.get("/search")
def search_applications() -> ResponseReturnValue:
    """Show the applications that what was typed may mean, whatever their status; of a vacancy's reference its queue."""
    sought = clean_line(request.args.get("q", "")[: KEPT * 2])[:KEPT]
    if (vacancy := normalise_vacancy_reference(sought)) and is_for_review(vacancy):
        return redirect(url_for("review.show_vacancy", reference=vacancy))
    now = clock.now()
    found = find_applications(g.actor, sought, now=now) if sought else []
    most = limits.PAGE_OF_APPLICATIONS
    return kept_page(
        "review/search_applications.html",
        (sought, found is None, tuple(found or ()), london_day(now)),
        lambda: {
            "sought": sought,
            "number": len(found or ()),
            "most": most,
            "rows": rows_shown(found[:most], now, "") if found else "",
            "too_little": found is None,
        },
    )
