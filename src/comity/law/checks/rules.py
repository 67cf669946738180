"""Rules that change answers: reservations, replacement, savings, catalogues fit the instrument they stand in."""

from collections.abc import Iterator

from comity.law.finding import Finding, error
from comity.law.instrument import Instrument, Reservation
from comity.law.reading import Reading
from comity.law.vocabulary import ReservationEffect

#: Columns of ``offences.csv`` that say where an offence stands in an instrument's own list.
CATALOGUES = frozenset({"", "budapest", "uncc", "eu-e-evidence"})
#: Effects that touch some provisions and so must say which.
_TOUCHING = frozenset(ReservationEffect) - {
    ReservationEffect.NONE,
    ReservationEffect.TO_READ,
    ReservationEffect.TERRITORY,
}


def check_rules(reading: Reading) -> Iterator[Finding]:
    """No rule without an object, and none that names an article, a party or an instrument that is not there."""
    ids = {place.record.id for place in reading.instruments if place.owner != "models"}
    tables = {place.record.id: set[str]() for place in reading.instruments}
    for row in reading.participations:
        tables.setdefault(row.owner, set()).add(row.record.state)
        if row.record.saves_pending and not row.record.ended_on:
            yield error(row.file, row.row, "saving", "saves requests without an end", "give ended_on")
    for place in reading.instruments:
        instrument = place.record
        yield from _replacement(place.file, instrument, ids)
        yield from _frame(place.file, instrument)
        members = {row.record.state for row in reading.memberships if row.owner in instrument.states}
        parties = {*tables[instrument.id], *instrument.states, *members}
        for index, reservation in enumerate(instrument.reservations, 1):
            yield from _reservation(place.file, f"reservations[{index}]", instrument, reservation, parties)


def _replacement(file: str, instrument: Instrument, ids: set[str]) -> Iterator[Finding]:
    for replaced in instrument.replaces:
        if replaced not in ids - {instrument.id}:
            yield error(file, "replaces", "reference", f"no other instrument {replaced!r}", "name one that is there")
    if bool(instrument.replaces or instrument.replaces_kinds) != bool(instrument.replaces_article):
        problem = "replaces and replaces_article belong together"
        yield error(
            file, "replaces_article", "replacement", problem, "name the article that says so, or replace nothing"
        )


def _frame(file: str, instrument: Instrument) -> Iterator[Finding]:
    if instrument.scope is not None and instrument.scope.catalogue not in CATALOGUES:
        problem = f"no catalogue {instrument.scope.catalogue!r}"
        yield error(
            file,
            "scope.catalogue",
            "catalogue",
            problem,
            "write 'budapest', 'uncc' or 'eu-e-evidence', or leave it empty",
        )
    if bool(instrument.hub) != bool(instrument.hub_note):
        yield error(file, "hub", "hub", "a hub without its reason, or the reverse", "give hub and hub_note, or neither")
    if instrument.spares_pending and not (
        instrument.sparing_note and (instrument.replaces or instrument.replaces_kinds)
    ):
        remedy = "give replaces and sparing_note, or leave spares_pending out"
        yield error(file, "spares_pending", "sparing", "leaves requests to nothing, or by no rule", remedy)
    if instrument.saves_pending and not instrument.ended_on:
        yield error(file, "saves_pending", "saving", "saves requests without an end", "give ended_on")


def _reservation(
    file: str, row: str, instrument: Instrument, reservation: Reservation, parties: set[str]
) -> Iterator[Finding]:
    if reservation.state not in parties:
        problem = f"{reservation.state} has no row in the table"
        yield error(file, row, "reserving-state", problem, "add its participation, or mend the state")
    articles = {provision.article for provision in instrument.provisions}
    for article in reservation.provisions:
        if article not in articles:
            problem = f"no provision has article {article!r}"
            yield error(file, row, "reserved-article", problem, "write it as the provision does")
    if reservation.effect in _TOUCHING and not (reservation.provisions or reservation.measures):
        problem = f"effect {reservation.effect} touches no provision"
        yield error(file, row, "reserved-article", problem, "name the articles or measures")
    if (reservation.effect is ReservationEffect.LEAST_PENALTY) != (reservation.min_years > 0):
        problem = f"effect {reservation.effect} with min_years {reservation.min_years}"
        yield error(file, row, "threshold", problem, "least_penalty needs a figure, other effects none")
