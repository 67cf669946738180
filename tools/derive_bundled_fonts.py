"""Derive which characters the fonts inside the Typst compiler can show, for letters/data/fonts/bundled.toml.

The compiler (PyPI `typst`) carries Libertinus Serif and DejaVu Sans Mono, but cannot be asked for a font's coverage;
so their OpenType tables are found in the program itself. What both the regular and the bold font show is kept; of
DejaVu Sans Mono only Latin, Greek, Cyrillic and signs, because its Arabic and the like are not made for running text.

    python tools/derive_bundled_fonts.py > src/comity/letters/data/fonts/bundled.toml
"""

import re
import struct
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import typst

from comity.letters.render.characters import Characters, characters_in

WANTED = {"Libertinus Serif": ("Regular", "Bold"), "DejaVu Sans Mono": ("Book", "Bold")}
MONO = "DejaVu Sans Mono"
SCRIPTS = range(0x530, 0x1D00)
HEAD = re.compile(rb"(?:OTTO|\x00\x01\x00\x00)\x00[\x04-\x20]")


def fonts(program: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Family, style and bytes of each font in a program."""
    for found in HEAD.finditer(program):
        begin = found.start()
        count = struct.unpack_from(">H", program, begin + 4)[0]
        records = [struct.unpack_from(">4sIII", program, begin + 12 + 16 * number) for number in range(count)]
        tables = {tag: (offset, length) for tag, _, offset, length in records}
        if b"cmap" in tables and b"name" in tables:
            font = program[begin : begin + max(offset + length for offset, length in tables.values())]
            names = dict(_names(font, tables[b"name"][0]))
            yield names.get(1, ""), names.get(2, ""), font


def _names(font: bytes, at: int) -> Iterator[tuple[int, str]]:
    count, strings = struct.unpack_from(">HH", font, at + 2)
    for number in range(count):
        platform, _, _, name, length, offset = struct.unpack_from(">6H", font, at + 6 + 12 * number)
        if platform == 3:
            raw = font[at + strings + offset : at + strings + offset + length]
            yield name, raw.decode("utf-16-be", "replace")


def codes(characters: Characters) -> set[int]:
    """Every code point of a set."""
    pairs = zip(characters.starts, characters.ends, strict=True)
    return {code for start, end in pairs for code in range(start, end + 1)}


def ranges(wanted: set[int]) -> Iterator[str]:
    """The code points as the table writes them."""
    ordered = sorted(code for code in wanted if code >= 0x20)
    start = previous = ordered[0]
    for code in [*ordered[1:], 0x110000]:
        if code != previous + 1:
            yield f"{start:x}" if start == previous else f"{start:x}-{previous:x}"
            start = code
        previous = code


def main() -> None:
    """Print the table."""
    program = next(Path(typst.__file__).parent.glob("_typst*")).read_bytes()
    found = {(family, style): codes(characters_in(font)) for family, style, font in fonts(program)}
    print("# What the fonts inside the Typst compiler can show, in regular and bold alike (hexadecimal ranges).")
    print(f"# Derived by tools/derive_bundled_fonts.py from typst {version('typst')}; do not edit.")
    for family, styles in WANTED.items():
        shared = set.intersection(*(found[family, style] for style in styles))
        if family == MONO:
            shared = {code for code in shared if code not in SCRIPTS and code < 0x2C00}
        print(f'\n[[font]]\nfamily = "{family}"\ncharacters = """')
        line = ""
        for word in ranges(shared):
            if len(line) + 1 + len(word) > 118:
                print(line)
                line = ""
            line = f"{line} {word}".strip()
        print(f'{line}"""')


if __name__ == "__main__":
    main()
