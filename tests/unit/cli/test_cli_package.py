"""`comity seal`, `verify`, `unseal` and `evidence`, as a person types them: two agencies, and a stamp by command."""

import hashlib
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.serialization import Encoding
from tests.samples import sealing
from tests.samples.place import PASSPHRASE, Place

from comity import cli
from comity.evidence.custody import Act, Authorisation, CustodyLog, Draft, Item, Party, create_log, open_log
from comity.evidence.errors import EvidenceError
from comity.evidence.keys import open_identity

UNDER = Authorisation(reference="Warrant 12")


def test_there_and_back(place: Place) -> None:
    result = place.seal("--only-for-case", "FIR 12/2026", "--delete-by", "2099-01-01", "--found-at", "Pune")
    assert result.exit_code == 0, result.output
    assert "sealed 3 files" in result.output
    result = place.run("verify", place.package, *place.who("bonn"), *place.trust)
    assert result.exit_code == 0, result.output
    assert "This evidence is whole" in result.output
    result = place.run("unseal", place.package, "-o", place.folder / "out", *place.who("bonn"), *place.trust)
    assert result.exit_code == 0, result.output
    (folder,) = (place.folder / "out").iterdir()
    assert (folder / "data/phone/chat/1.txt").read_text() == "transfer the money\n"
    result = place.run("verify", folder, *place.trust)
    assert result.exit_code == 0, result.output


def test_json(place: Place) -> None:
    told = json.loads(place.seal("--json", "--package", "P-1").stdout)
    assert (told["package"], told["file_count"], told["stamped"]) == ("P-1", 3, True)
    report = json.loads(place.run("verify", place.package, "--json", *place.who("bonn"), *place.trust).stdout)
    assert report["verdict"] == "passed"
    assert {check["name"] for check in report["checks"]} >= {"encryption", "completeness", "signature", "time-stamp"}
    assert all({"name", "verdict", "reasons", "standard", "title"} == set(check) for check in report["checks"])


def test_a_report_for_court(place: Place) -> None:
    from pypdf import PdfReader

    place.seal()
    target = place.folder / "report.pdf"
    asked = ("--pdf", target, "--examiner", "E. Weiß", "--reference", "VR 7", *place.trust)
    result = place.run("verify", place.package, *place.who("bonn"), *asked)
    assert result.exit_code == 0, result.output
    text = "".join(page.extract_text() for page in PdfReader(target).pages)
    digest = hashlib.sha256(place.package.read_bytes()).hexdigest()
    assert all(words in text for words in ("PASSED", "E. Weiß", "VR 7", "package.age", digest))
    result = place.run("verify", place.package, *place.who("bonn"), *asked)
    assert (result.exit_code, "is there already" in str(result.exception)) == (1, True)
    place.run("unseal", place.package, "-o", place.folder / "out", *place.who("bonn"), *place.trust)
    (folder,) = (place.folder / "out").iterdir()
    result = place.run("verify", folder, "--pdf", place.folder / "folder.pdf", *place.trust)
    assert result.exit_code == 0, result.output
    assert (place.folder / "folder.pdf").read_bytes().startswith(b"%PDF")
    result = place.run("verify", place.folder, "--bag", "--pdf", place.folder / "bag.pdf")
    assert result.exit_code == 2
    assert "sealed packages" in result.output


def test_no_report_on_a_file_that_changed_meanwhile(place: Place) -> None:
    from comity.cli.files import FileError
    from comity.cli.verifypaper import Paper

    place.seal()
    paper = Paper(place.folder / "report.pdf", place.package, examiner="", reference="")
    with place.package.open("rb") as source:
        report = sealing.verified(b"")
        place.package.write_bytes(b"other")
        with pytest.raises(FileError, match="changed while it was examined"):
            paper.write(report, sealing.trust(), source)
    assert not (place.folder / "report.pdf").exists()


def test_without_anything_to_trust_it_cannot_be_told(place: Place) -> None:
    place.seal()
    result = place.run("verify", place.package, *place.who("bonn"))
    assert result.exit_code == 3
    assert "cannot be told" in result.output
    result = place.run("unseal", place.package, "-o", place.folder / "out", *place.who("bonn"))
    assert result.exit_code == 3
    assert not list((place.folder / "out").glob("[!.]*"))


