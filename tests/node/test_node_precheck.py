"""A draft goes to another agency's node in a sealed file, and what they say of it comes back beside its paragraphs."""

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader
from tests.samples.node import client_of, make_user
from tests.samples.nodeapi import Caller
from tests.samples.nodeprecheck import Sides, said, upload
from tests.samples.nodesigning import ready_letter

from comity.evidence.limitation import Answer as May
from comity.evidence.limitation import Purpose, Use, may
from comity.evidence.package import Recipient
from comity.letters import from_json, texts
from comity.letters.errors import NotReadyError
from comity.letters.read.file import open_file
from comity.letters.sign.readiness import require_ready_page
from comity.node.audit.models import Entry
from comity.node.cases.actions import close_case
from comity.node.composer.actions import save_texts
from comity.node.composer.models import Comment, Letter
from comity.node.errors import ChangedError, HiddenError, InvalidError, NotAllowedError
from comity.node.people.actions.tokens import make_token
from comity.node.people.roles import Right, Role
from comity.node.precheck.actions import answer, share, take_answer, take_draft
from comity.node.precheck.models import ForeignDraft, Remark, Share
from comity.node.precheck.papers import LETTER, SHEET, Sheet
from comity.node.precheck.sealed import open_package
from comity.node.vault.forms import recipient_of
from comity.node.vault.store import identity


@pytest.fixture
def sides(tmp_path: Path, settings: Any) -> Sides:
    return Sides(tmp_path, settings)


def test_there_and_back_beside_the_paragraphs(sides: Sides) -> None:
    sides.trust_each_other()
    address = f"/letters/{sides.case.pk}/{sides.letter.pk}/precheck/"
    with sides.here():
        asha = client_of(sides.asha, present=True)
        assert "pre-check only" in said(asha.get(f"{address}share/"))
        sealed = asha.post(f"{address}share/", {"version": 1, "agency": "theirs.example"})
        assert sealed.status_code == 302, said(sealed)
        (made,) = Share.objects.all()
        listed = said(client_of(sides.ravi).get(address))
        assert made.to_name in listed
        assert made.sha256 in listed
        package = asha.get(f"{address}{made.pk}/package.age").content
    acts = Entry.objects.filter(act__startswith="precheck.").order_by("number").values_list("act", flat=True)
    assert list(acts) == ["precheck.share", "precheck.take_out"]

    paragraph = next(one for one, text in texts(from_json(ready_letter()).letter) if one.startswith("/facts/"))
    with sides.there():
        officer = client_of(sides.theirs, present=True)
        came = officer.post("/precheck/", upload(package))
        assert came.status_code == 302, said(came)
        page = said(officer.get(came["Location"]))
        assert "verified" in page
        assert "What the officer here would find" in page
        assert "Our Police" in page
        words = "Which account is meant? <script>alert(1)</script>"
        officer.post(f"{came['Location']}remark/", {"address": paragraph, "text": words})
        officer.post(f"{came['Location']}remark/", {"text": "Add the text of section 66D."})
        assert "&lt;script&gt;" in officer.get(came["Location"]).content.decode()
        back = officer.post(f"{came['Location']}answer/", {"agency": "ours.example"})
        assert back["Content-Disposition"].startswith("attachment"), said(back)

    with sides.here():
        taken = asha.post(f"{address}answer/", upload(back.content))
        assert taken.status_code == 302, said(taken)
        one, other = Comment.objects.order_by("address")
        assert (one.address, one.verified, one.of_version) == ("", True, 1)
        assert "Central Authority" in one.agency
        assert (other.address, other.text) == (paragraph, words)
        page = asha.get(f"/letters/{sides.case.pk}/{sides.letter.pk}/").content.decode()
        assert "Central Authority" in page
        assert "&lt;script&gt;alert(1)" in page
        assert "not verified" not in page
        asha.post(f"{address}answer/", upload(back.content))
        assert Comment.objects.count() == 2  # the same answer counts once
        settled = asha.post(f"/letters/{sides.case.pk}/{sides.letter.pk}/comment/", {"settle": other.pk})
        assert settled.status_code == 302


