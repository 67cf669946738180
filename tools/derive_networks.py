"""Derive src/comity/leads/data/networks.dat from pinned, freely licensed packages. Standard library and Comity only.

Fetch the sources with their registries' own clients, then run::

    npm pack @ip-location-db/asn@2.3.2026061719
    npm pack @ip-location-db/asn-country@2.3.2026061719
    npm pack @ip-location-db/geo-whois-asn-country@2.3.2026061719
    pip download --no-deps pymispwarninglists==1.7.0
    python tools/derive_networks.py FOLDER_WITH_THE_FOUR_FILES

A file that is not the pinned one is refused. The same input gives the same bytes.
"""

import csv
import io
import json
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from ipaddress import ip_network
from pathlib import Path

from comity.leads.nexus.network_file import Layers, index_of, pack
from comity.leads.nexus.networks import Source
from comity.leads.nexus.spans import Row

TARGET = Path(__file__).parent.parent / "src/comity/leads/data/networks.dat"
NPM = "2.3.2026061719"
WARNING_LISTS = "pymispwarninglists-1.7.0-py3-none-any.whl"
SOURCES = {
    "announced": (
        f"ip-location-db-asn-{NPM}.tgz",
        Source(
            id="announced",
            name="@ip-location-db/asn (RouteViews, RIR statistics, DB-IP)",
            version=NPM,
            as_of="2026-06-17",
            licence="CC-BY-4.0",
            sha256="b9425daf2f011c28f8586685d4f89166e77627e2c15fd93c6262c3e2dead6153",
        ),
    ),
    "registered": (
        f"ip-location-db-asn-country-{NPM}.tgz",
        Source(
            id="registered",
            name="@ip-location-db/asn-country (RIR delegation statistics, NRO)",
            version=NPM,
            as_of="2026-06-17",
            licence="CC-BY-4.0",
            sha256="f1ba738e7a4c3f5b5fd1ccef47576ad797625a9d8efd5f2fb06a3abef3db3b91",
        ),
    ),
    "used": (
        f"ip-location-db-geo-whois-asn-country-{NPM}.tgz",
        Source(
            id="used",
            name="@ip-location-db/geo-whois-asn-country (geofeeds, RIR whois)",
            version=NPM,
            as_of="2026-06-17",
            licence="CC-BY-4.0",
            sha256="2a3e609015884c93c2d398e777ce1d2d34cab026054c43559bff32b25669f606",
        ),
    ),
    "server": (
        WARNING_LISTS,
        Source(
            id="server",
            name="X4BNet lists_vpn through MISP warning lists",
            version="1.7.0",
            as_of="2025-12-23",
            licence="MIT, CC0-1.0",
            sha256="18b0922a6334e20850b7ab84a0d9e52746302abc36ec034ecc141fb2db67d4a7",
        ),
    ),
}


def main(folder: Path) -> None:
    for name, source in SOURCES.values():
        found = sha256((folder / name).read_bytes()).hexdigest()
        if found != source.sha256:
            sys.exit(f"{name}: SHA-256 {found} is not the pinned {source.sha256}; fetch the pinned version")
    tables = {(what, family): list(read_table(folder, what, family)) for what in PREFIX for family in (4, 6)}
    states = index_of(row[2] for what in ("registered", "used") for family in (4, 6) for row in tables[what, family])
    names: dict[int, str] = {}
    for family in (4, 6):
        for row in tables["announced", family]:
            names.setdefault(int(row[2]), row[3].strip())
    layers = {
        family: Layers(
            announced=[(int(r[0]), int(r[1]), int(r[2])) for r in tables["announced", family]],
            registered=[(int(r[0]), int(r[1]), states[r[2]]) for r in tables["registered", family]],
            used=[(int(r[0]), int(r[1]), states[r[2]]) for r in tables["used", family]],
            server=list(read_servers(folder, family)),
        )
        for family in (4, 6)
    }
    content = pack(
        v4=layers[4], v6=layers[6], states=states, names=names, sources=tuple(source for _, source in SOURCES.values())
    )
    TARGET.write_bytes(content)
    print(f"{TARGET.name}: {len(content):,} bytes, {len(names):,} networks, {len(states)} state codes")


PREFIX = {"announced": "asn", "registered": "asn-country", "used": "geo-whois-asn-country"}


def read_table(folder: Path, what: str, family: int) -> Iterator[list[str]]:
    """Rows of one of the npm tables: first, last (as integers), value, and for ``announced`` the holder's name."""
    with tarfile.open(folder / SOURCES[what][0]) as archive:
        member = archive.extractfile(f"package/{PREFIX[what]}-ipv{family}-num.csv")
        if member is None:
            sys.exit(f"{SOURCES[what][0]}: no table for IPv{family}")
        with member, io.TextIOWrapper(member, encoding="utf-8", newline="") as text:
            yield from csv.reader(text)


def read_servers(folder: Path, family: int) -> Iterator[Row]:
    """Ranges of networks known to be run for servers or VPNs."""
    with zipfile.ZipFile(folder / WARNING_LISTS) as archive:
        place = f"pymispwarninglists/data/misp-warninglists/lists/vpn-ipv{family}/list.json"
        for text in json.loads(archive.read(place))["list"]:
            network = ip_network(text, strict=False)
            yield int(network.network_address), int(network.broadcast_address), 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
