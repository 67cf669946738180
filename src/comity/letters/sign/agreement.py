"""Whether the data inside a letter are the letter that people read: its pages are made again from them, and compared.

Every line of the pages must be one that the data give, and every line that the data give must be on the pages: names,
sums, dates, periods, articles, penalties and every paragraph. Where this machine cannot set the pages again, or a
script cannot be read back from them, that is said, and nobody is told that both say the same.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from comity.letters.errors import LettersError
from comity.letters.model import Letter
from comity.letters.read.opened import Line, Opened
from comity.letters.render.data import letter_data
from comity.letters.shown import shown_of
from comity.letters.sign.again import Way, lines_again
from comity.letters.sign.draftlike import DraftWords, draft_likeness
from comity.letters.sign.likeness import SHAPED, Leeway, Likeness, likeness, unshaped_likeness
from comity.letters.sign.verdict import Agreement, DataFinding
from comity.letters.translation import same_language
from comity.letters.wording import catalogue

_HEX = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{32}\s+[0-9a-f]{32})(?![0-9a-f])")
_HALF = 32
MAX_TOLD = 20
_UNSETTABLE = (ValueError, LookupError, TypeError, ArithmeticError)
"""What the data of a stranger, who may write anything into them, make a renderer raise."""
TEXT_CHARS_MAX = 2_000_000
"""Of data that are set again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What the comparison gave; no likeness: the pages could not be set again."""

    like: Likeness | None
    read_back: bool = True
    """False: letters of the script could not be compared."""
    problem: str = ""


def agreement(data: bytes, letter: Letter, opened: Opened) -> DataFinding:
    """The data of a letter against the pages of its file."""
    digest = hashlib.sha256(data).hexdigest()
    text = "\n".join(line.text for line in opened.lines)
    shown = tuple(dict.fromkeys(_digests(text, data)))
    agrees = digest in shown or digest in "".join(text.casefold().split())
    if shown and not agrees:
        why = "the data inside are not those whose digest the letter shows"
        return DataFinding(agreement=Agreement.DIFFERS, digest=digest, shown=shown, why=why)
    seen = _seen(data, letter, opened)
    like = seen.like
    differences = like.differences[:MAX_TOLD] if like is not None else ()
    state, why = _judged(seen, agrees=agrees)
    return DataFinding(
        agreement=state,
        digest=digest,
        shown=shown,
        not_found=tuple(one.expected for one in differences if one.expected),
        only_shown=tuple(one.shown for one in differences if one.shown),
        translated=like.translated if like is not None else 0,
        figures_agree=like is not None and not like.differences and not seen.read_back,
        draft=like is not None and like.draft,
        why=why,
    )


def _judged(seen: _Seen, *, agrees: bool) -> tuple[Agreement, str]:
    like = seen.like
    if like is None:
        return Agreement.NOT_COMPARED, f"the pages could not be compared with the data inside: {seen.problem}"
    if like.differences:
        return Agreement.DIFFERS, _told(like)
    if not seen.read_back:
        why = "figures and Latin words agree; the letters of this script cannot be read back from a PDF and compared"
        return Agreement.NOT_COMPARED, why
    said = "say what it says"
    if like.translated:
        places = "1 place" if like.translated == 1 else f"{like.translated} places"
        said += f", but for {places} where a translation stands: it has the same figures, its words were not compared"
    if like.draft:
        said += "; it is a draft with gaps, and the list of gaps behind it was not compared"
    if agrees:
        return Agreement.AGREES, f"the data inside have the digest that the letter shows, and {said}"
    return Agreement.NOT_SHOWN, f"the letter shows no digest of the data inside; they {said}"


def _told(like: Likeness) -> str:
    one = like.differences[0]
    more = f" (and {len(like.differences) - 1} more)" if len(like.differences) > 1 else ""
    if not one.expected:
        return f"the pages say what the data inside do not: {one.shown[:160]!r}{more}"
    if not one.shown:
        return f"the data inside say what the pages do not: {one.expected[:160]!r}{more}"
    return f"the pages say {one.shown[:120]!r} where the data inside say {one.expected[:120]!r}{more}"


def _digests(text: str, data: bytes) -> Iterator[str]:
    """Digests that the pages show and that are not part of the letter itself, such as those of enclosures."""
    own = data.decode("utf-8", "replace").casefold()
    for found in _HEX.finditer(text.casefold()):
        digest = "".join(found[0].split())
        if digest not in own:
            yield digest


def _seen(data: bytes, letter: Letter, opened: Opened) -> _Seen:
    """The best of the ways in which the letter may have been set."""
    if len(data) > TEXT_CHARS_MAX:
        return _Seen(like=None, problem="they are too long to be set again")
    language = shown_of(letter, None, opened).language
    other = not same_language(language, letter.language)
    ways = [Way(form=form, language=language, beside=beside) for form in _forms(opened) for beside in {False, other}]
    best: _Seen | None = None
    problem = ""
    for way in ways:
        try:
            found = _by(way, data, letter, opened.lines, other=other)
        except (LettersError, *_UNSETTABLE) as error:
            problem = str(error)
            continue
        if best is None or _rank(found) < _rank(best):
            best = found
        if _rank(best) == (0, 0, False):
            break
    return best or _Seen(like=None, problem=problem)


def _forms(opened: Opened) -> tuple[str, ...]:
    """As our pages are set; and as our plain text, which somebody may have put on pages of another make."""
    return (opened.form, "text")


def _distance(like: Likeness) -> tuple[int, int]:
    return like.apart if like.differences else 0, like.translated


def _rank(seen: _Seen) -> tuple[int, int, bool]:
    return (*(_distance(seen.like) if seen.like is not None else (0, 0)), not seen.read_back)


def _by(way: Way, data: bytes, letter: Letter, shown: Sequence[Line], *, other: bool) -> _Seen:
    leeway = Leeway(translated=other, beside=way.beside)
    expected = _with_digest(lines_again(letter, way), data, letter)
    shown = _with_digest(shown, data, letter)
    like = likeness(expected, shown, leeway)
    if not (like.differences or like.translated):
        return _Seen(like=like)
    words = _draft_words(letter, way)
    drafted = _with_digest(lines_again(letter, replace(way, draft=True)), data, letter)
    draft = draft_likeness(drafted, shown, leeway, words)
    like = min((one for one in (draft, like) if one is not None), key=_distance)
    if like.differences and way.form == "pdf" and any(SHAPED.search(line.text) for line in shown):
        loose = unshaped_likeness(expected, shown, leeway, titles=words.titles)
        if loose.differences:
            unshaped = replace(leeway, unshaped=True, titles=words.titles)
            loose = draft_likeness(drafted, shown, unshaped, words) or loose
        if not loose.differences:
            return _Seen(like=loose, read_back=False)
    return _Seen(like=like)


def _draft_words(letter: Letter, way: Way) -> DraftWords:
    empty = catalogue(way.language).say("label.form_empty")
    original = catalogue(letter.language).say("label.form_empty")
    both = (original, f"{empty} {original}") if way.beside else ()
    return DraftWords(titles=_titles(way.language), empty=(empty, *both))


def _titles(language: str) -> tuple[str, ...]:
    entries = catalogue(language).entries
    own = (said for key, said in entries.items() if key.startswith("requirement.") and key.endswith(".title"))
    return (*own, *(said for key, said in entries.items() if key.startswith("field.")))


def _with_digest(lines: Sequence[Line], data: bytes, letter: Letter) -> tuple[Line, ...]:
    """Without the digests of the data, which are compared by themselves."""
    digests = {hashlib.sha256(one).hexdigest() for one in (data, letter_data(letter))}
    pieces = [piece for digest in digests for piece in (digest, digest[:_HALF], digest[_HALF:])]
    found: list[Line] = []
    for line in lines:
        text = line.text
        for piece in pieces:
            text = text.replace(piece, "")
        bare = text.replace("SHA-256", "").strip(" :.")
        if bare:
            found.append(replace(line, text=text) if text != line.text else line)
    return tuple(found)
