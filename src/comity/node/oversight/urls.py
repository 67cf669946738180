"""Addresses: Figures without content: how long steps took, refusals, what is late, what can be published."""

from django.urls import URLPattern

app_name = "oversight"
urlpatterns: list[URLPattern] = []
