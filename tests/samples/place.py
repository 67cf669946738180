"""Two agencies with their files in one folder, and an authority for time stamps that is a command."""

import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner, Result

from comity import cli
from comity.evidence.custody import Act, Authorisation, Draft, Item, Party, create_log

PASSPHRASE = b"correct horse battery staple"
STAMP = """
import sys
from datetime import UTC, datetime
sys.path.insert(0, {root!r})
from tests.samples.sealing import Stamper
from cryptography.hazmat.primitives.serialization import Encoding
stamper = Stamper()
open({ca!r}, "wb").write(stamper.root.public_bytes(Encoding.PEM))
sys.stdout.buffer.write(stamper.answer(sys.stdin.buffer.read(), datetime.now(UTC)))
"""


@dataclass(frozen=True)
class Place:
    folder: Path

    def run(self, *arguments: object) -> Result:
        return CliRunner().invoke(cli.comity, [str(one) for one in arguments])

    def seal(self, *arguments: object) -> Result:
        return self.run(
            "seal", self.folder / "phone", "--case", "FIR 12/2026", "--authorised-by", "Warrant 12",
            "--for", self.folder / "bonn" / "identity.json", "-o", self.package,
            *self.who("pune"), "--tsa-command", f"{sys.executable} {self.folder / 'tsa.py'}", *arguments,
        )  # fmt: skip

    def collect(self, *extra: Item) -> None:
        """Pune's custody log with one entry: that it collected EX-1, and what else is given."""
        now = datetime.now(UTC)
        draft = Draft(
            act=Act.COLLECTED,
            at=now,
            by=Party(name="pune", role="evidence custodian", agency="Police pune", identity="pune.example"),
            items=(Item(id="EX-1"), *extra),
            place="Pune",
            reason="search",
            authorisation=Authorisation(reference="Warrant 12"),
        )
        log = create_log(self.folder / "log", origin="pune.example/custody")
        log.append([draft], recorded_at=now, random_bytes=os.urandom)
        log.close()

    def who(self, name: str) -> tuple[object, ...]:
        return ("--identity", self.folder / name, "--passphrase-file", self.folder / "passphrase")

    @property
    def trust(self) -> tuple[object, ...]:
        return ("--trust", self.folder / "pune" / "identity.json", "--stamp-trust", self.folder / "ca.pem")

    @property
    def package(self) -> Path:
        return self.folder / "package.age"
