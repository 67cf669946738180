"""Giving and ending roles.

Who gives the rights does not use them, and who watches does not act: an administrator and an auditor hold no other
role. Nobody gives or ends a role of his or her own, and one administrator always stays.
"""

from collections.abc import Collection

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.node.audit.actions import enter
from comity.node.errors import InvalidError
from comity.node.people.models import RoleGrant, User
from comity.node.people.rights import require
from comity.node.people.roles import Right, Role
from comity.node.people.tasks import tell

ALONE = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
"""Roles that are held with no other."""


def check_roles(roles: Collection[Role], *, field: str) -> None:
    """InvalidError where one person may not hold these roles together."""
    alone = [str(role.label) for role in sorted(ALONE & set(roles))]
    if alone and len(set(roles)) > 1:
        raise InvalidError(
            {
                field: _("%(roles)s: held with no other role, by a person of his or her own")
                % {"roles": ", ".join(alone)}
            }
        )


def grant_role(actor: User, *, user: User, role: Role) -> RoleGrant:
    """Give a role to another person."""
    require(actor, Right.PEOPLE_MANAGE)
    if actor == user:
        raise InvalidError({"role": _("nobody gives a role to himself or herself: ask another administrator")})
    if not user.is_active:
        raise InvalidError({"role": _("this account was closed: open it again first")})
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        held = set(_held(user))
        if role in held:
            raise InvalidError({"role": _("this person has the role")})
        check_roles(held | {role}, field="role")
        grant = give_role(actor, user=user, role=role)
        tell(user, "role.grant")
        enter(actor, "role.grant", about=user, facts={"role": role.value})
    return grant


def give_role(actor: User, *, user: User, role: Role) -> RoleGrant:
    """The row of a grant; the act that gives it asks for the right and enters it."""
    return RoleGrant.objects.create(user=user, role=role, granted_by=actor)


def end_role(actor: User, *, user: User, role: Role) -> None:
    """Take a role from another person."""
    require(actor, Right.PEOPLE_MANAGE)
    if actor == user:
        raise InvalidError({"role": _("nobody ends a role of his or her own: ask another administrator")})
    with transaction.atomic():
        if role is Role.ADMINISTRATOR:
            require_other_administrator(user)
        now = timezone.now()
        if not RoleGrant.objects.in_force(now).filter(user=user, role=role).update(ends_at=now):
            raise InvalidError({"role": _("this person does not have the role")})
        tell(user, "role.end")
        enter(actor, "role.end", about=user, facts={"role": role.value})


def require_other_administrator(user: User) -> None:
    """InvalidError where nobody else could administer this node; called inside a transaction."""
    # All are locked, in one order: two administrators who end each other wait, and the second one is refused.
    grants = RoleGrant.objects.select_for_update(of=("self",)).in_force(timezone.now())
    held = list(grants.filter(role=Role.ADMINISTRATOR).select_related("user").order_by("pk"))
    now = timezone.now()  # after the wait: what ended meanwhile counts no longer
    others = [grant.user for grant in held if grant.user != user and (grant.ends_at is None or grant.ends_at > now)]
    if not any(can_sign_in(one) for one in others):
        raise InvalidError({"": _("one administrator stays who has signed in: invite another first")})


def can_sign_in(user: User) -> bool:
    """True where the person has a password or an account at the agency's provider, and is no longer only invited."""
    return user.is_active and (user.has_usable_password() or SocialAccount.objects.filter(user=user).exists())


def _held(user: User) -> list[Role]:
    return [
        Role(role)
        for role in RoleGrant.objects.in_force(timezone.now()).filter(user=user).values_list("role", flat=True)
    ]
