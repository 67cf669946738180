"""Packages of a pre-check: sealed by the node's identity with one limitation, opened in memory within limits."""

import os
import re
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version as version_of
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.errors import ComityError
from comity.evidence.age import open_age, parse_recipient
from comity.evidence.custody import Authorisation, Verdict
from comity.evidence.errors import AgeError, NoIdentityError
from comity.evidence.keys import age_recipients
from comity.evidence.limitation import Limitations, Purpose
from comity.evidence.package import PackageReport, Recipient, SealOrder, Signer, seal
from comity.evidence.package.inventory import read_archive
from comity.evidence.package.verify import verify_inventory
from comity.node.errors import InvalidError
from comity.node.people.models import User
from comity.node.precheck.papers import ANSWER, JSON_BYTES_MAX, LETTER, SHEET
from comity.node.requests.papers import PAPER_BYTES_MAX
from comity.node.vault.store import identity, openers, party, trust, unlocked
from comity.node.vault.tasks import HYBRID

_READ = frozenset(f"data/{name}" for name in (LETTER, SHEET, ANSWER))
_SLUG = re.compile(r"[^A-Za-z0-9]+")
_TIME = frozenset({"time-stamp", "time-stamp-authority"})
"""Checks that say when, not who: a package without a stamp is by the sender all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A package that was opened and is whole."""

    files: dict[str, bytes]
    report: PackageReport

    @property
    def is_known(self) -> bool:
        """Whether it is shown to be by an identity that this node trusts."""
        return all(one.verdict is Verdict.PASSED for one in self.report.checks if one.name not in _TIME)

    @property
    def sender(self) -> str:
        """Who sealed it: who the identity is where it is known, else what the package claims."""
        head = self.report.head
        claimed = f"{head.sender.name}, {head.sender.agency}".strip(", ") if head is not None else ""
        return self.report.sealed_as or claimed

    @property
    def identity(self) -> str:
        """Name of the identity that sealed it; empty: it is not known."""
        head = self.report.head
        return head.sender.identity if head is not None and self.is_known else ""


def limitations() -> Limitations:
    """What may be done with a pre-check: that, and nothing else."""
    return Limitations(
        purposes=(Purpose.PRE_CHECK,),
        not_in_court=True,
        no_onward_transfer=True,
        reason="pre-check only: a draft or what was said of it; it is no request and no answer to one",
        owner=identity().public.name,
    )


def seal_files(
    files: Mapping[str, bytes], *, to: Recipient, case: str, reference: str, by: User, at: datetime
) -> tuple[str, bytes]:
    """The name and the bytes of a package that the recipient opens, and this node; InvalidError names a bad key."""
    own, keys = identity(), unlocked()
    name = f"precheck-{_SLUG.sub('-', reference).strip('-')[:60] or 'letter'}-{secrets.token_hex(4)}"
    try:
        key = parse_recipient(to.key)
    except ComityError as error:
        raise InvalidError({"recipient": str(error)}) from None
    ours = next(one for one in age_recipients(own.public) if one.startswith(HYBRID) == to.key.startswith(HYBRID))
    order = SealOrder(
        package=name,
        case=case,
        authorisation=Authorisation(reference=reference),
        sender=party(by),
        identity_bundle=own.bundle,
        recipients=((to, key), (Recipient(name=own.public.display_name, key=ours), parse_recipient(ours))),
        limitations=limitations(),
        tool=f"comity {version_of('comity')}",
    )
    signer = Signer(key=keys.certificate_key(), chain=keys.certificate_chain(), pq_key=keys.signature_pq_key())
    with tempfile.TemporaryDirectory(prefix="precheck-", dir=_work()) as folder:
        inside = Path(folder) / "files"
        inside.mkdir()
        for file, data in files.items():
            (inside / file).write_bytes(data)
        target = Path(folder) / f"{name}.age"
        seal(sorted(inside.iterdir()), target, order, signer, now=at, random_bytes=os.urandom)
        return name, target.read_bytes()


def open_package(data: bytes) -> Opened:
    """A package that came for a pre-check; InvalidError where it is not for this node, not whole, or for other use."""
    if len(data) > PAPER_BYTES_MAX:
        raise InvalidError({"file": _("larger than %(most)s bytes") % {"most": f"{PAPER_BYTES_MAX:,}"}})
    kept: dict[str, BytesIO] = {}

    @contextmanager
    def keep(_top: str, path: str) -> Iterator[BinaryIO | None]:
        yield kept.setdefault(path.removeprefix("data/"), BytesIO()) if path in _READ else None

    try:
        inventory = read_archive(open_age(BytesIO(data), openers()), keep)
    except NoIdentityError:
        raise InvalidError(
            {"file": _("it is sealed for somebody else: this node's identity does not open it")}
        ) from None
    except AgeError as error:
        raise InvalidError({"file": _("it is no sealed package: %(told)s") % {"told": error}}) from None
    try:
        report = verify_inventory(inventory, trust(), now=timezone.now(), subject=inventory.top)
    finally:
        inventory.close()
    failed = [f"{one.title}: {'; '.join(one.reasons)}" for one in report.checks if one.verdict is Verdict.FAILED]
    if failed or report.verdict is Verdict.FAILED:
        told = failed[0][:300] if failed else ""
        raise InvalidError({"file": _("it is not whole or not genuine: %(told)s") % {"told": told}})
    if report.limitations is None or Purpose.PRE_CHECK not in report.limitations.purposes:
        raise InvalidError({"file": _("it was not sealed for a pre-check: take it in as evidence of a case")})
    if any(len(one.getvalue()) > JSON_BYTES_MAX for one in kept.values()):
        raise InvalidError({"file": _("larger than %(most)s bytes") % {"most": f"{JSON_BYTES_MAX:,}"}})
    return Opened(files={name: one.getvalue() for name, one in kept.items()}, report=report)


def _work() -> Path:
    folder = Path(settings.DATA) / "work"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
