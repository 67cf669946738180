"""Why the other side punishes the same conduct: argued for each offence for which the instrument asks it."""

from comity.law.route import DualCriminalityFinding, Verdict
from comity.letters.compose.brief import Brief
from comity.letters.compose.listed import ticked
from comity.letters.model import DualCriminality, Kind, Origin, OriginKind, Text
from comity.letters.wording import fixed

#: A provider does not judge what is punishable.
_NEVER_ASKED = frozenset({Kind.EPOC, Kind.EPOC_PR})


def dual(brief: Brief) -> tuple[DualCriminality, ...]:
    """The argument on dual criminality for each offence, as the law engine finds it; none where an act lifts it."""
    if brief.kind in _NEVER_ASKED:
        return ()
    lifted = ticked(brief)
    return tuple(_dual(brief, finding) for finding in brief.findings if finding.offence not in lifted)


def _dual(brief: Brief, finding: DualCriminalityFinding) -> DualCriminality:
    origin = Origin(kind=OriginKind.LAW_DATA, where=f"states/{brief.requested}/offences")
    return DualCriminality(
        offence=finding.offence,
        verdict=finding.verdict.value,
        argument=_argument(brief, finding, origin),
        sections_there=finding.sections_there,
        elements=finding.elements_met,
        elements_open=finding.elements_open,
        carries=finding.carries,
        origin=origin,
    )


def _argument(brief: Brief, finding: DualCriminalityFinding, origin: Origin) -> Text:
    # one provision argues better than a list: the data have the one that asks for least first
    sections = "; ".join(finding.sections_there[:1])
    if finding.verdict is not Verdict.SATISFIED:
        elements = ";".join((*finding.elements_met, *finding.elements_open))
        return fixed(
            "answered.dual_criminality_unknown", origin=origin, state=brief.requested, elements=elements or "—"
        )
    if finding.through:
        return fixed(
            "answered.dual_criminality_through",
            origin=origin,
            state=brief.requested,
            sections=sections,
            through=";".join(finding.through),
        )
    return fixed("answered.dual_criminality", origin=origin, state=brief.requested, sections=sections)
