"""Why the origin is what it is: the decisions of the trust boundary in words, and what agrees or claims more."""

from comity.leads.mail.authentication import Verdicts
from comity.leads.mail.fields import CLIENT_HEADERS
from comity.leads.mail.headers import HeaderBlock
from comity.leads.mail.hosts import is_internal, read_address, read_name
from comity.leads.mail.literals import find_addresses
from comity.leads.mail.operators import operator_of, organisation_name, organisation_of
from comity.leads.mail.received import ReceivedLine
from comity.leads.mail.trust import Boundary
from comity.leads.model import Reason, ReasonKind

_TRACE = "RFC 5321 section 4.4"


def explain_origin(
    block: HeaderBlock, lines: tuple[ReceivedLine, ...], boundary: Boundary, verdicts: Verdicts
) -> tuple[Reason, ...]:
    """The reasoning, most weighty first."""
    if not lines:
        return (
            Reason(
                kind=ReasonKind.METHOD,
                text="The mail has no Received header: nothing tells where it came from.",
                source=_TRACE,
            ),
            *_claims(block, boundary),
        )
    reasons = [_receiving_side(lines, boundary), *_decision(lines, boundary)]
    reasons += _agreement(boundary, verdicts)
    reasons += _beyond(lines, boundary)
    reasons += _claims(block, boundary)
    return tuple(reasons)


def _receiving_side(lines: tuple[ReceivedLine, ...], boundary: Boundary) -> Reason:
    owners = sorted(organisation_name(organisation) for organisation in boundary.organisations)
    of = f" ({', '.join(owners)})" if owners else ""
    numbers = "line [1] is" if boundary.trusted == 1 else f"lines [1] to [{boundary.trusted}] are"
    text = (
        f"Each server writes its Received line on top of those before it; {numbers} the receiving side's own{of}, "
        f"provided that the mail comes from the recipient's mailbox unchanged."
    )
    return Reason(kind=ReasonKind.METHOD, text=text, source=_TRACE)


def _decision(lines: tuple[ReceivedLine, ...], boundary: Boundary) -> list[Reason]:
    line = boundary.line
    if line is None:
        return [_no_boundary(lines, boundary)]
    by = line.by_name or (line.by_address.value if line.by_address else "a server of the receiving side")
    number = boundary.trusted
    if line.from_address is None:
        text = (
            f"Line [{number}], by {by}, names its peer {line.from_name} and no address; the name is what the peer "
            "called itself."
        )
        return [Reason(kind=ReasonKind.METHOD, text=text, source=_TRACE)]
    name = _peer_name(line)
    text = (
        f"Line [{number}], by {by}, says that the connection came from {line.from_address.value}{name}: the first "
        "address outside the receiving side that one of its servers saw."
    )
    reasons = [Reason(kind=ReasonKind.METHOD, text=text, source=_TRACE)]
    below = len(lines) - boundary.trusted
    if below:
        what = f"line [{number + 1}]" if below == 1 else f"lines [{number + 1}] to [{len(lines)}]"
        reasons.append(
            Reason(
                kind=ReasonKind.CAVEAT,
                text=f"Everything under it ({what}) came with the mail: its sender could have forged it.",
                source=_TRACE,
            )
        )
    return reasons


def _no_boundary(lines: tuple[ReceivedLine, ...], boundary: Boundary) -> Reason:
    if boundary.origin:
        text = (
            f"No line of the receiving side names an outside peer; {boundary.origin} is the lowest public address "
            "that its lines name."
        )
    elif boundary.broken:
        by = lines[boundary.trusted].by_name
        text = (
            f"Line [{boundary.trusted + 1}] is by {by or 'an unnamed host'}, which nothing ties to the receiving "
            "side; the lines above name no outside address, so the origin is unknown."
        )
    else:
        text = (
            "No line names an address outside the receiving side: the mail came from within, or the servers did "
            "not say; their logs hold the client."
        )
    return Reason(kind=ReasonKind.METHOD, text=text, source=_TRACE)


def _peer_name(line: ReceivedLine) -> str:
    if line.reverse_name and line.reverse_verified:
        helo = (
            f"; it called itself {line.helo}"
            if line.helo and line.helo.lower() != line.reverse_name.lower().rstrip(".")
            else ""
        )
        return f" ({line.reverse_name.rstrip('.')}, by the server's own look-up{helo})"
    claimed = line.helo or line.from_name
    is_name = claimed.lower() not in {"", "unknown"} and read_address(claimed) is None
    return f" (which called itself {claimed})" if is_name else ""


