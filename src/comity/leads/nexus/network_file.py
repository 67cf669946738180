"""Writing the address database that `networks` reads."""

import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

import msgspec

from comity.leads.nexus.networks import MAGIC, Header, Section, Source
from comity.leads.nexus.spans import Row, overlay

_LOW = (1 << 64) - 1


class Layers(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one address family; a value is a network number, an index of ``states``, or 1 for yes."""

    announced: Sequence[Row] = ()
    registered: Sequence[Row] = ()
    used: Sequence[Row] = ()
    server: Sequence[Row] = ()


def to_upper_half(rows: Iterable[Row]) -> list[Row]:
    """IPv6 rows by their upper 64 bits; rows that do not fill a /64 are left out."""
    return [(first >> 64, last >> 64, value) for first, last, value in rows if not first & _LOW and last & _LOW == _LOW]


def index_of(states: Iterable[str]) -> dict[str, int]:
    """A number for every state code, from 1; at most 255 of them."""
    return {state: number for number, state in enumerate(sorted(set(states) - {""}), start=1)}


def pack(
    *, v4: Layers, v6: Layers, states: Mapping[str, int], names: Mapping[int, str], sources: tuple[Source, ...]
) -> bytes:
    """The bytes of a database. ``v6`` rows are whole IPv6 addresses; equal input gives equal bytes."""
    combinations: dict[tuple[int, ...], int] = {}
    sections: dict[str, bytes] = {}
    homes: dict[int, Counter[int]] = {}
    for family, layers, code in (("v4", v4, "I"), ("v6", _halved(v6), "Q")):
        starts, facts = array(code), array("I")
        for start, combination in overlay((layers.announced, layers.registered, layers.used, layers.server)):
            starts.append(start)
            facts.append(combinations.setdefault(combination, len(combinations)))
        _count_homes(homes, starts=starts, facts=facts, combinations=list(combinations))
        sections[f"{family}.starts"] = starts.tobytes()
        sections[f"{family}.facts"] = facts.tobytes()
    sections["facts.asn"] = array("I", [combination[0] for combination in combinations]).tobytes()
    sections["facts.places"] = bytes(byte for combination in combinations for byte in (*combination[1:], 0))
    sections |= _name_sections({asn: names[asn] for asn in sorted(names) if names[asn]}, homes=homes)
    return _assemble(sections, states=("", *sorted(states, key=lambda state: states[state])), sources=sources)


def _halved(layers: Layers) -> Layers:
    return Layers(
        announced=to_upper_half(layers.announced),
        registered=to_upper_half(layers.registered),
        used=to_upper_half(layers.used),
        server=to_upper_half(layers.server),
    )


def _count_homes(
    homes: dict[int, Counter[int]], *, starts: "array[int]", facts: "array[int]", combinations: list[tuple[int, ...]]
) -> None:
    """Add up, for each network not yet counted, how many addresses it announces from which state's registry."""
    known = set(homes)
    for start, following, fact in zip(starts, starts[1:], facts, strict=False):
        asn, registered, _, _ = combinations[fact]
        if asn and registered and asn not in known:
            homes.setdefault(asn, Counter())[registered] += following - start


def _name_sections(names: Mapping[int, str], *, homes: Mapping[int, Counter[int]]) -> dict[str, bytes]:
    ends, text, places = array("I"), bytearray(), bytearray()
    for asn, name in names.items():
        text += name.encode()
        ends.append(len(text))
        counted = homes.get(asn, Counter({0: 1}))
        state, most = min(counted.items(), key=lambda pair: (-pair[1], pair[0]))
        places += bytes((state, most * 100 // counted.total()))
    return {
        "names.asn": array("I", names).tobytes(),
        "names.homes": bytes(places),
        "names.ends": ends.tobytes(),
        "names.text": bytes(text),
    }


def _assemble(sections: Mapping[str, bytes], *, states: tuple[str, ...], sources: tuple[Source, ...]) -> bytes:
    packed = {name: zlib.compress(content, 9) for name, content in sections.items()}
    length = 0
    for _ in range(3):  # offsets are part of the header whose length they depend on: settled after two rounds
        offset = 12 + length
        placed = {}
        for name, content in packed.items():
            placed[name] = Section(offset=offset, packed_bytes=len(content), sha256=sha256(content).hexdigest())
            offset += len(content)
        header = msgspec.json.encode(Header(sources=sources, states=states, sections=placed))
        header = header.ljust(-(-len(header) // 256) * 256)
        length = len(header)
    return MAGIC + length.to_bytes(4, "little") + header + b"".join(packed.values())
