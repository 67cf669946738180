"""From drafts to steps: routes, alerts, order, numbers, dates, and why each step is there."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from comity.law import Measure, Route, Status, state_name
from comity.leads.model import Observable
from comity.plan.case import EarlierStep
from comity.plan.counting import Clock, recall_window
from comity.plan.deadlines import Dates, answered, step_dates
from comity.plan.direct import direct_requests
from comity.plan.draft import Draft
from comity.plan.drafting import alert, draft_steps, names_no_account
from comity.plan.drops import channel_of
from comity.plan.evidence import Evidence
from comity.plan.holding import Held, Holding, tie_id
from comity.plan.holds import first_to_end
from comity.plan.instants import instant, is_time
from comity.plan.model import Deadline, ObjectMoment, RouteChoice, Step, StepObject, Urgency, UrgencyLevel
from comity.plan.moments import Moments
from comity.plan.ordering import in_order, in_order_of_days, number_of
from comity.plan.reminders import hold_reminders, told_as_past
from comity.plan.routing import FAST, Router, Routing, choice, closed_lines, is_urgent
from comity.plan.starting import Before
from comity.plan.tables import acts, paces

SHOWN_MOMENTS = 5
PRESERVATION = f":{Measure.PRESERVATION.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A step together with what it was made of, for whoever looks for obstacles."""

    step: Step
    draft: Draft
    routing: Routing
    earlier: tuple[EarlierStep, ...]


@dataclass(kw_only=True)
class Stepper:
    """Makes the steps of one case."""

    evidence: Evidence
    holding: Holding
    router: Router
    clock: Clock
    moments: Moments
    _ids: dict[str, str] = field(default_factory=dict)
    _dates: dict[str, Dates] = field(default_factory=dict)

    def steps(self) -> tuple[Planned, ...]:
        """Every step, in the order in which they leave."""
        routed = self._routed()
        ordered = in_order(tuple(draft for draft, _ in routed.values()))
        dated = {draft.key: self._dated(draft, routed[draft.key][1]) for draft in ordered}
        leaving = in_order_of_days(ordered, {key: dates.start_by.on for key, (dates, _) in dated.items()})
        for number, draft in enumerate(leaving, start=1):
            self._ids[draft.key] = f"s{number}"
        return tuple(self._planned(draft, routed[draft.key][1], *dated[draft.key]) for draft in leaving)

    def _routed(self) -> dict[str, tuple[Draft, Routing]]:
        found: dict[str, tuple[Draft, Routing]] = {}
        for draft in draft_steps(self.evidence, self.holding):
            routing = self.router.route(draft)
            if draft.only != "informal" or routing.recommended is not None:
                found[draft.key] = draft, routing
        for draft in tuple(self._alerts(found)):
            found[draft.key] = draft, self.router.route(draft)
        return found

    def _alerts(self, found: dict[str, tuple[Draft, Routing]]) -> Iterator[Draft]:
        """A police message goes to each state where something urgent has no fast route."""
        slow: dict[str, list[Draft]] = {}
        for draft, routing in found.values():
            abroad = draft.state != self.router.case.requesting_state
            # where police and FIU are asked already, the formal request behind them needs no message of its own
            alone = not any(found[key][0].only == "informal" for key in draft.after if key in found)
            fast = routing.recommended is not None and self._is_fast(routing.recommended)
            named = not draft.objects or any(not names_no_account(held) for held in draft.objects)
            if abroad and alone and named and is_urgent(draft) and not fast:
                slow.setdefault(draft.state, []).append(draft)
        for state, drafts in sorted(slow.items()):
            yield alert(state, urgent=tuple(drafts))

    def _is_fast(self, route: Route) -> bool:
        """Whether a route brings a request there in hours; where life is in danger, it must be open for sure."""
        sure = route.status is Status.OPEN or self.evidence.case.urgency.level is not UrgencyLevel.EMERGENCY
        return route.channel in FAST and sure

    def _dated(self, draft: Draft, routing: Routing) -> tuple[Dates, tuple[EarlierStep, ...]]:
        earlier = tuple(done for done in self.router.case.earlier_steps if _same(done, draft))
        effective = max((done.effective for done in earlier if done.effective), default=None)
        before = self._before(draft, first_to_end(earlier, draft, self.clock))
        dates = step_dates(draft, routing.recommended, self.clock, before, effective=effective)
        self._dates[draft.key] = dates
        return dates, earlier

    def _planned(self, draft: Draft, routing: Routing, dates: Dates, earlier: tuple[EarlierStep, ...]) -> Planned:
        step = self._step(draft, routing, dates, earlier)
        return Planned(step=step, draft=draft, routing=routing, earlier=earlier)

    def _before(self, draft: Draft, hold: Deadline | None) -> Before:
        earlier = [(key, self._dates[key]) for key in draft.after if key in self._dates]
        answers = [answered(dates) for _, dates in earlier]
        # what is frozen ends too, but a request for data need not race against that
        kept = [dates.expires for key, dates in earlier if dates.expires and PRESERVATION in key]
        return Before(
            started_on=max((dates.start_by.on for _, dates in earlier), default=None),
            answered_on=max((answer.on for answer in answers), default=None),
            assumed=any(answer.assumed for answer in answers),
            lapse=min(kept, key=lambda lapse: lapse.on, default=None),
            hold=hold,
        )

    def _step(self, draft: Draft, routing: Routing, dates: Dates, earlier: tuple[EarlierStep, ...]) -> Step:
        domestic = draft.state == self.router.case.requesting_state
        pace = paces()[draft.pace]
        number = self._ids[draft.key]
        taken = tuple(route for route in (routing.recommended, *routing.fallbacks) if route is not None)
        return Step(
            id=number,
            order=number_of(number),
            measure=draft.measure,
            title=draft.title,
            state=draft.state,
            state_name=state_name(draft.state),
            holder=draft.holder.id if draft.holder else "",
            holder_name=draft.holder.name if draft.holder else "",
            domestic=domestic,
            domestic_basis=_at_home(draft) if domestic else "",
            what=draft.what,
            objects=tuple(self._object(held) for held in draft.objects),
            period=self.moments.period(h.observable for h in draft.objects) if draft.period else None,
            recommended=self._choice(routing.recommended, draft, contents=True) if routing.recommended else None,
            fallbacks=tuple(self._choice(route, draft, contents=False) for route in routing.fallbacks),
            closed_routes=closed_lines(routing),
            depends_on=tuple(sorted((self._ids[k] for k in draft.after if k in self._ids), key=number_of)),
            urgency=Urgency(
                pace=pace.id,
                level=pace.level,
                reason=pace.reason,
                source=pace.source,
                source_url=pace.source_url,
                confidence=pace.confidence,
            ),
            start_by=dates.start_by,
            due=self._told(dates.due),
            expires=self._told(dates.expires),
            other_dates=self._others(draft, dates),
            why=tuple(_why(draft, routing.recommended)),
            direct=direct_requests(draft, taken, self.router.registry),
            informal=draft.informal,
            expectation=draft.expectation,
            earlier="; ".join(_told(done) for done in earlier),
        )

    def _choice(self, route: Route, draft: Draft, *, contents: bool) -> RouteChoice:
        return choice(route, self.router.registry, contents=contents, holder=draft.holder)

    def _object(self, held: Held) -> StepObject:
        observable = held.observable
        moments = self.moments.by_value.get(observable.value.casefold(), ())
        shown = "; ".join(f"{moment.at} {moment.title}" for moment in moments[:SHOWN_MOMENTS])
        more = f" and {len(moments) - SHOWN_MOMENTS} more" if len(moments) > SHOWN_MOMENTS else ""
        return StepObject(
            observable=tie_id(observable),
            kind=observable.kind,
            value=observable.value,
            shown=observable.shown or observable.value,
            detail="; ".join(text for text in (_identifies(observable), shown + more) if text),
            identifies=_identifies(observable),
            moments=tuple(
                ObjectMoment(at=m.at, kind=m.kind, about=m.about, amount=m.amount, currency=m.currency)
                for m in moments[:SHOWN_MOMENTS]
            ),
        )

    def _others(self, draft: Draft, dates: Dates) -> tuple[Deadline, ...]:
        found = (*hold_reminders(draft, dates.start_by, self.clock), *dates.others, *self._recall(draft))
        return tuple(told_as_past(deadline, self.clock) for deadline in found)

    def _told(self, deadline: Deadline | None) -> Deadline | None:
        return told_as_past(deadline, self.clock) if deadline else None

    def _recall(self, draft: Draft) -> Iterator[Deadline]:
        if draft.measure is not Measure.FREEZING or draft.only == "formal":
            return
        values = {held.observable.value.casefold() for held in draft.objects}
        paid = [t.at for t in self.evidence.payments if t.target.casefold() in values and is_time(t.at)]
        if paid:
            last = max(paid, key=lambda at: instant(at, self.moments.zone))
            yield recall_window(last, self.clock, draft.state)


