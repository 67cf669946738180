"""Evidence of another that is sealed again: its owner's limitations go along, and what they forbid is refused."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from tests.samples.place import PASSPHRASE, Place

from comity.evidence.custody import create_log
from comity.evidence.keys import PublicIdentity, create_identity, number_to_compare, open_identity, remember
from comity.evidence.recall import remove


@pytest.fixture(scope="module")
def third(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("third") / "fbi"
    public = PublicIdentity(name="fbi.example", display_name="fbi", agency="FBI", state="US", keys=())
    before = datetime.now(UTC) - timedelta(days=1)
    create_identity(folder, public, passphrase=PASSPHRASE, now=before, random_bytes=os.urandom)
    return folder


LIMITS = (
    "--only-for-case", "FIR 12/2026", "--purpose", "investigation", "--no-onward-transfer", "--not-in-court",
    "--delete-by", "2099-01-01", "--end-of-access", "2098-01-01", "--package", "P-1",
)  # fmt: skip


@pytest.fixture
def held(place: Place) -> Place:
    """What Pune limited and Bonn unpacked; Bonn knows Pune."""
    own = place.folder / "bonn"
    pune = open_identity(place.folder / "pune")
    remember(own, pune.bundle, number=number_to_compare(pune.public))
    assert place.seal(*LIMITS).exit_code == 0
    result = place.run("unseal", place.package, "-o", place.folder / "out", *place.who("bonn"), *place.trust)
    assert result.exit_code == 0, result.output
    return place


def reseal(place: Place, to: Path, *extra: object, case: str = "FIR 12/2026") -> Result:
    return place.run(
        "seal", place.folder / "out" / "P-1" / "data" / "phone", "--case", case, "--authorised-by", "W 2",
        "--for", to / "identity.json", "-o", place.folder / "leak.age", *place.who("bonn"), "--package", "B-1",
        "--tsa-command", f"{sys.executable} {place.folder / 'tsa.py'}", *extra,
    )  # fmt: skip


def consent(place: Place, *what: str) -> Path:
    path = place.folder / "consent.json"
    result = place.run("evidence", "consent", "P-1", "-o", path, *what, *place.who("pune"))
    assert result.exit_code == 0, result.output
    return path


def test_what_the_owner_forbids_is_not_sealed(held: Place, third: Path) -> None:
    result = reseal(held, third)
    assert "must not be given to" in str(result.exception)
    assert "pune.example" in str(result.exception)
    result = reseal(held, held.folder / "pune", case="OTHER 9")
    assert "speciality" in str(result.exception)
    assert not (held.folder / "leak.age").exists()


def test_the_limitations_go_along(held: Place, third: Path) -> None:
    grant = consent(held, "--share-with", "FBI", "--in-court")
    result = reseal(held, third, "--consent", grant, "--delete-by", "2097-01-01", "--purpose", "court")
    assert result.exit_code == 0, result.output
    assert "This is of pune.example" in result.output
    trusted = ("--trust", held.folder / "bonn" / "identity.json", "--stamp-trust", held.folder / "ca.pem")
    opens = ("--identity", third, "--passphrase-file", held.folder / "passphrase", *trusted)
    told = json.loads(held.run("verify", held.folder / "leak.age", "--json", *opens).stdout)
    limits = told["limitations"]
    assert (limits["cases"], limits["purposes"], limits["share_with"]) == (["FIR 12/2026"], ["investigation"], ["FBI"])
    assert (limits["no_onward_transfer"], limits["not_in_court"], limits["delete_by"]) == (True, False, "2097-01-01")
    assert (limits["owner"], told["head"]["end_of_access_on"]) == ("pune.example", "2098-01-01")
    asks = ("evidence", "may", held.folder / "leak.age", "--purpose", "investigation", *opens)
    assert held.run(*asks, "--for-case", "FIR 12/2026", "--share-with", "FR").exit_code == 1
    assert held.run(*asks, "--for-case", "FIR 12/2026").exit_code == 0


def test_only_the_owner_extends_them(held: Place, third: Path) -> None:
    """Neither Bonn, which sealed the second package, nor anybody else."""
    assert reseal(held, third, "--consent", consent(held, "--share-with", "FBI")).exit_code == 0
    identities = ("bonn", "pune")
    trusted = [word for name in identities for word in ("--trust", held.folder / name / "identity.json")]
    opens = ("--identity", third, "--passphrase-file", held.folder / "passphrase", *trusted)
    told = json.loads(held.run("verify", held.folder / "leak.age", "--json", *opens).stdout)
    asks = ("evidence", "may", held.folder / "leak.age", "--purpose", "investigation", "--for-case", "X", *opens)
    for name, status in (("bonn", None), ("pune", 0)):
        path = held.folder / f"{name}.json"
        said = ("evidence", "consent", "B-1", "--for-case", "X", *held.who(name))
        assert held.run(*said, "-o", held.folder / f"bare-{name}.json").exit_code == 0
        result = held.run(*asks, "--consent", held.folder / f"bare-{name}.json")
        assert ("by an id alone" in str(result.exception)) == (status is not None), "Bonn chose the id"
        assert held.run(*said, "-o", path, "--seal", told["signed_list_sha512"]).exit_code == 0
        result = held.run(*asks, "--consent", path)
        assert ("not signed by the owner" in str(result.exception)) == (status is None)
        assert status is None or result.exit_code == status, result.output


def test_whoever_passed_it_on_extends_nothing(held: Place, third: Path) -> None:
    """A third agency that got it from Bonn: Pune's consent counts, and Bonn's does not."""
    grant = consent(held, "--share-with", "FBI")
    assert reseal(held, third, "--consent", grant).exit_code == 0
    own = held.folder / "fbi"
    shutil.copytree(third, own)
    for name in ("pune", "bonn"):
        known = open_identity(held.folder / name)
        remember(own, known.bundle, number=number_to_compare(known.public))
    trusted = ("--stamp-trust", held.folder / "ca.pem")
    result = held.run("unseal", held.folder / "leak.age", "-o", held.folder / "far", *held.who("fbi"), *trusted)
    assert result.exit_code == 0, result.output

    def further(by: str) -> Result:
        grant = held.folder / f"{by}.json"
        signed = (held.folder / "far" / "B-1" / "signatures" / "tagmanifests.sha512").read_bytes()
        seal = hashlib.sha512(signed).hexdigest()
        said = ("evidence", "consent", "B-1", "-o", grant, "--share-with", "BKA", "--seal", seal)
        assert held.run(*said, *held.who(by)).exit_code == 0
        return held.run(
            "seal", held.folder / "far" / "B-1" / "data" / "phone", "--case", "FIR 12/2026", "--authorised-by", "W 3",
            "--for", held.folder / "bonn" / "identity.json", "-o", held.folder / f"{by}.age", *held.who("fbi"),
            "--consent", grant,
        )  # fmt: skip

    assert "is not signed by the owner of the evidence, pune.example" in str(further("bonn").exception)
    assert not (held.folder / "bonn.age").exists()
    assert "must not be given to" in str(further("pune").exception)


def test_it_goes_back_to_its_owner(held: Place) -> None:
    assert reseal(held, held.folder / "pune").exit_code == 0


def test_a_consent_that_ends_does_not_become_one_that_lasts(held: Place, third: Path) -> None:
    ends = (datetime.now(UTC) + timedelta(days=30)).date()
    given = consent(
        held, "--share-with", "FBI", "--for-case", "DE 1", "--ends-on", str(ends), "--reference", "letter 5"
    )
    assert reseal(held, third, "--consent", given, case="DE 1").exit_code == 0
    for_them = ("--identity", third, "--passphrase-file", held.folder / "passphrase")
    trusted = ("--trust", held.folder / "bonn" / "identity.json", "--trust", held.folder / "pune" / "identity.json")
    asks = ("evidence", "may", held.folder / "leak.age", "--purpose", "investigation", "--for-case", "DE 1")
    stamps = ("--stamp-trust", held.folder / "ca.pem")
    for day, status in ((ends, 0), (ends + timedelta(days=1), 1)):
        result = held.run(*asks, "--on", str(day), *for_them, *trusted, *stamps)
        assert result.exit_code == status, result.output
    told = " ".join(held.run("verify", held.folder / "leak.age", *for_them, *trusted, *stamps).output.split())
    assert f"consent letter 5 of pune.example of {datetime.now(UTC).date()}, until {ends}" in told


def test_limitations_that_are_out_of_sight(held: Place, third: Path) -> None:
    """The evidence lies elsewhere, but the custody log knows in which package it came."""
    log = held.folder / "blog"
    assert held.run("custody", "new", log, "--origin", "bonn.example/custody").exit_code == 0
    shutil.rmtree(held.folder / "out")
    unseal = ("unseal", held.package, "-o", held.folder / "out", *held.who("bonn"), *held.trust, "--custody", log)
    assert held.run(*unseal).exit_code == 0
    said = ("--by", "bonn (Police bonn)", "--role", "custodian", "--place", "Bonn", "--reason", "r", "--under", "R")
    copied = ("custody", "add", log, "--act", "copied", "--source", "P-1", *said)
    moved = shutil.copytree(held.folder / "out" / "P-1" / "data" / "phone", held.folder / "desk")
    assert held.run(*copied, "--item", f"B-7={moved / 'image.bin'}").exit_code == 0
    for exhibit, more in (("P-1", ("--derived", "unpacked")), ("B-7", ())):
        asks = (
            "seal", moved, "--case", "FIR 12/2026", "--authorised-by", "W 2", "--for", third / "identity.json",
            "-o", held.folder / "leak.age", *held.who("bonn"), "--custody", log, "--exhibit", exhibit, *more,
        )  # fmt: skip
        result = held.run(*asks)
        assert "came in the package P-1 from pune (Police pune)" in str(result.exception)
        result = held.run(*asks, "--limits-of", held.folder / "out" / "P-1")
        assert "must not be given to" in str(result.exception)
    result = held.run(
        *asks, "--limits-of", held.folder / "out" / "P-1", "--consent", consent(held, "--share-with", "FBI")
    )
    assert result.exit_code == 0, (result.output, result.exception)


def test_limitations_that_were_altered_or_taken_out(held: Place, third: Path) -> None:
    policy = held.folder / "out" / "P-1" / "metadata" / "use-limitations.jsonld"
    written = policy.read_bytes()
    shutil.move(policy, held.folder / "aside")
    assert reseal(held, third).exit_code != 0
    policy.write_bytes(written.replace(b'"no_onward_transfer": true', b'"no_onward_transfer": false'))
    assert "not those that it was sealed with" in str(reseal(held, third).exception)


def test_packages_deep_inside_are_seen(held: Place, third: Path) -> None:
    deep = held.folder / "phone" / "from abroad" / "P"
    shutil.copytree(held.folder / "out" / "P-1", deep)
    result = held.run(
        "seal", held.folder / "phone", "--case", "FIR 12/2026", "--authorised-by", "W 2", "--for",
        third / "identity.json", "-o", held.folder / "leak.age", *held.who("bonn"),
    )  # fmt: skip
    assert "must not be given to" in str(result.exception)


def test_a_folder_that_is_nested_without_end_is_refused(place: Place) -> None:
    deepest = place.folder / "phone"
    for _ in range(1200):
        deepest /= "d"
        deepest.mkdir()
    assert "nested too deeply" in str(place.seal().exception)
    remove(place.folder / "phone")  # what pytest keeps, it could not remove


def test_the_third_agency_sees_who_collected_it(place: Place, third: Path) -> None:
    """Custody over two borders, in the extract, in the report for court and by the verifier that travels."""
    from pypdf import PdfReader

    place.collect()
    logged = ("--custody", place.folder / "log", "--exhibit", "EX-1", "--handed-over", "--package", "P-1")
    assert place.seal(*logged).exit_code == 0
    there = place.folder / "there"
    create_log(there, origin="bonn.example/here").close()
    unpack = ("unseal", place.package, "-o", place.folder / "out", "--custody", there)
    assert place.run(*unpack, *place.who("bonn"), *place.trust).exit_code == 0
    result = reseal(place, third, "--custody", there, "--exhibit", "P-1", "--handed-over", "--derived", "unpacked")
    assert result.exit_code == 0, result.output
    leak, stamps = place.folder / "leak.age", place.trust[2:]
    trust = ("--trust", place.folder / "bonn" / "identity.json", *stamps)
    opens = ("--identity", third, "--passphrase-file", place.folder / "passphrase")
    result = place.run("verify", leak, *opens, *trust, "--pdf", place.folder / "r.pdf")
    assert result.exit_code == 0, result.output
    assert "bonn.example/here vouches for" in " ".join(result.output.split())
    text = " ".join("".join(page.extract_text() for page in PdfReader(place.folder / "r.pdf").pages).split())
    assert "in pune.example/custody" in text
    assert "Warrant 12" in text
    assert "entry 2 of pune.example/custody, leaf hash" in text
    third_log = place.folder / "third-log"
    create_log(third_log, origin="fbi.example/custody").close()
    result = place.run("unseal", leak, "-o", place.folder / "out3", *opens, *trust, "--custody", third_log)
    assert result.exit_code == 0, result.output
    script = place.folder / "out3" / "B-1" / "verify_standalone.py"
    said = subprocess.run([sys.executable, script, script.parent], capture_output=True, text=True, check=False).stdout
    assert "before: 3 entries of 'pune.example/custody', as 'bonn.example/here' was given them" in said
    assert "passed        custody so far" in said
    for command in (("sign", third_log, *opens), ("prove", third_log, "--item", "B-1", "-o", place.folder / "x.json")):
        assert place.run("custody", *command).exit_code == 0
    known = [one for name in ("bonn", "pune") for one in ("--trust", place.folder / name / "identity.json")]
    result = place.run("custody", "check", place.folder / "x.json", "--identity", third, *known)
    assert (result.exit_code, "before" in result.output) == (0, False), result.output
    both = [one for name in ("package", "leak") for one in ("--sender", place.folder / f"{name}.age.custody.json")]
    for senders in (both, both[2:] + both[:2]):
        result = place.run("custody", "check", place.folder / "x.json", "--identity", third, *known, *senders)
        assert result.exit_code == 0, result.output
    swapped = (*both, "--sender", place.folder / "x.json")
    result = place.run("custody", "check", place.folder / "x.json", "--identity", third, *known, *swapped)
    assert (result.exit_code, "chain-broken" in result.output) == (1, True)
