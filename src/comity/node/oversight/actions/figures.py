"""Counting figures and publishing them."""

from datetime import datetime
from hashlib import sha256

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from comity.node.audit.actions import enter
from comity.node.errors import HiddenError, InvalidError
from comity.node.oversight.counting import count
from comity.node.oversight.models import Figures, Publication
from comity.node.people.models import User
from comity.node.people.rights import require_role
from comity.node.people.roles import Right
from comity.node.requests.models import Request

YEARS = 4
"""How many years are counted each for itself."""


def make_all(now: datetime) -> int:
    """Count all reports anew; how many."""
    years = [0, *range(now.year, now.year - YEARS, -1)]
    oldest = Request.objects.order_by("opened_at").values_list("opened_at", flat=True).first()
    kept = [year for year in years if year in (0, now.year) or (oldest and year >= oldest.year)]
    for year in kept:
        report = count(year=year, agency=settings.CONFIG.agency, now=now)
        Figures.objects.update_or_create(year=year, defaults={"made_at": now, "body": msgspec.json.encode(report)})
    return len(kept)


def publish(actor: User, *, year: int, note: str = "") -> Publication:
    """Publish the figures of a year as they stand; they are kept as they are from now on."""
    require_role(actor, Right.OVERSIGHT_PUBLISH)
    with transaction.atomic():
        figures = Figures.objects.filter(year=year).first()
        if figures is None:
            raise HiddenError
        body = bytes(figures.body)
        digest = sha256(body).hexdigest()
        if Publication.objects.filter(sha256=digest).exists():
            raise InvalidError({"": _("these figures are published already; they are counted anew each night")})
        made = Publication.objects.create(year=year, by=actor, note=note.strip()[:500], body=body, sha256=digest)
        enter(actor, "figures.publish", subject=str(made.pk), facts={"year": year, "sha256": digest})
    return made
