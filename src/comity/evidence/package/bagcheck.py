"""Any BagIt bag, of any version and maker, judged by its own rules: BagIt 0.93 to 0.97 and 1.0 (RFC 8493).

Our own packages have one form and are checked by `verify`; this is for what others send.
"""

import codecs
import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from comity.evidence.package.names import collision_key
from comity.evidence.walk import walk

VERSIONS = ("0.93", "0.94", "0.95", "0.96", "0.97", "1.0")
TEXT_BYTES_MAX = 1 << 30
_BROKEN = {"md5", "sha1"}
"""Digests for which two files can be made to fit (RFC 6151; SHAttered, 2017)."""
_ALGORITHMS = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"}
_DECLARATION = re.compile(r"BagIt-Version: (\d+\.\d+)\r?\nTag-File-Character-Encoding: ([A-Za-z0-9._:-]+)(?:\r?\n)?")
_MANIFEST = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt")
_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+(\*?)(\S.*)")
_OUTSIDE = re.compile(r"[/\\~%]|[A-Za-z]:[\\/]")
"""How a path begins that some system takes for one of its own: absolute, a home, a variable, a drive, a share."""
_SYSTEM_FILES = frozenset((".ds_store", "thumbs.db", "desktop.ini", ".spotlight-v100", ".trashes", ".fseventsd"))
"""What operating systems put into folders by themselves."""
_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(slots=True)
class BagReport:
    """What is wrong with a bag, and what is only odd."""

    errors: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of a check (``bag``, ``completeness``, ``fixity``) and a problem."""
    warnings: list[str] = field(default_factory=list)
    version: str = ""

    def lines(self) -> Iterator[str]:
        yield from (f"failed  {check}: {problem}" for check, problem in self.errors)
        yield from (f"note    {problem}" for problem in self.warnings)

    def checks(self, *, sealed: bool) -> list[dict[str, object]]:
        """As `PackageReport.checks`; `sealed` true: that nobody signed it does not matter."""
        found: list[dict[str, object]] = []
        for name in ("bag", "completeness", "fixity"):
            reasons = [problem for check, problem in self.errors if check == name]
            verdict = "failed" if reasons else "passed"
            found.append({"name": name, "verdict": verdict, "reasons": reasons, "standard": "RFC 8493"})
        if not sealed:
            reason = ["it is not sealed"]
            found.append({"name": "signature", "verdict": "indeterminate", "reasons": reason, "standard": "RFC 5652"})
        return found


def check_bag(folder: Path) -> BagReport:
    """Whether a folder is a valid bag: complete, and every file with its digest (RFC 8493 3)."""
    report = BagReport()
    encoding = _declaration(folder, report)
    if encoding is None:
        return report
    checking = _Checking(folder, report, encoding)
    checking.run()
    return report


def _declaration(folder: Path, report: BagReport) -> str | None:
    """The charset of the tag files; None where the bag cannot be judged."""
    try:
        text = (folder / "bagit.txt").read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        report.errors.append(("bag", "there is no bagit.txt in UTF-8"))
        return None
    match = _DECLARATION.fullmatch(text)
    if match is None:
        report.errors.append(("bag", "bagit.txt does not have its two lines as they must be"))
        return None
    report.version, encoding = match.groups()
    if report.version not in VERSIONS:
        report.errors.append(("bag", f"it is of version {report.version}, which is not known"))
        return None
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        report.errors.append(("bag", f"its tag files are in a charset that is not known: {encoding}"))
        return None


class _Checking:
    def __init__(self, folder: Path, report: BagReport, encoding: str) -> None:
        self._folder = folder
        self._report = report
        self._encoding = encoding
        self._strict = report.version == "1.0"
        self._files = {path: path for path in self._walk()}
        self._by_form: dict[str, list[str]] = {}
        for path in self._files:
            self._by_form.setdefault(unicodedata.normalize("NFC", path), []).append(path)

    def run(self) -> None:
        if not (self._folder / "data").is_dir():
            self._fail("bag", "there is no folder data/")
        manifests, tag_manifests = self._manifests()
        if not manifests:
            self._fail("bag", "there is no payload manifest")
        if manifests and {algorithm for _, algorithm in manifests} <= _BROKEN:
            self._warn("its only digests are MD5 or SHA-1: others can make files that fit them (RFC 8493 2.4)")
        payload = {path for path in self._files if path.startswith("data/")}
        for name, algorithm in manifests:
            listed = self._check_manifest(name, algorithm, payload=True)
            if self._strict or len(manifests) == 1:
                for path in sorted(payload - listed):
                    self._fail("completeness", f"{path} is there, and is not listed in {name}")
        for name, algorithm in tag_manifests:
            self._check_manifest(name, algorithm, payload=False)
        if len(manifests) > 1 and not self._strict:
            self._listed_anywhere(payload, manifests)
        self._check_info()
        self._check_fetch()
        self._check_names()

    def _walk(self) -> Iterator[str]:
        for base, folders, files in walk(self._folder):
            for name in (*files, *(one for one in folders if (Path(base) / one).is_symlink())):
                path = Path(base) / name
                relative = os.path.relpath(path, self._folder)
                if path.is_symlink() or not path.is_file():
                    self._fail("completeness", f"{relative} is a link or a device")
                else:
                    yield relative

    def _manifests(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        payload: list[tuple[str, str]] = []
        tags: list[tuple[str, str]] = []
        for path in sorted(self._files):
            match = _MANIFEST.fullmatch(path)
            if match is None:
                continue
            if match[2] not in _ALGORITHMS:
                self._fail("fixity", f"{path} uses a digest that is not known")
                continue
            (tags if match[1] else payload).append((path, match[2]))
        return payload, tags

    def _check_manifest(self, name: str, algorithm: str, *, payload: bool) -> set[str]:
        digests: dict[str, str] = {}
        for digest, path in self._entries(name):
            place = self._place(path, name, payload=payload)
            if place is None:
                continue
            if place in digests:
                same = digests[place] == digest
                problem = f"{path} is listed twice in {name}"
                if self._strict or not same:
                    self._fail("completeness", problem)
                else:
                    self._warn(problem)
                continue
            digests[place] = digest
            if self._digest(place, algorithm) != digest:
                self._fail("fixity", f"{path} was altered: it does not have its {algorithm}")
        return set(digests)

    def _entries(self, name: str) -> Iterator[tuple[str, str]]:
        text = self._text(name)
        for line in _BREAK.split(text) if text is not None else ():
            if not line.strip():
                continue
            match = _LINE.fullmatch(line)
            if match is None:
                self._fail("bag", f"{name} has a line that cannot be read: {line[:80]!r}")
                continue
            if match[2]:
                self._warn(f"{name} marks files with an asterisk, as md5sum does")
            yield match[1].lower(), self._unescaped(match[3])

    def _unescaped(self, path: str) -> str:
        if path.removeprefix("./") in self._files:
            return path  # made by a program that escapes nothing
        path = re.sub("%0A", "\n", re.sub("%0D", "\r", path, flags=re.IGNORECASE), flags=re.IGNORECASE)
        return path.replace("%25", "%") if self._strict else path

    def _place(self, path: str, name: str, *, payload: bool) -> str | None:
        """The file that a listed path means; None, and a fault, where there is none or it must not be."""
        plain = path.removeprefix("./")
        if not self._is_inside(path, name):
            return None
        if plain != path:
            self._warn(f"{name} lists {path!r}")
        if payload != plain.startswith("data/"):
            self._fail("bag", f"{name} lists {path!r}, which does not belong in it")
            return None
        if plain in self._files:
            return plain
        alike = self._by_form.get(unicodedata.normalize("NFC", plain), [])
        if len(alike) == 1:
            self._warn(f"{path!r} is there under another Unicode form of its name")
            return alike[0]
        self._fail("completeness", f"{path} is listed in {name}, and is not there")
        return None

    def _is_inside(self, path: str, name: str) -> bool:
        """True where a listed path stays below the bag on every system; a fault where it does not."""
        plain = path.removeprefix("./")
        windows = plain.replace("\\", "/").split("/")
        if ".." in windows or (_OUTSIDE.match(plain) and not plain.startswith("data/")):
            self._fail("bag", f"{name} lists {path!r}, which lies outside of the bag")
            return False
        return True

    def _check_names(self) -> None:
        """What is valid, and will be trouble on another system."""
        seen: dict[str, str] = {}
        for path in sorted(self._files):
            other = seen.setdefault(collision_key(path), path)
            if other != path:
                self._warn(f"{path!r} and {other!r} are one name on some systems")
            name = path.rpartition("/")[2].lower()
            if name in _SYSTEM_FILES or name.startswith("._"):
                self._warn(f"{path!r} is a file that an operating system made for itself")

    def _listed_anywhere(self, payload: set[str], manifests: list[tuple[str, str]]) -> None:
        listed = {
            unicodedata.normalize("NFC", path.removeprefix("./"))
            for name, _ in manifests
            for _, path in self._entries(name)
        }
        for path in sorted(payload):
            if unicodedata.normalize("NFC", path) not in listed:
                self._fail("completeness", f"{path} is there, and is in no manifest")

    def _check_info(self) -> None:
        for name in ("bag-info.txt", "package-info.txt"):
            text = self._text(name) if name in self._files else None
            if text is None:
                continue
            for line in _BREAK.split(text):
                label, colon, value = line.partition(":")
                if line and line[0] not in " \t" and not (colon and label.strip()):
                    self._fail("bag", f"{name} has a line without a label: {line[:80]!r}")
                if self._strict and colon and label != label.strip() and line[0] not in " \t":
                    self._fail("bag", f"{name} has a label with spaces about it: {label!r}")
                if label.lower() == "payload-oxum":
                    self._check_oxum(value.strip(), name)

    def _check_oxum(self, value: str, name: str) -> None:
        sizes = [(self._folder / path).stat().st_size for path in self._files if path.startswith("data/")]
        if value != f"{sum(sizes)}.{len(sizes)}":
            self._fail("completeness", f"{name} says Payload-Oxum {value}, and there is {sum(sizes)}.{len(sizes)}")

    def _check_fetch(self) -> None:
        text = self._text("fetch.txt") if "fetch.txt" in self._files else None
        for line in _BREAK.split(text) if text is not None else ():
            if not line.strip():
                continue
            parts = line.split(None, 2)
            if len(parts) != 3 or not (parts[1] == "-" or parts[1].isdecimal()):
                self._fail("bag", f"fetch.txt has a line that cannot be read: {line[:80]!r}")
                continue
            path = self._unescaped(parts[2])
            if path.startswith("data/"):
                self._place(path, "fetch.txt", payload=True)
            elif self._is_inside(path, "fetch.txt"):
                self._warn(f"fetch.txt names {path!r}, which is not below data/")

    def _text(self, name: str) -> str | None:
        path = self._folder / name
        try:
            data = path.read_bytes()
            text = data.decode(self._encoding)
        except (OSError, UnicodeDecodeError):
            self._fail("bag", f"{name} is not in the charset that bagit.txt says")
            return None
        if self._strict and self._encoding == "utf-8" and data.startswith(codecs.BOM_UTF8):
            self._fail("bag", f"{name} begins with a byte order mark")
        return text.removeprefix("\ufeff")

    def _digest(self, path: str, algorithm: str) -> str:
        with (self._folder / path).open("rb") as file:
            return hashlib.file_digest(file, algorithm).hexdigest()

    def _fail(self, check: str, problem: str) -> None:
        if (check, problem) not in self._report.errors:
            self._report.errors.append((check, problem))

    def _warn(self, problem: str) -> None:
        if problem not in self._report.warnings:
            self._report.warnings.append(problem)
