"""`comity letter sign`, `verify` and `enclose` in the terminal."""

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from tests.samples.keys import PASSPHRASE as IDENTITY_PASSPHRASE
from tests.samples.keys import make_identity
from tests.samples.letterfiles import data_of, pdf_of, plain_pdf, sample, sample_pdf
from tests.samples.letters import complete
from tests.samples.signers import PASSPHRASE, magistrate, officer, revocations, root, stamper, stamping

from comity.cli import main
from comity.letters import Kind, catalogue, checked, from_json, to_json


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["comity", "letter", *arguments])
    with pytest.raises(SystemExit) as caught:
        main()
    return int(caught.value.code or 0)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letter.pdf").write_bytes(sample_pdf())
    (tmp_path / "letter.json").write_bytes(data_of(sample()))
    (tmp_path / "empty.pdf").write_bytes(b"%PDF-1.7\nnot a page")
    (tmp_path / "officer.pem").write_bytes(officer().key_pem + officer().pem)
    (tmp_path / "officer.key").write_bytes(officer().locked_key_pem)
    (tmp_path / "officer.crt").write_bytes(officer().pem)
    (tmp_path / "judge.p12").write_bytes(magistrate().p12(root().certificate))
    (tmp_path / "tsa.p12").write_bytes(stamping().p12(root().certificate))
    (tmp_path / "root.pem").write_bytes(root().pem)
    (tmp_path / "root.crl").write_bytes(revocations(root()))
    (tmp_path / "secret").write_text(PASSPHRASE + "\n")
    (tmp_path / "secret").chmod(0o600)
    return tmp_path


