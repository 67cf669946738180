"""The guided start of a node: what an administrator does first, each known to be done from the node itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.node.config import CONFIG_FILE, Config
from comity.node.people.models import RoleGrant, Unit, User
from comity.node.people.reads import find_gaps
from comity.node.people.roles import HOLDERS, Right, Role
from comity.node.people.secondfactor import has_factor

AHEAD = timedelta(days=7)
"""So far the duty roster should be planned."""
NEEDED = (
    Right.CASE_OPEN,
    Right.REQUEST_DRAFT,
    Right.REQUEST_APPROVE,
    Right.REQUEST_SEND,
    Right.VAULT_SEAL,
    Right.AUDIT_READ,
)
"""What somebody must be able to do, for a request to live its whole life."""
SETTINGS = ("agency", "state", "origin", "url", "time_zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do."""

    title: str
    why: str
    done: bool
    url: str = ""
    """Where it is done; empty: not on a page."""
    label: str = ""
    missing: tuple[str, ...] = ()
    """What is not there yet, a line each."""
    code: str = ""
    """What is to be written or run on the machine."""
    test_mail: bool = False
    """A mail can be sent to try it."""


def tasks(user: User) -> tuple[Task, ...]:
    """Everything, in the order in which it is best done."""
    return tuple(make(user) for make in _TASKS)


def _account(user: User) -> Task:
    return Task(
        title=_("Secure your own account"),
        why=_("You give rights to everybody else: sign in with a passkey or a one-time code, and keep recovery codes."),
        done=has_factor(user) or not settings.CONFIG.second_factor,
        url=reverse("mfa_index"),
        label=_("Passkeys and codes"),
    )


def _agency(_user: User) -> Task:
    config, usual = settings.CONFIG, Config()
    lines = [f'{name} = "{getattr(config, name)}"' for name in SETTINGS]
    unset = [name for name in ("agency", "origin", "url") if getattr(config, name) == getattr(usual, name)]
    return Task(
        title=_("Say who you are"),
        why=_("Letters, seals and the audit trail carry it. The origin names the trail for good: set it first of all."),
        done=not unset,
        missing=tuple(_("%(name)s is not set") % {"name": name} for name in unset),
        code="\n".join([f"# {settings.DATA / CONFIG_FILE}", *lines]),
    )


def _mail(_user: User) -> Task:
    return Task(
        title=_("Let the node send mail"),
        why=_("Alarms of dates that pass and invitations go by mail; without it they only stand in the log."),
        done=bool(settings.CONFIG.mail),
        code='mail = "smtp://user:password@mail.agency.example:587"',
        test_mail=bool(settings.CONFIG.mail),
    )


def _units(_user: User) -> Task:
    return Task(
        title=_("Make the units of the agency"),
        why=_("Who asks the same as another unit is told which unit, and nothing else of its case."),
        done=Unit.objects.exists(),
        url=reverse("people:units"),
        label=_("Units"),
    )


def _people(_user: User) -> Task:
    missing = tuple(_lacking())
    return Task(
        title=_("Invite the people"),
        why=_(
            "Who drafts a request does not approve it: a request needs two people at least, and somebody to send it."
        ),
        done=not missing,
        url=reverse("people:invite"),
        label=_("Invite somebody"),
        missing=missing,
    )


def _lacking() -> Iterator[str]:
    """What nobody may do yet, and two acts that only one and the same person may do."""
    grants = RoleGrant.objects.in_force(timezone.now()).filter(user__is_active=True).values_list("user_id", "role")
    by_role: dict[str, set[int]] = {}
    for person, role in grants:
        by_role.setdefault(role, set()).add(person)
    holders = {right: {p for role in HOLDERS[right] for p in by_role.get(role.value, ())} for right in NEEDED}
    for right in NEEDED:
        if not holders[right]:
            roles = ", ".join(str(role.label) for role in Role if role in HOLDERS[right])
            yield _("Nobody may: %(right)s (%(roles)s)") % {"right": right.label, "roles": roles}
    both = holders[Right.REQUEST_DRAFT] | holders[Right.REQUEST_APPROVE]
    if holders[Right.REQUEST_DRAFT] and holders[Right.REQUEST_APPROVE] and len(both) == 1:
        yield _("One person alone drafts and approves: nothing can be approved")


def _roster(_user: User) -> Task:
    now = timezone.now()
    gaps = find_gaps(now, now + AHEAD)
    hours = sum((gap.ends_at - gap.starts_at for gap in gaps), timedelta()) / timedelta(hours=1)
    return Task(
        title=_("Plan who is on duty"),
        why=_("Dates that pass at night, and requests that arrive then, are told to whoever is on duty."),
        done=not gaps,
        url=reverse("people:roster"),
        label=_("Duty roster"),
        missing=(_("Nobody is on duty for %(hours)d hours of the next seven days") % {"hours": hours},) if gaps else (),
    )


def _backup(_user: User) -> Task:
    return Task(
        title=_("Back it up"),
        why=_(
            "One file holds the database, the evidence and the keys. Put the command into the machine's own timetable."
        ),
        done=any(Path(settings.DATA, "backups").glob("*")),
        code=f"comity backup --data {settings.DATA} -o {settings.DATA / 'backups'}/$(date +%F).tar",
    )


_TASKS: tuple[Callable[[User], Task], ...] = (_account, _agency, _mail, _units, _people, _roster, _backup)

_CAN: tuple[tuple[Right, Promise | str, str], ...] = (
    (
        Right.CASE_OPEN,
        gettext_lazy("Open a case, drop its evidence on the page, tell the facts, and have a plan made."),
        "cases:new",
    ),
    (
        Right.REQUEST_RECEIVE,
        gettext_lazy("Register a letter that came: it is read and examined for you."),
        "requests:incoming",
    ),
    (
        Right.REQUEST_APPROVE,
        gettext_lazy("Approve what others drafted: it stands among the requests that wait for you."),
        "requests:list",
    ),
    (
        Right.VAULT_SEAL,
        gettext_lazy(
            "Seal evidence and take packages in: the vault of a case whose member you are; first, whom you trust."
        ),
        "vault:identities",
    ),
    (
        Right.DIRECTORY_EDIT,
        gettext_lazy("Look up whom to call, and confirm that an entry still holds."),
        "directory:list",
    ),
    (Right.OVERSIGHT_READ, gettext_lazy("See how long things take, and what is refused."), "oversight:figures"),
    (Right.AUDIT_READ, gettext_lazy("Read who did and saw what, and check the trail."), "audit:trail"),
)


def can_do(user: User) -> tuple[tuple[Promise | str, str], ...]:
    """What a person who is new here can do, each with its address."""
    return tuple((said, reverse(name)) for right, said, name in _CAN if user.holds(right))
