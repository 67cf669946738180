"""A signed file is what may go out where it carries exactly the approved letter and every signature holds."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache

import msgspec
import pytest
from tests.samples.letterfiles import pdf_of, plain_pdf, sample, sample_pdf
from tests.samples.signers import NOW, issue, root, stamper

from comity.letters import Letter
from comity.letters.sign import (
    Flaw,
    NotTheLetterError,
    PemKey,
    Signing,
    Trust,
    Verdict,
    open_key,
    require_outgoing,
    sign_pdf,
)
from comity.letters.sign.verdict import Verification

TRUST = Trust(roots=(root().pem,))


@cache
def signed(days: int = 12000, *, stamped: bool = False) -> bytes:
    """The sample letter, signed with a certificate that began in 2020 and counts so many days."""
    one = issue("A. N. Other", root(), days=days)
    with open_key(PemKey(key=one.key_pem, certificate=one.pem)) as signer:
        return sign_pdf(sample_pdf(), signer, Signing(number=1, at=NOW), stamper=stamper() if stamped else None)


def going(data: bytes, letter: Letter | None = None, *, trust: Trust = TRUST, days: int = 0) -> Verification:
    now = NOW + timedelta(days=days)
    return require_outgoing(data, letter or sample(), sample_pdf(), trust, file="x.pdf", now=now)


def test_the_approved_letter_signed_by_somebody_known_or_not() -> None:
    assert [one.verdict for one in going(signed()).signatures] == [Verdict.PASSED]
    assert going(signed(), trust=Trust()).verdict is Verdict.INDETERMINATE


@pytest.mark.parametrize(
    ("data", "reference", "flaw"),
    [
        (lambda: b"no pdf", "", Flaw.NO_PDF),
        (sample_pdf, "", Flaw.NOT_SIGNED),
        (lambda: plain_pdf(["a letter"]), "", Flaw.NO_LETTER),
        (signed, "another", Flaw.OTHER_LETTER),
        (lambda: pdf_of(sample(), data=b'{"schema": "comity-letter-1"}'), "", Flaw.OTHER_LETTER),
        (lambda: pdf_of(sample(), lines=["another thing"]), "", Flaw.OTHER_PAGES),
        (lambda: signed().replace(b"/Title", b"/Tltle", 1), "", Flaw.BROKEN),
        (lambda: signed() + b"\n% more", "", Flaw.BROKEN),
        (lambda: signed(days=30), "", Flaw.OUT_OF_TIME),
    ],
)
def test_each_flaw_is_named(data: Callable[[], bytes], reference: str, flaw: Flaw) -> None:
    letter = msgspec.structs.replace(sample(), reference=reference or sample().reference)
    with pytest.raises(NotTheLetterError) as caught:
        going(data(), letter)
    assert caught.value.flaw is flaw


def test_a_time_stamp_keeps_what_ended_since() -> None:
    ends_soon = 2600
    assert going(signed(ends_soon, stamped=True), days=365).signatures[0].stamped_at
    with pytest.raises(NotTheLetterError) as caught:
        going(signed(ends_soon), days=365)
    assert caught.value.flaw is Flaw.OUT_OF_TIME
