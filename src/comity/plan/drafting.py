"""Which acts the case needs: one measure for each holder with all its objects, and what is asked of states."""

from collections.abc import Iterator
from dataclasses import replace

from comity.law import Measure, state_name
from comity.leads.model import ObservableKind, Role
from comity.plan.case import Case, ConfidentialityLevel
from comity.plan.casework import casework
from comity.plan.childsteps import child_steps
from comity.plan.draft import Draft
from comity.plan.drops import channel_of
from comity.plan.evidence import NAME_HOLDERS, Evidence
from comity.plan.holding import Held, Holding, tie_id
from comity.plan.kinds import is_server
from comity.plan.model import Holder, UrgencyLevel
from comity.plan.moneysteps import money_steps
from comity.plan.phrases import listing
from comity.plan.sender import is_shared_relay
from comity.plan.sitesteps import site_steps
from comity.plan.tables import Gives, HolderKind, acts
from comity.plan.targets import MEASURES, WHY, suspects_of, targets_person_of

PERSONS = ":persons"
"""Ends the key of a draft about persons of the state that is asked, where others are asked about beside it."""
PUBLIC = frozenset({ObservableKind.DOMAIN, ObservableKind.URL})


def draft_steps(evidence: Evidence, holding: Holding) -> tuple[Draft, ...]:
    """Every act that the case calls for."""
    asked = tuple(draft for holder in holding.holders for draft in _of_holder(holder, holding, evidence))
    asked += tuple(site_steps(evidence, holding))
    return (
        *_public(evidence, holding),
        *money_steps(evidence, holding),
        *child_steps(evidence, holding),
        *(_quiet(asked) if evidence.case.confidentiality.level is ConfidentialityLevel.CONFIDENTIAL else asked),
        *_sharing(evidence.case),
        *_together(evidence.case),
        *_persons(evidence.case),
    )


def _quiet(drafts: tuple[Draft, ...]) -> Iterator[Draft]:
    """What the offenders must notice comes after what they would undo: money stopped, servers' data kept."""
    first = tuple(draft.key for draft in drafts if _would_be_undone(draft))
    for draft in drafts:
        if draft.measure is Measure.TAKEDOWN:
            why = "It tells the offenders of the case: only once money is stopped and the servers' data are kept."
            yield replace(draft, after=tuple(dict.fromkeys((*draft.after, *first))), why=(*draft.why, why))
        else:
            yield draft


def _would_be_undone(draft: Draft) -> bool:
    if draft.measure is Measure.FREEZING:
        return draft.only != "formal"
    kept = draft.measure is Measure.PRESERVATION and draft.holder is not None
    return kept and any(held.nexus.role in (Role.ORIGIN, Role.INFRASTRUCTURE) for held in draft.objects)


def key_of(holder: Holder, measure: Measure) -> str:
    """The key of a draft at a holder."""
    return f"{holder.id}:{measure.value}"


def _of_holder(holder: Holder, holding: Holding, evidence: Evidence) -> Iterator[Draft]:
    held = holding.held[holder.id]
    emergency = evidence.case.urgency.level is UrgencyLevel.EMERGENCY
    merged: dict[Measure, list[tuple[Gives, HolderKind]]] = {}
    for kind in {id(h.kind): h.kind for h in held}.values():
        for gives in kind.gives:
            if emergency or not gives.emergency:
                merged.setdefault(gives.measure, []).append((gives, kind))
    for measure, offers in merged.items():
        objects = tuple(h for h in held if any(_serves(gives, kind, h, evidence) for gives, kind in offers))
        if objects:
            draft = _softened(_draft(holder, measure, tuple(gives for gives, _ in offers), objects), evidence)
            freezes = measure is Measure.FREEZING and not holder.domestic
            yield from _stop_and_freeze(draft) if freezes else _by_target(draft, evidence.case)


