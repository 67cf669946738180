"""A package that is handed over to several: custody goes on at each of them."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from tests.samples.place import Place

from comity.evidence.custody import Item, create_log, open_log


@pytest.mark.parametrize(
    ("receiver", "by", "status"), [("bonn", (), 0), ("bonn", ("--by", "E. Weiss"), 0), ("pune", (), 0), ("else", (), 1)]
)
def test_each_recipient_is_an_addressee(place: Place, receiver: str, by: tuple[str, ...], status: int) -> None:
    place.collect()
    both = ("--for", place.folder / "pune" / "identity.json", "--custody", place.folder / "log", "--exhibit", "EX-1")
    result = place.seal(*both, "--handed-over", "--place", "Pune", "--package", "P-1")
    assert result.exit_code == 0, result.output
    name = "bonn" if receiver == "else" else receiver
    create_log(place.folder / "there", origin=f"{name}.example/here").close()
    entered = ("--custody", place.folder / "there", *by)
    result = place.run("unseal", place.package, "-o", place.folder / "out", *entered, *place.who(name), *place.trust)
    assert result.exit_code == 0, result.output
    log, extract, sender = place.folder / "there", place.folder / "there.json", f"{place.package}.custody.json"
    if receiver == "else":
        log = stranger(place)
    assert place.run("custody", "sign", log, *place.who(name)).exit_code == 0
    assert place.run("custody", "prove", log, "--item", "P-1", "-o", extract).exit_code == 0
    result = place.run("custody", "check", extract, "--identity", place.folder / name, "--sender", sender)
    assert result.exit_code == status, result.output
    assert ("gave it to bonn (Police bonn); pune (Police pune)" in " ".join(result.output.split())) == (status == 1)
    shown = place.run("custody", "show", place.folder / "log")
    assert "on its way from pune (Police pune) to bonn (Police bonn); pune (Police pune)" in " ".join(
        shown.output.split()
    )
    shown = place.run("custody", "show", place.folder / "log", "--item", "P-1")
    assert shown.output.count("   to  ") == 2


def bare_key(place: Place) -> str:
    from comity.evidence.keys import age_recipients, open_identity

    return age_recipients(open_identity(place.folder / "bonn").public)[0]


def seal_to_key(place: Place, *extra: object) -> Result:
    """Sealed by Pune for a bare key of Bonn's, and handed over."""
    return place.run(
        "seal", place.folder / "phone", "--case", "C", "--authorised-by", "W 12", "--for", bare_key(place),
        "-o", place.package, *place.who("pune"), "--tsa-command", f"{sys.executable} {place.folder / 'tsa.py'}",
        "--package", "P-1", "--place", "Pune", *extra,
    )  # fmt: skip


def test_whose_a_bare_key_is(place: Place) -> None:
    """Its owner, by that name, can enter that it was given to them."""
    place.collect()
    logged = ("--custody", place.folder / "log", "--exhibit", "EX-1", "--handed-over")
    result = seal_to_key(place, *logged, "--addressee", "E. Weiss (LKA Bonn)")
    assert result.exit_code == 0, result.output
    shown = " ".join(place.run("custody", "show", place.folder / "log").output.split())
    assert "on its way from pune (Police pune) to E. Weiss (LKA Bonn)" in shown
    assert "age1" not in shown
    result = place.run("verify", place.package, *place.who("bonn"), *place.trust)
    assert "E. Weiss, LKA Bonn" in " ".join(result.output.split())
    create_log(place.folder / "there", origin="bonn.example/here").close()
    entered = ("--custody", place.folder / "there", "--by", "E. Weiss (LKA Bonn)")
    result = place.run("unseal", place.package, "-o", place.folder / "out", *entered, *place.who("bonn"), *place.trust)
    assert result.exit_code == 0, result.output
    log, extract, sender = place.folder / "there", place.folder / "there.json", f"{place.package}.custody.json"
    assert place.run("custody", "sign", log, *place.who("bonn")).exit_code == 0
    assert place.run("custody", "prove", log, "--item", "P-1", "-o", extract).exit_code == 0
    result = place.run("custody", "check", extract, "--identity", place.folder / "bonn", "--sender", sender)
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ((), "nobody says whose the key age1pq1"),
        (("--addressee", "A", "--addressee", "B"), "2 named, for 1 age keys"),
        (("--addressee", " "), "nobody is named"),
    ],
)
def test_a_bare_key_that_is_nobodys_is_not_handed_over(place: Place, extra: tuple[str, ...], message: str) -> None:
    place.collect()
    logged = ("--custody", place.folder / "log", "--exhibit", "EX-1", "--handed-over")
    result = seal_to_key(place, *logged, *extra)
    assert (result.exit_code, message in result.output) == (2, True), result.output
    assert not place.package.exists()


def test_a_bare_key_may_be_nobodys_where_nothing_is_handed_over(place: Place) -> None:
    result = seal_to_key(place)
    assert result.exit_code == 0, result.output
    assert not place.run("verify", place.package, *place.who("bonn"), *place.trust).exit_code


