"""`comity evidence delete`, `restrict` and `proof`: the holder's acts, and the owner's check of them."""

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from click.testing import Result
from cryptography.hazmat.primitives.serialization import Encoding
from tests.samples import sealing
from tests.samples.place import Place

from comity.evidence.custody import Act, Authorisation, Draft, Item, Party, create_log, open_log
from comity.evidence.keys import certificates, open_identity


@pytest.fixture
def held(place: Place) -> Place:
    """Bonn has the package of Pune: the file, what it was unpacked to, and its receipt in the log. Pune kept a copy."""
    create_log(place.folder / "log", origin="bonn.example/custody").close()
    assert place.seal("--package", "P-1").exit_code == 0
    shutil.copyfile(place.package, place.folder / "copy.age")
    result = place.run(
        "unseal", place.package, "-o", place.folder / "out", "--custody", place.folder / "log",
        *place.who("bonn"), *place.trust,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    log = create_log(place.folder / "pune-log", origin="pune.example/custody")
    now, us = datetime.now(UTC), Party(name="pune", role="custodian", agency="Police pune", identity="pune.example")
    said: dict[str, Any] = {"by": us, "items": (Item(id="P-1"),), "place": "Pune", "reason": "request 7"}
    said |= {"at": now, "authorisation": Authorisation(reference="W 12")}
    to = Party(name="bonn", agency="Police bonn", identity="bonn.example")
    acts = [Draft(act=Act.COLLECTED, **said), Draft(act=Act.TRANSFERRED, given_to=to, **said)]
    log.append(acts, recorded_at=now, random_bytes=os.urandom)
    log.close()
    return place


def delete(place: Place, *arguments: object) -> Result:
    return place.run(
        "evidence", "delete", place.package, place.folder / "out" / "P-1", "-o", place.folder / "gone.json",
        "--recall", "R 1/2027", *place.who("bonn"), *place.trust, *arguments,
    )  # fmt: skip


def proof(place: Place, *arguments: object) -> Result:
    return place.run(
        "evidence", "proof", place.folder / "gone.json", "--package", place.folder / "copy.age",
        "--trust", place.folder / "bonn" / "identity.json", "--stamp-trust", place.folder / "ca.pem",
        "--given", place.folder / "pune-log", *arguments,
    )  # fmt: skip


def stamped(place: Place) -> tuple[object, ...]:
    return ("--tsa-command", f"{sys.executable} {place.folder / 'tsa.py'}")


def test_ones_own_keys_prove_nothing_to_oneself(held: Place) -> None:
    """The owner trusts those whom it knows; a statement by itself would prove that nobody did anything."""
    assert delete(held, "--yes", "--custody", held.folder / "log").exit_code == 0
    told = held.run("evidence", "proof", held.folder / "gone.json", "--identity", held.folder / "bonn", "--json").stdout
    holder = next(one for one in json.loads(told)["checks"] if one["name"] == "holder")
    assert (holder["verdict"], "nobody that you said you trust" in holder["reasons"][0]) == ("indeterminate", True)


def test_deleted_and_proven(held: Place) -> None:
    result = delete(
        held, "--yes", "--custody", held.folder / "log", "--declare", "no backups were made", *stamped(held)
    )
    assert result.exit_code == 0, result.output
    assert not held.package.exists()
    assert not (held.folder / "out" / "P-1").exists()
    log = open_log(held.folder / "log")
    assert [entry.act.value for entry in log.entries()] == ["received", "destroyed"]
    log.close()
    result = proof(held)
    assert result.exit_code == 0, result.output
    assert all(words in result.output for words in ("P-1", "destroyed", "R 1/2027", "no backups", "zeros"))
    told = json.loads(proof(held, "--json").stdout)
    assert told["verdict"] == "passed"
    assert [one["kind"] for one in told["statement"]["held"]] == ["package", "folder"]
    assert len({one["signed_list_sha512"] for one in told["statement"]["held"]}) == 1
    assert not list(held.folder.glob(".*"))


def changed_keys(place: Place) -> Path:
    """Bonn changes all its keys, after Pune took its identity in; the identity as Pune has it."""
    own = place.folder / "bonn"
    known = shutil.copyfile(own / "identity.json", place.folder / "bonn-as-known.json")
    result = place.run("key", "rotate", own, "--passphrase-file", place.folder / "passphrase")
    assert result.exit_code == 0, result.output
    return known


def test_proven_by_keys_that_came_after(held: Place) -> None:
    known = changed_keys(held)
    result = delete(held, "--yes", "--custody", held.folder / "log", *stamped(held))
    assert result.exit_code == 0, result.output
    asks = (
        "evidence", "proof", held.folder / "gone.json", "--package", held.folder / "copy.age",
        "--trust", known, "--stamp-trust", held.folder / "ca.pem", "--given", held.folder / "pune-log",
    )  # fmt: skip
    result = held.run(*asks)
    assert result.exit_code == 0, result.output
    told = " ".join(result.output.split())
    assert all(words in told for words in ("certificate key 1", "certificate key 2", "which you know"))
    rotations = json.loads(held.run(*asks, "--json").stdout)["rotations"]
    assert [step["generation"] for step in rotations] == [1, 2]
    beside = held.folder / "gone.json.identity.json"
    beside.rename(held.folder / "newest.json")
    result = held.run(*asks)
    assert (result.exit_code, "--holder" in result.output) == (1, True), "nobody says that the key is Bonn's"
    assert held.run(*asks, "--holder", held.folder / "newest.json").exit_code == 0


def test_openssl_checks_it(held: Place, tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("the program openssl is not installed")
    assert delete(held, "--yes").exit_code == 0
    chains = certificates(open_identity(held.folder / "bonn").public)
    leaf = next(chain[0] for chain in chains if chain)
    (tmp_path / "roots.pem").write_bytes(leaf.public_bytes(Encoding.PEM))
    command = [
        openssl, "cms", "-verify", "-binary", "-inform", "DER", "-in", "gone.json.p7s", "-content", "gone.json",
        "-CAfile", "roots.pem", "-purpose", "any", "-partial_chain", "-out", "/dev/null",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=held.folder, capture_output=True, check=False)
    assert b"successful" in done.stderr, done.stderr


def test_stopped_and_run_again(held: Place) -> None:
    """The authority gives no stamp: by then all is removed and entered; the same command signs what is left to sign."""
    arguments = ("--yes", "--custody", held.folder / "log")
    result = delete(held, *arguments, "--tsa-command", "false")
    assert result.exit_code == 1
    assert not held.package.exists()
    assert not (held.folder / "gone.json").exists()
    other = held.run(
        "evidence", "delete", held.folder / "copy.age", "-o", held.folder / "gone.json", "--recall", "R",
        *held.who("bonn"),
    )  # fmt: skip
    assert "finish that first" in str(other.exception)
    assert delete(held, *arguments, *stamped(held)).exit_code == 0
    assert proof(held).exit_code == 0
    log = open_log(held.folder / "log")
    assert [entry.act.value for entry in log.entries()] == ["received", "destroyed"]
    log.close()
    assert "is there already" in str(delete(held, *arguments).exception)


def test_stopped_after_the_last_step(held: Place) -> None:
    assert delete(held, "--yes", "--tsa-command", "false").exit_code == 1
    pending = (held.folder / ".gone.json.pending").read_bytes()
    assert delete(held).exit_code == 0
    (held.folder / ".gone.json.pending").write_bytes(pending)
    assert delete(held).exit_code == 0
    assert not (held.folder / ".gone.json.pending").exists()
    (held.folder / "gone.json").unlink()
    (held.folder / ".gone.json.pending").write_bytes(b"{")
    assert "see what is left by hand" in str(delete(held).exception)


def named(place: Place, paths: list[Path], *arguments: object, output: Path | None = None) -> Result:
    return place.run(
        "evidence", "delete", *paths, "-o", output or place.folder / "gone.json", "--recall", "R", "--yes",
        *place.who("bonn"), *place.trust, *arguments,
    )  # fmt: skip


@pytest.mark.parametrize("which", ["package", "folder"])
def test_a_link_is_not_taken_for_what_it_leads_to(held: Place, which: str) -> None:
    """Only the link would go, and the statement would say that the evidence is gone."""
    target = held.package if which == "package" else held.folder / "out" / "P-1"
    (held.folder / "link").symlink_to(target)
    result = named(held, [held.folder / "link"], "--custody", held.folder / "log")
    assert result.exit_code != 0
    assert f"is a symbolic link: removing it would leave the evidence that it leads to; name that itself: {target}" in (
        str(result.exception)
    )
    assert target.exists()
    assert (held.folder / "link").is_symlink()
    assert not list(held.folder.glob("*gone.json*"))
    assert [entry.act.value for entry in open_log(held.folder / "log").entries()] == ["received"]
    (held.folder / "way").symlink_to(target.parent)  # a link on the way leads to the same file
    result = named(held, [held.folder / "way" / target.name])
    assert result.exit_code == 0, (result.output, result.exception)
    assert not target.exists()


def test_what_another_name_holds_is_not_emptied(held: Place) -> None:
    other = held.folder / "other-case.age"
    other.hardlink_to(held.package)
    whole = other.read_bytes()
    assert "has another name elsewhere on the disk (hard link)" in str(delete(held, "--yes").exception)
    assert (held.package.exists(), other.read_bytes() == whole) == (True, True)
    other.unlink()
    assert delete(held, "--yes").exit_code == 0


def test_links_in_what_is_removed_are_stated(held: Place) -> None:
    """The evidence itself may lie where they lead to."""
    data = held.folder / "out" / "P-1" / "data" / "phone" / "chat" / "1.txt"
    shutil.move(data, held.folder / "elsewhere.txt")
    data.symlink_to(held.folder / "elsewhere.txt")
    result = delete(held, "--yes", "--damaged")
    assert result.exit_code == 0, (result.output, result.exception)
    (declared,) = json.loads((held.folder / "gone.json").read_text())["declared"]
    assert "symbolic links in it were removed, and not what they lead to" in declared
    assert declared.endswith(": P-1/data/phone/chat/1.txt")
    assert (held.folder / "elsewhere.txt").exists()


@pytest.mark.parametrize("what", ["-o", "--custody", "--identity", "--passphrase-file"])
def test_what_is_still_needed_is_not_removed_with_it(held: Place, what: str) -> None:
    folder, output = held.folder / "out" / "P-1", held.folder / "gone.json"
    arguments: tuple[object, ...] = ()
    inside = folder / "inside"
    if what == "-o":
        (held.folder / "way").symlink_to(folder)
        output = held.folder / "way" / "gone.json"
    else:
        shutil.move(held.folder / {"--custody": "log", "--identity": "bonn"}.get(what, "passphrase"), inside)
        arguments = (what, inside)
    result = named(held, [held.package, folder], "--damaged", *arguments, output=output)
    assert result.exit_code != 0
    assert f"lies in {folder}, which is to be removed; put it elsewhere" in str(result.exception)
    assert str(result.exception).startswith(f"{what}: ")
    assert held.package.exists()
    assert folder.exists()
    assert not list(held.folder.rglob("*.pending"))


def test_named_twice(held: Place) -> None:
    assert "is named twice" in str(named(held, [held.package, held.package]).exception)
    assert held.package.exists()


def test_moved_away_before_it_was_removed(held: Place) -> None:
    """What this did not remove, no statement of it says that it is gone."""
    folder = held.folder / "out" / "P-1"
    plan = pending_plan(held)
    shutil.move(folder, held.folder / "hidden")
    result = delete(held, "--yes")
    assert "is not there any more, and this did not remove it" in str(result.exception)
    shutil.copytree(held.folder / "hidden", folder)
    assert "is not what was examined" in str(delete(held, "--yes").exception)
    shutil.rmtree(folder)
    shutil.move(held.folder / "hidden", folder)
    assert not (held.folder / "gone.json").exists()
    assert json.loads(plan.read_text())["begun_count"] == 2
    assert delete(held, "--yes").exit_code == 0


def pending_plan(place: Place) -> Path:
    """The plan of a deletion that was stopped before it removed anything."""
    with mock.patch("comity.cli.recallwork.remove", side_effect=KeyboardInterrupt):
        assert delete(place, "--yes").exit_code != 0
    assert place.package.exists()
    return place.folder / ".gone.json.pending"


def test_given_back(held: Place) -> None:
    assert delete(held, "--yes", "--returned", "--custody", held.folder / "log").exit_code == 0
    told = json.loads(proof(held, "--json").stdout)
    assert told["statement"]["outcome"] == "returned"
    assert told["statement"]["given_to"]["identity"] == "pune.example"
    verdicts = {check["name"]: check["verdict"] for check in told["checks"]}
    assert (verdicts["custody"], verdicts["time-stamp"]) == ("passed", "indeterminate")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--custody", "empty"), "is not in it"),
        (("--custody", "log", "--by", "Somebody else"), "is held there, with bonn"),
    ],
)
def test_what_custody_does_not_allow_is_not_removed(held: Place, arguments: tuple[str, ...], message: str) -> None:
    create_log(held.folder / "empty", origin="bonn.example/empty").close()
    paths = [held.folder / one if one in ("empty", "log") else one for one in arguments]
    result = delete(held, "--yes", *paths)
    assert message in str(result.exception)
    assert held.package.exists()


