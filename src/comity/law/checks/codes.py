"""Codes of states, groups and languages."""

from collections.abc import Iterable, Iterator

from comity.law.finding import Finding, error
from comity.law.instrument import Instrument
from comity.law.names import is_language, is_state
from comity.law.reading import PlacedRow, Reading

_REMEDY = "write an ISO 3166-1 alpha-2 code, in capitals (Kosovo: XK), or a group that has a file"


def check_codes(reading: Reading) -> Iterator[Finding]:
    """Every state code is one; a group's code only where a group can stand."""
    groups = {row.owner for row in reading.memberships}
    for place in reading.instruments:
        codes = _state_codes(place.record)
        yield from _unknown(place.file, "", codes, also=groups)
    for party in reading.participations:
        yield from _unknown(party.file, party.row, [party.record.state], also=groups)
    for member in reading.memberships:
        yield from _unknown(member.file, member.row, [member.record.state], also=set())
    for provider in reading.providers:
        yield from _unknown(provider.file, provider.row, [provider.record.jurisdiction], also=set())
    for territory in reading.territories:
        named = [territory.record.code, *filter(None, [territory.record.through])]
        yield from _unknown(territory.file, territory.row, named, also=set())
    for work in reading.cooperation:
        yield from _unknown(work.file, "ratings", [rating.state for rating in work.record.ratings], also=set())
    for owner, file in _state_folders(reading):
        yield from _unknown(file, "", [owner], also=set())
    yield from _languages(reading)


def _languages(reading: Reading) -> Iterator[Finding]:
    for authority in reading.authorities:
        for language in filter(None, authority.record.languages.split(";")):
            if not is_language(language):
                problem = f"{language!r} is no language"
                yield error(
                    authority.file, authority.row, "language-code", problem, "write ISO 639 codes joined by ';'"
                )


def _unknown(file: str, row: str, codes: Iterable[str], *, also: set[str]) -> Iterator[Finding]:
    for code in sorted(set(codes)):
        if code not in also and not is_state(code):
            yield error(file, row, "state-code", f"{code!r} is no state", _REMEDY)


def _state_codes(instrument: Instrument) -> list[str]:
    """Every code that an instrument's own file names."""
    codes = [*instrument.states, *instrument.eligible]
    codes += [reservation.state for reservation in instrument.reservations]
    for exclusion in instrument.exclusions:
        codes += [*exclusion.states, *exclusion.toward]
    for provision in instrument.provisions:
        codes += provision.only_requested
        named = (code for item in provision.conditions for code in (item.when_requested, item.when_requesting))
        codes += [code for code in named if code]
    return codes


def _state_folders(reading: Reading) -> list[tuple[str, str]]:
    rows: tuple[PlacedRow, ...] = (
        *reading.authorities,
        *reading.national_offences,
        *reading.positions,
        *reading.texts,
        *reading.nationals,
    )
    return sorted({row.owner: row.file for row in rows}.items())
