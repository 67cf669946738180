"""A ground of refusal against what the check of the same request found: nobody signs two opposite reasons."""

from comity.law import Verdict
from comity.letters.errors import NoLetterError
from comity.letters.incoming.examination import Examination


def check_grounds(named: tuple[str, ...], found: Examination) -> None:
    """NoLetterError for a ground that the check itself contradicts, with the finding that does."""
    for ground in named:
        against = contradiction(ground, found)
        if against:
            raise NoLetterError(
                what=f"refusal on {ground}",
                problem=f"the check of this request finds the contrary: {against}",
                remedy="name another ground, or give the fact that changes the check (--fact)",
            )


def contradiction(ground: str, found: Examination) -> str:
    """What the check found against a ground; empty: nothing.

    Our data may be wrong, but then the check is to be put right first.
    """
    if ground == "dual_criminality_absent":
        return _dual(found)
    if ground == "no_basis":
        carried = [one.carried for one in found.measures]
        if carried and all(way is not None for way in carried):
            titles = dict.fromkeys(way.title for way in carried if way is not None)
            return f"{'; '.join(titles)} carries what is asked for"
        return ""
    excluded = next((risk for risk in found.excluded if risk.ground.value == ground), None)
    if excluded is None:
        return ""
    return f"{ground.replace('_', ' ')} is excluded ({excluded.why})"


def _dual(found: Examination) -> str:
    """Where every offence is one here; one offence that is none may still be refused."""
    all_known = bool(found.dual_criminality) and all(
        finding.verdict is Verdict.SATISFIED for finding in found.dual_criminality
    )
    return "; ".join(finding.why for finding in found.dual_criminality) if all_known else ""
