"""PAdES signatures in a PDF (ETSI EN 319 142-1): each an update after what is there, visible where wanted."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from comity.letters.errors import LetterFileError, SigningError
from comity.letters.sign.block import Setter, signature_block
from comity.letters.sign.keys import subject
from comity.letters.sign.place import Place, find_place

if TYPE_CHECKING:
    from pyhanko.pdf_utils.content import PdfContent
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.layout import SimpleBoxLayoutRule
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner, Signer
    from pyhanko.sign.timestamps import TimeStamper
    from pyhanko_certvalidator import ValidationContext

FIELD = "Signature{number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """One signature to make."""

    number: int
    """Place in the order of the signatories, from 1."""
    at: datetime
    """The instant of signing, with its offset; a time stamp proves it, this only claims it."""
    names: tuple[str, ...] = ()
    """What the letter calls the signatory: name, office, authority."""
    reason: str = ""
    city: str = ""
    language: str = "en"
    visible: bool = True


def sign_pdf(
    data: bytes,
    signer: "Signer",
    signing: Signing,
    *,
    stamper: "TimeStamper | None" = None,
    trust: "ValidationContext | None" = None,
    setter: Setter | None = None,
) -> bytes:
    """The PDF with one signature more.

    With `stamper` it carries an RFC 3161 time stamp (PAdES B-T); with `trust`, a context that holds CRLs or OCSP
    answers, also what validates it in years to come (the DSS, B-LT), and with both a time stamp over that (B-LTA).
    SigningError where the place is taken or the certificate is refused, LetterFileError where the PDF is damaged.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import SigningError as RefusedError
    from pyhanko.sign.timestamps.common_utils import TimestampRequestError
    from pyhanko_certvalidator.errors import PathError, ValidationError

    _check_order(data, signing.number)
    place = find_place(data, number=signing.number, names=signing.names) if signing.visible else None
    try:
        writer = _open(data)
        pdf_signer = _pdf_signer(signer, signing, place, stamper=stamper, trust=trust, setter=setter)
        return asyncio.run(_sign(pdf_signer, writer, signing))
    except (RefusedError, PathError, ValidationError) as error:
        remedy = "check certificate, trust roots and revocation data"
        raise SigningError(what=f"signature {signing.number}", problem=str(error), remedy=remedy) from None
    except TimestampRequestError as error:
        raise SigningError(what="time stamp", problem=str(error), remedy="check the service, or sign without") from None
    except PdfError as error:
        raise LetterFileError(path="PDF", problem=f"it cannot be signed ({error})", remedy="make it anew") from None


def signed_numbers(data: bytes) -> tuple[int, ...]:
    """Which places of the letter are signed already."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.fields import enumerate_sig_fields

    try:
        names = [name for name, value, _ in enumerate_sig_fields(_open(data).prev) if value is not None]
    except PdfError as error:
        raise LetterFileError(path="PDF", problem=f"it is damaged ({error})", remedy="make it anew") from None
    prefix = FIELD.format(number="")
    return tuple(sorted(int(n.removeprefix(prefix)) for n in names if n.removeprefix(prefix).isdecimal()))


def _check_order(data: bytes, number: int) -> None:
    done = signed_numbers(data)
    if number in done:
        raise SigningError(what=f"signature {number}", problem="this place is signed already", remedy="name the next")
    before = [one for one in range(1, number) if one not in done]
    if before:
        told = ", ".join(map(str, before))
        remedy = f"have signatory {before[0]} sign first"
        raise SigningError(what=f"signature {number}", problem=f"{told} comes before it", remedy=remedy)


def _open(data: bytes) -> "IncrementalPdfFileWriter":
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError

    try:
        writer = IncrementalPdfFileWriter(BytesIO(data))
        encrypted = writer.prev.encrypted
    except (PdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise LetterFileError(path="PDF", problem=f"it is damaged ({error})", remedy="make it anew") from None
    if encrypted:
        raise LetterFileError(path="PDF", problem="it is encrypted", remedy="sign before you encrypt")
    return writer


async def _sign(pdf_signer: "PdfSigner", writer: "IncrementalPdfFileWriter", signing: Signing) -> bytes:
    """As `PdfSigner.async_sign_pdf`, at the instant given instead of that of a clock."""
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

    session = pdf_signer.init_signing_session(writer)
    session.system_time = signing.at
    validation = await session.perform_presign_validation(writer)
    size = await session.estimate_signature_container_size(validation)
    unsigned = session.prepare_tbs_document(validation_info=validation, bytes_reserved=size)
    output = BytesIO()
    digest, _ = unsigned.digest_tbs_document(output=output)
    done = await unsigned.perform_signature(
        document_digest=digest.document_digest,
        pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=signing.at),
    )
    await done.post_signature_processing(output)
    return output.getvalue()


def _pdf_signer(
    signer: "Signer",
    signing: Signing,
    place: Place | None,
    *,
    stamper: "TimeStamper | None",
    trust: "ValidationContext | None",
    setter: Setter | None,
) -> "PdfSigner":
    from pyhanko.sign import PdfSigner
    from pyhanko.sign.fields import SigFieldSpec
    from pyhanko.stamp import StaticStampStyle

    name = FIELD.format(number=signing.number)
    certificate = signer.signing_cert
    who = subject(certificate) if certificate is not None else ""
    style = None
    if place is not None:
        lines = tuple(line for line in (*signing.names, signing.reason) if line and line != who)
        said = {"city": signing.city, "language": signing.language}
        page = signature_block(name=who, lines=lines, at=signing.at, setter=setter, **said)
        style = StaticStampStyle(
            background=_page_content(page), background_layout=_whole_box(), border_width=0, background_opacity=1.0
        )
    spec = SigFieldSpec(
        sig_field_name=name,
        on_page=place.page if place else 0,
        box=place.box if place else None,
        readable_field_name=f"Signature {signing.number}: {signing.names[0] if signing.names else who}",
    )
    return PdfSigner(
        _metadata(name, signing, who, stamper=stamper, trust=trust),
        signer=signer,
        timestamper=stamper,
        stamp_style=style,
        new_field_spec=spec,
    )


def _metadata(
    name: str, signing: Signing, who: str, *, stamper: "TimeStamper | None", trust: "ValidationContext | None"
) -> "PdfSignatureMetadata":
    from pyhanko.sign import PdfSignatureMetadata
    from pyhanko.sign.fields import SigSeedSubFilter

    return PdfSignatureMetadata(
        field_name=name,
        md_algorithm="sha256",
        location=signing.city or None,
        reason=signing.reason or None,
        name=who or None,
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=trust is not None,
        use_pades_lta=trust is not None and stamper is not None,
        validation_context=trust,
        signer_key_usage=set(),
    )


def _page_content(page: bytes) -> "PdfContent":
    """A PDF page held in memory as the face of a signature."""
    from pyhanko.pdf_utils.content import PdfContent
    from pyhanko.pdf_utils.generic import pdf_name
    from pyhanko.pdf_utils.layout import BoxConstraints
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    class Page(PdfContent):
        def render(self) -> bytes:
            if self.writer is None:
                raise PdfError("a face is drawn before it has a file")
            form = self.writer.import_page_as_xobject(PdfFileReader(BytesIO(page)))
            self.resources.xobject[pdf_name("/Block")] = form
            left, bottom, right, top = form.get_object()["/BBox"]
            self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
            return b"/Block Do"

    return Page()


def _whole_box() -> "SimpleBoxLayoutRule":
    from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule

    middle = AxisAlignment.ALIGN_MID
    return SimpleBoxLayoutRule(x_align=middle, y_align=middle, margins=Margins(0, 0, 0, 0))