def test_what_goes_out_is_marked_bound_and_nobody_signs_it(sides: Sides, tmp_path: Path) -> None:
    package = sides.shared(classic=True)
    with sides.there():
        opened = open_package(package)
        sheet = msgspec.json.decode(opened.files[SHEET], type=Sheet)
        assert (sheet.reference, sheet.version, sheet.agency) == ("FIR-1/2026/US-1", 1, "Our Police")
        limits = opened.report.limitations
        assert limits is not None
        today = timezone.localdate()
        assert may(Use(purpose=Purpose.INVESTIGATION, on=today), limits).answer is May.FORBIDDEN
        assert may(Use(purpose=Purpose.PRE_CHECK, on=today), limits).answer is May.ALLOWED
        assert not opened.is_known
        assert b'"transmission"' not in opened.files[LETTER]
        keys = "\n".join(_secrets())
    program, tar = shutil.which("age"), tmp_path / "out.tar"
    if program is None:
        pytest.skip("no age on this machine: install Debian's package age")
    key, sealed = tmp_path / "key.txt", tmp_path / "in.age"
    key.write_text(keys)
    sealed.write_bytes(package)
    subprocess.run([program, "-d", "-i", str(key), "-o", str(tar), str(sealed)], check=True)
    subprocess.run(["tar", "-xf", str(tar), "-C", str(tmp_path)], check=True)
    (folder,) = tmp_path.glob("precheck-*")
    for form in ("pdf", "docx"):
        opened_file = open_file((folder / "data" / f"draft.{form}").read_bytes())
        assert "FOR PRE-CHECK ONLY, NOT A REQUEST" in " ".join(line.text for line in opened_file.lines)
        with pytest.raises(NotReadyError):
            require_ready_page(opened_file, None, what="draft")
    assert len(PdfReader(BytesIO((folder / "data" / "draft.pdf").read_bytes())).pages) > 0
    signed = folder / "signatures" / "tagmanifests.sha512"
    checked = [
        "openssl",
        "cms",
        "-verify",
        "-binary",
        "-inform",
        "DER",
        "-in",
        f"{signed}.p7s",
        "-content",
        str(signed),
    ]
    verified = subprocess.run([*checked, "-noverify", "-out", os.devnull], capture_output=True, text=True, check=False)
    assert verified.returncode == 0, verified.stderr


def _secrets() -> list[str]:
    from comity.node.vault.store import unlocked

    return [one for one in unlocked().age_identities() if not one.startswith("AGE-SECRET-KEY-PQ")]


def test_of_somebody_unknown_it_is_said_that_it_is_a_claim(sides: Sides) -> None:
    back = sides.answered(sides.shared(), ("", "Looks good."))
    assert not ForeignDraft.objects.get().identity
    with sides.there():
        assert "not verified" in said(client_of(sides.theirs).get("/precheck/"))
        assert "It is not shown who sealed it" in said(
            client_of(sides.theirs).get(f"/precheck/drafts/{ForeignDraft.objects.get().pk}/")
        )
    with sides.here():
        assert take_answer(sides.asha, letter=sides.letter, data=back) == 1
        assert not Comment.objects.get().verified
        page = said(client_of(sides.asha).get(f"/letters/{sides.case.pk}/{sides.letter.pk}/"))
        assert "not verified: anybody may have written it" in page


