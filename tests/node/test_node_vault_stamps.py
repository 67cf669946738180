"""Consents, time stamps and packages that are dropped on the page."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.node.test_node_vault import Desk, data, desk, made, terminal, theirs
from tests.node.test_node_vault_keeping import LIMITS, Came, _page_bytes, _public, came
from tests.samples.node import client_of, make_user
from tests.samples.openssl import authority

from comity.node.people.roles import Role
from comity.node.vault.keeping import ask_removal, confirm_removal
from comity.node.vault.models import Consent, Opening, Package, Removal
from comity.node.vault.removing import remove_package
from comity.node.vault.tasks import make_package
from comity.node.vault.unpacking import unpack_package

__all__ = ["came", "data", "desk", "theirs"]


def consent(theirs: Path, folder: Path, package: str, *more: str) -> dict[str, BytesIO]:
    out = folder / "consent.json"
    for path in (out, Path(f"{out}.p7s")):
        path.unlink(missing_ok=True)
    keys = ("--identity", theirs, "--passphrase-file", folder / "pass")
    done = terminal("evidence", "consent", package, "-o", out, *keys, *more)
    assert done.exit_code == 0, done.output
    given = {"grant": BytesIO(out.read_bytes()), "signature": BytesIO(Path(f"{out}.p7s").read_bytes())}
    for name, one in given.items():
        one.name = name
    return given


def test_the_owners_consent_extends_its_limits(came: Came, theirs: Path, tmp_path: Path) -> None:
    came.unpack()
    found, carla = came.file("found.txt"), client_of(came.desk.carla)
    assert _page_bytes(came, found, "prosecution") is None
    given = consent(theirs, tmp_path, came.package.name, "--purpose", "prosecution")
    assert carla.post(f"{came.address}consent/", given).status_code == 302
    assert _page_bytes(came, found, "prosecution") == b"what they found"
    assert _page_bytes(came, found, "training") is None
    assert "prosecution" in carla.get(came.address).content.decode()


def test_a_consent_that_was_altered_or_is_for_another_package_is_refused(
    came: Came, theirs: Path, tmp_path: Path
) -> None:
    carla = client_of(came.desk.carla)
    given = consent(theirs, tmp_path, came.package.name, "--purpose", "prosecution")
    altered = BytesIO(given["grant"].getvalue().replace(b"prosecution", b"training"))
    altered.name = "grant"
    assert carla.post(f"{came.address}consent/", given | {"grant": altered}).status_code == 422
    given = consent(theirs, tmp_path, "another", "--purpose", "prosecution")
    assert carla.post(f"{came.address}consent/", given).status_code == 422
    given = consent(theirs, tmp_path, came.package.name, "--purpose", "prosecution")
    assert client_of(make_user(Role.CUSTODIAN)).post(f"{came.address}consent/", given).status_code == 404
    assert not Consent.objects.exists()


def test_a_package_is_dropped_and_checked_in_one_act(came: Came) -> None:
    desk, data = came.desk, BytesIO(came.sealed.read_bytes())
    data.name = "again.age"
    carla = client_of(desk.carla)
    answer = carla.post(f"/vault/{desk.case.pk}/drop/", {"package": data})
    assert answer.headers["Location"] == came.address  # the case had it: it is checked again
    data = BytesIO(b"no package at all")
    data.name = "x.age"
    address = carla.post(f"/vault/{desk.case.pk}/drop/", {"package": data}).headers["Location"]
    dropped = Package.objects.exclude(pk=came.pk).get()
    assert address.endswith(f"{dropped.pk}/")
    make_package.call(dropped.pk)
    assert "failed" in carla.get(address).content.decode()
    assert carla.post(f"/vault/{desk.case.pk}/drop/", {}).status_code == 422


@pytest.fixture
def stamps(tmp_path: Path, settings: Any, data: Path) -> Iterator[str]:
    """A time-stamping authority on this machine, whose root the node trusts."""
    ask, root = authority(tmp_path / "tsa")
    (data / "stamp-roots.pem").write_bytes(root.read_bytes())

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = ask(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        settings.CONFIG = msgspec.structs.replace(settings.CONFIG, time_stamp_url=address)
        yield address
        server.shutdown()


def test_what_is_sealed_is_stamped_by_the_authority_of_the_setting(stamps: str, desk: Desk, theirs: Path) -> None:
    package = made(desk, theirs)
    assert package.stamped
    assert package.verdict == "passed"


def test_an_authority_that_does_not_answer_fails_the_sealing_and_says_so(
    settings: Any, desk: Desk, theirs: Path
) -> None:
    silent = msgspec.structs.replace(settings.CONFIG, time_stamp_url="http://127.0.0.1:9/")
    settings.CONFIG = silent
    assert desk.seal(_age_of(theirs)).status_code == 302
    package = Package.objects.get(artifact=None)
    make_package.call(package.pk)
    package.refresh_from_db()
    assert (package.state, "127.0.0.1:9" in package.problem) == ("failed", True)


def _age_of(folder: Path) -> str:
    from comity.evidence.keys import age_recipients, open_identity

    return age_recipients(open_identity(folder).public)[0]


def test_what_passes_every_check_is_unpacked_at_once_and_its_deletion_is_stamped(
    stamps: str, desk: Desk, theirs: Path, tmp_path: Path
) -> None:
    bundle, number = _public(theirs)
    client_of(desk.carla).post("/vault/identities/", {"bundle": bundle, "number": number})
    came = Came(desk, theirs, tmp_path, *LIMITS, "--tsa", stamps)
    assert came.package.verdict == "passed"
    assert came.package.opening == Opening.WAITING
    ask_removal_is_refused_now(came)
    unpack_package.call(came.pk)
    assert came.package.opening == Opening.DONE
    ask_removal(desk.carla, package=came.package, reason="Recall 9")
    remove_package.call(confirm_removal(desk.paul, package=came.package).pk)
    assert Removal.objects.get().stamp


def ask_removal_is_refused_now(came: Came) -> None:
    assert client_of(came.desk.carla).post(f"{came.address}delete/", {"reason": "x"}).status_code == 422
