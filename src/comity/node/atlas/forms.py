"""What people ask of the atlas; everything stands in the address, so that an answer can be linked."""

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comity.law import Ground, Measure
from comity.law.errors import UnknownTermError
from comity.law.reference import find_instrument
from comity.node.atlas.lookup import find_state
from comity.node.lawdata import registry
from comity.node.vocabulary import measure_choices, titled

FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2100, 12, 31)
"""Before, our data know nothing; after, nobody does."""
STEPS_MAX = 8
STATES_MAX = 12
TEXT_CHARS_MAX = 300


class DayField(forms.DateField):
    """A day of the answer; empty: today."""

    def __init__(self, **kwargs: Any) -> None:
        bounds = {"type": "date", "min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}
        widget = forms.DateInput(format="%Y-%m-%d", attrs=bounds)
        kwargs.setdefault("label", _("As of"))
        super().__init__(widget=widget, required=False, input_formats=["%Y-%m-%d"], **kwargs)

    def clean(self, value: Any) -> date:
        """The day, between the first and the last that can be told."""
        found = super().clean(value) or timezone.localdate()
        if not FIRST_DAY <= found <= LAST_DAY:
            raise forms.ValidationError(_("Choose a day between 1950 and 2100."))
        return found


class StateField(forms.CharField):
    """A state by code or name."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"list": "states", "autocomplete": "off"})
        super().__init__(max_length=TEXT_CHARS_MAX, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        """The code; the error names what comes nearest."""
        text = super().clean(value)
        try:
            return find_state(text, get_language() or "en") if text else ""
        except UnknownTermError as error:
            raise forms.ValidationError(str(error)) from None


class InstrumentField(forms.CharField):
    """An instrument by id, alias or short title."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"list": "instruments", "autocomplete": "off"})
        super().__init__(max_length=TEXT_CHARS_MAX, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        """The id; the error names what comes nearest."""
        text = super().clean(value)
        try:
            return find_instrument(text, registry()).id if text else ""
        except UnknownTermError as error:
            raise forms.ValidationError(str(error)) from None


def _grounds() -> list[tuple[str, str]]:
    return [(one.value, titled(one)) for one in Ground]


def measure_field(**kwargs: Any) -> forms.TypedChoiceField:
    """One measure."""
    choices = partial(measure_choices, None if kwargs.get("required", True) else "–")
    return forms.TypedChoiceField(label=_("Measure"), choices=choices, coerce=Measure, empty_value=None, **kwargs)


class DayForm(forms.Form):
    """One day."""

    on = DayField()


class PairForm(forms.Form):
    """One question to the engine."""

    requesting = StateField(label=_("Requesting state"))
    requested = StateField(label=_("Requested state"))
    measure = measure_field()
    offence = forms.MultipleChoiceField(label=_("Offences"), required=False, widget=forms.CheckboxSelectMultiple)
    urgent = forms.BooleanField(label=_("Urgent"), required=False)
    on = DayField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offence"].choices = offence_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Two different states."""
        found = super().clean() or {}
        if found.get("requesting") and found.get("requesting") == found.get("requested"):
            self.add_error("requested", _("Choose another state: a state needs no route to itself."))
        return found


def offence_choices() -> list[tuple[str, str]]:
    """Canonical offences by title."""
    return [(one.id, one.title) for one in registry().offences.values()]


class MapForm(forms.Form):
    """One map."""

    measure = measure_field()
    requesting = StateField(label=_("Requesting state"), required=False, help_text=_("Empty: all states"))
    on = DayField()


class CoverageForm(forms.Form):
    """One state, and all measures or one."""

    requesting = StateField(label=_("Requesting state"))
    measure = measure_field(required=False)
    on = DayField()


class InstrumentsForm(forms.Form):
    """Two instruments."""

    first = InstrumentField(label=_("First instrument"))
    second = InstrumentField(label=_("Second instrument"))
    on = DayField()


class StatesForm(forms.Form):
    """Two states."""

    first = StateField(label=_("First state"))
    second = StateField(label=_("Second state"))
    on = DayField()


class DaysForm(forms.Form):
    """One state on two days."""

    requesting = StateField(label=_("Requesting state"))
    before = DayField(label=_("First day"))
    on = DayField(label=_("Second day"))


class StepForm(forms.Form):
    """One step of a what-if, put together by choosing."""

    ACTS = (
        ("accedes", _("joins")),
        ("denounces", _("leaves")),
        ("withdraws-reservation", _("withdraws its reservations to")),
    )
    state = StateField(label=_("State"))
    act = forms.ChoiceField(label=_("What it does"), choices=ACTS)
    instrument = InstrumentField(label=_("Instrument"))
    taken = DayField(label=_("On"))


class JurisdictionForm(forms.Form):
    """Which states could claim a case."""

    states = forms.CharField(label=_("States"), max_length=TEXT_CHARS_MAX, help_text=_("Codes or names, with commas"))
    ground = forms.MultipleChoiceField(
        label=_("What lies there"),
        choices=_grounds,
        widget=forms.CheckboxSelectMultiple,
    )
    offence = forms.MultipleChoiceField(label=_("Offences"), required=False, widget=forms.CheckboxSelectMultiple)
    on = DayField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offence"].choices = offence_choices()  # type: ignore[attr-defined]

    def clean_states(self) -> tuple[str, ...]:
        """The codes."""
        names = [one.strip() for one in self.cleaned_data["states"].split(",") if one.strip()]
        if len(names) > STATES_MAX:
            raise forms.ValidationError(_("Name fewer states."))
        try:
            return tuple(dict.fromkeys(find_state(one, get_language() or "en") for one in names))
        except UnknownTermError as error:
            raise forms.ValidationError(str(error)) from None
