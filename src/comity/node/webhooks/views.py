"""Pages of a person's own webhooks."""

from django.db.models import Count, Max, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from comity.node.access import Signed, signed_in, signed_in_present
from comity.node.errors import InvalidError
from comity.node.webhooks.actions import add_hook, end_hook
from comity.node.webhooks.forms import HookForm
from comity.node.webhooks.models import Hook


@signed_in
def hooks(request: Signed) -> HttpResponse:
    """The person's webhooks and how their messages fared."""
    waiting = Q(deliveries__delivered_at=None, deliveries__next_try_at__isnull=False)
    rows = Hook.objects.filter(owner=request.user).annotate(
        delivered=Count("deliveries", filter=Q(deliveries__delivered_at__isnull=False)),
        waiting=Count("deliveries", filter=waiting),
        given_up=Count("deliveries", filter=Q(deliveries__delivered_at=None, deliveries__next_try_at=None)),
        last=Max("deliveries__delivered_at"),
    )
    return render(request, "webhooks/list.html", {"hooks": rows.order_by("ended_at", "-made_at")[:100]})


@signed_in_present
def new(request: Signed) -> HttpResponse:
    """Add a webhook; its secret is shown once."""
    form = HookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_hook(request.user, **form.cleaned_data)
            return render(request, "webhooks/made.html", {"hook": made}, status=201)
        except InvalidError as error:
            form.take(error)
    return render(request, "webhooks/new.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_POST
def end(request: Signed, hook_id: int) -> HttpResponse:
    """End a webhook."""
    end_hook(request.user, hook_id=hook_id)
    return redirect("webhooks:list")
