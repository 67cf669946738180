"""What people type about people."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.node.cases.models import Case
from comity.node.forms import ActForm
from comity.node.people.models import Unit, User
from comity.node.people.reads import colleagues, duty_officers
from comity.node.people.roles import Right, Role


class PasswordForm(ActForm):
    """A first password, twice."""

    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        max_length=1000,
        help_text=_("At least 12 characters. Several words are easier to remember than signs."),
    )
    again = forms.CharField(
        label=_("The same password again"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        max_length=1000,
    )

    def clean_again(self) -> str:
        """Both are the same."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError(_("This is not the same password."))
        return again


class InviteForm(ActForm):
    """Somebody who is to work here."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("As it stands in letters."))
    username = forms.CharField(
        label=_("User name"), max_length=60, help_text=_("Small letters, digits, dots and dashes. It never changes.")
    )
    email = forms.EmailField(label=_("E-mail address"))
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.order_by("name"), required=False)
    roles = forms.TypedMultipleChoiceField(
        label=_("Roles"), choices=Role.choices, coerce=Role, required=False, widget=forms.CheckboxSelectMultiple
    )


class PersonForm(ActForm):
    """What an administrator changes of a person."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"))
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.order_by("name"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class RoleForm(ActForm):
    """One role."""

    role = forms.TypedChoiceField(label=_("Role"), choices=Role.choices, coerce=Role)


class UnitForm(ActForm):
    """A part of the agency."""

    name = forms.CharField(label=_("Name"), max_length=200)
    above = forms.ModelChoiceField(label=_("Under"), queryset=Unit.objects.order_by("name"), required=False)


class OwnForm(ActForm):
    """How a person reads."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        as_agency = ("", _("As the agency has it"))
        self.fields["language"].choices = [as_agency, *settings.LANGUAGES]  # type: ignore[attr-defined]
        zones = [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone]
        self.fields["time_zone"].choices = [as_agency, *zones]  # type: ignore[attr-defined]


class TokenForm(ActForm):
    """A token of the HTTP API."""

    name = forms.CharField(label=_("What it is for"), max_length=100)
    scopes = forms.TypedMultipleChoiceField(
        label=_("What it may do"), choices=Right.choices, coerce=Right, widget=forms.CheckboxSelectMultiple
    )
    days = forms.IntegerField(label=_("Days until it ends"), min_value=1, max_value=366, initial=30)

    def __init__(self, *args: Any, held: frozenset[Right], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [(one.value, one.label) for one in Right if one in held]  # type: ignore[attr-defined]


def _moment(label: Promise | str) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget)  # type: ignore[arg-type]  # a text that is translated when it is shown


class DelegationForm(ActForm):
    """Who stands in, for what, and when."""

    to = forms.ModelChoiceField(label=_("Colleague"), queryset=User.objects.none())
    case = forms.ModelChoiceField(
        label=_("Case"), queryset=Case.objects.none(), required=False, empty_label=_("All my cases")
    )
    starts_at = _moment(_("From"))
    ends_at = _moment(_("To"))
    reason = forms.CharField(label=_("Reason"), max_length=500)

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues(actor)  # type: ignore[attr-defined]
        own = Case.objects.filter(memberships__user=actor, memberships__ended_at=None)
        self.fields["case"].queryset = own.order_by("reference")  # type: ignore[attr-defined]


class ShiftForm(ActForm):
    """A turn of duty."""

    user = forms.ModelChoiceField(label=_("Duty officer"), queryset=User.objects.none())
    starts_at = _moment(_("From"))
    ends_at = _moment(_("To"))
    repeat_days = forms.IntegerField(
        label=_("Repeat on so many days after it"), min_value=0, max_value=60, initial=0, required=False
    )

    def clean_repeat_days(self) -> int:
        """None at all where nothing is typed."""
        return self.cleaned_data["repeat_days"] or 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = duty_officers()  # type: ignore[attr-defined]


class NoteForm(ActForm):
    """What the next one must know."""

    note = forms.CharField(
        label=_("Hand-over note"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )


class SwapForm(ActForm):
    """Who is asked to take a turn."""

    to = forms.ModelChoiceField(label=_("Colleague"), queryset=User.objects.none())
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = duty_officers().exclude(pk=actor.pk)  # type: ignore[attr-defined]
