"""A letter goes to a translator and comes back: nothing lost, nothing invented, whatever the texts hold."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.samples.letters import complete, every_kind, text

from comity.letters import Kind, Translated, Translation, TranslationState, free_texts
from comity.letters.errors import LettersError
from comity.letters.xliff import from_xliff, to_xliff
from comity.letters.xliff.markup import pieces, plain

LANGUAGES = st.sampled_from(("ar", "de", "es", "fr", "hi", "pt", "ru", "zh"))
#: Any character but a lone surrogate, which no file can hold.
WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=120)
VALUES = st.sampled_from(
    ("203.0.113.7", "a@b.example", "2026-11-18T04:31:05+00:00", "https://host.example/x", "\0", "\r\n")
)
TEXTS = st.lists(WORDS | VALUES, min_size=1, max_size=6).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(said=TEXTS, values=st.lists(WORDS, max_size=3))
def test_a_text_cut_at_its_values_is_whole(said: str, values: list[str]) -> None:
    assert plain(pieces(said, values)) == said


@settings(max_examples=30, deadline=None)
@given(
    kind=st.sampled_from(every_kind()),
    language=LANGUAGES,
    facts=TEXTS,
    target=TEXTS,
    state=st.sampled_from(TranslationState),
)
def test_round_trip(kind: Kind, language: str, facts: str, target: str, state: TranslationState) -> None:
    letter, _ = complete(kind)
    letter = msgspec.structs.replace(letter, facts=(text(facts),))
    done = tuple(
        Translated(address=address, source=source, target=f"¶ {target} {_values(letter, source)}", state=state)
        for address, source in free_texts(letter)
    )
    told = Translation(language=language, reference=letter.reference, texts=done)
    assert from_xliff(to_xliff(letter, language, told), letter) == told


def _values(letter: object, source: str) -> str:
    """Every exact value of a source once more, as a translator would put it into the sentence."""
    from comity.letters.model import Letter
    from comity.letters.xliff.markup import Code, exact_values

    assert isinstance(letter, Letter)
    return " ".join(piece.value for piece in pieces(source, exact_values(letter)) if isinstance(piece, Code))


@settings(max_examples=80, deadline=None)
@given(place=st.integers(min_value=0), byte=st.integers(0, 255), kind=st.sampled_from(every_kind()[:4]))
def test_a_changed_byte_never_crashes_and_never_changes_a_value(place: int, byte: int, kind: Kind) -> None:
    letter, _ = complete(kind)
    data = bytearray(to_xliff(letter, "fr"))
    data[place % len(data)] = byte
    try:
        found = from_xliff(bytes(data), letter)
    except LettersError:
        return
    sources = dict(free_texts(letter))
    assert all(sources[one.address] == one.source for one in found.texts)


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=400))
def test_any_bytes_are_refused(data: bytes) -> None:
    letter, _ = complete(Kind.MLA_REQUEST)
    try:
        from_xliff(data, letter)
    except LettersError:
        return
    raise AssertionError(data)
