"""Which public pages may be kept as bytes."""

from datetime import datetime

from flask import request

from recruit.web import caching


def keep_as_is(until: datetime | None = None) -> None:
    """Let this page be kept, unless its address carries a query that means nothing here.

    Made-up queries would fill the store with copies of one page.
    """
    if not request.query_string:
        caching.same_for_everybody(until=until)
