"""Forms of a pre-check."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.evidence.keys import PublicIdentity, age_recipients
from comity.evidence.package import Recipient
from comity.node.forms import ActForm
from comity.node.precheck.papers import REMARK_CHARS_MAX
from comity.node.vault.store import known

OTHER = ""


class ToForm(ActForm):
    """For whom something is sealed: an agency whose identity is trusted, or a key."""

    agency = forms.ChoiceField(label=_("For"), required=False)
    recipient = forms.CharField(label=_("Or an age key (age1…)"), required=False, max_length=3000)
    recipient_name = forms.CharField(label=_("Whose key it is: name and agency"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people: dict[str, PublicIdentity] = {one.name: one for one in known()}
        named = [(one.name, _called(one)) for one in self.people.values()]
        self.fields["agency"].choices = [*named, (OTHER, _("another key, below"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The two ways of naming a recipient exclude each other."""
        given = super().clean() or {}
        if bool(given.get("agency")) == bool(given.get("recipient")):
            self.add_error("recipient", _("choose an agency, or give one key"))
        elif given.get("recipient") and not given.get("recipient_name"):
            self.add_error("recipient_name", _("say whose key it is"))
        return given

    def chosen(self) -> tuple[Recipient, str]:
        """The recipient, and the name of its identity (empty: a key that was given)."""
        person = self.people.get(self.cleaned_data["agency"])
        if person is not None:
            return recipient_of(person), person.name
        given = self.cleaned_data
        return Recipient(name=given["recipient_name"], key=given["recipient"].strip()), ""


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


def recipient_of(person: PublicIdentity) -> Recipient:
    """An agency that is trusted, as a recipient."""
    return Recipient(name=_called(person), key=age_recipients(person)[0])


def _called(person: PublicIdentity) -> str:
    return f"{person.display_name}, {person.agency}".strip(", ")
