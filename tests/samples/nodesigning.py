"""A letter without gaps on its way through a node, and how officers sign it elsewhere."""

from functools import cache
from pathlib import Path

from tests.samples.letters import complete
from tests.samples.noderequests import did
from tests.samples.signers import Identity, officer

from comity.docket import Act
from comity.letters import Kind, checked, to_json
from comity.letters.sign import PemKey, Signing, open_key, sign_pdf, signed_numbers
from comity.node.cases.models import Case
from comity.node.people.models import User
from comity.node.requests.actions.draft import draft_request
from comity.node.requests.models import Request


@cache
def ready_letter(reference: str = "FIR-1/2026/US-1") -> bytes:
    """A letter that has everything, as JSON."""
    import msgspec

    letter, expected = complete(Kind.MLA_REQUEST)
    drafted = checked(msgspec.structs.replace(letter, reference=reference), expected)
    assert drafted.report.ready
    return to_json(drafted)


def approved_request(drafter: User, approver: User, case: Case, reference: str = "FIR-1/2026/US-1") -> Request:
    """A request with that letter, checked and approved."""
    made = draft_request(drafter, case=case, letter=ready_letter(reference), again=True)
    did(drafter, made, Act.CHECK)
    did(approver, made, Act.APPROVE)
    return Request.objects.get(pk=made.pk)


def signed_elsewhere(pdf: bytes, who: Identity | None = None) -> bytes:
    """The PDF with one signature more, as somebody's own program makes it."""
    from django.utils import timezone

    one = who or officer()
    number = max(signed_numbers(pdf), default=0) + 1
    with open_key(PemKey(key=one.key_pem, certificate=one.pem)) as signer:
        return sign_pdf(pdf, signer, Signing(number=number, at=timezone.localtime()))


def trust_root(data: Path, root: Identity) -> None:
    """Lay a root certificate where the node looks for those that signatories lead to."""
    (data / "roots").mkdir(exist_ok=True)
    (data / "roots" / "root.pem").write_bytes(root.pem)
