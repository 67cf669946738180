"""Facts of a case that decide conditions of provisions."""

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A yes-or-no fact that a condition can name."""

    id: str
    question: str
    gate: bool
    """True: while it is unknown, whether the route exists at all is unknown. False: an ordinary condition."""


_FACTS = (
    Fact(id="emergency_to_life", question="Is there danger to somebody's life or safety?", gate=True),
    Fact(id="organised_group", question="Does an organised group of three or more act for profit?", gate=True),
    Fact(
        id="transnational", question="Does the offence cross a border by act, preparation, effect or group?", gate=False
    ),
    Fact(id="follow_up_intended", question="Will a formal request for the data follow?", gate=False),
    Fact(id="data_in_requested_state", question="Are the data on the requested state's territory?", gate=False),
    Fact(id="provider_in_requested_state", question="Is the provider in the requested state?", gate=False),
    Fact(id="consent_of_data_holder", question="Does the person lawfully able to disclose consent?", gate=True),
    Fact(id="publicly_available", question="Are the data open to everybody?", gate=True),
    Fact(id="domestic_order_issued", question="Has a court or prosecutor at home issued the order?", gate=False),
    Fact(id="probable_cause_shown", question="Do the facts show probable cause?", gate=False),
    Fact(id="articulable_facts_shown", question="Do specific and articulable facts show relevance?", gate=False),
    Fact(id="joint_agreement", question="Have the states agreed to use this procedure or team?", gate=True),
    Fact(id="reciprocity_assured", question="Can reciprocity be assured?", gate=True),
    Fact(
        id="target_in_requesting_state",
        question="Is the person whose data are sought in the requesting state?",
        gate=False,
    ),
    Fact(id="person_in_requested_state", question="Is the person sought in the requested state?", gate=False),
    Fact(id="final_judgment", question="Is there a final judgment or order?", gate=False),
)

FACTS = MappingProxyType({fact.id: fact for fact in _FACTS})
