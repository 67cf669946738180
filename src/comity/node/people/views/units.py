"""Pages of units: the tree of the agency."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from comity.node.access import Signed, with_right
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.actions.units import change_unit, make_unit
from comity.node.people.forms import UnitForm
from comity.node.people.models import Unit
from comity.node.people.reads import unit_tree
from comity.node.people.roles import Right


@with_right(Right.PEOPLE_MANAGE)
def unit_list(request: Signed) -> HttpResponse:
    """The tree."""
    return render(request, "people/units.html", {"rows": unit_tree()})


@with_right(Right.PEOPLE_MANAGE, presence=True)
def new(request: Signed) -> HttpResponse:
    """Make a unit."""
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            make_unit(request.user, **form.cleaned_data)
        except InvalidError as error:
            form.take(error)
        else:
            return _saved(request)
    return render(request, "people/unit.html", {"form": form}, status=422 if form.errors else 200)


@with_right(Right.PEOPLE_MANAGE, presence=True)
def edit(request: Signed, unit_id: int) -> HttpResponse:
    """Rename or move a unit."""
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise HiddenError
    form = UnitForm(request.POST or None, initial={"name": unit.name, "above": unit.above_id})
    if request.method == "POST" and form.is_valid():
        try:
            change_unit(request.user, unit=unit, **form.cleaned_data)
        except InvalidError as error:
            form.take(error)
        else:
            return _saved(request)
    return render(request, "people/unit.html", {"form": form, "unit": unit}, status=422 if form.errors else 200)


def _saved(request: Signed) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("people:units")
