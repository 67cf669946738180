"""Sealing and verifying, beside what the same machine can do in the same minute, and beside bagit.py with gpg.

The limit is the slowest of reading, both digests on the cores there are, encrypting and writing, each alone, by ``dd``
and ``openssl``. ``python -m bench evidence`` takes 1 GiB, ``evidence=4`` as many, ``evidence=0`` a million
small files instead.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figure import Figure

_PASSPHRASE = b"a passphrase for the bench"
_RATIO_BAR = "80 % or more"


def run(gib: int = 1) -> list[Figure]:
    """All figures, for so many GiB, or, for 0, of small files alone, a million of them.

    Everything is written below one temporary folder, on the disk that is measured.
    """
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as name:
        folder = Path(name)
        if not gib:
            _make_keys(folder)
            return _small(folder, (500_000, 1_000_000))
        image = folder / "evidence" / "disk.img"
        image.parent.mkdir()
        _make_image(image, gib << 30)
        figures = [*_limits(folder, image), *_sealing(folder, image)]
        return [*figures, *_ratios(figures), *_small(folder), *_peer(folder, image, figures)]


def _make_image(image: Path, size_bytes: int) -> None:
    block = os.urandom(16 << 20)
    with image.open("wb") as file:
        left = size_bytes
        while left:
            left -= file.write(block[: min(left, len(block))])
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _cold(path: Path) -> Iterator[None]:
    """The file out of the system's memory, so that it is read from the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    yield


def _limits(folder: Path, image: Path) -> list[Figure]:
    def read() -> None:
        _call("dd", f"if={image}", "of=/dev/null", "bs=1M")

    def write() -> None:
        _call("dd", f"if={image}", f"of={folder / 'copy'}", "bs=1M", "conv=fsync")

    def digests() -> None:
        both = [subprocess.Popen(("openssl", "dgst", f"-{n}", image), stdout=subprocess.DEVNULL) for n in _ALGORITHMS]
        for one in both:
            one.wait()

    with _cold(image):
        reading = _rate("limit: reading (dd, cold)", image, read)
    writing = _rate("limit: writing (dd, flushed)", image, write)
    (folder / "copy").unlink()
    hashing = _rate("limit: SHA-256 and SHA-512 at once (openssl dgst)", image, digests)
    return [reading, writing, hashing, _speed()]


_ALGORITHMS = ("sha256", "sha512")


def _speed() -> Figure:
    text = _call("openssl", "speed", "-evp", "chacha20-poly1305", "-bytes", "65536", "-seconds", "2", "-mr")
    found = re.search(r"\+F:\d+:[^:]*:([\d.]+)", text)
    value = float(found[1]) / 1e9 if found else float("nan")
    return Figure(what="limit: encrypting (openssl speed, ChaCha20-Poly1305)", value=value, unit="GB/s")


def _sealing(folder: Path, image: Path) -> list[Figure]:
    _make_keys(folder)
    identity, secret = folder / "identity", folder / "passphrase"
    package, size_bytes = folder / "package.age", image.stat().st_size
    common = ("--identity", str(identity), "--passphrase-file", str(secret))
    seal = (
        "seal",
        str(image),
        "--case",
        "B",
        "--authorised-by",
        "B",
        "--for",
        str(identity / "identity.json"),
        *common,
    )
    with _cold(image):
        sealed = _comity("seal", *seal, "-o", str(package), size_bytes=size_bytes)
    with _cold(package):
        verified = _comity("verify", "verify", str(package), *common, size_bytes=size_bytes, status=3)
    with _cold(package):
        unsealed = _comity(
            "unseal",
            "unseal",
            str(package),
            "-o",
            str(folder / "out"),
            "--accept-indeterminate",
            *common,
            size_bytes=size_bytes,
        )
    shutil.rmtree(folder / "out")
    package.unlink()
    return [*sealed, *verified, *unsealed]


def _make_keys(folder: Path) -> None:
    secret = folder / "passphrase"
    secret.touch(mode=0o600)
    secret.write_bytes(_PASSPHRASE + b"\n")
    _make_identity(folder / "identity")


def _make_identity(folder: Path) -> None:
    from datetime import UTC, datetime

    from comity.evidence.keys import PublicIdentity, create_identity

    public = PublicIdentity(name="bench.example", display_name="Bench", keys=())
    create_identity(folder, public, passphrase=_PASSPHRASE, now=datetime.now(UTC), random_bytes=os.urandom)


