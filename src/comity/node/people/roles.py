"""Roles and rights, and the one table of who may do what.

A right in `CASE_RIGHTS` also needs membership of the case: nobody sees a case of which he or she is no member, not even
an administrator. docs/rights.md is made from this table, and tests compare every address with it.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person is in the agency; one person may be several."""

    INVESTIGATOR = "investigator", _("Investigator")
    PROSECUTOR = "prosecutor", _("Prosecutor or magistrate")
    AUTHORITY = "authority", _("Central-authority officer")
    DUTY = "duty", _("24/7 duty officer")
    CUSTODIAN = "custodian", _("Evidence custodian")
    ANALYST = "analyst", _("Analyst")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


class Right(TextChoices):
    """One human act, or one kind of reading, that somebody may be allowed."""

    CASE_OPEN = "case.open", _("Open a case")
    CASE_READ = "case.read", _("Read a case")
    CASE_WORK = "case.work", _("Work on a case: evidence, leads, plan")
    CASE_MEMBERS = "case.members", _("Say who is a member of a case")
    CASE_CLOSE = "case.close", _("Close a case")
    REQUEST_DRAFT = "request.draft", _("Draft and check a request")
    REQUEST_APPROVE = "request.approve", _("Approve a request")
    REQUEST_SEND = "request.send", _("Send a request and register what comes back")
    REQUEST_RECEIVE = "request.receive", _("Register an incoming request")
    REQUEST_EXECUTE = "request.execute", _("Assign, execute, postpone or refuse an incoming request")
    VAULT_SEAL = "case.seal", _("Seal evidence, take packages in, enter custody")
    VAULT_RELEASE = "case.release", _("Release a sealed package")
    IDENTITY_TRUST = "identity.trust", _("Take in the identity of another agency")
    DIRECTORY_EDIT = "directory.edit", _("Change and confirm entries of the directory")
    OVERSIGHT_READ = "oversight.read", _("Read figures of all cases, without their content")
    OVERSIGHT_PUBLISH = "oversight.publish", _("Publish figures")
    AUDIT_READ = "audit.read", _("Read and export the audit trail")
    PEOPLE_MANAGE = "people.manage", _("Invite people, give roles, end sessions")
    ROSTER_READ = "roster.read", _("See the duty roster")
    ROSTER_EDIT = "roster.edit", _("Plan the duty roster")


_I, _P, _A, _D = Role.INVESTIGATOR, Role.PROSECUTOR, Role.AUTHORITY, Role.DUTY
_C, _N, _U, _X = Role.CUSTODIAN, Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR

HOLDERS: dict[Right, frozenset[Role]] = {
    Right.CASE_OPEN: frozenset({_I, _P, _A, _D}),
    Right.CASE_READ: frozenset({_I, _P, _A, _D, _C, _N, _U}),
    Right.CASE_WORK: frozenset({_I, _P, _D, _N}),
    Right.CASE_MEMBERS: frozenset({_I, _P, _A}),
    Right.CASE_CLOSE: frozenset({_I, _P, _A}),
    Right.REQUEST_DRAFT: frozenset({_I, _P, _A, _D}),
    Right.REQUEST_APPROVE: frozenset({_P, _A}),
    Right.REQUEST_SEND: frozenset({_A, _D}),
    Right.REQUEST_RECEIVE: frozenset({_A, _D}),
    Right.REQUEST_EXECUTE: frozenset({_P, _A, _D}),
    Right.VAULT_SEAL: frozenset({_I, _C}),
    Right.VAULT_RELEASE: frozenset({_P, _A, _C}),
    Right.IDENTITY_TRUST: frozenset({_A, _C}),
    Right.DIRECTORY_EDIT: frozenset({_A, _D}),
    Right.OVERSIGHT_READ: frozenset({_A, _U}),
    Right.OVERSIGHT_PUBLISH: frozenset({_U}),
    Right.AUDIT_READ: frozenset({_U}),
    Right.PEOPLE_MANAGE: frozenset({_X}),
    Right.ROSTER_READ: frozenset({_A, _D, _X}),
    Right.ROSTER_EDIT: frozenset({_A, _X}),
}
"""Which roles hold a right."""

CASE_RIGHTS = frozenset(right for right in Right if right.value.split(".")[0] in {"case", "request"}) - {
    Right.CASE_OPEN,
    Right.REQUEST_RECEIVE,
}
"""Rights over one case: they need membership too."""
