"""Treaties whose own text was not read: what may be said of them all the same.

That a treaty of its kind gives a measure is known from its kind; its article numbers, periods, grounds for refusal and
formalities are not, however usual they are. So a model lends its subject, its channel and what such requests usually
say, and nothing that only the text can tell. What the text may take away is another matter: that it wants a heavier
penalty, or lists other offences, is to be checked where that is likely.
"""

from functools import lru_cache

import msgspec

from comity.law.dates import PartialDate, span
from comity.law.errors import LawDataError
from comity.law.instrument import General, Instrument, Provision, Scope, grounds_of
from comity.law.lawdata import LawData
from comity.law.vocabulary import Measure, RefusalGround

UNREAD = "articles not read"
"""Stands where an article would: the measure is assumed from the kind of the treaty."""
ASSUMED_TEXT = "articles not read: assumed from the usual content of such treaties; read the text"


def lent_by(data: LawData) -> dict[str, Instrument]:
    """What each model lends, by the model's id."""
    return {model.id: _lent(model) for model in data.models}


def with_model(instrument: Instrument, lent: dict[str, Instrument]) -> Instrument:
    """A treaty whose text was not read takes what the model that it names lends; LawDataError without one."""
    if not instrument.provisions_of:
        return instrument
    model = lent.get(instrument.provisions_of)
    if model is None:
        raise LawDataError(
            file=f"{instrument.id}.toml",
            where="provisions_of",
            problem=f"there is no model {instrument.provisions_of!r}",
            remedy=f"name one of {', '.join(lent)}",
        )
    return msgspec.structs.replace(
        instrument,
        provisions=model.provisions,
        contents=instrument.contents or model.contents,
        scope=instrument.scope or _scope_at(model, instrument.signed_on),
        general=instrument.general or model.general,
    )


def _lent(model: Instrument) -> Instrument:
    general = model.general
    return msgspec.structs.replace(
        model,
        provisions=tuple(_without_text(provision) for provision in model.provisions),
        contents=tuple(msgspec.structs.replace(content, article=UNREAD) for content in model.contents),
        general=General(dual_criminality=general.dual_criminality, channel=general.channel) if general else None,
    )


def _scope_at(model: Instrument, signed_on: PartialDate) -> Scope | None:
    """What treaties of the kind reach that were signed then; of one whose day is not known, they may be old."""
    if model.scope is None:
        return None
    young = not model.lists_before or (bool(signed_on) and span(signed_on)[1] >= span(model.lists_before)[0])
    return _assumed(model.scope, not young)


@lru_cache(maxsize=8)
def _assumed(scope: Scope, may_list: bool) -> Scope:
    """One and the same for all treaties of a kind: what is alike is then judged once."""
    return msgspec.structs.replace(scope, assumed=True, may_list=may_list)


def _without_text(provision: Provision) -> Provision:
    return msgspec.structs.replace(
        provision, article=UNREAD, time_limits=(), refusal_grounds=() if provision.refusal_grounds is not None else None
    )


def may_ask_assurance(instrument: Instrument, provision: Provision) -> bool:
    """Whether an assurance against the death penalty can be a condition: a ground names it, or none was read."""
    unread_surrender = bool(instrument.provisions_of) and provision.measure is Measure.EXTRADITION
    return unread_surrender or RefusalGround.DEATH_PENALTY in grounds_of(instrument, provision)
