"""The report on paper: what stands in it, for packages of every verdict and with hostile names."""

import io
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from pypdf import PdfReader
from tests.samples.sealing import NOW, Plain, agency, evidence, opens, plain_archive, sealed, trust

from comity.evidence.custody import (
    Act,
    Authorisation,
    Condition,
    Draft,
    Item,
    Party,
    Verdict,
    create_log,
    encode_extract,
    extract,
)
from comity.evidence.keys import note_keys
from comity.evidence.limitation import Limitations, Purpose
from comity.evidence.limitation_words import in_words
from comity.evidence.package import PackageReport, Provenance, Trust, layout, verify_file, verify_folder
from comity.evidence.package.contents import Contents
from comity.evidence.package.inventory import read_archive
from comity.evidence.package.record import LeftOut
from comity.evidence.package.verify import verify_inventory
from comity.evidence.paper import Examination, PaperError, read_contents, write_paper
from comity.evidence.paper.page import page
from comity.evidence.paper.setting import set_report

EXAMINED = Examination(
    file="package.age", size_bytes=5, sha256="ab" * 32, sha512="cd" * 64, program="comity 1", examiner="E. Weiß",
    reference="VR 7/2026",
)  # fmt: skip
NAMES = ("evil\u202egpj.exe", "a\nb.txt", "#strong[x] $y$ `z` <l> @r", "صورة.jpg", "नमस्ते.txt", "x" * 200, "dе.txt")


def examined(data: bytes, believed: Trust, *, files_max: int = 1000) -> tuple[PackageReport, Contents]:
    seen: list[Contents] = []
    report = verify_file(
        io.BytesIO(data),
        opens(),
        believed,
        now=NOW,
        subject="package.age",
        see=lambda inventory, report: seen.append(read_contents(inventory, files_max=files_max)),
    )
    return report, seen[0]


def plain_archive_of(package: bytes) -> bytes:
    with tempfile.NamedTemporaryFile() as file:
        file.write(package)
        file.flush()
        return plain_archive(Path(file.name))


def text_of(pdf: bytes) -> str:
    return "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("hostile")
    files = evidence(folder / "in")
    for name in NAMES:
        (files / name).write_text("x")
    return sealed(folder, [files]).path.read_bytes()


def test_a_package_that_passed(package: bytes) -> None:
    report, contents = examined(package, trust())
    pdf = write_paper(report, contents, trust(), EXAMINED)
    text = text_of(pdf)
    for words in ("PASSED", "FIR 12/2026", "Warrant 12", "E. Weiß", "VR 7/2026", EXAMINED.sha256, "openssl ts -verify"):
        assert words in text, words
    assert "FAILED" not in text
    for one in contents.files:
        assert one.sha256 in text
    assert contents.certificates[0].sha256 in text
    assert contents.number in text


def test_hostile_names_are_shown_and_do_nothing(package: bytes) -> None:
    report, contents = examined(package, trust())
    text = text_of(write_paper(report, contents, trust(), EXAMINED))
    assert "\u202e" not in text
    assert "evil\\u{202E}gpj.exe" in text
    assert "a\\u{000A}b.txt" in text
    assert "#strong[x]" in text
    assert "d\\u{0435}.txt" in text


def test_it_is_the_same_each_time_and_machines_read_it(package: bytes) -> None:
    report, contents = examined(package, trust())
    pdf = write_paper(report, contents, trust(), EXAMINED)
    assert write_paper(report, contents, trust(), EXAMINED) == pdf
    reader = PdfReader(io.BytesIO(pdf))
    (attached,) = reader.attachments["report.json"]
    assert msgspec.json.decode(attached, type=PackageReport) == report
    assert b"<pdfaid:part>3</pdfaid:part>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf


def test_without_trust_it_says_what_is_lacking(package: bytes) -> None:
    report, contents = examined(package, Trust())
    text = text_of(write_paper(report, contents, Trust(), replace(EXAMINED, examiner="")))
    assert report.verdict is Verdict.INDETERMINATE
    assert "INDETERMINATE" in text
    assert "Nothing was given." in text
    assert "not named" in text


@pytest.mark.parametrize("at", [-1, 40_000, 0])
def test_a_package_that_failed(package: bytes, at: int) -> None:
    data = bytearray(package)
    data[at] ^= 1
    seen: list[Contents] = []
    report = verify_file(
        io.BytesIO(bytes(data)),
        opens(),
        trust(),
        now=NOW,
        subject="package.age",
        see=lambda inventory, report: seen.append(read_contents(inventory, files_max=10)),
    )
    text = text_of(write_paper(report, seen[0] if seen else None, trust(), EXAMINED))
    assert "FAILED" in text
    assert "must not be relied on" in text


def test_more_files_than_are_listed(package: bytes) -> None:
    report, contents = examined(package, trust(), files_max=4)
    assert (len(contents.files), contents.files_more) == (4, report.file_count - 4)
    assert "more files are not listed here" in " ".join(
        text_of(write_paper(report, contents, trust(), EXAMINED)).split()
    )


def test_what_a_package_may_say_besides(package: bytes) -> None:
    report, contents = examined(package, trust())
    assert report.head is not None
    head = msgspec.structs.replace(
        report.head, left_out=(LeftOut(path="a\u202eb", kind="symbolic link", target="/etc"),), empty_folders=("e",)
    )
    told = page(msgspec.structs.replace(report, head=head, notices=("access ended",)), contents, trust(), EXAMINED)
    assert told["left_out"] == [["a\\u{202E}b", "symbolic link", "/etc"]]
    assert ["Empty folders", "e"] in told["statements"]
    assert told["notices"] == ["access ended"]
    assert page(msgspec.structs.replace(report, head=None), None, trust(), EXAMINED)["statements"] == []


