"""`comity key` in the terminal: what it makes and prints, and that it never prints a secret."""

import base64
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from comity.cli import main
from comity.cli.passphrase import PASSPHRASE_BYTES_MAX
from comity.evidence.age import HybridIdentity, X25519Identity, parse_identities
from comity.evidence.keys import KeyUse, age_recipients, open_identity
from comity.evidence.keys.encryption import Vault
from comity.evidence.keys.secret import ALGORITHMS

WORDS, OTHER_WORDS = "correct horse battery staple", "quite another passphrase"


class Terminal:
    """Runs commands in a folder and keeps all that they print."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.printed = ""
        self._monkeypatch, self._capsys = monkeypatch, capsys
        monkeypatch.chdir(folder)
        self.secret("pw", WORDS)
        self.secret("pw2", OTHER_WORDS)

    def secret(self, name: str, text: str, mode: int = 0o600) -> None:
        (self.folder / name).write_text(f"{text}\n")
        (self.folder / name).chmod(mode)

    def __call__(self, *arguments: str, status: int = 0, key: str = "pw") -> str:
        words = [*arguments, *([f"--passphrase-file={key}"] if key else [])]
        self._monkeypatch.setattr(sys, "argv", ["comity", *words])
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = self._capsys.readouterr()
        self.printed += out + err
        assert (caught.value.code or 0) == status, out + err
        assert "Traceback" not in err
        if status == 2:
            assert len(err.splitlines()) == 1 or "Usage:" in err
        return out + err


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path, monkeypatch, capsys)


def new(terminal: Terminal, folder: str = "pune", name: str = "cyber.pune.example") -> None:
    terminal("key", "new", folder, "--name", name, "--display", "Cyber Cell", "--agency", "Police", "--state", "in")


def number(terminal: Terminal, folder: str) -> str:
    return str(msgspec.json.decode(terminal("key", "show", folder, "--json", key=""))["number"])


def test_a_whole_life(terminal: Terminal) -> None:
    new(terminal)
    page = terminal("key", "show", "pune", key="")
    for words in ("Cyber Cell", "IN", "ML-DSA-65", "MLKEM768-X25519", "signed by itself", "in use", "age1"):
        assert words in page
    terminal("key", "ca", "new", "ca", "--name", "CA 2026", "--state", "in", "--agency", "Police")
    terminal("key", "csr", "pune", "-o", "request.pem")
    assert "BEGIN CERTIFICATE REQUEST" in terminal("key", "csr", "pune")
    terminal("key", "ca", "issue", "ca", "request.pem", "-o", "leaf.pem", "--days", "30")
    assert "in use, valid until" in terminal("key", "import", "pune", "leaf.pem")
    terminal("key", "export", "pune", "-o", "pune.p12", "--p12-passphrase-file", "pw2")
    new(terminal, "berlin", "lka.berlin.example")
    assert "certificate key 2" in terminal("key", "import", "berlin", "pune.p12", "--p12-passphrase-file", "pw2")
    terminal("key", "rotate", "pune", "--use", "note")
    terminal("key", "revoke", "pune", "--use", "note", "--generation", "1", "--reason", "keyCompromise")
    terminal("key", "rotate", "pune", "--rsa", "--use", "certificate")
    page = " ".join(terminal("key", "show", "pune/identity.json", key="").split())
    assert "revoked" in page
    assert "verifies what it signed" in page
    assert "CN=CA 2026" in page
    issued = next((terminal.folder / "ca" / "issued").iterdir()).stem
    since = ("--invalid-since", "2026-11-20T00:00:00+0000")
    terminal("key", "ca", "revoke", "ca", issued, "--reason", "superseded", *since)
    assert "1 revoked" in terminal("key", "ca", "crl", "ca", "-o", "crl.pem")
    no_secret_was_printed(terminal)


def no_secret_was_printed(terminal: Terminal) -> None:
    """Nothing printed holds a passphrase, or a private key in any of the forms that it might take."""
    printed = re.sub(r"[\s:]", "", terminal.printed)
    assert WORDS.replace(" ", "") not in printed
    assert OTHER_WORDS.replace(" ", "") not in printed
    assert "PRIVATE" not in printed
    assert "AGE-SECRET" not in printed.upper()
    vault = Vault(WORDS.encode())
    found = 0
    for path in (*terminal.folder.glob("*/keys/*.pem"), *terminal.folder.glob("*/ca.key.pem")):
        der = vault.decrypt(path.read_bytes(), what=str(path))
        der = der.partition(bytes.fromhex("034200"))[0]  # an elliptic key's file ends in its public half
        for at in range(len(der) - 24):
            piece = der[at : at + 24]
            assert piece.hex() not in printed.lower()
            assert base64.b64encode(piece).decode() not in printed
        found += 1
    assert found >= 2 * len(ALGORITHMS)


def test_whom_one_knows(terminal: Terminal) -> None:
    new(terminal)
    new(terminal, "berlin", "lka.berlin.example")
    assert "is not known yet" in terminal("key", "import", "pune", "berlin/identity.json", status=2)
    read_out = number(terminal, "berlin")
    assert "another number" in terminal("key", "import", "pune", "berlin/identity.json", "--number", "7", status=2)
    assert "known now" in terminal("key", "import", "pune", "berlin/identity.json", "--number", read_out, key="")
    terminal("key", "rotate", "berlin")
    assert "known now" in terminal("key", "import", "pune", "berlin/identity.json", key="")


def test_der_certificates(terminal: Terminal) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    new(terminal)
    own = next(k.certificates[0] for k in open_identity(terminal.folder / "pune").public.keys if k.certificates)
    der = x509.load_pem_x509_certificate(own.encode()).public_bytes(Encoding.DER)
    (terminal.folder / "own.der").write_bytes(der)
    assert "in use" in terminal("key", "import", "pune", "own.der")


def test_passphrases_come_from_a_file_or_a_descriptor(terminal: Terminal) -> None:
    new(terminal)
    with (terminal.folder / "pw").open() as file:
        terminal("key", "csr", "pune", "--passphrase-fd", str(file.fileno()), key="")
    assert "open it, such as" in terminal("key", "csr", "pune", "--passphrase-fd", "9999", status=2, key="")
    assert "does not open it" in terminal("key", "csr", "pune", status=2, key="pw2")
    terminal.secret("open", WORDS, mode=0o644)
    assert "others may read it" in terminal("key", "csr", "pune", status=2, key="open")
    for text in ("", "x" * (PASSPHRASE_BYTES_MAX + 1)):
        terminal.secret("bad", text)
        assert "no passphrase on its first line" in terminal("key", "csr", "pune", status=2, key="bad")
    assert "No such file" in terminal("key", "csr", "pune", status=2, key="nowhere")
    terminal.secret("short", "short")
    facts = ("--name", "a.example", "--display", "A")
    assert "shorter than 12" in terminal("key", "new", "other", *facts, status=2, key="short")
    assert "no terminal" in terminal("key", "csr", "pune", status=2, key="")


def test_a_passphrase_is_asked_for_on_a_terminal(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    import click

    from comity.cli import passphrase

    asked: list[tuple[str, object]] = []

    def prompt(text: str, **options: object) -> str:
        asked.append((text, options["confirmation_prompt"]))
        assert options["hide_input"]
        return WORDS

    class Tty:
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(click, "prompt", prompt)
    monkeypatch.setattr(sys, "stdin", Tty())
    assert passphrase.ask("x", file=None, fd=None, new=True) == WORDS.encode()
    assert passphrase.ask("x", file=None, fd=None) == WORDS.encode()
    assert asked == [("Passphrase of x", True), ("Passphrase of x", False)]


def test_no_option_takes_a_passphrase_itself(terminal: Terminal) -> None:
    for command in ("new", "csr", "rotate", "revoke", "import", "export"):
        usage = terminal("key", command, "--help", key="")
        assert "--passphrase-file" in usage
        assert not re.search(r"--passphrase\b(?!-)", usage)


def test_keys_for_age(terminal: Terminal) -> None:
    """Those of every generation, in a file for the owner alone, with a warning; never on the screen."""
    new(terminal)
    old = age_recipients(open_identity(terminal.folder / "pune").public)
    terminal("key", "rotate", "pune")
    recipients = age_recipients(open_identity(terminal.folder / "pune").public)
    told = terminal("key", "export", "pune", "--age", "-o", "KEY.txt")
    assert "SECRET: whoever has KEY.txt can open all" in told
    path = terminal.folder / "KEY.txt"
    assert path.stat().st_mode & 0o777 == 0o600
    found = parse_identities(path.read_text())
    assert [one.recipient().text for one in found if isinstance(one, HybridIdentity | X25519Identity)] == [
        recipients[0], old[0], recipients[1], old[1]
    ]  # fmt: skip
    assert re.search(r"^AGE-SECRET-KEY-PQ-1[02-9AC-HJ-NP-Z]{58}$", path.read_text(), re.MULTILINE)
    terminal("key", "export", "pune", "--age", "--x25519", "-o", "classic.txt")
    assert len(parse_identities((terminal.folder / "classic.txt").read_text())) == 2
    assert "AGE-SECRET-KEY-PQ-" not in (terminal.folder / "classic.txt").read_text()
    assert "is there already" in terminal("key", "export", "pune", "--age", "-o", "KEY.txt", status=2)
    assert "--x25519 goes with --age" in terminal("key", "export", "pune", "--x25519", "-o", "x", status=2)
    no_secret_was_printed(terminal)


@pytest.mark.skipif(shutil.which("age") is None, reason="no age on this machine")
def test_age_itself_opens_with_the_exported_keys(terminal: Terminal) -> None:
    new(terminal)
    terminal("key", "export", "pune", "--age", "--x25519", "-o", "KEY.txt")
    _, recipient = age_recipients(open_identity(terminal.folder / "pune").public)
    sealed = subprocess.run(["age", "-r", recipient], input=b"evidence", capture_output=True, check=True).stdout
    opened = subprocess.run(["age", "-d", "-i", "KEY.txt"], input=sealed, capture_output=True, check=False)
    assert opened.stdout == b"evidence", opened.stderr


def test_files_are_not_written_over(terminal: Terminal) -> None:
    new(terminal)
    assert "is there already" in terminal("key", "new", "pune", "--name", "a.example", "--display", "A", status=2)
    (terminal.folder / "request.pem").write_text("mine")
    assert "is there already" in terminal("key", "csr", "pune", "-o", "request.pem", status=2)
    assert (terminal.folder / "request.pem").read_text() == "mine"
    assert "choose a place" in terminal("key", "csr", "pune", "-o", "nowhere/request.pem", status=2)
    assert not list(terminal.folder.glob(".*tmp"))


def test_a_file_system_without_links(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    new(terminal)

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    terminal("key", "csr", "pune", "-o", "request.pem")
    assert (terminal.folder / "request.pem").read_text().startswith("-----BEGIN")
    assert "not permitted" in terminal("key", "csr", "pune", "-o", "request.pem", status=2)


@pytest.mark.parametrize(
    "words",
    [
        ("show", "nowhere"),
        ("show", "pw"),
        ("csr", "nowhere"),
        ("import", "pune", "nowhere"),
        ("import", "pune", "pw"),
        ("rotate", "pune", "--use", "wings"),
        ("revoke", "pune", "--use", "note", "--generation", "1", "--reason", "superseded"),
        ("ca", "issue", "nowhere", "pw", "-o", "x"),
        ("ca", "crl", "nowhere", "-o", "x"),
    ],
)
def test_one_line_about_what_is_wrong(terminal: Terminal, words: tuple[str, ...]) -> None:
    new(terminal)
    second = ("--p12-passphrase-file", "pw2") if words[:2] == ("import", "pune") else ()
    terminal("key", *words, *second, key="" if words[0] == "show" else "pw", status=2)


def test_a_file_that_is_too_large(terminal: Terminal) -> None:
    (terminal.folder / "large").write_bytes(b"x" * (5 << 20))
    assert "more than" in terminal("key", "show", "large", status=2, key="")


def test_an_expired_certificate_is_called_so(terminal: Terminal) -> None:
    from datetime import UTC, datetime

    from comity.cli.keypage import print_identity

    new(terminal)
    identity = open_identity(terminal.folder / "pune").public
    print_identity(identity, now=datetime(2099, 1, 1, tzinfo=UTC))
    assert "EXPIRED" in terminal("key", "show", "pune", key="") + terminal.printed
    assert {key.use for key in identity.keys} == set(KeyUse)
