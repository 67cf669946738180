"""The custody that travels with a package: whether it holds, and whether the evidence is what it is about."""

from datetime import datetime

from comity.evidence.custody import check_extract, parse_extract
from comity.evidence.errors import EvidenceError
from comity.evidence.keys import note_keys, read_bundle
from comity.evidence.legible import counted
from comity.evidence.package import layout
from comity.evidence.package.exhibits import sought
from comity.evidence.package.inventory import Inventory
from comity.evidence.package.record import EvidenceHead
from comity.evidence.package.report import Findings
from comity.evidence.package.signer import Trust, follow

_OTHERS_SHOWN = 3


def check_custody(
    data: bytes, inventory: Inventory, found: Findings, head: EvidenceHead, trust: Trust, *, now: datetime
) -> None:
    try:
        extract = parse_extract(data)
        sender = inventory.tags[layout.SENDER].data
        followed = follow(sender, trust)
        identity = read_bundle(sender) if followed is None else followed.identity
        origin, *before = extract.logs
        witnesses = [key for one in trust.senders if one.name != identity.name for key in note_keys(one)]
        witnesses += [key for log in before for one in (identity, *trust.senders) for key in note_keys(one, log)]
        report = check_extract(extract, (*note_keys(identity, origin), *witnesses), now=now)
    except EvidenceError as error:
        found.fail("custody", error.problem)
        return
    for finding in report.findings:
        match finding.verdict.value:
            case "failed":
                found.fail("custody", finding.message)
            case "indeterminate":
                found.doubt("custody", finding.message)
            case _:
                found.note("custody", finding.message)
    missing = set(head.provenance.exhibits) - set(extract.items)
    if missing:
        found.fail("custody", f"it says nothing of {', '.join(sorted(missing))}")
    _check_exhibits(data, inventory, found, head)
    found.note("custody", f"{counted(report.entries_checked, 'entry', 'entries')} of {report.log}")


def _check_exhibits(data: bytes, inventory: Inventory, found: Findings, head: EvidenceHead) -> None:
    """Whether the evidence is the exhibits that its custody is about."""
    exhibits = sought(data, head.provenance.exhibits)
    known = set(exhibits.missing)
    for exhibit in head.provenance.exhibits:
        if exhibit not in known:
            found.note("custody", f"the log has no digest of {exhibit}: that this was made from it, no digest shows")
    others: list[bytes] = []
    other_count = 0
    for line in inventory.payload if exhibits.missing else ():
        sha256, sha512, _, path = line.split(b" ", 3)
        if not exhibits.see(bytes.fromhex(sha256.decode()), bytes.fromhex(sha512.decode())):
            other_count += 1
            others += [path.rstrip(b"\n")] if len(others) < _OTHERS_SHOWN else []
    if other_count and known - set(exhibits.missing):
        named = ", ".join(path.decode("utf-8", "backslashreplace") for path in others)
        named += ", …" if other_count > len(others) else ""
        which = f"{other_count:,} of {counted(inventory.file_count, 'file')}"
        found.note("custody", f"no entry has the digest of {which}: nothing shows who held these before ({named})")
    for exhibit in sorted(known - set(exhibits.missing)):
        found.note("custody", f"{exhibit}: a file here has the digest that the log has of it")
    for exhibit, digests in exhibits.missing.items():
        digest = min(digests, key=len).hex()
        if head.provenance.derived:
            derived = head.provenance.derived
            found.note(
                "custody", f"{exhibit} itself is not in it, and the sender says, unproven, how it was made: {derived}"
            )
        else:
            found.doubt(
                "custody",
                f"the log has {exhibit} with the digest {digest}, and no file here has that: nothing shows that this "
                f"is {exhibit}; ask the sender how it was made from it",
            )
