"""What is done for a child whose pictures are the means of the offence: hotlines, and hashes that block pictures."""

from collections.abc import Iterator

from comity.leads.model import ObservableKind
from comity.plan.casework import casework, own_act
from comity.plan.draft import Draft
from comity.plan.evidence import Evidence
from comity.plan.holding import Holding
from comity.plan.model import DirectRequest

_SHOWN = frozenset({ObservableKind.USER_ACCOUNT, ObservableKind.URL})


def child_steps(evidence: Evidence, holding: Holding) -> Iterator[Draft]:
    """The report to hotlines, where the case is about such pictures."""
    table = casework()
    if not set(table.child_offences) & {offence.id for offence in evidence.case.offences}:
        return
    act = own_act("hotline")
    held = {h.observable.value: h for group in holding.held.values() for h in group if h.observable.kind in _SHOWN}
    state = evidence.case.requesting_state
    yield Draft(
        key="hotline",
        measure=act.measure,
        state=state,
        holder=None,
        title=act.title,
        what=act.what,
        pace=act.pace,
        weight=100,
        objects=tuple(sorted(held.values(), key=lambda one: (-one.weight, one.observable.value))),
        direct=tuple(
            DirectRequest(
                to=row.to,
                how=row.how,
                basis=row.basis,
                url=row.url,
                source=row.source,
                as_of=row.as_of,
                confidence=row.confidence,
            )
            for row in table.hotline
            if row.state in ("", state)
        ),
        home=act.home,
        why=(act.why,),
    )
