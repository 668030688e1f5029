"""What the demo's HR keeps for its daily work: templates, views of the queue, labels, and a message to answer."""

from datetime import datetime

from sqlalchemy import select

from recruit.applications.models import Application
from recruit.conversation import service as conversation
from recruit.conversation.templates import add_template
from recruit.core.db import db
from recruit.review.labels import add_label, all_labels, put_label, retire_label
from recruit.review.views import keep_view
from recruit.rules.access import Actor
from recruit.rules.lifecycle import ApplicationStatus

TEMPLATES = {
    "Ask for a phone call": (
        "Dear {candidate_name},\n\nThank you for your application {application_reference} for {vacancy_title}. We have "
        "a short question about it. When could we ring you this week?"
    ),
    "We need a little longer": (
        "Dear {candidate_name},\n\nWe are still reading the applications for {vacancy_title} ({vacancy_reference}). "
        "You will hear from us by {hear_by}. You do not need to do anything until then."
    ),
}
LABELS = ("Second opinion", "Can start in May", "Spring campaign")
QUESTION = "I have moved house since I applied. Do you need my new address now, or is it enough if I bring it along?"


def load_worklists(hr: Actor, *, now: datetime) -> None:
    """Keep templates and a view, and let the candidate of what is due first write something to answer."""
    for name, text in TEMPLATES.items():
        add_template(hr, name, text, now=now)
        db.session.flush()
    keep_view(hr, "Overdue, nobody has them", "status=todo&due=0&assigned=nobody")
    keep_view(hr, "My vacancies", "status=todo&mine=yes")
    db.session.flush()
    _label(hr, now)
    asks = db.session.scalars(
        select(Application)
        .where(Application.status == ApplicationStatus.SUBMITTED)
        .order_by(Application.due_at, Application.id)
        .limit(1)
    ).one()
    conversation.write_to_hr(asks.candidate.as_actor(), asks, QUESTION, now=now)


def _label(hr: Actor, now: datetime) -> None:
    """Name labels, one of them retired, and put some on applications."""
    for name in LABELS:
        add_label(hr, name)
        db.session.flush()
    second, may, old = (label for name in LABELS for label in all_labels() if label.name == name)
    waiting = db.session.scalars(
        select(Application)
        .where(Application.status == ApplicationStatus.SUBMITTED, Application.candidate_id != hr.user_id)
        .order_by(Application.due_at, Application.id)
        .limit(4)
    ).all()
    for application in waiting[:2]:
        put_label(hr, application, second, now=now)
    for application in waiting[1:]:
        put_label(hr, application, may, now=now)
    retire_label(hr, old, now=now)
