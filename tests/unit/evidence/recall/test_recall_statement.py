"""A holder's statement: read, changed, signed by others, and judged by the owner."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from tests.samples.sealing import NOW, agency, certificate, stamper, trust

from comity.evidence import timestamp
from comity.evidence.cms_sign import sign_detached
from comity.evidence.custody import Act, Draft, Extract, Item, Party, Verdict, create_log, extract
from comity.evidence.custody import Authorisation as Order
from comity.evidence.errors import RecallError
from comity.evidence.keys import note_keys
from comity.evidence.limitation import Answer, Limitations, Purpose, Restriction, Use, may
from comity.evidence.package import Trust
from comity.evidence.recall import (
    CustodyPlace,
    Given,
    Held,
    Outcome,
    RecallReport,
    Statement,
    check_statement,
    encode_statement,
    read_restriction,
    read_statement,
)

HOLDER = Party(name="K. Weber", role="custodian", agency="Agency bonn.example", identity="bonn.example")
DIGEST = "ab" * 32
HELD = Held(name="p.age", kind="package", size_bytes=1, file_count=1, sha256=DIGEST, verdict=Verdict.PASSED)
LATER = NOW + timedelta(hours=1)


def statement(**changes: Any) -> Statement:
    values: dict[str, Any] = {
        "outcome": Outcome.DESTROYED,
        "package": "P-1",
        "case": "C",
        "recall": "R 1",
        "by": HOLDER,
        "done_at": NOW,
        "held": (
            Held(name="p.age", kind="package", size_bytes=1, file_count=1, sha256=DIGEST, verdict=Verdict.PASSED),
        ),
    }
    return Statement(**{**values, **changes})


def signature(data: bytes, *, by: str = "bonn.example", at: Any = NOW) -> bytes:
    signer = agency(by).signer
    return sign_detached(data, signer.key, signer.chain, signed_at=at)


def believed(**changes: Any) -> Trust:
    return trust(senders=(agency("bonn.example").identity.public,), **changes)


def judged(one: Statement, *, believe: Trust | None = None, given: Given | None = None, **how: Any) -> RecallReport:
    data = encode_statement(one)
    read = read_statement(data, signature(data, **how))
    return check_statement(read, believe or believed(), given or Given(package_sha256=DIGEST), now=LATER)


def verdicts(report: RecallReport) -> dict[str, str]:
    return {check.name: check.verdict.value for check in report.checks}


@pytest.fixture
def logged(tmp_path: Any) -> tuple[CustodyPlace, Extract]:
    """The holder's log of P-1: received, destroyed."""
    return destroyed(tmp_path / "log")


def destroyed(folder: Any, *, act: Act = Act.DESTROYED) -> tuple[CustodyPlace, Extract]:
    log = create_log(folder, origin="bonn.example/custody")
    shared: dict[str, Any] = {"by": HOLDER, "place": "Bonn", "reason": "r", "authorisation": Order(reference="R 1")}
    given_to = Party(name="A. Rao") if act is Act.RETURNED else None
    acts = [
        Draft(act=Act.RECEIVED, at=NOW, items=(Item(id="P-1"),), given_by=Party(name="A. Rao"), **shared),
        Draft(act=act, at=NOW, items=(Item(id="P-1"),), given_to=given_to, **shared),
    ]
    log.append(acts, recorded_at=NOW, random_bytes=bytes)
    unlocked = agency("bonn.example").unlocked
    log.sign(unlocked.note_signers(log.origin), at=NOW)
    value = extract(log, ["P-1"], keys=note_keys(unlocked.public, log.origin))
    place = CustodyPlace(log=log.origin, number=1, leaf_hash=log.leaf(1).hex())
    log.close()
    return place, value


def test_all_at_hand_it_passes(logged: tuple[CustodyPlace, Extract]) -> None:
    place, value = logged
    data = encode_statement(statement(custody=place))
    signed = signature(data)
    stamp = timestamp.take_token(stamper().at(NOW)(timestamp.ask(signed, nonce=1)), signed, nonce=1)
    given = Given(package_sha256=DIGEST, extract=value, stamp=stamp, given_to=(HOLDER,))
    report = check_statement(read_statement(data, signed), believed(), given, now=LATER)
    assert report.verdict is Verdict.PASSED, report
    assert set(verdicts(report).values()) == {"passed"}


def test_what_is_not_at_hand_cannot_be_told() -> None:
    report = judged(statement(), believe=Trust(), given=Given())
    assert report.verdict is Verdict.INDETERMINATE
    told = verdicts(report)
    assert told["statement-signature"] == told["times"] == "passed"
    assert {told[name] for name in ("time-stamp", "holder", "recipient", "package", "custody")} == {"indeterminate"}
    unpacked = statement(held=(Held(name="P-1", kind="folder", size_bytes=1, file_count=1, verdict=Verdict.PASSED),))
    assert verdicts(judged(unpacked))["package"] == "indeterminate"
    place = CustodyPlace(log="bonn.example/custody", number=1, leaf_hash="00" * 32)
    assert verdicts(judged(statement(custody=place)))["custody"] == "indeterminate"


