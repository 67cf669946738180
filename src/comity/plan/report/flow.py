"""The flows of a case in words, for the arcs of the map."""

from comity.plan.model import Flow, FlowKind
from comity.plan.report.words import count, listing

_WORDS = {FlowKind.MAIL: "mail", FlowKind.REPLY: "reply", FlowKind.MONEY: "payment"}
_MANY = {FlowKind.REPLY: "replies"}


def flow_words(flow: Flow) -> str:
    """*2 payments from India to United Arab Emirates, INR 500*."""
    number = count(flow.number, _WORDS[flow.kind], _MANY.get(flow.kind, ""))
    sums = f", {listing(flow.sums)}" if flow.sums else ""
    return f"{number} from {flow.source_name} to {flow.target_name}{sums}"
