"""From each tie to its holder: several observables at one holder in one state are asked for together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from comity.law import Confidence, state_name
from comity.leads.model import Nexus, Observable, Role
from comity.plan.evidence import Evidence, host_of
from comity.plan.model import Holder, NotPursued, Obtainable, Tie
from comity.plan.sifting import code_of, reason_of
from comity.plan.tables import HolderKind, holder_kinds, weights
from comity.plan.weighing import weigh

SHOWN_PLACES = 8

_SURE = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}
_NAME_HOLDERS = frozenset({Role.REGISTRAR, Role.REGISTRY})
_LEGAL_FORMS = ("llc", "inc", "ltd", "limited", "gmbh", "corp", "corporation", "sa", "ag", "pjsc", "plc", "co")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An observable as one holder has it."""

    observable: Observable
    nexus: Nexus
    kind: HolderKind
    weight: int
    weight_reasons: tuple[str, ...]
    others: tuple[Nexus, ...]
    """Other states or holders that the same role may belong to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Every holder by weight, and what no request asks for."""

    holders: tuple[Holder, ...]
    held: dict[str, tuple[Held, ...]]
    """What each holder has, by the holder's id, by weight."""
    passed_over: tuple[NotPursued, ...]


def find_holders(evidence: Evidence) -> Holding:
    """Who holds what, and what is passed over, each with its reasons."""
    groups: dict[tuple[str, str], list[Held]] = {}
    passed: list[NotPursued] = []
    weak: list[tuple[Observable, tuple[Held, ...]]] = []
    for observable in evidence.leads.observables:
        if code := code_of(observable, evidence):
            passed.append(_passed(observable, code))
            continue
        found = tuple(_held(observable, evidence))
        strong = [held for held in found if held.weight >= weights().least]
        for held in strong:
            groups.setdefault(_key(held), []).append(held)
        if not strong:
            weak.append((observable, found))
    passed += _without_subdomains(groups)
    asked = {held.observable.value.casefold() for group in groups.values() for held in group}
    passed += [_unpursued(observable, found, asked) for observable, found in weak]
    ranked = sorted((group for group in groups.values() if group), key=_rank)
    held_by: dict[str, tuple[Held, ...]] = {}
    holders: list[Holder] = []
    for number, group in enumerate(ranked, start=1):
        key = f"h{number}"
        held_by[key] = tuple(sorted(group, key=_rank_held))
        holders.append(_holder(key, held_by[key], evidence))
    return Holding(holders=tuple(holders), held=held_by, passed_over=tuple(passed))


def _held(observable: Observable, evidence: Evidence) -> Iterator[Held]:
    by_role: dict[Role, list[Nexus]] = {}
    for nexus in observable.nexus:
        if nexus.state:
            by_role.setdefault(nexus.role, []).append(nexus)
    if Role.REGISTRAR in by_role:
        # who knows the registrar need not ask the registry for it
        by_role.pop(Role.REGISTRY, None)
    for role, ties in by_role.items():
        kind = holder_kinds().get(role)
        if kind is None or observable.kind not in kind.accepts:
            continue
        best = min(ties, key=lambda tie: _SURE[tie.confidence])
        weight, reasons = weigh(observable, best, evidence)
        others = tuple(
            tie for tie in ties if tie is not best and (tie.state, tie.provider) != (best.state, best.provider)
        )
        yield Held(observable=observable, nexus=best, kind=kind, weight=weight, weight_reasons=reasons, others=others)


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
        name=named or (row.name if row else "") or first.kind.unnamed,
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
    )


def _obtainable(group: tuple[Held, ...]) -> Iterator[Obtainable]:
    seen: set[str] = set()
    for kind in dict.fromkeys(held.kind.role for held in group):
        for gives in holder_kinds()[kind].gives:
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


def _without_subdomains(groups: dict[tuple[str, str], list[Held]]) -> list[NotPursued]:
    """Registrars and registries know registered names only: what stands below one is dropped there."""
    passed: list[NotPursued] = []
    for key, group in groups.items():
        names = {held.observable.value.casefold() for held in group if held.kind.role in _NAME_HOLDERS}
        kept: list[Held] = []
        for held in group:
            above = {name for name in names if held.observable.value.casefold().endswith(f".{name}")}
            if held.kind.role in _NAME_HOLDERS and above:
                passed.append(_passed(held.observable, "covered"))
            else:
                kept.append(held)
        groups[key] = kept
    return passed


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
