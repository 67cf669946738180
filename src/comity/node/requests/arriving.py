"""What a letter that came says, as read and as the officer put it right, and what the check finds in it."""

from datetime import date

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.errors import ComityError
from comity.law import Measure, parse_state
from comity.letters import Origin, OriginKind, Text
from comity.letters.incoming import Examination, Received, examine, receive
from comity.letters.model import Letter, Party
from comity.letters.model.request import Item
from comity.node.errors import InvalidError
from comity.node.lawdata import registry
from comity.node.requests.models import Arrival
from comity.node.requests.papers import read_bytes


class Put(msgspec.Struct, frozen=True, kw_only=True):
    """What the officer put right; empty: as it was read."""

    requesting: str = ""
    requested: str = ""
    measure: str = ""
    their_reference: str = ""


def received_of(arrival: Arrival) -> Received:
    """The letter as it stands now: read again from its bytes, with what was put right."""
    data = read_bytes(arrival.sha256)
    return put_right(read_letter_file(data, arrival.name, timezone.localdate(arrival.arrived_at)), put_of(arrival))


def read_letter_file(data: bytes, name: str, on: date) -> Received:
    """The letter in a file; InvalidError where it cannot or must not be read."""
    try:
        return receive(data, registry(), file=name, received_on=on)
    except ComityError as error:
        raise InvalidError({"file": str(error)}) from None


def put_of(arrival: Arrival) -> Put:
    """What was put right so far."""
    return msgspec.convert(arrival.told, Put)


def put_right(received: Received, put: Put) -> Received:
    """The letter with what the officer says instead; InvalidError names a state or measure that is none."""
    letter = received.letter
    letter = msgspec.structs.replace(
        letter,
        requesting=_party(letter.requesting, put.requesting, "requesting"),
        addressee=_party(letter.addressee, put.requested, "requested"),
        reference=put.their_reference or letter.reference,
        assistance=_assistance(letter, put.measure),
    )
    stated = received.sides_stated or bool(put.requesting or put.requested)
    return msgspec.structs.replace(received, letter=letter, sides_stated=stated)


def examined(received: Received, *, on: date) -> Examination:
    """What the officer here finds."""
    return examine(received, registry(), as_of=timezone.localdate(), received_on=on)


def _assistance(letter: Letter, measure: str) -> tuple[Item, ...]:
    if not measure:
        return letter.assistance
    try:
        asked = Measure(measure)
    except ValueError:
        raise InvalidError({"measure": _("%(measure)s is no measure") % {"measure": repr(measure)}}) from None
    if letter.assistance:
        first = msgspec.structs.replace(letter.assistance[0], measure=asked)
        return (first, *letter.assistance[1:])
    origin = Origin(kind=OriginKind.DRAFTER, where="register")
    what = Text(text=measure.replace("_", " "), language="en", origin=origin)
    return (Item(number=1, measure=asked, what=what, origin=origin),)


def _party(party: Party, state: str, field: str) -> Party:
    if not state:
        return party
    try:
        return msgspec.structs.replace(party, state=parse_state(state))
    except ComityError as error:
        raise InvalidError({field: str(error)}) from None