def _comity(what: str, *arguments: str, size_bytes: int = 0, status: int = 0) -> list[Figure]:
    """Rate and peak memory of a command as a whole process."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("comity")), *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    _, ended, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(ended)
    if process.returncode != status:
        told = process.stderr.read().decode() if process.stderr else ""
        raise RuntimeError(f"comity {what} ended with {process.returncode}: {told}")
    busy = usage.ru_utime + usage.ru_stime
    return [
        Figure(
            what=f"{what}",
            value=size_bytes / 1e9 / seconds,
            unit="GB/s",
            spread=f"{seconds:.2f} s, {busy:.2f} s of both cores",
        ),
        Figure(what=f"{what}: peak memory", value=usage.ru_maxrss / 1024, unit="MiB", bar="under 150 MB"),
    ]


def _ratios(figures: list[Figure]) -> list[Figure]:
    value = {figure.what: figure.value for figure in figures}
    reading, writing, hashing, encrypting = (figure.value for figure in figures[:4])
    to_disk, from_disk = min(reading, writing, hashing, encrypting), min(reading, hashing, encrypting)
    return [
        Figure(what=f"{what}: of the limit", value=100 * value[what] / limit, unit="%", bar=_RATIO_BAR)
        for what, limit in (("seal", to_disk), ("verify", from_disk))
    ]


def _small(folder: Path, counts: tuple[int, int] = (20_000, 40_000)) -> list[Figure]:
    """Many small files: twice as many take twice as long."""
    figures = []
    own = ("--identity", str(folder / "identity"), "--passphrase-file", str(folder / "passphrase"))
    for count in counts:
        many, package, out = folder / f"many-{count}", folder / "many.age", folder / "out"
        _make_many(many, count)
        recipient = str(folder / "identity" / "identity.json")
        commands: tuple[tuple[str, int, tuple[str, ...]], ...] = (
            ("seal", 0, (str(many), "--case", "B", "--authorised-by", "B", "--for", recipient, "-o", str(package))),
            ("verify", 3, (str(package),)),
            ("unseal", 0, (str(package), "-o", str(out), "--accept-indeterminate")),
        )
        for name, status, arguments in commands:
            begin = time.perf_counter()
            rows = _comity(f"{name}, {count:,} small files", name, *arguments, *own, status=status)
            seconds = time.perf_counter() - begin
            spread = f"{seconds:.1f} s"
            figures.append(
                Figure(what=f"{name}: {count:,} small files", value=count / seconds, unit="files/s", spread=spread)
            )
            figures.append(rows[1])
        package.unlink()
        package.with_name(package.name + ".tsq").unlink()
        shutil.rmtree(many)
        shutil.rmtree(out)
    return figures


def _make_many(folder: Path, count: int) -> None:
    for number in range(count):
        if number % 1000 == 0:
            (folder / str(number // 1000)).mkdir(parents=True)
        (folder / str(number // 1000) / f"{number}.txt").write_bytes(b"%d\n" % number)


def _peer(folder: Path, image: Path, figures: list[Figure]) -> list[Figure]:
    """bagit.py with both digests, then tar and gpg: with gpg's own defaults, which compress, and without."""
    if shutil.which("gpg") is None:
        return []
    home = folder / "gnupg"
    home.mkdir(mode=0o700)
    defaults = _pack(folder, image, home, "peer: bagit.py, tar and gpg with its defaults")
    plain = _pack(folder, image, home, "peer: bagit.py, tar and gpg without compression", "--compress-algo", "none")
    ours = next(figure.value for figure in figures if figure.what == "seal")
    return [
        defaults,
        Figure(what="seal: times as fast as that", value=ours / defaults.value, unit="x", bar="5 or more"),
        plain,
        Figure(what="seal: times as fast as that", value=ours / plain.value, unit="x"),
    ]


def _pack(folder: Path, image: Path, home: Path, what: str, *options: str) -> Figure:
    bag, packed = folder / "bag", folder / "bag.gpg"
    secret = ("--pinentry-mode", "loopback", "--passphrase", "bench")
    gpg = ("gpg", "--homedir", home, "--batch", "--quiet", *secret, *options, "--symmetric", "-o", packed)
    make_bag = str(Path(sys.executable).with_name("bagit.py"))

    def act() -> None:
        bag.mkdir()
        os.link(image, bag / image.name)
        _call(make_bag, "--quiet", "--processes", "2", "--sha256", "--sha512", str(bag))
        tar = subprocess.Popen(("tar", "-C", folder, "-c", bag.name), stdout=subprocess.PIPE)
        _call(*gpg, stdin=tar.stdout)
        tar.wait()
        with packed.open("rb") as file:
            os.fsync(file.fileno())

    with _cold(image):
        figure = _rate(what, image, act)
    shutil.rmtree(bag)
    packed.unlink()
    return figure


def _rate(what: str, image: Path, act: Callable[[], None]) -> Figure:
    begin = time.perf_counter()
    act()
    seconds = time.perf_counter() - begin
    return Figure(what=what, value=image.stat().st_size / 1e9 / seconds, unit="GB/s", spread=f"{seconds:.2f} s")


def _call(*command: object, stdin: object = None) -> str:
    done = subprocess.run(
        [str(word) for word in command],
        capture_output=True,
        check=True,
        stdin=stdin,
        text=True,  # type: ignore[call-overload]
    )
    return str(done.stdout) + str(done.stderr)
