"""Reads of pre-checks."""

from comity.node.cases.models import Case
from comity.node.composer.reads import find_letter
from comity.node.errors import HiddenError
from comity.node.precheck.models import ForeignDraft, Share


def find_share(case: Case, letter_id: str, share_id: str) -> Share:
    """What was sealed of a letter of the case for another side; HiddenError where there is none."""
    shares = Share.objects.filter(letter=find_letter(case, letter_id), pk=share_id)
    found = shares.select_related("letter__case").first()
    if found is None:
        raise HiddenError
    return found


def find_draft(draft_id: str) -> ForeignDraft:
    """A draft of another side; HiddenError where there is none."""
    found = ForeignDraft.objects.filter(pk=draft_id).first()
    if found is None:
        raise HiddenError
    return found
