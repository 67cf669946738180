"""What a verification says in words: the headline, and what it takes notice of."""

from pathlib import Path

from tests.samples.sealing import NOW, Plain, evidence, order, plain_archive, replaced, sealed, trust, verified

from comity.evidence.custody import Verdict
from comity.evidence.package.contents import read_contents
from comity.evidence.package.headline import headline
from comity.evidence.package.inventory import read_archive
from comity.evidence.package.report import PackageReport
from comity.evidence.package.verify import verify_inventory


def made(folder: Path, **changes: object) -> bytes:
    return plain_archive(sealed(folder, [evidence(folder / "in")], **changes).path)  # type: ignore[arg-type]


def test_one_whom_nobody_knows_is_not_said_to_be_right(tmp_path: Path) -> None:
    data = made(tmp_path)
    assert "as its sender sealed it" in headline(verified(data))
    stranger = verified(data, believed=trust(senders=()))
    assert stranger.verdict is Verdict.INDETERMINATE
    assert "not shown whose this evidence is" in headline(stranger)
    unstamped = verified(made(tmp_path / "other", stamped=False))
    assert headline(unstamped).startswith("Nothing is wrong with this evidence")


def test_what_was_damaged_before_it_was_sealed_is_said_first() -> None:
    report = verified_with_reason("inner-hashes", "x.E01: MD5 of the media: … (the sender said so when it was sealed)")
    assert "evidence in it is damaged" in headline(report)


def verified_with_reason(name: str, reason: str) -> PackageReport:
    from comity.evidence.package.report import Findings, overall

    found = Findings()
    found.doubt(name, reason)
    checks = found.checks()
    return PackageReport(
        subject="p", verdict=overall(checks), verified_at=NOW, checks=checks, head=None, limitations=None, file_count=1,
        payload_bytes=1, signed_by="", signed_at=None, stamped_at=None,
    )  # fmt: skip


def test_what_was_not_reached_is_not_told_as_if_it_were(tmp_path: Path) -> None:
    """Of a package that breaks off, neither is a check passed that was not made, nor a key shown that was not read."""
    data = made(tmp_path)
    inventory = read_archive(Plain(data[: len(data) // 8]))
    report = verify_inventory(inventory, trust(), now=NOW, subject="p")
    contents = read_contents(inventory, files_max=10)
    inventory.close()
    assert report.verdict is Verdict.FAILED
    assert "bag" not in [check.name for check in report.checks if check.verdict is Verdict.PASSED]
    (notice,) = report.notices
    assert all(name in notice for name in ("not made", "signature", "custody", "use-limitations"))
    assert contents.pq_key_sha256 == ""


def test_another_agency_than_that_of_the_keys_is_doubted(tmp_path: Path) -> None:
    sender = replaced(order().sender, agency="Cyber Cell, Pune")
    check = verified(made(tmp_path, sender=sender)).named("sender")
    assert check.verdict is Verdict.INDETERMINATE
    assert "Cyber Cell, Pune" in check.reasons[0]
    assert "Agency pune.example" in check.reasons[0]
    assert verified(made(tmp_path / "b")).named("sender").verdict is Verdict.PASSED
