"""Signing the letter of a request: who has signed, the file to sign elsewhere and back, a key used here this once."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from comity.node.access import Signed, on_case
from comity.node.cases.models import Case
from comity.node.download import to_save
from comity.node.errors import ChangedError, InvalidError
from comity.node.forms import ActForm
from comity.node.people.roles import Right
from comity.node.requests.actions.sign import KEY_BYTES_MAX, PDF, sign_here, take_signed
from comity.node.requests.forms import SignedForm, SignForm
from comity.node.requests.models import Request
from comity.node.requests.papers import PAPER_BYTES_MAX
from comity.node.requests.reads import find_request
from comity.node.requests.signed import approved_letter, signed_in_force, to_sign


@on_case(Right.REQUEST_APPROVE)
def signing(request: Signed, case: Case, request_id: str) -> HttpResponse:
    """Who signs in which order and who has; give back the file that was signed elsewhere."""
    found = find_request(case, request_id, "letter")
    form = SignedForm(request.POST or None, request.FILES or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            file = form.cleaned_data["file"]
            data, version = file.read(PAPER_BYTES_MAX + 1), form.cleaned_data["version"]
            take_signed(request.user, request=found, data=data, name=file.name, version=version)
            return redirect("requests:signing", case.pk, found.pk)
        except (InvalidError, ChangedError) as error:
            _show(form, error)
    shown = _shown(case, found) | {"form": form}
    return render(request, "requests/signing.html", shown, status=422 if form.errors else 200)


@on_case(Right.REQUEST_APPROVE, presence=True)
def here(request: Signed, case: Case, request_id: str) -> HttpResponse:
    """Sign with a key that is used this once and not kept."""
    found = find_request(case, request_id, "letter")
    form = SignForm(request.POST or None, request.FILES or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            key = given["key"].read(KEY_BYTES_MAX + 1)
            told = {name: given[name] for name in ("passphrase", "version", "reason", "city")}
            sign_here(request.user, request=found, key=key, **told)
            return redirect("requests:signing", case.pk, found.pk)
        except (InvalidError, ChangedError) as error:
            _show(form, error)
    shown = _shown(case, found) | {"form": form}
    return render(request, "requests/sign_here.html", shown, status=422 if form.errors else 200)


@on_case(Right.REQUEST_APPROVE)
def letter(request: Signed, case: Case, request_id: str) -> HttpResponse:
    """The approved letter for the next signatory: with the signatures that it has."""
    found = find_request(case, request_id, "letter")
    approved = approved_letter(found)
    if approved is None:
        raise InvalidError({"": _("only a letter that is approved and not yet sent is signed")})
    name = f"{found.reference}.pdf".replace("/", "-")
    return to_save(to_sign(found, approved), name=name, media_type=PDF)


def _show(form: ActForm, error: InvalidError | ChangedError) -> None:
    if isinstance(error, InvalidError):
        form.take(error)
    else:
        form.add_error(None, str(error))


def _shown(case: Case, found: Request) -> dict[str, object]:
    approved = approved_letter(found)
    letter = approved.drafted.letter if approved is not None else None
    signed = signed_in_force(found)
    done = [one for one in signed[-1].verified().signatures if one.kind == "signature"] if signed else []
    listed = letter.signatures if letter is not None else ()
    places = [
        {
            "listed": listed[number] if number < len(listed) else None,
            "found": done[number] if number < len(done) else None,
        }
        for number in range(max(len(listed), len(done)))
    ]
    return {"case": case, "found": found, "approved": approved, "places": places, "signed": signed}
