"""Is what lies in a package the exhibit that its custody is about? By the digests that the log has of it."""

from collections.abc import Iterable, Mapping

from comity.evidence.custody import Extract, parse_entry, parse_extract
from comity.evidence.errors import EvidenceError

Digests = Mapping[str, frozenset[bytes]]
"""Of each exhibit, its SHA-256 and SHA-512, as any entry has them; one without is a thing, or was never hashed."""


def exhibit_digests(extract: Extract, exhibits: Iterable[str]) -> Digests:
    """The digests of exhibits in an extract; EntryError where an entry cannot be read."""
    wanted = set(exhibits)
    found: dict[str, set[bytes]] = {}
    for one in extract.entries:
        for item in parse_entry(one.entry.encode(), number=one.number).items:
            if item.id in wanted:
                found.setdefault(item.id, set()).update(bytes.fromhex(d) for d in (item.sha256, item.sha512) if d)
    return {exhibit: frozenset(digests) for exhibit, digests in found.items() if digests}


class Sought:
    """The exhibits that were not met yet among the files of a package."""

    def __init__(self, digests: Digests) -> None:
        self._of = {digest: exhibit for exhibit, known in digests.items() for digest in known}
        self.missing = dict(digests)

    def see(self, sha256: bytes, sha512: bytes) -> bool:
        """A file with these digests is there; whether it is an exhibit's own."""
        exhibits = {self._of[digest] for digest in (sha256, sha512) if digest in self._of}
        for exhibit in exhibits:
            self.missing.pop(exhibit, None)
        return bool(exhibits)


def sought(custody: bytes, exhibits: Iterable[str]) -> Sought:
    """The exhibits to be met, from the extract that goes along; none where it cannot be read, which others tell."""
    try:
        return Sought(exhibit_digests(parse_extract(custody), exhibits) if custody else {})
    except EvidenceError:
        return Sought({})
