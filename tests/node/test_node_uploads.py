"""Uploads by tus 1.0.0: whatever the parts and breaks, the file that arrives is the file that was sent."""

import base64
import hashlib
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.samples.node import client_of, make_case, make_user

from comity.node.artifacts.actions import BusyError, append, begin_upload, clear_expired, clear_stray
from comity.node.artifacts.models import Artifact, Upload
from comity.node.artifacts.names import plain_name
from comity.node.audit.models import Entry
from comity.node.cases.actions import close_case
from comity.node.cases.models import Case
from comity.node.people.models import User
from comity.node.people.roles import Role

TUS = {"Tus-Resumable": "1.0.0"}
PART = "application/offset+octet-stream"


@pytest.fixture
def asha() -> User:
    return make_user(Role.INVESTIGATOR)


@pytest.fixture
def case(asha: User) -> Case:
    return make_case(asha)


def create(browser: Client, case: Case, size: int, name: str = "mail.eml") -> Any:
    told = {
        **TUS,
        "Upload-Length": str(size),
        "Upload-Metadata": f"filename {base64.b64encode(name.encode()).decode()}",
    }
    return browser.post(f"/evidence/{case.pk}/uploads/", headers=told)


def patch(browser: Client, place: str, data: bytes, offset: int, **more: str) -> Any:
    return browser.generic("PATCH", place, data, PART, headers={**TUS, "Upload-Offset": str(offset), **more})


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.binary(min_size=1, max_size=3000), cuts=st.lists(st.integers(1, 700), max_size=8))
def test_any_parts_make_the_file_that_was_sent(data: bytes, cuts: list[int]) -> None:
    person = make_user(Role.INVESTIGATOR)
    case, browser = make_case(person), client_of(person)
    place = create(browser, case, len(data))["Location"]
    offset = 0
    for size in [*cuts, len(data)]:
        if offset == len(data):
            break
        assert patch(browser, place, b"wrong place", offset + 1).status_code == 409
        stands = browser.head(place, headers=TUS)
        assert stands["Upload-Offset"] == str(offset)
        offset = int(patch(browser, place, data[offset : offset + size], offset)["Upload-Offset"])
    artifact = Artifact.objects.get(case=case)
    assert artifact.path.read_bytes() == data
    assert artifact.sha256 == hashlib.sha256(data).hexdigest()
    assert not Upload.objects.filter(case=case).exists()


