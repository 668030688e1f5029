"""People who registered interest: what HR and recruiters read of them."""

from recruit.web.interested import listing
from recruit.web.interested.blueprint import blueprint

__all__ = ["blueprint", "listing"]
