"""A verification in one sentence, for those who read no further."""

from comity.evidence.custody import Verdict
from comity.evidence.package.inner import CHECK, DECLARED
from comity.evidence.package.report import PackageReport
from comity.evidence.package.when import NO_PROOF


def headline(report: PackageReport) -> str:
    """What the verdict means; of an indeterminate one, what weighs most."""
    match report.verdict:
        case Verdict.PASSED:
            return "This evidence is whole, and is as its sender sealed it."
        case Verdict.FAILED:
            return "This evidence must not be relied on: what is marked FAILED below is wrong."
        case _:
            return _indeterminate(report)


def _indeterminate(report: PackageReport) -> str:
    wanting = {check.name: check for check in report.checks if check.verdict is Verdict.INDETERMINATE}
    damaged = CHECK in wanting and any(DECLARED in reason for reason in wanting[CHECK].reasons)
    if "certificate" in wanting or "sender" in wanting:
        return (
            "It is not shown whose this evidence is, or that the key that signed it was good: nothing in it "
            "contradicts itself, and anybody can seal so; see below."
        )
    if any(NO_PROOF in reason for reason in (wanting["revocation"].reasons if "revocation" in wanting else ())):
        return "The key that signed this was revoked, and nothing shows that it signed before; see below."
    if damaged:
        return (
            "The package is as it was sealed, and evidence in it is damaged: it does not have the hashes that it holds "
            "of itself, and its sender said so; see below."
        )
    return "Nothing is wrong with this evidence, but not everything about it is shown; see below."
