"""The tabs of a case."""

from dataclasses import dataclass

from django import template
from django.template import RequestContext
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.node.cases.models import Case

register = template.Library()

TABS: tuple[tuple[str, Promise | str], ...] = (
    ("cases:show", _("Overview")),
    ("cases:members", _("Members")),
    ("plans:facts", _("Facts")),
    ("artifacts:list", _("Evidence")),
    ("plans:newest", _("Plan")),
    ("composer:of_case", _("Letters")),
    ("requests:of_case", _("Requests")),
    ("vault:list", _("Vault")),
)
"""Names of addresses with ``case_id``, and what the tab says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One tab."""

    url: str
    label: Promise | str
    here: bool


@register.inclusion_tag("cases/tabs.html", takes_context=True)
def tabs(context: RequestContext, case: Case) -> dict[str, list[Tab]]:
    """The tabs of `case`; the longest address that the page lies under is where we are."""
    urls = [reverse(name, args=[case.pk]) for name, _label in TABS]
    path = context["request"].path
    here = max((url for url in urls if path.startswith(url)), key=len, default="")
    return {"tabs": [Tab(url=url, label=label, here=url == here) for url, (_n, label) in zip(urls, TABS, strict=True)]}
