"""Checks of what is said in words: placeholders, length, dates, offsets, sources, secrecy."""

import re
from collections.abc import Iterator

from comity.letters.checks.moments import clocks_without_offset, is_dated
from comity.letters.checks.verdict import Look, Verdict, problem, weak_if
from comity.letters.model import Kind, OriginKind, Text
from comity.letters.tables import asks_holder
from comity.plan.told import days

#: Words below which an argument convinces nobody; a rule of prudence.
ARGUMENT_WORDS = 15
SHORT_ARGUMENT_WORDS = 8
FACTS_WORDS = 30
PROBABLE_CAUSE_WORDS = 30
SHOWN = 3
#: Certificates go to who has the data too: what else is under way is told to an authority alone.
_CERTIFICATES = frozenset({Kind.EPOC, Kind.EPOC_PR})
_PLACEHOLDER = re.compile(
    r"\.\.\.|…|\[[^\]\n]{0,40}[A-Za-z]{3}[^\]\n]{0,40}\]|\[\s*\]|\bTBD\b|\bTODO\b|\bXXX+\b|<[^>\n]{1,80}>|_{3,}"
)
#: Texts that a person wrote; what the plan quotes from the evidence may hold anything.
BY_HAND = frozenset({OriginKind.CASE_FILE, OriginKind.DRAFTER, OriginKind.RECEIVED})
_SOURCE = re.compile(
    r"\b(exhibit|annex|enclosure|statement|stated|told|log|logs|record|records|report|witness|mail|message|bank|"
    r"informed|seized|showed|shows|according)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;!?。।؟])\s+|\n+")
#: Words of what is still to come, in the languages in which cases are written.
_TO_COME = re.compile(
    r"\b(?:will|shall|(?:is|are) to|lapses?|expires?|runs? out|ends? on|until|deadline|at the latest|"
    r"läuft|erlischt|verfällt|wird|werden|bis zum|spätestens|expirera?|prendra fin|jusqu|sera|seront|doit|"
    r"caduca|vencerá?|hasta|será|caduca|expira|até|истекает|будет|до)\b|到期|之前|将|تنتهي|سوف|समाप्त",
    re.IGNORECASE,
)
_SECRET = re.compile(r"confidential|secret|not be disclosed|tell (?:the|nobody|no)|withhold", re.IGNORECASE)


def placeholders(look: Look) -> Iterator[Text]:
    """What was left to be filled in."""
    written = "\n".join(t.text for t in look.content if isinstance(t, Text) and t.free and t.origin.kind in BY_HAND)
    for found in list(_PLACEHOLDER.finditer(written))[:SHOWN]:
        yield problem("placeholder", what=found[0])


def present(look: Look) -> Verdict:
    """Something is said, and nothing is left to be filled in."""
    return weak_if(placeholders(look))


def argued(look: Look) -> Verdict:
    """An argument, not a word."""
    return weak_if((*placeholders(look), *_thin(look, ARGUMENT_WORDS)))


def argued_short(look: Look) -> Verdict:
    """A sentence."""
    return weak_if((*placeholders(look), *_thin(look, SHORT_ARGUMENT_WORDS)))


def dated(look: Look) -> Verdict:
    """An argument that says when, each clock with its offset."""
    return weak_if((*placeholders(look), *_thin(look, ARGUMENT_WORDS), *_undated(look), *bare_clocks(look)))


def dated_short(look: Look) -> Verdict:
    """It says when, each clock with its offset."""
    return weak_if((*placeholders(look), *_undated(look), *bare_clocks(look)))


def facts(look: Look) -> Verdict:
    """Facts that a court can decide on."""
    return weak_if((*placeholders(look), *_thin(look, FACTS_WORDS), *_undated(look)))


def moments(look: Look) -> Verdict:
    """Each clock time has its offset."""
    return weak_if(bare_clocks(look))


def probable_cause(look: Look) -> Verdict:
    """Facts with their date and source."""
    sourced = () if _SOURCE.search(look.words) else (problem("no_source"),)
    return weak_if((*placeholders(look), *_thin(look, PROBABLE_CAUSE_WORDS), *_undated(look), *sourced))


def urgency(look: Look) -> Verdict:
    """Urgency that is argued: what is lost, and when; not what was lost already."""
    argued = (*placeholders(look), *_thin(look, SHORT_ARGUMENT_WORDS), *_undated(look), *bare_clocks(look))
    return weak_if((*argued, *_over(look)))


def ahead(look: Look) -> Verdict:
    """A danger that is told with its day, and has not passed."""
    return weak_if((*dated(look).problems, *_over(look)))


def _over(look: Look) -> Iterator[Text]:
    """What a sentence tells as still to come, and lies before the day of the letter."""
    for sentence in _SENTENCE.split(look.words):
        told = sorted(days(sentence))
        if told and told[-1] < look.letter.dated_on and _TO_COME.search(sentence):
            yield problem("past", on=told[-1].isoformat())


def confidential(look: Look) -> Verdict:
    """Secrecy asked for in so many words, with a reason."""
    texts = [item for item in look.content if isinstance(item, Text)]
    asked = any(text.phrase == "sentence.confidential" or _SECRET.search(text.text) for text in texts)
    reasons = [text for text in texts if text.free]
    lacks = () if asked else (problem("not_asked"),)
    kind = look.letter.kind
    to_holder = kind in _CERTIFICATES or asks_holder(kind)
    unreasoned = () if reasons or to_holder else (problem("thin", count="0"),)
    return weak_if((*placeholders(look), *lacks, *unreasoned))


def losses(look: Look) -> Verdict:
    """A loss in money."""
    told = any(
        isinstance(t, Text) and t.phrase != "sentence.losses_unknown" and re.search(r"[1-9]", t.text)
        for t in look.content
    )
    return weak_if(() if told else (problem("not_conveyed"),))


def _thin(look: Look, least: int) -> Iterator[Text]:
    count = len(look.words.split())
    if count < least:
        yield problem("thin", count=str(count))


def _undated(look: Look) -> Iterator[Text]:
    if not is_dated(look.words):
        yield problem("undated")


def bare_clocks(look: Look) -> Iterator[Text]:
    """Clock times without offset."""
    for clock in list(dict.fromkeys(clocks_without_offset(look.words)))[:SHOWN]:
        yield problem("no_offset", what=clock)
