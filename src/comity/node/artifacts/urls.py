"""Addresses of the evidence of a case."""

from django.urls import path

from comity.node.artifacts import tus, views

app_name = "artifacts"
urlpatterns = [
    path("<str:case_id>/", views.files, name="list"),
    path("<str:case_id>/add/", views.add, name="add"),
    path("<str:case_id>/note/", views.note, name="note"),
    path("<str:case_id>/uploads/", tus.uploads, name="uploads"),
    path("<str:case_id>/uploads/<str:upload_id>/", tus.upload, name="upload"),
    path("<str:case_id>/<str:artifact_id>/save/", views.save, name="save"),
    path("<str:case_id>/<str:artifact_id>/out/", views.out, name="out"),
]
