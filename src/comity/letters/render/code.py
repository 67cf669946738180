"""The QR code of a cover sheet (ISO/IEC 18004, level M): the reference of a letter and the digest of its data."""

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from segno import QRCode

LONGEST_REFERENCE = 200
"""Characters of a reference in the code, so that it can still be scanned from paper."""
_PIXELS = 8
"""A side of a square of the picture."""


def qr_text(reference: str, digest: str) -> str:
    """What the code says: the reference, and in a second line ``sha256:`` with the digest."""
    return f"{reference[:LONGEST_REFERENCE]}\nsha256:{digest}"


def qr_svg(reference: str, digest: str) -> str:
    """The code as SVG."""
    svg: str = _code(reference, digest).svg_inline(border=0, omitsize=True)
    return svg


def qr_png(reference: str, digest: str) -> bytes:
    """The code as a PNG picture."""
    made = BytesIO()
    _code(reference, digest).save(made, kind="png", scale=_PIXELS, border=0)
    return made.getvalue()


def _code(reference: str, digest: str) -> "QRCode":
    import segno

    return segno.make(qr_text(reference, digest), error="m", micro=False, boost_error=False)