def test_by_the_name_in_the_receipt(held: Place) -> None:
    """As the receipt has it, not as the identity has."""
    create_log(held.folder / "other", origin="bonn.example/other").close()
    shutil.rmtree(held.folder / "out")
    by = ("--custody", held.folder / "other", "--by", "K. Weber (Police bonn)")
    unseal = ("unseal", held.package, "-o", held.folder / "out", *by, *held.who("bonn"), *held.trust)
    assert held.run(*unseal).exit_code == 0
    result = delete(held, "--yes", *by)
    assert result.exit_code == 0, (result.output, result.exception)


def test_what_was_made_from_it_is_named(held: Place) -> None:
    """The holder's own log shows that it was sealed again and given on: the statement must not hide that."""
    said = ("--by", "bonn (Police bonn)", "--role", "custodian", "--place", "Bonn", "--reason", "r", "--under", "R")
    log = held.folder / "log"
    for act in (
        ("--act", "copied", "--item", "B-7", "--source", "P-1"),
        ("--act", "transferred", "--item", "B-7", "--given-to", "X (FBI)"),
    ):
        result = held.run("custody", "add", log, *act, *said)
        assert result.exit_code == 0, (result.output, result.exception)
    result = delete(held, "--yes", "--custody", log)
    assert result.exit_code == 0, (result.output, result.exception)
    assert "made from it" in result.output
    (declared,) = json.loads((held.folder / "gone.json").read_text())["declared"]
    assert "B-7" in declared
    assert "X (FBI)" in declared
    result = proof(held)
    assert (result.exit_code, "B-7, made from it, is not gone" in " ".join(result.output.split())) == (3, True)