def test_every_byte_counts() -> None:
    data = encode_statement(statement())
    signed = signature(data)
    for at in range(0, len(data), 3):
        altered = bytearray(data)
        altered[at] ^= 1
        try:
            one = read_statement(bytes(altered), signed)
        except RecallError:
            continue
        report = check_statement(one, believed(), Given(package_sha256=DIGEST), now=LATER)
        assert verdicts(report)["statement-signature"] == "failed"


def test_by_somebody_else() -> None:
    assert verdicts(judged(statement(), by="pune.example"))["holder"] == "failed"
    report = judged(statement(), believe=Trust(roots=tuple(agency("bonn.example").signer.chain)))
    assert verdicts(report)["holder"] == "passed"


def test_about_another_package() -> None:
    assert verdicts(judged(statement(), given=Given(package_sha256="cd" * 32)))["package"] == "failed"


@pytest.mark.parametrize(
    ("done", "signed", "verdict"),
    [
        (NOW, NOW, "passed"),
        (NOW + timedelta(minutes=10), NOW, "failed"),
        (LATER + timedelta(minutes=10), LATER + timedelta(minutes=10), "failed"),
    ],
)
def test_times(done: Any, signed: Any, verdict: str) -> None:
    assert verdicts(judged(statement(done_at=done), at=signed))["times"] == verdict


def test_custody_that_says_other_things(logged: tuple[CustodyPlace, Extract], tmp_path: Any) -> None:
    place, value = logged

    def told(one: Statement, extract: Extract = value) -> str:
        return verdicts(judged(one, given=Given(package_sha256=DIGEST, extract=extract)))["custody"]

    assert told(statement(custody=place)) == "passed"
    assert told(statement(custody=place, outcome=Outcome.RETURNED)) == "failed"
    assert told(statement(custody=place, package="P-2")) == "failed"
    assert told(statement(custody=msgspec.structs.replace(place, number=0))) == "failed"
    assert told(statement(custody=msgspec.structs.replace(place, log="x.example"))) == "failed"
    cut = msgspec.structs.replace(value, entries=value.entries[:1])
    assert told(statement(custody=place), cut) == "failed"
    assert told(statement(custody=place), msgspec.structs.replace(value, checkpoint="x")) == "failed"
    first = place.number - 1
    earlier = msgspec.structs.replace(place, number=first, leaf_hash=_leaf(value, first))
    assert told(statement(custody=earlier)) == "failed"
    other, returned = destroyed(tmp_path / "other", act=Act.RETURNED)
    assert told(statement(custody=other, outcome=Outcome.RETURNED), returned) == "passed"


def _leaf(value: Extract, number: int) -> str:
    from comity.evidence.custody.tree import leaf_hash

    return leaf_hash(value.entries[number].entry.encode()).hex()


def test_stamps_that_do_not_fit() -> None:
    data = encode_statement(statement())
    signed = signature(data)
    fits = timestamp.take_token(stamper().at(NOW)(timestamp.ask(signed, nonce=1)), signed, nonce=1)
    other = timestamp.take_token(stamper().at(NOW)(timestamp.ask(b"x", nonce=1)), b"x", nonce=1)
    early = NOW - timedelta(days=900)  # before the authority's certificate
    old = timestamp.take_token(stamper().at(early)(timestamp.ask(signed, nonce=1)), signed, nonce=1)
    one = read_statement(data, signed)
    for stamp, believe, verdict in (
        (fits, believed(), "passed"),
        (fits, believed(stamp_roots=()), "indeterminate"),
        (other, believed(), "failed"),
        (old, believed(), "failed"),
        (b"\x30\x00", believed(), "failed"),
    ):
        assert verdicts(check_statement(one, believe, Given(stamp=stamp), now=LATER))["time-stamp"] == verdict


def test_a_key_that_was_revoked() -> None:
    public = agency("bonn.example").identity.public
    keys = tuple(
        msgspec.structs.replace(key, revoked_at=NOW - timedelta(days=1), revocation_reason="keyCompromise")
        if key.use.value == "certificate"
        else key
        for key in public.keys
    )
    report = judged(statement(), believe=trust(senders=(msgspec.structs.replace(public, keys=keys),)))
    assert verdicts(report)["holder"] == "failed"


