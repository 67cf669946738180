"""The published JSON Schemas of a letter, a draft, and what `letter read --json` and `letter check --json` print.

``python -m comity.letters.schemas`` says whether the files are current; with ``--write`` it makes them so.
"""

import sys
from pathlib import Path

from comity.letters.drafted import Drafted
from comity.letters.incoming import Examination, Received
from comity.letters.model import Letter
from comity.published import PublishedSchemas

SCHEMAS = PublishedSchemas(
    module="comity.letters.schemas",
    folder=Path(__file__).parent / "schema",
    records={
        "letter.schema.json": Letter,
        "draft.schema.json": Drafted,
        "received.schema.json": Received,
        "examination.schema.json": Examination,
    },
)

if __name__ == "__main__":
    sys.exit(SCHEMAS.main(sys.argv[1:]))
