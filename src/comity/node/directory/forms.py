"""Forms of the directory; what may be written is decided by `checks`."""

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.law import AuthorityRole
from comity.node.atlas.forms import StateField
from comity.node.directory.models import Kind, Outcome
from comity.node.forms import ActForm
from comity.node.vocabulary import measure_choices, titled


def _roles() -> list[tuple[str, str]]:
    return [("", "–"), *((one.value, titled(one)) for one in AuthorityRole)]


class FilterForm(forms.Form):
    """What of the directory is shown."""

    q = forms.CharField(label=_("Name, address or number"), required=False, max_length=200)
    state = StateField(label=_("State"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", "–"), *Kind.choices])
    measure = forms.ChoiceField(label=_("Measure"), required=False, choices=partial(measure_choices, "–"))
    stale = forms.BooleanField(label=_("Only stale ones"), required=False)


class NowForm(forms.Form):
    """Whom to call."""

    state = StateField(label=_("State"))
    measure = forms.ChoiceField(label=_("Measure"), required=False, choices=partial(measure_choices, "–"))


class EntryForm(ActForm):
    """One entry."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    state = StateField(label=_("State"))
    name = forms.CharField(label=_("Name"), max_length=300)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=_roles)
    measures = forms.CharField(label=_("Measures"), required=False, help_text=_("Ids joined by ; – empty: all"))
    instrument = forms.CharField(label=_("Instrument"), required=False, max_length=80)
    address = forms.CharField(label=_("Address"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    email = forms.CharField(label=_("E-mail"), required=False, max_length=254)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=60)
    url = forms.CharField(label=_("Web address"), required=False, max_length=500)
    identity = forms.CharField(
        label=_("Public identity"), required=False, widget=forms.Textarea(attrs={"rows": 2, "class": "code"})
    )
    hours = forms.CharField(label=_("Hours"), required=False, help_text=_("24/7, or 09:00-17:30 on working days"))
    zone = forms.CharField(label=_("Time zone"), required=False, help_text=_("Empty: that of the capital"))
    languages = forms.CharField(label=_("Languages"), required=False, help_text=_("Codes joined by ; such as en;fr"))
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    source = forms.CharField(label=_("Source"), max_length=500, help_text=_("Where this is known from"))


class VersionForm(ActForm):
    """An act on an entry as it was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label=_("How it was checked"), required=False, max_length=500)


class CallForm(ActForm):
    """A test call."""

    called_at = forms.DateTimeField(
        label=_("Called at"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices)
    minutes = forms.IntegerField(label=_("Minutes until somebody answered"), min_value=0, max_value=1440)
    call_note = forms.CharField(label=_("Note"), required=False, max_length=1000)

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes."""
        found = dict(self.cleaned_data)
        found["note"] = found.pop("call_note")
        return found


class FileForm(ActForm):
    """A CSV file."""

    file = forms.FileField(label=_("CSV file"), allow_empty_file=True)

    def bytes(self) -> bytes:
        """What the file holds."""
        found: bytes = self.cleaned_data["file"].read()
        return found