def exhibit_file(place: Place) -> Item:
    """EX-1 as the log has it: the file image.bin of the phone."""
    from comity.cli.custodyact import hash_file

    size, sha256, sha512 = hash_file(place.folder / "phone" / "image.bin")
    return Item(id="EX-9", sha256=sha256, sha512=sha512, size_bytes=size)


def test_what_is_sealed_is_the_exhibit(place: Place) -> None:
    """By its digest in the log; or it is said how it was made from it."""
    place.collect(exhibit_file(place))
    logged = ("--custody", place.folder / "log", "--exhibit", "EX-9", "--handed-over", "--package", "P-1")
    image = place.folder / "phone" / "image.bin"
    whole = image.read_bytes()
    image.write_bytes(b"fake")
    result = place.seal(*logged)
    assert "exhibit EX-9: is not in what was to be sealed" in str(result.exception)
    assert not place.package.exists()
    assert place.run("custody", "show", place.folder / "log", "--item", "P-1").exit_code
    image.write_bytes(whole)
    assert place.seal(*logged).exit_code == 0
    asks = ("verify", place.package, *place.who("bonn"), *place.trust)
    assert place.run(*asks).exit_code == 0


def test_what_was_made_from_the_exhibit_says_how(place: Place) -> None:
    place.collect(exhibit_file(place))
    (place.folder / "phone" / "image.bin").write_bytes(b"an extract")
    logged = ("--custody", place.folder / "log", "--exhibit", "EX-9", "--package", "P-1")
    result = place.seal(*logged, "--derived", "chats exported with Tool 1.2")
    assert result.exit_code == 0, result.output
    assert "does not say that it was given to anybody" in result.output
    result = place.run("verify", place.package, *place.who("bonn"), *place.trust)
    assert (result.exit_code, "chats exported with Tool 1.2" in " ".join(result.output.split())) == (0, True)


def test_what_the_sender_did_not_give_is_not_entered(place: Place) -> None:
    """Neither bound to an act that gave nothing, nor left unpacked beside a log that does not know it."""
    place.collect()
    assert place.seal("--custody", place.folder / "log", "--exhibit", "EX-1", "--package", "P-1").exit_code == 0
    create_log(place.folder / "there", origin="bonn.example/here").close()
    asks = ("unseal", place.package, "-o", place.folder / "out", *place.who("bonn"), *place.trust)
    late = (*asks, "--custody", place.folder / "there")
    assert "does not show that this was given to you" in str(place.run(*late).exception)
    assert not list((place.folder / "out").iterdir())
    assert open_log(place.folder / "there").size == 0
    beside = place.folder / "package.age.custody.json"
    beside.rename(place.folder / "kept.json")  # then the one inside is left, which ends before the sealing
    assert "does not show that this was given to you" in str(place.run(*late).exception)
    assert open_log(place.folder / "there").size == 0
    result = place.run(*late, "--unbound")
    assert result.exit_code == 0, result.output
    (entry,) = open_log(place.folder / "there").entries()
    assert "not tied to the sender's custody" in entry.remarks


def test_what_the_log_says_is_gone_is_not_unpacked(place: Place) -> None:
    assert place.seal("--package", "P-1").exit_code == 0
    create_log(place.folder / "there", origin="bonn.example/here").close()
    asks = ("unseal", place.package, "-o", place.folder / "out", *place.who("bonn"), *place.trust)
    late = (*asks, "--custody", place.folder / "there")
    assert "entry 0, received" in place.run(*late).output
    shutil.rmtree(place.folder / "out")
    assert "entry 1, examined" in place.run(*late).output
    shutil.rmtree(place.folder / "out")
    act = ("--act", "destroyed", "--item", "P-1", "--by", "bonn (Police bonn)", "--role", "evidence custodian")
    said = ("--place", "Bonn", "--reason", "recalled", "--under", "R 1")
    assert place.run("custody", "add", place.folder / "there", *act, *said).exit_code == 0
    assert "entry 2 says that P-1 was destroyed" in str(place.run(*late).exception)
    assert not list((place.folder / "out").iterdir())


def stranger(place: Place) -> Path:
    """The receiver's log with the same receipt, entered by somebody to whom nothing was given."""
    told = place.run("custody", "show", place.folder / "there", "--entry", "0", "--json")
    entry = json.loads(told.stdout)["entries"][0]
    for name in ("log", "number", "previous", "recorded_at", "nonce", "format"):
        del entry[name]
    entry["by"] = {"name": "M. Orlov", "role": "clerk"}
    (place.folder / "acts").write_text(json.dumps(entry) + "\n")
    create_log(place.folder / "other", origin="bonn.example/here").close()
    result = place.run("custody", "add", place.folder / "other", "--acts", place.folder / "acts")
    assert result.exit_code == 0, result.output
    return place.folder / "other"


