"""Forms of requests: one for each act, with the fields that the docket asks for."""

from collections.abc import Iterable, Sequence

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from comity.docket import Act, Need, PossibleAct, reasons
from comity.letters.incoming import grounds
from comity.node.cases.models import Case
from comity.node.forms import ActForm
from comity.node.people.models import Unit
from comity.node.requests.labels import STATES
from comity.node.requests.papers import PAPER_BYTES_MAX
from comity.node.vocabulary import measure_choices, titled


class HappenedForm(ActForm):
    """What is told of an act; fields that the act does not need stand last and may stay empty."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    at = forms.DateTimeField(
        label=_("When it happened"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: now."),
    )
    means = forms.CharField(
        label=_("By what means"), required=False, max_length=300, help_text=_("The channel, a receipt's number.")
    )
    signed = forms.ChoiceField(label=_("What goes out"), required=False)
    unsigned = forms.CharField(
        label=_("Why it goes unsigned"),
        required=False,
        max_length=300,
        help_text=_("Such as: the 24/7 contact point takes e-mail without a signature."),
    )
    reasons = forms.MultipleChoiceField(label=_("Reasons"), required=False, widget=forms.CheckboxSelectMultiple)
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    of = forms.TypedChoiceField(label=_("Which entry"), required=False, coerce=int, empty_value=None)
    note = forms.CharField(label=_("Note"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(label=_("Paper that shows it"), required=False)

    def __init__(
        self,
        *args: object,
        possible: PossibleAct,
        entries: int,
        signed: Sequence[tuple[str, str]] | None = None,
        **kwargs: object,
    ) -> None:
        """`signed`: digests and names of what can go out; None: nothing of ours is sent by this act."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on
        self._offer_letter(signed)
        codes = [(one.id, one.text) for one in reasons().values() if possible.act in one.acts]
        self._offer(Need.REASONS, codes, possible)
        numbers = [(number, number) for number in range(1, entries + 1)] if possible.act is Act.STRIKE else []
        self._offer(Need.OF, numbers, possible)
        if Need.UNTIL not in possible.needs and possible.act not in {Act.POSTPONE, Act.EXTEND}:
            del self.fields["until"]
        for need in possible.needs:
            if need.value in self.fields:
                self.fields[need.value].required = True

    def clean_file(self) -> "UploadedFile[bytes] | None":
        """A paper that is not too large to be kept."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > PAPER_BYTES_MAX:
            raise forms.ValidationError(_("Larger than %(limit)s bytes."), params={"limit": f"{PAPER_BYTES_MAX:,}"})
        return file

    def _offer_letter(self, signed: Sequence[tuple[str, str]] | None) -> None:
        if signed is None:
            del self.fields["signed"], self.fields["unsigned"]
        elif not signed:
            del self.fields["signed"]
            self.fields["unsigned"].required = True
        else:
            field = self.fields["signed"]
            field.choices = [*reversed(signed), ("", _("the letter, unsigned"))]  # type: ignore[attr-defined]
            field.initial = signed[-1][0]

    def _offer(self, need: Need, choices: Sequence[tuple[object, object]], possible: PossibleAct) -> None:
        field = self.fields[need.value]
        if choices:
            field.choices = choices  # type: ignore[attr-defined]  # both are choice fields
        else:
            del self.fields[need.value]


class SignedForm(ActForm):
    """The letter as it was signed elsewhere."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    file = forms.FileField(label=_("The signed letter (PDF)"))


