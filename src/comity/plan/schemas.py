"""The published JSON Schemas of a case file and of a plan.

``python -m comity.plan.schemas`` says whether the files are current; with ``--write`` it makes them so.
"""

import sys
from pathlib import Path

from comity.plan.case import Case
from comity.plan.model import Plan
from comity.published import PublishedSchemas

SCHEMAS = PublishedSchemas(
    module="comity.plan.schemas",
    folder=Path(__file__).parent / "schema",
    records={"case.schema.json": Case, "plan.schema.json": Plan},
)

if __name__ == "__main__":
    sys.exit(SCHEMAS.main(sys.argv[1:]))
