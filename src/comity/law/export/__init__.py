"""The law data for others: JSON-LD, CSV and a data dictionary, each without loss.

>>> from comity.law import load_registry
>>> from comity.law.export import read_jsonld, to_jsonld
>>> data = load_registry().data
>>> read_jsonld(to_jsonld(data)) == data
True
"""

from comity.law.export.csvtables import read_tables, write_tables
from comity.law.export.dictionary import FieldDoc, RecordDoc, data_dictionary, dictionary_markdown
from comity.law.export.folder import export_law
from comity.law.export.jsonld import CONTEXT, read_jsonld, to_jsonld

__all__ = [
    "CONTEXT",
    "FieldDoc",
    "RecordDoc",
    "data_dictionary",
    "dictionary_markdown",
    "export_law",
    "read_jsonld",
    "read_tables",
    "to_jsonld",
    "write_tables",
]