def _by_target(draft: Draft, case: Case) -> Iterator[Draft]:
    """A request about persons of the state that is asked goes apart: some orders may not target these."""
    if draft.measure not in MEASURES or draft.state == case.requesting_state:
        yield draft
        return
    there = tuple(h for h in draft.objects if targets_person_of(h.observable, draft.state, case))
    others = tuple(h for h in draft.objects if h not in there)
    if others:
        yield replace(draft, objects=others)
    if there:
        names = dict.fromkeys(s.name for h in there for s in suspects_of(h.observable, case))
        why = WHY.format(names=listing(list(names)), state=state_name(draft.state))
        apart = {f":{measure.value}" for measure in MEASURES} if others else set()
        after = tuple(f"{k}{PERSONS}" if any(k.endswith(one) for one in apart) else k for k in draft.after)
        key = f"{draft.key}{PERSONS}" if others else draft.key
        yield replace(draft, key=key, objects=there, after=after, why=(*draft.why, why))


def _stop_and_freeze(draft: Draft) -> tuple[Draft, Draft]:
    """Money is stopped by police and FIUs in hours; only the formal request behind it holds it for good."""
    usual = draft.title.replace(acts().title[Measure.FREEZING], acts().title_informal, 1)
    named_alike = usual == draft.title
    stop = replace(
        draft,
        key=f"{draft.key}:first",
        title=f"{usual}, asked by the police" if named_alike else usual,
        only="informal",
        why=("Police and financial intelligence units can hold a payment for a short time without a treaty request.",),
    )
    freeze = replace(
        draft,
        title=f"{draft.title}, by formal request" if named_alike else draft.title,
        only="formal",
        after=(stop.key, *draft.after),
        why=("What police or the bank hold for a short time is lost unless a formal request follows before it ends.",),
    )
    return stop, freeze


def _serves(gives: Gives, kind: HolderKind, held: Held, evidence: Evidence) -> bool:
    fits = held.kind is kind and (not gives.kinds or held.observable.kind in gives.kinds)
    server = not gives.server or (is_server(held.observable, evidence) and not is_shared_relay(held.nexus.reasons))
    channel = channel_of(held.observable) if gives.exact else None
    exact = channel is None or bool(channel.value)
    return (
        fits
        and server
        and exact
        and not _spared(gives, held, evidence)
        and (not gives.misused or _misused(held, evidence))
    )


def _spared(gives: Gives, held: Held, evidence: Evidence) -> bool:
    """What harms an honest site that was broken into: of its name only the owner is asked for, and only pages go."""
    if not evidence.sites.site_of(held.observable):
        return False
    if held.nexus.role in NAME_HOLDERS:
        return gives.measure is not Measure.DOMAIN_REGISTRATION
    return gives.measure is Measure.TAKEDOWN and held.observable.kind is not ObservableKind.URL


def _misused(held: Held, evidence: Evidence) -> bool:
    """Whether something imitates a protected name, or victims are led to it."""
    observable = held.observable
    led = observable.kind is ObservableKind.URL or observable.value.casefold() in evidence.linked_hosts
    return led or evidence.imitates(observable)


def _draft(holder: Holder, measure: Measure, offers: tuple[Gives, ...], objects: tuple[Held, ...]) -> Draft:
    first = offers[0]
    return Draft(
        key=key_of(holder, measure),
        measure=measure,
        state=holder.state,
        holder=holder,
        title=f"{first.title or acts().title.get(measure, measure.value)} {holder.name}",
        what="; ".join(dict.fromkeys(gives.what for gives in offers)),
        pace=first.pace,
        weight=holder.weight,
        objects=objects,
        after=tuple(dict.fromkeys(key_of(holder, m) for gives in offers for m in gives.after)),
        period=any(gives.period for gives in offers),
        informal=first.informal,
        desk=first.desk,
        expectation="; ".join(dict.fromkeys(g.expectation for g in offers if g.expectation)),
    )


def _softened(draft: Draft, evidence: Evidence) -> Draft:
    """The same act where all that it concerns is an honest site that was broken into."""
    if not all(evidence.sites.site_of(held.observable) for held in draft.objects) or draft.holder is None:
        return draft
    act = casework().softened.get(draft.measure)
    if act is None:
        return draft
    title = act.title.format(holder=draft.holder.name) if act.title else draft.title
    return replace(draft, title=title, what=act.what or draft.what, expectation=act.expectation or draft.expectation)


