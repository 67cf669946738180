"""From each tie to its holder: several observables at one holder in one state are asked for together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from comity.law import Confidence, state_name
from comity.leads.model import Nexus, Observable, Role
from comity.plan.entity import Ways, asked_entity
from comity.plan.evidence import Evidence
from comity.plan.hosts import host_of
from comity.plan.kinds import as_kind, kind_of
from comity.plan.model import Holder, NotPursued, Obtainable, Tie
from comity.plan.names import reduce_names
from comity.plan.sifting import LEDGER, code_of, reason_of
from comity.plan.tables import HolderKind, holder_kinds, passed_over, weights
from comity.plan.weighing import weigh

SHOWN_PLACES = 8

_SURE = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}
_NOBODY = Nexus(state="", role=Role.UNKNOWN, confidence=Confidence.LOW, reasons=())
_BANK_ONLY = "names-a-holder-only"
_NO_ACCOUNT = "bank-without-account"
_LEGAL_FORMS = ("llc", "inc", "ltd", "limited", "gmbh", "corp", "corporation", "sa", "ag", "pjsc", "plc", "co")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An observable as one holder has it."""

    observable: Observable
    nexus: Nexus
    kind: HolderKind
    weight: int
    weight_reasons: tuple[str, ...]
    grounds: tuple[str, ...]
    others: tuple[Nexus, ...]
    """Other states or holders that the same role may belong to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Every holder by weight, and what no request asks for."""

    holders: tuple[Holder, ...]
    held: dict[str, tuple[Held, ...]]
    """What each holder has, by the holder's id, by weight."""
    passed_over: tuple[NotPursued, ...]
    ledgers: tuple[Held, ...] = ()
    """Crypto-addresses that nobody keeps for their owner: there is nobody to ask, but their ledgers are public."""


def find_holders(evidence: Evidence, ways: Ways) -> Holding:
    """Who holds what, and what is passed over, each with its reasons."""
    groups: dict[tuple[str, str], list[Held]] = {}
    passed = [_passed(o, code) for o in evidence.leads.observables if (code := code_of(o, evidence))]
    left_out = {one.observable for one in passed}
    names = reduce_names(tuple(o for o in evidence.leads.observables if tie_id(o) not in left_out))
    weak: list[tuple[Observable, tuple[Held, ...]]] = []
    for observable in names.observables:
        found = tuple(_held(observable, evidence, ways))
        strong = [held for held in found if held.weight >= weights().least]
        for held in strong:
            groups.setdefault(_key(held), []).append(held)
        if not strong:
            weak.append((observable, found))
    asked = {held.observable.value.casefold() for group in groups.values() for held in group}
    passed += [_unpursued(observable, found, asked) for observable, found in weak]
    banks = {h.nexus.state for group in groups.values() for h in group if h.nexus.role is Role.FINANCIAL_INSTITUTION}
    passed = [_without_account(one) if one.code == _BANK_ONLY and one.state not in banks else one for one in passed]
    ranked = sorted(groups.values(), key=_rank)
    held_by: dict[str, tuple[Held, ...]] = {}
    holders: list[Holder] = []
    for number, group in enumerate(ranked, start=1):
        key = f"h{number}"
        held_by[key] = tuple(sorted(group, key=_rank_held))
        holders.append(_holder(key, held_by[key], evidence))
    ledgers = tuple(_on_ledger(o, evidence) for o in evidence.leads.observables if code_of(o, evidence) == LEDGER)
    return Holding(holders=tuple(holders), held=held_by, passed_over=tuple(passed), ledgers=ledgers)


def _on_ledger(observable: Observable, evidence: Evidence) -> Held:
    nexus = observable.nexus[0] if observable.nexus else _NOBODY
    return _weighed(observable, nexus, holder_kinds()["public_ledger"], evidence)


def _weighed(
    observable: Observable, nexus: Nexus, kind: HolderKind, evidence: Evidence, others: tuple[Nexus, ...] = ()
) -> Held:
    weighed = weigh(observable, nexus, evidence)
    return Held(
        observable=observable,
        nexus=nexus,
        kind=kind,
        weight=weighed.points,
        weight_reasons=weighed.reasons,
        grounds=weighed.grounds,
        others=others,
    )


def _held(observable: Observable, evidence: Evidence, ways: Ways) -> Iterator[Held]:
    by_role: dict[Role, list[Nexus]] = {}
    for nexus in observable.nexus:
        if nexus.state:
            by_role.setdefault(nexus.role, []).append(nexus)
    for ties in by_role.values():
        best = asked_entity(ties, ways, home=evidence.case.requesting_state)
        kind = kind_of(observable, best, evidence)
        # what lies at an exchange is asked of the exchange: to block its address would hit its other customers
        if kind is None or (kind.id == "token_issuer" and any(tie.state for tie in by_role.get(Role.EXCHANGE, ()))):
            continue
        others = tuple(tie for tie in ties if (tie.state, tie.provider) != (best.state, best.provider))
        yield _weighed(observable, as_kind(best, kind), kind, evidence, others)


