"""Which network a request comes from: what every limit by address counts by."""

from ipaddress import IPv6Address, ip_address, ip_network

IPV6_PREFIX = 64  # bits; one home or office has the rest for itself, so more bits would be addresses made up


def network_of(address: str) -> str:
    """Return an IPv4 address as it is, and of an IPv6 address the network that one home or office has.

    Args:
        address: of the one who asks, such as "2001:db8:1:2::9"; what is no address, such as "unix:", stays as it is.

    Returns:
        "192.0.2.1", also for "::ffff:192.0.2.1"; "2001:db8:1:2::/64".
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or ip_network((parsed.packed, IPV6_PREFIX), strict=False))
    return str(parsed)
