from tests.factories import UserFactory


def test_sign_in_page_opens_and_account_page_opens(visitor, candidate):
    visitor.get("/sign-in")
    candidate.get("/account")
