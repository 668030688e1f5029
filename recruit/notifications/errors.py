"""Why a message did not go.  No text here names a person: it is kept in the database, logged and shown to operators."""


class NotSent(Exception):
    """It did not go.  The words are for an operator: a mail server's code or the kind of fault, never an address."""


class Refused(NotSent):
    """It will never go: this address, or this text, is refused for good."""


class Delayed(NotSent):
    """It did not go this time; another try may."""


class Unreachable(Delayed):
    """Nobody answers there, so the next message would fare no better now."""
