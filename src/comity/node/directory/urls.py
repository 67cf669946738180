"""Addresses: Authorities, contact points, providers and peers: who confirmed what, and when."""

from django.urls import URLPattern

app_name = "directory"
urlpatterns: list[URLPattern] = []
