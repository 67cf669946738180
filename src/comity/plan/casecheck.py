"""What a schema cannot check in a case file: that states, currencies, offences, zones and facts exist."""

from collections.abc import Iterator
from datetime import date, datetime
from difflib import get_close_matches

from comity.law import FACTS, Registry, state_name
from comity.law.names import all_states, is_state
from comity.plan.case import Case
from comity.plan.caseerror import nearest
from comity.plan.errors import CaseFileError
from comity.plan.inferred.exchanges import provider_of
from comity.plan.keyline import Path, line_of

_Wrong = tuple[Path, str, str]
"""Where, what is wrong, how to mend it."""


def check_case(case: Case, *, text: str, path: str, registry: Registry) -> None:
    """Raises CaseFileError at the first thing that does not exist."""
    for place, problem, remedy in _findings(case, registry):
        raise CaseFileError(path=path, line=line_of(text, place), problem=problem, remedy=remedy)


def _findings(case: Case, registry: Registry) -> Iterator[_Wrong]:
    yield from _states(case)
    yield from _currencies(case)
    yield from _law(case, registry)
    yield from _moments(case)
    yield from _globs(case)
    yield from _owners(case)
    yield from _exchanges(case, registry)


def _states(case: Case) -> Iterator[_Wrong]:
    named: list[tuple[Path, str | None]] = [(("requesting_state",), case.requesting_state)]
    named += [(("victims", i, "state"), v.state) for i, v in enumerate(case.victims)]
    named += [(("suspects", i, "nationality"), s.nationality) for i, s in enumerate(case.suspects)]
    named += [(("suspects", i, "residence"), s.residence) for i, s in enumerate(case.suspects)]
    named += [(("earlier_steps", i, "state"), s.state) for i, s in enumerate(case.earlier_steps)]
    named += [(("proceedings", i, "state"), p.state) for i, p in enumerate(case.proceedings)]
    named += [(("exchanges", i, "state"), e.state) for i, e in enumerate(case.exchanges)]
    named += [(("ties", i, "state"), t.state) for i, t in enumerate(case.ties)]
    named += [(("statements", i, "states"), s) for i, told in enumerate(case.statements) for s in told.states]
    named += [(("place", "conduct"), s) for s in case.place.conduct]
    named += [(("place", "systems"), s) for s in case.place.systems]
    for place, code in named:
        if code is not None and not is_state(code):
            yield place, f"unknown state {code!r}", state_remedy(code)


def state_remedy(text: str) -> str:
    """The nearest states to what was typed, by name where it is longer than a code."""
    if text.upper() in all_states():
        return f"write {text.upper()}"
    if len(text) > 3:
        by_name = {state_name(code).casefold(): code for code in all_states()}
        close = [by_name[name] for name in get_close_matches(text.casefold(), by_name, n=2, cutoff=0.6)]
        found = " or ".join(f"{code} ({state_name(code)})" for code in close)
        return f"did you mean {found}?" if found else "write an ISO 3166 code such as IN"
    found = " or ".join(get_close_matches(text.upper(), all_states(), n=2, cutoff=0.5))
    return f"did you mean {found}?" if found else "write an ISO 3166 code such as IN"


def _currencies(case: Case) -> Iterator[_Wrong]:
    from babel.numbers import list_currencies

    named: list[tuple[Path, str | None]] = [(("currency",), case.currency)]
    named += [(("victims", i, "currency"), v.currency) for i, v in enumerate(case.victims)]
    for place, code in named:
        if code is not None and code not in list_currencies():
            yield place, f"unknown currency {code!r}", currency_remedy(code)
    for i, victims in enumerate(case.victims):
        if victims.loss is not None and not (victims.loss.is_finite() and victims.loss >= 0):
            yield ("victims", i, "loss"), f"the loss {victims.loss} is not an amount", "write 0 or more"


