"""Addresses: Evidence: items and packages, custody, sealing, verifying, release, limits of use, retention."""

from django.urls import URLPattern

app_name = "vault"
urlpatterns: list[URLPattern] = []
