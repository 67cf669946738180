"""The DOCX form in a word processor that is not ours: LibreOffice opens it, counts it, and shows what we wrote."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from pypdf import PdfReader
from tests.samples.letters import complete
from tests.samples.shown import flat

from comity.letters import checked, lay_out
from comity.letters.model import Kind
from comity.letters.render.word import docx


def test_libreoffice_shows_it(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (Debian's libreoffice-writer-nogui) is not installed")
    letter, expected = complete(Kind.MLA_REQUEST)
    letter = msgspec.structs.replace(letter, assistance=letter.assistance[:2], facts=())
    page = lay_out(letter, checked(letter, expected).report)
    (tmp_path / "letter.docx").write_bytes(docx(letter, page))
    profile = (tmp_path / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", "."]
    subprocess.run([*command, "letter.docx"], cwd=tmp_path, check=True, capture_output=True, timeout=120)
    pages = [one.extract_text() for one in PdfReader(BytesIO((tmp_path / "letter.pdf").read_bytes())).pages]
    assert all("DRAFT: NOT READY" in one for one in pages)
    said = flat("".join(pages))
    for section in page.sections:
        assert flat(f"{section.number}. {section.title}") in said
        for block in section.blocks:
            if block.number and block.label and block.table is None:
                assert flat(f"{block.number} {block.label}") in said or flat(block.label) in said
    last = page.sections[-1].blocks[0]
    assert flat(f"{last.label} {last.text}") in said
