"""The owner's check of a holder's statement: who signed it, when, about which package, and what custody says."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from comity.evidence import timestamp
from comity.evidence.certpath import find_path, revocation
from comity.evidence.custody import Act, Entry, Extract, Party, Verdict, check_extract, parse_entry
from comity.evidence.custody.tree import leaf_hash
from comity.evidence.errors import EvidenceError, IdentityError
from comity.evidence.keys import note_keys
from comity.evidence.package import Check, Trust
from comity.evidence.package.certfiles import load_certificate
from comity.evidence.package.record import Record
from comity.evidence.package.report import overall
from comity.evidence.package.signer import stranger
from comity.evidence.package.when import Signed
from comity.evidence.recall.handed import check_copies, check_recipient, entries_of
from comity.evidence.recall.holder import Found, Holder, Rotation, check_holder, find_holder, rotations
from comity.evidence.recall.statement import Outcome, SignedStatement, Statement, signature_faults

TITLES = {
    "statement-signature": ("Statement is as it was signed", "RFC 5652"),
    "time-stamp": ("Time stamp over the signature", "RFC 3161"),
    "holder": ("Signed by the holder whom one knows", "RFC 5280"),
    "recipient": ("It was given to the one who states it", ""),
    "package": ("It is about the package that was given", "FIPS 180-4"),
    "times": ("Times fit together", ""),
    "custody": ("Holder's custody log has the act", "RFC 9162, C2SP tlog-checkpoint"),
    "copies": ("What was made from it is gone too", ""),
}
_ACTS = {Outcome.DESTROYED: Act.DESTROYED, Outcome.RETURNED: Act.RETURNED}
_CLOCK = timedelta(minutes=5)


class RecallReport(Record, frozen=True, kw_only=True):
    """What the owner knows of a statement."""

    verdict: Verdict
    statement: Statement
    signed_by: str
    rotations: tuple[Rotation, ...] = ()
    """From the holder's key that one knew to the one that signed, where that came later."""
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the owner has beside the statement; None: not at hand."""

    package_sha256: str | None = None
    """Of the package as it was given to the holder."""
    extract: Extract | None = None
    """The holder's custody of the package."""
    given_to: tuple[Party, ...] | None = None
    """To whom the owner's own custody says that it was given."""
    stamp: bytes | None = None
    identity: bytes | None = None
    """The holder's identity as it came with the statement: its keys may have been changed since one took it in."""


def check_statement(one: SignedStatement, trust: Trust, given: Given, *, now: datetime) -> RecallReport:
    """Every check by name; *indeterminate* where something is not at hand, or nobody vouches for the holder."""
    at, stamped = _stamp(one, trust, given, now=now)
    proven = [verdict for verdict, _ in stamped] == [Verdict.PASSED]
    when = Signed(at=at, proven=proven, claimed=one.signed.signing_time)
    holder, wrong = _find_holder(one, trust, given)
    found = {
        "statement-signature": [(Verdict.FAILED, fault) for fault in signature_faults(one)],
        "time-stamp": stamped,
        "holder": [*wrong, *check_holder(one, holder, trust, when)],
        "recipient": list(check_recipient(one.statement, given.given_to)),
        "package": list(_package(one.statement, given)),
        "times": list(_times(one, at=at)),
        "custody": list(_custody(one, holder, given, now=now)),
        "copies": list(_copies(one.statement, given)),
    }
    checks = tuple(_check(name, found[name]) for name in TITLES if found[name] or name != "copies")
    return RecallReport(
        verdict=overall(checks),
        statement=one.statement,
        signed_by=one.leaf.subject.rfc4514_string(),
        rotations=rotations(one, holder),
        checks=checks,
    )


def _find_holder(one: SignedStatement, trust: Trust, given: Given) -> tuple[Holder | None, list[tuple[Verdict, str]]]:
    """The holder whom one knows, and what is wrong with the identity that came."""
    name = one.statement.by.identity
    try:
        return find_holder(name, trust, given.identity), []
    except IdentityError as error:
        fault = (Verdict.FAILED, f"the identity that came with it {error.problem}")
        return find_holder(name, trust, None), [fault]


def _check(name: str, found: list[tuple[Verdict, str]]) -> Check:
    title, standard = TITLES[name]
    verdicts = [verdict for verdict, _ in found]
    verdict = next((one for one in (Verdict.FAILED, Verdict.INDETERMINATE) if one in verdicts), Verdict.PASSED)
    reasons = tuple(reason for told, reason in found if told is verdict)
    return Check(name=name, verdict=verdict, reasons=reasons, standard=standard, title=title)