class SignForm(ActForm):
    """A key to sign with, used this once."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.FileField(label=_("Your key with its certificate (PKCS#12: .p12, .pfx)"))
    passphrase = forms.CharField(
        label=_("Passphrase of the key"),
        required=False,
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(label=_("Reason, as the signature shows it"), required=False, max_length=200)
    city = forms.CharField(label=_("Place, as the signature shows it"), required=False, max_length=100)


class IncomingForm(ActForm):
    """A letter that came, before it is read."""

    file = forms.FileField(label=_("The letter as it came"), help_text=_("PDF, DOCX, JSON or text."))
    at = forms.DateTimeField(
        label=_("When it arrived"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=_("Empty: now."),
    )


class ArrivalForm(ActForm):
    """What the officer puts right, and what becomes of the letter."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    requesting = forms.CharField(label=_("Requesting state"), required=False, max_length=60)
    requested = forms.CharField(label=_("Requested state"), required=False, max_length=60)
    measure = forms.ChoiceField(label=_("What is asked first"), required=False)
    their_reference = forms.CharField(label=_("Their reference"), required=False, max_length=200)
    case = forms.ChoiceField(label=_("Case"), required=False)
    reference = forms.CharField(label=_("Our number for a new case"), required=False, max_length=100)
    title = forms.CharField(label=_("Title of a new case"), required=False, max_length=300)
    again = forms.BooleanField(label=_("Register it though the same was asked before"), required=False)
    reason = forms.CharField(label=_("Why it is discarded"), required=False, max_length=500)

    def __init__(self, *args: object, cases: Iterable[Case], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on
        own = [(case.pk, f"{case.reference} {case.title}") for case in cases]
        self.fields["measure"].choices = measure_choices(_("as it was read"))  # type: ignore[attr-defined]
        self.fields["case"].choices = [("", _("a new one")), *own]  # type: ignore[attr-defined]


class AnswerForm(ActForm):
    """What is answered to a request that came."""

    what = forms.ChoiceField(
        label=_("Answer"),
        choices=[
            ("acknowledge", _("acknowledge receipt")),
            ("ask", _("ask for what is missing")),
            ("refuse", _("refuse, with reasons")),
        ],
    )
    grounds = forms.MultipleChoiceField(
        label=_("Grounds for refusal"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=_("Further questions or reasons"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line."),
    )
    every = forms.BooleanField(label=_("Ask also for what was merely not recognised"), required=False)
    officer = forms.CharField(label=_("Who deals with it"), required=False, max_length=200)
    contact = forms.CharField(label=_("E-mail address or telephone"), required=False, max_length=200)
    signatory = forms.CharField(label=_("Who signs"), required=False, max_length=200)
    reference = forms.CharField(label=_("Reference of the answer"), required=False, max_length=200)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on
        self.fields["grounds"].choices = [(one, titled(one)) for one in grounds()]  # type: ignore[attr-defined]


class FilterForm(forms.Form):
    """What the list of requests shows."""

    text = forms.CharField(label=_("Reference"), required=False, max_length=100)
    direction = forms.ChoiceField(
        label=_("Direction"),
        required=False,
        choices=[("", _("both")), ("outgoing", _("outgoing")), ("incoming", _("incoming"))],
    )
    state = forms.ChoiceField(label=_("Status"), required=False)
    waits = forms.ChoiceField(
        label=_("Waits for"), required=False, choices=[("", _("anybody")), ("for_us", _("us")), ("for_them", _("them"))]
    )
    measure = forms.ChoiceField(label=_("Asks for"), required=False)
    requesting = forms.CharField(label=_("Requesting state"), required=False, max_length=10)
    requested = forms.CharField(label=_("Requested state"), required=False, max_length=10)
    unit = forms.ModelChoiceField(Unit.objects.all(), label=_("Unit"), required=False, empty_label=_("any"))
    mine = forms.BooleanField(label=_("In my hands"), required=False)
    late = forms.BooleanField(label=_("Late"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on
        self.fields["state"].choices = [("", _("any")), *STATES.items()]  # type: ignore[attr-defined]
        self.fields["measure"].choices = measure_choices(_("any"))  # type: ignore[attr-defined]


class FeedForm(ActForm):
    """A new address for a calendar program."""

    name = forms.CharField(label=_("What it is for"), max_length=100, help_text=_("Such as: telephone."))
    details = forms.BooleanField(
        label=_("Tell states, measure and source too"),
        required=False,
        help_text=_("Without it the calendar shows references and dates alone."),
    )