def test_an_altered_package(place: Place) -> None:
    place.seal()
    data = bytearray(place.package.read_bytes())
    data[-1] ^= 1
    place.package.write_bytes(data)
    result = place.run("verify", place.package, *place.who("bonn"), *place.trust)
    assert result.exit_code == 1
    assert "must not be relied on" in result.output
    result = place.run("unseal", place.package, "-o", place.folder / "out", "--json", *place.who("bonn"), *place.trust)
    assert result.exit_code == 1
    assert json.loads(result.stdout)["verdict"] == "failed"


def test_a_byte_changed_where_the_keys_lie_may_be_either(place: Place) -> None:
    """It cannot be told from a file for somebody else; both are said."""
    place.seal()
    data = bytearray(place.package.read_bytes())
    data[100] = ord("B") if data[100] == ord("A") else ord("A")  # still a letter of base64
    place.package.write_bytes(data)
    said = str(place.run("verify", place.package, *place.who("bonn"), *place.trust).exception)
    assert "none of the identities opens" in said
    assert "altered" in said


def test_custody_goes_on_across_the_border(place: Place) -> None:
    place.collect()
    create_log(place.folder / "abroad", origin="bonn.example/custody").close()
    result = place.seal("--custody", place.folder / "log", "--exhibit", "EX-1", "--handed-over", "--place", "Pune")
    assert result.exit_code == 0, result.output
    result = place.run(
        "unseal", place.package, "-o", place.folder / "out", "--custody", place.folder / "abroad", "--place", "Bonn",
        *place.who("bonn"), *place.trust,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    with_us, with_them = open_log(place.folder / "log"), open_log(place.folder / "abroad")
    assert [entry.act.value for entry in with_us.entries()] == ["collected", "copied", "transferred"]
    (received,) = with_them.entries()
    assert received.binding is not None
    assert (received.binding.log, received.binding.number) == ("pune.example/custody", 2)
    assert received.items[0].sha256 == next(iter(list(with_us.entries())[1].items)).sha256
    with_us.close()
    with_them.close()


def test_custody_goes_on_from_a_sender_whose_keys_have_changed(place: Place) -> None:
    """The recipient knows the identity as it was; a key that it knows signed the change."""
    known = place.folder / "pune-as-known.json"
    known.write_bytes((place.folder / "pune" / "identity.json").read_bytes())
    assert place.run("key", "rotate", place.folder / "pune", *place.who("pune")[2:]).exit_code == 0
    log = create_log(place.folder / "log", origin="pune.example/custody")
    _collect(log, Party(name="pune", role="evidence custodian", agency="Police pune", identity="pune.example"))
    create_log(place.folder / "abroad", origin="bonn.example/custody").close()
    result = place.seal("--custody", place.folder / "log", "--exhibit", "EX-1", "--handed-over")
    assert result.exit_code == 0, result.output
    result = place.run(
        "unseal", place.package, "-o", place.folder / "out", "--custody", place.folder / "abroad",
        *place.who("bonn"), "--trust", known, "--stamp-trust", place.folder / "ca.pem",
    )  # fmt: skip
    assert result.exit_code == 0, (result.output, result.exception)


def test_a_file_that_was_lost_accuses_nothing_else(place: Place) -> None:
    """One is gone from the unpacked folder: that is said, and all that the package says of itself still holds."""
    (place.folder / "phone" / "empty").mkdir()
    assert place.seal("--package", "P-1").exit_code == 0
    assert (
        place.run("unseal", place.package, "-o", place.folder / "out", *place.who("bonn"), *place.trust).exit_code == 0
    )
    folder = place.folder / "out" / "P-1"
    lost = next(one for one in sorted((folder / "data").rglob("*")) if one.is_file())
    lost.unlink()
    result = place.run("verify", folder, "--json", *place.trust)
    report = json.loads(result.stdout)
    failed = {check["name"]: check["reasons"] for check in report["checks"] if check["verdict"] == "failed"}
    assert result.exit_code == 1
    assert set(failed) == {"completeness"}
    assert all(lost.name in reason and "is not there" in reason for reason in failed["completeness"])
    assert (report["head"]["case"], report["limitations"]["owner"]) == ("FIR 12/2026", "pune.example")


def test_trust_that_cannot_be_read_is_no_failed_check(place: Place) -> None:
    """The verifier that goes along says so, and gives the exit status of what was not checked."""
    from importlib.resources import files

    script = str(files("comity.evidence.package") / "data" / "verify_standalone.py")
    for wrong in (place.folder / "pune" / "identity.json", place.folder / "nowhere.pem"):
        asked = [sys.executable, script, "--trust", str(wrong), str(place.folder)]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        assert (done.returncode, "holds no certificates" in done.stderr) == (2, True), done.stderr


def test_nobody_signs_with_what_the_given_list_revokes(place: Place) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256

    unlocked = open_identity(place.folder / "pune").unlock(PASSPHRASE)
    (own, *_), now = unlocked.certificate_chain(), datetime.now(UTC)
    entry = x509.RevokedCertificateBuilder().serial_number(own.serial_number).revocation_date(now).build()
    lists = x509.CertificateRevocationListBuilder().issuer_name(own.issuer).last_update(now)
    lists = lists.next_update(now + timedelta(days=7)).add_revoked_certificate(entry)
    revoked = lists.sign(unlocked.certificate_key(), SHA256())
    (place.folder / "list.crl").write_bytes(revoked.public_bytes(Encoding.PEM))
    result = place.seal("--crl", place.folder / "list.crl")
    assert "that would sign" in str(result.exception)
    assert not place.package.exists()


def test_what_is_in_the_way_is_named(place: Place) -> None:
    """The package itself first; a question for a stamp that stayed behind is said to be that."""
    assert place.seal().exit_code == 0
    beside = place.folder / "package.age.tsq"
    beside.write_bytes(b"")
    assert "package.age: is there already" in str(place.seal("--tsa-command", "").exception)
    assert "package.age: is there already" in str(place.seal().exception)
    place.package.unlink()
    said = str(place.seal("--tsa-command", "").exception)
    assert "package.age.tsq is there already, and the package is not" in said
    assert not place.package.exists()
    assert place.seal().exit_code == 0, "a stamped package needs no question beside it"


def test_nothing_is_sealed_that_custody_would_not_enter(place: Place) -> None:
    """The log says that another holds the exhibit: refused before any evidence is read, by name and remedy."""
    log = create_log(place.folder / "log", origin="pune.example/custody")
    _collect(log, Party(name="A. Rao", role="investigator", agency="Police pune"))
    given = ("--custody", place.folder / "log", "--exhibit", "EX-1")
    result = place.seal(*given)
    assert "does not hold" in str(result.exception)
    assert "--by" in str(result.exception)
    assert not list(place.folder.glob("package.age*"))
    result = place.seal(*given, "--by", "A. Rao (Police pune)")
    assert result.exit_code == 0, result.output


def test_a_package_that_the_log_refused_after_all_does_not_stay(
    place: Place,
) -> None:
    """The log changed while the evidence was read: the authority that is asked for a stamp does it here."""
    log = create_log(place.folder / "log", origin="pune.example/custody")
    holder = Party(name="pune", role="evidence custodian", agency="Police pune", identity="pune.example")
    _collect(log, holder)
    destroy = place.folder / "destroy.py"
    destroy.write_text(DESTROY.format(log=str(place.folder / "log"), tsa=str(place.folder / "tsa.py")))
    given = ("--custody", place.folder / "log", "--exhibit", "EX-1", "--tsa-command", f"{sys.executable} {destroy}")
    result = place.seal(*given)
    assert "does not hold" in str(result.exception), result.output
    assert not list(place.folder.glob("package.age*"))


DESTROY = """
import os, runpy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from comity.evidence.custody import Act, Authorisation, Draft, Item, Party, open_log
holder = Party(name="pune", role="evidence custodian", agency="Police pune", identity="pune.example")
now, log = datetime.now(UTC), open_log(Path({log!r}))
draft = Draft(act=Act.DESTROYED, at=now, by=holder, items=(Item(id="EX-1"),), place="Pune", reason="fire",
              authorisation=Authorisation(reference="Warrant 12"))
log.append([draft], recorded_at=now, random_bytes=os.urandom)
runpy.run_path({tsa!r})
"""


def _collect(log: CustodyLog, holder: Party) -> None:
    now = datetime.now(UTC)
    draft = Draft(
        act=Act.COLLECTED,
        at=now,
        by=holder,
        items=(Item(id="EX-1"),),
        place="Pune",
        reason="search",
        authorisation=UNDER,
    )
    log.append([draft], recorded_at=now, random_bytes=os.urandom)
    log.close()


def test_custody_of_the_sender_that_was_altered_is_not_bound_to(place: Place) -> None:
    place.collect()
    create_log(place.folder / "abroad", origin="bonn.example/custody").close()
    assert place.seal("--custody", place.folder / "log", "--exhibit", "EX-1").exit_code == 0
    beside = place.folder / "package.age.custody.json"
    beside.write_bytes(beside.read_bytes().replace(b"search", b"sweeps"))
    result = place.run(
        "unseal", place.package, "-o", place.folder / "out", "--custody", place.folder / "abroad",
        *place.who("bonn"), *place.trust,
    )  # fmt: skip
    assert "the sender's custody is failed" in str(result.exception)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--custody", "log"), "give --exhibit"),
        (("--for", "age1nonsense"), "age"),
        (("--for", "missing.json"), "missing.json"),
        (("--crl", __file__), "no list of revoked certificates"),
        (("--tsa-command", "false"), "ended with status 1"),
        (("--tsa-command", "no-such-program"), "no-such-program"),
    ],
)
def test_what_cannot_be_sealed(place: Place, arguments: tuple[str, ...], message: str) -> None:
    result = place.seal(*arguments)
    assert result.exception is not None
    assert message in str(result.exception)
    assert not place.package.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--case", " "), "--case is empty"),
        (("--authorised-by", ""), "--authorised-by is empty"),
        (("--found-on", "2999-01-01"), "is yet to come"),
    ],
)
def test_under_no_order_nothing_is_sealed(place: Place, arguments: tuple[str, ...], message: str) -> None:
    result = place.seal(*arguments)
    assert (result.exit_code, message in result.output) == (2, True), result.output
    assert not place.package.exists()


