"""Addresses: Requests, outgoing and incoming: their life as comity.docket knows it, lists, dates, escalation."""

from django.urls import URLPattern

app_name = "requests"
urlpatterns: list[URLPattern] = []
