"""The yearly counts of equality answers, for HR and administrators."""

from recruit.web.equality import figures
from recruit.web.equality.blueprint import blueprint

__all__ = ["blueprint", "figures"]
