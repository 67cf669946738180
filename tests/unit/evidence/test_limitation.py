"""What may be done with evidence: each rule alone, consent, and the policy that is written and read."""

import os
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st
from tests.samples.sealing import NOW, PASSPHRASE, agency, certificate, replaced

from comity.evidence import der
from comity.evidence.cms_sign import sign_detached
from comity.evidence.errors import LimitationError
from comity.evidence.grant import Asked, encode_grant, read_grant
from comity.evidence.keys import PublicIdentity, Unlocked, create_identity, rotate
from comity.evidence.keys.identity import KeyUse
from comity.evidence.limitation import Answer, Grant, Limitations, Purpose, Use, last_day, may
from comity.evidence.policy import POLICY_BYTES_MAX, read_policy, write_policy

ON = date(2026, 11, 25)
DAY = timedelta(days=1)


def use(**changes: Any) -> Use:
    return Use(**{"purpose": Purpose.INVESTIGATION, "on": ON, "case": "A", **changes})


def grant(**changes: Any) -> Grant:
    return Grant(**{"package": "P", "granted_by": "owner", "granted_on": ON, **changes})


RULES: tuple[tuple[Limitations, dict[str, Any], str, Answer], ...] = (
    (Limitations(), {}, "unlimited", Answer.ALLOWED),
    (Limitations(cases=("A",)), {}, "cases", Answer.ALLOWED),
    (Limitations(cases=("B",)), {}, "cases", Answer.FORBIDDEN),
    (Limitations(cases=("B",)), {"case": ""}, "cases", Answer.FORBIDDEN),
    (Limitations(purposes=(Purpose.COURT,)), {}, "purposes", Answer.FORBIDDEN),
    (Limitations(purposes=(Purpose.COURT,)), {"purpose": Purpose.COURT}, "purposes", Answer.ALLOWED),
    (Limitations(not_in_court=True), {}, "none", Answer.ALLOWED),
    (Limitations(not_in_court=True), {"purpose": Purpose.COURT}, "not_in_court", Answer.FORBIDDEN),
    (Limitations(no_onward_transfer=True), {}, "none", Answer.ALLOWED),
    (Limitations(no_onward_transfer=True), {"share_with": "FR"}, "no_onward_transfer", Answer.FORBIDDEN),
    (
        Limitations(no_onward_transfer=True, share_with=("DE", "Police  judiciaire")),
        {"share_with": "de"},
        "no_onward_transfer",
        Answer.ALLOWED,
    ),
    (
        Limitations(no_onward_transfer=True, share_with=("DE", "Police  judiciaire")),
        {"share_with": "police Judiciaire"},
        "no_onward_transfer",
        Answer.ALLOWED,
    ),
    (
        Limitations(no_onward_transfer=True, share_with=("FR",)),
        {"share_with": "FR"},
        "no_onward_transfer",
        Answer.ALLOWED,
    ),
    (Limitations(delete_by=ON), {}, "delete_by", Answer.ALLOWED),
    (Limitations(delete_by=date(2026, 11, 24)), {}, "delete_by", Answer.FORBIDDEN),
)


@pytest.mark.parametrize(("limits", "changes", "rule", "answer"), RULES)
def test_each_rule(limits: Limitations, changes: dict[str, Any], rule: str, answer: Answer) -> None:
    decision = may(use(**changes), limits)
    assert decision.answer is answer
    assert [(one.rule, one.answer) for one in decision.rulings] == [(rule, answer)]
    assert decision.rulings[0].why


CONSENTS: tuple[tuple[Limitations, dict[str, Any], dict[str, Any]], ...] = (
    (Limitations(cases=("B",)), {}, {"cases": ("A",)}),
    (Limitations(purposes=(Purpose.COURT,)), {}, {"purposes": (Purpose.INVESTIGATION,)}),
    (Limitations(not_in_court=True), {"purpose": Purpose.COURT}, {"in_court": True}),
    (Limitations(no_onward_transfer=True), {"share_with": "FR"}, {"share_with": ("FR",)}),
    (Limitations(delete_by=date(2026, 1, 1)), {}, {"delete_by": date(2027, 1, 1)}),
)


@pytest.mark.parametrize(("limits", "changes", "consent"), CONSENTS)
def test_consent_extends(limits: Limitations, changes: dict[str, Any], consent: dict[str, Any]) -> None:
    assert may(use(**changes), limits).answer is Answer.FORBIDDEN
    assert may(use(**changes), limits, (grant(**consent),)).answer is Answer.ALLOWED
    for late in (grant(**consent, ends_on=date(2026, 11, 24)), grant(**{**consent, "granted_on": date(2026, 11, 26)})):
        assert may(use(**changes), limits, (late,)).answer is Answer.FORBIDDEN


