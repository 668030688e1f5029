"""The interviews that a panel member holds."""

from recruit.web.interviewing import listing
from recruit.web.interviewing.blueprint import blueprint

__all__ = ["blueprint", "listing"]
