"""What if: what would open and close, and for whom, if a state joined, left or withdrew a reservation."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from comity.law.atlas import FORMS, Consequences, Step, parse_step
from comity.law.errors import LawError
from comity.node.access import atlas
from comity.node.atlas.answers import Gathered, consequences, gather
from comity.node.atlas.forms import STEPS_MAX, TEXT_CHARS_MAX, StepForm
from comity.node.atlas.lookup import find_state
from comity.node.atlas.tables import Table, as_file
from comity.node.atlas.views.asked import files
from comity.node.lawdata import registry

LINES_SHOWN = 60
_MINOR = ("more", "fewer", "other")


@atlas
@require_GET
def what_if(request: HttpRequest) -> HttpResponse:
    """The steps, and what they change for one state or for all."""
    texts = [text.strip()[:TEXT_CHARS_MAX] for text in request.GET.getlist("step") if text.strip()][:STEPS_MAX]
    form = StepForm(request.GET if "act" in request.GET else None, initial={"taken": timezone.localdate()})
    if form.is_bound and form.is_valid():
        return redirect(f"{reverse('atlas:what_if')}?{urlencode(_with(texts, form, request), doseq=True)}")
    shown: dict[str, object] = {"form": form, "texts": texts, "examples": FORMS, "of": request.GET.get("of", "")}
    status = 422 if form.errors else 200
    if texts:
        try:
            answer, found = _asked(request, texts)
        except LawError as error:
            shown["problem"], status = error, 422
        else:
            if answer is not None:
                return answer
            shown |= _shown(found) | {"files": files(request)}
    return render(request, "atlas/what_if.html", shown, status=status)


def _with(texts: list[str], form: StepForm, request: HttpRequest) -> dict[str, object]:
    given = form.cleaned_data
    step = f"{given['state']} {given['act']} {given['instrument']} on {given['taken']}"
    return {"step": [*texts, step][:STEPS_MAX], "of": request.GET.get("of", "")[:TEXT_CHARS_MAX]}


def _asked(request: HttpRequest, texts: list[str]) -> tuple[HttpResponse | None, Consequences]:
    today = timezone.localdate()
    steps: tuple[Step, ...] = tuple(parse_step(text, registry(), today=today) for text in texts)
    of = request.GET.get("of", "").strip()[:TEXT_CHARS_MAX]
    states = (find_state(of, get_language() or "en"),) if of else ()
    found = consequences(steps, None, (), states)
    return as_file(request, _table(found)), found


def _shown(found: Consequences) -> dict[str, object]:
    lines: tuple[Gathered, ...] = gather(found)
    weighty = [line for line in lines if line.kind not in _MINOR]
    return {"found": found, "lines": weighty[:LINES_SHOWN], "left": len(lines) - len(weighty[:LINES_SHOWN])}


def _table(found: Consequences) -> Table:
    rows = tuple(
        (
            one.kind.value,
            one.measure.value,
            one.requesting,
            " ".join(one.requested),
            one.before.strength,
            one.after.strength,
            one.after.instrument,
        )
        for one in found.changes
    )
    columns = ("kind", "measure", "requesting", "requested", "before", "after", "instrument")
    return Table(name=f"what-if-{found.as_of}", columns=columns, rows=rows)