def test_recipients_of_two_kinds(place: Place) -> None:
    from comity.evidence.age import X25519Identity

    key = X25519Identity(os.urandom(32))
    mixed = ("--for", key.recipient().text)
    result = place.seal(*mixed)
    assert "no post-quantum key, but others have one" in str(result.exception)
    assert "for all with --x25519" in str(result.exception)
    assert not place.package.exists()
    result = place.seal(*mixed, "--x25519")
    assert result.exit_code == 0, result.output
    assert "a quantum computer may open it" in result.stderr
    assert place.package.read_bytes().count(b"\n-> X25519 ") == 2
    (place.folder / "key.txt").write_text(f"# a key\n{key.text}\n")
    opens = ("verify", place.package, "--key", place.folder / "key.txt", *place.trust)
    (place.folder / "key.txt").chmod(0o644)
    assert "others may read it (mode 644)" in str(place.run(*opens).exception)
    (place.folder / "key.txt").chmod(0o600)
    assert place.run(*opens).exit_code == 0
    absent = ("verify", place.package, "--key", place.folder / "absent.txt")
    assert "No such file" in str(place.run(*absent).exception)
    assert place.run("verify", place.package, *place.who("bonn"), *place.trust).exit_code == 0
    assert isinstance(place.run("verify", place.package, *place.who("pune")).exception, EvidenceError)
    assert "give --identity" in str(place.run("verify", place.package).exception)


