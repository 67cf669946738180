"""Addresses of people and their sessions."""

from django.urls import path

from comity.node.people.views import sign_in

app_name = "people"
urlpatterns = [
    path("presence/", sign_in.presence, name="presence"),
    path("second-factor/", sign_in.settle, name="settle"),
    path("invitation/<str:secret>/", sign_in.accept, name="accept"),
]
