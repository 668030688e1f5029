"""What people agree to when they ask for an alert.  The words are kept with each alert as they were shown."""


def consent_words(organisation: str) -> str:
    """Return the sentence beside the box.

    Args:
        organisation: the employer, as people know it.
    """
    return (
        f"I agree that {organisation} keeps this email address and writes to it about vacancies that match this search,"
        " until I stop it."
    )
