from collections import Counter

import pytest

from recruit.panels.offering import shares

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(("applications", "members"), [(1, 2), (7, 2), (12, 3), (13, 3), (60, 5), (100, 8)])
def test_each_application_has_two_scorers_and_nobody_has_two_more_than_another(applications: int, members: int):
    pairs = shares(range(applications), range(members))

    assert Counter(Counter(key for key, _ in pairs).values()) == {2: applications}
    assert len(set(pairs)) == len(pairs)
    load = Counter(member for _, member in pairs)
    assert max(load.values()) - min(load[member] for member in range(members)) <= 2


def test_sharing_out_twice_is_the_same():
    assert (
        shares([5, 6, 7], [1, 2, 3]) == shares([5, 6, 7], [1, 2, 3]) == [(5, 1), (5, 2), (6, 2), (6, 3), (7, 3), (7, 1)]
    )
