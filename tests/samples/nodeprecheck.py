"""Drafts really sealed for a pre-check."""

from tests.samples.node import make_user

from comity.node.composer.models import Letter
from comity.node.people.models import User
from comity.node.people.roles import Role
from comity.node.precheck.actions import share, take_draft
from comity.node.precheck.forms import recipient_of
from comity.node.precheck.models import ForeignDraft, Share
from comity.node.requests.papers import read_bytes
from comity.node.vault.store import identity


def share_with_us(owner: User, letter: Letter) -> tuple[Share, ForeignDraft]:
    """A draft that this node sealed for itself, and the same as it came."""
    letter.refresh_from_db()
    own = identity().public
    shared = share(owner, letter=letter, version=letter.number, to=recipient_of(own), identity=own.name)
    return shared, take_draft(make_user(Role.AUTHORITY), data=read_bytes(shared.sha256))