def currency_remedy(code: str) -> str:
    """The nearest currencies to what was typed."""
    from babel.numbers import list_currencies

    known = sorted(list_currencies())
    if code.upper() in known:
        return f"write {code.upper()}"
    found = " or ".join(get_close_matches(code.upper(), known, n=2, cutoff=0.6)) if len(code) == 3 else ""
    return f"did you mean {found}?" if found else "write an ISO 4217 code such as INR"


def _law(case: Case, registry: Registry) -> Iterator[_Wrong]:
    for i, offence in enumerate(case.offences):
        if offence.id not in registry.offences:
            yield (
                ("offences", i, "id"),
                f"unknown offence {offence.id!r}",
                nearest(offence.id, tuple(registry.offences)),
            )
    for fact in case.legal_facts:
        if fact not in FACTS:
            yield ("legal_facts", fact), f"unknown fact {fact!r}", nearest(fact, tuple(FACTS))
    for i, step in enumerate(case.earlier_steps):
        if step.instrument and step.instrument not in registry.instruments:
            remedy = nearest(step.instrument, tuple(registry.instruments))
            remedy = remedy if remedy.startswith("did you mean") else "leave it out where it is not known"
            yield ("earlier_steps", i, "instrument"), f"unknown instrument {step.instrument!r}", remedy
        if step.effective is not None and step.effective < step.sent:
            yield ("earlier_steps", i, "effective"), "it took effect before it was sent", "correct one of the two dates"


def _moments(case: Case) -> Iterator[_Wrong]:
    if case.time_zone and not is_zone(case.time_zone):
        from zoneinfo import available_timezones

        remedy = nearest(case.time_zone, tuple(sorted(available_timezones())))
        remedy = remedy if remedy.startswith("did you mean") else "write an IANA zone such as Asia/Kolkata"
        yield ("time_zone",), f"unknown time zone {case.time_zone!r}", remedy
    named: list[tuple[Path, str | None]] = [(("events", i, "at"), e.at) for i, e in enumerate(case.events)]
    named += [(("money", "reported"), case.money.reported), (("money", "recall"), case.money.recall)]
    named += [(("earlier_steps", i, "lapses"), s.lapses) for i, s in enumerate(case.earlier_steps)]
    for place, moment in named:
        if moment is not None and not is_moment(moment):
            yield place, f"{moment!r} is no day or instant", "write YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS+HH:MM"


def is_zone(name: str) -> bool:
    """Whether a name is an IANA time zone."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def is_moment(text: str) -> bool:
    """Whether a text of the right shape is a real day or instant."""
    try:
        datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _globs(case: Case) -> Iterator[_Wrong]:
    for pattern in case.artifacts:
        parts = pattern.replace("\\", "/").split("/")
        if pattern.startswith(("/", "~")) or ".." in parts or ":" in parts[0]:
            yield (
                ("artifacts",),
                f"{pattern!r} leaves the case folder",
                "write a pattern below it, such as mails/*.eml",
            )


def _owners(case: Case) -> Iterator[_Wrong]:
    """Nothing is both a suspect's and a victim's."""
    accused = {value.replace(" ", "").casefold() for suspect in case.suspects for value in suspect.identifiers}
    for i, victims in enumerate(case.victims):
        for key, values in (("accounts", victims.accounts), ("identifiers", victims.identifiers)):
            for value in values:
                if value.replace(" ", "").casefold() in accused:
                    yield ("victims", i, key), f"{value!r} is given to a victim and to a suspect", "keep it with one"


def _exchanges(case: Case, registry: Registry) -> Iterator[_Wrong]:
    """Each exchange is in the provider table, or its state is told."""
    for i, exchange in enumerate(case.exchanges):
        if exchange.state is None and provider_of(exchange, registry) is None:
            yield (
                ("exchanges", i, "name"),
                f"the exchange {exchange.name!r} is not in the provider table",
                'add the state in which it is established: state = "US"',
            )
