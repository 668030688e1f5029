"""Twenty browsers of one person send the same application at the same moment; ten people one each to one vacancy."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from threading import Barrier

from flask import Flask

from recruit.applications import queries as kept
from recruit.applications import stages
from recruit.applications.models import Application, ApplicationEvent, Snapshot
from recruit.core.db import db
from recruit.notifications.models import OutboxMessage
from recruit.rules.lifecycle import ApplicationStatus
from tests import factories
from tests.applications.answers import complete_application
from tests.at_once import sent
from tests.visitor import Visitor

BROWSERS = 20


def send(browser: Visitor, address: str, token: str) -> tuple[int, str | None]:
    """Send an application; return the status and where it leads."""
    answer = sent(lambda: Context().run(browser.client.post, address, data={"csrf_token": token}))
    return answer.status_code, answer.location


def test_twenty_clicks_are_one_application(app: Flask, candidate: Visitor, ready: Application):
    address = f"/applications/{ready.reference}/check"
    browsers = [Visitor(app) for _ in range(BROWSERS)]
    for browser in browsers:
        browser.sign_in(candidate.user)
    tokens = [browser.token() for browser in browsers]
    db.session.rollback()
    together = Barrier(BROWSERS)

    def click(number: int) -> tuple[int, str | None]:
        together.wait()
        return send(browsers[number], address, tokens[number])

    with ThreadPoolExecutor(BROWSERS) as pool:
        answers = set(pool.map(click, range(BROWSERS)))

    assert answers == {(302, f"/applications/{ready.reference}/confirmation")}
    assert [db.session.query(model).count() for model in (ApplicationEvent, Snapshot, OutboxMessage)] == [1, 1, 1]
    for scope in (stages.ALL, stages.of_vacancy(ready.vacancy_id), stages.of_team(ready.vacancy.team_id)):
        assert kept.counts_by_status(scope) == {ApplicationStatus.SUBMITTED: 1}


def test_ten_candidates_of_one_vacancy_do_not_stop_each_other(app: Flask, session):
    vacancy = factories.VacancyFactory(published=True)
    ready = [complete_application(factories.ApplicationFactory(vacancy=vacancy)) for _ in range(10)]
    browsers = [Visitor(app) for _ in ready]
    for browser, application in zip(browsers, ready, strict=True):
        browser.sign_in(application.candidate)
    tokens = [browser.token() for browser in browsers]
    addresses = [f"/applications/{application.reference}/check" for application in ready]
    db.session.rollback()

    def click(number: int) -> int:
        return send(browsers[number], addresses[number], tokens[number])[0]

    with ThreadPoolExecutor(len(ready)) as pool:
        answers = list(pool.map(click, range(len(ready))))

    assert answers == [302] * 10
    assert kept.counts_by_status(stages.ALL) == {ApplicationStatus.SUBMITTED: 10}
