"""Forms of a pre-check."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.node.forms import ActForm
from comity.node.precheck.papers import REMARK_CHARS_MAX
from comity.node.vault.forms import OTHER, RecipientForm


class ToForm(RecipientForm):
    """For whom a draft, or what is said of one, is sealed."""

    agency_field = "agency"
    field_order = ("agency",)
    agency = forms.ChoiceField(label=_("For"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*self.agencies(), (OTHER, _("another key, below"))]
        self.fields["agency"].choices = choices  # type: ignore[attr-defined]


class ShareForm(ToForm):
    """For whom the letter is sealed as it is now."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PackageForm(ActForm):
    """A sealed file that came."""

    file = forms.FileField(label=_("The sealed file (.age)"))


class RemarkForm(ActForm):
    """What is said of a draft."""

    address = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Remark"), max_length=REMARK_CHARS_MAX, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
