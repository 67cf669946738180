"""Which reservations and declarations speak of a provision, of a pair of states and of a day."""

from datetime import date

from comity.law.dates import span
from comity.law.instrument import Provision, Reservation
from comity.law.query import Query
from comity.law.vocabulary import ReservationEffect

#: What a state says of its own nationals.
OF_NATIONALS = frozenset(
    {
        ReservationEffect.NATIONALITY,
        ReservationEffect.NATIONALS_CONSENT,
        ReservationEffect.NATIONALS_RETURN,
        ReservationEffect.NATIONALS_SURRENDERED,
    }
)


def is_touched(provision: Provision, reservation: Reservation) -> bool:
    """Whether a reservation speaks of a provision; one without articles and measures speaks of none."""
    by_article = provision.article in reservation.provisions
    by_measure = provision.measure in reservation.measures
    if reservation.provisions and reservation.measures:
        return by_article and by_measure
    return by_article or by_measure


def speaks_of(reservation: Reservation, query: Query) -> bool:
    """Whether it stands on the day of a question, and between its two states."""
    other = query.requested if reservation.state == query.requesting else query.requesting
    return _stands(reservation, query.on) and (not reservation.toward or other in reservation.toward)


def _stands(reservation: Reservation, on: date) -> bool:
    made = not reservation.made_on or on >= span(reservation.made_on)[0]
    return made and not (reservation.withdrawn_on and on >= span(reservation.withdrawn_on)[0])
