"""A draft goes to another agency's node in a sealed file, and what they say of it comes back beside its paragraphs."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader
from tests.samples.node import client_of, make_case, make_user
from tests.samples.nodeapi import Caller
from tests.samples.nodesigning import ready_letter

from comity.evidence.keys import age_recipients, number_to_compare, remember
from comity.evidence.limitation import Answer as May
from comity.evidence.limitation import Purpose, Use, may
from comity.evidence.package import Recipient
from comity.letters import from_json, texts
from comity.letters.errors import NotReadyError
from comity.letters.read.file import letter_in, open_file
from comity.letters.render.data import letter_data
from comity.letters.sign.readiness import require_ready_page
from comity.node.audit.models import Entry
from comity.node.cases.actions import close_case
from comity.node.composer.actions import begin_from_draft, save_texts
from comity.node.composer.models import Comment, Letter
from comity.node.errors import ChangedError, HiddenError, InvalidError, NotAllowedError
from comity.node.people.actions.tokens import make_token
from comity.node.people.roles import Right, Role
from comity.node.precheck.actions import answer, remark, share, take_answer, take_draft
from comity.node.precheck.forms import recipient_of
from comity.node.precheck.models import ForeignDraft, Remark, Share
from comity.node.precheck.papers import ANSWER, LETTER, SHEET, Said, Sheet, answer_file
from comity.node.precheck.papers import Answer as Paper
from comity.node.precheck.sealed import open_package, seal_files
from comity.node.requests.papers import read_bytes
from comity.node.vault.store import identity, known


class Sides:
    """Our node and another agency's, each with its identity and folder; who writes here, who reads there."""

    def __init__(self, folder: Path, settings: Any) -> None:
        self.folder, self.settings = folder, settings
        self.asha = make_user(Role.INVESTIGATOR)
        self.ravi = make_user(Role.AUTHORITY)
        self.theirs = make_user(Role.AUTHORITY)
        self.case = make_case(self.asha, self.ravi)
        with self.here():
            drafted = from_json(ready_letter())
            self.letter = begin_from_draft(self.asha, case=self.case, drafted=drafted, note="")

    @contextmanager
    def at(self, origin: str, agency: str) -> Iterator[None]:
        before = self.settings.DATA, self.settings.CONFIG
        config = msgspec.structs.replace(before[1], origin=origin, agency=agency)
        self.settings.DATA, self.settings.CONFIG = self.folder / origin, config
        self.settings.DATA.mkdir(mode=0o700, exist_ok=True)
        try:
            yield
        finally:
            self.settings.DATA, self.settings.CONFIG = before

    def here(self) -> Any:
        return self.at("ours.example", "Our Police")

    def there(self) -> Any:
        return self.at("theirs.example", "Central Authority")

    def trust_each_other(self) -> None:
        for one, other in ((self.here, self.there), (self.there, self.here)):
            with other():
                bundle, number = identity().bundle, number_to_compare(identity().public)
            with one():
                remember(identity().folder, bundle, number=number)

    def shared(self, *, classic: bool = False) -> bytes:
        """The draft sealed here for them; `classic`: under the key that older programs know."""
        with self.there():
            them = identity().public
        to = recipient_of(them)
        if classic:
            to = Recipient(name=to.name, key=next(k for k in age_recipients(them) if not k.startswith("age1pq")))
        with self.here():
            trusted = any(one.name == them.name for one in known())
            made = share(
                self.asha,
                letter=Letter.objects.get(pk=self.letter.pk),
                version=Letter.objects.get(pk=self.letter.pk).number,
                to=to,
                identity=them.name if trusted else "",
            )
            return read_bytes(made.sha256)

    def answered(self, package: bytes, *said: tuple[str, str]) -> bytes:
        """What they say of it, sealed there for us."""
        with self.here():
            us = recipient_of(identity().public)
        with self.there():
            draft = take_draft(self.theirs, data=package)
            held = letter_in(bytes(draft.letter))
            for address, text in said:
                remark(self.theirs, draft=draft, letter=held, text=text, address=address)  # type: ignore[arg-type]
            return answer(self.theirs, draft=draft, to=us)[1]


@pytest.fixture
def sides(tmp_path: Path, settings: Any) -> Sides:
    return Sides(tmp_path, settings)


def said(response: Any) -> str:
    return str(response.content.decode().replace("&#x27;", "'").replace("&quot;", '"'))


def upload(data: bytes) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("x.age", data)}


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


