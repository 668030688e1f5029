"""What the safeguarding lead does with self-disclosures: lists them, opens one, concludes."""

from recruit.web.safeguarding import concluding, listing, opening
from recruit.web.safeguarding.blueprint import blueprint

__all__ = ["blueprint", "concluding", "listing", "opening"]
