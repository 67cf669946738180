"""Addresses of webhooks."""

from django.urls import path

from comity.node.webhooks import views

app_name = "webhooks"
urlpatterns = [
    path("", views.hooks, name="list"),
    path("new/", views.new, name="new"),
    path("<int:hook_id>/end/", views.end, name="end"),
]
