"""The mail that a message becomes."""

import re
from email import message_from_bytes, policy

import pytest
from jinja2 import Environment, meta

from recruit.core.calendar import span_words
from recruit.notifications.delivery import TEMPLATES, Sender, render
from recruit.notifications.errors import Delayed, Refused
from recruit.rules.notifications import Notification
from tests.notifications.messages import NOW, SENDER, WITHDRAWN, a_message

APPLICATION = {"name", "vacancy", "reference", "path"}
INTERVIEW = {"kind", "when", "minutes", "place", "link"}
NEEDED = {
    Notification.APPLICATION_SUBMITTED: APPLICATION | {"hear_by"},
    Notification.APPLICATION_REMINDER: APPLICATION | {"closes", "done", "sections", "unsubscribe"},
    Notification.APPLICATION_SHORTLISTED: APPLICATION | {"interview_on"},
    Notification.APPLICATION_NOT_SHORTLISTED: APPLICATION | {"criterion", "feedback"},
    Notification.APPLICATION_WITHDRAWN: APPLICATION,
    Notification.APPLICATION_APPOINTED: APPLICATION,
    Notification.APPLICATION_RESERVE: APPLICATION,
    Notification.APPLICATION_NOT_APPOINTED: APPLICATION | {"criterion", "feedback"},
    Notification.CONTENT_CLAIMS_STALE: {"name", "number", "claims", "path"},
    Notification.CONVERSATION_TO_CANDIDATE: APPLICATION,
    Notification.CONVERSATION_TO_HR: APPLICATION - {"name"},
    Notification.INTERVIEW_INVITED: APPLICATION,
    Notification.INTERVIEW_BOOKED: APPLICATION | INTERVIEW | {"hint", "is_change", "people", "until"},
    Notification.INTERVIEW_CANCELLED: APPLICATION | {"kind", "when", "by_us"},
    Notification.INTERVIEW_PANEL_BOOKED: (APPLICATION - {"reference"}) | INTERVIEW | {"candidate", "is_change"},
    Notification.INTERVIEW_PANEL_CANCELLED: (APPLICATION - {"reference"}) | {"candidate", "kind", "when"},
    Notification.PANEL_JOINED: APPLICATION | {"part"},
    Notification.PANEL_LACKS_SCORER: APPLICATION,
    Notification.PANEL_TO_SCORE: APPLICATION,
    Notification.PANEL_TO_SETTLE: APPLICATION,
    Notification.VACANCY_APPROVED: APPLICATION | {"who", "opens"},
    Notification.VACANCY_CHANGES_REQUESTED: APPLICATION | {"who", "comment"},
    Notification.VACANCY_COMMENTED: APPLICATION | {"who", "comment"},
    Notification.VACANCY_ENDED: APPLICATION | {"before"},
    Notification.VACANCY_EXTENDED: APPLICATION | {"before", "closes"},
    Notification.VACANCY_PAUSED: APPLICATION,
    Notification.VACANCY_RESUMED: APPLICATION | {"closes"},
}
LETTER, FEEDBACK = {"opening", "next_steps"}, {"more_feedback"}
OPTIONAL = {
    Notification.APPLICATION_SHORTLISTED: LETTER | {"hear_by", "notice"},
    Notification.APPLICATION_NOT_SHORTLISTED: LETTER | FEEDBACK,
    Notification.APPLICATION_APPOINTED: LETTER,
    Notification.APPLICATION_RESERVE: LETTER,
    Notification.APPLICATION_NOT_APPOINTED: LETTER | FEEDBACK,
    Notification.INTERVIEW_INVITED: {"choose_by"},
    Notification.INTERVIEW_BOOKED: {"hear_by", "before"},
    Notification.INTERVIEW_PANEL_BOOKED: {"before"},
    Notification.PANEL_LACKS_SCORER: {"disabled", "waits"},
    Notification.PANEL_TO_SCORE: {"promise"},
    Notification.INTERVIEW_CANCELLED: {"is_over"},
}
"""What a message says where it is known: a day that older messages lack, what HR wrote instead of the usual words."""
EVERYTHING = {
    "number": "1 claim",
    "claims": "- 9% came through agencies.",
    "name": "Sam",
    "vacancy": "Social worker, assessment team",
    "reference": "A-7K3QF",
    "path": "/applications/A-7K3QF",
    "hear_by": "Monday 13 June 2022",
    "interview_on": "Tuesday 21 June 2022",
    "notice": "7",
    "choose_by": "Friday 17 June 2022",
    "criterion": "Works with risk",
    "who": "Harper Reed",
    "opens": "now",
    "closes": "11:59pm on Sunday 29 May 2022",
    "before": "11:59pm on Sunday 15 May 2022",
    "done": "3",
    "sections": "7",
    "unsubscribe": "/reminders/stop/1-abc",
    "part": "chair",
    "comment": "Say which evenings.",
    "kind": "Panel interview",
    "when": "10am on Tuesday 21 June 2022",
    "minutes": "60",
    "place": "Civic Centre",
    "link": "https://meet.example/1",
    "hint": "Questions about the criteria.",
    "is_change": "",
    "people": "Pat Marsh and Ray Cole",
    "until": "10am on Monday 20 June 2022",
    "by_us": "yes",
    "candidate": "Sam Taylor",
    "feedback": "An example of a decision\nthat was yours.",
}


