"""What a mail tells of its sender and of the side that received it."""

from collections.abc import Iterator

from comity.leads.model import MailReading, Reason

SHARED = ("serves many customers", "filters or forwards mail for recipients")
"""How the leads say that a server's operator carries the mail of others."""


def of_sender(mail: MailReading) -> Iterator[str]:
    """Every address and domain that names the sender."""
    yield from (mail.from_address, mail.return_path, mail.origin_address, *mail.reply_to)
    yield from (address.rpartition("@")[2] for address in (mail.from_address, mail.return_path))


def signed(mail: MailReading) -> bool:
    """Whether a trusted server found the sender's domain genuine (RFC 8601)."""
    domain = domain_of(mail.from_address)
    return bool(domain) and any(
        verdict.trusted
        and verdict.method in ("dkim", "dmarc")
        and verdict.result == "pass"
        and _aligned(verdict.domain, domain)
        for verdict in mail.authentication
    )


def disowned(mail: MailReading) -> bool:
    """Whether a trusted server found that the sender's domain did not send a mail (RFC 8601)."""
    return any(
        verdict.trusted and verdict.result in ("fail", "softfail", "permerror") for verdict in mail.authentication
    )


def boundary_name(mail: MailReading) -> str:
    """How the first server outside the receiving side called itself (RFC 5321 4.4); empty: not told."""
    trusted = [hop for hop in mail.hops if hop.trusted]
    return trusted[-1].from_name if trusted else ""


def domain_of(address: str) -> str:
    """The domain of a mail address, in lower case."""
    return address.rpartition("@")[2].casefold()


def draws_elsewhere(mail: MailReading) -> bool:
    """Whether answers go to another domain than the sender's."""
    own = domain_of(mail.from_address)
    return bool(mail.reply_to) and all(domain_of(address) != own for address in mail.reply_to)


def _aligned(signed: str, domain: str) -> bool:
    """Whether one domain is the other or stands above it (relaxed alignment, RFC 7489 3.1.1)."""
    folded = signed.casefold()
    return bool(folded) and (folded == domain or domain.endswith(f".{folded}") or folded.endswith(f".{domain}"))


def receiving_side(mail: MailReading) -> Iterator[str]:
    """Names and addresses of the servers on the receiving side."""
    trusted = [hop for hop in mail.hops if hop.trusted]
    for hop in trusted:
        yield hop.by_name
    # the last trusted line names the sender's side in its from clause; the lines above it name their own servers
    for hop in trusted[:-1]:
        yield hop.from_name
        yield hop.from_address


def is_shared_relay(reasons: tuple[Reason, ...]) -> bool:
    """Whether the reasons of a tie say that many customers' mail leaves from a server: it is nobody's own."""
    return any(words in reason.text for reason in reasons for words in SHARED)
