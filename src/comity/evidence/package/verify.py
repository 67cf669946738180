"""Verifying: every check by name, over a package file, or over the folder that it was unpacked to."""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import msgspec

from comity.evidence.age import Identity, open_age
from comity.evidence.errors import AgeError, LimitationError, NoIdentityError
from comity.evidence.limitation import Limitations
from comity.evidence.package import layout
from comity.evidence.package.bag import manifest_line
from comity.evidence.package.compare import compare_manifest, read_evidence
from comity.evidence.package.custodyin import check_custody
from comity.evidence.package.direct import fast
from comity.evidence.package.filetimes import other_times
from comity.evidence.package.folder import read_folder
from comity.evidence.package.inner import Reopen, check_inner, in_archive, in_folder
from comity.evidence.package.inventory import Inventory, read_archive
from comity.evidence.package.names import path_faults
from comity.evidence.package.pipeline import Progress
from comity.evidence.package.record import EvidenceHead
from comity.evidence.package.report import TITLES, Check, Findings, PackageReport, overall
from comity.evidence.package.saidby import check_said
from comity.evidence.package.seals import Seals, check_seals
from comity.evidence.package.signer import Trust
from comity.evidence.package.signing import signed_text
from comity.evidence.policy import read_policy

DESCRIPTION_BYTES_MAX = 64 << 20
_PROBLEMS_MAX = 1_000
See = Callable[[Inventory, PackageReport], None]
"""Who is shown what was read, while it is there."""


def verify_file(
    source: BinaryIO,
    identities: Iterable[Identity],
    trust: Trust,
    *,
    now: datetime,
    subject: str,
    late_stamp: bytes | None = None,
    see: See | None = None,
    progress: Progress | None = None,
) -> PackageReport:
    """Check a package file; `see` is shown what was read, after the checks.

    NoIdentityError where no identity opens it: nothing can be said then.
    """
    identities = tuple(identities)
    with fast(source) as quick:
        try:
            plain = open_age(quick, identities)
        except NoIdentityError:
            raise
        except AgeError as error:
            found, nothing = Findings(), Inventory()
            found.fail("encryption", error.problem)
            nothing.close()
            return _report(nothing, found, Seals(), (None, None), now=now, subject=subject)
        inventory = read_archive(plain, progress=progress)
    try:
        again = in_archive(source, identities, inventory)
        return _verified(inventory, trust, now=now, subject=subject, late_stamp=late_stamp, see=see, reopen=again)
    finally:
        inventory.close()


def verify_folder(
    folder: Path, trust: Trust, *, now: datetime, late_stamp: bytes | None = None, see: See | None = None
) -> PackageReport:
    """Check an unpacked package; `see` as above."""
    inventory = read_folder(folder)
    try:
        again = in_folder(folder, inventory)
        report = _verified(inventory, trust, now=now, subject=str(folder), late_stamp=late_stamp, see=see, reopen=again)
        said = other_times(folder, inventory)
        return msgspec.structs.replace(report, notices=(*report.notices, said)) if said else report
    finally:
        inventory.close()


def _verified(
    inventory: Inventory,
    trust: Trust,
    *,
    now: datetime,
    subject: str,
    late_stamp: bytes | None,
    see: See | None,
    reopen: Reopen,
) -> PackageReport:
    report = verify_inventory(inventory, trust, now=now, subject=subject, late_stamp=late_stamp, reopen=reopen)
    if see is not None:
        see(inventory, report)
    return report


