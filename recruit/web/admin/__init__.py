"""The administrator's area: what the service stands on.  Of applications it has who opened which, no more."""

from recruit.web.admin import openings, pay_tables, synonyms, terms, views
from recruit.web.admin.blueprint import blueprint

__all__ = ["blueprint", "openings", "pay_tables", "synonyms", "terms", "views"]
