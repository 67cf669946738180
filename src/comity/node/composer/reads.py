"""Reads of letters."""

from comity.node.cases.models import Case
from comity.node.composer.models import Letter
from comity.node.errors import HiddenError


def find_letter(case: Case, letter_id: str, *beside: str) -> Letter:
    """A letter of the case, fetched with it and with the relations `beside`; HiddenError where there is none."""
    found = Letter.objects.filter(case=case, pk=letter_id).select_related("case", *beside).first()
    if found is None:
        raise HiddenError
    return found
