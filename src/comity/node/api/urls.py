"""Addresses of the API."""

from django.urls import path

from comity.node.api import (
    arrivals,
    audit,
    cases,
    delegations,
    desk,
    directory,
    evidence,
    hooks,
    keeping,
    letters,
    me,
    oversight,
    packages,
    people,
    persons,
    plans,
    precheck,
    relations,
    requests,
    roster,
    signing,
    units,
    versions,
)
from comity.node.api.root import make_api

api = make_api()
for part in (cases, evidence, plans, letters, requests, signing, persons, versions, relations, packages, keeping):
    api.add_router("/cases", part.router)
api.add_router("/cases", audit.of_case)
api.add_router("/cases", precheck.of_letters)
api.add_router("/prechecks", precheck.router)
api.add_router("/cases", arrivals.of_case)
api.add_router("/incoming", arrivals.router)
api.add_router("/desk", desk.router)
api.add_router("/packages", keeping.every)
api.add_router("/identities", packages.identities)
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
