"""Forms of oversight."""

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.node.forms import ActForm

_DAY = {"type": "date"}


class PublishForm(ActForm):
    """What is said of a publication."""

    note = forms.CharField(label=_("Where and why"), required=False, max_length=500)


class OweForm(ActForm):
    """A person who must be told."""

    person = forms.CharField(
        label=_("Who is to be told"), max_length=200, help_text=_("By role or number, as in the case.")
    )
    rule = forms.CharField(label=_("Under which rule"), max_length=300)
    remedies = forms.CharField(label=_("Remedies that are told"), required=False, max_length=500)
    due_on = forms.DateField(label=_("By when"), widget=forms.DateInput(attrs=_DAY))


class DelayForm(ActForm):
    """A lawful delay."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs=_DAY))
    reason = forms.CharField(label=_("Why"), max_length=500)
    authority = forms.CharField(label=_("By whose decision"), max_length=300)


class GiveForm(ActForm):
    """That the person was told."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    means = forms.CharField(label=_("By what means"), required=False, max_length=300)