def _at_home(draft: Draft) -> str:
    """What the act is in the requesting state."""
    if draft.home:
        return draft.home
    return acts().home.get(draft.measure, "an act under the state's own law") if draft.holder else "open to everybody"


def _identifies(observable: Observable) -> str:
    """What identifies the account behind a channel; empty: it is no channel."""
    channel = channel_of(observable)
    if channel is None:
        return ""
    return f"{channel.identifier}: {channel.value or 'none stands in it; look for it in the page'}"


def _same(done: EarlierStep, draft: Draft) -> bool:
    """Whether an earlier step asked the same of the same holder, or about the same things."""
    if done.measure is not draft.measure or done.state != draft.state:
        return False
    about = {value.replace(" ", "").casefold() for value in done.objects}
    values = [held.observable.value.casefold() for held in draft.objects]
    if about & set(values):
        return True
    name = done.holder.casefold()
    if not name or draft.holder is None:
        return not about
    known = (draft.holder.name, draft.holder.provider, draft.holder.legal_entity)
    named = any(name in text.casefold() or text.casefold() in name for text in known if text)
    return named or any(name in value for value in values)


def _told(done: EarlierStep) -> str:
    effect = f", in effect since {done.effective}" if done.effective else ""
    ends = f", until {done.lapses}" if done.lapses else ""
    reference = f", reference {done.reference}" if done.reference else ""
    outcome = f": {done.outcome}" if done.outcome else ""
    return f"asked for on {done.sent}{reference}{effect}{ends}{outcome}"


def _why(draft: Draft, route: Route | None) -> Iterator[str]:
    yield from draft.why
    if draft.objects and draft.holder is not None:
        first = draft.objects[0]
        shown = first.observable.shown or first.observable.value
        yield f"{shown}: {'; '.join(first.weight_reasons)}."
        chain = " → ".join(reason.text for reason in first.nexus.reasons)
        yield f"It leads to {draft.holder.name} in {draft.holder.state_name}: {chain}."
        if len(draft.objects) > 1:
            yield f"{len(draft.objects) - 1} more are asked for in the same request, because the same holder has them."
    yield f"{paces()[draft.pace].reason[:1].upper()}{paces()[draft.pace].reason[1:]}."
    if route is not None:
        yield f"Route: {'; '.join(route.rank.reasons)}."
