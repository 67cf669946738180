"""`comity unseal --custody` enters only what `custody add --bound-to` would: by the addressee, into a log of its own,
under a history of the sender's log that follows from the one seen before."""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pytest
from click.testing import Result
from tests.samples.place import Place

from comity.evidence.custody import Party, create_log, open_log

Unseal = Callable[..., Result]


@pytest.fixture
def started(place: Place) -> Place:
    """Pune's log of one entry, and a copy of it that goes another way."""
    place.collect()
    shutil.copytree(place.folder / "log", place.folder / "fork")
    create_log(place.folder / "there", origin="bonn.example/here").close()
    return place


def sealed(place: Place, name: str, *extra: object, log: str = "log") -> Unseal:
    """Seal a package out of a log, and hand it over; how Bonn opens it, with the root of its own stamp."""
    logged = ("--custody", place.folder / log, "--exhibit", "EX-1", "--handed-over", "--package", name)
    result = place.seal(*logged, *extra)
    assert result.exit_code == 0, (result.output, result.exception)
    folder = place.folder / name
    folder.mkdir()
    for file in (place.package, Path(f"{place.package}.custody.json"), place.folder / "ca.pem"):
        shutil.move(file, folder / file.name)
    trust = ("--trust", place.folder / "pune" / "identity.json", "--stamp-trust", folder / "ca.pem")

    def unseal(*more: object, into: str = "there") -> Result:
        asks = ("unseal", folder / "package.age", "-o", folder / "out", *place.who("bonn"), *trust)
        return place.run(*asks, "--custody", place.folder / into, *more)

    return unseal


def refused(result: Result, *words: str) -> bool:
    said = " ".join(f"{result.output} {result.exception}".split())
    return result.exit_code != 0 and all(word in said for word in words)


def test_a_fork_of_the_senders_log_is_not_entered(started: Place) -> None:
    assert sealed(started, "P-1")().exit_code == 0
    same_size = sealed(started, "P-2", log="fork")
    assert refused(same_size(), "at size 3", "two histories", "nothing was unpacked")
    larger = sealed(started, "P-3", log="fork")
    assert refused(larger(), "is not shown to extend", "prove LOG --since 3", "nothing was unpacked")
    assert not list((started.folder / "P-2" / "out").iterdir())
    assert open_log(started.folder / "there").size == 1
    assert larger("--unbound").exit_code == 0


def test_packages_out_of_one_log_come_in_any_order(started: Place) -> None:
    """Nobody cosigned: the extracts carry the proofs, from what was handed over before."""
    one, two, three = (sealed(started, name) for name in ("P-1", "P-2", "P-3"))
    for unseal in (one, three, two):
        result = unseal()
        assert result.exit_code == 0, (result.output, result.exception)
    assert started.run("custody", "sign", started.folder / "there", *started.who("bonn")).exit_code == 0
    result = started.run("custody", "check", started.folder / "there", "--identity", started.folder / "bonn")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("by", "words"),
    [
        ("E. Weiss (BKA)", ("names the agency 'BKA'", "of 'Police bonn'", "nothing was entered")),
        ("bonn (BKA)", ("names the agency 'BKA'",)),
    ],
)
def test_another_agency_than_the_identitys_enters_nothing(started: Place, by: str, words: tuple[str, ...]) -> None:
    assert refused(sealed(started, "P-1")("--by", by), *words)
    assert open_log(started.folder / "there").size == 0
    assert not list((started.folder / "P-1" / "out").iterdir())


def test_another_agency_under_the_same_identity_is_another_party() -> None:
    office = Party(name="bonn", agency="LKA Bonn", identity="bonn.example")
    assert Party(name="E. Weiss", agency="lka  Bonn", identity="bonn.example").takes_for(office)
    assert Party(name="E. Weiss", identity="bonn.example").takes_for(office)
    assert not Party(name="E. Weiss", agency="BKA", identity="bonn.example").takes_for(office)
    assert not Party(name="E. Weiss", agency="LKA Bonn", identity="else.example").takes_for(office)


@pytest.mark.parametrize("origin", ["fbi.dc.example/custody", "bonn.example.evil/8", "evil.example/8"])
def test_a_log_that_is_not_the_identitys_takes_nothing(started: Place, origin: str) -> None:
    create_log(started.folder / "other", origin=origin).close()
    unseal = sealed(started, "P-1")
    assert refused(unseal(into="other"), origin, "not one of bonn.example")
    assert open_log(started.folder / "other").size == 0
    assert not list((started.folder / "P-1" / "out").iterdir())


@pytest.mark.parametrize(("seconds", "status"), [(100, 0), (200, 1), (400, 3)])
def test_a_clock_here_that_is_slow(started: Place, monkeypatch: pytest.MonkeyPatch, seconds: int, status: int) -> None:
    """Genuine custody never fails by it; but nothing is entered as received before it was given."""

    class Slow:
        @staticmethod
        def now(zone: tzinfo) -> datetime:
            return datetime.now(zone) - timedelta(seconds=seconds)

    unseal = sealed(started, "P-1")
    for module in ("unseal", "packagereceipt"):
        monkeypatch.setattr(f"comity.cli.{module}.datetime", Slow)
    result = unseal()
    assert result.exit_code == status, (result.output, result.exception)
    told = " ".join(f"{result.output} {result.exception or ''}".split())
    assert ("a clock is wrong, its own or that here" in told) == (status == 3)
    assert ("a clock is wrong, the sender's or that here" in told) == (status == 1)
    assert "FAILED" not in result.output
    assert open_log(started.folder / "there").size == (1 if status == 0 else 0)