def test_an_act_with_several_receivers(place: Place) -> None:
    place.collect()
    said = ("--role", "custodian", "--place", "Pune", "--reason", "request 7", "--under", "W 12")
    act = ("custody", "add", place.folder / "log", "--item", "EX-1", *said)
    to = ("--given-to", "A (LKA)", "--given-to", "B (FBI)", "--by", "pune (Police pune)")
    assert place.run(*act, "--act", "transferred", *to).exit_code == 0
    taken = (*act, "--act", "received", "--given-by", "pune (Police pune)", "--by")
    assert "A (LKA); B (FBI)" in " ".join(str(place.run(*taken, "C (FBI)").exception).split())
    assert place.run(*taken, "B (FBI)").exit_code == 0


@pytest.mark.parametrize("kind", [(), ("--x25519",)])
def test_a_recipient_opens_it_without_comity(place: Place, kind: tuple[str, ...]) -> None:
    """By the steps that the package and its report print, with the file that the identity's owner had made before."""
    from pypdf import PdfReader

    assert place.seal("--package", "P-1", *kind).exit_code == 0
    opens = (*place.who("bonn"), *place.trust)
    assert place.run("unseal", place.package, "-o", place.folder / "out", *opens).exit_code == 0
    readme = (place.folder / "out/P-1/README.txt").read_text()
    export = re.search(r"^ +comity (key export IDENTITY --age -o KEY.txt)$", readme, re.MULTILINE)
    assert export is not None
    words = export[1].replace("IDENTITY", str(place.folder / "bonn")).replace("KEY.txt", str(place.folder / "KEY.txt"))
    secret = ("--passphrase-file", place.folder / "passphrase")
    assert place.run(*words.split(), *kind, *secret).exit_code == 0
    result = place.run("verify", place.package, "--key", place.folder / "KEY.txt", *place.trust)
    assert result.exit_code == 0, result.output
    pdf = place.folder / "report.pdf"
    assert place.run("verify", place.package, "--pdf", pdf, *opens).exit_code == 0
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).split())
    assert "comity key export IDENTITY --age -o KEY.txt" in text
    if kind and shutil.which("age"):
        steps = re.search(r"^ +(age -d -i KEY.txt PACKAGE.age \| tar -x)\n +(cd P-1)$", readme, re.MULTILINE)
        assert steps is not None
        (place.folder / "PACKAGE.age").symlink_to(place.package)
        done = subprocess.run(
            f"{steps[1]} && {steps[2]} && ls data", shell=True, cwd=place.folder, capture_output=True, check=False
        )
        assert done.stdout.split() == [b"phone"], done.stderr


def test_custody_can_be_entered_after_it_was_unpacked(place: Place) -> None:
    assert place.seal("--package", "P-1").exit_code == 0
    asks = ("unseal", place.package, "-o", place.folder / "out", *place.who("bonn"), *place.trust)
    assert place.run(*asks).exit_code == 0
    create_log(place.folder / "there", origin="bonn.example/here").close()
    late = (*asks, "--custody", place.folder / "there")
    assert "is there already" in str(place.run(*asks).exception)
    result = place.run(*late)
    assert (result.exit_code, "unpacked before, and the same" in result.output) == (0, True), result.output
    assert "entry 0, received" in result.output
    (place.folder / "out/P-1/data/phone/chat/1.txt").write_text("x")
    assert place.run(*late).exit_code == 1
    shutil.rmtree(place.folder / "out")
    assert place.run(*asks).exit_code == 0
    place.package.unlink()
    assert place.seal("--package", "P-1", "--case", "another").exit_code == 0
    other = str(place.run(*late, "--accept-indeterminate").exception)  # its stamp is of another authority
    assert "is of another package of the same name" in other


def test_unpacking_again_is_entered(place: Place) -> None:
    """A second copy that no entry shows would be one that nobody deletes."""
    assert place.seal("--package", "P-1").exit_code == 0
    log = place.folder / "there"
    create_log(log, origin="bonn.example/here").close()
    asks = ("unseal", place.package, *place.who("bonn"), *place.trust, "--custody", log, "-o")
    for folder, said in (
        ("out", "entry 0, received"),
        ("out", "entry 0, received before"),
        ("out2", "entry 1, examined"),
    ):
        result = place.run(*asks, place.folder / folder)
        assert (result.exit_code, said in result.output) == (0, True), (result.output, result.exception)
    given = ("--act", "transferred", "--given-to", "X (FBI)", "--by", "bonn (Police bonn)", "--role", "c")
    about = ("--place", "Bonn", "--reason", "r", "--under", "R", "--item", "P-1")
    assert place.run("custody", "add", log, *given, *about).exit_code == 0
    assert "not yet received" in str(place.run(*asks, place.folder / "out3").exception)
    assert not list((place.folder / "out3").iterdir())


def test_access_that_ended(place: Place) -> None:
    assert place.seal("--package", "P-1", "--end-of-access", "2019-01-01").exit_code == 0
    asks = ("unseal", place.package, *place.who("bonn"), *place.trust, "-o", place.folder / "out")
    assert "access ended on 2019-01-01" in str(place.run(*asks).exception)
    assert not list((place.folder / "out").iterdir())
    assert place.run(*asks, "--after-end-of-access").exit_code == 0
