"""Addresses of the API."""

from django.urls import path

from comity.node.api import (
    audit,
    cases,
    delegations,
    directory,
    evidence,
    hooks,
    letters,
    me,
    oversight,
    people,
    persons,
    plans,
    precheck,
    requests,
    roster,
    signing,
    units,
)
from comity.node.api.root import make_api

api = make_api()
for part in (cases, evidence, plans, letters, requests, signing, persons):
    api.add_router("/cases", part.router)
api.add_router("/cases", audit.of_case)
api.add_router("/cases", precheck.of_letters)
api.add_router("/prechecks", precheck.router)
api.add_router("/requests", requests.every)
api.add_router("/webhooks", hooks.router)
api.add_router("/me", me.router)
api.add_router("/people", people.router)
api.add_router("/units", units.router)
api.add_router("/delegations", delegations.router)
api.add_router("/roster", roster.router)
api.add_router("/directory", directory.router)
api.add_router("/audit", audit.router)
api.add_router("/oversight", oversight.router)
api.add_router("/oversight", persons.every)

urlpatterns = [path("v1/", api.urls)]