def test_two_sign_in_order_with_a_local_stamp(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = "sign letter.pdf --key officer.pem --next judge.p12 --next-passphrase-file secret --trust root.pem"
    arguments += " --crl root.crl --timestamp local --timestamp-key tsa.p12 --timestamp-passphrase-file secret"
    assert run(monkeypatch, *arguments.split(), "--reason", "Approved", "--city", "Suryapur") == 0
    assert "letter.signed-2.pdf: signed, signature 2" in capsys.readouterr().out
    assert run(monkeypatch, "verify", "letter.signed-2.pdf", "--trust", "root.pem", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["kind"] for one in found["signatures"]] == ["signature", "time_stamp", "signature", "time_stamp"]
    assert all(one["verdict"] == "passed" for one in found["signatures"])
    assert found["data"]["agreement"] == "agrees"
    assert run(monkeypatch, "verify", "letter.signed-2.pdf", "--trust", "root.pem") == 0
    page = capsys.readouterr().out
    assert "PASSED" in page
    assert "a time stamp proves it" in page
    assert "enclosure 1  absent" in page


def test_the_second_signs_elsewhere(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first = "sign letter.pdf --key officer.key --cert officer.crt --chain root.pem --passphrase-file secret --invisible"
    assert run(monkeypatch, *first.split()) == 0
    assert run(monkeypatch, *"sign letter.signed-1.pdf --key judge.p12 --passphrase-file secret".split()) == 0
    assert (here / "letter.signed-2.pdf").is_file()
    assert "the letter has 1 place to sign, and signature 2 is one more" in capsys.readouterr().err
    assert run(monkeypatch, "verify", "letter.signed-2.pdf") == 3
    out = capsys.readouterr().out
    assert "INDETERMINATE" in out
    assert "does not lead to a root" in out
    data = bytearray((here / "letter.signed-2.pdf").read_bytes())
    data[data.index(b"stream") + 50] ^= 1
    (here / "letter.signed-2.pdf").write_bytes(data)
    assert run(monkeypatch, "verify", "letter.signed-2.pdf", "--trust", "root.pem") == 1


def test_detached(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = "sign letter.json --key officer.pem --next judge.p12 --next-passphrase-file secret"
    assert run(monkeypatch, *arguments.split()) == 0
    assert (here / "letter.json.p7s").is_file()
    assert (here / "letter.json.2.p7s").is_file()
    assert run(monkeypatch, "verify", "letter.json", "--trust", "root.pem", "--issuer", "officer.crt") == 0
    assert run(monkeypatch, "sign", "letter.json", "--key", "officer.pem", "-o", "mine.p7s") == 0
    assert (
        run(monkeypatch, *"verify letter.json --trust root.pem --signature mine.p7s --crl root.crl --json".split()) == 0
    )
    capsys.readouterr()
    (here / "letter.json").write_bytes(data_of(sample()) + b" ")
    assert run(monkeypatch, "verify", "letter.json", "--trust", "root.pem") == 1


def test_an_identity_signs(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    make_identity(here / "me")
    (here / "own").write_bytes(IDENTITY_PASSPHRASE)
    (here / "own").chmod(0o600)
    assert run(monkeypatch, *"sign letter.pdf --key me --passphrase-file own".split()) == 0
    assert run(monkeypatch, *"verify letter.signed-1.pdf --identity me --json".split()) == 0
    assert "Pune Police" in json.loads(capsys.readouterr().out.partition("\n")[2])["signatures"][0]["signer"]
    assert run(monkeypatch, *"verify letter.signed-1.pdf --trust me/identity.json".split()) == 0
    capsys.readouterr()


class Service(BaseHTTPRequestHandler):
    """A time-stamping service; it answers nothing but what it is asked at /tsa."""

    def do_POST(self) -> None:
        from asn1crypto import tsp

        asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        made = stamper(None).request_tsa_response(asked).dump() if self.path == "/tsa" else b"no"
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(made)))
        self.end_headers()
        self.wfile.write(made)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def test_a_service_stamps(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    server = HTTPServer(("127.0.0.1", 0), Service)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_port}"
        assert run(monkeypatch, "sign", "letter.json", "--key", "officer.pem", "--timestamp", f"{url}/tsa") == 0
        assert run(monkeypatch, "verify", "letter.json", "--trust", "root.pem") == 0
        assert "a time stamp proves it" in capsys.readouterr().out
        status = run(monkeypatch, "sign", "letter.pdf", "--key", "officer.pem", "--timestamp", f"{url}/other")
        assert status == 2
        assert "comity: time stamp:" in capsys.readouterr().err
        assert not (here / "letter.signed-1.pdf").exists()
        closed = ("--timestamp", "http://127.0.0.1:9/")
        assert run(monkeypatch, "sign", "letter.pdf", "--key", "officer.pem", *closed) == 2
        assert "Error while contacting" in capsys.readouterr().err
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("sign letter.pdf", "name a key"),
        ("sign letter.pdf --key officer.pem --token a b c", "name a key"),
        ("sign nothing.pdf --key officer.pem", "no such file"),
        ("sign letter.pdf --key nothing.pem", "no such file"),
        ("sign letter.pdf --key judge.p12", "no terminal"),
        ("sign letter.pdf --key officer.pem --timestamp local", "--timestamp-key"),
        ("sign letter.pdf --key officer.pem --timestamp ftp://x", "neither a URL"),
        ("sign letter.pdf --key officer.pem --trust officer.key", "no certificate"),
        ("sign officer.pem --foreign --key officer.pem -o letter.pdf", "is there already"),
        ("sign officer.pem --key officer.pem", "holds no letter of ours"),
        ("sign empty.pdf --foreign --key officer.pem", "damaged"),
        ("verify letter.pdf --at yesterday", "is no instant"),
        ("verify letter.pdf --trust letter.pdf", "no certificate"),
        ("verify letter.pdf --crl letter.json --trust root.pem", "revocation list"),
        ("verify letter.pdf --ocsp letter.json --trust root.pem", "OCSP answer"),
        ("verify nothing.pdf", "no such file"),
    ],
)
def test_what_cannot_be_done(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: str, told: str
) -> None:
    assert run(monkeypatch, *arguments.split()) == 2
    error = capsys.readouterr().err
    assert told in error
    assert "Traceback" not in error


