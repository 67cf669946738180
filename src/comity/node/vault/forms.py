"""Forms of the vault."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.evidence.custody import Act, Authorisation, Party
from comity.evidence.keys import PublicIdentity, age_recipients
from comity.evidence.limitation import Limitations, Purpose
from comity.evidence.package import Recipient
from comity.node.artifacts.models import Artifact
from comity.node.cases.models import Case
from comity.node.forms import ActForm
from comity.node.requests.models import Request
from comity.node.vault.entries import ENTERED_BY_HAND
from comity.node.vault.models import Wanted
from comity.node.vault.store import known

OTHER = ""
_PURPOSES: dict[Purpose, Any] = {
    Purpose.INVESTIGATION: _("investigation"),
    Purpose.PROSECUTION: _("prosecution"),
    Purpose.COURT: _("evidence in court"),
    Purpose.THREAT_PREVENTION: _("preventing a serious threat"),
    Purpose.INTELLIGENCE: _("intelligence"),
    Purpose.CIVIL: _("civil or administrative proceedings"),
    Purpose.VICTIM_SUPPORT: _("support of victims"),
    Purpose.STATISTICS: _("statistics"),
    Purpose.TRAINING: _("training"),
    Purpose.PRE_CHECK: _("pre-check of a draft"),
}
_ACTS: dict[Act, Any] = {
    Act.EXAMINED: _("examined"),
    Act.COPIED: _("copied"),
    Act.RETURNED: _("returned"),
    Act.TRANSFERRED: _("handed over"),
    Act.RELEASED: _("given out of custody"),
}


def _day(**more: Any) -> forms.DateField:
    return forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}), **more)


class RecipientForm(ActForm):
    """For whom something is sealed: an agency whose identity is trusted, or a key."""

    agency_field: ClassVar[str]
    """The field in which an agency is chosen, by the name of its identity; `OTHER`: a key is given."""
    recipient = forms.CharField(label=_("Or an age key (age1…)"), required=False, max_length=3000)
    recipient_name = forms.CharField(label=_("Whose key it is: name and agency"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people: dict[str, PublicIdentity] = {one.name: one for one in known()}

    def agencies(self) -> list[tuple[str, str]]:
        """Choices: the agencies whose identities are trusted."""
        return [(one.name, _called(one)) for one in self.people.values()]

    def clean(self) -> dict[str, Any]:
        """The two ways of naming a recipient exclude each other."""
        given = super().clean() or {}
        if bool(given.get(self.agency_field)) == bool(given.get("recipient")):
            self.add_error("recipient", _("choose an agency, or give one key"))
        elif given.get("recipient") and not given.get("recipient_name"):
            self.add_error("recipient_name", _("say whose key it is"))
        return given

    def chosen(self) -> tuple[Recipient, str]:
        """The recipient, and the name of its identity (empty: a key that was given)."""
        given = self.cleaned_data
        person = self.people.get(given[self.agency_field])
        if person is None:
            return Recipient(name=given["recipient_name"], key=given["recipient"].strip()), ""
        return recipient_of(person), person.name


class SealForm(RecipientForm):
    """What is sealed, for whom, under which order, and what may be done with it."""

    agency_field = "known_recipient"
    field_order = ("exhibits", "known_recipient")
    exhibits = forms.MultipleChoiceField(label=_("Files"), widget=forms.CheckboxSelectMultiple)
    known_recipient = forms.ChoiceField(label=_("For"), required=False)
    authorised_by = forms.CharField(label=_("Order that allows it"), max_length=200)
    issued_by = forms.CharField(label=_("Issued by"), required=False, max_length=200)
    issued_on = _day(label=_("Issued on"))
    legal_basis = forms.CharField(label=_("Legal basis"), required=False, max_length=200)
    request = forms.ChoiceField(label=_("Request that it answers"), required=False)
    purpose = forms.ChoiceField(
        label=_("What it is given for, where an owner limits the files"),
        required=False,
        choices=[("", "–"), *((one.value, label) for one, label in _PURPOSES.items())],
    )
    only_case = forms.CharField(label=_("Only for this case (speciality)"), required=False, max_length=200)
    purposes = forms.MultipleChoiceField(
        label=_("Only for these purposes"),
        required=False,
        choices=[(one.value, label) for one, label in _PURPOSES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    not_in_court = forms.BooleanField(label=_("Not to be used as evidence in court"), required=False)
    no_onward_transfer = forms.BooleanField(label=_("Not to be given to anybody else"), required=False)
    share_with = forms.CharField(
        label=_("But to these (agencies or states, with commas)"), required=False, max_length=500
    )
    delete_by = _day(label=_("To be deleted by"))
    notify = forms.CharField(label=_("Whom to tell of each use"), required=False, max_length=200)
    limits_reason = forms.CharField(label=_("Reason for these limits"), required=False, max_length=300)
    end_of_access = _day(label=_("Not to be read from this day on"))

    def __init__(self, *args: Any, case: Case, owner: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.owner = case, owner
        files = Artifact.objects.filter(case=case, removed_at=None).values_list("pk", "name")
        self.fields["exhibits"].choices = list(files)  # type: ignore[attr-defined]
        choices = [(OTHER, _("another key, below")), *self.agencies()]
        self.fields["known_recipient"].choices = choices  # type: ignore[attr-defined]
        requests = Request.objects.filter(case=case).values_list("pk", "reference")[:500]
        self.fields["request"].choices = [("", _("none")), *requests]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What was said, for the action."""
        given = self.cleaned_data
        return Wanted(
            authorisation=Authorisation(
                reference=given["authorised_by"],
                issued_by=given["issued_by"],
                issued_on=_iso(given["issued_on"]),
                legal_basis=given["legal_basis"],
            ),
            limitations=Limitations(
                cases=(given["only_case"],) if given["only_case"] else (),
                purposes=tuple(Purpose(one) for one in given["purposes"]),
                not_in_court=given["not_in_court"],
                no_onward_transfer=given["no_onward_transfer"],
                share_with=tuple(one.strip() for one in given["share_with"].split(",") if one.strip()),
                delete_by=given["delete_by"],
                notify=given["notify"],
                reason=given["limits_reason"],
                owner=self.owner,
            ),
            recipient=self.chosen()[0],
            exhibits=tuple(given["exhibits"]),
            end_of_access_on=given["end_of_access"],
            purpose=Purpose(given["purpose"]) if given["purpose"] else None,
        )

    def request_chosen(self) -> Request | None:
        """The request that the package answers; None: none."""
        return Request.objects.filter(case=self.case, pk=self.cleaned_data["request"]).first()


