"""Addresses of the vault."""

from django.urls import path

from comity.node.vault import keepviews, views

app_name = "vault"
urlpatterns = [
    path("identities/", views.identities, name="identities"),
    path("identities/own.json", views.own_identity, name="own_identity"),
    path("due/", keepviews.due, name="due"),
    path("<str:case_id>/", views.packages, name="list"),
    path("<str:case_id>/seal/", views.seal, name="seal"),
    path("<str:case_id>/drop/", keepviews.drop, name="drop"),
    path("<str:case_id>/check/", views.check, name="check"),
    path("<str:case_id>/<str:package_id>/", views.show, name="show"),
    path("<str:case_id>/<str:package_id>/progress/", views.progress, name="progress"),
    path("<str:case_id>/<str:package_id>/release/", views.release, name="release"),
    path("<str:case_id>/<str:package_id>/unpack/", keepviews.unpack, name="unpack"),
    path("<str:case_id>/<str:package_id>/consent/", keepviews.consent, name="consent"),
    path("<str:case_id>/<str:package_id>/keep/", keepviews.keep, name="keep"),
    path("<str:case_id>/<str:package_id>/hold/", keepviews.hold, name="hold"),
    path("<str:case_id>/<str:package_id>/delete/", keepviews.ask_removal, name="ask_removal"),
    path("<str:case_id>/<str:package_id>/delete/off/", keepviews.call_off, name="call_off_removal"),
    path("<str:case_id>/<str:package_id>/delete/confirm/", keepviews.confirm_removal, name="confirm_removal"),
    path("<str:case_id>/<str:package_id>/deleted.zip", keepviews.save_proof, name="save_proof"),
    path("<str:case_id>/<str:package_id>/custody/", views.custody, name="custody"),
    path("<str:case_id>/<str:package_id>/package.age", views.save, name="save"),
    path("<str:case_id>/<str:package_id>/custody.json", views.save_custody, name="save_custody"),
    path("<str:case_id>/<str:package_id>/report.pdf", views.save_report, name="save_report"),
]
