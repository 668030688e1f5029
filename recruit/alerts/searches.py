"""A search as alerts keep it: what it asks of a vacancy, and one key for all that ask for the same."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from sqlalchemy import delete, exists, select

from recruit.alerts.models import Alert, AlertSearch
from recruit.core.db import db, hold
from recruit.pay.models import Grade
from recruit.vacancies.facet_words import facet_words
from recruit.vacancies.finder_query import Facet, Query
from recruit.vacancies.models import Team

NOT_ASKED = frozenset({Facet.CLOSING_WITHIN})
"""An alert tells of a vacancy when it opens, so it does not ask when it closes."""
ASKED = tuple(facet for facet in Facet if facet not in NOT_ASKED)
EVERYTHING = "All vacancies"


def chosen_of(query: Query) -> dict[Facet, tuple[str, ...]]:
    """Return the values that an alert asks for, in one order."""
    return {facet: tuple(sorted(set(query.chosen[facet]))) for facet in ASKED if query.chosen.get(facet)}


def key_of(query: Query) -> str:
    """Return what stands for the search: the same for the same words in any letters, and for values in any order."""
    asked = [query.words.casefold(), {facet.value: values for facet, values in chosen_of(query).items()}]
    return hashlib.sha256(json.dumps(asked, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def search_of(query: Query) -> AlertSearch:
    """Return the row of the search, made now if nobody has asked for it before.

    One transaction at a time makes rows, so that their ids are committed in order.
    """
    key = key_of(query)
    statement = select(AlertSearch).where(AlertSearch.key == key)
    found = db.session.scalars(statement).one_or_none()
    if found is None:
        hold("alert searches")
        found = db.session.scalars(statement).one_or_none()
    if found is None:
        chosen = {facet.value: list(values) for facet, values in chosen_of(query).items()}
        found = AlertSearch(key=key, words=query.words.casefold()[:200], chosen=chosen)
        db.session.add(found)
        db.session.flush()
    return found


def forget_alerts(ids: Sequence[int]) -> None:
    """Delete alerts, with their links and matches, and the searches that nobody asks for any more."""
    if not ids:
        return
    left = db.session.scalars(delete(Alert).where(Alert.id.in_(ids)).returning(Alert.search_id)).all()
    unused = ~exists().where(Alert.search_id == AlertSearch.id)
    db.session.execute(delete(AlertSearch).where(AlertSearch.id.in_(left), unused))


def query_of(words: str, chosen: Mapping[str, list[str]]) -> Query:
    """Return the search that is kept as `words` and `chosen`."""
    return Query(words, {Facet(name): tuple(values) for name, values in chosen.items()})


def query_string(query: Query) -> str:
    """Return the query string of the search on /jobs and on the page that makes an alert: "?q=fostering", or ""."""
    pairs = [("q", query.words)] if query.words else []
    pairs += [(facet.value, value) for facet, values in chosen_of(query).items() for value in values]
    return f"?{urlencode(pairs)}" if pairs else ""


def names() -> dict[str, str]:
    """Return the names of teams by slug and the titles of grades by code, in two statements."""
    teams = db.session.execute(select(Team.slug, Team.name)).tuples().all()
    grades = db.session.execute(select(Grade.code, Grade.title)).tuples().all()
    return {**dict(teams), **dict(grades)}


def search_words(query: Query, known: Mapping[str, str]) -> str:
    """Return what the search asks for in words: "‘MASH’, Full time or Part time"; "All vacancies" when nothing.

    Args:
        query: the search.
        known: as `names` gives them.
    """
    parts = [f"‘{query.words}’"] if query.words else []
    parts += [facet_words(facet, values, known) for facet, values in chosen_of(query).items()]
    return ", ".join(parts) or EVERYTHING


def query_of_alert(alert: Alert) -> Query:
    """Return the search of `alert`, its words as they were typed."""
    return query_of(alert.words, alert.search.chosen)