def test_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    seen: list[Contents] = []
    report = verify_folder(folder, Trust(), now=NOW, see=lambda i, r: seen.append(read_contents(i, files_max=1)))
    examination = replace(EXAMINED, size_bytes=None, sha256="", sha512="")
    told = page(report, seen[0], Trust(), examination)
    assert told["object"][0] == ["Folder", "package.age"]
    assert (seen[0].certificates, seen[0].stamp, seen[0].entries, report.limitations) == ((), None, (), None)
    assert write_paper(report, seen[0], Trust(), examination).startswith(b"%PDF")


def test_custody_stands_in_it(tmp_path: Path) -> None:
    unlocked = agency("pune.example").unlocked
    log = create_log(tmp_path / "log", origin="pune.example/custody")
    shared: dict[str, Any] = {
        "at": NOW, "place": "Pune", "reason": "search \u0635", "authorisation": Authorisation(reference="W"),
        "by": Party(name="A. Rao", role="custodian", agency="Agency pune.example", identity="pune.example"),
    }  # fmt: skip
    items = tuple(Item(id=f"EX-{number}", description="telephone") for number in range(1, 24))
    copy = Item(id="EX-1a", source="EX-1", condition=Condition.INTACT, condition_note="seal 7")
    drafts = [Draft(act=Act.COLLECTED, items=items, **shared), Draft(act=Act.COPIED, items=(copy,), **shared)]
    log.append(drafts, recorded_at=NOW, random_bytes=bytes)
    log.sign(unlocked.note_signers(log.origin), at=NOW)
    custody = encode_extract(extract(log, ["EX-1a"], keys=note_keys(unlocked.public, log.origin)))
    log.close()
    made = sealed(
        tmp_path, [evidence(tmp_path / "in")], custody=custody, provenance=Provenance(exhibits=("EX-1", "EX-1a"))
    )
    report, contents = examined(made.path.read_bytes(), trust())
    assert report.named("custody").verdict is Verdict.PASSED
    text = " ".join(text_of(write_paper(report, contents, trust(), EXAMINED)).split())
    for words in ("pune.example/custody", "collected", "copied", "A. Rao, custodian", "from EX-1", "seal 7"):
        assert words in text, words
    assert "search \\u{0635}" in text
    assert "and 3 more items" in text
    assert "no entry between those listed is missing" in text


def test_revocation_lists_and_roots_that_were_given(package: bytes) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = x509.CertificateRevocationListBuilder().issuer_name(x509.Name([])).last_update(NOW)
    crl = builder.next_update(NOW + timedelta(days=9)).sign(key, SHA256())
    believed = Trust(roots=tuple(agency("pune.example").signer.chain), revocations=(crl,))
    report, contents = examined(package, believed)
    told = page(report, contents, believed, EXAMINED)["trust"]
    assert [one[0] for one in told] == ["Root of signers", "Revocations"]
    assert told[1][2].endswith("2026-12-04 09:30:00 UTC")


def test_a_signature_that_cannot_be_read_is_left_out(package: bytes) -> None:
    archive = bytearray(plain_archive_of(package))
    for name in (layout.CMS, layout.SENDER, layout.LIMITATIONS, layout.EVIDENCE):
        at = archive.index(f"FIR-12-2026/{name}\0".encode()) + 512
        archive[at : at + 3] = b"xyz"
    seen: list[Contents] = []
    inventory = read_archive(Plain(bytes(archive)))
    report = verify_inventory(inventory, trust(), now=NOW, subject="package")
    seen.append(read_contents(inventory, files_max=9))
    inventory.close()
    assert (seen[0].certificates, seen[0].sender, report.limitations) == ((), "", None)
    assert "FAILED" in text_of(write_paper(report, seen[0], trust(), EXAMINED))


def test_every_limitation_in_words() -> None:
    from datetime import date

    everything = Limitations(
        cases=("A",), purposes=(Purpose.VICTIM_SUPPORT,), not_in_court=True, no_onward_transfer=True,
        share_with=("DE",), delete_by=date(2027, 1, 1), notify="Pune", reason="art. 9", owner="pune.example",
    )  # fmt: skip
    told = dict(in_words(everything))
    assert told["Purpose"] == "Only for victim support."
    assert told["Transfer"] == "Not to be given to anybody else but to DE without the owner's consent."
    assert set(told) == {"Speciality", "Purpose", "Court", "Transfer", "Deletion", "Notice", "Reason", "Owner"}
    assert [name for name, _ in in_words(Limitations(owner="pune.example"))] == ["Limits", "Owner"]


def test_scripts_without_a_font_are_told_by_number(package: bytes) -> None:
    """Whatever fonts there are: each character is shown, or its number is."""
    report, contents = examined(package, trust())
    rare = "𐕰𓀀ꡀ𑀓ᚠ😀中한あ𝔸"
    text = text_of(write_paper(report, contents, trust(), replace(EXAMINED, examiner=rare)))
    for letter in rare:
        assert letter in text or f"\\u{{{ord(letter):04X}}}" in text


def test_a_template_that_fails_is_an_error_of_ours() -> None:
    with pytest.raises(PaperError):
        set_report({}, b"{}", made_at=NOW)
