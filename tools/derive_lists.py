"""Derive the small lists in src/comity/leads/data/ from pinned, freely licensed packages.

Fetch the sources with their registries' own clients, then run::

    npm pack ifsc@2.0.50
    pip download --no-deps --only-binary :all: iporigin==1.1.2 publicsuffixlist==1.1.2.20261023 \\
        pymispwarninglists==1.7.0 disposable-email-domains==0.0.293
    python tools/derive_lists.py FOLDER_WITH_THE_FIVE_FILES

A file that is not the pinned one is refused. The same input gives the same bytes.
"""

import csv
import io
import json
import re
import struct
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

DATA = Path(__file__).parent.parent / "src/comity/leads/data"
IFSC = "ifsc-2.0.50.tgz"
ORIGINS = "iporigin-1.1.2-py3-none-any.whl"
SUFFIXES = "publicsuffixlist-1.1.2.20261023-py3-none-any.whl"
WARNINGS = "pymispwarninglists-1.7.0-py3-none-any.whl"
DISPOSABLE = "disposable_email_domains-0.0.293-py3-none-any.whl"

PINNED = {
    IFSC: "c3c3d45c1824ca3507965f852e901a382f2b028d4ef3d70eab1f397f36e23507",
    ORIGINS: "814efc15b14d568d65887559fc6a5dfb2677ab0b063e2b39d9ae3192f9bc6802",
    SUFFIXES: "c792aa3fd37076c15f1c9d9897e59e9d58e8bacdf4315eb9cc10141a26d8995c",
    WARNINGS: "18b0922a6334e20850b7ab84a0d9e52746302abc36ec034ecc141fb2db67d4a7",
    DISPOSABLE: "b03e29f3a810a012c200b944ce9ef52ce975da2ea63bcf50d08767bf9e225f8e",
}
#: id, file, name, version, as_of, licence
SOURCES = (
    ("services", ORIGINS, "iporigin ranges (operators' own feeds; CC0 lists)", "1.1.2", "2026-10-05", "MIT, CC0-1.0"),
    ("suffixes", SUFFIXES, "Public Suffix List", "2026-10-22", "2026-10-22", "MPL-2.0"),
    ("dynamic-dns", WARNINGS, "MISP warning list dynamic-dns", "2", "2025-12-23", "CC0-1.0"),
    ("shorteners", WARNINGS, "MISP warning list url-shortener", "25", "2025-12-23", "CC0-1.0"),
    ("disposable-mail", DISPOSABLE, "disposable-email-domains", "0.0.293", "2026-11-09", "CC0-1.0, MIT"),
    ("ifsc", IFSC, "Razorpay ifsc (RBI and NPCI lists)", "2.0.50", "2026-08-24", "MIT"),
)

#: Operators whose ranges are published by themselves or come from CC0 lists, and what such a range is.
SERVICES = {
    "Tor": "tor-exit",
    "Mullvad": "vpn",
    "ProtonVPN": "vpn",
    "Apple Private Relay": "relay",
    "Cloudflare": "cdn",
    "Fastly": "cdn",
}


def main(folder: Path) -> None:
    for name, pinned in PINNED.items():
        found = sha256((folder / name).read_bytes()).hexdigest()
        if found != pinned:
            sys.exit(f"{name}: SHA-256 {found} is not the pinned {pinned}; fetch the pinned version")
    write_csv(
        "list-sources.csv",
        ("id", "name", "version", "as_of", "licence", "sha256"),
        ((row[0], *row[2:], PINNED[row[1]]) for row in SOURCES),
    )
    write_csv("services.csv", ("first", "last", "operator", "kind"), services(folder))
    suffixes = member(folder / SUFFIXES, "publicsuffixlist/public_suffix_list.dat").decode()
    public, private = suffixes.split("// ===BEGIN PRIVATE DOMAINS===")
    write_csv("tlds.csv", ("tld", "state", "operator"), sorted(top_level(public)))
    write_csv("suffixes.csv", ("suffix", "operator"), sorted(operators(private)))
    write_lines("dynamic-dns.txt", warning_list(folder, "dynamic-dns"))
    write_lines("shorteners.txt", warning_list(folder, "url-shortener"))
    disposable = member(folder / DISPOSABLE, "disposable_email_domains/__init__.py").decode()
    write_lines("disposable-mail.txt", re.findall(r"'([a-z0-9.-]+\.[a-z0-9-]+)'", disposable.split("allowlist")[0]))
    write_csv("ifsc.csv", ("prefix", "bank_code", "bank"), ifsc(folder))


