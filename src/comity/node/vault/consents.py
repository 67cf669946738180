"""The owner's consent to more than its limitations allow."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.errors import ComityError
from comity.evidence.grant import GRANT_BYTES_MAX, read_grant
from comity.evidence.limitation import last_day
from comity.evidence.package.limits import read_limits
from comity.node.audit.actions import enter
from comity.node.cases.actions import require_open
from comity.node.errors import InvalidError
from comity.node.people.models import User
from comity.node.people.rights import require
from comity.node.people.roles import Right
from comity.node.vault.models import Consent, Package
from comity.node.vault.store import openers, trust


def take_consent(actor: User, *, package: Package, grant: bytes, signature: bytes) -> Consent:
    """Take in a consent that the owner of a package signed; InvalidError where it is none, or for another package."""
    require(actor, Right.VAULT_SEAL, package.case)
    require_open(package.case)
    if package.sealed_here or package.removed_at is not None:
        raise InvalidError({"grant": _("a consent extends the limits of a package that came, and is here")})
    if max(len(grant), len(signature)) > GRANT_BYTES_MAX:
        raise InvalidError({"grant": _("is larger than any consent")})
    now = timezone.now()
    try:
        with package.path.open("rb") as source:
            limits = read_limits(source, openers(), trust(), now=now, subject=str(package))
        read_grant(grant, signature, limits.asked, now=now)
    except ComityError as error:
        raise InvalidError({"grant": str(error)}) from None
    with transaction.atomic():
        taken = Consent.objects.create(package=package, body=grant, signature=signature, taken_by=actor)
        grants = [one.grant() for one in Consent.objects.filter(package=package)]
        Package.objects.filter(pk=package.pk).update(delete_by=last_day(limits.limitations, grants))
        enter(actor, "package.take_consent", case=package.case, subject=package.pk, facts={"consent": taken.pk})
    return taken
