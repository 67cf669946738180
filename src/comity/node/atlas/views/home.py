"""The first page of the atlas: search, and what there is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from comity.node.access import atlas
from comity.node.atlas.forms import TEXT_CHARS_MAX, PairForm
from comity.node.atlas.lookup import search
from comity.node.lawdata import registry


@atlas
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Search; a part of the page while somebody types."""
    text = request.GET.get("q", "")[:TEXT_CHARS_MAX]
    found = {"text": text, "found": search(text, get_language() or "en")}
    if request.headers.get("HX-Request"):
        return render(request, "atlas/found.html", found)
    law = registry()
    shown = {"form": PairForm(), "shared": law.shared, "offences": law.offences.values(), **found}
    return render(request, "atlas/home.html", shown)