def _key(held: Held) -> tuple[str, str]:
    nexus = held.nexus
    name = nexus.provider or _plain(nexus.provider_name) or f"?{nexus.role.value}"
    return nexus.state, name


def _plain(name: str) -> str:
    """A company's name without its legal form, so that two spellings of one holder meet."""
    words = "".join(c if c.isalnum() else " " for c in name.casefold()).split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


def _weight(group: Iterable[Held]) -> int:
    found = [held.weight for held in group]
    return min(100, max(found) + min(10, len(found) - 1))


def _rank(group: list[Held]) -> tuple[int, str, str]:
    first = min(group, key=_rank_held)
    return -_weight(group), first.nexus.state, first.observable.value


def _rank_held(held: Held) -> tuple[int, str, str, str]:
    return -held.weight, held.observable.kind.value, held.observable.value, held.nexus.role.value


def _holder(key: str, group: tuple[Held, ...], evidence: Evidence) -> Holder:
    first = group[0]
    state = first.nexus.state
    provider = next((held.nexus.provider for held in group if held.nexus.provider), "")
    row = evidence.registry.providers.get(provider)
    named = next((held.nexus.provider_name for held in group if held.nexus.provider_name), "")
    ties = tuple(_tie(held) for held in group)
    return Holder(
        id=key,
        role=first.nexus.role,
        name=named.strip(" ,;") or (row.name if row else "") or first.kind.unnamed,
        provider=provider,
        legal_entity=row.legal_entity if row else "",
        state=state,
        state_name=state_name(state),
        domestic=state == evidence.case.requesting_state,
        confidence=min((held.nexus.confidence for held in group), key=_SURE.__getitem__),
        weight=_weight(group),
        ties=ties,
        gives=tuple(_obtainable(group)),
        notes=tuple(_notes(group, evidence)),
        url=(row.law_enforcement_url or row.guidelines_url) if row else "",
    )


def tie_id(observable: Observable) -> str:
    """The id of an observable in a plan."""
    return f"{observable.kind.value}:{observable.value}"


def _tie(held: Held) -> Tie:
    observable, nexus = held.observable, held.nexus
    return Tie(
        observable=tie_id(observable),
        kind=observable.kind,
        value=observable.value,
        shown=observable.shown or observable.value,
        role=nexus.role,
        confidence=nexus.confidence,
        reasons=nexus.reasons,
        places=observable.places[:SHOWN_PLACES],
        place_count=len(observable.places),
        tags=observable.tags,
        weight=held.weight,
        weight_reasons=held.weight_reasons,
        grounds=held.grounds,
    )


def _obtainable(group: tuple[Held, ...]) -> Iterator[Obtainable]:
    seen: set[str] = set()
    for kind in {held.kind.id or held.kind.role.value: held.kind for held in group}.values():
        for gives in kind.gives:
            if gives.measure.value not in seen:
                seen.add(gives.measure.value)
                yield Obtainable(measure=gives.measure, what=gives.what, expectation=gives.expectation)


def _notes(group: tuple[Held, ...], evidence: Evidence) -> Iterator[str]:
    row = evidence.registry.providers.get(next((h.nexus.provider for h in group if h.nexus.provider), ""))
    if row is not None:
        if row.accepts_foreign_direct_requests not in ("", "unknown"):
            yield f"direct requests from foreign authorities: {row.accepts_foreign_direct_requests.replace('_', ' ')}"
        if row.notifies_user_by_default == "yes":
            yield "tells its user of a request unless it is barred from doing so"
        if row.preservation_days:
            yield f"keeps preserved data for {row.preservation_days} days at first"
    for held in group:
        for other in held.others:
            name = other.provider_name or other.provider or state_name(other.state)
            yield f"{held.observable.shown or held.observable.value} may instead be held by {name} ({other.state})"


def _passed(observable: Observable, code: str, reason: str = "") -> NotPursued:
    tie = next((nexus for nexus in observable.nexus if nexus.state), None)
    return NotPursued(
        observable=tie_id(observable),
        kind=observable.kind,
        value=observable.value,
        shown=observable.shown or observable.value,
        code=code,
        reason=reason or reason_of(code, observable),
        state=tie.state if tie else "",
        holder_name=tie.provider_name if tie else "",
        place_count=len(observable.places),
    )


def _without_account(passed: NotPursued) -> NotPursued:
    """The code of a bank in a state where no account is asked about: the account is still to be found."""
    return msgspec.structs.replace(passed, code=_NO_ACCOUNT, reason=passed_over().reason[_NO_ACCOUNT])


def _unpursued(observable: Observable, found: tuple[Held, ...], asked: set[str]) -> NotPursued:
    host = host_of(observable)
    if host and (host in asked or any(host.endswith(f".{name}") for name in asked)):
        return _passed(observable, "covered")
    if found:
        best = max(found, key=lambda held: held.weight)
        reason = f"{reason_of('too-weak', observable)} ({'; '.join(best.weight_reasons)})"
        return _passed(observable, "too-weak", reason)
    known = any(nexus.state and nexus.role in holder_kinds() for nexus in observable.nexus)
    return _passed(observable, "not-accepted" if known else "role-gives-nothing")
