"""What a page reads, asked for in the turn that asks who reads it: to wait for an answer takes as long as to find it.

A view says what its page will ask; who asks is, until the database has said so, whoever the same cookie was before.
What is found is given to the view only where that is so: until then nobody sees any of it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask import Blueprint

from recruit.accounts import sessions
from recruit.core.db import rows_together
from recruit.core.found import Query
from recruit.core.remembered import Remembered
from recruit.rules.access import Actor
from recruit.web.current import g, request
from recruit.web.form_tokens import READS


class Ahead(NamedTuple):
    """What a page is about to ask.

    Args:
        asking: what it is made of, for the view.
        queries: in the order in which the view takes what they find.
        found: their rows, once they are there.
    """

    asking: Any
    queries: Sequence[Query[Any]]
    found: Sequence[Sequence[Any]] = ()


Plan = Callable[[Actor, datetime], Ahead | None]
_PLANS: dict[str, Plan] = {}
"""What each view that is asked for ahead will ask, by its endpoint."""
_READERS: Remembered[str, int] = Remembered(1024)
"""Whose the last sessions were, by the hashes of their tokens."""


def asks_ahead(blueprint: Blueprint, view: str, plan: Plan) -> None:
    """Have what the page of `view` reads asked for ahead.

    Args:
        plan: says what, of the request, its moment and an actor of whom only the id is known.  It asks nothing itself;
            it returns None of an address that means nothing, which is for the view to refuse.
    """
    _PLANS[f"{blueprint.name}.{view}"] = plan


def recognised(token: str, *, now: datetime) -> Actor | None:
    """Return who asks with `token`, as `sessions.signed_in_actor`, and ask with it what the page will ask."""
    key = sessions.hash_token(token)
    query = sessions.signed_in_query(key, now=now)
    reader_id, plan = _READERS.get(key), _PLANS.get(request.endpoint or "")
    ahead = plan(Actor(reader_id), now) if plan and reader_id and request.method in READS else None
    rows, *found = rows_together(query[:2], *[one[:2] for one in (ahead.queries if ahead else ())])
    actor = query.make(rows)
    if actor is not None:
        _READERS.note(key, actor.user_id)
        if ahead is not None and actor.user_id == reader_id:
            g.ahead = ahead._replace(found=found)
    return actor


def asked_ahead() -> Ahead | None:
    """Return what was asked ahead for this page and not taken yet; None where nothing was."""
    ahead: Ahead | None = g.pop("ahead", None)
    return ahead
