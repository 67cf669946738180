"""Derive ``src/comity/leads/mail/data/confusables.txt``: which characters look like which signs of a host name.

Source: Unicode's confusables (UTS #39) as the package ``confusable_homoglyphs`` carries them (a development
dependency). Run ``python tools/derive_confusables.py`` after that package changes; a test compares.
"""

import json
from collections import defaultdict
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src/comity/leads/mail/data/confusables.txt"


def derive() -> str:
    """The text of the table: a line for each prototype, then the characters that look like it."""
    source = files("confusable_homoglyphs").joinpath("confusables.json").read_text("utf-8")
    by_target: dict[str, set[str]] = defaultdict(set)
    for character, alike in json.loads(source).items():
        if len(character) != 1 or character.isascii():
            continue
        for entry in alike:
            prototype = entry["c"].lower()
            if (
                prototype.isascii()
                and len(prototype) <= 2
                and all(sign.isalnum() or sign in "-." for sign in prototype)
            ):
                by_target[prototype].add(character)
    lines = [
        "# Characters that look like those of host names. Derived by tools/derive_confusables.py from Unicode's "
        "confusables",
        f"# (UTS 39; Unicode License v3) as carried by confusable_homoglyphs {version('confusable_homoglyphs')}.",
    ]
    lines += [f"{prototype} {''.join(sorted(by_target[prototype]))}" for prototype in sorted(by_target)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(derive(), encoding="utf-8")