def test_recipients_without_a_post_quantum_key(place: Place) -> None:
    from comity.evidence.age import HybridIdentity, X25519Identity

    arguments = ("seal", place.folder / "phone", "--case", "C", "--authorised-by", "W", *place.who("pune"))
    classic, strong = X25519Identity(os.urandom(32)).recipient().text, HybridIdentity(os.urandom(32)).recipient().text
    result = place.run(*arguments, "--for", classic, "-o", place.package)
    assert (result.exit_code, "a quantum computer may open it" in result.stderr) == (0, True)
    result = place.run(*arguments, "--for", strong, "-o", place.folder / "strong.age")
    assert (result.exit_code, "quantum" in result.stderr) == (0, False)
    result = place.run(*arguments, "--for", strong, "--x25519", "-o", place.folder / "none.age")
    assert "has no key of the kind" in str(result.exception)


def test_the_page_shows_limitations_and_no_hidden_letters(place: Place) -> None:
    place.seal("--only-for-case", "FIR 12/2026", "--delete-by", "2099-01-01", "--request", "A\x1b[2J\u202e")
    result = place.run("verify", place.package, *place.who("bonn"), *place.trust)
    assert "Only for FIR 12/2026" in result.output
    assert "To be deleted by 2099-01-01" in result.output
    assert "A\\u{001B}[2J\\u{202E}" in result.output
    assert not {"\x1b", "\u202e"} & set(result.output)
    report = json.loads(place.run("verify", place.package, "--json", *place.who("bonn"), *place.trust).stdout)
    assert report["limitations"]["cases"] == ["FIR 12/2026"]