def _public(evidence: Evidence, holding: Holding) -> Iterator[Draft]:
    """What everybody can see needs no request, and is gone first."""
    held = (h for group in holding.held.values() for h in group if h.observable.kind in PUBLIC)
    seen = {tie_id(h.observable): h for h in sorted(held, key=lambda h: h.weight)}
    if seen:
        objects = tuple(sorted(seen.values(), key=lambda held: (-held.weight, held.observable.value)))
        yield Draft(
            key="public",
            measure=Measure.TRANSBORDER_ACCESS,
            state=evidence.case.requesting_state,
            holder=None,
            title=acts().title[Measure.TRANSBORDER_ACCESS],
            what="capture pages with their time and hash, look up registration and name records",
            pace="public",
            weight=100,
            objects=objects,
            why=("What is open to everybody may be taken down without anybody's leave, and tells whom to ask next.",),
        )


def names_no_account(held: Held) -> bool:
    """Whether something names a service and no account there: no police can look it up."""
    channel = channel_of(held.observable)
    return channel is not None and not channel.value


def alert(state: str, *, urgent: tuple[Draft, ...]) -> Draft:
    """A police message to a state where nothing urgent has a fast route, about all that is urgent there."""
    named = (held for draft in urgent for held in draft.objects if not names_no_account(held))
    objects = {tie_id(held.observable): held for held in named}
    return Draft(
        key=f"{state}:alert",
        measure=Measure.POLICE_INFORMATION,
        state=state,
        holder=None,
        title=f"{acts().title[Measure.POLICE_INFORMATION]} {state_name(state)}",
        what=acts().alert_what,
        pace="alert",
        weight=max(draft.weight for draft in urgent),
        objects=tuple(objects.values()),
        why=("No fast formal route was found for what vanishes first there: the police channel is open at once.",),
    )


def _sharing(case: Case) -> Iterator[Draft]:
    for victims in case.victims:
        if victims.number and victims.state != case.requesting_state:
            plural = "" if victims.number == 1 else "s"
            yield Draft(
                key=f"{victims.state}:share",
                measure=Measure.SPONTANEOUS_INFORMATION,
                state=victims.state,
                holder=None,
                title=f"{acts().title[Measure.SPONTANEOUS_INFORMATION]} {state_name(victims.state)}",
                what=f"the {victims.number} victim{plural} there, the indicators, and what was secured for them",
                pace="share",
                weight=20,
                why=(f"The case file counts {victims.number} victim{plural} in {state_name(victims.state)}.",),
            )


def _together(case: Case) -> Iterator[Draft]:
    for proceedings in case.proceedings:
        if proceedings.state != case.requesting_state:
            name = state_name(proceedings.state)
            yield Draft(
                key=f"{proceedings.state}:together",
                measure=Measure.JOINT_INVESTIGATION,
                state=proceedings.state,
                holder=None,
                title=f"{acts().title[Measure.JOINT_INVESTIGATION]} {name}",
                what="consult on who prosecutes, divide the measures, and agree on a joint team if both want one",
                pace="share",
                weight=30,
                why=(f"The case file names proceedings there: {proceedings.stage}.",),
            )


def _persons(case: Case) -> Iterator[Draft]:
    for number, suspect in enumerate(case.suspects, start=1):
        if suspect.residence and suspect.residence != case.requesting_state:
            yield Draft(
                key=f"person{number}",
                measure=Measure.EXTRADITION,
                state=suspect.residence,
                holder=None,
                title=f"{acts().title[Measure.EXTRADITION]} {state_name(suspect.residence)}: {suspect.name}",
                what="surrender for trial, once the evidence stands; provisional arrest first if flight is likely",
                pace="person",
                weight=10,
                why=(f"The case file says that {suspect.name} lives in {state_name(suspect.residence)}.",),
                nationality=suspect.nationality or "",
            )
