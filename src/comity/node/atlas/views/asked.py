"""Reading what is asked: the form of a page out of its address."""

from datetime import date
from typing import TypeVar

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from comity.node.atlas.forms import DayForm

F = TypeVar("F", bound=forms.Form)


def asked(request: HttpRequest, form: type[F], *, defaults: dict[str, str] | None = None) -> F:
    """The form with what the address says; with nothing said, with the defaults, or waiting to be filled in."""
    given = request.GET.copy()
    given.pop("form", None)
    if defaults is not None:
        for name, value in defaults.items():
            given.setdefault(name, value)
    if not given:
        return form(initial={"on": timezone.localdate()})
    if not given.get("on"):
        given["on"] = timezone.localdate().isoformat()
    return form(given)


def day_asked(request: HttpRequest) -> tuple[DayForm, date]:
    """The day of the answer; today where the address says none, or none that can be."""
    form = asked(request, DayForm, defaults={})
    return form, form.cleaned_data["on"] if form.is_valid() else timezone.localdate()


def as_table(request: HttpRequest, kind: str) -> str:
    """The address of what the page shows as a file."""
    given: QueryDict = request.GET.copy()
    given["form"] = kind
    return f"?{given.urlencode()}"


def files(request: HttpRequest) -> dict[str, str]:
    """Both addresses, for a template."""
    return {"csv": as_table(request, "csv"), "json": as_table(request, "json")}
