"""Pages of standing in: for whom I stand in, and who stands in for me."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.node.access import Signed, signed_in, with_right
from comity.node.cases.models import Case
from comity.node.errors import InvalidError
from comity.node.people.actions.delegations import delegate, revoke_delegation
from comity.node.people.forms import DelegationForm
from comity.node.people.models import Delegation
from comity.node.people.roles import Right


@signed_in
def delegations(request: Signed) -> HttpResponse:
    """What I gave, and what was given to me."""
    mine = Delegation.objects.filter(Q(by=request.user) | Q(to=request.user))
    rows = list(mine.select_related("by", "to").order_by("-ends_at", "-pk")[:50])
    # The number of a case is for those who may see it now, not for whoever could once or will be able to.
    cases = Case.objects.open_to(request.user).filter(pk__in={row.case_id for row in rows})
    known = dict(cases.values_list("pk", "reference"))
    told = [(row, known.get(row.case_id or "", "")) for row in rows]
    return render(request, "people/delegations.html", {"rows": told, "now": timezone.now()})


@with_right(Right.CASE_READ)
def new(request: Signed) -> HttpResponse:
    """Let a colleague stand in."""
    form = DelegationForm(request.POST or None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            delegate(request.user, **form.cleaned_data)
        except InvalidError as error:
            form.take(error)
        else:
            messages.success(request, _("Your colleague stands in for you."))
            return redirect("people:delegations")
    return render(request, "people/delegation.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_POST
def revoke(request: Signed, delegation_id: int) -> HttpResponse:
    """End a delegation."""
    try:
        revoke_delegation(request.user, delegation_id=delegation_id)
    except InvalidError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The delegation is ended."))
    return redirect("people:delegations")
