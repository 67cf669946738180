"""Reads of the vault."""

from comity.node.cases.models import Case
from comity.node.errors import HiddenError
from comity.node.vault.models import Package


def find_package(case: Case, package_id: str) -> Package:
    """A package of the case; HiddenError where there is none."""
    beside = ("case", "artifact", "asked_by", "released_by", "request")
    found = Package.objects.filter(case=case, pk=package_id).select_related(*beside).first()
    if found is None:
        raise HiddenError
    return found