def verify_inventory(
    inventory: Inventory,
    trust: Trust,
    *,
    now: datetime,
    subject: str,
    late_stamp: bytes | None = None,
    reopen: Reopen | None = None,
) -> PackageReport:
    """Check what was found; with `reopen`, also the hashes that the evidence holds of itself."""
    found = Findings()
    for name in ("encryption", "archive") if inventory.sealed is not None else ():
        found.note(name)
    for name, problems in inventory.faults.items():
        for problem in problems:
            found.fail(name, problem)
    head, limitations, seals, by = None, None, Seals(), ("", "")
    if _check_bag(inventory, found):
        _check_lists(inventory, found)
        head = _check_evidence(inventory, found)
        limitations = _check_rest(inventory, found, head, trust, now=now)
        check_inner(inventory, found, reopen)
        seals = check_seals(inventory, found, trust, now=now, late_stamp=late_stamp, head=head)
        by = ("", "") if head is None else check_said(head, inventory, found, trust)
    return _report(inventory, found, seals, (head, limitations), now=now, subject=subject, by=by)


def _report(
    inventory: Inventory,
    found: Findings,
    seals: Seals,
    said: tuple[EvidenceHead | None, Limitations | None],
    *,
    now: datetime,
    subject: str,
    by: tuple[str, str] = ("", ""),
) -> PackageReport:
    checks, (head, limitations) = found.checks(), said
    return PackageReport(
        subject=subject,
        verdict=overall(checks),
        verified_at=now,
        checks=checks,
        head=head,
        limitations=limitations,
        file_count=inventory.file_count,
        payload_bytes=inventory.payload_bytes,
        signed_by=seals.signed_by,
        signed_at=seals.signed_at,
        stamped_at=seals.stamped_at,
        sealed_as=by[0],
        signed_list_sha512=inventory.tags[layout.SIGNED].sha512.hex() if layout.SIGNED in inventory.tags else "",
        notices=(*_notices(head, inventory, checks, now), *([by[1]] if by[1] else [])),
    )


def _check_bag(inventory: Inventory, found: Findings) -> bool:
    """True where all files are there that the other checks need."""
    tags = inventory.tags
    for name in sorted(set(tags) - layout.TAGS - layout.UNLISTED):
        found.fail("completeness", f"{name} is there, and does not belong to a package")
    needed = (*layout.REQUIRED_TAGS, *layout.TAIL)
    missing = [name for name in needed if name not in tags]
    if missing and inventory.whole:
        found.fail("completeness", f"missing: {', '.join(missing)}")
    if layout.BAGIT in tags and tags[layout.BAGIT].data != layout.BAGIT_TEXT:
        found.fail("bag", "bagit.txt does not say BagIt 1.0 in UTF-8")
    if not inventory.file_count and inventory.whole:
        found.fail("bag", "there is no evidence in it")
    if inventory.whole:
        found.note("bag")
        found.note("completeness")
    return not missing


def _check_lists(inventory: Inventory, found: Findings) -> None:
    for name, algorithm in ((layout.MANIFEST_SHA256, "sha256"), (layout.MANIFEST_SHA512, "sha512")):
        found.note(f"payload-{algorithm}")
        for number, (check, problem) in enumerate(compare_manifest(inventory, name, algorithm)):
            if number < _PROBLEMS_MAX:
                found.fail(check, problem)
    named = {name: tag for name, tag in inventory.tags.items() if name not in layout.UNLISTED}
    for name, algorithm in ((layout.TAGS_SHA256, "sha256"), (layout.TAGS_SHA512, "sha512")):
        digests = {path: getattr(tag, algorithm) for path, tag in named.items()}
        found.note(f"tags-{algorithm}")
        _check_tags(inventory.tags[name].data, digests, found, name=name, check=f"tags-{algorithm}")
    expected = signed_text(inventory.tags[layout.TAGS_SHA256].data, inventory.tags[layout.TAGS_SHA512].data)
    if inventory.tags[layout.SIGNED].data != expected:
        found.fail("signed-list", "it does not name the tag manifests that are there")
    found.note("signed-list")


