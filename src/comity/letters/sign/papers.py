"""Enclosures sealed and checked: the letter lists each with its digest, and is itself signed."""

from collections.abc import Mapping

import msgspec

from comity.letters.errors import SigningError
from comity.letters.model import Enclosure, Letter, Origin, OriginKind, Text
from comity.letters.sign.verdict import PaperFinding, PaperState


def with_papers(letter: Letter, papers: Mapping[int, tuple[str, str]]) -> Letter:
    """The letter with file name and SHA-256 of enclosures, by number; a number after the last adds one.

    SigningError for a number that leaves a gap.
    """
    known = {enclosure.number: enclosure for enclosure in letter.enclosures}
    for number, (file, digest) in sorted(papers.items()):
        if number > max(known, default=0) + 1 or number < 1:
            raise SigningError(
                what=f"enclosure {number}",
                problem=f"the letter has {len(known)}",
                remedy=f"name 1 to {max(known, default=0) + 1}",
            )
        origin = Origin(kind=OriginKind.DRAFTER)
        listed = known.get(number) or Enclosure(
            number=number, id="other", title=Text(text=file, origin=origin), origin=origin
        )
        known[number] = msgspec.structs.replace(listed, file=file, digest=digest.lower())
    return msgspec.structs.replace(letter, enclosures=tuple(known[number] for number in sorted(known)))


def check_papers(letter: Letter, files: Mapping[str, str]) -> tuple[PaperFinding, ...]:
    """Each enclosure against the files that are beside the letter (name to SHA-256).

    A paper is found by its digest under whatever name; a file of the right name with another digest was changed.
    """
    names = {digest.lower(): name for name, digest in sorted(files.items(), reverse=True)}
    return tuple(_finding(enclosure, files, names) for enclosure in letter.enclosures)


def _finding(enclosure: Enclosure, files: Mapping[str, str], names: Mapping[str, str]) -> PaperFinding:
    digest = enclosure.digest.lower()
    if not digest:
        state, file = PaperState.UNSEALED, ""
    elif digest in names:
        state, file = PaperState.INTACT, names[digest]
    elif enclosure.file in files:
        state, file = PaperState.CHANGED, enclosure.file
    else:
        state, file = PaperState.ABSENT, enclosure.file
    return PaperFinding(
        number=enclosure.number, title=enclosure.title.text, state=state, file=file, digest=enclosure.digest
    )
