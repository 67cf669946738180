"""Addresses: The law to look at: states, pairs, instruments, the map, what would change."""

from django.urls import URLPattern

app_name = "atlas"
urlpatterns: list[URLPattern] = []
