"""Letters signed in the node and elsewhere: only the approved letter, only signatures that hold, no secret kept."""

import json
import logging
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.contrib.sessions.models import Session
from django.core import serializers
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from tests.samples.node import client_of, make_case, make_user
from tests.samples.nodeapi import Caller
from tests.samples.noderequests import did, make_request
from tests.samples.nodesigning import (
    approved_request,
    ready_letter,
    signed_elsewhere,
    trust_root,
    with_other_words,
    with_script,
    without_data,
)
from tests.samples.signers import PASSPHRASE, issue, magistrate, officer, root

from comity.docket import Act
from comity.letters.forms import Form
from comity.node.api.models import KeptAnswer
from comity.node.audit.models import Entry
from comity.node.cases.actions import close_case
from comity.node.composer.written import file_of
from comity.node.errors import ChangedError, HiddenError, InvalidError, NotAllowedError
from comity.node.people.roles import Right, Role
from comity.node.requests import apart
from comity.node.requests.actions.draft import draft_request, read_letter, revise
from comity.node.requests.actions.enter import Told
from comity.node.requests.actions.sign import sign_here, take_signed
from comity.node.requests.apart import Refusal, work_apart
from comity.node.requests.models import Dispatch, Request, SignedLetter
from comity.node.requests.papers import read_paper
from comity.node.requests.signed import approved_letter, to_sign


class Desk:
    """A request that asha drafted and meera approved; ravi may sign and send, uma only read."""

    def __init__(self) -> None:
        self.asha, self.meera = make_user(Role.INVESTIGATOR), make_user(Role.PROSECUTOR)
        self.ravi, self.uma = make_user(Role.AUTHORITY), make_user(Role.AUDITOR)
        self.case = make_case(self.asha, self.meera, self.ravi, self.uma)
        self.request = approved_request(self.asha, self.meera, self.case)
        self.address = f"/requests/{self.case.pk}/{self.request.pk}/signing/"

    @property
    def version(self) -> int:
        return Request.objects.get(pk=self.request.pk).version

    def pdf(self) -> bytes:
        request = Request.objects.get(pk=self.request.pk)
        approved = approved_letter(request)
        assert approved is not None
        return to_sign(request, approved)

    def give(self, data: bytes, name: str = "signed.pdf") -> Any:
        given = {"version": self.version, "file": SimpleUploadedFile(name, data)}
        return client_of(self.meera).post(self.address, given)

    def sign(self, key: bytes, passphrase: str = PASSPHRASE, **more: Any) -> Any:
        given = {"version": self.version, "key": SimpleUploadedFile("k.p12", key), "passphrase": passphrase}
        return client_of(self.meera, present=True).post(f"{self.address}here/", given | more)


@pytest.fixture
def desk(tmp_path: Path, settings: Any) -> Desk:
    settings.DATA = tmp_path / "node"
    settings.DATA.mkdir(mode=0o700)
    return Desk()


def said(response: Any) -> str:
    return str(response.content.decode().replace("&#x27;", "'"))


def test_signed_elsewhere_and_sent(desk: Desk, settings: Any) -> None:
    trust_root(Path(settings.DATA), root())
    browser = client_of(desk.meera)
    saved = browser.get(f"{desk.address}letter.pdf")
    assert saved["Content-Disposition"].startswith("attachment")
    assert desk.give(signed_elsewhere(saved.content)).status_code == 302
    kept = SignedLetter.objects.get()
    assert (kept.by, kept.here, kept.paper.kind) == (desk.meera, False, "signed")
    (signature,) = kept.verified().signatures
    assert (signature.verdict.value, signature.chain[-1]) == ("passed", "Comity Test Root")
    page = said(browser.get(desk.address))
    assert "A. N. Other" in page
    assert "Chief Judicial Magistrate" in page
    form = said(client_of(desk.ravi).get(f"/requests/{desk.case.pk}/{desk.request.pk}/send/"))
    assert kept.paper.sha256 in form
    sent = {"version": desk.version, "means": "courier 12", "signed": kept.paper.sha256}
    assert client_of(desk.ravi).post(f"/requests/{desk.case.pk}/{desk.request.pk}/send/", sent).status_code == 302
    assert Dispatch.objects.get().signed == kept
    assert json.loads(bytes(Entry.objects.get(act="request.send").body))["facts"]["signed"] == kept.paper.sha256
    assert kept.paper.name in said(client_of(desk.uma).get(f"/requests/{desk.case.pk}/{desk.request.pk}/"))
    assert browser.get(f"{desk.address}letter.pdf").status_code == 422  # it is sent


