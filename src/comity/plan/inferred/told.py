"""Ties that somebody who works on the case knows better than the evidence shows them."""

import msgspec

from comity.law import Confidence, Registry
from comity.leads.model import Leads, Nexus, Observable, Reason, ReasonKind, Role
from comity.leads.model import ObservableKind as Kind
from comity.plan.accountforms import account_forms
from comity.plan.case import Case, ToldTie
from comity.plan.inferred.exchanges import provider_named

_USUAL = {
    **dict.fromkeys((Kind.IPV4, Kind.IPV6, Kind.DOMAIN, Kind.URL), Role.INFRASTRUCTURE),
    **dict.fromkeys((Kind.IBAN, Kind.BANK_ACCOUNT, Kind.UPI, Kind.CARD), Role.FINANCIAL_INSTITUTION),
    Kind.EMAIL: Role.MAIL_PROVIDER,
    Kind.PHONE: Role.TELECOM,
    Kind.CRYPTO: Role.EXCHANGE,
    Kind.USER_ACCOUNT: Role.PLATFORM,
}
TOLD = "told"
"""The tag of an observable whose tie a person told."""


def with_told(leads: Leads, case: Case, registry: Registry) -> Leads:
    """The same leads, with the ties that the case file tells in the place of those that were found."""
    told = {form: tie for tie in case.ties for value in tie.objects for form in account_forms(value)}
    if not told:
        return leads
    tied = tuple(_tied(o, _of(o, told), registry) for o in leads.observables)
    return msgspec.structs.replace(leads, observables=tied)


def _of(observable: Observable, told: dict[str, ToldTie]) -> ToldTie | None:
    value = observable.value.casefold()
    return told.get(value) or told.get(value.partition(":")[2])


def _tied(observable: Observable, told: ToldTie | None, registry: Registry) -> Observable:
    if told is None:
        return observable
    nexus = Nexus(
        state=told.state or "",
        **_holder(told, registry),
        role=_role(observable, told),
        confidence=Confidence.HIGH,
        reasons=(
            Reason(text=told.why, kind=ReasonKind.METHOD, source="case file, ties"),
            *_overruled(observable),
        ),
    )
    return msgspec.structs.replace(observable, nexus=(nexus,), tags=(*observable.tags, TOLD))


def _holder(told: ToldTie, registry: Registry) -> dict[str, str]:
    row = provider_named(told.holder, registry) if told.holder else None
    return {"provider": row.id if row else "", "provider_name": row.name if row else told.holder}


def _role(observable: Observable, told: ToldTie) -> Role:
    """What was told; else the part that was found; else what who keeps such a thing is."""
    found = (tie.role for tie in observable.nexus if tie.role is not Role.UNKNOWN)
    return told.role or next(found, _USUAL.get(observable.kind, Role.UNKNOWN))


def _overruled(observable: Observable) -> tuple[Reason, ...]:
    """What was found stays to be read, for whoever examines it."""
    return tuple(
        Reason(
            text=f"found, and overruled by the case file: {found.state or 'no state'}, "
            f"{found.provider_name or 'holder not known'}, {found.role.value.replace('_', ' ')} "
            f"({found.confidence.value}): {'; '.join(reason.text for reason in found.reasons)}",
            kind=ReasonKind.CAVEAT,
        )
        for found in observable.nexus
    )
