"""Views of the queue that one person keeps: a name for what an address asks for.  Nobody else sees them."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select, update

from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.text import clean_line
from recruit.review.models import SavedView
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise


def own_views(actor: Actor) -> Sequence[SavedView]:
    """Return what `actor` keeps, by name."""
    own = select(SavedView).where(SavedView.user_id == actor.user_id)
    return db.session.scalars(own.order_by(func.lower(SavedView.name), SavedView.id)).all()


def own_view(actor: Actor, view_id: int) -> SavedView:
    """Return one view.

    Raises:
        NotFound: `actor` keeps none of that id.
    """
    view = db.session.scalars(
        select(SavedView).where(SavedView.id == view_id, SavedView.user_id == actor.user_id)
    ).one_or_none()
    if view is None:
        raise NotFound("You keep no such view.")
    return view


def keep_view(actor: Actor, name: str, query: str) -> None:
    """Keep a view.

    Args:
        query: what its address asks for, as the queue writes it.

    Raises:
        NotAllowed: not HR.
        Conflict: they keep as many as can be.
        Incomplete: the name is missing or taken.
    """
    authorise(actor, Permission.QUEUE_VIEW)
    views = own_views(actor)
    if len(views) >= limits.SAVED_VIEWS:
        raise Conflict(f"You keep {limits.SAVED_VIEWS} views, which is the most. Delete one first.")
    db.session.add(SavedView(user_id=actor.user_id, name=_free(name, views, None), query=query, is_default=False))


def rename_view(actor: Actor, view: SavedView, name: str) -> None:
    """Give a view another name.

    Raises:
        NotAllowed: not HR.
        Incomplete: the name is missing or taken.
    """
    authorise(actor, Permission.QUEUE_VIEW)
    view.name = _free(name, own_views(actor), view.id)


def open_first(actor: Actor, view_id: int | None) -> None:
    """Let one view be what the queue opens with; None is none of them.

    Raises:
        NotAllowed: not HR.
        NotFound: they keep no such view.
    """
    authorise(actor, Permission.QUEUE_VIEW)
    if view_id is not None:
        own_view(actor, view_id)
    own = update(SavedView).where(SavedView.user_id == actor.user_id)
    db.session.execute(own.where(SavedView.is_default).values(is_default=False))
    if view_id is not None:
        db.session.execute(own.where(SavedView.id == view_id).values(is_default=True))


def delete_view(actor: Actor, view_id: int) -> None:
    """Forget a view; doing it twice does nothing.

    Raises:
        NotAllowed: not HR.
    """
    authorise(actor, Permission.QUEUE_VIEW)
    db.session.execute(delete(SavedView).where(SavedView.id == view_id, SavedView.user_id == actor.user_id))


def _free(name: str, views: Sequence[SavedView], own_id: int | None) -> str:
    name = clean_line(name)
    if not name:
        raise Incomplete("Enter a name")
    if any(one.name.casefold() == name.casefold() and one.id != own_id for one in views):
        raise Incomplete("You keep a view of that name")
    return name