def test_two_sign_here_and_elsewhere_in_order_and_foreign_software_agrees(desk: Desk, tmp_path: Path) -> None:
    assert desk.sign(magistrate().p12(root().certificate), reason="Approved", city="Suryapur").status_code == 302
    assert desk.give(signed_elsewhere(desk.pdf())).status_code == 302
    first, second = SignedLetter.objects.all()
    assert [len(one.verified().signatures) for one in (first, second)] == [1, 2]
    file = tmp_path / "out.pdf"
    file.write_bytes(read_paper(second.paper))
    program = shutil.which("pdfsig")
    if program is None:
        pytest.skip("no pdfsig on this machine: install Debian's package poppler-utils")
    told = subprocess.run([program, "-nocert", str(file)], capture_output=True, text=True, check=False).stdout
    assert told.count("Signature is Valid.") == 2
    assert "A. Judge" in told
    assert "Total document signed" in told.rsplit("Signature #2", 1)[1]


def test_what_is_not_the_approved_letter_is_refused(desk: Desk) -> None:
    other = read_letter(ready_letter("FIR-1/2026/US-2"))
    pdf = desk.pdf()
    signed = signed_elsewhere(pdf)
    at = signed.rindex(b"/ByteRange")
    torn = signed[: at - 400] + bytes([signed[at - 400] ^ 1]) + signed[at - 399 :]
    expired = issue("A. Late", root(), days=30)
    cases = {
        "another letter": signed_elsewhere(file_of(other, "en", Form.PDF)),
        "it is not signed": pdf,
        "no letter inside": signed_elsewhere(without_data()),
        "it is no PDF": b"PK\x03\x04 not a letter",
        "cannot be taken": b"%PDF-1.7 torn",
        "signed by nobody": signed + b"\n% more\n",
        "has ended or has not begun": signed_elsewhere(pdf, expired),
        "its pages say something else": signed_elsewhere(with_other_words(pdf)),
        "cannot be taken: PDF: it holds": signed_elsewhere(with_script(pdf)),
    }
    for why, data in cases.items():
        answer = desk.give(data)
        assert answer.status_code == 422, why
        assert why in said(answer), why
    assert desk.give(torn).status_code == 422
    assert not SignedLetter.objects.exists()


