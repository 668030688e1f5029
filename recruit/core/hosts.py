"""Addresses of machines and of people, as settings have them."""

import ipaddress
from urllib.parse import urlsplit


def is_address(text: str) -> bool:
    """Say whether an address can be taken apart: a host in whole brackets, a port that is a number."""
    try:
        return urlsplit(text).port != 0
    except ValueError:
        return False


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    return is_number(host) and ipaddress.ip_address(host).is_loopback


def is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_real_address(text: str) -> bool:
    """Say whether mail can have a home at the address: it has one "@", and its domain is not kept for examples."""
    mailbox, at, domain = text.partition("@")
    return bool(mailbox and at and domain) and "@" not in domain and not f".{domain.casefold()}".endswith(".example")
