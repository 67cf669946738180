"""Drafts really sealed for a pre-check."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.samples.node import make_case, make_user
from tests.samples.nodesigning import ready_letter

from comity.evidence.keys import age_recipients, number_to_compare, remember
from comity.evidence.package import Recipient
from comity.letters import from_json
from comity.letters.read.file import letter_in
from comity.node.composer.actions import begin_from_draft
from comity.node.composer.models import Letter
from comity.node.people.models import User
from comity.node.people.roles import Role
from comity.node.precheck.actions import answer, remark, share, take_draft
from comity.node.precheck.models import ForeignDraft, Share
from comity.node.requests.papers import read_bytes
from comity.node.vault.forms import recipient_of
from comity.node.vault.store import identity, known


def share_with_us(owner: User, letter: Letter) -> tuple[Share, ForeignDraft]:
    """A draft that this node sealed for itself, and the same as it came."""
    letter.refresh_from_db()
    own = identity().public
    shared = share(owner, letter=letter, version=letter.number, to=recipient_of(own), identity=own.name)
    return shared, take_draft(make_user(Role.AUTHORITY), data=read_bytes(shared.sha256))


def said(response: Any) -> str:
    """A page as people read it."""
    return str(response.content.decode().replace("&#x27;", "'").replace("&quot;", '"'))


def upload(data: bytes) -> dict[str, Any]:
    """A form with a sealed file."""
    return {"file": SimpleUploadedFile("x.age", data)}


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
