"""National law, offences and providers: figures and addresses that make sense."""

import re
from collections.abc import Iterator

from comity.law.dates import span
from comity.law.finding import Finding, error
from comity.law.reading import Reading
from comity.law.state import NationalOffence

#: Life or death.
LIFE_YEARS = 99
LONGEST_TERM_YEARS = 60
LONGEST_PRESERVATION_DAYS = 730
LARGEST_ASN = 2**32 - 1
_ICCS = re.compile(r"\d{2,6}")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_ANSWERS = {
    "accepts_foreign_direct_requests": {"unknown", "yes", "no", "subscriber_only", "emergency_only"},
    "emergency_channel": {"unknown", "yes", "no"},
    "notifies_user_by_default": {"unknown", "yes", "no"},
}


def check_national(reading: Reading) -> Iterator[Finding]:
    """Penalties, classification codes, networks, domains and answers stay within what is possible."""
    for section in reading.national_offences:
        years = section.record.max_penalty_years
        if years is not None and not (0 < years <= LONGEST_TERM_YEARS or years == LIFE_YEARS):
            problem = f"a maximum of {years:g} years"
            remedy = (
                f"write up to {LONGEST_TERM_YEARS}, {LIFE_YEARS} for life or death, or leave it empty where unknown"
            )
            yield error(section.file, section.row, "penalty", problem, remedy)
    yield from _heaviest(reading)
    for offence in reading.offences:
        if offence.record.iccs_code and not _ICCS.fullmatch(offence.record.iccs_code):
            problem = f"{offence.record.iccs_code!r} is no ICCS code"
            yield error(offence.file, offence.row, "iccs", problem, "write its digits")
    yield from _providers(reading)


def _heaviest(reading: Reading) -> Iterator[Finding]:
    """A form said to be the heaviest has a penalty, and no other form that is law with it has more."""
    said = [section for section in reading.national_offences if section.record.heaviest]
    if not said:
        return
    others: dict[tuple[str, str], list[NationalOffence]] = {}
    for section in reading.national_offences:
        others.setdefault((section.owner, section.record.offence_id), []).append(section.record)
    for section in said:
        most = section.record.max_penalty_years
        if most is None:
            yield error(section.file, section.row, "heaviest", "no penalty", "give it, or leave `heaviest` empty")
            continue
        for other in others[section.owner, section.record.offence_id]:
            if (other.max_penalty_years or 0) > most and _together(section.record, other):
                problem = f"{other.law} {other.section} carries {other.max_penalty_years:g} years"
                yield error(section.file, section.row, "heaviest", problem, "mark that one, or none")


def _together(one: NationalOffence, other: NationalOffence) -> bool:
    """Whether two sections are law on the same day."""
    return not (_ends_before(one, other) or _ends_before(other, one))


def _ends_before(one: NationalOffence, other: NationalOffence) -> bool:
    if not (one.in_force_to and other.in_force_from):
        return False
    return span(one.in_force_to)[1] < span(other.in_force_from)[0]


def _providers(reading: Reading) -> Iterator[Finding]:
    for place in reading.providers:
        provider = place.record
        for number in provider.asn:
            if not 0 < number <= LARGEST_ASN:
                yield error(place.file, place.row, "asn", f"{number} is no autonomous system", "write 1 to 4294967295")
        for domain in (*provider.email_domains, *provider.web_domains):
            if not _DOMAIN.fullmatch(domain):
                problem = f"{domain!r} is no domain"
                yield error(
                    place.file, place.row, "domain", problem, "write it in small letters, A-labels for other scripts"
                )
        days = provider.preservation_days
        if days is not None and not 0 < days <= LONGEST_PRESERVATION_DAYS:
            yield error(place.file, place.row, "period", f"preserves {days} days", "leave it empty where unknown")
        for name, answers in _ANSWERS.items():
            if getattr(provider, name) not in answers:
                problem = f"{name} {getattr(provider, name)!r}"
                yield error(place.file, place.row, "answer", problem, f"write one of: {', '.join(sorted(answers))}")
