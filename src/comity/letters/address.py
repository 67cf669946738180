"""Every text of a letter by its address: for translators, for comparison, for whoever points at a paragraph.

An address is a JSON Pointer (RFC 6901) into the letter's JSON: ``/facts/0``, ``/assistance/2/reason``.

>>> from comity.letters.address import pointer
>>> pointer(("facts", 0))
'/facts/0'
"""

from collections.abc import Iterator, Mapping

import msgspec

from comity.letters.errors import NoLetterError
from comity.letters.model import Letter, Text


def pointer(path: tuple[str | int, ...]) -> str:
    """A path as a JSON Pointer."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def texts(letter: Letter) -> Iterator[tuple[str, Text]]:
    """Every text with its address, in the order of the letter."""
    yield from _walk(letter, ())


def _walk(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[str, Text]]:
    if isinstance(value, Text):
        yield pointer(path), value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _walk(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _walk(item, (*path, number))


def with_texts(letter: Letter, changed: Mapping[str, Text]) -> Letter:
    """The letter with other texts at some addresses; NoLetterError where an address holds none."""
    known = dict(texts(letter))
    for address in changed:
        if address not in known:
            raise NoLetterError(what=address, problem="no text of the letter has this address", remedy="export it anew")
    return msgspec.convert(_changed(letter, (), changed), Letter)


def _changed(value: object, path: tuple[str | int, ...], changed: Mapping[str, Text]) -> object:
    if isinstance(value, Text):
        return msgspec.to_builtins(changed.get(pointer(path), value))
    if isinstance(value, msgspec.Struct):
        return {name: _changed(getattr(value, name), (*path, name), changed) for name in value.__struct_fields__}
    if isinstance(value, tuple):
        return [_changed(item, (*path, number), changed) for number, item in enumerate(value)]
    return msgspec.to_builtins(value)
