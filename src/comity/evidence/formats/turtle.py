"""As much of RDF Turtle as AFF4 images are described in: triples of names and values, nothing nested.

Source: W3C RDF 1.1 Turtle, 6; blank nodes and collections are refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from comity.evidence.formats.look import FormatError

_TOKEN = re.compile(
    r'''\s+ | \#[^\n]* |
    (?P<uri><[^<>"\s]{0,2000}>) |
    (?P<long>"""(?:[^"\\]|\\.|"(?!"")){0,65536}"""(?:\^\^(?:<[^<>"\s]{0,2000}>|[A-Za-z][\w-]*:[\w-]*)|@[A-Za-z-]+)?) |
    (?P<text>"(?:[^"\\\n]|\\.){0,65536}"(?:\^\^(?:<[^<>"\s]{0,2000}>|[A-Za-z][\w-]*:[\w-]*)|@[A-Za-z-]+)?) |
    (?P<prefix>@prefix|@base|PREFIX|BASE) |
    (?P<number>[+-]?\d[\d.eE+-]*(?<!\.)|true\b|false\b) |
    (?P<mark>[.;,]) |
    (?P<name>[A-Za-z]?[\w-]*:[\w%-]*|a\b)''',
    re.VERBOSE | re.DOTALL,
)
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
TRIPLES_MAX = 200_000
TOKENS_MAX = 4 * TRIPLES_MAX


@dataclass(frozen=True, slots=True)
class Value:
    """An object of a triple: a name, or a text with its type."""

    text: str
    type: str = ""
    """The datatype's full name; empty for names and plain texts."""


Graph = dict[str, dict[str, list[Value]]]
"""Subject to predicate to values, all names in full."""


def read_turtle(text: str) -> Graph:
    """The triples of a text; FormatError where it is not in the part of Turtle that is read."""
    tokens = list(_tokens(text))
    prefixes: dict[str, str] = {}
    graph: Graph = {}
    at = count = 0
    while at < len(tokens):
        kind, token = tokens[at]
        if kind == "prefix":
            at = _take_prefix(tokens, at, prefixes)
            continue
        subject, at = _name(kind, token, prefixes), at + 1
        predicate, ended = "", False
        while not ended:
            if not predicate:
                kind, token = _at(tokens, at)
                predicate, at = _TYPE if token == "a" else _name(kind, token, prefixes), at + 1
            kind, token = _at(tokens, at)
            graph.setdefault(subject, {}).setdefault(predicate, []).append(_value(kind, token, prefixes))
            count += 1
            if count > TRIPLES_MAX:
                raise FormatError(f"says more than {TRIPLES_MAX:,} things")
            at, predicate, ended = _after(tokens, at + 1, predicate)
    return graph


def types(graph: Graph, subject: str) -> set[str]:
    """The last parts of the names of a subject's types."""
    return {re.split(r"[#/]", value.text)[-1] for value in graph.get(subject, {}).get(_TYPE, [])}


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = count = 0
    while at < len(text):
        count += 1
        if count > 2 * TOKENS_MAX:  # each with the room after it
            raise FormatError("the description has too many words")
        match = _TOKEN.match(text, at)
        if match is None or match.end() == at:
            raise FormatError(f"the description cannot be read from character {at:,}: {text[at : at + 40]!r}")
        if match.lastgroup:
            yield match.lastgroup, match.group()
        at = match.end()


def _at(tokens: list[tuple[str, str]], at: int) -> tuple[str, str]:
    if at >= len(tokens):
        raise FormatError("the description breaks off")
    return tokens[at]


def _after(tokens: list[tuple[str, str]], at: int, predicate: str) -> tuple[int, str, bool]:
    """What follows a value: another of the same predicate, another predicate, or the end of the subject."""
    _, token = _at(tokens, at)
    match token:
        case ",":
            return at + 1, predicate, False
        case ";":
            while at < len(tokens) and tokens[at][1] == ";":
                at += 1
            if at < len(tokens) and tokens[at][1] == ".":
                return at + 1, "", True
            return at, "", False
        case ".":
            return at + 1, "", True
        case _:
            raise FormatError(f"the description has {token[:40]!r} where a sentence ends or goes on")


def _take_prefix(tokens: list[tuple[str, str]], at: int, prefixes: dict[str, str]) -> int:
    if tokens[at][1] in ("@base", "BASE"):
        prefixes["<"] = _at(tokens, at + 1)[1][1:-1]
        at += 2
    else:
        prefixes[_at(tokens, at + 1)[1].rstrip(":")] = _at(tokens, at + 2)[1][1:-1]
        at += 3
    return at + 1 if at < len(tokens) and tokens[at][1] == "." else at


def _name(kind: str, token: str, prefixes: dict[str, str]) -> str:
    if kind == "uri":
        name = token[1:-1]
        return name if ":" in name else prefixes.get("<", "") + name
    if kind == "name" and ":" in token:
        prefix, _, rest = token.partition(":")
        if prefix in prefixes:
            return prefixes[prefix] + rest
    raise FormatError(f"the description has {token[:40]!r} where a name should be")


def _value(kind: str, token: str, prefixes: dict[str, str]) -> Value:
    if kind == "number":
        return Value(token, "number")
    if kind not in ("text", "long"):
        return Value(_name(kind, token, prefixes))
    width, end = (3 if kind == "long" else 1), token.rindex('"') + 1
    text, tail = token[width : end - width], token[end:]
    if "\\" in text:
        text = re.sub(r'\\(["\\])', r"\1", text)
    if not tail.startswith("^^"):
        return Value(text)
    datatype = tail[2:]
    return Value(text, _name("uri" if datatype.startswith("<") else "name", datatype, prefixes))
