"""An identity as people and programs see it: never more than what is public."""

from datetime import datetime
from typing import Any

from comity.evidence.keys import PublicIdentity, PublicKey, age_recipients, note_keys, number_to_compare


def describe(identity: PublicIdentity) -> dict[str, Any]:
    """What `comity key show --json` prints."""
    return {
        "name": identity.name,
        "display_name": identity.display_name,
        "agency": identity.agency,
        "state": identity.state,
        "number": number_to_compare(identity),
        "recipients": age_recipients(identity),
        "verifier_keys": [one.vkey for one in note_keys(identity) if one.revoked_at is None],
        "keys": [
            {
                "use": one.use,
                "generation": one.generation,
                "algorithm": one.algorithm,
                "fingerprint": one.fingerprint,
                "not_before": one.not_before,
                "not_after": one.not_after,
                "revoked_at": one.revoked_at,
                "revocation_reason": one.revocation_reason,
                "certificates": [_certificate(chain) for chain in one.certificates],
            }
            for one in identity.keys
        ],
    }


def print_identity(identity: PublicIdentity, *, now: datetime) -> None:
    """The page of `comity key show`."""
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False)
    where = ", ".join(part for part in (identity.agency, identity.state) if part)
    console.print(f"[bold]{escape(identity.display_name)}[/]  {escape(identity.name)}  [dim]{escape(where)}[/]")
    console.print("\nNumber to compare, by telephone or in person:")
    groups = number_to_compare(identity).split()
    for at in range(0, len(groups), 6):
        console.print(f"   [bold]{' '.join(groups[at : at + 6])}[/]")
    console.print("\nKeys")
    for one in identity.keys:
        console.print(f"   {one.use:<13} {one.generation}  {one.algorithm:<16} {_life(one)}")
        console.print(f"      [dim]{one.fingerprint}[/]")
        for chain in one.certificates:
            console.print(f"      {escape(_line(_certificate(chain), now))}")
    console.print("\nEncrypt to it with age (one of the two)")
    for recipient in age_recipients(identity):
        console.print(f"   {recipient if len(recipient) < 100 else recipient[:60] + '… (whole in --json)'}")


def _life(key: PublicKey) -> str:
    if key.revoked_at is not None:
        return f"[red]revoked {key.revoked_at:%Y-%m-%d} ({key.revocation_reason})[/]"
    if key.not_after is not None:
        return f"[dim]{key.not_before:%Y-%m-%d} to {key.not_after:%Y-%m-%d}, verifies what it signed[/]"
    return f"[green]in use[/] since {key.not_before:%Y-%m-%d}"


def _certificate(chain: str) -> dict[str, Any]:
    from cryptography import x509

    leaf, *above = x509.load_pem_x509_certificates(chain.encode())
    return {
        "subject": leaf.subject.rfc4514_string(),
        "issuer": leaf.issuer.rfc4514_string(),
        "serial": f"{leaf.serial_number:x}",
        "not_before": leaf.not_valid_before_utc,
        "not_after": leaf.not_valid_after_utc,
        "chain": len(above) + 1,
        "self_signed": leaf.subject == leaf.issuer,
    }


def _line(certificate: dict[str, Any], now: datetime) -> str:
    by = "signed by itself" if certificate["self_signed"] else f"issued by {certificate['issuer']}"
    state = "EXPIRED" if certificate["not_after"] < now else "valid until"
    return f"certificate {certificate['serial']}, {by}, {state} {certificate['not_after']:%Y-%m-%d}"