def test_to_whom_it_was_given(held: Place) -> None:
    """By the extract that lies beside the owner's copy, where no log is named; another's cannot state anything."""
    assert delete(held, "--yes", *stamped(held), "--custody", held.folder / "log").exit_code == 0
    kept = ("evidence", "may", held.folder / "copy.age", "--purpose", "court", *held.who("bonn"), *held.trust)
    assert held.run(*kept).exit_code == 0
    result = held.run(*kept, "--custody", held.folder / "log")
    assert (result.exit_code, "should not be here" in result.output) == (1, True), (
        "its holder has signed that it is gone"
    )
    asks = (
        "evidence", "proof", held.folder / "gone.json", "--package", held.folder / "copy.age", "--json",
        "--trust", held.folder / "bonn" / "identity.json", "--stamp-trust", held.folder / "ca.pem",
    )  # fmt: skip

    def recipient() -> str:
        checks = json.loads(held.run(*asks).stdout)["checks"]
        return str(next(check["verdict"] for check in checks if check["name"] == "recipient"))

    assert recipient() == "indeterminate"
    assert "not shown that this is stated by one who had" in held.run(*(one for one in asks if one != "--json")).output
    log = held.folder / "pune-log"
    assert held.run("custody", "sign", log, *held.who("pune")).exit_code == 0
    beside = held.folder / "copy.age.custody.json"
    assert held.run("custody", "prove", log, "--item", "P-1", "-o", beside).exit_code == 0
    assert recipient() == "passed"


