"""Observables in decoded text: every address, account and number, with the exact place where it stands.

>>> from comity.leads.extract import find_in_text
>>> [(seen.kind.value, seen.value) for seen in find_in_text("see hxxp://evil[.]example/a")]
[('url', 'http://evil.example/a'), ('domain-name', 'evil.example')]
"""

from comity.leads.extract.sighting import Sighting
from comity.leads.extract.text import find_in_text

__all__ = ["Sighting", "find_in_text"]
