"""What an auditor looks for."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.node.audit.reads import Asked, known_acts
from comity.node.people.reads import find_by_login


class SearchForm(forms.Form):
    """Entries of the trail by person, act, case and day."""

    actor = forms.CharField(label=_("Done by (user name)"), max_length=254, required=False)
    about = forms.CharField(label=_("About the account of (user name)"), max_length=254, required=False)
    act = forms.ChoiceField(label=_("Act"), required=False)
    case = forms.CharField(label=_("Id of the case"), max_length=32, required=False)
    first = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    before = forms.IntegerField(required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = [("", _("any")), *((act, act) for act in known_acts())]  # type: ignore[attr-defined]

    def clean_actor(self) -> int | None:
        """The person's number."""
        return self._person("actor")

    def clean_about(self) -> int | None:
        """The person's number."""
        return self._person("about")

    def _person(self, field: str) -> int | None:
        text: str = self.cleaned_data[field]
        if not text:
            return None
        person = find_by_login(text)
        if person is None:
            raise forms.ValidationError(_("There is no such person."))
        return person.pk

    def asked(self) -> Asked:
        """What is looked for; days are those of the reader's time zone."""
        values = self.cleaned_data
        first, last = values["first"], values["last"]
        return Asked(
            actor=values["actor"],
            about=values["about"],
            act=values["act"],
            case=values["case"].strip(),
            from_at=timezone.make_aware(datetime.combine(first, time.min)) if first else None,
            to_at=timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min)) if last else None,
            before=values["before"],
        )
