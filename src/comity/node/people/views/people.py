"""Pages of the administrator: people, their roles, their ways in."""

from collections.abc import Callable
from functools import partial

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from comity.node.access import Signed, with_right
from comity.node.errors import ChangedError, HiddenError, InvalidError
from comity.node.people.actions import accounts, factors, invitations, roles
from comity.node.people.forms import InviteForm, PersonForm, RoleForm
from comity.node.people.links import link_with, mail_link
from comity.node.people.models import User
from comity.node.people.reads import list_people
from comity.node.people.roles import Right

PAGE_ROWS = 50


@with_right(Right.PEOPLE_MANAGE)
def people_list(request: Signed) -> HttpResponse:
    """Everybody, with what to look for."""
    text = request.GET.get("q", "")[:200]
    page = Paginator(list_people(text), PAGE_ROWS).get_page(request.GET.get("page"))
    return render(request, "people/list.html", {"page": page, "text": text})


@with_right(Right.PEOPLE_MANAGE, presence=True)
def invite(request: Signed) -> HttpResponse:
    """Invite a person; the link is mailed, and shown once."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person, secret = invitations.invite(request.user, **form.cleaned_data)
        except InvalidError as error:
            form.take(error)
        else:
            return _show_link(request, person, secret)
    return render(request, "people/invite.html", {"form": form}, status=422 if form.errors else 200)


def _show_link(request: Signed, person: User, secret: str) -> HttpResponse:
    link = link_with(secret)
    if not mail_link(person, link):
        messages.error(request, _("The mail could not be sent: hand over the link in another way."))
    values = {"person": person, "link": link, "days": invitations.LINK_DAYS, "agency": settings.CONFIG.agency}
    response = render(request, "people/link.html", values)
    response["Cache-Control"] = "no-store"
    return response


def _find(username: str) -> User:
    person = list_people("").filter(username=username).first()
    if person is None:
        raise HiddenError
    return person


@with_right(Right.PEOPLE_MANAGE)
def show(request: Signed, username: str) -> HttpResponse:
    """One person: roles, factors, sessions."""
    return _page(request, _find(username), None)


def _page(request: Signed, person: User, form: PersonForm | None, status: int = 200) -> HttpResponse:
    known = {"name": person.name, "email": person.email, "unit": person.unit, "version": person.version}
    values = {
        "person": person,
        "form": form or PersonForm(initial=known),
        "role_form": RoleForm(),
        "grants": person.grants.select_related("granted_by").order_by("-starts_at", "-pk")[:PAGE_ROWS],
        "invitation": person.invitations.first(),
        "factors": Authenticator.objects.filter(user=person).order_by("created_at"),
        "session_count": UserSession.objects.filter(user=person).count(),
        "only_member_of": accounts.count_only_member_of(person),
    }
    return render(request, "people/person.html", values, status=status)


@with_right(Right.PEOPLE_MANAGE, presence=True)
def edit(request: Signed, username: str) -> HttpResponse:
    """Change name, address, unit."""
    person = _find(username)
    form = PersonForm(request.POST or None)
    if request.method != "POST":
        return redirect("people:show", username)
    if not form.is_valid():
        return _page(request, person, form, 422)
    try:
        accounts.edit_person(request.user, user=person, **form.cleaned_data)
    except InvalidError as error:
        form.take(error)
        return _page(request, person, form, 422)
    except ChangedError as error:
        return _page(request, person, _again(form, person, error.actual), 409)
    messages.success(request, _("Saved."))
    return redirect("people:show", username)


def _again(form: PersonForm, person: User, version: int) -> PersonForm:
    """The form with what this administrator typed, and beside it what the other one saved."""
    again = PersonForm({**form.cleaned_data, "unit": form.data.get("unit", ""), "version": version})
    told = _("Another administrator saved: name “%(name)s”, address %(email)s, unit “%(unit)s”. Compare; save again.")
    again.add_error(None, told % {"name": person.name, "email": person.email, "unit": person.unit or "–"})
    return again


def _act(request: Signed, username: str, act: Callable[[User], object], done: str) -> HttpResponse:
    person = _find(username)
    if request.method == "POST":
        try:
            act(person)
        except InvalidError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, done)
    return redirect("people:show", username)


@with_right(Right.PEOPLE_MANAGE, presence=True)
def renew(request: Signed, username: str) -> HttpResponse:
    """A new link for somebody who has lost the first one, or the password."""
    person = _find(username)
    if request.method != "POST":
        return redirect("people:show", username)
    try:
        return _show_link(request, person, invitations.renew_invitation(request.user, user=person))
    except InvalidError as error:
        messages.error(request, str(error))
        return redirect("people:show", username)


@with_right(Right.PEOPLE_MANAGE, presence=True)
def grant(request: Signed, username: str) -> HttpResponse:
    """Give a role."""
    return _with_form(request, username, roles.grant_role, _("The role is given."))


@with_right(Right.PEOPLE_MANAGE, presence=True)
def end_role(request: Signed, username: str) -> HttpResponse:
    """Take a role."""
    return _with_form(request, username, roles.end_role, _("The role is ended."))


def _with_form(request: Signed, username: str, act: Callable[..., object], done: str) -> HttpResponse:
    form = RoleForm(request.POST or None)
    if request.method == "POST" and not form.is_valid():
        raise InvalidError({"role": _("choose one of the list")})
    role = form.cleaned_data["role"] if form.is_bound else None
    return _act(request, username, lambda person: act(request.user, user=person, role=role), done)


@with_right(Right.PEOPLE_MANAGE, presence=True)
def end_sessions(request: Signed, username: str) -> HttpResponse:
    """Sign somebody out everywhere."""
    act = partial(_call, accounts.end_sessions, request.user)
    return _act(request, username, act, _("All sessions are ended."))


@with_right(Right.PEOPLE_MANAGE, presence=True)
def reset_factors(request: Signed, username: str) -> HttpResponse:
    """Take the second factors from somebody who has lost them."""
    act = partial(_call, factors.reset_factors, request.user)
    return _act(request, username, act, _("The second factors are reset, and all sessions ended."))


@with_right(Right.PEOPLE_MANAGE, presence=True)
def close(request: Signed, username: str) -> HttpResponse:
    """Close an account."""
    return _act(request, username, partial(_call, accounts.close_account, request.user), _("The account is closed."))


@with_right(Right.PEOPLE_MANAGE, presence=True)
def reopen(request: Signed, username: str) -> HttpResponse:
    """Open a closed account."""
    done = _("The account is open again; give it roles.")
    return _act(request, username, partial(_call, accounts.open_account, request.user), done)


def _call(act: Callable[..., object], actor: User, person: User) -> object:
    return act(actor, user=person)