def test_the_whole_mail():
    mail = render(a_message(), SENDER, at=NOW)

    assert dict(mail.items()) == {
        "Subject": "You have withdrawn your application A-7K3QF",
        "From": "Middlesbrough Council <jobs@demo.example>",
        "To": "sam@people.example",
        "Date": "Mon, 30 May 2022 09:00:00 +0000",
        "Message-ID": f"<{'ab' * 16}@jobs.example>",
        "Auto-Submitted": "auto-generated",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
        "MIME-Version": "1.0",
    }
    assert mail.get_content() == (
        "Hello Sam,\n\n"
        "You have withdrawn your application for Social worker, reference A-7K3QF. "
        "We will not read it further and you do not need to do anything.\n\n"
        "If you did not do this, tell us today and change your password:\n\nhttps://jobs.example/account\n\n"
        "You can still read what you sent:\n\nhttps://jobs.example/applications/A-7K3QF\n\n"
        "You are welcome to apply for another vacancy at any time:\n\nhttps://jobs.example/jobs\n\n"
        "If you have a question, ask the contact named in the vacancy. Give your reference, A-7K3QF.\n\n"
        "Social work jobs\nMiddlesbrough Council\n"
    )


@pytest.mark.parametrize("notification", NEEDED)
def test_a_message_about_an_application_or_a_vacancy_needs_these_words_and_no_others(notification: Notification):
    assert _names(notification) == NEEDED[notification] | OPTIONAL.get(notification, set())
    for word in NEEDED[notification]:
        context = {name: value for name, value in EVERYTHING.items() if name != word}
        with pytest.raises(Delayed, match=f"^text: '{word}' is undefined$"):
            render(a_message(notification=notification, context=context), SENDER, at=NOW)