def test_may_and_consent(place: Place) -> None:
    place.seal("--only-for-case", "FIR 12/2026", "--no-onward-transfer", "--package", "P-1", "--notify", "pune")
    opens = (*place.who("bonn"), *place.trust)
    asks = ("evidence", "may", place.package, "--purpose", "investigation", *opens)
    result = place.run(*asks, "--for-case", "FIR 12/2026")
    assert (result.exit_code, "ALLOWED" in result.output, "tell pune" in result.output) == (0, True, True)
    result = place.run(*asks, "--for-case", "OTHER")
    assert result.exit_code == 1
    assert "FORBIDDEN" in result.output
    assert "speciality" in result.output
    grant = place.folder / "grant.json"
    consents = ("evidence", "consent", "P-1", "-o", grant, "--for-case", "OTHER", *place.who("pune"))
    assert place.run(*consents).exit_code == 0
    assert place.run(*asks, "--for-case", "OTHER", "--consent", grant).exit_code == 0
    told = json.loads(
        place.run(*asks, "--for-case", "OTHER", "--share-with", "FR", "--consent", grant, "--json").stdout
    )
    assert told["decision"]["answer"] == "forbidden"
    assert {one["rule"]: one["answer"] for one in told["decision"]["rulings"]}["cases"] == "allowed"


def test_may_of_a_folder(place: Place) -> None:
    place.seal()
    place.run("unseal", place.package, "-o", place.folder / "out", *place.who("bonn"), *place.trust)
    (folder,) = (place.folder / "out").iterdir()
    asks = ("evidence", "may", folder, "--purpose", "court", "--on", "2030-01-01")
    result = place.run(*asks, *place.trust)
    assert result.exit_code == 0, result.output
    result = place.run(*asks)  # whose limitations these are, nobody vouches for
    assert (result.exit_code, "CANNOT BE TOLD" in result.output) == (2, True), result.output
    (folder / "data/phone/chat/1.txt").write_text("x")
    assert isinstance(place.run("evidence", "may", folder, "--purpose", "court").exception, EvidenceError)


