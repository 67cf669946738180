"""The published JSON Schemas of a letter and of a draft: derived from the records, kept beside them, compared in CI.

``python -m comity.letters.schemas`` says whether the files are current; with ``--write`` it makes them so.
"""

import sys
from pathlib import Path

import msgspec

from comity.letters.drafted import Drafted
from comity.letters.model import Letter

FOLDER = Path(__file__).parent / "schema"
SCHEMAS = {"letter.schema.json": Letter, "draft.schema.json": Drafted}


def schema_text(name: str) -> str:
    """The schema that a file should hold."""
    body = msgspec.json.schema(SCHEMAS[name])
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"comity:{name}", **body}
    return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"


def stale() -> tuple[str, ...]:
    """The files that are missing or not what the records say."""
    return tuple(name for name in SCHEMAS if _kept(name) != schema_text(name))


def _kept(name: str) -> str:
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def main(arguments: list[str]) -> int:
    """Compares, or writes; gives the exit status."""
    if "--write" in arguments:
        FOLDER.mkdir(exist_ok=True)
        for name in SCHEMAS:
            (FOLDER / name).write_text(schema_text(name), encoding="utf-8")
        return 0
    for name in stale():
        sys.stderr.write(f"{FOLDER.name}/{name} is not current: run python -m comity.letters.schemas --write\n")
    return 1 if stale() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
