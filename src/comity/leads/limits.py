"""Every bound that reading evidence respects, so that hostile input costs bounded time and memory."""

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds, each with its unit in its name."""

    artifact_bytes: int = 256 * 1024 * 1024
    """Largest single artifact that is read into memory."""
    unpacked_bytes: int = 1024 * 1024 * 1024
    """Sum of all that one archive may unpack to."""
    unpack_ratio: int = 200
    """Largest ratio of unpacked to packed size of one archive member."""
    archive_members: int = 20_000
    archive_depth: int = 3
    """How deep archives may lie within archives."""
    mail_parts: int = 2_000
    mail_depth: int = 50
    """How deep messages and multiparts are followed; what lies deeper is named in a finding."""
    header_count: int = 20_000
    observables: int = 200_000
    """More different ones than this are counted in a finding, not listed."""
    pdf_pages: int = 5_000
    """Pages of one PDF that are read; what lies beyond is named in a finding."""
    pdf_page_chars: int = 2_000_000
    """Characters of one page that are read; more are named in a finding."""
    places: int = 100
    """Places listed of one observable; how many more there are is told in its tag ``more-places-N``."""
    table_rows: int = 2_000_000
    """Rows of one table that are read; what lies beyond is named in a finding."""
    transfers: int = 200_000
    """Payments listed; how many more there are is told in a finding."""


DEFAULT_LIMITS = Limits()