class PurposeForm(ActForm):
    """What a file is wanted for."""

    purpose = forms.ChoiceField(
        label=_("What it is for"), choices=[("", "–"), *((one.value, label) for one, label in _PURPOSES.items())]
    )

    def purpose_told(self) -> Purpose:
        """What was told."""
        return Purpose(self.cleaned_data["purpose"])


class CustodyForm(ActForm):
    """What was done with a package."""

    act = forms.ChoiceField(label=_("What was done"), choices=[(one.value, _ACTS[one]) for one in ENTERED_BY_HAND])
    at = forms.DateTimeField(
        label=_("When"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    reason = forms.CharField(label=_("Why"), max_length=500)
    place = forms.CharField(label=_("Where"), required=False, max_length=200)
    to_name = forms.CharField(label=_("To whom: name"), required=False, max_length=200)
    to_agency = forms.CharField(label=_("Their agency"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"at": timezone.localtime()})
        super().__init__(*args, **kwargs)

    def given_to(self) -> Party | None:
        """Who took it; None: it stayed."""
        name = self.cleaned_data["to_name"]
        return Party(name=name, agency=self.cleaned_data["to_agency"]) if name else None


class UseForm(ActForm):
    """A use that somebody has in mind."""

    purpose = forms.ChoiceField(label=_("For"), choices=[(one.value, label) for one, label in _PURPOSES.items()])
    for_case = forms.CharField(label=_("In which case"), required=False, max_length=200)
    share_with = forms.CharField(label=_("Given to whom"), required=False, max_length=200)


class IdentityForm(ActForm):
    """Another agency's identity, and the number that its owner read out."""

    bundle = forms.FileField(label=_("Their file identity.json"))
    number = forms.CharField(label=_("The number that they read out to you"), max_length=200)


class UnpackForm(ActForm):
    """Have a package that came unpacked."""

    known_as = forms.CharField(
        label=_("How its owner calls this case, where it is bound to one"), required=False, max_length=200
    )


class ConsentForm(ActForm):
    """The owner's consent, and its signature."""

    grant = forms.FileField(label=_("The consent"))
    signature = forms.FileField(label=_("Its signature (.p7s)"))


class KeepForm(ActForm):
    """How long a package is kept."""

    day = _day(label=_("Keep it until (empty: as its owner says)"))
    reason = forms.CharField(label=_("Reason"), max_length=300)


class RemovalForm(ActForm):
    """Why a package is to be deleted."""

    reason = forms.CharField(label=_("The recall, or the rule that asks for it"), max_length=300)


def recipient_of(person: PublicIdentity) -> Recipient:
    """An agency that is trusted, as a recipient."""
    return Recipient(name=_called(person), key=age_recipients(person)[0])


def _called(person: PublicIdentity) -> str:
    return f"{person.display_name}, {person.agency}".strip(", ")


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