def test_a_draft_with_gaps_is_not_signed(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import msgspec

    letter, expected = complete(Kind.MLA_REQUEST)
    gaps = checked(msgspec.structs.replace(letter, facts=()), expected)
    (here / "draft.json").write_bytes(to_json(gaps))
    assert run(monkeypatch, "sign", "draft.json", "--key", "officer.pem") == 2
    assert "not ready" in capsys.readouterr().err
    for banner in ("DRAFT: NOT READY", catalogue("ru").say("banner.not_ready")):
        (here / "draft.pdf").write_bytes(pdf_of(letter, lines=[banner, "Dear colleague"]))
        assert run(monkeypatch, "sign", "draft.pdf", "--key", "officer.pem") == 2
        assert "it says so on its pages" in capsys.readouterr().err
        assert run(monkeypatch, "sign", "draft.pdf", "--key", "officer.pem", "--foreign") == 2
        capsys.readouterr()
    assert run(monkeypatch, "sign", "draft.json", "--key", "officer.pem", "--not-ready") == 0
    assert "whether or not it has gaps" in capsys.readouterr().err
    (here / "draft2.json").write_bytes(to_json(checked(letter, expected)))
    assert run(monkeypatch, "sign", "draft2.json", "--key", "officer.pem") == 0
    assert run(monkeypatch, "verify", "draft2.json", "--trust", "root.pem") == 0
    capsys.readouterr()


def test_a_paper_that_is_no_letter_of_ours_is_signed_on_demand_alone(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "paper.pdf").write_bytes(plain_pdf(["Text of section 66D, certified"]))
    assert run(monkeypatch, "sign", "paper.pdf", "--key", "officer.pem") == 2
    assert "--foreign" in capsys.readouterr().err
    assert not (here / "paper.signed-1.pdf").exists()
    assert run(monkeypatch, "sign", "paper.pdf", "--key", "officer.pem", "--foreign") == 0
    assert "was not checked" in capsys.readouterr().err
    assert (here / "paper.signed-1.pdf").exists()


def test_papers_are_sealed_and_checked(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "law.txt").write_text("Whoever cheats")
    (here / "list.csv").write_text("1,2")
    (here / "draft.json").write_bytes(to_json(checked(*complete(Kind.MLA_REQUEST))))
    for source in ("letter.json", "draft.json"):
        target = f"sealed-{source}"
        assert run(monkeypatch, "enclose", source, "1=law.txt", "list.csv", "-o", target) == 0
        assert run(monkeypatch, "sign", target, "--key", "officer.pem") == 0
        assert run(monkeypatch, "verify", target, "--trust", "root.pem") == 0
    assert from_json((here / "sealed-draft.json").read_bytes()).letter.enclosures[2].file == "list.csv"
    (here / "list.csv").write_text("1,3")
    (here / "law.txt").unlink()
    assert run(monkeypatch, "verify", "sealed-letter.json", "--trust", "root.pem") == 1
    out = capsys.readouterr().out
    assert "enclosure 3  changed  list.csv (list.csv)" in out
    assert "enclosure 1  absent" in out
    (here / "elsewhere").mkdir()
    assert run(monkeypatch, *"verify sealed-letter.json --trust root.pem --papers elsewhere".split()) == 0
    assert run(monkeypatch, "enclose", "letter.json", "7=list.csv", "-o", "x.json") == 2
    assert run(monkeypatch, "enclose", "letter.json", "nothing.csv", "-o", "x.json") == 2
    capsys.readouterr()


def test_as_of_another_day(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "sign", "letter.json", "--key", "officer.pem") == 0
    assert run(monkeypatch, "verify", "letter.json", "--trust", "root.pem", "--at", "2060-01-01") == 3
    assert "out of its time" in capsys.readouterr().out


def test_another_name_than_the_letter_lists_is_told(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = sample().signatures[0]
    assert run(monkeypatch, "sign", "letter.pdf", "--key", "officer.pem") == 0
    told = capsys.readouterr().err
    assert f"the letter lists {listed.name}" in told
    assert "the certificate is of" in told
