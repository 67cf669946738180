"""What an overlay takes out of the law data: a row of its ``deletions.csv``."""

from comity.law.dates import PartialDate
from comity.law.instrument import Record
from comity.law.vocabulary import Confidence


class Deletion(Record, frozen=True, kw_only=True):
    """One fact, or one file, that is not to be used, and why."""

    file: str
    """Path below the data folder, with forward slashes: ``instruments/multilateral/budapest.csv``."""
    key: str = ""
    """Of the row: the values of its key joined by ``|``; empty: the whole file."""
    reason: str
    source_url: str
    as_of: PartialDate
    confidence: Confidence
