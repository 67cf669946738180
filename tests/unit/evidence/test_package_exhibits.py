"""Whether what lies in a package is the exhibit that its custody is about."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from tests.samples.sealing import NOW, Plain, agency, evidence, plain_archive, sealed, trust

from comity.evidence.custody import Act, Authorisation, Draft, Item, Party, create_log, encode_extract, extract
from comity.evidence.errors import PackageError
from comity.evidence.keys import note_keys
from comity.evidence.package import Check, Provenance
from comity.evidence.package.custodyin import check_custody
from comity.evidence.package.inventory import payload_line, read_archive
from comity.evidence.package.report import Findings
from comity.evidence.package.spool import Spool
from comity.evidence.package.verify import verify_inventory


def custody(folder: Path, image: bytes) -> bytes:
    """Of EX-1, with the digest of an image, and of EX-2, a thing."""
    log = create_log(folder / "log", origin="pune.example/custody")
    draft = Draft(
        act=Act.COLLECTED,
        at=NOW,
        by=Party(name="A. Rao", role="officer", agency="Agency pune.example", identity="pune.example"),
        items=(Item(id="EX-1", sha256=hashlib.sha256(image).hexdigest(), size_bytes=len(image)), Item(id="EX-2")),
        place="Pune",
        reason="search",
        authorisation=Authorisation(reference="W 12"),
    )
    log.append([draft], recorded_at=NOW, random_bytes=bytes)
    own = agency("pune.example").unlocked
    log.sign(own.note_signers(log.origin), at=NOW)
    data = encode_extract(extract(log, ["EX-1", "EX-2"], keys=note_keys(own.public, log.origin)))
    log.close()
    return data


def exhibits(**changes: Any) -> Provenance:
    return Provenance(exhibits=("EX-1", "EX-2"), **changes)


def judged(package: Path, *, without: str = "") -> Check:
    """The check of custody; `without` a file, as a sender's own program may have sealed it."""
    inventory = read_archive(Plain(plain_archive(package)))
    try:
        if not without:
            return verify_inventory(inventory, trust(), now=NOW, subject="p").named("custody")
        lines = list(inventory.payload)
        inventory.payload.close()
        inventory.payload = Spool()
        for line in lines:
            if without.encode() not in line:
                inventory.payload.write(line)
        inventory.payload.write(payload_line(without, 4, hashlib.sha256(b"fake").digest(), b"x" * 64))
        head = verify_inventory(inventory, trust(), now=NOW, subject="p").head
        assert head is not None
        found = Findings()
        check_custody(inventory.tags["metadata/custody.json"].data, inventory, found, head, trust(), now=NOW)
        return next(one for one in found.checks() if one.name == "custody")
    finally:
        inventory.close()


def test_the_exhibit_itself(tmp_path: Path) -> None:
    phone = evidence(tmp_path / "in")
    data = custody(tmp_path, (phone / "image.bin").read_bytes())
    made = sealed(tmp_path, [phone], custody=data, provenance=exhibits())
    check = judged(made.path)
    assert check.verdict.value == "passed"
    assert "EX-1: a file here has the digest that the log has of it" in check.reasons
    assert any("no digest of EX-2" in reason for reason in check.reasons)
    assert any("nothing shows who held these before" in reason for reason in check.reasons), "of the other files"
    swapped = judged(made.path, without="data/phone/image.bin")
    assert (swapped.verdict.value, "nothing shows that this is EX-1" in swapped.reasons[0]) == ("indeterminate", True)


def test_something_else_is_sealed_only_with_a_word(tmp_path: Path) -> None:
    phone = evidence(tmp_path / "in")
    data = custody(tmp_path, b"another image")
    with pytest.raises(PackageError, match="exhibit EX-1: is not in what was to be sealed"):
        sealed(tmp_path, [phone], custody=data, provenance=exhibits())
    assert not (tmp_path / "package.age").exists()
    made = sealed(tmp_path, [phone], custody=data, provenance=exhibits(derived="chats only"))
    check = judged(made.path)
    assert check.verdict.value == "passed"
    assert any("EX-1 itself is not in it" in reason and "unproven" in reason for reason in check.reasons)
