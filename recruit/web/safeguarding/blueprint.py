"""The area's blueprint: safeguarding leads only."""

from flask import Blueprint, g

from recruit.core.errors import NotFound
from recruit.core.references import normalise_reference
from recruit.rules.access import Role
from recruit.self_disclosures.models import SelfDisclosure
from recruit.self_disclosures.reading import NOT_YOURS, disclosure_for
from recruit.web import guard

blueprint = Blueprint("safeguarding", __name__, url_prefix="/review/disclosures")
guard.require(blueprint, Role.SAFEGUARDING)


def find(reference: str) -> SelfDisclosure:
    """Return the self-disclosure that an address names, however its reference is written.

    Raises:
        NotFound: there is none for this reader.
    """
    found = normalise_reference(reference)
    if found is None:
        raise NotFound(NOT_YOURS)
    return disclosure_for(g.actor, found)
