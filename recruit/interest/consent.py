"""What people agree to when they register interest.  The words are kept with each as they were shown."""


def consent_words(organisation: str) -> str:
    """Return the sentence beside the box.

    Args:
        organisation: the employer, as people know it.
    """
    return (
        f"I agree that {organisation} keeps these answers, with my name and email address, for 12 months. Its HR, and"
        " the recruiters of the teams I chose (all teams, if I choose none), may read them and write to me about"
        " vacancies. I can end this at any time."
    )
