"""What a translator wrote in a unit, with the exact values of the letter put back."""

from collections import Counter
from collections.abc import Iterator, Mapping

from comity.letters.xliff.errors import LostPlaceholderError, XliffFileError
from comity.letters.xliff.markup import Code, Piece
from comity.letters.xliff.tree import Element
from comity.letters.xliff.write import NAMESPACE

#: Marks that tools put around words; what stands inside is kept.
_AROUND = frozenset({"mrk"})
_EMPTY_MARKS = frozenset({"sm", "em"})


def local(element: Element) -> str:
    """The name of an element of the core; empty: of another namespace."""
    namespace, _, name = element.name.rpartition(" ")
    return name if namespace == NAMESPACE else ""


def segments(unit: Element) -> tuple[Element, ...]:
    """The segments of a unit, and what stands between them, in the order of the source."""
    return tuple(element for element in unit.elements() if local(element) in {"segment", "ignorable"})


def child(element: Element, name: str) -> Element | None:
    """The first element of the core inside, by name."""
    return next((inner for inner in element.elements() if local(inner) == name), None)


def source_of(unit: Element) -> tuple[Piece, ...]:
    """The source as the file has it, its placeholders without their values; to compare with `bare`."""
    found = [child(segment, "source") for segment in segments(unit)]
    return _joined(piece for source in found if source is not None for piece in _walk(source))


def bare(cut: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """A text of the letter as `source_of` gives it."""
    return _joined(Code(id=piece.id, value="") if isinstance(piece, Code) else piece for piece in cut)


def target_of(unit: Element, cut: tuple[Piece, ...], place: str) -> str:
    """The translation; empty where there is none.

    LostPlaceholderError unless every exact value of the source is there once. The values are those of the letter, not
    those of the file.
    """
    values = {piece.id: piece.value for piece in cut if isinstance(piece, Code)}
    found = [piece for target in _targets(unit) for piece in _walk(target)]
    if not any(isinstance(piece, Code) or piece.strip() for piece in found):
        return ""
    _check(Counter(piece.id for piece in found if isinstance(piece, Code)), values, place)
    return "".join(values[piece.id] if isinstance(piece, Code) else piece for piece in found)


def _targets(unit: Element) -> Iterator[Element]:
    """Targets in the order that the translator gave them (`order`); between them the spaces of the source."""
    placed = []
    for number, segment in enumerate(segments(unit), start=1):
        target = child(segment, "target")
        between = child(segment, "source") if local(segment) == "ignorable" else None
        shown = target if target is not None else between
        if shown is not None:
            order = shown.get("order")
            placed.append((int(order) if order.isascii() and order.isdigit() else number, number, shown))
    yield from (shown for _, _, shown in sorted(placed, key=lambda item: item[:2]))


def _check(used: Counter[str], values: Mapping[str, str], place: str) -> None:
    lost = tuple(value for code, value in values.items() if code not in used)
    extra = tuple(values.get(code, f"placeholder {code!r}") for code, n in used.items() if n > 1 or code not in values)
    if lost or extra:
        raise LostPlaceholderError(place=place, lost=lost, extra=extra)


def _walk(element: Element) -> Iterator[Piece]:
    """Text and placeholders, without their values, inside a source or target."""
    for item in element.content:
        if isinstance(item, str):
            yield item
        else:
            yield from _inline(item)


def _inline(item: Element) -> Iterator[Piece]:
    name = local(item)
    if name == "ph":
        yield Code(id=item.get("copyOf") or item.get("id"), value="")
    elif name == "cp":
        yield _code_point(item.get("hex"))
    elif name in _AROUND:
        yield from _walk(item)
    elif name not in _EMPTY_MARKS:
        known = name or item.name
        raise XliffFileError(
            problem=f"has an inline element that no letter needs: {known!r}", remedy="take the formatting out"
        )


def _code_point(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        raise XliffFileError(problem=f"has no character {code!r}", remedy="write it as hexadecimal digits") from None


def _joined(parts: Iterator[Piece]) -> tuple[Piece, ...]:
    """Neighbouring texts as one."""
    joined: list[Piece] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, str) and isinstance(last, str):
            joined[-1] = last + part
        else:
            joined.append(part)
    return tuple(joined)