def test_duties_only_where_it_is_allowed() -> None:
    limits = Limitations(notify="owner@pune.example", delete_by=ON, cases=("A",))
    assert may(use(), limits).duties == ("tell owner@pune.example of this use", "delete it by 2026-11-25")
    assert not may(use(case="B"), limits).duties


LIMITATIONS = st.builds(
    Limitations,
    cases=st.lists(st.text(max_size=5), max_size=2).map(tuple),
    purposes=st.lists(st.sampled_from(Purpose), max_size=2).map(tuple),
    not_in_court=st.booleans(),
    no_onward_transfer=st.booleans(),
    share_with=st.lists(st.text(max_size=5), max_size=2).map(tuple),
    delete_by=st.none() | st.dates(),
    notify=st.text(max_size=5),
    reason=st.text(max_size=5),
    owner=st.text(max_size=5),
)


@given(LIMITATIONS)
def test_the_policy_is_read_as_it_was_written(limits: Limitations) -> None:
    data = write_policy(limits, package="P", case="C")
    assert read_policy(data, package="P", case="C") == limits


def test_a_policy_that_says_two_things_is_refused() -> None:
    data = write_policy(Limitations(no_onward_transfer=True), package="P", case="C")
    policy = msgspec.json.decode(data)
    del policy["prohibition"]
    for bad in (msgspec.json.encode(policy), b"{}", b"[]", b"\xff", data + b" ", bytes(POLICY_BYTES_MAX + 1)):
        with pytest.raises(LimitationError):
            read_policy(bad, package="P", case="C")
    with pytest.raises(LimitationError):
        read_policy(data, package="other", case="C")


def signed(data: bytes) -> bytes:
    owner = agency("pune.example").unlocked
    return sign_detached(data, owner.certificate_key(), owner.certificate_chain(), signed_at=NOW)


def test_a_consent_that_ends_keeps_nothing_beyond_its_last_day() -> None:
    limits = Limitations(delete_by=ON)
    held = grant(delete_by=ON + 90 * DAY, ends_on=ON + 30 * DAY)
    assert may(use(on=ON + 30 * DAY), limits, (held,)).duties == (f"delete it by {ON + 30 * DAY}",)
    assert may(use(on=ON + 31 * DAY), limits, (held,)).answer is Answer.FORBIDDEN
    assert last_day(limits, [held]) == ON + 30 * DAY
    assert last_day(limits, [grant(delete_by=ON + 9 * DAY, ends_on=ON + 30 * DAY)]) == ON + 9 * DAY


def asked(owners: Any, **changes: Any) -> Asked:
    values = {"package": "P", "signed_list_sha512": "a" * 128, "sealed_by_owner": True}
    return Asked(**{**values, "owners": owners, **changes})


def test_a_consent_is_for_one_package_alone() -> None:
    """Another has another seal, though it bears the id; whoever sealed it again chose the id itself."""
    owners = [agency("pune.example").unlocked.certificate_chain()[0]]
    bound, bare = (encode_grant(grant(**more)) for more in ({"signed_list_sha512": "a" * 128}, {}))
    for sealed_by_owner in (True, False):
        read_grant(bound, signed(bound), asked(owners, sealed_by_owner=sealed_by_owner), now=NOW)
        other = asked(owners, signed_list_sha512="b" * 128, sealed_by_owner=sealed_by_owner)
        with pytest.raises(LimitationError, match="is for another package of the id 'P'"):
            read_grant(bound, signed(bound), other, now=NOW)
    with pytest.raises(LimitationError, match=r"by an id alone.*--seal aaa"):
        read_grant(bare, signed(bare), asked(owners, sealed_by_owner=False), now=NOW)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_certificate_on_a_list_consents_to_nothing(days: int) -> None:
    """Whenever it was revoked: only its own clock says when the consent was signed."""
    key, root_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = certificate("Root", root_key, ca=True)
    leaf = certificate("A. Rao", key, issuer=(root, root_key))
    data = encode_grant(grant())
    signature = sign_detached(data, key, [leaf, root], signed_at=NOW)
    assert read_grant(data, signature, asked([leaf]), now=NOW) == grant()
    entry = x509.RevokedCertificateBuilder().serial_number(leaf.serial_number).revocation_date(NOW + days * DAY)
    builder = x509.CertificateRevocationListBuilder().issuer_name(root.subject).last_update(NOW)
    held = builder.next_update(NOW + 900 * DAY).add_revoked_certificate(entry.build()).sign(root_key, SHA256())
    with pytest.raises(LimitationError, match="was revoked"):
        read_grant(data, signature, asked([leaf], roots=(root,), revocations=(held,)), now=NOW)


def test_a_consent_that_the_owner_signed() -> None:
    owners = [agency("pune.example").unlocked.certificate_chain()[0]]
    data = encode_grant(grant())
    assert read_grant(data, signed(data), asked(owners), now=NOW) == grant()