def test_bags_of_others(place: Place) -> None:
    bag = place.folder / "bag"
    (bag / "data").mkdir(parents=True)
    (bag / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    (bag / "manifest-md5.txt").write_text("")
    assert place.run("verify", bag).exit_code == 3
    result = place.run("verify", bag, "--bag")
    assert (result.exit_code, "the bag is valid" in result.output) == (0, True)
    (bag / "data/x").write_text("x")
    assert place.run("verify", bag).exit_code == 1
    assert json.loads(place.run("verify", bag, "--json").stdout)["verdict"] == "failed"


def test_a_stamp_that_is_asked_for_later(place: Place) -> None:
    """Without an authority at hand there is a question to take to one; its answer is kept beside the package."""
    arguments = ("seal", place.folder / "phone", "--case", "C", "--authorised-by", "W", "-o", place.package)
    result = place.run(*arguments, "--for", place.folder / "bonn" / "identity.json", *place.who("pune"))
    assert "package.age.tsq" in result.output
    question = (place.folder / "package.age.tsq").read_bytes()
    (place.folder / "answer").write_bytes(sealing.stamper().answer(question, datetime.now(UTC)))
    (place.folder / "ca.pem").write_bytes(sealing.stamper().root.public_bytes(Encoding.PEM))
    opens = ("verify", place.package, *place.who("bonn"), *place.trust)
    assert place.run(*opens).exit_code == 3
    result = place.run(*opens, "--time-stamp", place.folder / "answer")
    assert result.exit_code == 0, result.output


def test_what_goes_beside_the_package_must_be_free(place: Place) -> None:
    taken = place.folder / "package.age.tsq"
    taken.write_text("mine")
    arguments = ("seal", place.folder / "phone", "--case", "C", "--authorised-by", "W", "-o", place.package)
    result = place.run(*arguments, "--for", place.folder / "bonn" / "identity.json", *place.who("pune"))
    assert "is there already" in str(result.exception)
    assert not place.package.exists()
    assert place.seal().exit_code == 0  # stamped: nothing goes there


def test_files_that_hold_nothing_to_trust(place: Place) -> None:
    place.seal()
    for option in ("--trust", "--stamp-trust", "--crl"):
        result = place.run("verify", place.package, *place.who("bonn"), option, place.folder / "tsa.py")
        assert "holds no" in str(result.exception)
    der = place.folder / "ca.der"
    der.write_bytes(sealing.stamper().root.public_bytes(Encoding.DER))
    assert place.run("verify", place.package, *place.who("bonn"), "--trust", der).exit_code == 3


def test_help_of_each() -> None:
    commands: list[list[Any]] = [
        ["seal"],
        ["verify"],
        ["unseal"],
        ["evidence"],
        ["evidence", "may"],
        ["evidence", "consent"],
    ]
    for command in commands:
        assert CliRunner().invoke(cli.comity, [*command, "--help"]).exit_code == 0


def test_authorities_over_http() -> None:
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer

    from comity.cli.tsa import authority
    from comity.evidence.errors import TimeStampError

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200 if question == b"question" else 500)
            self.end_headers()
            self.wfile.write(b"answer to " + question)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        ask = authority(f"http://127.0.0.1:{server.server_port}/", None)
        assert ask is not None
        assert ask(b"question") == b"answer to question"
        with pytest.raises(TimeStampError, match="500"):
            ask(b"other")
        server.shutdown()
    bad = authority("ftp://x", None)
    assert bad is not None
    with pytest.raises(TimeStampError, match="is no HTTP address"):
        bad(b"question")
    assert authority(None, None) is None


def test_whoever_seals_names_the_agency_of_the_keys(place: Place) -> None:
    """Another's is refused: whoever verifies compares it with the identity that signed."""
    result = place.seal("--by", "A. Rao (Cyber Cell, Delhi)")
    assert "names the agency 'Cyber Cell, Delhi'" in str(result.exception)
    assert not place.package.exists()
    assert place.seal("--by", "A. Rao (police  PUNE)").exit_code == 0
    result = place.run("verify", place.package, *place.who("bonn"), *place.trust)
    assert "Sealed as" in result.output
    assert "pune.example (pune, Police pune" in result.output


def test_a_stranger_is_not_nothing_wrong(place: Place) -> None:
    assert place.seal("--end-of-access", "2019-01-01").exit_code == 0
    stamps = place.trust[place.trust.index("--stamp-trust") :]
    result = place.run("verify", place.package, "--key", _age_key(place), *stamps)
    assert result.exit_code == 3, result.output
    assert "It is not shown whose this evidence is" in " ".join(result.output.split())
    assert "past: it may no longer be read" in result.output


def _age_key(place: Place) -> Any:
    path = place.folder / "KEY.txt"
    secret = ("--passphrase-file", place.folder / "passphrase")
    assert place.run("key", "export", place.folder / "bonn", "--age", "-o", path, *secret).exit_code == 0
    return path
