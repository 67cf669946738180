"""Addresses for those who watch the node."""

from django.urls import path

from comity.node.running import health

app_name = "running"
urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("metrics", health.metrics, name="metrics"),
]
