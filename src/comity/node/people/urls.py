"""Addresses of people and their sessions."""

from django.urls import path

from comity.node.people import views

app_name = "people"
urlpatterns = [path("presence/", views.presence, name="presence")]