def _stamp(
    one: SignedStatement, trust: Trust, given: Given, *, now: datetime
) -> tuple[datetime, list[tuple[Verdict, str]]]:
    """The time by which it was signed at the latest, and what the stamp is worth."""
    if given.stamp is None:
        return now, [(Verdict.INDETERMINATE, "there is none: when it was signed rests on the holder's clock")]
    try:
        stamp = timestamp.parse_token(timestamp.token_in(given.stamp))
        faults = stamp.faults(one.signature)
        leaf = stamp.signed.find_signer()
    except (EvidenceError, ValueError) as error:
        return now, [(Verdict.FAILED, f"it cannot be read: {error}")]
    if faults or leaf is None:
        return now, [(Verdict.FAILED, fault) for fault in faults]
    others = [held for data in stamp.signed.certificates if (held := load_certificate(data)) is not None]
    path = find_path(leaf, others, trust.stamp_roots, at=stamp.made_at, usage=timestamp.TIME_STAMPING)
    if not path.trusted:
        return now, [(Verdict.INDETERMINATE, stranger(path, "give the authority's root: --stamp-trust"))]
    wrong, _ = revocation(path.chain, trust.revocations, at=stamp.made_at, stamping=True)
    if path.faults or wrong:
        return now, [(Verdict.FAILED, fault) for fault in (*path.faults, *wrong)]
    return stamp.made_at, [(Verdict.PASSED, f"signed before {stamp.made_at.isoformat()}")]


def _package(statement: Statement, given: Given) -> Found:
    if given.package_sha256 is None:
        yield Verdict.INDETERMINATE, "your copy of the package was not given: --package"
    elif given.package_sha256 in [held.sha256 for held in statement.held if held.sha256]:
        yield Verdict.PASSED, f"{statement.package}, SHA-256 {given.package_sha256}"
    elif any(held.sha256 for held in statement.held):
        yield Verdict.FAILED, f"it names another package: yours has SHA-256 {given.package_sha256}"
    else:
        yield Verdict.INDETERMINATE, "the holder had it unpacked only: see signed_list_sha512 in the statement"


def _times(one: SignedStatement, *, at: datetime) -> Found:
    done, claimed = one.statement.done_at, one.signed.signing_time
    if claimed is None:
        yield Verdict.INDETERMINATE, "it does not say when it was signed"
    elif done > claimed + _CLOCK:
        yield Verdict.FAILED, f"it was signed at {claimed.isoformat()}, before it was done at {done.isoformat()}"
    if done > at + _CLOCK:
        yield Verdict.FAILED, f"it was done at {done.isoformat()}, which is after {at.isoformat()}"


def _custody(one: SignedStatement, holder: Holder | None, given: Given, *, now: datetime) -> Found:
    statement = one.statement
    if statement.outcome not in _ACTS:
        yield Verdict.PASSED, "a restriction is no act of custody"
        return
    if statement.custody is None:
        yield Verdict.INDETERMINATE, "the statement names no entry in the holder's log"
        return
    if given.extract is None:
        yield Verdict.INDETERMINATE, "the holder's custody of the package was not given: --custody"
        return
    keys = () if holder is None else note_keys(holder.newest, statement.custody.log)
    try:
        report = check_extract(given.extract, keys, now=now)
    except EvidenceError as error:
        yield Verdict.FAILED, error.problem
        return
    for finding in report.findings:
        yield finding.verdict, finding.message
    if report.log != statement.custody.log:
        yield Verdict.FAILED, f"it is of {report.log}, and the statement names {statement.custody.log}"
        return
    yield from _entry(statement, given.extract)


def _copies(statement: Statement, given: Given) -> Found:
    try:
        yield from check_copies(statement, given.extract)
    except EvidenceError as error:
        yield Verdict.FAILED, error.problem


def _entry(statement: Statement, extract: Extract) -> Found:
    assert statement.custody is not None
    number = statement.custody.number
    proven = next((held for held in extract.entries if held.number == number), None)
    if proven is None or leaf_hash(proven.entry.encode()).hex() != statement.custody.leaf_hash:
        yield Verdict.FAILED, f"entry {number} is not the one that the statement names"
        return
    try:
        entry: Entry = parse_entry(proven.entry.encode())
    except EvidenceError as error:
        yield Verdict.FAILED, error.problem
        return
    if entry.act is not _ACTS[statement.outcome] or statement.package not in [item.id for item in entry.items]:
        yield Verdict.FAILED, f"entry {number} says other things: {entry.act} of {entry.items[0].id}"
    of_it = [one.number for one in entries_of(extract) if statement.package in [item.id for item in one.items]]
    later = [other for other in of_it if other > number]
    if later:  # rules of custody allow none about what is gone; others would not be in an extract of it
        yield Verdict.FAILED, f"entries {', '.join(map(str, later))} come after it"
    yield Verdict.PASSED, f"entry {number} of {statement.custody.log}: {entry.act} at {entry.at.isoformat()}"
