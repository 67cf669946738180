"""A letter without gaps on its way through a node, and how officers sign it elsewhere."""

from functools import cache
from io import BytesIO
from pathlib import Path

from tests.samples.letters import complete
from tests.samples.noderequests import did
from tests.samples.signers import Identity, officer

from comity.docket import Act
from comity.letters import Kind, checked, to_json
from comity.letters.forms import Form
from comity.letters.sign import PemKey, Signing, open_key, sign_pdf, signed_numbers
from comity.node.cases.models import Case
from comity.node.composer.written import file_of
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


def without_data() -> bytes:
    """A PDF that carries no letter."""
    from pypdf import PdfWriter

    out, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.write(out)
    return out.getvalue()


def with_script(pdf: bytes) -> bytes:
    """A PDF that does something when it is opened."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DictionaryObject, NameObject, TextStringObject

    out, writer = BytesIO(), PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    writer.write(out)
    return out.getvalue()


def with_other_words(pdf: bytes) -> bytes:
    """The approved letter's data on the pages of another one."""
    from pypdf import PdfReader, PdfWriter

    letter, expected = complete(Kind.MLA_REQUEST, "FR")
    pages = file_of(checked(letter, expected), "en", Form.PDF)
    out, writer = BytesIO(), PdfWriter()
    for page in PdfReader(BytesIO(pages)).pages:
        writer.add_page(page)
    data = PdfReader(BytesIO(pdf)).attachments["letter.json"][0]
    writer.add_attachment("letter.json", data)
    writer.write(out)
    return out.getvalue()
