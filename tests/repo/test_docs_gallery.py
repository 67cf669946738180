"""The gallery of letters: what its page shows is there, nothing else is, and it stays small."""

import re
from pathlib import Path

GALLERY = Path(__file__).parents[2] / "docs" / "gallery"
LIMIT_BYTES = 3_000_000


def test_the_gallery_is_whole_and_small() -> None:
    told = set(re.findall(r"\]\(([^/)]+\.(?:png|pdf|docx))\)", (GALLERY / "README.md").read_text()))
    files = {path.name for path in GALLERY.iterdir()} - {"README.md"}
    assert told == files
    assert sum(path.stat().st_size for path in GALLERY.iterdir()) < LIMIT_BYTES
