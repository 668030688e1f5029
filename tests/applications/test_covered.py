"""Which criteria another section answers in full."""

import pytest

from recruit.applications.covered import is_covered


@pytest.mark.parametrize(
    ("criterion", "covered"),
    [
        ("Registered as a social worker with Social Work England by the day you start", True),
        ("A social work qualification, and registration with Social Work England by the day you start", True),
        ("Registered with Social Work England", True),
        ("Current registration with social work england.", True),
        ("Registered with Social Work England and two years in a children’s team", False),
        ("Registered with Social Work England for at least three years", False),
        ("Knows the professional standards of Social Work England", False),
        ("A social work qualification", False),
        ("Keeps up the learning that registration with Social Work England needs", False),
        ("", False),
    ],
)
def test_only_registration_itself_is_covered(criterion: str, covered: bool):
    assert is_covered(criterion) is covered