def test_a_wrong_key_or_passphrase_is_told_and_leaks_nothing(
    desk: Desk, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    key, secret = magistrate().p12(root().certificate), "Zx-wrong-secret-91"
    for data, passphrase in ((key, secret), (b"not a key " * 9, secret), (key, "")):
        answer = desk.sign(data, passphrase)
        assert answer.status_code == 422
        assert "the key cannot be opened" in said(answer)
        assert secret not in said(answer)
    late = desk.sign(issue("A. Late", root(), days=30, use_rsa=True).p12())
    assert "has ended or has not begun" in said(late)
    assert desk.sign(key).status_code == 302
    everything = serializers.serialize("json", [*Entry.objects.all(), *SignedLetter.objects.all()])
    bodies = [bytes(row.body) for row in Entry.objects.all()] + [everything.encode()]
    for one in (secret, PASSPHRASE):
        assert one not in caplog.text
        assert not any(one.encode() in body for body in bodies)
    kept = [path.read_bytes() for path in Path(settings.DATA).rglob("*") if path.is_file()]
    assert not any(key in data or PASSPHRASE.encode() in data for data in kept)


def test_a_passphrase_is_not_kept_while_somebody_proves_to_be_there(desk: Desk) -> None:
    away = client_of(desk.meera)
    body = "version=1&passphrase=Zx-secret-77"
    answer = away.post(f"{desk.address}here/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/people/presence/")
    assert not any("Zx-secret-77" in str(row.get_decoded()) for row in Session.objects.all())


def test_who_may_sign_and_when(desk: Desk) -> None:
    key = magistrate().p12()
    for person, error in ((desk.asha, NotAllowedError), (make_user(Role.AUTHORITY), HiddenError)):
        with pytest.raises(error):
            take_signed(person, request=desk.request, data=b"", name="x", version=desk.version)
        with pytest.raises(error):
            sign_here(person, request=desk.request, key=key, passphrase="", version=desk.version)
    with pytest.raises(ChangedError):
        take_signed(desk.meera, request=desk.request, data=b"", name="x", version=1)
    draft = make_request(desk.asha, desk.case)
    with pytest.raises(InvalidError, match="approved and not yet sent"):
        take_signed(desk.meera, request=draft, data=b"", name="x", version=draft.version)
    did(desk.asha, draft, Act.CHECK)
    did(desk.meera, draft, Act.APPROVE)
    draft.refresh_from_db()
    with pytest.raises(InvalidError, match="is not ready"):  # it was approved with gaps
        take_signed(desk.meera, request=draft, data=b"", name="x", version=draft.version)
    assert "has gaps" in said(client_of(desk.meera).get(f"/requests/{desk.case.pk}/{draft.pk}/signing/"))
    close_case(desk.asha, case=desk.case, version=desk.case.version)
    desk.request.refresh_from_db()
    with pytest.raises(InvalidError):
        take_signed(desk.meera, request=desk.request, data=b"", name="x", version=desk.version)


def test_who_drafted_signs_what_another_approved_and_nobody_signs_what_nobody_else_saw(desk: Desk) -> None:
    mine = approved_request(desk.meera, desk.ravi, desk.case, "FIR-1/2026/US-7")
    approved = approved_letter(mine)
    assert approved is not None
    data = signed_elsewhere(to_sign(mine, approved))
    assert take_signed(desk.meera, request=mine, data=data, name="x.pdf", version=mine.version).by == desk.meera
    alone = draft_request(desk.meera, case=desk.case, letter=ready_letter("FIR-1/2026/US-8"), again=True)
    did(desk.meera, alone, Act.CHECK)
    with pytest.raises(InvalidError, match="let another person approve it"):
        did(desk.meera, alone, Act.APPROVE)
    alone.refresh_from_db()
    with pytest.raises(InvalidError, match="approved and not yet sent"):
        take_signed(desk.meera, request=alone, data=data, name="x.pdf", version=alone.version)
    mine.refresh_from_db()
    with pytest.raises(InvalidError, match="this file is here already"):
        take_signed(desk.meera, request=mine, data=data, name="y.pdf", version=mine.version)


def test_another_version_of_the_letter_voids_the_signatures(desk: Desk) -> None:
    desk.give(signed_elsewhere(desk.pdf()))
    old = SignedLetter.objects.get()
    desk.request.refresh_from_db()
    revise(desk.asha, request=desk.request, letter=ready_letter("FIR-1/2026/US-9"), version=desk.version)
    did(desk.asha, desk.request, Act.CHECK)
    did(desk.meera, desk.request, Act.APPROVE)
    assert "of an older version" in said(client_of(desk.uma).get(f"/requests/{desk.case.pk}/{desk.request.pk}/"))
    with pytest.raises(InvalidError, match="no signed file of the letter as it is now"):
        did(desk.ravi, desk.request, Act.SEND, Told(means="post", signed=old.paper.sha256))
    assert "another letter" in said(desk.give(read_paper(old.paper)))
    assert desk.give(signed_elsewhere(desk.pdf())).status_code == 302
    assert [one.letter_sha256 == old.letter_sha256 for one in SignedLetter.objects.all()] == [True, False]


def test_unsigned_it_goes_with_a_word_why_alone(desk: Desk) -> None:
    with pytest.raises(InvalidError, match="say in some words why"):
        did(desk.ravi, desk.request, Act.SEND, Told(means="post"))
    did(desk.ravi, desk.request, Act.SEND, Told(means="post", unsigned="the network takes e-mail"))
    assert Dispatch.objects.get().unsigned_because == "the network takes e-mail"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Dispatch.objects.update(unsigned_because="another word")
    first = desk.request.events.order_by("number")[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispatch.objects.create(event=first)


def test_the_work_apart_is_bounded_also_in_a_thread(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    approved = approved_letter(desk.request)
    assert approved is not None
    job = apart.Job(
        pdf=desk.pdf(), approved=approved.drafted.letter, pages=approved.pages(), roots=(), name="x",
        at=datetime.now(UTC).isoformat(),
    )  # fmt: skip
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(work_apart, job).result().refusal == "not_signed"
        monkeypatch.setattr(apart, "SECONDS", 0.05)
        assert pool.submit(work_apart, job).result().refusal == Refusal.LIMIT
    assert "data" not in repr(apart.Key(data=b"data", passphrase="x"))


def test_by_the_api(desk: Desk) -> None:
    path = f"/cases/{desk.case.pk}/requests/{desk.request.pk}"
    meera = Caller(desk.meera)
    pdf = meera.get(f"{path}/letter-to-sign").content
    once, again = ({**meera.headers, "Idempotency-Key": key} for key in ("k1", "k2"))
    form = {"version": desk.version, "file": SimpleUploadedFile("s.pdf", signed_elsewhere(pdf, officer()))}
    made = meera.client.post(f"/api/v1{path}/signed", form, headers=once)
    assert made.status_code == 201, made.content
    key = magistrate().p12()
    told = {"version": desk.version, "passphrase": "wrong one", "key": SimpleUploadedFile("k.p12", key)}
    refused = meera.client.post(f"/api/v1{path}/sign", told, headers=again)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "key"
    told |= {"passphrase": PASSPHRASE, "key": SimpleUploadedFile("k.p12", key)}
    assert meera.client.post(f"/api/v1{path}/sign", told, headers=again).status_code == 201
    assert {row.key for row in KeptAnswer.objects.all()} == {"k1", "k2"}
    listed = Caller(desk.uma).get(f"{path}/signed").json()
    assert [len(one["signatures"]) for one in listed] == [1, 2]
    few = Caller(desk.meera, Right.CASE_READ, Right.REQUEST_DRAFT)
    assert few.client.post(f"/api/v1{path}/sign", told, headers=few.headers).status_code in {403, 422}
    sent = Caller(desk.ravi).post(
        f"{path}/acts/send", {"version": desk.version, "means": "post", "signed": listed[1]["sha256"]}
    )
    assert sent.status_code == 200, sent.content
    assert msgspec.json.decode(sent.content)["state"] == "sent"
