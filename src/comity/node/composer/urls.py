"""Addresses: Letters as people write them: versions, comments, checks beside the text, translation, preview."""

from django.urls import URLPattern

app_name = "composer"
urlpatterns: list[URLPattern] = []
