"""The documents of a vacancy as its page shows them, and as they are handed out."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Response

from recruit.core.errors import NotFound
from recruit.documents.inspecting import size_words
from recruit.documents.models import DocumentState
from recruit.rules.uploads import KINDS
from recruit.web.files import GONE, handed_out


def documents_shown(documents: Iterable[Any], address: Callable[[str], str]) -> list[dict[str, str]]:
    """Return what can be opened, with its address.

    Args:
        documents: rows, or what is shown of them.
        address: makes one of a document's key.
    """
    return [
        {
            "title": one.title,
            "key": one.key,
            "facts": f"{KINDS[one.kind].words}, {size_words(one.size)}",
            "href": address(one.key),
        }
        for one in documents
        if one.state != DocumentState.REFUSED
    ]


def vacancy_document(vacancy: Any, key: str) -> Response:
    """Return one of the documents of `vacancy`, to be saved.

    Raises:
        NotFound: there is none of that key that can be opened.
    """
    for one in vacancy.documents:
        if one.key == key and one.state != DocumentState.REFUSED:
            return handed_out(one, vacancy.reference, one.title)
    raise NotFound(GONE)
