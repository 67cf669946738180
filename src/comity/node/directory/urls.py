"""Addresses: Authorities, contact points, providers and peers: who confirmed what, and when."""

from django.urls import path

from comity.node.directory import views

app_name = "directory"
urlpatterns = [
    path("", views.directory, name="list"),
    path("now/", views.now, name="now"),
    path("new/", views.new, name="new"),
    path("export.csv", views.export, name="export"),
    path("import/", views.take_in, name="import"),
    path("lines/<str:line_id>/", views.show, name="show"),
    path("lines/<str:line_id>/change/", views.change, name="change"),
    path("lines/<str:line_id>/confirm/", views.confirm, name="confirm"),
    path("lines/<str:line_id>/withdraw/", views.withdraw, name="withdraw"),
    path("lines/<str:line_id>/restore/", views.restore, name="restore"),
    path("lines/<str:line_id>/calls/", views.call, name="call"),
]
