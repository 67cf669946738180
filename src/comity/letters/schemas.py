"""The published JSON Schemas of a letter and of a draft.

``python -m comity.letters.schemas`` says whether the files are current; with ``--write`` it makes them so.
"""

import sys
from pathlib import Path

from comity.letters.drafted import Drafted
from comity.letters.model import Letter
from comity.published import PublishedSchemas

SCHEMAS = PublishedSchemas(
    module="comity.letters.schemas",
    folder=Path(__file__).parent / "schema",
    records={"letter.schema.json": Letter, "draft.schema.json": Drafted},
)

if __name__ == "__main__":
    sys.exit(SCHEMAS.main(sys.argv[1:]))
