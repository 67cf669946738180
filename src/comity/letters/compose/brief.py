"""What a letter is composed from, and what a person said for it in the case file."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from comity.law import Addressee, Channel, Measure, Registry
from comity.law.dual_criminality import dual_criminality
from comity.law.query import Query
from comity.law.route import DualCriminalityFinding
from comity.leads.model import Transfer
from comity.letters.model import Kind, Origin, OriginKind, Text
from comity.letters.recognise.language import language_of
from comity.letters.wording import ORIGINAL
from comity.plan import Case, Plan
from comity.plan.case import ConfidentialityLevel
from comity.plan.model import Holder, RouteChoice, Step, UrgencyLevel

#: What is taken, held or given back, and proves nothing by itself.
PROPERTY = frozenset({Measure.FREEZING, Measure.CONFISCATION, Measure.ASSET_RETURN})
_OF_MONEY = frozenset({"money_laundering"})


@dataclass(frozen=True, kw_only=True)
class Brief:
    """One letter to write: its case and plan, its steps (one addressee, one route), and the day."""

    case: Case
    plan: Plan
    steps: tuple[Step, ...]
    route: RouteChoice | None
    """None: nothing obliges; the holder is asked of its own will."""
    kind: Kind
    registry: Registry
    on: date
    transfers: tuple[Transfer, ...] = ()

    @property
    def step(self) -> Step:
        """The first step."""
        return self.steps[0]

    @property
    def requested(self) -> str:
        """The requested state's code."""
        return self.step.state

    @property
    def channel(self) -> Channel:
        """How the letter travels."""
        return self.route.channel if self.route else Channel.DIRECT_TO_PROVIDER

    @property
    def to_holder(self) -> bool:
        """Whether the letter goes to who has the data itself."""
        if self.route is None or self.route.addressee.kind is not Addressee.AUTHORITY:
            return bool(self.step.holder)
        return False

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure asked for, once."""
        return tuple(dict.fromkeys(step.measure for step in self.steps))

    @property
    def offence_ids(self) -> tuple[str, ...]:
        """The offences that the letter tells of: who is asked to take a page down learns nothing of the money."""
        ids = tuple(dict.fromkeys(offence.id for offence in self.case.offences))
        own = tuple(offence for offence in ids if offence not in _OF_MONEY)
        return own if own and self.kind is Kind.TAKEDOWN_NOTICE else ids

    @property
    def offences(self) -> str:
        """Their ids, as phrases take them."""
        return ";".join(self.offence_ids)

    @cached_property
    def language(self) -> str:
        """Of the words of the case file: as it says, else as its facts are recognised."""
        if self.case.language:
            return self.case.language
        recognised, sure = language_of(self.case.facts)
        return recognised if sure else ORIGINAL

    @property
    def confidential(self) -> bool:
        """Whether the case is."""
        return self.case.confidentiality.level is ConfidentialityLevel.CONFIDENTIAL

    @property
    def urgent(self) -> bool:
        """Whether the case file calls it urgent or an emergency, and not for other states alone."""
        urgency = self.case.urgency
        here = not urgency.reasons or any(said.state == self.requested for said in urgency.reasons)
        return urgency.level is not UrgencyLevel.ROUTINE and here

    @cached_property
    def findings(self) -> tuple[DualCriminalityFinding, ...]:
        """Dual criminality, by offence."""
        query = Query(
            requesting=self.case.requesting_state,
            requested=self.requested,
            measure=self.step.measure,
            on=self.on,
            offences=tuple(dict.fromkeys(offence.id for offence in self.case.offences)),
            facts=self.case.legal_facts,
        )
        return dual_criminality(query, self.registry)

    def holder(self, step: Step) -> Holder | None:
        """The holder of a step; None: the state itself is asked."""
        return next((holder for holder in self.plan.holders if holder.id == step.holder), None)

    def told(self, field: str) -> tuple[Text, ...]:
        """What the case file states for a field of this letter."""
        return tuple(
            Text(text=one_line(said.text), origin=Origin(kind=OriginKind.CASE_FILE, where=f"statements[{number}]"))
            for number, said in enumerate(self.case.statements)
            if said.field == field
            and (not said.measures or any(measure in said.measures for measure in self.measures))
            and (not said.states or self.requested in said.states)
            and (not said.holders or self._is_about(said.holders))
        )

    def _is_about(self, holders: tuple[str, ...]) -> bool:
        """Whether a step is about what one of these holders has."""
        named = {name.casefold() for name in holders}
        return any({one.casefold() for one in self._names(step)} & named for step in self.steps)

    def _names(self, step: Step) -> tuple[str, ...]:
        holder = self.holder(step)
        return (step.holder_name, *((holder.name, holder.legal_entity, holder.provider) if holder else ()))


def one_line(text: str) -> str:
    """A text without the line breaks of its source."""
    return " ".join(text.split())


def from_case(text: str, where: str) -> Text:
    """A free text of the case file."""
    return Text(text=one_line(text), origin=Origin(kind=OriginKind.CASE_FILE, where=where))


def planned(where: str) -> Origin:
    """That the plan worked it out."""
    return Origin(kind=OriginKind.PLAN, where=where)
