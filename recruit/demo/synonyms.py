"""Words of search that an administrator of the demonstration has added and changed."""

from datetime import datetime, timedelta

from recruit.rules.access import Actor
from recruit.vacancies.synonym_editing import add_group, change_group
from recruit.vacancies.vocabulary import SHIPPED, token_of

SUPERVISING = "ssw\nsupervising social worker\nfostering social worker"
MORE = "single point of access"


def load_synonyms(administrator: Actor, *, now: datetime) -> None:
    """Add a group of the council's own, and give one of the service's a phrase more."""
    front_door = token_of("front-door")
    add_group(administrator, SUPERVISING, now=now - timedelta(days=20))
    phrases = "\n".join((*SHIPPED.groups[front_door], MORE))
    change_group(administrator, front_door, phrases, seen_version=0, now=now - timedelta(days=12))
