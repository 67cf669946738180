"""Who a package says that it is by, against the identity whose keys signed it: a name is typed, a key is not."""

from comity.evidence.custody import Party
from comity.evidence.keys import PublicIdentity
from comity.evidence.package import layout
from comity.evidence.package.inventory import Inventory
from comity.evidence.package.record import EvidenceHead
from comity.evidence.package.report import Findings
from comity.evidence.package.signer import Trust, own_identity, trusted_name


def speaks_as(identity: PublicIdentity) -> str:
    """An identity as people read it."""
    about = ", ".join(word for word in (identity.display_name, identity.agency, identity.state) if word)
    return f"{identity.name} ({about})" if about else identity.name


def other_agency(party: Party, identity: PublicIdentity) -> str:
    """Why a party does not act for the agency and state of an identity; empty: it does, or one of them names none."""
    for what, said, own in (
        ("agency", party.agency, identity.agency),
        ("state", party.state, identity.state),
    ):
        if said and own and _plain(said) != _plain(own):
            return f"it names the {what} {said!r}, and the identity {identity.name} is of {own!r}"
    return ""


def unbacked_agency(party: Party, identity: PublicIdentity) -> str:
    """That an identity without an agency speaks for one that its name does not have; empty: it does not."""
    said, name = _plain(party.agency), _plain(identity.display_name)
    if not said or identity.agency or said in name or name in said:
        return ""
    return f"{speaks_as(identity)} names no agency of its own: that it acts for {party.agency!r} is its word alone"


def check_said(head: EvidenceHead, inventory: Inventory, found: Findings, trust: Trust) -> tuple[str, str]:
    """Whether the manifest's sender is the one whose keys are in it; the identity, and a notice, for people."""
    inside = own_identity(inventory, found) if layout.SENDER in inventory.tags else None
    if inside is None:
        return "", ""
    identity = trusted_name(inside.name, trust) or inside
    if head.sender.identity not in ("", identity.name):
        whose = head.sender.identity
        found.fail("sender", f"the manifest says that it is by {whose}, and the keys are of {identity.name}")
    other = other_agency(head.sender, identity)
    if other:
        found.doubt("sender", f"{other}: ask {identity.name} who sealed it")
    return speaks_as(identity), unbacked_agency(head.sender, identity)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
