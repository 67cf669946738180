"""Packages of a pre-check that are hostile, for others, or of another kind, and words that no text means."""

from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.db import transaction
from django.utils import timezone
from tests.samples.node import client_of
from tests.samples.nodeapi import Caller
from tests.samples.nodeprecheck import Sides, said, upload
from tests.samples.nodesigning import ready_letter

from comity.evidence.package import Recipient
from comity.letters import from_json
from comity.letters.render.data import letter_data
from comity.node.composer.models import Comment
from comity.node.errors import InvalidError
from comity.node.precheck.actions import take_answer, take_draft
from comity.node.precheck.models import ForeignDraft, Share
from comity.node.precheck.papers import ANSWER, LETTER, SHEET, Said, Sheet, answer_file
from comity.node.precheck.papers import Answer as Paper
from comity.node.precheck.sealed import seal_files
from comity.node.requests.papers import read_bytes
from comity.node.vault.forms import recipient_of
from comity.node.vault.store import identity


@pytest.fixture
def sides(tmp_path: Path, settings: Any) -> Sides:
    return Sides(tmp_path, settings)


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
