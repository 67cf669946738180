"""Forms of cases."""

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.node.forms import ActForm


class CaseForm(ActForm):
    """What a new case needs."""

    reference = forms.CharField(label=_("Reference"), max_length=100, help_text=_("The agency's own number."))
    title = forms.CharField(label=_("Title"), max_length=300)
