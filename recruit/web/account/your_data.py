"""What somebody entered and was told about it, to read and to take away."""

from dataclasses import asdict
from typing import Any

from flask import Response, g, json, render_template
from flask.typing import ResponseReturnValue

from recruit.accounts import email_changes, passkeys, sessions
from recruit.alerts.own_data import own_alerts
from recruit.applications.openings import own_openings
from recruit.applications.own_data import own_applications, sent_messages
from recruit.appointments.employment_own_data import own_employment_details
from recruit.appointments.employment_reading import AFTER_SENDING
from recruit.conversation.queries import own_messages
from recruit.core import clock
from recruit.document_requests.queries import own_documents
from recruit.interest.own_data import own_interest_data
from recruit.interviews.queries import own_interviews
from recruit.rules.openings import PART_WORDS
from recruit.self_disclosures.own_data import own_disclosures
from recruit.vacancies.saved import saved_vacancies
from recruit.web import guard
from recruit.web.account.blueprint import blueprint, signed_in

MESSAGES = {
    "application_submitted": "that we have your application",
    "application_shortlisted": "that you are on a shortlist",
    "application_not_shortlisted": "that an application was not taken forward",
    "application_appointed": "that we want to appoint you",
    "application_reserve": "that you are on a reserve list",
    "application_not_appointed": "that you were not appointed after an interview",
    "application_corrected": "that corrected an earlier one",
    "application_vacancy_cancelled": "that a vacancy was cancelled",
    "application_withdrawn": "that you withdrew an application",
    "application_reminder": "that a vacancy was about to close which you had begun to apply for",
}
"""What each email about an application said, after "An email"."""


@blueprint.get("/account/data")
@signed_in
def show_data() -> ResponseReturnValue:
    """Everything, in words."""
    now, user = clock.now(), guard.account()
    return render_template(
        "account/show_data.html",
        user=user,
        alerts=own_alerts(user),
        saved=saved_vacancies(g.actor, now=now),
        sessions=sessions.signed_in_since(g.actor.user_id, now=now),
        passkeys=passkeys.passkeys_of(g.actor.user_id),
        email_changes=email_changes.changes_of(user),
        applications=own_applications(g.actor),
        openings=[
            (reference, [(PART_WORDS[part], at) for part, at in found])
            for reference, found in own_openings(g.actor).items()
        ],
        interest=own_interest_data(g.actor, now=now),
        interviews=own_interviews(g.actor),
        documents=own_documents(g.actor),
        before_start=own_employment_details(g.actor, hidden=AFTER_SENDING),
        disclosures=own_disclosures(g.actor),
        written=own_messages(g.actor),
        messages=[(MESSAGES[kind], at) for kind, at in sent_messages(g.actor)],
        back_href="/account",
    )


@blueprint.get("/account/data.json")
@signed_in
def download_data() -> ResponseReturnValue:
    """Everything, as a file that other services can read."""
    body = json.dumps(_data(), ensure_ascii=False, indent=2)
    attachment = {"Content-Disposition": 'attachment; filename="your-data.json"'}
    return Response(body, mimetype="application/json", headers=attachment)


def _data() -> dict[str, Any]:
    user, now = guard.account(), clock.now()
    interest = own_interest_data(g.actor, now=now)
    return {
        "made_at": now.isoformat(),
        "account": {
            "name": user.name,
            "email": user.email,
            "created_at": user.created_at.isoformat(),
            "confirmed_at": user.confirmed_at.isoformat() if user.confirmed_at else None,
            "wants_reminders": user.wants_reminders,
            "email_changes": [
                {
                    "from": one.old_email,
                    "to": one.new_email,
                    "asked_at": one.asked_at.isoformat(),
                    "changed_at": one.changed_at.isoformat() if one.changed_at else None,
                }
                for one in email_changes.changes_of(user)
            ],
            "roles": sorted(role.value for role in g.actor.roles),
            "signed_in": [
                {"since": since.isoformat(), "device": device}
                for since, device in sessions.signed_in_since(user.id, now=now)
            ],
            "passkeys": [
                {
                    "name": one.name,
                    "created_at": one.created_at.isoformat(),
                    "last_used_at": one.last_used_at.isoformat() if one.last_used_at else None,
                }
                for one in passkeys.passkeys_of(user.id)
            ],
        },
        "applications": [_plain(asdict(application)) for application in own_applications(g.actor)],
        "openings": [
            {"application": reference, "what": part.value, "at": at.isoformat()}
            for reference, found in own_openings(g.actor).items()
            for part, at in found
        ],
        "interest": _plain(asdict(interest)) if interest else None,
        "interviews": [_plain(one._asdict()) for one in own_interviews(g.actor)],
        "documents": [_plain(one._asdict()) for one in own_documents(g.actor)],
        "before_start": [_plain(asdict(one)) for one in own_employment_details(g.actor)],
        "self_disclosures": [_plain(asdict(one)) for one in own_disclosures(g.actor)],
        "messages": [_plain(one._asdict()) for one in own_messages(g.actor)],
        "alerts": [_plain(asdict(alert)) for alert in own_alerts(user)],
        "saved_vacancies": [
            {"vacancy": line.title, "team": line.team, "saved_at": line.saved_at.isoformat()}
            for line in saved_vacancies(g.actor, now=now)
        ],
        "emails": [{"kind": kind, "sent_at": at.isoformat()} for kind, at in sent_messages(g.actor)],
    }


def _plain(value: Any) -> Any:
    """Return a value as JSON writes it, moments and days in ISO 8601, at any depth."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
