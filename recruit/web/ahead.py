"""What a page reads, asked for in the turn that asks who reads it: to wait for an answer takes as long as to find it.

A view says what its page will ask; who asks is, until the database has said so, whoever the same cookie was before.
What is found is given to the view only where that is so: until then nobody sees any of it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask import Blueprint
from sqlalchemy.exc import DBAPIError

from recruit.accounts import sessions
from recruit.core.beside import Keeping, can_keep_with_reading, read_and_keep
from recruit.core.found import Query, found, rows_found
from recruit.core.remembered import Remembered
from recruit.rules.access import Actor, Role
from recruit.web.current import current_request, g, request
from recruit.web.form_tokens import READS


class Ahead(NamedTuple):
    """What a page is about to ask.

    Args:
        asking: what it is made of, for a view that goes on with it.
        queries: in the order in which the view takes what they find.
        keeping: keeps that whoever asks is shown it, if the database says in the same statement that they may be; it is
            told the hash of their token as well.  What it kept is in `g.kept_ahead`.
        found: what the queries found, once that is there.
    """

    asking: Any
    queries: Sequence[Query[Any]]
    keeping: Keeping | None = None
    found: Sequence[Sequence[Any]] = ()


Plan = Callable[[Actor, datetime], Ahead | None]
_PLANS: dict[str, tuple[Role, Plan]] = {}
"""What each view that is asked for ahead will ask, and for whom, by its endpoint."""
_READERS: Remembered[str, Actor] = Remembered(1024)
"""Whose the last sessions were, by the hashes of their tokens."""


def asks_ahead(blueprint: Blueprint, view: str, role: Role, plan: Plan) -> None:
    """Have what the page of `view` reads asked for ahead.

    Args:
        role: nothing is asked for who did not hold it the last time.
        plan: says what, of the request, its moment and who asks, of whom only the id is to be relied on.  It asks
            nothing itself; it returns None of an address that means nothing, which is for the view to refuse.
    """
    _PLANS[f"{blueprint.name}.{view}"] = (role, plan)


def recognised(token: str, unused_for: float, *, now: datetime) -> Actor | None:
    """Return who asks with `token`, None where it opens nothing, and ask with it what the page will ask.

    Where that fails the session is asked for alone: the view asks again, and fails under the name of its reader.

    Args:
        unused_for: for how many seconds nobody has used it.
    """
    key = sessions.hash_token(token)
    query, ahead = sessions.signed_in_query(key, now=now), _planned(key, unused_for, now)
    if ahead is None:
        actor = found(query)
    else:
        try:
            rows, *others = _read_and_kept([query, *ahead.queries], ahead.keeping, key)
        except DBAPIError:
            actor = found(query)
        else:
            actor = query.make(rows)
            g.ahead = ahead._replace(found=others)
    if actor is not None:
        _READERS.note(key, actor)
    return actor


def _planned(key: str, unused_for: float, now: datetime) -> Ahead | None:
    asked = current_request()
    role, plan = _PLANS.get(asked.endpoint or "", (None, None))
    reader = _READERS.get(key) if plan is not None and asked.method in READS else None
    if plan is None or reader is None or role not in reader.roles or sessions.is_idle(reader, unused_for):
        return None
    return plan(reader, now)


def _read_and_kept(queries: Sequence[Query[Any]], keeping: Keeping | None, key: str) -> Sequence[Sequence[Any]]:
    if keeping is None or request.method != "GET" or not can_keep_with_reading():
        return rows_found(queries)
    *rows, g.kept_ahead = read_and_keep(queries, keeping.told(token_hash=key))
    return rows


def asked_ahead() -> Ahead | None:
    """Return what was asked ahead for this page and not taken yet; None where nothing was."""
    ahead: Ahead | None = g.pop("ahead", None)
    return ahead


def forget_ahead() -> None:
    """Drop what was asked ahead: whoever asks is not who they were."""
    g.pop("ahead", None)