def services(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Ranges of the chosen operators, neighbours joined."""
    content = member(folder / ORIGINS, "iporigin/data/ranges.bin")
    _, _, _, label_count, v4_count, v6_count = struct.unpack_from("<8sHQHII", content)
    offset = struct.calcsize("<8sHQHII")
    labels = []
    for _ in range(label_count):
        (length,) = struct.unpack_from("<H", content, offset)
        labels.append(content[offset + 2 : offset + 2 + length].decode().partition("\t")[0])
        offset += 2 + length
    v4 = [struct.unpack_from("<IIH", content, offset + 10 * at) for at in range(v4_count)]
    offset += 10 * v4_count
    v6 = [struct.unpack_from("<16s16sH", content, offset + 34 * at) for at in range(v6_count)]
    whole = [(int.from_bytes(first, "big"), int.from_bytes(last, "big"), label) for first, last, label in v6]
    for family, rows in ((IPv4Address, v4), (IPv6Address, whole)):
        chosen = [(first, last, labels[label]) for first, last, label in rows if labels[label] in SERVICES]
        for first, last, operator in joined(chosen):
            yield str(family(first)), str(family(last)), operator, SERVICES[operator]


def joined(rows: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    before: tuple[int, int, str] | None = None
    for first, last, operator in sorted(rows):
        if before and before[2] == operator and before[1] + 1 == first:
            before = (before[0], last, operator)
            continue
        if before:
            yield before
        before = (first, last, operator)
    if before:
        yield before


def top_level(text: str) -> Iterator[tuple[str, str, str]]:
    """Country-code domains in other scripts with their state; generic ones with their registry operator."""
    for name, state in re.findall(r"^// (xn--[a-z0-9]+) .*\) ?: ([A-Z]{2})$", text, re.MULTILINE):
        yield name, state, ""
    for name, operator, line in re.findall(
        r"^// (\S+) : (.+)\n// https://www\.iana\.org/domains/root/db/\S+\n(\S+)$", text, re.MULTILINE
    ):
        yield name, "", operator.strip()
        if line != name and line.isascii():
            sys.exit(f"the list names {line} under the heading {name}: its layout has changed")


def operators(text: str) -> Iterator[tuple[str, str]]:
    """Suffixes under which others get names, with the operator who submitted them."""
    for block in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in block.strip().splitlines()]
        if not lines or not lines[0].startswith("// ") or lines[0].startswith(("// (Note", "// ===")):
            continue
        operator = re.sub(r"\s*:\s*https?://.*$", "", lines[0][3:]).strip()
        for line in lines:
            if line and not line.startswith(("//", "!")):
                yield line.removeprefix("*.").encode("idna").decode(), operator


def warning_list(folder: Path, name: str) -> Iterable[str]:
    place = f"pymispwarninglists/data/misp-warninglists/lists/{name}/list.json"
    entries: list[str] = json.loads(member(folder / WARNINGS, place))["list"]
    return (entry.lstrip(".").lower() for entry in entries)


def ifsc(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Banks by the first four letters of the code; and codes of banks that use another bank's letters."""
    with tarfile.open(folder / IFSC) as archive:
        names: dict[str, str] = tar_json(archive, "banknames.json")
        for code in sorted(names):
            yield code, code, names[code]
        sublets = tar_json(archive, "custom-sublets.json") | tar_json(archive, "sublet.json")
        for prefix in sorted(sublets):
            yield prefix, sublets[prefix], names.get(sublets[prefix], "")


def tar_json(archive: tarfile.TarFile, name: str) -> dict[str, str]:
    content = archive.extractfile(f"package/src/{name}")
    if content is None:
        sys.exit(f"{IFSC}: no {name}")
    with content:
        return dict(json.load(content))


def member(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def write_csv(name: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    write(name, text.getvalue())


def write_lines(name: str, lines: Iterable[str]) -> None:
    write(name, "\n".join(sorted(set(lines))) + "\n")


def write(name: str, text: str) -> None:
    (DATA / name).write_text(text, encoding="utf-8")
    print(f"{name}: {text.count(chr(10)):,} lines, {len(text.encode()):,} bytes")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
