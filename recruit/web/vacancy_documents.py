"""The documents of a vacancy as its page shows them, and as they are handed out."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Response

from recruit.core.errors import NotFound
from recruit.documents.inspecting import size_words
from recruit.rules.uploads import KINDS
from recruit.web.files import GONE, can_open, handed_out, waits_for_scan

NOT_YET = "Not checked for viruses yet. Candidates see it once it is."
REFUSED = "A virus was found in it, so candidates do not see it. Remove it."


def documents_shown(
    documents: Iterable[Any], address: Callable[[str], str], *, is_all: bool = False
) -> list[dict[str, str]]:
    """Return what can be opened, with its address.

    Args:
        documents: rows, or what is shown of them.
        address: makes one of a document's key.
        is_all: for its team: also what nobody can open, with why.
    """
    return [
        {
            "title": one.title,
            "key": one.key,
            "facts": f"{KINDS[one.kind].words}, {size_words(one.size)}",
            "href": address(one.key) if can_open(one) else "",
            "note": "" if can_open(one) else NOT_YET if waits_for_scan(one) else REFUSED,
        }
        for one in documents
        if is_all or can_open(one)
    ]


def vacancy_document(vacancy: Any, key: str) -> Response:
    """Return one of the documents of `vacancy`, to be saved.

    Raises:
        NotFound: there is none of that key that can be opened.
    """
    for one in vacancy.documents:
        if one.key == key and can_open(one):
            return handed_out(one, vacancy.reference, one.title)
    raise NotFound(GONE)
