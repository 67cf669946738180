"""Lines and tag files of a bag (BagIt 1.0, RFC 8493), in the one form that we write."""

from collections.abc import Iterable
from datetime import datetime

from comity.evidence.legible import legible


def manifest_line(digest: bytes, path: str) -> bytes:
    """A line that ``sha256sum -c`` reads too. Paths are portable, so none has a letter to escape (RFC 8493 2.1.3)."""
    return f"{digest.hex()}  {path}\n".encode()


def bag_info(rows: Iterable[tuple[str, str]]) -> bytes:
    """bag-info.txt; text of several lines or empty is put on one, or left out (RFC 8493 2.2.2).

    What could disturb a terminal, or hide, is shown by its number: the file is there to be read with `cat`.
    """
    kept = ((label, legible(" ".join(value.split()))) for label, value in rows)
    return "".join(f"{label}: {value}\n" for label, value in kept if value).encode()


def info_rows(
    *, package: str, case: str, agency: str, name: str, sealed_at: datetime, payload_bytes: int, files: int, tool: str
) -> list[tuple[str, str]]:
    """What bag-info.txt says."""
    return [
        ("Source-Organization", agency),
        ("Contact-Name", name),
        ("External-Description", f"Sealed evidence of case {case}"),
        ("External-Identifier", package),
        ("Bagging-Date", sealed_at.date().isoformat()),
        ("Payload-Oxum", f"{payload_bytes}.{files}"),
        ("Internal-Sender-Identifier", case),
        ("Bag-Software-Agent", tool),
    ]
