"""Which kind of letter a route needs."""

from comity.law import Addressee, Channel, Measure
from comity.letters.model import Kind
from comity.letters.tables import Rule, rules


def kind_of(*, measure: Measure, instrument: str, channel: Channel, addressee: Addressee) -> Kind:
    """The kind of letter that a measure needs on a route, by the rules in ``data/kinds.toml``."""
    return next(
        rule.kind
        for rule in rules()
        if _fits(rule, measure=measure, instrument=instrument, channel=channel, addressee=addressee)
    )


def _fits(rule: Rule, *, measure: Measure, instrument: str, channel: Channel, addressee: Addressee) -> bool:
    return (
        (not rule.instruments or instrument in rule.instruments)
        and (not rule.measures or measure in rule.measures)
        and (not rule.channels or channel in rule.channels)
        and (not rule.addressees or addressee in rule.addressees)
    )
