from tests import factories
from tests.visitor import Visitor


def test_every_page_is_there_with_and_without_content(admin: Visitor):
    for _ in range(2):
        for path in ("", "/pay-tables", "/pay-tables/import", "/grades", "/teams", "/welcome-payment", "/accounts"):
            admin.get(f"/admin{path}")
        factories.VacancyFactory(published=True, welcome=factories.WelcomeSchemeVersionFactory())