class Cut:
    """A stream whose line breaks after some bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def read(self, size: int, /) -> bytes:
        if not self.data:
            raise OSError("the line was cut")
        part, self.data = self.data[:size], self.data[size:]
        return part


def test_what_came_before_the_line_broke_is_kept_and_with_a_checksum_nothing_is(asha: User, case: Case) -> None:
    upload = begin_upload(asha, case=case, name="x", size_bytes=10)
    assert append(asha, upload=upload, offset=0, stream=Cut(b"1234"), checksum=None).offset == 4
    browser = client_of(asha)
    place = f"/evidence/{case.pk}/uploads/{upload.pk}/"
    wrong = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    assert patch(browser, place, b"567890", 4, **{"Upload-Checksum": f"sha256 {wrong}"}).status_code == 460
    assert browser.head(place, headers=TUS)["Upload-Offset"] == "4"
    right = base64.b64encode(hashlib.sha256(b"567890").digest()).decode()
    assert patch(browser, place, b"567890", 4, **{"Upload-Checksum": f"sha256 {right}"}).status_code == 204
    assert Artifact.objects.get().path.read_bytes() == b"1234567890"


def test_bytes_of_a_part_that_was_not_acknowledged_are_written_over(asha: User, case: Case) -> None:
    upload = begin_upload(asha, case=case, name="x", size_bytes=4)
    upload.path.write_bytes(b"zzzzzzzz")  # a worker was killed between the disk and the database
    patch(client_of(asha), f"/evidence/{case.pk}/uploads/{upload.pk}/", b"good", 0)
    assert Artifact.objects.get().path.read_bytes() == b"good"


def test_two_writers_of_one_upload_do_not_mix(asha: User, case: Case) -> None:
    import fcntl

    upload = begin_upload(asha, case=case, name="x", size_bytes=4)
    with upload.path.open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(BusyError):
            append(asha, upload=upload, offset=0, stream=Cut(b"good"), checksum=None)
        place = f"/evidence/{case.pk}/uploads/{upload.pk}/"
        assert patch(client_of(asha), place, b"good", 0).status_code == 423


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload-Length": "5"}, 412),
        ({**TUS}, 422),
        ({**TUS, "Upload-Length": "-1"}, 422),
        ({**TUS, "Upload-Length": "0"}, 422),
        ({**TUS, "Upload-Length": "9" * 14}, 413),
        ({**TUS, "Upload-Length": "5", "Upload-Metadata": "filename %%%"}, 422),
    ],
)
def test_an_upload_that_cannot_be(asha: User, case: Case, headers: dict[str, str], status: int) -> None:
    assert client_of(asha).post(f"/evidence/{case.pk}/uploads/", headers=headers).status_code == status
    assert not Upload.objects.exists()


def test_only_who_works_on_the_case_uploads_and_a_closed_case_takes_nothing(asha: User, case: Case) -> None:
    assert create(client_of(make_user(Role.INVESTIGATOR)), case, 5).status_code == 404
    place = create(client_of(asha), case, 5)["Location"]
    assert client_of(make_user(Role.INVESTIGATOR)).head(place, headers=TUS).status_code == 404
    close_case(asha, case=case, version=1)
    assert create(client_of(asha), case, 5).status_code == 422


def test_the_same_file_twice_counts_once_and_both_are_entered(asha: User, case: Case) -> None:
    browser = client_of(asha)
    for _ in range(2):
        patch(browser, create(browser, case, 3)["Location"], b"abc", 0)
    assert Artifact.objects.filter(case=case).count() == 1
    assert Entry.objects.filter(act="artifact.add").count() == 2


def test_an_upload_can_be_taken_back_and_old_ones_are_forgotten(asha: User, case: Case) -> None:
    browser = client_of(asha)
    place = create(browser, case, 3)["Location"]
    assert browser.delete(place, headers=TUS).status_code == 204
    assert browser.head(place, headers=TUS).status_code == 404
    upload = begin_upload(asha, case=case, name="x", size_bytes=3)
    Upload.objects.update(expires_at=upload.begun_at)
    assert clear_expired() == 1
    assert not upload.path.exists()


def test_options_tell_what_is_supported(asha: User, case: Case) -> None:
    told = client_of(asha).options(f"/evidence/{case.pk}/uploads/")
    assert told["Tus-Extension"] == "creation,termination,checksum,expiration"
    assert told["Tus-Version"] == "1.0.0"


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\mail.eml", "mail.eml"),
        ("mail\u202egpj.exe", "mailgpj.exe"),
        ("a\x00b\n", "ab"),
        ("...", "file"),
        ("", "file"),
        ("x" * 500, "x" * 200),
        ("केस.pdf", "केस.pdf"),
    ],
)
def test_names_are_made_harmless(name: str, plain: str) -> None:
    assert plain_name(name) == plain


def test_a_file_is_saved_never_shown_and_plain_forms_work(asha: User, case: Case) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser = client_of(asha)
    page = SimpleUploadedFile("x.html", b"<script>alert(1)</script>", "text/html")
    assert browser.post(f"/evidence/{case.pk}/add/", {"files": [page]}).status_code == 302
    artifact = Artifact.objects.get()
    saved = browser.get(f"/evidence/{case.pk}/{artifact.pk}/save/")
    assert b"".join(saved) == b"<script>alert(1)</script>"
    assert saved["Content-Disposition"].startswith("attachment")
    assert saved["X-Content-Type-Options"] == "nosniff"
    assert saved["Content-Security-Policy"].startswith("sandbox")
    assert artifact.path.stat().st_mode & 0o777 == 0o600
    assert browser.post(f"/evidence/{case.pk}/note/", {"text": "He wrote from 203.0.113.9"}).status_code == 302
    assert browser.post(f"/evidence/{case.pk}/add/", {}).status_code == 422


def test_an_upload_that_was_whole_when_its_worker_was_killed_becomes_evidence(asha: User, case: Case) -> None:
    upload = begin_upload(asha, case=case, name="x", size_bytes=4)
    append(asha, upload=upload, offset=0, stream=Cut(b"good"), checksum=None)
    place = f"/evidence/{case.pk}/uploads/{upload.pk}/"
    assert client_of(asha).head(place, headers=TUS)["Upload-Offset"] == "4"
    assert Artifact.objects.get(case=case).path.read_bytes() == b"good"
    assert client_of(asha).head(place, headers=TUS).status_code == 404


def test_an_upload_does_not_end_in_a_case_that_was_closed_meanwhile(asha: User, case: Case) -> None:
    upload = begin_upload(asha, case=case, name="x", size_bytes=4)
    close_case(asha, case=case, version=1)
    place = f"/evidence/{case.pk}/uploads/{upload.pk}/"
    assert patch(client_of(asha), place, b"good", 0).status_code == 422
    assert not Artifact.objects.exists()


def test_what_a_killed_process_left_is_cleared_and_nothing_else() -> None:
    asha = make_user(Role.INVESTIGATOR)
    case = make_case(asha)
    going = begin_upload(asha, case=case, name="x", size_bytes=9)
    stray = going.path.with_name("left-behind")
    stray.write_bytes(b"finished")
    folder = Path(django_settings.DATA) / "work" / "tmpleft"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a").write_bytes(b"a")
    clear_stray(time.time() - 60)
    assert stray.exists()
    assert clear_stray(time.time() + 60) >= 2
    assert not stray.exists()
    assert not folder.exists()
    assert going.path.exists()
