"""The links at the top of each page: for each role, the few places it works in."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from flask import url_for

from recruit.rules.access import Actor, Role


@dataclass(frozen=True, slots=True)
class Link:
    """One link: its words, the view it leads to, and how the views begin for which it counts as current."""

    text: str
    endpoint: str
    area: str | tuple[str, ...]


class Item(NamedTuple):
    """A link as a page shows it."""

    text: str
    href: str
    current: bool


PUBLIC = (
    Link("Jobs", "public.list_vacancies", "public.list_vacancies"),
    Link("Why work here", "public.show_why_work_here", "public.show_why_work_here"),
    Link("How we recruit", "public.show_how_we_recruit", "public.show_how_we_recruit"),
)
INTERESTED = Link("Interested people", "interested.list_people", "interested.")
PAGES = Link("Pages", "content.list_pages", "content.")
FOR_ROLE = (
    (Role.CANDIDATE, Link("Your applications", "candidate.list_applications", "candidate.")),
    (Role.RECRUITER, Link("Your vacancies", "recruiter.list_vacancies", "recruiter.")),
    (Role.RECRUITER, INTERESTED),
    (Role.HR, Link("Review queue", "review.list_applications", ("review.", "sift.", "interviews."))),
    (Role.HR, Link("Approvals", "approvals.list_vacancies", "approvals.")),
    (Role.HR, Link("Equality", "equality.show_figures", "equality.")),
    (Role.HR, INTERESTED),
    (Role.PANEL, Link("Panels", "panel.list_panels", "panel.")),
    (Role.PANEL, Link("Interviews", "interviewing.list_interviews", "interviewing.")),
    (Role.SAFEGUARDING, Link("Self-disclosures", "safeguarding.list_disclosures", "safeguarding.")),
    (Role.HR, PAGES),
    (Role.ADMIN, PAGES),
    (Role.ADMIN, Link("Administration", "admin.show_administration", "admin.")),
)
ACCOUNT = Link("Your account", "account.show_account", "account.show_account")
SIGN_IN = Link("Sign in", "account.sign_in", "account.")


def navigation_for(actor: Actor | None, endpoint: str) -> tuple[Item, ...]:
    """Return the links for `actor`, the one that `endpoint` lies in marked."""
    roles = actor.roles if actor else frozenset()
    return _navigation(roles, bool(actor and actor.is_signed_in), endpoint)


@lru_cache(maxsize=1_024)  # the same few links on every page
def _navigation(roles: frozenset[Role], is_signed_in: bool, endpoint: str) -> tuple[Item, ...]:
    own = dict.fromkeys(link for role, link in FOR_ROLE if role in roles)
    last = ACCOUNT if is_signed_in else SIGN_IN
    links = (
        *(PUBLIC[:1] if roles else PUBLIC),
        *own,
        last,
    )  # who works here has two rows of a phone; all is in the footer
    return tuple(Item(link.text, url_for(link.endpoint), endpoint.startswith(link.area)) for link in links)
