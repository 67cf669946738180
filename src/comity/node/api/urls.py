"""Addresses of the API."""

from django.urls import path

from comity.node.api.cases import router as cases
from comity.node.api.root import make_api

api = make_api()
api.add_router("/cases", cases)

urlpatterns = [path("v1/", api.urls)]
