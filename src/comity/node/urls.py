"""Addresses of the node."""

from django.urls import include, path

urlpatterns = [
    path("", include("comity.node.home.urls")),
    path("account/", include("allauth.urls")),
    path("people/", include("comity.node.people.urls")),
    path("cases/", include("comity.node.cases.urls")),
]
