"""A file spoilt anywhere is read, or refused with an error that says why; never a traceback, never without end."""

from datetime import date
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.samples.letterfiles import data_of, docx_of, plain_pdf, sample, sample_pdf
from tests.samples.signers import NOW, officer, root
from tests.samples.strangers import EN

from comity.errors import ComityError
from comity.law import Registry, load_registry
from comity.letters.incoming import examine, receive
from comity.letters.sign import PemKey, Signing, Trust, open_key, sign_pdf, verify_letter

DAY = date(2026, 11, 25)
TRUST = Trust(roots=(root().pem,))
TOKENS = (
    b"/Kids", b"/Prev", b"/Length", b"/Parent", b"0 R", b"endobj", b"stream", b"<<", b">>", b"[", b"]", b"(", b"-1",
    b"99999999999", b"/JS", b"PK\x01\x02", b"<w:p>", b"</w:p>", b"<!DOCTYPE", b"&", b"\x00", b"\xff\xfe", b"%%EOF",
)  # fmt: skip


@cache
def registry() -> Registry:
    return load_registry()


@cache
def seeds() -> tuple[bytes, ...]:
    page = plain_pdf(EN.splitlines())
    with open_key(PemKey(key=officer().key_pem, certificate=officer().pem)) as signer:
        signed = sign_pdf(page, signer, Signing(number=1, at=NOW, visible=False))
    lines = EN.splitlines()
    return (
        page,
        signed,
        sample_pdf(),
        docx_of(lines),
        docx_of(lines, data=data_of(sample())),
        data_of(sample()),
        EN.encode(),
    )


def spoilt(data: bytes, places: list[int], put: list[bytes], cut: int) -> bytes:
    out = bytearray(data)
    for place, token in zip(places, put, strict=False):
        at = place % (len(out) + 1)
        out[at : at + cut] = token
    return bytes(out)


def survives(data: bytes) -> None:
    """Everything that is done with a file that arrives; only our own errors come out."""
    try:
        received = receive(data, registry(), file="f", received_on=DAY)
        examine(received, registry(), as_of=DAY)
    except ComityError as error:
        assert str(error)
    try:
        found = verify_letter(data, TRUST, file="f", now=NOW)
        assert found.why
    except ComityError as error:
        assert str(error)


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 6),
    places=st.lists(st.integers(0), min_size=1, max_size=6),
    put=st.lists(st.one_of(st.sampled_from(TOKENS), st.binary(max_size=4)), min_size=1, max_size=6),
    cut=st.integers(0, 30),
)
def test_spoilt_files(seed: int, places: list[int], put: list[bytes], cut: int) -> None:
    survives(spoilt(seeds()[seed], places, put, cut))
