"""Every bound that reading a letter respects, so that a hostile file costs bounded time and memory."""

import msgspec

MIB = 1024 * 1024


class ReadLimits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds, each with its unit in its name."""

    file_bytes: int = 64 * MIB
    """Largest file."""
    data_bytes: int = 8 * MIB
    """Largest letter as data, bare or inside another file."""
    pages: int = 1_000
    """Pages of a PDF: a letter has tens."""
    objects: int = 200_000
    """Objects of a PDF."""
    depth: int = 60
    """How deep arrays, page trees, attachments' trees and XML may be nested."""
    stream_bytes: int = 32 * MIB
    """Largest content of one stream of a PDF, unpacked."""
    operations: int = 1_500_000
    """Drawing operations of a whole PDF, those of nested forms included."""
    content_bytes: int = 8 * MIB
    """Sum of the drawing instructions of all pages, unpacked: a page has some ten thousand."""
    tokens: int = 300_000
    """Numbers, names and operators of one stream of instructions."""
    forms: int = 500
    """How often drawings within drawings are drawn."""
    text_chars: int = 4_000_000
    """Characters of text of the whole letter."""
    embedded_files: int = 50
    """Files inside a PDF that are listed."""
    parts: int = 2_000
    """Members of a DOCX."""
    part_bytes: int = 32 * MIB
    """Largest member of a DOCX, unpacked."""
    unpacked_bytes: int = 128 * MIB
    """Sum of all that is unpacked from a DOCX."""
    unpack_ratio: int = 200
    """Largest ratio of unpacked to packed size of a member above `ratio_from_bytes`."""
    ratio_from_bytes: int = MIB
    elements: int = 1_000_000
    """Elements of one XML member."""
    cpu_seconds: int = 60
    """Processor time for one file; kept by a caller that has a process for it (the command line), not by counting."""
    memory_bytes: int = 2_048 * MIB
    """Memory beyond what the process had; kept the same way."""


DEFAULT_READ_LIMITS = ReadLimits()