def _check_tags(data: bytes, digests: dict[str, bytes], found: Findings, *, name: str, check: str) -> None:
    if data == b"".join(manifest_line(digest, path) for path, digest in sorted(digests.items())):
        return
    listed: dict[str, str] = {}
    for line in data.decode("utf-8", "backslashreplace").splitlines():
        digest, _, path = line.partition("  ")
        if path in listed:
            found.fail("completeness", f"{path} is listed twice in {name}")
        listed[path] = digest
    for path in sorted(set(listed) | set(digests)):
        if path not in digests:
            found.fail("completeness", f"{path} is listed in {name}, and is not there")
        elif path not in listed:
            found.fail("completeness", f"{path} is there, and is not listed in {name}")
        elif listed[path] != digests[path].hex():
            found.fail(check, f"{path} was altered")
    found.fail(check, f"{name} does not list what is there as it is written")


def _check_evidence(inventory: Inventory, found: Findings) -> EvidenceHead | None:
    name = "evidence-manifest"
    head, problems = read_evidence(inventory)
    for check, problem in islice(problems, _PROBLEMS_MAX):
        found.fail(check, problem)
    if head is not None and inventory.sealed is not None:
        if head.package != inventory.top:
            found.fail(name, f"it is of package {head.package!r}, and this is {inventory.top!r}")
        if int(head.sealed_at.timestamp()) != inventory.sealed:
            found.fail(name, "the archive has another time than it was sealed at")
    _check_empty_folders(inventory, found, head)
    found.note(name)
    return head


def _check_empty_folders(inventory: Inventory, found: Findings, head: EvidenceHead | None) -> None:
    """A folder's name can tell something too: one that is empty is in no list of digests, only in the manifest."""
    sealed = set(head.empty_folders) if head is not None else set()
    for path in sorted(sealed):
        if not path.startswith(layout.DATA) or path_faults(path):
            found.fail("evidence-manifest", f"{path!r} cannot be the name of an empty folder in it")
    if inventory.sealed is None:
        for path in sorted(sealed - set(inventory.empty_folders))[:_PROBLEMS_MAX]:
            found.note("completeness", f"{path!r} was sealed as an empty folder, and none is there: tar makes none")
    for path in inventory.empty_folders:
        if path not in sealed:
            found.fail("completeness", f"{path!r} is an empty folder that was not sealed")


def _check_rest(
    inventory: Inventory, found: Findings, head: EvidenceHead | None, trust: Trust, *, now: datetime
) -> Limitations | None:
    """Check description, limitations and custody; the limitations."""
    spool = inventory.tags[layout.DESCRIPTION].spool
    if spool is not None and spool.size_bytes <= DESCRIPTION_BYTES_MAX:
        spool.rewind()
        try:
            msgspec.json.decode(spool.file.read(), type=msgspec.Raw)
        except msgspec.DecodeError as error:
            found.fail("description", f"it cannot be read: {error}")
        found.note("description")
    if head is None:
        return None
    custody = inventory.tags.get(layout.CUSTODY)
    if custody is not None:
        check_custody(custody.data, inventory, found, head, trust, now=now)
    found.note("use-limitations")
    try:
        return read_policy(inventory.tags[layout.LIMITATIONS].data, package=head.package, case=head.case)
    except LimitationError as error:
        found.fail("use-limitations", error.problem)
        return None


def _notices(
    head: EvidenceHead | None, inventory: Inventory, checks: tuple[Check, ...], now: datetime
) -> Iterable[str]:
    if head is None:
        made = {check.name for check in checks}
        left = ", ".join(one for one in TITLES if one not in made)
        yield f"checks that were not made, for reading did not come so far: {left}"
        return
    if head.provenance.derived:
        yield f"it is not the exhibits themselves, but made from them, as the sender says: {head.provenance.derived}"
    if head.end_of_access_on is not None and now.date() >= head.end_of_access_on:
        yield f"access ended on {head.end_of_access_on}: it may no longer be read"
    for one in head.left_out[:20]:
        yield f"left out when it was sealed: {one.path} ({one.kind})"
    if layout.CUSTODY not in inventory.tags:
        yield "no custody travels with it"
