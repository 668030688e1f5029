"""Email alerts as people meet them: from a search to a mail, and out again by one press."""

import re
from email import policy
from email.parser import BytesParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruit.alerts.links import new_link
from recruit.alerts.models import Alert, AlertLink, Frequency, LinkPurpose
from recruit.core import clock
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.notifications.stopping import Stop
from recruit.notifications.transports import transport_for
from recruit.notifications.worker import Worker
from recruit.rules import limits
from recruit.rules.notifications import Notification
from recruit.vacancies.finder_query import Facet, Query
from tests.alerts.alerting import ADDRESS, a_round, an_alert, asked_for, links_in, messages
from tests.factories import TeamFactory, VacancyFactory
from tests.notifications.messages import SENDER
from tests.notifications.sink import Sink, listening
from tests.serving.wire import free_port
from tests.visitor import Visitor

ANSWERS = {"email": ADDRESS, "frequency": "daily", "consent": "y"}
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def managed(alert: Alert) -> str:
    with transaction():
        return new_link(alert.id, LinkPurpose.MANAGE, now=clock.now())


def number(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_a_search_becomes_an_alert(visitor: Visitor, session: Session):
    team = TeamFactory(slug="adoption", name="Adoption")
    VacancyFactory(published=True, team=team)

    page = visitor.get("/jobs?q=social+worker&team=adoption&sort=closing")
    link = page.find("a", string="Email me new vacancies like these")["href"]
    form = visitor.get(link)
    visitor.submit(link, ANSWERS)
    asked = visitor.follow()
    confirm = f"/alerts/confirm/{messages(Notification.ALERT_CONFIRM)[0].context['token']}"
    visitor.get(confirm)
    before = session.scalars(select(Alert.confirmed_at)).one()
    visitor.submit(confirm)
    shown = visitor.follow()

    assert link == "/alerts/new?q=social+worker&team=adoption"
    assert form.select_one(".govuk-inset-text").text.strip() == "‘social worker’, Adoption"
    assert asked.h1.text == "Check your email"
    assert before is None
    assert shown.select_one(".govuk-notification-banner__heading").text == "Your email alert is on"
    alert = session.scalars(select(Alert)).one()
    assert (alert.email, alert.frequency, alert.confirmed_at is not None) == (ADDRESS, Frequency.DAILY, True)
    assert alert.consent == form.select_one("label[for=consent]").text


@pytest.mark.parametrize(
    ("path", "words"),
    [("/jobs", "Email me new vacancies"), ("/jobs?q=astronaut", "Email me when vacancies like these open")],
)
def test_the_list_leads_there_also_when_nothing_is_found(visitor: Visitor, path: str, words: str):
    VacancyFactory(published=True)

    assert visitor.get(path).find("a", string=words)["href"] == path.replace("/jobs", "/alerts/new")


def test_closed_and_gone_vacancies_lead_there(visitor: Visitor):
    team = TeamFactory(slug="adoption")
    now = clock.now()
    closed = VacancyFactory(published=True, team=team, closes_at=now - limits.ALERT_WINDOW)
    start = now - limits.CLOSED_VACANCY_KEPT * 2
    gone = VacancyFactory(published=True, team=team, opens_at=start, closes_at=start + limits.ALERT_UNCONFIRMED_KEPT)

    pages = [visitor.get(f"/jobs/{closed.slug}"), visitor.get(f"/jobs/{gone.slug}", 410)]

    assert [len(page.select("a[href='/alerts/new?team=adoption']")) for page in pages] == [1, 1]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"email": ""}, "Enter your email address"),
        ({"email": "nobody"}, "Enter an email address in the correct format, like name@example.com"),
        ({"email": "a\x00b\ud800@x"}, "Enter an email address in the correct format, like name@example.com"),
        ({"frequency": "hourly"}, "Choose how often we should write"),
        ({"frequency": ""}, "Choose how often we should write"),
        ({"consent": ""}, "Tick the box if you agree, or we cannot write to you"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(visitor: Visitor, session: Session, changes, message):
    answers = {**ANSWERS, **changes}
    data = {name: value.encode("utf-8", "surrogatepass") for name, value in answers.items() if value}

    page = visitor.post("/alerts/new?q=mash", data, status=200)

    assert [li.text.strip() for li in page.select(".govuk-error-summary__list li")] == [message]
    assert page.select_one(".govuk-inset-text").text.strip() == "‘mash’"
    assert number(session, Alert) == 0


def test_odd_searches_are_asked_without_what_means_nothing(visitor: Visitor):
    page = visitor.get("/alerts/new?team=nonsense&closing_within=7&sort=closing&page=9")

    assert page.select_one(".govuk-inset-text").text.strip() == "All vacancies"
    assert "The closing date is left out: you hear of a vacancy when it opens." in page.text


def test_the_answer_is_the_same_for_every_address(visitor: Visitor, session: Session):
    an_alert(now=clock.now())
    answers = []
    for email in (ADDRESS, "new@people.example"):
        visitor.submit("/alerts/new", {**ANSWERS, "email": email})
        answers.append((visitor.response.headers["Location"], visitor.response.data))

    assert answers[0] == answers[1]


def test_an_address_gets_so_many_mails_an_hour_and_a_network_so_many(visitor: Visitor, session: Session):
    for index in range(limits.ALERT_TRIES_ACCOUNT + 1):
        visitor.post(f"/alerts/new?q=word{index}", ANSWERS)
    mails = number(session, OutboxMessage)
    for index in range(limits.ALERT_TRIES_ADDRESS - limits.ALERT_TRIES_ACCOUNT - 1):
        visitor.post("/alerts/new", {**ANSWERS, "email": f"p{index}@people.example"})

    visitor.post("/alerts/new", {**ANSWERS, "email": "last@people.example"}, status=429)

    assert mails == limits.ALERT_TRIES_ACCOUNT


def test_an_alert_is_changed_and_kept_by_its_link(visitor: Visitor, session: Session):
    alert = an_alert(query=Query("mash", {Facet.HOURS: ("full_time",)}), now=clock.now())
    alert.asked_at = clock.now()
    session.commit()
    path = f"/alerts/manage/{managed(alert)}"

    question = visitor.get(path).select_one(".govuk-inset-text")
    visitor.post(f"{path}/keep")
    kept = session.scalars(select(Alert.asked_at)).one()
    visitor.post(path, {"frequency": "weekly"})
    page = visitor.follow()

    assert question is not None
    assert kept is None
    assert "Once a week, on Monday at 8am" in page.text
    assert page.find("a", string="See the vacancies that match now")["href"] == "/jobs?q=mash&hours=full_time"
    visitor.post(path, {"frequency": "never"}, status=200)
    assert session.scalars(select(Alert.frequency)).one() == Frequency.WEEKLY


def test_one_press_ends_an_alert_without_cookie_token_or_sign_in(app: Flask, session: Session):
    path = f"/alerts/unsubscribe/{managed(an_alert(now=clock.now()))}"
    session.commit()
    program = app.test_client(use_cookies=False)

    answers = [program.get(path), program.post(path, data={"List-Unsubscribe": "nonsense"}), program.post(path)]
    before = number(session, Alert)
    session.commit()
    ended = [program.post(path, data=ONE_CLICK), program.post(path, data=ONE_CLICK, content_type="multipart/form-data")]

    assert [answer.status_code for answer in answers] == [200, 400, 400]
    assert before == 1
    assert [answer.status_code for answer in ended] == [200, 200]
    session.commit()
    assert (number(session, Alert), number(session, AlertLink)) == (0, 0)
    assert program.get(path).status_code == 410


def test_the_page_with_a_button_ends_it_too(visitor: Visitor, session: Session):
    path = f"/alerts/unsubscribe/{managed(an_alert(now=clock.now()))}"

    page = visitor.submit(path, status=200)

    assert page.h1.text == "Your email alert has ended"
    assert number(session, Alert) == 0


@pytest.mark.parametrize("kind", ["confirm", "manage", "unsubscribe"])
def test_a_link_that_is_none_or_for_something_else_opens_nothing(visitor: Visitor, session: Session, kind: str):
    confirm, alert = asked_for(now=clock.now()), session.scalars(select(Alert)).one()
    wrong = managed(alert) if kind == "confirm" else confirm

    for token in ("nonsense", wrong, "%00", "x" * 3000):
        visitor.get(f"/alerts/{kind}/{token}", 410)


def test_the_mail_is_sent_with_the_headers_of_rfc_8058(
    app: Flask, visitor: Visitor, session: Session, mail_folder: Path
):
    an_alert(query=Query("social worker"), now=clock.now() - limits.ALERT_WINDOW)
    now = clock.now()
    vacancy = VacancyFactory(published=True, title="Social worker", opens_at=now, published_at=now)

    result = app.test_cli_runner().invoke(args=["worker", "--once"])

    message = messages()[0]
    mail = BytesParser(policy=policy.default).parsebytes((mail_folder / f"{message.key}.eml").read_bytes())
    text = mail.get_content()
    manage, unsubscribe = links_in(text)
    assert result.exit_code == 0, result.output
    assert message.sent_at is not None
    assert mail["Subject"] == "Social worker: your email alert"
    assert mail["List-Unsubscribe"] == f"<http://localhost{unsubscribe}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"http://localhost/jobs/{vacancy.slug}\r\n" in text
    visitor.get(manage)
    assert visitor.client.post(unsubscribe, data=ONE_CLICK).status_code == 200
    session.commit()
    assert number(session, Alert) == 0


def test_one_click_of_the_mail_that_a_server_took_ends_the_alert(app: Flask, session: Session):
    """The header of the very mail is the address, and what the other header says is the body: nothing else is sent."""
    an_alert(query=Query("social worker"), now=clock.now() - limits.ALERT_WINDOW)
    VacancyFactory(published=True, title="Social worker", opens_at=clock.now(), published_at=clock.now())
    a_round(clock.now())
    sink = Sink()
    with listening(sink, free_port()) as url:
        Worker(SENDER, transport_for(url, hostname="jobs.example", within=10), Stop()).drain()
    mail = sink.mails[-1]

    [address], [body] = mail.get_all("List-Unsubscribe"), mail.get_all("List-Unsubscribe-Post")
    assert re.fullmatch(r"<https://jobs\.example/alerts/unsubscribe/[\w-]+>", address)
    assert body == "List-Unsubscribe=One-Click"
    answer = app.test_client(use_cookies=False).post(
        urlsplit(address.strip("<>")).path, data=body, content_type="application/x-www-form-urlencoded"
    )

    assert (answer.status_code, answer.headers.getlist("Set-Cookie"), "Location" in answer.headers) == (200, [], False)
    session.commit()
    assert number(session, Alert) == 0


def test_the_form_costs_few_statements(visitor: Visitor, queries: list[str]):
    visitor.get("/alerts/new?q=mash")
    queries.clear()

    visitor.get("/alerts/new?q=mash")

    assert len([query for query in queries if query.startswith("SELECT") and "counter" not in query]) == 2
