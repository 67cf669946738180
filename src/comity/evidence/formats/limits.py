"""How much of a hostile file is read, and how long: every limit of this package in one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatLimits:
    """Limits on describing and checking one file."""

    scan_bytes_max: int | None = None
    """How much is read to count packets or messages; None: all. What is beyond is told as not counted."""
    text_bytes_max: int = 1 << 20
    """Of a text inside a format (headers, property lists, logs) that is held in memory."""
    sections_max: int = 1_000_000
    """Sections of one segment of an image."""
    segments_max: int = 20_000
    """Segments of an image."""
    entries_max: int = 300_000
    """Members of a zip archive whose directory is held in memory; of a larger one, only the names are read."""
    directory_bytes_max: int = 64 << 20
    """Of the directory of a zip archive: it is held in memory."""
    chunk_bytes_max: int = 64 << 20
    """Of one chunk of an image, unpacked."""
    table_bytes_max: int = 16 << 20
    """Of one table of chunks: it is held in memory."""
    expansion_max: int = 4096
    """How many bytes of media one stored byte may unpack to: beyond, it is not an image but a bomb."""
    faults_max: int = 20
    """How many faults of one kind are named."""
    listed_max: int = 100_000
    """Hashes that a list beside the evidence may hold."""


LIMITS = FormatLimits()
SEALING = FormatLimits(scan_bytes_max=64 << 20, entries_max=100_000, directory_bytes_max=16 << 20)
"""While sealing: nothing large is read to be counted, and memory stays small."""