def test_not_confirmed(held: Place) -> None:
    assert delete(held).exit_code == 1  # nobody is there to say yes
    assert held.package.exists()


def test_what_does_not_pass_is_not_removed_unasked(held: Place) -> None:
    notes = held.folder / "out" / "P-1" / "my notes"
    notes.write_text("not evidence")
    assert "--damaged" in str(delete(held, "--yes").exception)
    assert notes.exists()
    assert delete(held, "--yes", "--damaged").exit_code == 0
    assert not notes.exists()


def test_other_folders_and_packages_are_refused(held: Place) -> None:
    (held.folder / "home").mkdir()
    (held.folder / "home" / "x").write_text("x")
    common = ("-o", held.folder / "gone.json", "--recall", "R", "--yes", *held.who("bonn"), *held.trust)
    result = held.run("evidence", "delete", held.folder / "home", *common)
    assert "which package it is" in str(result.exception)
    assert (held.folder / "home" / "x").exists()
    held.package.rename(held.folder / "first.age")
    assert held.seal("--package", "P-2").exit_code == 0
    result = held.run("evidence", "delete", held.folder / "first.age", held.package, *common)
    assert "different packages" in str(result.exception)
    result = held.run("evidence", "delete", held.package, "-o", held.folder / "gone.json", "--recall", "R")
    assert result.exit_code == 2


