"""Addresses of the API."""

from django.urls import path

from comity.node.api import cases, evidence, hooks, letters, plans, precheck, requests, signing
from comity.node.api.root import make_api

api = make_api()
for part in (cases, evidence, plans, letters, requests, signing):
    api.add_router("/cases", part.router)
api.add_router("/cases", precheck.of_letters)
api.add_router("/prechecks", precheck.router)
api.add_router("/requests", requests.every)
api.add_router("/webhooks", hooks.router)
api.add_router("/me", hooks.me)

urlpatterns = [path("v1/", api.urls)]
