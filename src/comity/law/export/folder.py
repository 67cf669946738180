"""The export as a folder: JSON-LD, one CSV a table, the dictionary, and a page that says what is what."""

from pathlib import Path

import msgspec

from comity.law.errors import LawDataError
from comity.law.export.csvtables import write_tables
from comity.law.export.dictionary import data_dictionary, dictionary_markdown
from comity.law.export.jsonld import CONTEXT, to_jsonld
from comity.law.lawdata import LawData

_ABOUT = """\
# Law data of Comity

Facts about treaties and laws, in our own words, each with its source, date and confidence. Not legal advice.

- `law.jsonld`: everything, as JSON-LD; `context.jsonld`: its context alone.
- `csv/`: everything, one table a kind of record. `row` names a row; `of` says what it belongs to (an instrument, a
  state, or the row of another table), `number` its place there. A list is joined by `;`, or is a JSON array where one
  of its values has a `;`; `-` is an empty list where an empty cell would mean that nothing is said.
- `dictionary.md`, `dictionary.json`: every record and field.

Confidence: high, the text or chart was read; medium, corroborated; low, from memory or one weak source. An empty date
was not sourced: it is unknown, never no. The compilation is under the Apache License 2.0; the texts behind the
sources belong to their authors.
"""


def export_law(data: LawData, folder: Path) -> tuple[Path, ...]:
    """Write the export; the files that were written. LawDataError where the folder holds anything already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise LawDataError(
            file=str(folder), where="", problem="it is there already and not empty", remedy="name a new folder"
        )
    docs = data_dictionary()
    files = {
        "README.md": _ABOUT.encode(),
        "law.jsonld": to_jsonld(data),
        "context.jsonld": _json({"@context": CONTEXT}),
        "dictionary.md": dictionary_markdown(docs).encode(),
        "dictionary.json": _json(docs),
    }
    files |= {f"csv/{name}.csv": text.encode() for name, text in write_tables(data).items()}
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tuple(folder / name for name in files)


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
