import pytest

from recruit.accounts.networks import network_of

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:0DB8:0001:0002::", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("::FFFF:C000:0201", "192.0.2.1"),
        ("", ""),
        ("unix:", "unix:"),
        ("192.0.2.1:8000", "192.0.2.1:8000"),
    ],
)
def test_one_home_is_one_network(address, network):
    assert network_of(address) == network
