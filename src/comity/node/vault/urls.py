"""Addresses of the vault."""

from django.urls import path

from comity.node.vault import views

app_name = "vault"
urlpatterns = [
    path("identities/", views.identities, name="identities"),
    path("identities/own.json", views.own_identity, name="own_identity"),
    path("<str:case_id>/", views.packages, name="list"),
    path("<str:case_id>/seal/", views.seal, name="seal"),
    path("<str:case_id>/check/", views.check, name="check"),
    path("<str:case_id>/<str:package_id>/", views.show, name="show"),
    path("<str:case_id>/<str:package_id>/progress/", views.progress, name="progress"),
    path("<str:case_id>/<str:package_id>/release/", views.release, name="release"),
    path("<str:case_id>/<str:package_id>/custody/", views.custody, name="custody"),
    path("<str:case_id>/<str:package_id>/package.age", views.save, name="save"),
    path("<str:case_id>/<str:package_id>/custody.json", views.save_custody, name="save_custody"),
    path("<str:case_id>/<str:package_id>/report.pdf", views.save_report, name="save_report"),
]
