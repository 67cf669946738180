"""The parts of the agency: a tree that the administrator draws."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from comity.node.audit.actions import enter
from comity.node.errors import InvalidError
from comity.node.people.models import Unit, User
from comity.node.people.rights import require
from comity.node.people.roles import Right

DEPTH_MAX = 8
"""Levels of the tree."""


def make_unit(actor: User, *, name: str, above: Unit | None = None) -> Unit:
    """A new unit, under another one or at the top."""
    require(actor, Right.PEOPLE_MANAGE)
    return _save(actor, Unit(), name=name, above=above, act="unit.make")


def change_unit(actor: User, *, unit: Unit, name: str, above: Unit | None) -> Unit:
    """Rename a unit, or move it under another one."""
    require(actor, Right.PEOPLE_MANAGE)
    return _save(actor, unit, name=name, above=above, act="unit.change")


def _save(actor: User, unit: Unit, *, name: str, above: Unit | None, act: str) -> Unit:
    name = name.strip()
    if not name or len(name) > 200:
        raise InvalidError({"name": _("give the name, 200 characters at most")})
    try:
        with transaction.atomic():
            _check_place(unit, above)
            unit.name, unit.above = name, above
            unit.save()
            enter(actor, act, subject=str(unit.pk), facts={"above": above.pk if above else 0})
    except IntegrityError:
        raise InvalidError({"name": _("there is a unit of this name")}) from None
    return unit


def _check_place(unit: Unit, above: Unit | None) -> None:
    parents = dict(Unit.objects.select_for_update().values_list("pk", "above"))
    at, depth = above.pk if above else None, 1
    while at is not None:
        if at == unit.pk or depth >= DEPTH_MAX:
            reason = (
                _("a unit does not stand under itself")
                if at == unit.pk
                else _("use %(most)s levels at most") % {"most": DEPTH_MAX}
            )
            raise InvalidError({"above": reason})
        at, depth = parents.get(at), depth + 1
