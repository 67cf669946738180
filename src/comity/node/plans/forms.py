"""Forms of facts."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comity.leads import Role
from comity.node.atlas.forms import StateField
from comity.node.forms import ActForm
from comity.node.plans.actions import FACTS_CHARS_MAX
from comity.node.vocabulary import titled


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


def _roles() -> list[tuple[str, str]]:
    return [
        ("", gettext("as it was found")),
        *((role.value, titled(role)) for role in Role if role is not Role.UNKNOWN),
    ]


class TieForm(ActForm):
    """Who has a thing, as the person knows it."""

    value = forms.CharField(widget=forms.HiddenInput, max_length=400)
    state = StateField(
        label=_("State in which it is kept"),
        required=False,
        help_text=_("Leave it empty where no state can be told: nothing is asked about it then."),
    )
    holder = forms.CharField(
        label=_("Who keeps it"), required=False, max_length=200, help_text=_("A name or a domain, as far as known.")
    )
    role = forms.ChoiceField(label=_("What it does in the case"), required=False, choices=_roles)
    why = forms.CharField(label=_("How you know it"), max_length=300)


class LeadForm(TieForm):
    """Something that no file shows."""

    field_order = ("value", "why", "state", "holder", "role")
    value = forms.CharField(
        label=_("Address, account, number or name"),
        max_length=400,
        help_text=_("As exactly as you have it, such as an e-mail address, a domain, an IBAN or a wallet."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )


class UninvolvedForm(ActForm):
    """Who has nothing to do with the offence."""

    value = forms.CharField(widget=forms.HiddenInput, max_length=400)
    who = forms.CharField(label=_("Who it is, and why they have nothing to do with it"), max_length=300)