def test_a_restriction_is_told_carried_and_lifted(held: Place) -> None:
    asks = ("evidence", "may", held.package, "--purpose", "investigation", *held.who("bonn"), *held.trust)
    there = held.folder / "package.age.restriction.json"
    state = ("evidence", "restrict", held.package, "-o", there, *held.who("bonn"), *held.trust, "--recall")
    assert held.run(*state, "R 2").exit_code == 0
    result = held.run("verify", held.package, *held.who("bonn"), *held.trust)
    assert (result.exit_code, "its use is restricted since" in " ".join(result.output.split())) == (0, True)
    out = held.folder / "restricted"
    result = held.run("unseal", held.package, "-o", out, *held.who("bonn"), *held.trust)
    assert (result.exit_code, "its use is restricted since" in result.output) == (0, True), result.output
    (folder,) = (one for one in out.iterdir() if one.is_dir())
    inside = ("evidence", "may", folder, "--purpose", "investigation", *held.trust)
    assert held.run(*inside).exit_code == 1
    assert "is there already" in str(held.run(*state, "R 2").exception)
    assert held.run(*state, "R 3", "--lift", "--only-purpose", "court").exit_code == 2
    assert held.run(*asks).exit_code == 1
    result = held.run(*state, "R 3", "--lift")
    assert (result.exit_code, "no longer restricted" in result.output) == (0, True), result.output
    assert held.run(*asks).exit_code == 0
    assert (held.folder / "package.age.restriction.lifted-1.json.p7s").exists()
    assert "restricted" not in held.run("verify", held.package, *held.who("bonn"), *held.trust).output
    there.write_bytes(b"{}")
    assert "cannot be relied on" in " ".join(
        held.run("verify", held.package, *held.who("bonn"), *held.trust).output.split()
    )


