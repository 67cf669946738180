"""Whether objects are exact enough to execute, and whether the moments that make them exact have their offset."""

import ipaddress
import re
from collections.abc import Callable, Iterator
from types import MappingProxyType

from comity.leads.model import ObservableKind
from comity.letters.checks.moments import clocks_without_offset, has_clock, is_dated
from comity.letters.model import Subject
from comity.plan.drops import channel_in

_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@.]+")
_DOMAIN = re.compile(r"(?:[\w-]{1,63}\.)+[\w-]{2,63}\.?")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s/]+\S*")
_PHONE = re.compile(r"\+\d{7,15}")
_UPI = re.compile(r"[^\s@]+@[A-Za-z][\w.-]*")
_CRYPTO = re.compile(r"[a-z]+:[A-Za-z0-9]{20,128}")
_ACCOUNT = re.compile(r"[\w.-]+:\S{2,}")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_LOCAL = tuple(
    ipaddress.ip_network(net)
    for net in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "fc00::/7",
        "fe80::/10",
    )
)
ADDRESSES = frozenset({ObservableKind.IPV4.value, ObservableKind.IPV6.value})


def is_exact(subject: Subject) -> bool:
    """Whether a holder can find the object, by its form alone."""
    test = _TESTS.get(subject.kind)
    if test is not None:
        return test(subject.value)
    return len(subject.value.strip()) > 2


def untimed(subject: Subject) -> bool:
    """Whether it is an address without a moment: it was another customer's an hour earlier."""
    return subject.kind in ADDRESSES and not any(is_dated(said) and has_clock(said) for said in told(subject))


def bare_clocks(subject: Subject) -> Iterator[str]:
    """Clock times of an object that do not say their offset."""
    for said in told(subject):
        yield from clocks_without_offset(said)


def told(subject: Subject) -> tuple[str, ...]:
    """What is told to make an object exact: its own detail, and what happened when."""
    return (subject.detail, *(moment.arguments.get("at", moment.text) for moment in subject.moments))


def _whole(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: pattern.fullmatch(value) is not None


def _is_address(value: str) -> bool:
    try:
        address = ipaddress.ip_address(value)
    except ValueError:
        return False
    return not any(address in net for net in _LOCAL if net.version == address.version)


def _is_url(value: str) -> bool:
    """A whole address; of a channel that many use, one that holds whose it is."""
    channel = channel_in(value)
    return _URL.fullmatch(value) is not None and (channel is None or bool(channel.value))


def _is_iban(value: str) -> bool:
    """ISO 13616: the number, its country and check digits moved to the end, leaves 1 modulo 97."""
    plain = value.replace(" ", "")
    if _IBAN.fullmatch(plain) is None:
        return False
    moved = plain[4:] + plain[:4]
    return int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1


_TESTS: MappingProxyType[str, Callable[[str], bool]] = MappingProxyType(
    {
        ObservableKind.IPV4.value: _is_address,
        ObservableKind.IPV6.value: _is_address,
        ObservableKind.EMAIL.value: _whole(_MAIL),
        ObservableKind.DOMAIN.value: _whole(_DOMAIN),
        ObservableKind.URL.value: _is_url,
        ObservableKind.PHONE.value: _whole(_PHONE),
        ObservableKind.UPI.value: _whole(_UPI),
        ObservableKind.CRYPTO.value: _whole(_CRYPTO),
        ObservableKind.USER_ACCOUNT.value: _whole(_ACCOUNT),
        ObservableKind.IBAN.value: _is_iban,
    }
)
