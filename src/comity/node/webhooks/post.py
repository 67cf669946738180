"""Sending to an address that a person typed: never into the agency's own network, unless the agency allows it."""

import ipaddress
import socket
from urllib.parse import urlsplit, urlunsplit

import httpx

TIMEOUT_S = 10.0


class NotSentError(Exception):
    """The message was not taken; the text says why, in the owner's words."""


def post(url: str, body: bytes, headers: dict[str, str], *, inside: bool) -> None:
    """Send; NotSentError where the other side did not answer with 2xx. Redirects are not followed.

    The name is looked up once and that address is called, so that it cannot change between check and call.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    address = _address(host, port, inside=inside)
    at = f"[{address}]" if ":" in address else address
    there = urlunsplit((parts.scheme, f"{at}:{port}", parts.path or "/", parts.query, ""))
    name = host if parts.port is None else f"{host}:{port}"
    try:
        with (
            httpx.Client(timeout=TIMEOUT_S, follow_redirects=False, trust_env=False) as client,
            client.stream(
                "POST", there, content=body, headers={**headers, "host": name}, extensions={"sni_hostname": host}
            ) as response,
        ):
            status = response.status_code
    except httpx.HTTPError as error:
        raise NotSentError(f"no answer: {type(error).__name__}") from None
    if not 200 <= status < 300:
        raise NotSentError(f"the answer was {status}")


def _address(host: str, port: int, *, inside: bool) -> str:
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise NotSentError("the name of the host is not known") from None
    if not inside and not all(ipaddress.ip_address(one.partition("%")[0]).is_global for one in found):
        raise NotSentError("the address lies inside the agency's network, which the settings do not allow")
    return found[0]
