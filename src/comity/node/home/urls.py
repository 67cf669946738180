"""Addresses of the first page."""

from django.urls import path

from comity.node.home import theme, views

app_name = "home"
urlpatterns = [
    path("", views.start, name="start"),
    path("push.js", views.push_worker, name="push_worker"),
    path("test-mail/", views.test_mail, name="test_mail"),
    path("theme/", theme.choose, name="theme"),
]