def test_what_is_hostile_or_for_others_is_refused_with_its_reason(sides: Sides) -> None:
    package = sides.shared()
    with sides.here():
        back_key = recipient_of(identity().public)
        bare = _sealed(sides, {"x.txt": b"x"}, back_key)
        broken = _sealed(sides, {SHEET: b"{" * 50_000, LETTER: b"{}"}, back_key)
        bomb = _sealed(sides, {SHEET: msgspec.json.encode(_sheet()), LETTER: b"[" * (5 << 20)}, back_key)
        no_letter = _sealed(
            sides, {SHEET: msgspec.json.encode(_sheet()), LETTER: b'{"schema": "comity-letter-1"}'}, back_key
        )
        cases = {
            "it is no sealed package": b"%PDF-1.7 not sealed",
            "it is not whole or not genuine": package[:-40],
            "it holds no precheck.json": bare,
            "precheck.json cannot be read": broken,
            "larger than": bomb,
            "it is no letter": no_letter,
        }
        for why, data in cases.items():
            with pytest.raises(InvalidError, match=why), transaction.atomic():
                take_draft(sides.ravi, data=data)
            assert client_of(sides.ravi).post("/precheck/", upload(data)).status_code == 422
        flipped = bytearray(package)
        flipped[len(flipped) // 2] ^= 1
        with pytest.raises(InvalidError, match="not whole"):
            take_draft(sides.ravi, data=bytes(flipped))
    with sides.at("third.example", "Third"), pytest.raises(InvalidError, match="sealed for somebody else"):
        take_draft(sides.theirs, data=package)
    assert not ForeignDraft.objects.exists()


def test_a_draft_that_names_what_our_data_do_not_know_is_shown_all_the_same(sides: Sides) -> None:
    data = letter_data(from_json(ready_letter()).letter)
    with sides.here():
        us = recipient_of(identity().public)
        for old, new in ((b'"untoc"', b'"unknown-2031"'), (b'"state": "US"', b'"state": "QQ"')):
            assert old in data
            files = {SHEET: msgspec.json.encode(_sheet()), LETTER: data.replace(old, new)}
            draft = take_draft(sides.ravi, data=_sealed(sides, files, us))
            page = client_of(sides.ravi).get(f"/precheck/drafts/{draft.pk}/")
            assert page.status_code == 200
            assert Caller(sides.ravi).get(f"/prechecks/{draft.pk}").status_code == 200
        assert "unknown state" in said(page)


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


def test_a_package_of_evidence_is_no_pre_check(sides: Sides) -> None:
    from tests.samples.nodevault import seal_for_us

    from comity.node.artifacts.actions import add_file

    with sides.here():
        file = add_file(sides.asha, case=sides.case, name="x.txt", stream=BytesIO(b"x"), size_bytes=1)
        package = seal_for_us(sides.asha, sides.case, file)
        with pytest.raises(InvalidError, match="not sealed for a pre-check"):
            take_draft(sides.ravi, data=package.path.read_bytes())


def _sheet() -> Sheet:
    return Sheet(id="x", reference="x", version=1, language="en", agency="x", shared_at=timezone.now())


def _sealed(sides: Sides, files: dict[str, bytes], to: Recipient) -> bytes:
    return seal_files(files, to=to, case="x", reference="x", by=sides.asha, at=timezone.now())[1]


def test_an_answer_to_something_else_is_refused_and_its_words_are_bounded(sides: Sides) -> None:
    sides.shared()
    with sides.here():
        us, own = recipient_of(identity().public), Share.objects.get()
        paper = Paper(id="other", reference="x", version=1, agency="X", said_at=timezone.now(), remarks=())
        with pytest.raises(InvalidError, match="it answers another draft"):
            take_answer(sides.asha, letter=sides.letter, data=_sealed(sides, answer_file(paper), us))
        many = msgspec.structs.replace(paper, id=own.pk, remarks=(Said(text="x"),) * 1001)
        with pytest.raises(InvalidError, match="it holds more than"):
            take_answer(sides.asha, letter=sides.letter, data=_sealed(sides, answer_file(many), us))
        odd = Said(address="/nowhere/9", text="left\0right\u202e\x1b[31m")
        one = msgspec.structs.replace(paper, id=own.pk, remarks=(odd, Said(text=" ")))
        assert take_answer(sides.asha, letter=sides.letter, data=_sealed(sides, answer_file(one), us)) == 1
        kept = Comment.objects.get()
        assert (kept.address, kept.text) == ("", "leftright[31m")
        with pytest.raises(InvalidError, match=r"holds no precheck-answer\.json"):
            take_answer(sides.asha, letter=sides.letter, data=read_bytes(own.sha256))
        with pytest.raises(InvalidError, match=r"holds no precheck\.json"):
            take_draft(sides.ravi, data=_sealed(sides, {ANSWER: b"{}"}, us))


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
