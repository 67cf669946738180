"""Checks over the whole of the law data, one module a concept; each takes a `Reading` and yields findings."""

from collections.abc import Callable, Iterator

from comity.law.checks.codes import check_codes
from comity.law.checks.cooperation import check_cooperation
from comity.law.checks.dates import check_dates
from comity.law.checks.identity import check_identity
from comity.law.checks.jurisdiction import check_jurisdiction
from comity.law.checks.national import check_national
from comity.law.checks.parties import check_parties
from comity.law.checks.provenance import check_provenance
from comity.law.checks.provisions import check_provisions
from comity.law.checks.references import check_references
from comity.law.checks.rules import check_rules
from comity.law.checks.territories import check_territories
from comity.law.checks.treaties import check_treaties
from comity.law.finding import Finding
from comity.law.reading import Reading

CHECKS: tuple[Callable[[Reading], Iterator[Finding]], ...] = (
    check_identity,
    check_codes,
    check_provenance,
    check_dates,
    check_references,
    check_treaties,
    check_parties,
    check_territories,
    check_cooperation,
    check_provisions,
    check_rules,
    check_national,
    check_jurisdiction,
)

__all__ = ["CHECKS"]
