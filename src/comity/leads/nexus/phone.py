"""A telephone number to the state of its numbering plan and the operator that its range was first given to."""

from comity.law import Confidence
from comity.leads.extract.mobilemoney import MOBILE_MONEY
from comity.leads.model import Nexus, Reason, ReasonKind, Role
from comity.leads.nexus.context import NOTHING_SEEN, Sighting
from comity.leads.nexus.provider import controls
from comity.leads.nexus.sources import TieSources
from comity.leads.nexus.tied import Tied, no_state

_SPOOFED = Reason(
    kind=ReasonKind.CAVEAT,
    text="a caller's number can be forged, and a number can be used from any place: the operator's call records tell",
)
_PORTED = Reason(
    kind=ReasonKind.CAVEAT,
    text="the number may have been carried to another operator since: the present one is to be asked for",
)


def _caveat(text: str, standard: str) -> Reason:
    return Reason(kind=ReasonKind.CAVEAT, text=text, source=standard)


def state_of_number(value: str) -> str:
    """The state or territory of a number in E.164; empty: it is of none, or no number."""
    import phonenumbers

    try:
        region = phonenumbers.region_code_for_number(phonenumbers.parse(value))
    except phonenumbers.NumberParseException:
        return ""
    return region if region and region != "001" else ""


def tie_phone(value: str, *, sources: TieSources, sighting: Sighting = NOTHING_SEEN) -> Tied:
    """``value`` in E.164; of a number that keeps money, who keeps it too.

    Global services (satellite, +881, +883 …) are tied to no state.
    """
    import phonenumbers
    from phonenumbers import PhoneNumberType, carrier

    try:
        number = phonenumbers.parse(value)
    except phonenumbers.NumberParseException as error:
        return Tied(nexus=(no_state(_caveat(f"not a telephone number in E.164: {error}", "ITU-T E.164")),))
    cite = f"libphonenumber {phonenumbers.__version__}, ITU-T E.164"
    region = phonenumbers.region_code_for_number(number)
    if region == "001":
        return Tied(nexus=(_global(number.country_code or 0, cite),), tags=("global-network",))
    if region is None or not phonenumbers.is_valid_number(number):
        regions = phonenumbers.region_codes_for_country_code(number.country_code or 0)
        return _invalid(number.country_code or 0, regions, cite)
    sort = phonenumbers.number_type(number)
    operator = carrier.name_for_number(number, "en")
    reasons = [
        Reason(
            text=f"+{number.country_code} and what follows is in the numbering plan of {region}",
            source=cite,
            said="numbering_plan",
            about={"code": f"+{number.country_code}", "state": region},
        )
    ]
    if operator:
        given = Reason(
            text=f"the range was given to {operator}", source=cite, said="range_given", about={"operator": operator}
        )
        reasons += (given, _PORTED)
    weak = _WEAK.get(PhoneNumberType.to_string(sort))
    if weak is not None:
        reasons.append(Reason(kind=ReasonKind.CAVEAT, text=weak, source=cite))
    provider = sources.providers.telecom(operator, state=region) if operator else None
    if provider is not None:
        reasons.append(controls(provider))
    tie = Nexus(
        state=region,
        provider=provider.id if provider else "",
        provider_name=provider.name if provider else operator,
        role=Role.TELECOM,
        confidence=Confidence.LOW if weak else Confidence.HIGH,
        reasons=(*reasons, _SPOOFED),
    )
    kept = (_keeper(tie, operator, sighting),) if MOBILE_MONEY in sighting.tags else ()
    return Tied(nexus=(*kept, tie), tags=(PhoneNumberType.to_string(sort).lower().replace("_", "-"),))


def _keeper(line: Nexus, operator: str, sighting: Sighting) -> Nexus:
    """Who keeps the money of a number: the operator's service, as a rule."""
    said = Reason(text="a text or a statement names it as a number to which money is paid", said="paid_number")
    usual = Reason(
        kind=ReasonKind.CAVEAT,
        text="the money of a number is kept by its operator's mobile-money service, as a rule: that service, or the "
        "regulator of payments there, says whose it is",
    )
    parts = tuple(reason for reason in (sighting.payer, sighting.payee) if reason is not None)
    return Nexus(
        state=line.state,
        provider_name=f"{operator} (mobile money)" if operator else "",
        role=Role.PAYMENT_SERVICE,
        confidence=Confidence.MEDIUM,
        reasons=(*parts, said, *line.reasons[:2], usual),
    )


_WEAK = {
    "VOIP": "an internet telephony number: its user can be in any state",
    "TOLL_FREE": "a free-call number: it forwards to another line",
    "PREMIUM_RATE": "a premium-rate number: it forwards to another line, and its seller is paid",
    "SHARED_COST": "a shared-cost number: it forwards to another line",
    "PERSONAL_NUMBER": "a personal number: it forwards to another line",
    "PAGER": "a pager",
    "UAN": "a company's number: it forwards to another line",
    "VOICEMAIL": "an access number of a voice mailbox",
}


def _global(code: int, cite: str) -> Nexus:
    network = _GLOBAL.get(code, "a service that spans states")
    return no_state(
        _caveat(f"+{code} is {network}: it is in no state's numbering plan", cite),
        Reason(kind=ReasonKind.CAVEAT, text="the operator of the service is to be asked"),
        role=Role.TELECOM,
    )


_GLOBAL = {
    800: "international freephone",
    808: "international shared cost",
    870: "Inmarsat (satellite)",
    878: "universal personal telecommunications",
    881: "global mobile satellite",
    882: "an international network",
    883: "an international network",
    888: "disaster relief telecommunications",
    979: "international premium rate",
}


def _invalid(code: int, regions: tuple[str, ...], cite: str) -> Tied:
    wrong = Reason(
        kind=ReasonKind.CAVEAT, text="no number of this form is in use: it may be mistyped, forged or new", source=cite
    )
    if len(regions) != 1:
        plan = _caveat(f"+{code} is shared by {', '.join(regions) or 'nobody known'}", cite)
        return Tied(nexus=(no_state(plan, wrong, role=Role.TELECOM, confidence=Confidence.LOW),), tags=("not-in-use",))
    plan = Reason(
        text=f"+{code} is the code of {regions[0]}",
        source=cite,
        said="numbering_plan",
        about={"code": f"+{code}", "state": regions[0]},
    )
    tie = Nexus(state=regions[0], role=Role.TELECOM, confidence=Confidence.LOW, reasons=(plan, wrong))
    return Tied(nexus=(tie,), tags=("not-in-use",))