def test_as_many_queries_for_many_as_for_few(sides: Sides) -> None:
    address = f"/letters/{sides.case.pk}/{sides.letter.pk}/precheck/"
    asha = client_of(sides.asha)
    counts = []
    for _ in range(2):
        for _ in range(2):
            sides.shared()
        with sides.here(), CaptureQueriesContext(connection) as queries:
            assert asha.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_who_may_and_when(sides: Sides) -> None:
    stranger, key = make_user(Role.INVESTIGATOR), "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kdnsqy2hqs0wyhx"
    to = Recipient(name="x", key=key)
    with sides.here():
        with pytest.raises(HiddenError):
            share(stranger, letter=sides.letter, version=1, to=to)
        with pytest.raises(NotAllowedError):
            take_draft(stranger, data=b"")
        with pytest.raises(InvalidError, match="recipient"):
            share(sides.asha, letter=sides.letter, version=1, to=to)
        address = f"/letters/{sides.case.pk}/{sides.letter.pk}/precheck/share/"
        away = client_of(sides.asha).post(address, {"version": 1, "recipient": key})
        assert away["Location"].startswith("/people/presence/")
        bare = client_of(sides.asha, present=True).post(address, {"version": 1})
        assert bare.status_code == 422
        some = next(one for one, text in texts(sides.letter.newest().drafted().letter) if text.free)
        save_texts(sides.asha, letter=sides.letter, changed={some: "other words"}, version=1)
        sides.letter.refresh_from_db()
        with pytest.raises(ChangedError):
            share(sides.asha, letter=sides.letter, version=1, to=to)
        sides.shared()
        assert Share.objects.get().number == 2
        close_case(sides.asha, case=sides.case, version=sides.case.version)
        sides.letter.refresh_from_db()
        with pytest.raises(InvalidError):
            take_answer(sides.asha, letter=Letter.objects.get(pk=sides.letter.pk), data=b"")


def test_a_remark_is_taken_back_by_whom_it_is_of(sides: Sides) -> None:
    sides.answered(sides.shared(), ("", "Looks good."))
    draft, one = ForeignDraft.objects.get(), Remark.objects.get()
    with sides.there():
        address = f"/precheck/drafts/{draft.pk}/remark/"
        assert client_of(sides.ravi).post(address, {"take_back": one.pk}).status_code == 404
        assert client_of(sides.theirs).post(address, {"take_back": "1" * 12}).status_code == 404
        assert client_of(sides.theirs).post(address, {"text": ""}).status_code == 422
        assert client_of(sides.theirs).post(address, {"text": "x", "address": "/nowhere"}).status_code == 422
        assert client_of(sides.theirs).post(address, {"take_back": one.pk}).status_code == 302
        with pytest.raises(InvalidError, match="say something"):
            answer(sides.theirs, draft=draft, to=recipient_of(identity().public))


def test_by_the_api(sides: Sides) -> None:
    sides.trust_each_other()
    path = f"/cases/{sides.case.pk}/letters/{sides.letter.pk}/prechecks"
    asha, officer = Caller(sides.asha), Caller(sides.theirs)
    with sides.here():
        made = asha.post(path, {"version": 1, "agency": "theirs.example"})
        assert made.status_code == 201, made.content
        assert asha.post(path, {"version": 1, "agency": "nobody.example"}).status_code == 422
        package = asha.get(f"{path}/{made.json()['id']}/package").content
        assert [one["number"] for one in asha.get(path).json()] == [1]
    with sides.there():
        took = officer.client.post("/api/v1/prechecks", upload(package), headers=officer.headers)
        assert took.status_code == 201, took.content
        draft = took.json()["id"]
        assert took.json()["verified"] is True
        assert [one["id"] for one in officer.get("/prechecks").json()["items"]] == [draft]
        assert officer.get(f"/prechecks/{draft}").json()["outcome"]
        assert officer.post(f"/prechecks/{draft}/remarks", {"text": "Add section 66D."}).status_code == 201
        back = officer.post(f"/prechecks/{draft}/answer", {"agency": "ours.example"})
        assert back.status_code == 200, back.content
    with sides.here():
        taken = asha.client.post(f"/api/v1{path}/answers", upload(back.content), headers=asha.headers)
        assert (taken.status_code, taken.json()) == (200, {"remarks": 1})
    assert Comment.objects.get().verified
    long = make_token(sides.asha, name="sync", scopes=[Right.CASE_READ, Right.REQUEST_DRAFT], days=30)[1]
    headers = {"Authorization": f"Bearer {long}"}
    body = {"version": 1, "agency": "theirs.example"}
    refused = asha.client.post(f"/api/v1{path}", body, content_type="application/json", headers=headers)
    assert (refused.status_code, Share.objects.count()) == (403, 1)
    assert asha.client.get(f"/api/v1{path}", headers=headers).status_code == 200