@pytest.mark.parametrize("notification", list(Notification))
def test_every_notification_has_words_that_can_be_shown(notification: Notification):
    names = _names(notification)
    context = {name: EVERYTHING.get(name, f"some {name}") for name in names}

    mail = render(a_message(notification=notification, context=context), SENDER, at=NOW)

    text = f"{mail['Subject']}\n{mail.get_content()}"
    assert re.findall(r"(?i)reject|unfortunately|regret|\{|\}|\n\n\n|[ \t]\n", text) == []
    assert 10 <= len(mail["Subject"]) <= 78
    assert mail.get_content().startswith("Hello")
    assert mail.get_content().endswith("Social work jobs\nMiddlesbrough Council\n")


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        (
            {"contact_role": "Team manager", "contact_email": "team@council.example", "contact_phone": "01632 960 100"},
            "ask us: Team manager, team@council.example.",
        ),
        (
            {"contact_role": "Team manager", "contact_email": "", "contact_phone": "01632 960 100"},
            "ask us: Team manager, 01632 960 100.",
        ),
        (
            {"contact_role": "", "contact_email": "team@council.example", "contact_phone": ""},
            "ask us: team@council.example.",
        ),
        (
            {"contact_role": "Team manager", "contact_email": "", "contact_phone": ""},
            "ask the contact named in the vacancy.",
        ),
    ],
)
def test_whom_to_ask_is_named_when_the_vacancy_has_a_contact(contact: dict[str, str], words: str):
    text = render(a_message(context=WITHDRAWN | contact), SENDER, at=NOW).get_content()

    assert f"If you have a question, {words} Give your reference, A-7K3QF.\n" in text


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029", "\0"])
def test_no_value_can_add_a_header(line_break: str):
    injected = f"A-1{line_break}Bcc: everybody@evil.example{line_break}{line_break}Win a prize"

    mail = render(a_message(context=WITHDRAWN | {"reference": injected}), SENDER, at=NOW)

    sent = message_from_bytes(mail.as_bytes(), policy=policy.default)
    assert sent["Subject"] == "You have withdrawn your application A-1 Bcc: everybody@evil.example Win a prize"
    assert sent.keys() == render(a_message(), SENDER, at=NOW).keys()


@pytest.mark.parametrize(
    "recipient",
    [
        "sam@people.example\r\nBcc: all@evil.example",
        "sam@people.example\nX: y",
        "sam@people.example, all@evil.example",
        "Sam <sam@people.example>",
        "<sam@people.example>",
        "sam smith@people.example",
        "sam\u2028@people.example",
        "zoë@people.example",
        "@people.example",
        "sam@",
        "sam",
        "",
        f"sam@{'x' * 64}é.example",
    ],
)
def test_an_address_that_is_not_one_address_is_refused(recipient: str):
    with pytest.raises(Refused) as refused:
        render(a_message(recipient=recipient), SENDER, at=NOW)

    assert re.fullmatch(r"mail: \w+", str(refused.value))


@pytest.mark.parametrize(
    ("recipient", "header"),
    [
        ("sam@people.example", "sam@people.example"),
        ("sam.o'neil+jobs@people.example", "sam.o'neil+jobs@people.example"),
        ("sam@bücher.example", "sam@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_written_as_the_mail_system_does(recipient: str, header: str):
    assert render(a_message(recipient=recipient), SENDER, at=NOW)["To"] == header


def test_text_that_no_mail_can_carry_is_sent_without_it():
    mail = render(a_message(context=WITHDRAWN | {"name": "Zo\ud800ë 🌱"}), SENDER, at=NOW)

    assert message_from_bytes(mail.as_bytes(), policy=policy.default).get_content().splitlines()[0] == "Hello Zo?ë 🌱,"


@pytest.mark.parametrize(
    ("address", "header"),
    [
        ("jobs@demo.example", "Middlesbrough Council <jobs@demo.example>"),
        ("Social work jobs <jobs@demo.example>", "Social work jobs <jobs@demo.example>"),
    ],
)
def test_the_sender_has_a_name(address: str, header: str):
    assert render(a_message(), Sender(address, SENDER.site), at=NOW)["From"] == header


def test_markup_in_a_value_stays_as_typed():
    mail = render(a_message(context=WITHDRAWN | {"name": "<b>{{ site }}</b> & Co"}), SENDER, at=NOW)

    assert mail.get_content().splitlines()[0] == "Hello <b>{{ site }}</b> & Co,"


def _names(notification: Notification) -> set[str]:
    source = (TEMPLATES / f"{notification.value}.txt").read_text()
    environment = Environment(autoescape=True)
    environment.filters["span"] = span_words
    return meta.find_undeclared_variables(environment.parse(source)) - {"site", "limits"}
