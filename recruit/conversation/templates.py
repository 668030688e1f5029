"""Messages that HR writes again and again: kept with fields in braces, filled in for each application."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import joinedload

from recruit.applications.models import Application
from recruit.applications.promises import due_day
from recruit.conversation.models import MessageTemplate
from recruit.core.calendar import long_date
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.text import clean_line, clean_prose
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.merge_fields import filled, refuse_unknown_fields


def message_templates() -> Sequence[MessageTemplate]:
    """Return every template, by name."""
    by_name = select(MessageTemplate).order_by(func.lower(MessageTemplate.name), MessageTemplate.id)
    return db.session.scalars(by_name.options(joinedload(MessageTemplate.edited_by))).all()


def template_of(template_id: int) -> MessageTemplate:
    """Return one template.

    Raises:
        NotFound: there is none.
    """
    template = db.session.get(MessageTemplate, template_id)
    if template is None:
        raise NotFound("There is no such template. Somebody may have deleted it.")
    return template


def put_below(typed: str, words: str) -> str:
    """Return what somebody has typed with the words of a template below it; as it was where they are in it already."""
    if words in typed:
        return typed
    return f"{typed.rstrip()}\n\n{words}" if typed.strip() else words


def add_template(actor: Actor, name: str, text: str, *, now: datetime) -> None:
    """Keep a new template.

    Raises:
        NotAllowed: not HR.
        Conflict: there are as many as can be.
        Incomplete: name or text is missing, too long, taken, or has a field that there is not.
    """
    authorise(actor, Permission.CONVERSATION_TEMPLATE)
    if len(message_templates()) >= limits.MESSAGE_TEMPLATES:
        raise Conflict(f"There are {limits.MESSAGE_TEMPLATES} templates, which is the most. Delete one first.")
    name, text = _checked(name, text, None)
    db.session.add(MessageTemplate(name=name, text=text, edited_by_id=actor.user_id, edited_at=now))


def change_template(
    actor: Actor, template: MessageTemplate, name: str, text: str, *, seen_version: int, now: datetime
) -> None:
    """Change a template; messages that were written with it stay as they are.

    Raises:
        NotAllowed: not HR.
        Conflict: somebody changed it since the page was made.
        Incomplete: as for `add_template`.
    """
    authorise(actor, Permission.CONVERSATION_TEMPLATE)
    if template.version != seen_version:
        raise Conflict("Somebody changed this template while you wrote. Copy what you wrote, then open it again.")
    template.name, template.text = _checked(name, text, template.id)
    template.edited_by_id, template.edited_at = actor.user_id, now


def delete_template(actor: Actor, template_id: int) -> None:
    """Take a template away; doing it twice does nothing.

    Raises:
        NotAllowed: not HR.
    """
    authorise(actor, Permission.CONVERSATION_TEMPLATE)
    db.session.execute(delete(MessageTemplate).where(MessageTemplate.id == template_id))


def filled_for(application: Application, text: str, *, hears: bool = True) -> str:
    """Return `text` as it reads for `application`.

    Args:
        hears: whether the day that is kept for it is one by which its candidate hears from us.

    Raises:
        Incomplete: it has a field that there is not, or that has no value for this one.
    """
    vacancy, due_on = application.vacancy, due_day(application.due_at)
    names = application.candidate.name.split()
    return filled(
        text,
        {
            "candidate_name": names[0] if names else "",
            "vacancy_title": vacancy.title,
            "vacancy_reference": vacancy.reference,
            "application_reference": application.reference,
            "team_name": vacancy.team.name,
            "hear_by": long_date(due_on) if due_on and hears else "",
            "contact_role": vacancy.contact_role,
            "contact_email": vacancy.contact_email,
            "contact_phone": vacancy.contact_phone,
        },
    )


def _checked(name: str, text: str, own_id: int | None) -> tuple[str, str]:
    name, text = clean_line(name), clean_prose(text)
    if not name:
        raise Incomplete("Enter a name")
    if not text:
        raise Incomplete("Enter the message")
    if len(text) > limits.CONVERSATION_CHARACTERS:
        raise Incomplete(f"The message must be {limits.CONVERSATION_CHARACTERS:,} characters or fewer")
    if any(one.name.casefold() == name.casefold() and one.id != own_id for one in message_templates()):
        raise Incomplete("There is a template of that name")
    refuse_unknown_fields(text)
    return name, text
