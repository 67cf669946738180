"""Forms of webhooks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.node.forms import ActForm


class HookForm(ActForm):
    """What a new webhook needs."""

    url = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")
    acts = forms.CharField(
        label=_("Acts"),
        required=False,
        max_length=300,
        help_text=_("Beginnings of acts, with spaces between: request. case.open; empty: all but reading."),
    )

    def clean_acts(self) -> tuple[str, ...]:
        """The beginnings, one by one."""
        return tuple(str(self.cleaned_data["acts"]).split())
