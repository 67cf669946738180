"""What the law allows: states, instruments, measures and offences, and the routes between them."""

from comity.law.vocabulary import Confidence, Measure, Status

__all__ = ["Confidence", "Measure", "Status"]
