"""What was typed into a form that cannot be taken now, so that it can be shown and copied.  It is kept nowhere."""

from flask import request

HIDDEN = ("csrf_token", "version", "next", "token", "username")
SECRET = ("password", "current")


def typed_text() -> list[tuple[str, str]]:
    """Return what this request's form holds as (name in words, text), without passwords and what nobody typed."""
    return [
        (_in_words(name), text)
        for name, texts in request.form.lists()
        for text in texts
        if text.strip() and name not in HIDDEN and not any(word in name for word in SECRET)
    ]


def _in_words(name: str) -> str:
    """Return a control's name as a person would read it: "evidence-3" is "Evidence 3"."""
    return name.replace("-", " ").replace("_", " ").strip().capitalize()[:80] or "Answer"