def test_a_restriction_forbids(held: Place) -> None:
    asks = ("evidence", "may", held.package, "--purpose", "investigation", *held.who("bonn"), *held.trust)
    assert held.run(*asks).exit_code == 0
    beside = held.folder / "package.age.restriction.json"
    result = held.run(
        "evidence", "restrict", held.package, "-o", beside, "--recall", "R 2", "--only-purpose", "court",
        *held.who("bonn"), *held.trust,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    result = held.run(*asks)
    assert (result.exit_code, "R 2" in result.output) == (1, True)
    assert held.run(*asks, "--purpose", "court").exit_code == 0
    shutil.copyfile(beside, held.folder / "other.json")
    shutil.copyfile(f"{beside}.p7s", held.folder / "other.json.p7s")
    beside.write_bytes(beside.read_bytes().replace(b"court", b"civil"))
    assert "does not hold" in str(held.run(*asks).exception)  # not to be read as no restriction
    beside.unlink()
    assert held.run(*asks, "--restriction", held.folder / "other.json").exit_code == 1
    assert sealing.PASSPHRASE.decode() not in (held.folder / "other.json").read_text()


def test_a_restriction_reaches_what_was_unpacked_before(held: Place) -> None:
    """By the holder's own identity wherever it lies; for others by a statement beside each folder that is named."""
    folder = held.folder / "out" / "P-1"
    statement = held.folder / "statement.json"
    own = (*held.who("bonn"), *held.trust)
    asks = ("evidence", "may", folder, "--purpose", "investigation")
    assert held.run(*asks, *own).exit_code == 0
    state = ("evidence", "restrict", held.package, "-o", statement, *own, "--recall")
    result = held.run(*state, "R 2")
    assert (result.exit_code, "Name it too" in " ".join(result.output.split())) == (0, True), result.output
    assert held.run(*asks, *own).exit_code == 1
    assert held.run(*asks, *held.trust).exit_code == 0, "another knows it only by what lies beside"
    moved = held.folder / "elsewhere"
    folder.rename(moved)
    told = " ".join(held.run("verify", moved, *own).output.split())
    assert "its use is restricted since" in told
    to_owner = ("--for", held.folder / "pune" / "identity.json", "-o", held.folder / "on.age", *held.who("bonn"))
    seal = held.run("seal", moved / "data", "--case", "B 1", "--authorised-by", "W", *to_owner)
    assert seal.exit_code == 0, "it goes back to its owner"
    lift = held.run(*state, "R 3", "--lift")
    assert lift.exit_code == 0, lift.output
    assert held.run("evidence", "may", moved, "--purpose", "investigation", *own).exit_code == 0
    assert held.run("evidence", "may", held.package, "--purpose", "investigation", *own).exit_code == 0

    both = ("evidence", "restrict", held.package, moved, "-o", held.folder / "second.json", *own, "--recall")
    beside = ("evidence", "may", moved, "--purpose", "investigation", *held.trust)
    assert held.run(*both, "R 4").exit_code == 0
    assert held.run(*beside).exit_code == 1
    lies = (held.folder / "package.age.restriction.json").read_bytes()
    result = held.run("evidence", "restrict", held.package, "-o", held.folder / "third.json", *own, "--recall", "R 4b")
    assert "package.age.restriction.json: is there already" in " ".join(result.output.split())
    assert (held.folder / "package.age.restriction.json").read_bytes() == lies
    assert held.run(*both, "R 5", "--lift").exit_code == 0
    assert held.run(*beside).exit_code == 0


def test_restricted_evidence_is_not_sealed_for_others(held: Place) -> None:
    folder = held.folder / "out" / "P-1"
    own = (*held.who("bonn"), *held.trust)
    recipient = ("--for", held.folder / "bonn" / "identity.json", *held.who("bonn"))
    seal = ("seal", folder / "data", "--case", "B 1", "--authorised-by", "W", *recipient, "-o")
    assert held.run(*seal, held.folder / "a.age").exit_code == 0
    result = held.run("evidence", "restrict", folder, "-o", held.folder / "r.json", *own, "--recall", "R 2")
    assert result.exit_code == 0, result.output
    refused = str(held.run(*seal, held.folder / "b.age").exception)
    assert "it is only kept" in refused
    assert "--lift" in refused
    assert not (held.folder / "b.age").exists()


def test_a_restriction_stopped_half_way_forbids(held: Place) -> None:
    """Where the statement at -o could not be written, the identity has it; the same command goes on."""
    own = (*held.who("bonn"), *held.trust)
    state = ("evidence", "restrict", held.package, "-o", held.folder / "no" / "r.json", *own, "--recall", "R 2")
    assert held.run(*state).exit_code != 0
    asks = ("evidence", "may", held.folder / "out" / "P-1", "--purpose", "investigation", *own)
    assert held.run(*asks).exit_code == 1
    (held.folder / "no").mkdir()
    assert held.run(*state).exit_code == 0
    assert held.run(*state, "--lift").exit_code == 0
    assert held.run(*asks).exit_code == 0


def test_what_was_not_limited_is_said_to_be_so(held: Place) -> None:
    asks = ("evidence", "may", held.package, "--purpose", "civil", *held.who("bonn"), *held.trust)
    held.package.unlink()
    result = held.seal("--package", "P-2")
    bare = "No limitation is laid down" in result.output
    result = held.run(*asks)
    assert (result.exit_code, "nothing was laid down" in result.output.lower()) == (0, bare)
    assert bare
    assert "none are laid down" in " ".join(
        held.run("verify", held.package, *held.who("bonn"), *held.trust).output.lower().split()
    )