def test_consents_that_do_not_count() -> None:
    owners = [agency("pune.example").unlocked.certificate_chain()[0]]
    data = encode_grant(grant())
    with pytest.raises(LimitationError, match="does not hold"):
        read_grant(data.replace(b"owner", b"other"), signed(data), asked(owners), now=NOW)
    with pytest.raises(LimitationError, match="not signed by the owner"):
        read_grant(data, signed(data), asked([]), now=NOW)
    with pytest.raises(LimitationError, match="is for package"):
        read_grant(data, signed(data), asked(owners, package="Q"), now=NOW)
    for bad in (b"{", b"{}"):
        with pytest.raises(LimitationError, match="cannot be read"):
            read_grant(bad, signed(bad), asked(owners), now=NOW)
    with pytest.raises(LimitationError, match="cannot be read"):
        read_grant(data, b"x", asked(owners), now=NOW)


class Owner:
    """Who sealed, and then changed its keys."""

    def __init__(self) -> None:
        public = PublicIdentity(name="owner.example", display_name="Owner", keys=())
        folder = Path(mkdtemp()) / "id"
        made = create_identity(folder, public, passphrase=PASSPHRASE, now=NOW - 9 * DAY, random_bytes=os.urandom)
        self.before, self.now = made.unlock(PASSPHRASE), made.unlock(PASSPHRASE)
        rotate(self.now, [KeyUse.CERTIFICATE], now=NOW, random_bytes=os.urandom)


@cache
def rotated() -> Owner:
    return Owner()


def consent(by: Unlocked, known: PublicIdentity, *, at: datetime) -> Grant:
    data = encode_grant(grant())
    signature = sign_detached(data, by.certificate_key(), by.certificate_chain(), signed_at=at)
    return read_grant(data, signature, asked(known), now=NOW + 9 * DAY)


def test_the_owner_consents_with_whichever_key_it_has() -> None:
    owner = rotated()
    assert consent(owner.now, owner.now.public, at=NOW + DAY) == grant()
    assert consent(owner.before, owner.now.public, at=NOW - DAY) == grant(), "signed while it was in use"
    with pytest.raises(LimitationError, match="has not used since"):
        consent(owner.before, owner.now.public, at=NOW + DAY)
    with pytest.raises(LimitationError, match="as you know it"):
        consent(owner.now, owner.before.public, at=NOW + DAY)


def test_a_key_that_the_owner_revoked_consents_to_nothing() -> None:
    """Not even before: nothing but its own clock says when it signed."""
    owner = rotated()
    keys = tuple(
        replaced(key, revoked_at=NOW, revocation_reason="keyCompromise")
        if key.use is KeyUse.CERTIFICATE and key.generation == 1
        else key
        for key in owner.now.public.keys
    )
    known = replaced(owner.now.public, keys=keys)
    for at in (NOW - DAY, NOW + DAY):
        with pytest.raises(LimitationError, match="revoked"):
            consent(owner.before, known, at=at)
    assert consent(owner.now, known, at=NOW + DAY) == grant()


@pytest.mark.parametrize(("on", "answer"), [(ON, Answer.ALLOWED), (ON + DAY, Answer.FORBIDDEN)])
def test_access_ends(on: date, answer: Answer) -> None:
    decided = may(use(on=on), Limitations(), (grant(cases=("A",)),), end_of_access_on=ON + DAY)
    assert decided.answer is answer
    silent = ["unlimited"] if answer is Answer.ALLOWED else []
    assert [ruling.rule for ruling in decided.rulings] == ["end_of_access", *silent]


def test_whose_rules_they_are_must_be_shown() -> None:
    """What a stranger allows, nobody allowed; what it forbids, is forbidden all the same."""
    decided = may(use(), Limitations(), doubts=("nobody stands behind it",))
    assert (decided.answer, decided.duties) == (Answer.UNKNOWN, ())
    assert [(one.rule, one.answer) for one in decided.rulings] == [("verification", Answer.UNKNOWN)]
    assert may(use(), Limitations(cases=("B",)), doubts=("x",)).answer is Answer.FORBIDDEN


def test_a_consent_whose_signature_is_not_detached() -> None:
    signer = agency("pune.example").signer
    data = encode_grant(grant())
    signature = sign_detached(data, signer.key, signer.chain, signed_at=NOW)
    whole = der.parse(signature)
    kind, wrapped = whole.parts()
    version, digests, inner, *rest = wrapped.parts(0xA0)[0].parts()
    held = der.write(der.SEQUENCE, inner.parts()[0].raw, der.write(0xA0, der.write(der.OCTETS, b"other words")))
    body = der.write(der.SEQUENCE, version.raw, digests.raw, held, *(one.raw for one in rest))
    attached = der.write(der.SEQUENCE, kind.raw, der.write(0xA0, body))
    with pytest.raises(LimitationError, match="not detached"):
        read_grant(data, attached, asked(signer.chain), now=NOW)
