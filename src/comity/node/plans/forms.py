"""Forms of facts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.node.forms import ActForm
from comity.node.plans.actions import FACTS_CHARS_MAX


class FactsForm(ActForm):
    """The facts of a case as a commented file."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = forms.CharField(
        label=_("Facts of the case"),
        max_length=FACTS_CHARS_MAX,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "class": "code", "spellcheck": "false", "dir": "ltr"}),
        help_text=_("Who asks, what happened, who was hurt, which offences: notes in it tell what each line means."),
    )
    note = forms.CharField(label=_("What you changed"), required=False, max_length=300)


class UninvolvedForm(ActForm):
    """Who has nothing to do with the offence."""

    value = forms.CharField(widget=forms.HiddenInput, max_length=400)
    who = forms.CharField(label=_("Who it is, and why they have nothing to do with it"), max_length=300)
