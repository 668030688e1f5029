"""The administrator's area: what the service stands on.  Nothing of any application is here."""

from recruit.web.admin import pay_tables, synonyms, terms, views
from recruit.web.admin.blueprint import blueprint

__all__ = ["blueprint", "pay_tables", "synonyms", "terms", "views"]
