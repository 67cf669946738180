"""Bytes that do not say their charset, as text; and the way back from characters to bytes."""

import codecs
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE_BYTES = 1 << 16
_FALLBACK = "cp1252"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedText:
    """A text with the charset that its bytes were read in."""

    text: str
    charset: str
    errors: str
    """Handler that makes decoding and encoding exact opposites."""
    bom_bytes: int = 0
    unsure: bool = False
    """True: the charset was guessed, or bytes did not fit it."""

    def until(self, end: int) -> "DecodedText":
        """The start of the text, as one of its own."""
        return DecodedText(text=self.text[:end], charset=self.charset, errors=self.errors, bom_bytes=self.bom_bytes)


class ByteOffsets:
    """Byte offsets of characters, cheap for offsets that mostly grow."""

    def __init__(self, decoded: DecodedText) -> None:
        self._decoded = decoded
        self._direct = decoded.text.isascii() and not decoded.charset.startswith(("utf-16", "utf-32"))
        self._char = 0
        self._byte = 0

    def at(self, char: int) -> int:
        """Byte in the artifact at which the character stands."""
        if self._direct:
            return char + self._decoded.bom_bytes
        if char < self._char:
            self._char = self._byte = 0
        between = self._decoded.text[self._char : char]
        self._byte += len(between.encode(self._decoded.charset, self._decoded.errors))
        self._char = char
        return self._byte + self._decoded.bom_bytes


def decode(raw: bytes) -> DecodedText:
    """The text in its byte order mark's charset, UTF-16 that shows itself, UTF-8, or the likeliest code page."""
    for bom, charset in _BOMS:
        if raw.startswith(bom):
            return _decoded(raw[len(bom) :], charset, bom_bytes=len(bom))
    wide = _bare_utf16(raw[:_SAMPLE_BYTES])
    if wide:
        return _decoded(raw, wide)
    try:
        return DecodedText(text=raw.decode("utf-8"), charset="utf-8", errors="surrogateescape")
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(raw, error):
            return _decoded(raw, "utf-8", unsure=True)
    return _decoded(raw, _guess(raw), unsure=True)


def _decoded(raw: bytes, charset: str, *, bom_bytes: int = 0, unsure: bool = False) -> DecodedText:
    wide = charset.startswith(("utf-16", "utf-32"))
    errors = "surrogatepass" if wide else "surrogateescape"
    try:
        text = raw.decode(charset, errors)
    except UnicodeDecodeError:
        text, unsure, errors = raw.decode(charset, "replace"), True, "replace"
    return DecodedText(text=text, charset=charset, errors=errors, bom_bytes=bom_bytes, unsure=unsure)


def _bare_utf16(sample: bytes) -> str:
    """UTF-16 without its mark: every other byte of Latin text is zero."""
    if len(sample) < 4 or not sample.count(0):
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.4 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.4 and odd < half * 0.1 else ""


def _is_mostly_utf8(raw: bytes, error: UnicodeDecodeError) -> bool:
    """Whether broken bytes are few among sequences that only UTF-8 has: damage, not another charset."""
    sample = raw[max(0, error.start - _SAMPLE_BYTES // 2) : error.start + _SAMPLE_BYTES // 2]
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    wide = sum(1 for char in text if char > "\x7f") - broken
    return wide > 4 * broken


def _guess(raw: bytes) -> str:
    from charset_normalizer import from_bytes

    first = next((at for at in range(0, len(raw), 4096) if not raw[at : at + 4096].isascii()), 0)
    sample = raw[first : first + _SAMPLE_BYTES]
    best = from_bytes(sample).best()
    charset = best.encoding if best else _FALLBACK
    if sample.decode(_FALLBACK, "replace") == sample.decode(charset, "replace"):
        return _FALLBACK  # of the code pages that read the same here, the usual one
    return codecs.lookup(charset).name