def test_a_certificate_that_had_ended() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    ended = certificate("Old", key, ends=NOW - timedelta(days=1))
    data = encode_statement(statement())
    one = read_statement(data, sign_detached(data, key, [ended], signed_at=NOW))
    assert verdicts(check_statement(one, Trust(roots=(ended,)), Given(), now=LATER))["holder"] == "failed"
    leaf = certificate("Leaf", key, issuer=(certificate("CA", key, ca=True), key))
    one = read_statement(data, sign_detached(data, key, [leaf], signed_at=NOW))
    roots = (certificate("CA", key, ca=True),)
    assert verdicts(check_statement(one, Trust(roots=roots), Given(), now=LATER))["holder"] == "indeterminate"


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[" * 100_000, encode_statement(statement()) + b"\n"])
def test_what_is_no_statement(data: bytes) -> None:
    with pytest.raises(RecallError):
        read_statement(data, signature(data))


def test_signatures_that_are_none() -> None:
    data = encode_statement(statement())
    for wrong in (b"", b"\x30\x00", b"x" * 100):
        with pytest.raises(RecallError):
            read_statement(data, wrong)


def test_a_restriction_is_heeded() -> None:
    promise = Restriction(since=NOW.date(), purposes=(Purpose.COURT,), reference="R 1")
    data = encode_statement(statement(outcome=Outcome.RESTRICTED, restriction=promise))
    assert read_restriction(data, signature(data), package="P-1") == promise
    for package, sign in (("P-2", data), ("P-1", data + b" ")):
        with pytest.raises(RecallError):
            read_restriction(data, signature(sign), package=package)
    plain = encode_statement(statement())
    with pytest.raises(RecallError, match="no restriction"):
        read_restriction(plain, signature(plain), package="P-1")
    use = Use(purpose=Purpose.INVESTIGATION, on=NOW.date())
    assert may(use, Limitations(), (), (promise,)).answer is Answer.FORBIDDEN
    court = msgspec.structs.replace(use, purpose=Purpose.COURT)
    assert may(court, Limitations(), (), (promise,)).answer is Answer.ALLOWED
    before = msgspec.structs.replace(use, on=NOW.date() - timedelta(days=1))
    assert may(before, Limitations(), (), (promise,)).answer is Answer.ALLOWED
    ended = msgspec.structs.replace(promise, until=NOW.date() - timedelta(days=1), reference="")
    assert may(use, Limitations(), (), (ended,)).answer is Answer.ALLOWED
    report = judged(statement(outcome=Outcome.RESTRICTED, restriction=promise))
    assert verdicts(report)["custody"] == "passed"


def test_whoever_never_had_it_cannot_state_that_it_is_gone() -> None:
    """One whom the owner trusts for something else signs, and the owner's custody says to whom it was given."""
    other = Party(name="J. Doe", agency="FBI", identity="fbi.example")
    same_office = Party(name="somebody else there", agency="BKA", identity="bonn.example")
    same_name = Party(name=HOLDER.name, agency=HOLDER.agency)
    for parties, verdict in (((other,), "failed"), ((other, same_office), "passed"), ((same_name,), "passed")):
        given = Given(package_sha256=DIGEST, given_to=parties)
        assert verdicts(judged(statement(), given=given))["recipient"] == verdict
    for nothing in (None, ()):
        given = Given(package_sha256=DIGEST, given_to=nothing)
        assert verdicts(judged(statement(), given=given))["recipient"] == "indeterminate"


def test_a_copy_that_is_still_there(tmp_path: Any) -> None:
    """The holder's own log shows that it was sealed again and given on; later entries about that are no fault."""
    log = create_log(tmp_path / "log", origin="bonn.example/custody")
    shared: dict[str, Any] = {"by": HOLDER, "place": "Bonn", "reason": "r", "authorisation": Order(reference="R 1")}
    to = Party(name="J. Doe", agency="FBI")
    acts = [
        Draft(act=Act.RECEIVED, at=NOW, items=(Item(id="P-1"),), given_by=Party(name="A. Rao"), **shared),
        Draft(act=Act.COPIED, at=NOW, items=(Item(id="B-7", source="P-1"),), **shared),
        Draft(act=Act.DESTROYED, at=NOW, items=(Item(id="P-1"),), **shared),
        Draft(act=Act.TRANSFERRED, at=NOW, items=(Item(id="B-7"),), given_to=to, **shared),
    ]
    log.append(acts, recorded_at=NOW, random_bytes=bytes)
    unlocked = agency("bonn.example").unlocked
    log.sign(unlocked.note_signers(log.origin), at=NOW)
    value = extract(log, ["P-1", "B-7"], keys=note_keys(unlocked.public, log.origin))
    one = statement(custody=CustodyPlace(log=log.origin, number=2, leaf_hash=log.leaf(2).hex()))
    log.close()
    report = judged(one, given=Given(package_sha256=DIGEST, extract=value))
    told = verdicts(report)
    assert (told["custody"], told["copies"]) == ("passed", "indeterminate")
    (why,) = next(check.reasons for check in report.checks if check.name == "copies")
    assert why == "B-7, made from it, is not gone: entry 3 says transferred to J. Doe (FBI)"


def test_a_key_that_was_revoked_later_and_no_stamp() -> None:
    """Whether it was signed before, nothing shows: a good statement is not failed for that."""
    public = agency("bonn.example").identity.public
    keys = tuple(msgspec.structs.replace(key, revoked_at=LATER, revocation_reason="superseded") for key in public.keys)
    report = judged(statement(), believe=trust(senders=(msgspec.structs.replace(public, keys=keys),)))
    assert verdicts(report)["holder"] == "indeterminate"
