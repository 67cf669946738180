"""Forms of cases."""

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.node.cases.models import CaseStatus
from comity.node.forms import ActForm


class CaseForm(ActForm):
    """What a new case needs."""

    reference = forms.CharField(label=_("Reference"), max_length=100, help_text=_("The agency's own number."))
    title = forms.CharField(label=_("Title"), max_length=300)


class CaseFilter(forms.Form):
    """Which cases a list shows."""

    text = forms.CharField(label=_("Reference or title"), required=False, max_length=100)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("any")), *CaseStatus.choices])


class MemberForm(ActForm):
    """Who is let in, and why."""

    person = forms.CharField(
        label=_("User name or e-mail address"), max_length=254, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    reason = forms.CharField(label=_("Why this person needs to know"), max_length=300)


class TitleForm(ActForm):
    """Another title, for the case as the person saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    title = forms.CharField(label=_("Title"), max_length=300)


class TurnForm(ActForm):
    """The case as the person saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
