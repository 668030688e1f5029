"""Refusals of the domain, each with a sentence for the person who asked.  `web/errors.py` makes pages of them."""


class DomainError(Exception):
    """Something that the service will not do, with a message that can be shown."""


class NotFound(DomainError):
    """It does not exist, or not for this person."""


class Gone(DomainError):
    """It was there and everybody could see it; it is not any more, and does not come back."""


class NotAllowed(DomainError):
    """The person may not do this."""


class Conflict(DomainError):
    """It cannot be done from how things stand now."""


class Incomplete(DomainError):
    """Something that is needed is missing or wrong."""


class Unavailable(DomainError):
    """Something that this depends on does not answer now."""