def _agreement(boundary: Boundary, verdicts: Verdicts) -> list[Reason]:
    reasons: list[Reason] = []
    spf = read_address(verdicts.spf_address) if verdicts.spf_address else None
    if spf and boundary.origin:
        agrees = "agrees" if spf.value == boundary.origin else f"disagrees: it names {spf.value}"
        reasons.append(
            Reason(
                kind=ReasonKind.METHOD,
                text=f"The SPF check that the receiving side recorded {agrees}.",
                source="RFC 7208 section 9.1",
            )
        )
    trusted = [verdict for verdict in verdicts.verdicts if verdict.trusted]
    if trusted:
        shown = ", ".join(
            dict.fromkeys(f"{one.method}={one.result}{f' ({one.domain})' if one.domain else ''}" for one in trusted)
        )
        reasons.append(
            Reason(kind=ReasonKind.METHOD, text=f"Recorded by the receiving side: {shown}.", source="RFC 8601")
        )
    return reasons


def _beyond(lines: tuple[ReceivedLine, ...], boundary: Boundary) -> list[Reason]:
    """What the peer's own lines claim, and what would be needed to believe them."""
    line = boundary.line
    if line is None:
        return []
    rest = lines[boundary.trusted :]
    peer = read_name(line.reverse_name if line.reverse_verified else line.helo or line.from_name)
    kin = bool(rest) and _is_kin(rest[0], peer)
    reasons = _about_peer(peer, line, boundary, kin=kin)
    claimed = _first_public(rest)
    if kin and claimed:
        text = f"Claim of the peer's own lines: the mail came to it from {claimed}. Only its operator can confirm that."
        reasons.append(Reason(kind=ReasonKind.METHOD, text=text))
    account = next((one.account for one in rest if one.account), "")
    if account:
        reasons.append(
            Reason(
                kind=ReasonKind.METHOD, text=f"A line under the boundary says that the account {account} was signed in."
            )
        )
    return reasons


def _is_kin(following: ReceivedLine, peer: str) -> bool:
    """Whether the line under the boundary claims to be the peer's own."""
    by = read_name(following.by_name)
    organisation = organisation_of(peer)
    return bool(peer) and ("." not in by or by == peer or (organisation != "" and organisation_of(by) == organisation))


def _about_peer(peer: str, line: ReceivedLine, boundary: Boundary, *, kin: bool) -> list[Reason]:
    operator = operator_of(peer)
    if operator is not None:
        kind = "filters or forwards mail for recipients" if operator.is_gateway else "serves many customers"
        named = "is of" if line.reverse_verified else "would be of"
        text = f"{peer} {named} {operator.name}, which {kind}: its records tell from whom the mail came."
        return [Reason(kind=ReasonKind.METHOD, text=text, source="operators.csv")]
    if kin and not line.reverse_verified and organisation_of(peer) in boundary.organisations:
        text = (
            f"The peer calls itself {peer}, of the receiving side, unproven; if {boundary.origin} is the receiving "
            f"side's own, read on from line [{boundary.trusted + 1}]."
        )
        return [Reason(kind=ReasonKind.METHOD, text=text)]
    return []


def _first_public(lines: tuple[ReceivedLine, ...]) -> str:
    for line in lines:
        if line.from_address and not is_internal(line.from_address.value):
            return line.from_address.value
    return ""


def _claims(block: HeaderBlock, boundary: Boundary) -> list[Reason]:
    reasons: list[Reason] = []
    for field in block.fields:
        if field.key not in CLIENT_HEADERS or len(reasons) >= 10:
            continue
        alone = read_address(field.value)
        found = [alone.value] if alone else [one.host.value for one in find_addresses(field.value, header=field.key)]
        reasons += [_claim(field.name, address, boundary) for address in found[:3]]
    return reasons


def _claim(name: str, address: str, boundary: Boundary) -> Reason:
    if address == boundary.origin:
        return Reason(kind=ReasonKind.METHOD, text=f"{name} names the same address.")
    if is_internal(address):
        return Reason(
            kind=ReasonKind.METHOD,
            text=f"{name} claims the client {address}, an internal address that leads to no place by itself.",
        )
    return Reason(
        kind=ReasonKind.METHOD,
        text=(
            f"{name} claims the client {address}: a lead for the sender's provider to confirm, which a sender can "
            "also forge."
        ),
    )
